// One report form: what is typed goes to the portal by itself, and stays in the browser until it is there.

import { showConflict } from "./report-conflict.js";
import { now, pairsOf, read, write } from "./report-fields.js";
import { Refusal, post } from "./report-server.js";
import { drop, keep, keyOf, take } from "./report-store.js";

const PAUSE = 1200; // milliseconds without typing before the portal is asked
const SHORT = 120; // the same for the browser's own copy
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60_000;
const SIGNED_OUT_UNKEPT = "Su sesión terminó. No cierre esta página: ingrese en otra pestaña y lo que escribió se guardará.";

export class Draft {
  constructor(form) {
    this.form = form;
    const { account, period, report } = form.dataset;
    this.owner = { account, period, activity: report };
    this.key = keyOf(this.owner);
    this.place = form.querySelector("[data-told]");
    this.wait = FIRST_WAIT;
    this.isDirty = false; // something typed that the portal has not confirmed
    this.isHeld = false; // two texts wait for the person's choice
    this.isInDoubt = false; // a saving whose answer was lost: it may have arrived
    this.running = null;
    this.files = null; // set by who watches the files
    form.addEventListener("input", (event) => event.target.type !== "file" && this.touch());
    window.addEventListener("online", () => this.retry());
    document.addEventListener("visibilitychange", () => document.hidden && this.store());
  }

  get revision() {
    return this.form.elements.revision;
  }

  // What the page showed when it was written on: the draft's revision, what was sent, the marks of the answers.
  get version() {
    const { revision, seen, was } = this.form.elements;
    return { revision: revision.value, seen: seen?.value ?? "", was: was?.value ?? "" };
  }

  set version(told) {
    for (const name of ["revision", "seen", "was"]) {
      const field = this.form.elements[name];
      if (field && name in told) field.value = told[name] ?? "";
    }
    const discarding = this.form.querySelector("[data-discard]");
    if (discarding) discarding.hidden = !this.revision.value;
  }

  get noun() {
    return this.form.dataset.noun;
  }

  tell(words, kind = "") {
    this.place.dataset.kind = kind;
    if (this.place.textContent !== words) this.place.textContent = words;
  }

  // The session ended: what is typed stays here, and the way back is beside the words.
  tellSignedOut(words) {
    this.tell(`${words} `, "failed");
    const here = encodeURIComponent(location.pathname + location.search);
    const link = Object.assign(document.createElement("a"), { href: `${this.form.dataset.login}?next=${here}` });
    link.textContent = "Ingresar de nuevo";
    this.place.append(link);
  }

  touch() {
    this.isDirty = true;
    this.typedAt = now();
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.store(), SHORT);
    if (this.isHeld) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  retry() {
    this.wait = FIRST_WAIT;
    if (this.isDirty && !this.isHeld) this.save();
    this.files?.resume();
  }

  // The browser's copy: all that the portal may not have.
  async store() {
    clearTimeout(this.soon);
    const files = this.files?.chosen ?? [];
    if (!this.isDirty && !this.isAsking && !files.length) return drop(this.key);
    return keep({
      key: this.key,
      ...this.owner,
      title: this.form.closest("[data-item]")?.querySelector(".report-name")?.textContent ?? "",
      address: new URL(this.form.action).pathname,
      savedOn: Date.now(),
      pairs: read(this.form),
      version: this.version,
      isInDoubt: this.isInDoubt,
      files,
      isQueued: this.files?.isQueued ?? false,
      at: this.typedAt ?? now(),
    });
  }

  // Text that an earlier visit could not send: it goes back to its fields, and to the portal.
  async restore() {
    const record = await take(this.key);
    if (!record) return;
    write(this.form, record.pairs);
    this.version = record.version;
    this.isInDoubt = record.isInDoubt;
    this.typedAt = record.at;
    this.isDirty = true;
    const fold = this.form.closest("details");
    if (fold) fold.open = true;
    this.tell(`Se recuperó lo que escribió a las ${record.at}.`);
    this.form.dispatchEvent(new CustomEvent("restored", { detail: record }));
    await this.save();
  }

  // Resolves to true when the portal has all that is typed.
  save() {
    clearTimeout(this.timer);
    return this.inTurn(() => this.ask());
  }

  // One request of a form at a time, files with it.
  inTurn(deed) {
    const before = (this.running ?? Promise.resolve()).catch(() => false);
    this.running = before.then(deed);
    return this.running;
  }

  async ask() {
    if (this.isHeld) return false;
    if (!this.isDirty) return true;
    this.isDirty = false;
    this.isAsking = true;
    const body = new FormData();
    const sent = read(this.form);
    for (const [name, value] of [...sent, ...Object.entries(this.version)]) body.append(name, value);
    if (this.form.elements.office) body.append("office", this.form.elements.office.value);
    if (this.isInDoubt) body.append("again", "1");
    try {
      const answer = await post(this.form.dataset.draft, body);
      this.isAsking = false;
      this.version = answer;
      this.isInDoubt = false;
      this.wait = FIRST_WAIT;
      if (answer.answers) write(this.form, pairsOf(answer.answers), sent);
      const both = answer.answers ? ` ${answer.message}` : "";
      if (!this.isDirty) this.tell(`${this.noun} guardado a las ${answer.at}${both && `.${both}`}`);
      await this.store();
      return !this.isDirty || this.ask();
    } catch (refusal) {
      this.isDirty = true;
      this.isAsking = false;
      if (!(refusal instanceof Refusal)) throw refusal;
      await this.wasRefused(refusal, sent);
      return false;
    }
  }

  async wasRefused(refusal, sent = read(this.form)) {
    this.isInDoubt ||= refusal.again;
    const isKept = await this.store();
    if (refusal.answer?.status === 409) {
      this.isHeld = true;
      showConflict(this, { ...refusal.answer, sent });
    } else if (refusal.again) {
      if (refusal.isSignedOut) this.tellSignedOut(isKept ? refusal.message : SIGNED_OUT_UNKEPT);
      else this.tell(this.offlineWords(refusal, isKept), "failed");
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    } else {
      this.tell(refusal.message, "failed");
    }
  }

  offlineWords(refusal, isKept) {
    const isOffline = refusal.message.startsWith("No hay conexión");
    if (!isKept) return isOffline ? "Sin conexión: no cierre esta página." : refusal.message;
    const kept = `guardado en este equipo a las ${this.typedAt ?? now()}`;
    return isOffline ? `Sin conexión: ${kept}` : `${refusal.message} Por ahora, ${kept}.`;
  }

  // After a conflict: the person chose; what the form says now is saved over the other's.
  async settle(told) {
    this.version = told;
    this.isHeld = false;
    this.isInDoubt = false;
    this.isDirty = true;
    await this.store();
    return this.save();
  }
}
