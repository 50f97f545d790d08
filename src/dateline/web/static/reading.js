// A report and the claims beside it: pointing at one lights the other, and links lead both ways without losing the place.
const evidence = [...document.querySelectorAll("[data-claims]")];
const numbers = [...document.querySelectorAll(".mark-number")];
const beside = new Map([...document.querySelectorAll(".beside-claim")].map((card) => [card.dataset.claim, card]));
const column = document.querySelector("[data-beside]");
const still = matchMedia("(prefers-reduced-motion: reduce)");

function light(claims, { bring = false } = {}) {
  const wanted = new Set(claims);
  for (const piece of evidence) piece.classList.toggle("lit", piece.dataset.claims.split(" ").some((id) => wanted.has(id)));
  for (const number of numbers) number.classList.toggle("lit", wanted.has(number.dataset.claim));
  for (const [id, card] of beside) card.classList.toggle("lit", wanted.has(id));
  if (bring && getComputedStyle(column).position === "sticky") {
    const card = beside.get(claims[0]);
    if (card) {
      const gap = card.getBoundingClientRect().top - column.getBoundingClientRect().top;
      if (gap < 40 || gap + card.offsetHeight > column.clientHeight) {
        column.scrollTo({ top: column.scrollTop + gap - 60, behavior: still.matches ? "auto" : "smooth" });
      }
    }
  }
}

function claimsAt(target) {
  const number = target.closest?.(".mark-number");
  if (number) return [number.dataset.claim];
  return target.closest?.("[data-claims]")?.dataset.claims.split(" ") ?? [];
}

const text = document.querySelector(".report-text");
if (text && column) {
  for (const [on, off] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    text.addEventListener(on, (event) => { const found = claimsAt(event.target); if (found.length) light(found, { bring: true }); });
    text.addEventListener(off, () => light([]));
    column.addEventListener(on, (event) => { const card = event.target.closest(".beside-claim"); if (card) light([card.dataset.claim]); });
    column.addEventListener(off, () => light([]));
  }
  text.addEventListener("click", (event) => {
    const number = event.target.closest(".mark-number");
    const card = number && beside.get(number.dataset.claim);
    if (!card) return;
    event.preventDefault();
    history.replaceState(null, "", `#${number.dataset.claim}`);
    point(number.dataset.claim);
    card.focus({ preventScroll: getComputedStyle(column).position === "sticky" });
    light([number.dataset.claim], { bring: true });
  });
  column.addEventListener("click", (event) => {
    const link = event.target.closest("[data-to]");
    if (!link) return;
    const piece = evidence.find((one) => one.dataset.claims.split(" ").includes(link.dataset.to));
    if (!piece) return;
    event.preventDefault();
    history.replaceState(null, "", `#${link.dataset.to}`);
    point(link.dataset.to);
    piece.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
    numbers.find((number) => number.dataset.claim === link.dataset.to)?.focus({ preventScroll: true });
  });
}

/** The claim that the address names stays marked, in the text and beside it. */
function point(id) {
  for (const piece of evidence) piece.classList.toggle("pointed", piece.dataset.claims.split(" ").includes(id));
  for (const [other, card] of beside) card.classList.toggle("pointed", other === id);
}

function fromAddress() {
  const id = location.hash.startsWith("#claim-") ? location.hash.slice(1) : new URLSearchParams(location.search).get("claim");
  if (!id || !beside.has(id)) return;
  point(id);
  const piece = evidence.find((one) => one.dataset.claims.split(" ").includes(id));
  piece?.scrollIntoView({ block: "center" });
  light([id], { bring: true });
}

window.addEventListener("hashchange", fromAddress);
fromAddress();
