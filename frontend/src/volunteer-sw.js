// Without a network a volunteer's pages open all the same: one page kept on the device stands for each of them.
// What is kept is filled by the pages themselves (volunteer/copy.js), once somebody is signed in.
const SHELL = "/volunteer/offline";

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && pathname.startsWith("/volunteer")) event.respondWith(page(request));
  else if (pathname.startsWith("/static/")) event.respondWith(fixed(request));
});

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
