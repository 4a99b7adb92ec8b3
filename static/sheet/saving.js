// Saves rows as they change, each with the number of writing that was read, and tells what could not be saved.

import { clearFlaw, flaw } from "./cells.js";
import { ask } from "./server.js";

const PAUSE = 350;
const MOST = 100; // rows in one request

export class Saver {
  constructor(table, line, { address, tell, stale, gone, saved, isEditing, closed }) {
    Object.assign(this, { table, line, address, tell, stale, gone, saved, isEditing, closed });
    this.typed = new Map(); // row -> column name -> text not yet sent
    this.held = new WeakSet(); // rows refused as they are: not sent again until they change
    this.tokens = new WeakMap();
  }

  get isPending() {
    return this.typed.size > 0 || this.line.isBusy;
  }

  touch(cell) {
    const row = cell.parentElement;
    this.stuck = false;
    if (!this.typed.has(row)) this.typed.set(row, new Map());
    this.typed.get(row).set(this.table.column(cell).name, this.table.text(cell));
    clearFlaw(cell);
    this.held.delete(row);
    this.plan(PAUSE);
  }

  forget(row) {
    this.typed.delete(row);
  }

  plan(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), wait);
    this.settle();
  }

  // Put what was typed in the line; resolves when the line is empty.
  flush() {
    clearTimeout(this.timer);
    if (this.batch() && !this.queued) {
      this.queued = true;
      return this.line.add({ run: (again) => this.send(again), refused: (refusal) => this.refused(refusal) });
    }
    return this.line.idle;
  }

  async send(again) {
    this.queued = false;
    const batch = this.batch();
    if (!batch) return;
    for (const row of batch.rows.values()) this.typed.delete(row);
    try {
      const answer = await ask(this.address, { body: { ...batch.body, again } });
      this.stuck = false;
      answer.rows.forEach((told) => this.receive(batch.rows.get(told.id), told, batch.sent.get(told.id)));
      this.saved(answer);
    } catch (refusal) {
      this.keep(batch);
      throw refusal;
    }
    if (this.batch()) this.plan(0);
  }

  refused(refusal) {
    this.stuck = true; // nothing more is sent by itself until something changes
    if (refusal.answer?.closed) this.closed();
  }

  // Rows of the plan, and the first run of new ones, which stand together behind a row of the plan.
  batch() {
    const body = { edits: [], new: [], after: 0 };
    const rows = new Map();
    const sent = new Map();
    let last = 0;
    let run = "before";
    for (const row of this.table.rows) {
      const key = Number(row.dataset.key) || 0;
      if (key && !row.classList.contains("stale")) {
        if (run === "in") run = "past";
        last = key;
      }
      if (!this.isReady(row)) continue;
      const values = Object.fromEntries(this.typed.get(row));
      if (!key) {
        if (run === "past") continue;
        if (run === "before") body.after = last;
        run = "in";
      }
      const id = this.token(row);
      rows.set(id, row);
      sent.set(id, values);
      if (key) body.edits.push({ id, key, revision: Number(row.dataset.revision), values });
      else body.new.push({ id, values });
      if (rows.size === MOST) break;
    }
    return rows.size ? { body, rows, sent } : null;
  }

  isReady(row) {
    if (!this.typed.has(row) || this.held.has(row) || row.waiting || row.classList.contains("stale")) return false;
    return Boolean(row.dataset.key) || this.table.text(this.table.cell(row, "description")).trim() !== "";
  }

  // Names a row for good, so that one whose answer was lost is not added twice.
  token(row) {
    if (!this.tokens.has(row)) this.tokens.set(row, crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`);
    return this.tokens.get(row);
  }

  receive(row, told, sent) {
    if (told.gone) return this.gone(row, sent);
    if (told.stale) return this.stale(row, told, { ...sent, ...Object.fromEntries(this.typed.get(row) ?? []) });
    const errors = told.errors ?? {};
    if (told.html) this.table.patch(row, told.html, (cell) => this.isOwn(cell, errors));
    else {
      this.held.add(row);
      this.keepRow(row, sent);
    }
    for (const [name, text] of Object.entries(errors)) {
      const cell = this.table.cell(row, name);
      if (!this.typed.get(row)?.has(name)) flaw(cell, text);
    }
    return undefined;
  }

  // Cells whose text is the person's and not yet the portal's.
  isOwn(cell, errors = {}) {
    const { name } = this.table.column(cell);
    return name in errors || this.isEditing(cell) || cell.hasAttribute("aria-invalid") || this.typed.get(cell.parentElement)?.has(name);
  }

  // What could not be sent waits again; what was typed meanwhile wins.
  keep(batch) {
    for (const [id, row] of batch.rows) if (row.isConnected) this.keepRow(row, batch.sent.get(id));
  }

  keepRow(row, sent) {
    this.typed.set(row, new Map([...Object.entries(sent), ...(this.typed.get(row) ?? [])]));
  }

  settle() {
    const flaws = this.table.body.querySelectorAll("[aria-invalid]");
    if (this.line.isBusy || (this.batch() && !this.stuck)) {
      this.tell("saving", "Guardando…");
    } else if (this.stuck) {
      // the refusal stays said
    } else if (flaws.length) {
      const where = this.table.column(flaws[0]).label.toLowerCase();
      const many = flaws.length === 1 ? "una celda" : `${flaws.length} celdas`;
      this.tell("flawed", `Falta corregir ${many}: ${where}. ${flaws[0].title}`);
    } else if ([...this.typed.keys()].some((row) => row.isConnected && !row.dataset.key)) {
      this.tell("flawed", "Falta escribir la actividad en la fila nueva para guardarla.");
    } else if (this.savedAt) this.tell("saved", `Guardado a las ${this.savedAt}.`);
  }
}

