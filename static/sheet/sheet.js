// The sheet of a plan: joins the table, the keys, the clipboard, saving and what can be undone.

import { Table } from "./cells.js";
import { formatBlock, parseBlock } from "./clipboard.js";
import { Conflicts } from "./conflicts.js";
import { Detail } from "./detail.js";
import { Editor } from "./editor.js";
import { Grid } from "./grid.js";
import { watchHeader } from "./header.js";
import { History } from "./history.js";
import { watchKeys } from "./keys.js";
import { Line } from "./line.js";
import { Painter } from "./months.js";
import { RowActions } from "./rows.js";
import { Saver } from "./saving.js";

class Sheet {
  constructor(region) {
    this.settings = JSON.parse(document.getElementById("sheet-settings").textContent);
    this.region = region;
    this.table = new Table(region, this.settings);
    this.pattern = this.table.blank.cloneNode(true);
    this.grid = new Grid(this.table);
    this.history = new History((history) => this.showHistory(history));
    this.editor = new Editor(this.table, this.settings, {
      commit: (cell, text) => this.change([[cell, text]]),
      leave: (cell, way) => this.leave(cell, way),
    });
    this.conflicts = new Conflicts(this);
    this.line = new Line({ tell: (kind, words) => this.tell(kind, words), settled: () => this.saver.settle() });
    this.saver = new Saver(this.table, this.line, {
      address: region.dataset.cells,
      tell: (kind, words) => this.tell(kind, words),
      stale: (row, told, mine) => this.conflicts.show(row, told, mine),
      gone: (row, mine) => this.conflicts.showGone(row, mine),
      saved: (answer) => this.wasSaved(answer),
      isEditing: (cell) => this.editor.isEditing(cell),
      closed: () => this.region.classList.add("closed"),
    });
    this.rows = new RowActions(this);
    this.detail = new Detail(this);
    this.painter = new Painter(this);
    watchKeys(this);
    this.watchMouse();
    this.watchClipboard();
    this.watchBar();
    window.addEventListener("beforeunload", (event) => this.warn(event));
    region.classList.add("live");
    document.querySelector("[data-bar]").hidden = false;
    document.querySelector("[data-without-script]").hidden = true;
    if (location.hash.startsWith("#actividad-")) this.show(document.querySelector(location.hash));
  }

  show(row) {
    if (row) this.grid.go(row.cells[1]);
  }

  // Changing ---------------------------------------------------------------------------------------

  // Write these texts in these cells; one thing to undo, whatever their number. Undoing what began a row
  // takes the row away, as it is; redoing it brings the row back.
  change(changes) {
    const real = changes.filter(([cell, text]) => this.table.text(cell) !== text && this.mayChange(cell.parentElement));
    if (!real.length) return;
    const before = real.map(([cell]) => [cell, this.table.text(cell)]);
    const rows = new Set(real.map(([cell]) => cell.parentElement));
    const begun = [...rows].filter((row) => !row.dataset.key && this.table.isEmpty(row));
    const others = (list) => list.filter(([cell]) => !begun.includes(cell.parentElement));
    this.write(real);
    this.history.add({
      rows,
      undo: () => this.rewrite(others(before), () => this.rows.takeAway(begun), begun),
      redo: () => this.rewrite(others(real), () => this.rows.bringBack(begun), begun),
    });
  }

  rewrite(changes, turn, begun) {
    this.write(changes);
    if (begun.length) turn();
    if (changes.length && changes[0][0].isConnected) this.grid.go(changes[0][0]);
  }

  write(changes) {
    for (const [cell, text] of changes) {
      this.table.write(cell, text);
      this.begin(cell.parentElement);
      this.saver.touch(cell);
    }
  }

  // A cancelled activity says what it said; a row with two texts waits for the person's choice.
  mayChange(row) {
    if (row.classList.contains("cancelled")) {
      this.tell("flawed", `La actividad ${row.dataset.key} está cancelada: restablézcala para cambiarla.`);
    }
    return !row.classList.contains("cancelled") && !row.classList.contains("stale");
  }

  // The blank row at the end becomes a row of the plan, and another one waits below it.
  begin(row) {
    if (!row.classList.contains("blank")) return;
    row.classList.remove("blank");
    row.after(this.pattern.cloneNode(true));
  }

  leave(cell, way) {
    this.grid.go(cell);
    if (way === "down") this.grid.step(1, 0);
    if (way === "left" || way === "right") this.grid.next(way === "left");
  }

  // Mouse, clipboard, buttons ----------------------------------------------------------------------

  watchMouse() {
    const { body } = this.table;
    const cellOf = (event) => {
      const cell = event.target.closest("td");
      return cell && this.table.rows.includes(cell.parentElement) ? cell : null;
    };
    const isMonth = (cell) => this.table.column(cell).kind === "month";
    body.addEventListener("pointerdown", (event) => {
      const cell = cellOf(event);
      if (!cell || event.button !== 0 || event.pointerType !== "mouse" || this.editor.isEditing(cell)) return;
      event.preventDefault();
      if (this.editor.isOpen) this.editor.close(true);
      this.grid.go(cell, { extend: event.shiftKey });
      if (isMonth(cell) && !event.shiftKey) this.painter.begin(cell);
      else this.choosing = true;
    });
    body.addEventListener("pointerover", (event) => {
      const cell = cellOf(event);
      if (!cell || !(event.buttons & 1)) return;
      if (this.painter.isOn) this.painter.over(cell);
      else if (this.choosing) this.grid.go(cell, { extend: true });
    });
    window.addEventListener("pointerup", () => {
      this.choosing = false;
      this.painter.end();
    });
    window.addEventListener("pointercancel", () => this.painter.cancel());
    body.addEventListener("dblclick", (event) => {
      const cell = cellOf(event);
      if (cell && !this.editor.isOpen && this.mayChange(cell.parentElement)) this.editor.open(cell);
    });
    body.addEventListener("click", (event) => this.click(event, cellOf(event), isMonth));
  }

  // The row's number opens all its data. A finger chooses a cell, and changes the one already chosen.
  click(event, cell, isMonth) {
    const link = event.target.closest("th a");
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.detail.open(link.closest("tr"));
    }
    if (!cell || event.pointerType === "mouse" || this.editor.isEditing(cell)) return;
    const again = cell === this.grid.cell && document.activeElement === cell;
    if (this.editor.isOpen) this.editor.close(true);
    this.grid.go(cell);
    if (isMonth(cell)) this.change([[cell, this.table.text(cell) ? "" : "X"]]);
    else if (again && this.mayChange(cell.parentElement)) this.editor.open(cell);
  }

  watchClipboard() {
    const here = () => this.region.contains(document.activeElement) && !this.editor.isOpen;
    const copied = () => formatBlock(this.grid.block().map((cells) => cells.map((cell) => this.table.text(cell))));
    const put = (event) => {
      event.clipboardData.setData("text/plain", copied());
      event.preventDefault();
    };
    document.addEventListener("copy", (event) => here() && put(event));
    document.addEventListener("cut", (event) => {
      if (!here()) return;
      put(event);
      this.empty();
    });
    document.addEventListener("paste", (event) => {
      if (!here()) return;
      event.preventDefault();
      this.paste(event.clipboardData.getData("text/plain"));
    });
  }

  empty() {
    this.change(this.grid.block().flat().map((cell) => [cell, ""]));
  }

  // A block goes right and down from the chosen cell, with new rows as needed; chosen rows or cells that hold it
  // several times are filled with it.
  paste(text) {
    const block = parseBlock(text);
    if (block.length > this.settings.mostRows) {
      this.tell("flawed", `Se pegan hasta ${this.settings.mostRows} filas cada vez. Para más, use «Importar».`);
      return;
    }
    const chosen = this.grid.block();
    if (block.length === 1 && block[0].length === 1) {
      this.change(chosen.flat().map((cell) => [cell, block[0][0].trim()]));
      return;
    }
    const corner = chosen[0][0];
    const columns = this.table.visible.slice(this.table.visible.indexOf(corner.cellIndex));
    const times = chosen.length % block.length === 0 ? chosen.length / block.length : 1;
    const texts = Array.from({ length: times }, () => block).flat();
    this.change(this.laidOut(texts, corner.parentElement, columns));
    this.grid.go(corner);
    const left = Math.max(...block.map((said) => said.length)) - columns.length;
    if (left > 0) this.tell("flawed", `Sobraron ${left} columnas al pegar: empiece más a la izquierda o muestre más columnas.`);
  }

  laidOut(texts, first, columns) {
    const rows = this.table.rows;
    const known = rows.slice(rows.indexOf(first)).filter((row) => !row.classList.contains("blank"));
    const changes = [];
    texts.forEach((cells, place) => {
      const row = known[place] ?? this.newRow();
      cells.slice(0, columns.length).forEach((said, index) => changes.push([row.cells[columns[index]], said.trim()]));
    });
    return changes;
  }

  newRow() {
    const row = this.rows.fresh();
    this.table.blank.before(row);
    return row;
  }

  watchBar() {
    const deeds = {
      add: () => this.rows.add(),
      duplicate: () => this.rows.duplicate(),
      up: () => this.rows.move(-1),
      down: () => this.rows.move(1),
      remove: () => this.rows.remove(),
      undo: () => this.history.undo(),
      redo: () => this.history.redo(),
      detail: () => this.detail.open(this.grid.cell.parentElement),
      columns: (button) => this.toggleColumns(button),
      help: () => document.querySelector("[data-help]").showModal(),
    };
    document.querySelector("[data-bar]").addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button?.dataset.do) deeds[button.dataset.do](button);
      if (button?.dataset.months) this.painter.toggle(button.dataset.months.split(",").map(Number));
    });
  }

  toggleColumns(button) {
    const all = !this.table.all;
    button.setAttribute("aria-pressed", String(all));
    if (!all && !this.table.columns[this.grid.cell.cellIndex - 1].main) {
      this.grid.enter(this.grid.cell.parentElement.cells[1]);
    }
    this.table.showAll(all);
  }

  // Telling ----------------------------------------------------------------------------------------

  tell(kind, words) {
    const place = document.querySelector("[data-state]");
    place.dataset.kind = kind;
    if (place.textContent !== words) place.textContent = words;
  }

  wasSaved(answer) {
    this.saver.savedAt = answer.savedAt ?? this.saver.savedAt;
    if (answer.settings) Object.assign(this.settings, answer.settings);
    if (answer.totals) document.querySelector("[data-totals]").textContent = answer.totals;
  }

  showHistory(history) {
    document.querySelector('[data-do="undo"]').disabled = !history.done.length;
    document.querySelector('[data-do="redo"]').disabled = !history.undone.length;
  }

  warn(event) {
    if (this.editor.isOpen) this.editor.close(true);
    if (this.saver.isPending || this.table.body.querySelector("[aria-invalid], .stale")) event.preventDefault();
  }
}

new Sheet(document.querySelector("[data-sheet]"));
watchHeader(document.querySelector("[data-header]"));
