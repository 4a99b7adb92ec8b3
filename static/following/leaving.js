// Leaving a computer that others use: what this account typed and the portal does not have is named, then erased.
// What another account left here stays, unseen, for that person.

import { dropOwn, ownOf } from "./report-store.js";

const PATIENCE = 5000; // milliseconds for a last saving of what the page has open

async function lastSaving() {
  const saving = [];
  document.dispatchEvent(new CustomEvent("leaving", { detail: saving }));
  await Promise.race([Promise.allSettled(saving), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
}

function element(name, text = "", attributes = {}) {
  const made = Object.assign(document.createElement(name), { textContent: text });
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function contents(record) {
  const hasText = record.pairs.some(([name, value]) => value && !name.startsWith("evidence_"));
  const files = record.files.length === 1 ? "1 archivo" : record.files.length ? `${record.files.length} archivos` : "";
  return [hasText && "texto", files].filter(Boolean).join(" y ") || "una evidencia a medio escribir";
}

async function list(place, account) {
  const records = await ownOf(account);
  place.hidden = !records.length;
  place.querySelector("ul").replaceChildren(
    ...records.map((record) => {
      const item = element("li");
      const line = element("p", `${record.title}: ${contents(record)}, de las ${record.at}. `);
      line.append(element("a", "Enviar antes de salir", { href: record.address }));
      item.append(line);
      return item;
    }),
  );
}

function watch(form) {
  const account = form.dataset.leaving;
  const isLast = "last" in form.dataset; // the page that names what would be lost
  let isGoing = false;
  form.addEventListener("submit", async (event) => {
    if (isGoing) return;
    event.preventDefault();
    if (!isLast) {
      await lastSaving();
      if ((await ownOf(account)).length) return location.assign(form.action);
    }
    await dropOwn(account);
    isGoing = true;
    form.requestSubmit();
  });
}

for (const form of document.querySelectorAll("form[data-leaving]")) watch(form);
for (const place of document.querySelectorAll("[data-unsent]")) list(place, place.dataset.unsent);
