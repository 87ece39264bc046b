// Keys of one letter for reviewers. A row is a turn; a key presses what carries it in `data-key`, in the row or on the page.
// They can be switched off, and are never taken from a field that is written into.
const KEPT = "console.keys";
const ROW = "[data-row]";

const isKept = () => { try { return localStorage.getItem(KEPT) !== "off"; } catch { return true; } };
const keep = (isOn) => { try { localStorage.setItem(KEPT, isOn ? "on" : "off"); } catch { /* for this page only */ } };
const isShown = (element) => element.getClientRects().length > 0;
const first = (within, key) => [...within.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(isShown);

export function startReviewing(list) {
  const bar = document.querySelector("[data-keys-bar]");
  const help = document.querySelector(".keys-help");
  const said = document.querySelector("[data-said]");
  const toggle = bar.querySelector("[data-keys-switch]");
  let isOn = isKept();
  let current = null;

  const show = () => { toggle.textContent = isOn ? "Phím tắt đang bật" : "Phím tắt đang tắt"; };
  const rows = () => [...list.querySelectorAll(ROW)];
  const row = () => document.activeElement.closest(ROW) || (current && document.getElementById(current)) || rows()[0];
  const goTo = (target) => {
    if (!target) return;
    current = target.id;
    list.querySelectorAll(".current").forEach((other) => other.classList.remove("current"));
    target.classList.add("current");
    target.querySelector("a").focus();
  };
  const step = (by) => {
    const all = rows();
    const at = all.findIndex((other) => other.id === current);
    goTo(all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]);
  };
  const press = (element) => {
    if (element.tagName !== "DETAILS") return element.click();
    element.open = true;
    (element.querySelector("input:not([type=hidden]), textarea") || element.querySelector("summary")).focus();
  };
  const close = () => row()?.querySelectorAll("[data-below]").forEach((below) => below.replaceChildren());
  const act = (key) => {
    if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
    if (key === "/") return document.getElementById("q")?.select();
    const at = row();
    const found = (at && first(at, key)) || first(bar, key);
    if (!found) return;
    if (at && at.contains(found)) goTo(at);
    press(found);
  };

  bar.hidden = false;
  show();
  toggle.addEventListener("click", () => { isOn = !isOn; keep(isOn); show(); });
  bar.querySelector("[data-keys-help]").addEventListener("click", () => help.showModal());
  list.addEventListener("focusin", (event) => {
    const at = event.target.closest(ROW);
    if (at) current = at.id;
  });
  document.addEventListener("keydown", (event) => {
    if (!isOn || help.open || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select")) return;
    if (event.key === "Escape") return close();
    if (event.key.length !== 1 || event.key === " ") return;
    event.preventDefault();
    act(event.key.toLowerCase());
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const changed = event.detail.target.closest(ROW) || document.getElementById(event.detail.target.id);
    if (!changed || event.detail.requestConfig.verb !== "post") return;
    said.textContent = "Đã lưu. Lượt tiếp theo.";
    goTo(document.getElementById(changed.id).nextElementSibling || document.getElementById(changed.id));
  });
}
