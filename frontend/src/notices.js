// What is said without having been asked for: by a person who helps, or by the assistant itself. Looked for as long as the
// server says that somebody may write.
import { request } from "./server.js";

const RETRY_SECONDS = 15;
let isWatching = false;

export async function watchNotices(turns, onNew) {
  if (isWatching || !turns.querySelector("[data-watch]")) return;
  isWatching = true;
  for (let pause = RETRY_SECONDS; pause; ) {
    try {
      const told = await (await request("GET", "/api/notices")).json();
      pause = told.again_in;
      if (add(turns, told.html)) onNew();
    } catch (error) {
      pause = error.status === 401 ? 0 : RETRY_SECONDS; // an erased conversation has no news
    }
    if (pause) await new Promise((done) => setTimeout(done, pause * 1000));
  }
  isWatching = false;
}

// The server makes the HTML and escapes what is in it. Whether there was anything new.
function add(turns, html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  const found = [...made.content.querySelectorAll("[data-notice]")];
  const fresh = found.filter(({ dataset }) => !turns.querySelector(`[data-notice="${CSS.escape(dataset.notice)}"]`));
  for (const notice of fresh) {
    notice.removeAttribute("id");
    turns.append(notice);
  }
  fresh[0]?.scrollIntoView({ block: "nearest" });
  return fresh.length > 0;
}
