// The copy that the device keeps: the guides, the page that shows them, and the files of that page. Nothing in it is anybody's.
import { keep, read } from "../kept.js";

const NAME = "volunteer";
const COPY = "/volunteer/copy";
const SHELL = "/volunteer/offline";
const FONTS = [400, 700].map((weight) => `/static/be-vietnam-pro-${weight}.woff2`);

// Only over HTTPS, or on the machine itself.
export const canKeep = "caches" in self && "serviceWorker" in navigator;

export async function readCopy() {
  const kept = canKeep && (await caches.match(COPY));
  return kept ? kept.json() : null;
}

export const keptOn = () => new Date(read("copied", 0)).toLocaleDateString("vi-VN");

// The guides come last: where they are, all that shows them is there too.
export async function renewCopy(version) {
  if (!canKeep || (await readCopy())?.version === version) return;
  const shell = await fetch(SHELL);
  if (!shell.ok || shell.redirected) return;
  const html = await shell.clone().text();
  const files = [...new Set([...(html.match(/\/static\/[^"]+/g) || []), ...FONTS])];
  const cache = await caches.open(NAME);
  await cache.addAll(files);
  await cache.put(SHELL, shell);
  await cache.add(COPY);
  keep("copied", Date.now());
  const wanted = new Set([...files, SHELL, COPY].map((path) => new URL(path, location.href).href));
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
}
