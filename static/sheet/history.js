// What can be undone, newest last. An entry changes the page at once; the portal is told in its turn.

export class History {
  constructor(changed) {
    this.done = [];
    this.undone = [];
    this.changed = changed;
  }

  // An entry: `rows` that it touches, `undo()` and `redo()`.
  add(entry) {
    this.done.push(entry);
    this.undone = [];
    this.changed(this);
  }

  undo() {
    this.turn(this.done, this.undone, "undo");
  }

  redo() {
    this.turn(this.undone, this.done, "redo");
  }

  turn(from, to, way) {
    const entry = from.pop();
    if (!entry) return;
    entry[way]();
    to.push(entry);
    this.changed(this);
  }

  // What another person wrote is not to be undone unseen: forget what touches the row.
  forget(row) {
    const others = (entry) => !entry.rows.has(row);
    this.done = this.done.filter(others);
    this.undone = this.undone.filter(others);
    this.changed(this);
  }
}
