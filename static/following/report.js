// «Mi trimestre» and the page of a report: each form saves itself, keeps what the line loses, and is erased in time.

import { Draft } from "./report-draft.js";
import { Files } from "./report-files.js";
import { watchFigures } from "./report-live.js";
import { drop, dropOld, ownOf } from "./report-store.js";

const drafts = [];
const LONGEST_GOING = 10_000; // milliseconds after which a report that did not go may be sent again

// «Enviar» goes only when the portal has the draft and the files: a lost line leaves everything here.
function watchSending(draft) {
  const { form } = draft;
  let isGoing = false; // the portal is being asked: a second press is no second report
  let isAllowed = false;
  form.addEventListener("submit", async (event) => {
    if (isAllowed) return;
    event.preventDefault();
    if (isGoing) return;
    isGoing = true;
    const { submitter } = event;
    try {
      isAllowed = await isReady(draft, submitter);
      if (!isAllowed) return;
      await drop(draft.key);
      form.requestSubmit(submitter);
    } finally {
      const isLeaving = isAllowed;
      isAllowed = false;
      if (isLeaving) setTimeout(() => (isGoing = false), LONGEST_GOING);
      else isGoing = false;
    }
  });
}

// Whether the page itself has to be sent: not where the script has done all that the button asks for.
async function isReady(draft, submitter) {
  const { form, files } = draft;
  const isContribution = "contribution" in form.dataset && submitter?.name !== "detach";
  if (draft.isHeld) {
    form.querySelector(".report-conflict").focus();
    return false;
  }
  if (!(await draft.save())) return false;
  if (isContribution && !files.hasSomething) draft.isDirty = true; // even an empty one is answered
  const isAll = isContribution || submitter?.value === "send";
  if (isAll && files.hasSomething && !(await files.attach())) return false;
  if (!(await draft.save()) || isContribution) return false;
  if ((submitter?.value ?? "save") !== "save") return true;
  draft.tell(draft.place.textContent || "El borrador está guardado.");
  return false;
}

// What was typed last is saved first: the page that asks shows all that would go.
function watchDiscarding(draft) {
  const link = draft.form.querySelector("[data-discard]");
  link?.addEventListener("click", async (event) => {
    event.preventDefault();
    await draft.save();
    location.assign(link.href);
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
  for (const record of await ownOf(account)) {
    const isHere = record.period === period && (!only || only === record.activity);
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
    .filter(([name, value]) => ["narrative", "difficulties", "text"].includes(name) && value)
    .map(([, value]) => value)
    .join(" · ");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button" });
  button.textContent = "Borrarlo de este equipo";
  button.addEventListener("click", async () => {
    await drop(record.key);
    box.remove();
  });
  const open = document.createElement("a");
  open.href = record.address;
  open.textContent = "Abrir la actividad";
  const actions = Object.assign(document.createElement("p"), { className: "actions" });
  actions.append(open, button);
  box.append(title, text, actions);
  return box;
}

// Leaving: the portal is asked once more to keep what it does not have.
function watchLeaving() {
  document.addEventListener("leaving", ({ detail }) => detail.push(...drafts.map((draft) => draft.save())));
}

// On a phone what was said before waits behind its title.
function foldOnPhones() {
  if (matchMedia("(min-width: 48rem)").matches) return;
  for (const fold of document.querySelectorAll("details[data-fold]")) fold.open = false;
}

async function begin() {
  document.querySelector("[data-errors]")?.focus();
  const target = document.getElementById(location.hash.slice(1))?.querySelector("details");
  if (target) target.open = true;
  const forms = [...document.querySelectorAll("form[data-report]")];
  await dropOld();
  foldOnPhones();
  for (const form of forms) {
    const draft = new Draft(form);
    new Files(draft);
    watchFigures(form);
    watchSending(draft);
    watchDiscarding(draft);
    watchCopying(draft);
    drafts.push(draft);
  }
  watchLeaving();
  for (const draft of drafts) draft.restore();
  await showOthers();
}

begin();
