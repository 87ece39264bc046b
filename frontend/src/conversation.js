// The conversation on the page: what was said, what was answered, and a copy on this device to read without a network.
import { keep, read } from "./kept.js";
import { watchNotices } from "./notices.js";
import { answerTo, isEmbedded, request } from "./server.js";
import { made, say } from "./texts.js";
import { expirePrivate, withoutPrivate } from "./private.js";
import { applyTicks } from "./ticks.js";

const turns = document.querySelector(".turns");
const isOffline = document.body.className === "offline";

// Whether the server knows this visitor's conversation, as far as can be told from here; it says so if it does not.
export const hasConversation = () => (isEmbedded ? Boolean(read("token")) : Boolean(turns?.querySelector(".citizen")));

export const shown = (id) => turns?.querySelector(`.citizen[data-id="${CSS.escape(id)}"]`);

// Where the server could not put the conversation on the page, it is fetched, or taken from this device.
export async function openConversation() {
  if (isEmbedded && read("token")) {
    const held = await request("GET", "/api/conversation").then((response) => response.json()).catch(() => null);
    if (held) turns.insertAdjacentHTML("beforeend", held.html);
  } else if (isOffline) {
    turns.insertAdjacentHTML("beforeend", read("conversation", ""));
  } else {
    keepCopy();
  }
  if (turns.querySelector(".citizen")) turns.querySelector(".starters")?.remove();
  applyTicks();
  expirePrivate(turns);
  for (const turn of turns.querySelectorAll("[data-waiting]")) listen(turn.dataset.id);
  watchNotices(turns, keepCopy);
}

// Puts what was said on the page at once; once only, however often it is asked for.
export function showSaid(id, text, state) {
  const found = shown(id);
  if (found) return setState(id, state);
  for (const old of turns.querySelectorAll(".choices")) old.remove();
  const turn = made("li", "citizen");
  turn.dataset.id = id;
  turn.dataset.waiting = "";
  const said = made("p", "", text);
  said.lang = "vi";
  turn.append(made("h2", "who", turns.dataset.citizen), said, made("span", "state"));
  turns.append(turn);
  setState(id, state);
  turn.scrollIntoView({ block: "start" });
}

// What the server stored of it: where it held a personal number, a placeholder takes its place here too.
export function showStored(id, text, stored) {
  const words = shown(id)?.querySelector("p");
  if (words && words.textContent === text) words.textContent = stored;
}

export function setState(id, state) {
  const turn = shown(id);
  if (!turn) return;
  turn.classList.toggle("is-failed", state === "unsent");
  const mark = turn.querySelector(".state");
  if (mark) mark.textContent = state ? say(state) : "";
}

const listening = new Set();

export async function listen(id) {
  if (listening.has(id)) return;
  listening.add(id);
  turns.querySelector(`[data-for="${CSS.escape(id)}"]`)?.remove();
  const waiting = made("li", "assistant");
  const card = made("p", "card", say("answering"));
  waiting.append(card);
  shown(id).after(waiting);
  try {
    const answered = await answerTo(id, () => (card.textContent = say("slow")));
    showAnswer(id, answered.html);
  } catch {
    card.textContent = say("failed");
    return;
  } finally {
    listening.delete(id);
  }
  waiting.remove();
}

// The server makes the HTML and escapes what is in it; the page's policy lets no script in it run.
function showAnswer(id, html) {
  const turn = shown(id);
  if (!turn || !("waiting" in turn.dataset)) return;
  delete turn.dataset.waiting;
  setState(id, "received");
  turn.insertAdjacentHTML("afterend", html);
  if (turn !== [...turns.querySelectorAll(".citizen")].pop()) {
    // an answer that comes late: its choices would be taken as the answer to a later question
    turn.nextElementSibling?.querySelector(".choices")?.remove();
  }
  applyTicks();
  expirePrivate(turns);
  keepCopy();
  turn.scrollIntoView({ block: "start" });
  watchNotices(turns, keepCopy);
}

function keepCopy() {
  if (isOffline || isEmbedded) return;
  const own = [...turns.children].slice(1).slice(-40);
  keep("conversation", own.length ? own.map((turn) => withoutPrivate(turn).outerHTML).join("") : undefined);
}

export async function erase() {
  await request("DELETE", "/api/conversation").catch((error) => {
    if (error.status !== 401) throw error;
  });
  for (const name of ["conversation", "outbox", "token"]) keep(name);
}
