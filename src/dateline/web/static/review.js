// Keys of the review queue: each presses a button or follows a link that is there to see.
import { isHeard, keysDialog, writes } from "/static/keys.js";

const visible = (element) => element && !element.disabled && element.getClientRects().length > 0;
const help = document.getElementById("keys");
const keyed = (key) => [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key && visible(one));

if (help) keysDialog(help, document.querySelector("[data-keys-help]"), document.getElementById("keys-on"));

function press(key) {
  if (/^[1-9]$/.test(key)) {
    const reason = document.querySelector(`details[open] [data-preset="${key}"]`);
    reason?.click();
    return Boolean(reason);
  }
  const found = keyed(key) ?? (key === "u" ? document.querySelector("[data-undo]") : null);
  found?.click();
  return Boolean(found);
}

document.addEventListener("keydown", (event) => {
  if (!isHeard(event)) return;
  if (event.key === "Escape") {
    document.activeElement?.blur();
    for (const details of document.querySelectorAll("details[name='verdict'][open]")) details.open = false;
    return;
  }
  if (writes(document.activeElement) && !(emptyReason(document.activeElement) && /^[1-9]$/.test(event.key))) return;
  if (press(event.key)) event.preventDefault();
});

// A digit in the empty field of reasons chooses one: no reason is a number.
function emptyReason(element) {
  return element.id === "why-reject" && element.value === "";
}
