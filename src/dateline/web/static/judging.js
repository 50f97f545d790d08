// Niceties of the judging forms: what was sent is not sent twice, and an opened form is ready to be typed into.
for (const form of document.querySelectorAll("form[action^='/judge/']")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    window.setTimeout(() => delete form.dataset.sent, 4000);
  });
}
for (const details of document.querySelectorAll("details[name='verdict']")) {
  details.addEventListener("toggle", () => {
    if (details.open) details.querySelector("input[type='text'], select, textarea")?.focus();
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
