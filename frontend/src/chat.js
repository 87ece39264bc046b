// Makes the page quicker and keeps it going without a network. Everything it does, the page's forms do too.
import { watchComposer } from "./composer.js";
import { openConversation } from "./conversation.js";
import { watchFeedback } from "./feedback.js";
import { watchOutbox } from "./outbox.js";
import { watchTicks } from "./ticks.js";
import { watchView } from "./view.js";

watchView();
watchTicks();
if (document.querySelector("#ask")) {
  watchComposer();
  watchFeedback();
  openConversation().then(watchOutbox);
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
if ("serviceWorker" in navigator && document.body.className !== "embed") navigator.serviceWorker.register("/sw.js").catch(() => {});
