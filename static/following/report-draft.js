// One report form: what is typed goes to the portal by itself, and stays in the browser until it is there.

import { showConflict } from "./report-conflict.js";
import { now, read, write } from "./report-fields.js";
import { Refusal, post } from "./report-server.js";
import { drop, keep, keyOf, take } from "./report-store.js";

const PAUSE = 1200; // milliseconds without typing before the portal is asked
const SHORT = 120; // the same for the browser's own copy
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60_000;

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

  tell(words, kind = "") {
    this.place.dataset.kind = kind;
    if (this.place.textContent !== words) this.place.textContent = words;
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
      pairs: read(this.form),
      revision: this.revision.value,
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
    this.revision.value = record.revision;
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
    for (const [name, value] of [...read(this.form), ["revision", this.revision.value]]) body.append(name, value);
    if (this.isInDoubt) body.append("again", "1");
    try {
      const answer = await post(this.form.dataset.draft, body);
      this.isAsking = false;
      this.revision.value = answer.revision ?? "";
      this.isInDoubt = false;
      this.wait = FIRST_WAIT;
      if (!this.isDirty) this.tell(`Borrador guardado a las ${answer.at}`);
      await this.store();
      return !this.isDirty || this.ask();
    } catch (refusal) {
      this.isDirty = true;
      this.isAsking = false;
      if (!(refusal instanceof Refusal)) throw refusal;
      await this.wasRefused(refusal);
      return false;
    }
  }

  async wasRefused(refusal) {
    this.isInDoubt ||= refusal.again;
    const isKept = await this.store();
    if (refusal.answer?.status === 409) {
      this.isHeld = true;
      showConflict(this, refusal.answer);
    } else if (refusal.again) {
      this.tell(this.offlineWords(refusal, isKept), "failed");
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
  async settle(revision) {
    this.revision.value = revision ?? "";
    this.isHeld = false;
    this.isInDoubt = false;
    this.isDirty = true;
    await this.store();
    return this.save();
  }
}
