// The page of a job: asks how far it is, ever less often, and shows the result once there is one.

const FIRST = 1000; // milliseconds
const LONGEST = 10000;
const GROWTH = 1.4;

const region = document.getElementById("trabajo");
const live = document.getElementById("trabajo-aviso");
let pause = FIRST;
let shown = "";
let announced = "";

function announce(text) {
  if (text !== announced) live.textContent = announced = text;
}

// The parts of the page that depend on the state, as the server writes them.
async function redraw() {
  const answer = await fetch(location.href);
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("trabajo");
  if (!fresh) return;
  region.replaceChildren(...fresh.childNodes);
  region.dataset.phase = fresh.dataset.phase;
  region.querySelector("[data-refresh]")?.remove();
}

function show(job) {
  region.querySelector("[data-said]").textContent = job.said;
  const bar = region.querySelector("progress");
  if (bar && job.total) {
    bar.max = job.total;
    bar.value = job.done;
    announce(`${Math.floor((4 * job.done) / job.total) * 25} %`); // by quarters: not every step is worth a word
  }
}

async function ask() {
  if (document.hidden) return true;
  const answer = await fetch(region.dataset.state, { headers: { Accept: "application/json" } });
  if ([403, 404].includes(answer.status) || answer.redirected) return false; // signed out, or not theirs any more
  if (!answer.ok) return true;
  const job = await answer.json();
  if (job.said !== shown) pause = FIRST; // something moves: look again soon
  shown = job.said;
  if (job.phase !== region.dataset.phase) await redraw();
  if (job.open) show(job);
  else announce(`${job.state}. ${job.said}`);
  return job.open;
}

async function keepAsking() {
  let more = true;
  try {
    more = await ask();
  } catch {
    // the network is away: the next time it may be back
  }
  if (!more) return;
  pause = Math.min(LONGEST, pause * GROWTH);
  setTimeout(keepAsking, pause);
}

region.querySelector("[data-refresh]")?.remove(); // the page looks by itself
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) pause = FIRST;
});
setTimeout(keepAsking, pause);
