// The buttons under an answer: the server sends them back as they now are.
import { request } from "./server.js";

export function watchFeedback() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches(".feedback")) return;
    event.preventDefault();
    const rated = { id: form.elements.id.value, rating: event.submitter.value };
    const answer = await request("POST", "/api/feedback", rated).then((response) => response.json()).catch(() => null);
    if (!answer) return;
    const holder = document.createElement("template");
    holder.innerHTML = answer.html;
    const fresh = holder.content.querySelector("form");
    form.replaceWith(fresh);
    fresh.querySelector(`[value="${rated.rating}"]`)?.focus();
  });
}
