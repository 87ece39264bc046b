// A procedure's sheet: a case that is tapped shows its papers at once, and stays in the address.
import { canKeep } from "./copy.js";
import { count } from "./outbox.js";

export function showSheet(sheet) {
  sheet.querySelector(".cases button")?.setAttribute("hidden", "");
  sheet.querySelector("[data-print]").hidden = false;
  sheet.querySelector("[data-print]").addEventListener("click", () => print());
  sheet.querySelector(".cases")?.addEventListener("change", () => showCases(sheet));
  sheet.querySelector("[data-tally]").addEventListener("submit", (event) => {
    if (!canKeep) return;
    event.preventDefault();
    count(sheet.dataset.code);
    location.assign("/volunteer?done=counted");
  });
}

// As the address says: for a page that the server did not make.
export function chooseFromAddress(sheet) {
  const chosen = new URLSearchParams(location.search).getAll("case");
  for (const box of sheet.querySelectorAll(".cases input")) box.checked = chosen.includes(box.value);
  showCases(sheet);
}

function showCases(sheet) {
  const chosen = [...sheet.querySelectorAll(".cases input:checked")].map((box) => box.value);
  for (const part of sheet.querySelectorAll("[data-case]")) part.hidden = !chosen.includes(part.dataset.case);
  const query = String(new URLSearchParams(chosen.map((id) => ["case", id])));
  const to = (address) => address.split("?")[0] + (query && `?${query}`);
  history.replaceState(null, "", to(location.pathname));
  for (const link of sheet.querySelectorAll("a[data-online]")) link.href = to(link.href);
  for (const code of sheet.querySelectorAll("[data-online] img")) code.src = to(code.src);
}
