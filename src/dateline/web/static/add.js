/* Files can be dropped and are checked before they are sent; a job that is being read is watched until it is over. */

const megabytes = (bytes) => (bytes < 100_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`);

function objection(files, form) {
  const most = Number(form.dataset.files);
  if (files.length > most) return `These are ${files.length} files; at most ${most} are taken at once.`;
  const large = files.find((file) => file.size > Number(form.dataset.fileBytes));
  if (large) return `${large.name} has ${megabytes(large.size)}; at most ${megabytes(Number(form.dataset.fileBytes))} are read.`;
  const whole = files.reduce((sum, file) => sum + file.size, 0);
  if (whole > Number(form.dataset.jobBytes)) return `Together these have ${megabytes(whole)}; at most ${megabytes(Number(form.dataset.jobBytes))} are taken at once.`;
  return "";
}

function uploading(form) {
  const input = form.querySelector('input[type="file"]');
  const drop = form.querySelector("[data-drop]");
  const list = form.querySelector("[data-chosen]");
  const refused = form.querySelector("[data-refused]");
  const button = form.querySelector("button");
  form.querySelector("[data-drop-words]").hidden = false;

  const show = () => {
    const files = [...input.files];
    list.replaceChildren(
      ...files.slice(0, 50).map((file) => {
        const line = document.createElement("li");
        const name = document.createElement("span");
        const size = document.createElement("span");
        name.textContent = file.name;
        size.textContent = megabytes(file.size);
        size.className = "muted nowrap";
        line.append(name, size);
        return line;
      }),
    );
    const words = objection(files, form);
    refused.textContent = words;
    refused.hidden = words === "";
    button.disabled = words !== "";
  };

  input.addEventListener("change", show);
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  drop.addEventListener("dragleave", (event) => {
    if (!drop.contains(event.relatedTarget)) drop.classList.remove("over");
  });
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length === 0) return;
    input.files = event.dataTransfer.files;
    show();
  });
}

async function watch(card) {
  const told = card.querySelector("[data-told]");
  const bar = card.querySelector("progress");
  card.querySelector("[data-again]").hidden = true;
  for (let pause = 400; ; pause = Math.min(pause * 1.3, 3000)) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    let state;
    try {
      const answer = await fetch(`/add/${card.dataset.job}/state`, { headers: { accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      state = await answer.json();
    } catch {
      card.querySelector("[data-again]").hidden = false;
      continue;
    }
    if (state.is_over) {
      location.reload();
      return;
    }
    if (state.state === "reading") {
      const of = state.total === null ? " reports" : ` of ${state.total.toLocaleString("en")} ${state.total === 1 ? "report" : "reports"}`;
      const words = `${state.done.toLocaleString("en")}${of} read${state.done ? `: ${state.summary}` : ""}.`;
      if (told.textContent !== words) told.textContent = words;
      if (state.total) {
        bar.max = state.total;
        bar.value = state.done;
      }
    }
  }
}

for (const form of document.querySelectorAll("[data-upload]")) uploading(form);
for (const card of document.querySelectorAll("[data-job]")) watch(card);
