// A volunteer's pages with a script: a search that follows what is typed, cases at a tap, printing, the tally; and all of it
// without a network, from the copy that the device keeps.
import { canKeep, keptOn, readCopy, renewCopy } from "./volunteer/copy.js";
import { keep } from "./kept.js";
import { send, waiting } from "./volunteer/outbox.js";
import { search } from "./volunteer/search.js";
import { chooseFromAddress, showSheet } from "./volunteer/sheet.js";

const RETRY = 5000; // ms

const byId = (id) => document.getElementById(id);
const shell = byId("offline");
let copy = null;
let again = 0;

start();

async function start() {
  if (canKeep) navigator.serviceWorker.register("/volunteer.sw.js", { scope: "/volunteer" }).catch(() => {});
  copy = await readCopy();
  if (shell && copy) showKept();
  for (const sheet of document.querySelectorAll(".sheet")) showSheet(sheet);
  byId("q")?.addEventListener("input", showFound);
  byId("search")?.addEventListener("submit", (event) => {
    if (copy) event.preventDefault();
    showFound();
  });
  addEventListener("online", meet);
  addEventListener("offline", meet);
  await meet();
}

// What the address asks for, from the copy.
function showKept() {
  const [, code] = location.pathname.match(/^\/volunteer\/guides\/([\d.]+)$/) || [];
  const guide = copy.guides[code];
  if (!guide) {
    byId("q").value = new URLSearchParams(location.search).get("q") || "";
    return showFound();
  }
  document.title = guide.name;
  byId("finding").hidden = true;
  shell.firstElementChild.hidden = false;
  byId("sheet").innerHTML = guide.html; // made by our server, escaped there
  const sheet = shell.querySelector(".sheet");
  chooseFromAddress(sheet);
  for (const part of sheet.querySelectorAll("[data-online]")) part.remove();
}

function showFound() {
  if (!copy) return;
  const found = search(copy.guides, byId("q").value);
  const list = document.createElement("ol");
  list.className = "cards";
  for (const [code, name] of found) {
    const link = Object.assign(document.createElement("a"), { href: `/volunteer/guides/${code}`, textContent: name });
    link.className = "govuk-link tall";
    const item = list.appendChild(document.createElement("li"));
    item.className = "card";
    item.append(link);
  }
  const nothing = byId("q").value.trim() ? "Không thấy thủ tục nào. Anh/Chị thử chữ khác." : "";
  byId("results").replaceChildren(found.length ? list : nothing);
}

// Looks whether the server can be reached; if so the tally is sent and the copy renewed. If not, again in a while: browsers
// tell of a network that is back, but not of a server behind it.
async function meet() {
  clearTimeout(again);
  const pass = await askForPass();
  if (pass?.csrf) {
    keep("person", pass.person);
    const table = await send(pass).catch(() => null);
    if (table && byId("tally")) byId("tally").outerHTML = table;
    await renewCopy(pass.version).catch(() => {});
    copy = await readCopy();
  }
  if (!pass) again = setTimeout(meet, RETRY);
  tell(pass);
}

// null without a network, {} where somebody has to sign in again.
async function askForPass() {
  try {
    const response = await fetch("/volunteer/pass", { headers: { "X-Background": "1" } });
    return response.ok && !response.redirected ? await response.json() : {};
  } catch {
    return null;
  }
}

function tell(pass) {
  const held = waiting().length ? ` Sổ còn ${waiting().length} lượt chờ gửi.` : "";
  const network = byId("network");
  network.classList.toggle("govuk-inset-text", Boolean(shell) || !pass);
  if (!pass) network.textContent = (copy ? `Không có mạng: đang dùng bản lưu ngày ${keptOn()}.` : "Không có mạng và chưa có bản lưu.") + held;
  else if (shell) network.replaceChildren("Đã có mạng trở lại." + held + " ", reload(pass.csrf ? "Tải lại trang" : "Đăng nhập lại"));
  else network.textContent = (copy ? `Có bản lưu ngày ${keptOn()}: mất mạng vẫn tìm và in được.` : "") + held;
}

function reload(text) {
  return Object.assign(document.createElement("a"), { href: location.pathname + location.search, textContent: text, className: "govuk-link tall" });
}
