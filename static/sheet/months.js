// Marking months: one, by dragging over several, or a quarter of the chosen rows at once.

export class Painter {
  constructor(sheet) {
    this.sheet = sheet;
    this.changes = null;
  }

  get isOn() {
    return this.changes !== null;
  }

  begin(cell) {
    this.mark = this.sheet.table.text(cell) ? "" : "X";
    this.changes = new Map();
    this.over(cell);
  }

  over(cell) {
    if (this.sheet.table.column(cell)?.kind !== "month" || this.changes.has(cell)) return;
    this.changes.set(cell, this.sheet.table.text(cell));
    this.sheet.table.write(cell, this.mark);
  }

  // The finger scrolled, or the mouse left: nothing was meant.
  cancel() {
    for (const [cell, before] of this.changes ?? []) this.sheet.table.write(cell, before);
    this.changes = null;
  }

  end() {
    if (!this.isOn) return;
    const painted = [...this.changes.keys()];
    this.cancel();
    this.sheet.change(painted.map((cell) => [cell, this.mark]));
  }

  // Mark these months in the chosen rows; where all are marked already, clear them.
  toggle(months) {
    const cells = this.sheet.grid.chosenRows.flatMap((row) =>
      months.map((month) => this.sheet.table.cell(row, `month_${month}`)),
    );
    const mark = cells.every((cell) => this.sheet.table.text(cell)) ? "" : "X";
    this.sheet.change(cells.map((cell) => [cell, mark]));
  }
}
