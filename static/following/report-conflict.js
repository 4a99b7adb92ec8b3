// Two people in one report: both texts, and the choice is the person's.

import { pairsOf, write } from "./report-fields.js";

function element(name, text = "", attributes = {}) {
  const made = Object.assign(document.createElement(name), { textContent: text });
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// `told`: who wrote, the fields that both changed, all the answers that stand with what tells their version, and
// `both`, the own text with what only the other one changed; `sent` is what this form had asked to keep.
export function showConflict(draft, told) {
  draft.form.querySelector(".report-conflict")?.remove();
  const box = element("div", "", { class: "notice notice-warn report-conflict", role: "alert", tabindex: "-1" });
  box.append(element("p", told.who, { class: "notice-title" }));
  box.append(element("p", "En el formulario sigue lo suyo, todavía sin guardar. Esto es lo que está guardado:"));
  if (told.both) write(draft.form, pairsOf(told.both), told.sent);
  const list = element("dl");
  for (const field of told.fields) {
    const row = element("div");
    row.append(element("dt", field.label), element("dd", field.theirs || "(vacío)"));
    list.append(row);
  }
  const mine = element("button", "Guardar lo mío", { type: "button", class: "button" });
  const theirs = element("button", "Dejar lo guardado", { type: "button", class: "button" });
  const close = () => {
    box.remove();
    return draft.settle(told);
  };
  mine.addEventListener("click", close);
  theirs.addEventListener("click", () => {
    write(draft.form, pairsOf(told.answers));
    close();
  });
  const actions = element("p", "", { class: "actions" });
  actions.append(mine, theirs);
  box.append(list, actions);
  draft.form.prepend(box);
  draft.tell("Sin guardar: elija qué texto queda.", "failed");
  box.focus();
}
