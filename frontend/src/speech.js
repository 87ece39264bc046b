// Speaking instead of typing, where the device can: the browser's maker hears it, so the first press only says so.
import { made, say } from "./texts.js";

export function offerSpeech(row, box, onChange) {
  const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;
  if (!Recognition) return;
  const button = made("button", "plain", say("speak"));
  const notice = made("p", "counter");
  button.type = "button";
  button.setAttribute("aria-pressed", "false");
  notice.hidden = true;
  notice.setAttribute("role", "status");
  row.append(button);
  row.after(notice);
  let running = null;

  const tell = (sentence) => {
    notice.hidden = !sentence;
    notice.textContent = sentence;
  };
  const stop = () => {
    running = null;
    button.setAttribute("aria-pressed", "false");
    button.textContent = say("speak");
  };
  button.addEventListener("click", () => {
    if (running) return running.stop();
    if (!button.dataset.told) {
      button.dataset.told = "yes";
      return tell(say("speech_notice"));
    }
    running = new Recognition();
    running.lang = "vi-VN";
    running.onresult = ({ results }) => {
      box.value = [...results].map(([best]) => best.transcript).join(" ");
      onChange();
    };
    running.onerror = () => tell(say("speech_failed"));
    running.onend = stop;
    tell("");
    button.setAttribute("aria-pressed", "true");
    button.textContent = say("speaking");
    running.start();
  });
}
