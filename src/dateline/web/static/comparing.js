// Two reports side by side: from difference to difference, each lit on both sides, and only the rows that differ on demand.
const pieces = [...document.querySelectorAll("[data-difference]")];
const groups = new Map();
for (const piece of pieces) {
  const number = Number(piece.dataset.difference);
  groups.set(number, [...(groups.get(number) ?? []), piece]);
}
const stops = [...document.querySelectorAll("tr.added, tr.cut"), ...[...groups.values()].map((group) => group[0])]
  .sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
const told = document.querySelector("[data-told]");
let at = -1;

function light(number) {
  for (const [other, group] of groups) for (const piece of group) piece.classList.toggle("lit", other === number);
}

function go(step) {
  if (stops.length === 0) return;
  at = (at + step + stops.length) % stops.length;
  const stop = stops[at];
  light(Number(stop.dataset.difference));
  stop.tabIndex = -1;
  stop.focus({ preventScroll: true });
  stop.scrollIntoView({ block: "center" });
  told.textContent = `Difference ${at + 1} of ${stops.length}`;
}

for (const button of document.querySelectorAll("[data-step]")) {
  button.hidden = stops.length === 0;
  button.addEventListener("click", () => { go(Number(button.dataset.step)); button.focus({ preventScroll: true }); });
}
const only = document.querySelector("[data-only]");
only.hidden = false;
only.querySelector("input").addEventListener("change", (event) => {
  for (const row of document.querySelectorAll("tr.same")) row.hidden = event.target.checked;
});
for (const piece of pieces) {
  piece.addEventListener("mouseenter", () => light(Number(piece.dataset.difference)));
  piece.addEventListener("mouseleave", () => light(-1));
}
