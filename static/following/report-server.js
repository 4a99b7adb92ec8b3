// Asking the portal to keep a draft or a file: answers as data, refusals in words, and what is worth another try.

import { Refusal, reach } from "../sheet/server.js";

const SIGNED_OUT = "Su sesión terminó. Lo que escribió está guardado en este equipo y se enviará cuando ingrese de nuevo.";
const BROKEN = "El portal no pudo guardar: se intentará de nuevo.";
const FORBIDDEN = "Ya no puede escribir en este reporte. Copie su texto y cargue la página.";
const GONE = "Esta actividad ya no se reporta en este periodo. Copie su texto y cargue la página.";
const REFUSED = "El portal no aceptó lo que se envió. Cargue la página de nuevo.";

export { Refusal };

const token = () => document.querySelector("[name=csrfmiddlewaretoken]");

export const headers = () => ({ Accept: "application/json", "X-CSRFToken": token().value });

export async function post(address, body) {
  const response = await send(address, body);
  if (response.status !== 403) return read(response);
  await renewToken(); // whoever signed in again, in another tab, has another one
  return read(await send(address, body));
}

const send = (address, body) => reach(address, { method: "POST", headers: headers(), body });

export async function renewToken() {
  const response = await reach(location.pathname + location.search, {});
  if (response.type === "opaqueredirect") throw signedOut();
  const page = new DOMParser().parseFromString(response.ok ? await response.text() : "", "text/html");
  const fresh = page.querySelector("[name=csrfmiddlewaretoken]");
  if (fresh) for (const one of document.querySelectorAll("[name=csrfmiddlewaretoken]")) one.value = fresh.value;
}

export const signedOut = () => Object.assign(new Refusal(SIGNED_OUT, { again: true }), { isSignedOut: true });

async function read(response) {
  if (response.type === "opaqueredirect") throw signedOut();
  const isData = (response.headers.get("content-type") ?? "").includes("json");
  return judge(response.status, isData ? await response.json() : null);
}

// What an answer means; a conflict is a refusal that brings the other person's text.
export function judge(status, answer) {
  if (status === 403) throw new Refusal(FORBIDDEN);
  if (status === 404) throw new Refusal(GONE);
  if (status >= 500) throw new Refusal(BROKEN, { again: true });
  if (!answer) throw new Refusal(REFUSED);
  if (status >= 400) throw new Refusal(answer.message ?? REFUSED, { answer: { status, ...answer } });
  return answer;
}
