// Keys of the review queue: each presses a button or follows a link that is there to see.
const visible = (element) => element && !element.disabled && element.getClientRects().length > 0;
const typing = (element) => element?.matches("input:not([type='checkbox'], [type='radio']), textarea, select") ?? false;
const help = document.getElementById("keys");
const keyed = (key) => [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key && visible(one));

for (const button of document.querySelectorAll("[data-keys-help]")) {
  button.addEventListener("click", () => help?.showModal());
}

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
  if (event.ctrlKey || event.metaKey || event.altKey || help?.open) return;
  if (event.key === "Escape") {
    document.activeElement?.blur();
    for (const details of document.querySelectorAll("details[name='verdict'][open]")) details.open = false;
    return;
  }
  if (typing(document.activeElement) && !(emptyReason(document.activeElement) && /^[1-9]$/.test(event.key))) return;
  if (press(event.key)) event.preventDefault();
});

// A digit in the empty field of reasons chooses one: no reason is a number.
function emptyReason(element) {
  return element.id === "why-reject" && element.value === "";
}
