// «Mi trimestre» and the page of a report: each form saves itself, keeps what the line loses, and is erased in time.

import { Draft } from "./report-draft.js";
import { Files } from "./report-files.js";
import { watchFigures } from "./report-live.js";
import { all, clear, drop, dropOthers } from "./report-store.js";

const drafts = [];

// «Enviar» goes only when the portal has the draft and the files: a lost line leaves everything here.
function watchSending(draft) {
  const { form } = draft;
  let isGoing = false;
  form.addEventListener("submit", async (event) => {
    if (isGoing) return;
    event.preventDefault();
    const { submitter } = event;
    if (draft.isHeld) return form.querySelector(".report-conflict").focus();
    if (!(await draft.save())) return;
    if (submitter?.value === "send" && draft.files.hasSomething && !(await draft.files.attach())) return;
    if (!(await draft.save())) return;
    if ((submitter?.value ?? "save") === "save") return draft.tell(draft.place.textContent || "El borrador está guardado.");
    isGoing = true;
    await drop(draft.key);
    form.requestSubmit(submitter);
  });
}

function watchCopying(draft) {
  const { form } = draft;
  form.querySelector("[data-copy]")?.addEventListener("click", (event) => {
    event.preventDefault();
    for (const quote of form.querySelectorAll("[data-copied]")) {
      const field = form.elements[quote.dataset.copied];
      field.value = [field.value, quote.innerText.trim()].filter(Boolean).join("\n");
    }
    draft.touch();
    form.elements.narrative.focus();
  });
}

// What was kept of reports that have no form here: sent by another person, or on their own page.
async function showOthers() {
  const place = document.querySelector("[data-device]");
  if (!place) return;
  const { account, period, only } = place.dataset;
  const shown = new Set(drafts.map((draft) => draft.key));
  for (const record of await all()) {
    const isHere = record.account === account && record.period === period && (!only || only === record.activity);
    if (!isHere || shown.has(record.key)) continue;
    place.hidden = false;
    place.append(await boxOf(record));
  }
}

function boxOf(record) {
  const box = Object.assign(document.createElement("div"), { className: "notice notice-warn" });
  const title = Object.assign(document.createElement("p"), { className: "notice-title" });
  title.textContent = `En este equipo hay texto sin enviar: ${record.title}`;
  const text = document.createElement("p");
  text.textContent = record.pairs
    .filter(([name, value]) => ["narrative", "difficulties"].includes(name) && value)
    .map(([, value]) => value)
    .join(" · ");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button" });
  button.textContent = "Borrarlo de este equipo";
  button.addEventListener("click", async () => {
    await drop(record.key);
    box.remove();
  });
  const open = document.createElement("a");
  open.href = `${location.pathname.split("/").slice(0, 3).join("/")}/${record.period}/${record.activity}/`;
  open.textContent = "Abrir la actividad";
  const actions = Object.assign(document.createElement("p"), { className: "actions" });
  actions.append(open, button);
  box.append(title, text, actions);
  return box;
}

// Signing out leaves nothing behind; text that the portal does not have is named first.
function watchSignOut() {
  for (const form of document.querySelectorAll('form[action$="/salir/"]')) {
    let isGoing = false;
    form.addEventListener("submit", async (event) => {
      if (isGoing) return;
      event.preventDefault();
      await Promise.all(drafts.map((draft) => draft.save()));
      const isLost = drafts.some((draft) => draft.isDirty || draft.files.chosen.length);
      if (isLost && !confirm("Hay texto o archivos que el portal todavía no tiene. Si cierra la sesión, se borran de este equipo.")) return;
      await clear();
      isGoing = true;
      form.requestSubmit();
    });
  }
}

async function begin() {
  document.querySelector("[data-errors]")?.focus();
  const target = document.getElementById(location.hash.slice(1))?.querySelector("details");
  if (target) target.open = true;
  const forms = [...document.querySelectorAll("form[data-report]")];
  const account = (forms[0] ?? document.querySelector("[data-device]"))?.dataset.account;
  if (account) await dropOthers(account);
  for (const form of forms) {
    const draft = new Draft(form);
    new Files(draft);
    watchFigures(form);
    watchSending(draft);
    watchCopying(draft);
    drafts.push(draft);
  }
  watchSignOut();
  for (const draft of drafts) draft.restore();
  await showOthers();
}

begin();
