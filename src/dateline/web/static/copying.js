// Buttons that copy the text of an element: <button data-copy="its id" hidden>; a status line tells that it was done.
for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  const told = button.closest("[data-cite]")?.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.textContent);
      if (told) told.textContent = "Copied.";
    } catch {
      getSelection().selectAllChildren(source);
      if (told) told.textContent = "Selected: copy it with Ctrl+C.";
    }
  });
}
