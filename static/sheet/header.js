// The plan's data save themselves a moment after they change, one request at a time; lists have their button.

import { ask, Refusal } from "./server.js";

const PAUSE = 800;
const AGAIN = 5000;

class Header {
  constructor(form) {
    this.form = form;
    this.state = form.querySelector("[data-header-state]");
    this.saved = this.values();
    form.addEventListener("input", (event) => this.changed(event.target));
    form.addEventListener("submit", () => {
      this.leaving = true;
    });
    window.addEventListener("beforeunload", (event) => {
      if (!this.leaving && (this.isDirty || this.listsChanged)) event.preventDefault();
    });
  }

  // Name of each field of the plan itself, lists apart, and the texts that it holds.
  values() {
    const data = new FormData(this.form);
    const names = [...this.form.elements].filter((one) => one.name && !one.closest(".rows-of")).map((one) => one.name);
    const own = [...new Set(names)].filter((name) => !["revision", "csrfmiddlewaretoken"].includes(name));
    return Object.fromEntries(own.map((name) => [name, data.getAll(name).join("\n")]));
  }

  get dirty() {
    const now = this.values();
    return Object.keys(now).filter((name) => now[name] !== this.saved[name]);
  }

  get isDirty() {
    return this.dirty.length > 0;
  }

  changed(element) {
    if (element.closest(".rows-of")) {
      this.listsChanged = true;
      this.tell("Guarde los datos del plan para conservar lo que cambió en las listas.");
      return;
    }
    this.plan(PAUSE);
  }

  plan(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  async save() {
    if (this.busy || this.choosing || !this.isDirty) return;
    this.busy = true;
    const sent = this.values();
    const form = new FormData(this.form);
    form.set("part", "facts");
    this.tell("Guardando…");
    try {
      const answer = await ask(this.form.action, { form });
      this.form.elements.revision.value = answer.revision;
      this.saved = sent;
      this.mend({});
      this.tell(this.listsChanged ? "Guarde los datos del plan para conservar lo que cambió en las listas." : `Guardado a las ${answer.savedAt}.`);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      this.explain(refusal);
    } finally {
      this.busy = false;
    }
    if (this.again) this.plan(this.again);
    else if (JSON.stringify(sent) !== JSON.stringify(this.values())) this.plan(0);
    this.again = 0;
  }

  explain(refusal) {
    const answer = refusal.answer ?? {};
    if (answer.values) {
      this.merge(answer);
      return;
    }
    if (answer.errors) this.mend(answer.errors);
    const said = Object.entries(answer.errors ?? {}).map(([name, text]) => `${this.label(name)}: ${text}`);
    this.tell([...said, ...(answer.messages ?? [])].join(" ") || refusal.message);
    if (refusal.again) this.again = AGAIN;
  }

  // Somebody else saved. What only they changed is taken; what both changed is the person's choice.
  merge(answer) {
    const now = this.values();
    const both = [];
    for (const [name, theirs] of Object.entries(answer.values)) {
      if (theirs === this.saved[name] || theirs === now[name]) continue;
      if (now[name] === this.saved[name]) this.put(name, theirs);
      else both.push([name, theirs]);
    }
    this.form.elements.revision.value = answer.revision;
    for (const [name, theirs] of Object.entries(answer.values)) this.saved[name] = theirs;
    if (both.length) this.ask(both);
    else this.again = 1;
  }

  ask(both) {
    this.choosing = true;
    const notice = document.createElement("div");
    notice.className = "notice notice-warn conflict";
    notice.setAttribute("role", "alert");
    const texts = both
      .map(([name, theirs]) => `${this.label(name)}. Lo que está guardado: ${this.words(name, theirs)}`)
      .join("\n");
    notice.append(paragraph("Otra persona guardó estos datos mientras usted escribía. No se guardó lo suyo.", "notice-title"), paragraph(texts, "both"));
    const bar = paragraph("", "actions");
    const choose = (text, deed) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = text;
      button.addEventListener("click", () => {
        notice.remove();
        this.choosing = false;
        deed();
        this.plan(0);
      });
      bar.append(button);
    };
    choose("Guardar lo mío", () => {});
    choose("Dejar lo guardado", () => both.forEach(([name, theirs]) => this.put(name, theirs)));
    notice.append(bar);
    this.state.before(notice);
    this.tell("");
  }

  put(name, value) {
    const elements = [...this.form.elements].filter((one) => one.name === name);
    const values = value.split("\n");
    for (const one of elements) {
      if (one.type === "checkbox") one.checked = values.includes(one.value);
      else one.value = value;
    }
  }

  words(name, value) {
    const [first] = [...this.form.elements].filter((one) => one.name === name);
    if (first.tagName === "SELECT") return [...first.options].find((option) => option.value === value)?.textContent ?? value;
    if (first.type !== "checkbox") return value || "(vacío)";
    const chosen = value.split("\n");
    const names = [...this.form.elements].filter((one) => one.name === name && chosen.includes(one.value));
    return names.map((one) => one.labels[0].textContent.trim()).join("; ") || "(ninguna)";
  }

  label(name) {
    const element = [...this.form.elements].find((one) => one.name === name);
    const legend = element?.type === "checkbox" && element.closest("fieldset")?.querySelector("legend");
    return (legend || element?.labels?.[0])?.firstChild.textContent.trim() ?? name;
  }

  mend(errors) {
    for (const old of this.form.querySelectorAll("[data-told]")) old.remove();
    for (const element of this.form.elements) {
      if (!element.name) continue;
      const text = errors[element.name];
      element.toggleAttribute("aria-invalid", Boolean(text));
      if (!text) continue;
      element.setAttribute("aria-invalid", "true");
      const told = paragraph(text, "list-flaw");
      told.dataset.told = "";
      element.before(told);
    }
  }

  tell(words) {
    this.state.textContent = words;
  }
}

function paragraph(text, css) {
  const element = document.createElement("p");
  element.textContent = text;
  element.className = css;
  return element;
}

export function watchHeader(form) {
  if (form) new Header(form);
}
