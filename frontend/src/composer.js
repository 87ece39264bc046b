// The form to write in: sending without leaving the page, counting near the limit, speaking where the device can.
import { erase } from "./conversation.js";
import { send, whenRefused } from "./outbox.js";
import { offerSpeech } from "./speech.js";
import { say } from "./texts.js";

const box = document.querySelector("#text");
const counter = document.querySelector(".counter");
const problem = document.querySelector("#problem");
const NEAR = 150;

export function watchComposer() {
  document.addEventListener("submit", onSubmit);
  box.addEventListener("input", count);
  box.addEventListener("keydown", (event) => {
    // While a Vietnamese keyboard is composing a letter, Enter belongs to it.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    ask(box.value);
  });
  whenRefused((sentence, text) => {
    box.value = box.value || text;
    tell(sentence);
  });
  document.querySelector("#ask").noValidate = true; // our own sentence stands beside the box
  offerSpeech(document.querySelector("#ask .row"), box, count);
}

export function ask(text) {
  const limit = Number(box.dataset.limit);
  if (!text.trim()) return tell(say("empty"));
  if (text.length > limit) return tell(say("too_long", text.length - limit));
  tell("");
  send(text.trim());
  box.value = "";
  count();
  box.focus({ preventScroll: true });
}

function onSubmit(event) {
  const form = event.target;
  const pressed = event.submitter;
  if (form.matches("[data-say]")) {
    event.preventDefault();
    // form.id would be the form's own field of that name
    const isComposer = form.matches("#ask");
    if (isComposer && !pressed?.value) return ask(box.value);
    const label = pressed.textContent.trim().replace(/\s+/g, " ");
    send(pressed.value, isComposer ? undefined : label);
    box.focus({ preventScroll: true });
  } else if (form.matches("[data-erase]")) {
    event.preventDefault();
    erase().then(() => location.reload(), () => tell(say("not_erased")));
  }
}

function tell(sentence) {
  problem.hidden = !sentence;
  problem.textContent = sentence;
  box.toggleAttribute("aria-invalid", Boolean(sentence));
  if (sentence) box.setAttribute("aria-describedby", "problem");
  else box.removeAttribute("aria-describedby");
}

function count() {
  const left = Number(box.dataset.limit) - box.value.length;
  counter.hidden = left > NEAR;
  counter.textContent = left < 0 ? say("too_long", -left) : say("left", left);
}
