// Answering the preview of an import: each answer is sent quietly and the page says what is left.
// Without this file the same form works with its buttons.

const form = document.getElementById("import-form");
const status = document.getElementById("import-status");
const WAIT = 400;

let timer = 0;
let running = null; // the quiet request under way
let again = false;
let typed = new Map(); // what was changed since the request under way was sent

function fields() {
  return [...form.elements].filter((field) => field.name && field.type !== "hidden" && field.type !== "submit");
}

function keyOf(field) {
  return field.type === "radio" ? `${field.name}=${field.value}` : field.name;
}

function restore(focused) {
  for (const field of fields()) {
    if (!typed.has(keyOf(field))) continue;
    const { value, checked } = typed.get(keyOf(field));
    if (field.type === "checkbox" || field.type === "radio") field.checked = checked;
    else field.value = value;
  }
  if (!focused) return;
  const same = fields().find((field) => keyOf(field) === focused.key);
  if (!same) return;
  same.focus({ preventScroll: true });
  if (focused.start !== null && same.setSelectionRange && same.type === "text") {
    same.setSelectionRange(focused.start, focused.end);
  }
}

function swap(fresh) {
  const now = document.getElementById("import-view");
  const active = document.activeElement;
  const inside = now.contains(active) && active.name && active.type !== "submit";
  const text = inside && active.type === "text";
  const focused = inside
    ? { key: keyOf(active), start: text ? active.selectionStart : null, end: text ? active.selectionEnd : null }
    : null;
  const unfolded = [...now.querySelectorAll("details[open][id]")].map((details) => details.id);
  const scroll = window.scrollY;
  now.replaceWith(fresh);
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
  restore(focused);
  window.scrollTo({ top: scroll, behavior: "instant" });
  const said = ["[data-messages]", "[data-left]"].map((part) => fresh.querySelector(part)?.textContent.trim());
  status.textContent = said.filter(Boolean).join(" ");
}

async function post() {
  const body = new URLSearchParams(new FormData(form));
  body.set("step", "quiet");
  // The name of a template is no answer: nobody keeps it until its own button is pressed.
  typed = new Map([...typed].filter(([key]) => key === "template_name"));
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("import-view");
    if (answer.ok && fresh) swap(fresh);
    else if (answer.ok && answer.redirected) window.location.assign(answer.url);
    else status.textContent = "No se pudo guardar la respuesta. Use «Revisar de nuevo».";
  } catch {
    status.textContent = "Sin conexión: la respuesta no se guardó. Use «Revisar de nuevo».";
  } finally {
    form.removeAttribute("aria-busy");
  }
}

// One after another: each request carries what the answer to the one before it said.
async function send() {
  if (running) {
    again = true;
    return;
  }
  do {
    again = false;
    running = post();
    await running;
    running = null;
  } while (again);
}

form.addEventListener("input", (event) => {
  const field = event.target;
  if (field.name) typed.set(keyOf(field), { value: field.value, checked: field.checked });
});

form.addEventListener("change", (event) => {
  if (event.target.name === "template_name") return;
  clearTimeout(timer);
  timer = setTimeout(send, WAIT);
});

// A button sends everything itself, once the quiet request under way has been answered.
form.addEventListener("submit", async (event) => {
  clearTimeout(timer);
  again = false;
  if (!running) return;
  event.preventDefault();
  const nameOf = (button) => [button?.name, button?.value, button?.getAttribute("formaction")].join("|");
  const wanted = nameOf(event.submitter);
  await running;
  const same = [...form.querySelectorAll("button[type=submit]")].find((button) => nameOf(button) === wanted);
  if (same) form.requestSubmit(same);
});
