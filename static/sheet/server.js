// Asking the portal: answers as data, and refusals in words that a person can act on.

const SIGNED_OUT = "Su sesión terminó. Ingrese de nuevo en otra pestaña: lo que escribió sigue aquí y se guardará.";
const OFFLINE = "No hay conexión con el portal. Lo que escribió sigue aquí y se guardará cuando vuelva.";
const BROKEN = "El portal no pudo guardar. Lo que escribió sigue aquí; se intentará de nuevo.";
const FORBIDDEN = "Ya no puede editar este plan. Copie lo que escribió y cargue la página.";
const GONE = "El plan ya no está: alguien lo descartó. Copie lo que escribió.";
const LONGEST = 30_000; // milliseconds that an answer may take

export class Refusal extends Error {
  constructor(message, { again = false, answer = null } = {}) {
    super(message);
    this.again = again; // worth trying again by itself
    this.answer = answer;
  }
}

const field = () => document.querySelector("[name=csrfmiddlewaretoken]");

export async function ask(address, options = {}) {
  const response = await send(address, options);
  if (response.status !== 403) return read(response);
  await renewToken(); // whoever signed in again, in another tab, has another one
  return read(await send(address, options));
}

async function send(address, { body, form }) {
  const headers = { Accept: "application/json", "X-CSRFToken": field().value };
  if (body) headers["Content-Type"] = "application/json";
  const content = body ? JSON.stringify(body) : form ?? new FormData();
  return reach(address, { method: "POST", headers, body: content });
}

async function renewToken() {
  const response = await reach(location.pathname, {});
  const page = new DOMParser().parseFromString(response.ok ? await response.text() : "", "text/html");
  const fresh = page.querySelector("[name=csrfmiddlewaretoken]");
  if (fresh) for (const one of document.querySelectorAll("[name=csrfmiddlewaretoken]")) one.value = fresh.value;
}

export async function reach(address, options) {
  try {
    return await fetch(address, { redirect: "manual", signal: AbortSignal.timeout(LONGEST), ...options });
  } catch {
    throw new Refusal(OFFLINE, { again: true });
  }
}

export async function read(response) {
  if (response.type === "opaqueredirect") throw new Refusal(SIGNED_OUT, { again: true });
  if (response.status === 403) throw new Refusal(FORBIDDEN);
  if (response.status === 404) throw new Refusal(GONE);
  if (response.status >= 500) throw new Refusal(BROKEN, { again: true });
  const isData = (response.headers.get("content-type") ?? "").includes("json");
  if (!isData) throw new Refusal("El portal no aceptó lo que se envió. Cargue la página de nuevo.");
  const answer = await response.json();
  if (!response.ok) throw new Refusal(answer.message ?? "No se pudo guardar.", { answer });
  return answer;
}
