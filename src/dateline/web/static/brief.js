// A brief that is being put together: asks for it until it is there, then shows it.

const PAUSE = 1000;
const ACCEPTED = 202;
const again = document.querySelector("[data-again]").href;

async function look() {
  let answer;
  try {
    answer = await fetch(again, { method: "HEAD", cache: "no-store" });
  } catch {
    answer = { status: ACCEPTED };
  }
  if (answer.status === ACCEPTED) {
    setTimeout(look, PAUSE);
  } else {
    location.replace(again);
  }
}

setTimeout(look, PAUSE);
