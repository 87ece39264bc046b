// Text size and colours at once, without losing what is being written. The cookie is the one the server reads.
import { keep, read } from "./kept.js";
import { isEmbedded } from "./server.js";

const THEMES = ["light", "dark", "contrast"];
const SIZES = ["small", "", "large", "huge"];
const root = document.documentElement;

export function watchView() {
  if (isEmbedded) show(read("view", {}));
  document.addEventListener("submit", (event) => {
    const change = event.submitter?.value;
    if (!event.target.matches(".view") || !(THEMES.includes(change) || /er$/.test(change))) return;
    event.preventDefault();
    const { theme = "", size = "" } = root.dataset;
    const at = SIZES.indexOf(size) + (change === "bigger" ? 1 : -1);
    const isTheme = THEMES.includes(change);
    const wanted = { theme: isTheme ? change : theme, size: isTheme ? size : SIZES[Math.min(Math.max(at, 0), SIZES.length - 1)] };
    show(wanted);
    keep("view", wanted);
    document.cookie = `view=${root.lang}.${wanted.theme}.${wanted.size}; path=/; max-age=31536000; samesite=lax`;
  });
}

function show({ theme = "", size = "" }) {
  for (const [name, value] of Object.entries({ theme, size })) {
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
  }
  for (const button of document.querySelectorAll(".view [aria-pressed]")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
}
