// Without a network the page opens all the same: style, fonts and script from the cache, and the offline page in its place.
// Conversations are never put into the cache.
const NAME = "shell";
const SHELL = "/offline";

addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => skipWaiting()));
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && pathname === "/") event.respondWith(page(request));
  else if (pathname.startsWith("/static/")) event.respondWith(fixed(request));
});

// The offline page names the files of its version, which are cached with it.
async function fill() {
  await caches.delete(NAME);
  const cache = await caches.open(NAME);
  const response = await fetch(SHELL);
  const html = await response.clone().text();
  const fonts = [400, 700].map((weight) => `/static/be-vietnam-pro-${weight}.woff2`);
  await cache.addAll([...new Set([...(html.match(/\/static\/[^"]+/g) || []), ...fonts])]);
  await cache.put(SHELL, response);
}

async function page(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(SHELL)) || Response.error();
  }
}

async function fixed(request) {
  return (await caches.match(request)) || fetch(request);
}
