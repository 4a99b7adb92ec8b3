// Where the person is in the sheet: one cell with the focus, a block of chosen cells, moving among them.

export class Grid {
  constructor(table) {
    this.table = table;
    this.cell = null;
    this.anchor = null;
    const element = table.region.querySelector("table");
    element.setAttribute("role", "grid");
    element.setAttribute("aria-multiselectable", "true");
    table.region.removeAttribute("tabindex");
    this.enter(table.rows[0].cells[1]);
  }

  // Make `cell` the one that Tab reaches, without taking the focus.
  enter(cell) {
    this.cell?.removeAttribute("tabindex");
    this.cell = cell;
    cell.tabIndex = 0;
  }

  go(cell, { extend = false } = {}) {
    if (!cell || cell.cellIndex < 1) return;
    this.enter(cell);
    if (!extend || !this.anchor?.isConnected) this.anchor = cell;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.paint();
  }

  paint() {
    for (const cell of this.table.body.querySelectorAll("[aria-selected]")) cell.removeAttribute("aria-selected");
    const block = this.block();
    if (block.length > 1 || block[0]?.length > 1) {
      for (const cell of block.flat()) cell.setAttribute("aria-selected", "true");
    }
  }

  // The chosen cells as rows of cells, visible columns only.
  block() {
    const rows = this.table.rows;
    const between = (list, one, other) => {
      const [from, to] = [list.indexOf(one), list.indexOf(other)].sort((a, b) => a - b);
      return from < 0 ? [other] : list.slice(from, to + 1);
    };
    const columns = between(this.table.visible, this.anchor?.cellIndex, this.cell.cellIndex);
    return between(rows, this.anchor?.parentElement, this.cell.parentElement).map((row) =>
      columns.map((index) => row.cells[index]),
    );
  }

  get chosenRows() {
    return this.block().map((cells) => cells[0].parentElement);
  }

  // Up, down, left or right; false at the edge.
  step(down, right, options) {
    const rows = this.table.rows;
    const visible = this.table.visible;
    const row = rows[rows.indexOf(this.cell.parentElement) + down];
    const index = visible[visible.indexOf(this.cell.cellIndex) + right];
    if (!row || !index) return false;
    this.go(row.cells[index], options);
    return true;
  }

  // As Tab goes: to the next cell, then to the next row; false at the end of the sheet.
  next(backwards) {
    if (this.step(0, backwards ? -1 : 1)) return true;
    const rows = this.table.rows;
    const row = rows[rows.indexOf(this.cell.parentElement) + (backwards ? -1 : 1)];
    if (!row) return false;
    const visible = this.table.visible;
    this.go(row.cells[backwards ? visible.at(-1) : visible[0]]);
    return true;
  }

  // To the first or last row or column.
  edge(down, right, options) {
    const rows = this.table.rows;
    const visible = this.table.visible;
    const row = down ? rows.at(down < 0 ? 0 : -1) : this.cell.parentElement;
    const index = right ? visible.at(right < 0 ? 0 : -1) : this.cell.cellIndex;
    this.go(row.cells[index], options);
  }
}
