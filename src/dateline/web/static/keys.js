// Keys of one letter. They can be turned off, and are silent while one writes.
const STORED = "dateline.keys";

export function areOn() {
  try { return localStorage.getItem(STORED) !== "off"; } catch { return true; }
}

export function turn(on) {
  try { localStorage.setItem(STORED, on ? "on" : "off"); } catch { /* private windows keep nothing */ }
}

/** Whether keys pressed there are words that somebody writes. */
export function writes(target) {
  return target instanceof HTMLElement
    && (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox]):not([type=radio])"));
}

/** Whether a key may mean something: no shortcut of the browser, no dialog open, keys of one letter not turned off. */
export function isHeard(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  return !document.querySelector("dialog[open]") && (event.key.length > 1 || areOn());
}

/** Run `actions[key]` (a function that gets the event) when a key is pressed outside of fields and dialogs. */
export function onKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (!isHeard(event) || writes(event.target)) return;
    const action = actions[event.key];
    if (action === undefined) return;
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
