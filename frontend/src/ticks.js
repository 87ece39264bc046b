// Papers that were ticked as ready, kept on this device for each procedure: the chat and the printed list share them.
import { keep, read } from "./kept.js";

export function watchTicks() {
  applyTicks();
  document.addEventListener("change", ({ target }) => {
    const code = target.closest?.("[data-procedure]")?.dataset.procedure;
    if (!code || !target.dataset.tick) return;
    const ticks = read("ticks", {});
    const own = new Set(ticks[code]);
    if (target.checked) own.add(target.dataset.tick);
    else own.delete(target.dataset.tick);
    keep("ticks", { ...ticks, [code]: [...own] });
    applyTicks();
  });
}

export function applyTicks() {
  const ticks = read("ticks", {});
  for (const box of document.querySelectorAll("[data-procedure] [data-tick]")) {
    const { procedure } = box.closest("[data-procedure]").dataset;
    box.checked = (ticks[procedure] || []).includes(box.dataset.tick);
  }
}
