// What was written and is not yet on the server: kept on the device, sent in order, again and again, under the same id.
import { keep, read } from "./kept.js";
import { openOnServer, request } from "./server.js";
import { hasConversation, listen, setState, showSaid, showStored, shown } from "./conversation.js";

let sending = false;
let pause = 1;

export function send(text, label) {
  const id = newId();
  keep("outbox", [...read("outbox", []), { id, text, label }]);
  showSaid(id, label || text, "sending");
  flush();
}

export function watchOutbox() {
  for (const { id, text, label } of read("outbox", [])) showSaid(id, label || text, "sending");
  addEventListener("online", () => flush());
  flush();
  if (document.body.className === "offline") leaveOffline();
}

let onRefused = () => {};
export const whenRefused = (tell) => (onRefused = tell);

async function flush() {
  if (sending) return;
  sending = true;
  try {
    for (let [next] = read("outbox", []); next; [next] = read("outbox", [])) {
      await hand(next);
      keep("outbox", read("outbox", []).filter(({ id }) => id !== next.id));
      pause = 1;
    }
  } catch (error) {
    for (const { id } of read("outbox", [])) setState(id, error.status === 429 ? "busy" : "unsent");
    setTimeout(flush, Math.max(error.wait || 0, pause) * 1000);
    pause = Math.min(pause * 2, 30);
  } finally {
    sending = false;
  }
}

// The offline page has no conversation made by the server: as soon as the server is reached, the real page takes over.
async function leaveOffline(pause = 2) {
  const isReached = await request("GET", "/health").catch(() => null);
  if (isReached && !read("outbox", []).length) return location.replace("/");
  setTimeout(leaveOffline, pause * 1000, Math.min(pause * 2, 30));
}

let isOpen = hasConversation();

async function openOnce() {
  if (!isOpen) await openOnServer();
  isOpen = true;
}

// Hands one message over. Throws what can be tried again; what the server will never take is given back to the writer.
async function hand({ id, text, label }, isSecondTry = false) {
  let stored;
  try {
    await openOnce();
    const response = await request("POST", "/api/messages", { id, text }, { Prefer: "respond-async" });
    stored = (await response.json().catch(() => ({}))).said;
  } catch (error) {
    if (error.status === 401 && !isSecondTry) {
      isOpen = false;
      return hand({ id, text, label }, true);
    }
    if (!error.status || error.status === 429 || error.status >= 500) throw error;
    shown(id)?.remove();
    onRefused(error.message, text);
    return;
  }
  setState(id, "received");
  if (stored) showStored(id, text, stored);
  if (shown(id)) listen(id);
}

// crypto.randomUUID is missing where the page is not served over HTTPS, such as in a hall's own network.
function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
