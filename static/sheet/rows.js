// Whole rows: add, duplicate, move, remove and bring back. The page changes at once; the portal follows in order.

import { ask } from "./server.js";

export class RowActions {
  constructor(sheet) {
    this.sheet = sheet;
  }

  get row() {
    return this.sheet.grid.cell.parentElement;
  }

  address(action, row = null) {
    const { activities, rows } = this.sheet.region.dataset;
    return row ? activities.replace("nueva/", `${row.dataset.key}/${action}/`) : `${rows}${action}/`;
  }

  // Ask the portal after all that was asked before; what it refuses is undone on the page by `back`.
  inTurn(run, back) {
    const { sheet } = this;
    sheet.saver.flush();
    sheet.line.add({
      run: async (again) => {
        const answer = await run(again);
        if (answer) sheet.wasSaved(answer);
      },
      refused: (refusal) => {
        back();
        sheet.saver.stuck = true;
        sheet.tell("failed", refusal.message);
      },
    });
    sheet.saver.settle();
  }

  fresh() {
    const row = this.sheet.pattern.cloneNode(true);
    row.classList.remove("blank");
    row.classList.add("fresh");
    return row;
  }

  // A row below the chosen one; it is the plan's when its activity is written.
  add() {
    const { sheet } = this;
    const row = this.row;
    if (row.classList.contains("blank")) return sheet.grid.go(row.cells[1]);
    const fresh = this.fresh();
    row.after(fresh);
    return sheet.grid.go(fresh.cells[1]);
  }

  duplicate() {
    const { sheet } = this;
    const row = this.row;
    if (row.classList.contains("blank")) return;
    const index = sheet.grid.cell.cellIndex;
    const copy = this.fresh();
    [...row.cells].slice(1).forEach((cell, place) => sheet.table.write(copy.cells[place + 1], sheet.table.text(cell)));
    copy.waiting = true; // the portal copies what the cells do not show, too
    row.after(copy);
    sheet.grid.go(copy.cells[index]);
    const token = sheet.saver.token(copy);
    this.inTurn(
      async (again) => {
        if (!row.dataset.key) return this.release(copy); // the plan has no such row: the copy is a row like others
        const answer = await ask(this.address("duplicar", row), { form: formOf({ token, again: again ? "1" : "" }) });
        copy.waiting = false;
        sheet.table.patch(copy, answer.html, (cell) => sheet.saver.isOwn(cell));
        sheet.saver.plan(0); // what was typed in it meanwhile
        return answer;
      },
      () => copy.remove(),
    );
    sheet.history.add({ rows: new Set([copy]), undo: () => this.takeAway([copy]), redo: () => this.bringBack([copy]) });
  }

  release(copy) {
    copy.waiting = false;
    if (copy.isConnected) this.typeAgain(copy);
    return null;
  }

  move(step) {
    const { sheet } = this;
    const row = this.row;
    const rows = sheet.table.rows.filter((one) => !one.classList.contains("blank"));
    const place = rows.indexOf(row) + step;
    if (row.classList.contains("blank") || place < 0 || place >= rows.length) return;
    const back = row.previousElementSibling;
    const there = step < 0 ? rows[place].previousElementSibling : rows[place];
    this.put(row, there);
    sheet.history.add({ rows: new Set([row]), undo: () => this.put(row, back), redo: () => this.put(row, there) });
  }

  // Put the row behind `before`, or first where that is null.
  put(row, before) {
    const { sheet } = this;
    const was = row.previousElementSibling;
    const cell = sheet.grid.cell;
    place(sheet.table.body, row, before);
    const above = sheet.table.rows.slice(0, sheet.table.rows.indexOf(row)).reverse();
    sheet.grid.go(cell);
    this.inTurn(
      async () => {
        if (!row.dataset.key) return null;
        const known = above.find((one) => one.dataset.key && one.isConnected);
        return ask(this.address("mover", row), { form: formOf({ after: known?.dataset.key ?? "" }) });
      },
      () => place(sheet.table.body, row, was),
    );
  }

  remove() {
    const rows = this.sheet.grid.chosenRows.filter((row) => !row.classList.contains("blank"));
    if (!rows.length) return;
    const approved = rows.find((row) => row.classList.contains("approved"));
    if (approved) {
      const key = approved.dataset.key;
      this.sheet.tell("flawed", `La actividad ${key} ya fue aprobada: ábrala por su número y cancélela con su motivo.`);
      return;
    }
    this.takeAway(rows);
    this.sheet.history.add({
      rows: new Set(rows),
      undo: () => this.bringBack(rows),
      redo: () => this.takeAway(rows),
    });
  }

  // Off the page at once; whether the plan has them is asked when their turn comes.
  takeAway(rows) {
    const { sheet } = this;
    const next = rows.at(-1).nextElementSibling ?? sheet.table.blank;
    const index = sheet.grid.cell.cellIndex;
    for (const row of [...rows].reverse()) {
      row.behind = row.previousElementSibling;
      sheet.saver.forget(row);
      row.remove();
    }
    if (!sheet.grid.cell.isConnected) sheet.grid.go(next.cells[index]);
    this.inTurn(
      async (again) => {
        const keys = rows.map((row) => row.dataset.key).filter(Boolean);
        if (!keys.length) return null;
        return ask(this.address("quitar"), { form: formOf({ keys, again: again ? "1" : "" }) });
      },
      () => this.putBack(rows),
    );
    this.say(rows, "se quitó", "se quitaron");
  }

  putBack(rows) {
    for (const row of rows) place(this.sheet.table.body, row, row.behind?.isConnected ? row.behind : this.lastRow());
  }

  lastRow() {
    return this.sheet.table.blank.previousElementSibling;
  }

  bringBack(rows) {
    const { sheet } = this;
    this.putBack(rows);
    sheet.grid.go(rows[0].cells[1]);
    this.inTurn(
      async (again) => {
        const known = rows.filter((row) => row.dataset.key);
        for (const row of rows) if (!row.dataset.key) this.typeAgain(row);
        if (!known.length) return null;
        const keys = known.map((row) => row.dataset.key);
        const answer = await ask(this.address("recuperar"), { form: formOf({ keys, again: again ? "1" : "" }) });
        for (const row of known) {
          sheet.table.patch(row, answer.html[row.dataset.key], (cell) => sheet.saver.isOwn(cell));
        }
        return answer;
      },
      () => rows.forEach((row) => row.remove()),
    );
    this.say(rows, "volvió", "volvieron");
  }

  // A row that the plan never had is written anew.
  typeAgain(row) {
    for (const cell of [...row.cells].slice(1)) if (this.sheet.table.text(cell)) this.sheet.saver.touch(cell);
  }

  say(rows, one, many) {
    const words = rows.length === 1 ? `La fila ${one}.` : `${rows.length} filas ${many}.`;
    document.querySelector("[data-said]").textContent = words;
  }
}

function place(body, row, before) {
  if (before) before.after(row);
  else body.prepend(row);
}

function formOf(values) {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}
