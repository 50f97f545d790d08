// The list of claims by keys, and the choice of claims that is kept from page to page until it is exported.
import { keysDialog, onKeys } from "/static/keys.js";

const CHOSEN = "dateline.claims";
const MOST = 200;
const form = document.querySelector("[data-choosing]");

function kept() {
  try { return new Set(JSON.parse(sessionStorage.getItem(CHOSEN) ?? "[]")); } catch { return new Set(); }
}

function keep(chosen) {
  try { sessionStorage.setItem(CHOSEN, JSON.stringify([...chosen])); } catch { /* kept for this page only */ }
}

function choosing() {
  const chosen = kept();
  const boxes = [...form.querySelectorAll("input[name=id]")];
  const told = form.querySelector("[data-chosen]");
  const forget = form.querySelector("[data-forget]");
  const elsewhere = document.createElement("span");
  elsewhere.hidden = true;
  form.append(elsewhere);

  function show() {
    const here = new Set(boxes.map((box) => box.value));
    for (const box of boxes) {
      box.checked = chosen.has(box.value);
      box.closest("tr").classList.toggle("chosen", box.checked);
    }
    elsewhere.replaceChildren(...[...chosen].filter((id) => !here.has(id)).map((id) => {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "id";
      field.value = id;
      return field;
    }));
    const away = elsewhere.childElementCount;
    told.textContent = chosen.size === 0 ? "Choose claims to export only these."
      : `${chosen.size.toLocaleString("en")} chosen${away ? `, ${away} of them on other pages` : ""}`;
    if (chosen.size >= MOST) told.textContent += `; ${MOST} is the most`;
    forget.hidden = chosen.size === 0;
    for (const button of form.querySelectorAll("[data-needs-choice]")) button.disabled = chosen.size === 0;
    keep(chosen);
  }

  form.addEventListener("change", (event) => {
    if (event.target.name !== "id") return;
    if (event.target.checked && chosen.size < MOST) chosen.add(event.target.value);
    else chosen.delete(event.target.value);
    show();
  });
  forget.addEventListener("click", () => { chosen.clear(); show(); form.querySelector("input[name=id]").focus(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) show(); });
  show();
}

function moving() {
  const rows = [...form.querySelectorAll("[data-row]")];
  let at = -1;
  const link = (row) => row.querySelector("[data-open]") ?? row.querySelector("a") ?? row.querySelector("input");
  const now = () => rows.findIndex((row) => row.contains(document.activeElement));

  function go(to) {
    at = Math.max(0, Math.min(rows.length - 1, to));
    link(rows[at]).focus();
    rows[at].scrollIntoView({ block: "nearest" });
  }
  form.addEventListener("focusin", () => {
    at = now();
    rows.forEach((row, number) => row.classList.toggle("current", number === at));
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) rows.forEach((row) => row.classList.remove("current"));
  });
  const dialog = document.getElementById("keys");
  const help = keysDialog(dialog, form.querySelector("[data-help]"), document.getElementById("keys-on"));
  const arrow = (step) => (event) => {
    if (now() < 0 && event.key.startsWith("Arrow")) { window.scrollBy(0, step * 60); return; }
    go(now() < 0 ? (at < 0 ? 0 : at) : now() + step);
  };
  onKeys({
    j: arrow(1), ArrowDown: arrow(1), k: arrow(-1), ArrowUp: arrow(-1),
    x: () => { const row = rows[now()]; row?.querySelector("input[name=id]").click(); },
    "/": () => document.querySelector("[data-search]").focus(),
    "?": help,
  });
}

if (form) {
  choosing();
  moving();
}
