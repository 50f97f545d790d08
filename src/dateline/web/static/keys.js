// Keys of one letter in a list: moved through, opened, chosen. They can be turned off, and are silent while one writes.
const STORED = "dateline.keys";

export function areOn() {
  try { return localStorage.getItem(STORED) !== "off"; } catch { return true; }
}

export function turn(on) {
  try { localStorage.setItem(STORED, on ? "on" : "off"); } catch { /* private windows keep nothing */ }
}

function writes(target) {
  return target instanceof HTMLElement
    && (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox]):not([type=radio])"));
}

/** Run `actions[key]` (a function that gets the event) when a key is pressed outside of fields and dialogs. */
export function onKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (writes(event.target) || document.querySelector("dialog[open]")) return;
    const action = actions[event.key];
    if (action === undefined || (event.key.length === 1 && !areOn())) return;
    event.preventDefault();
    action(event);
  });
}

/** A dialog that tells the keys, opened by a button and by "?", with a box that turns them off. */
export function keysDialog(dialog, button, box) {
  const open = () => { if (!dialog.open) dialog.showModal(); };
  button.hidden = false;
  button.addEventListener("click", open);
  box.checked = areOn();
  box.addEventListener("change", () => turn(box.checked));
  return open;
}
