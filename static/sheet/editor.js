// Changing one cell: a box over it, with suggestions where the column has a closed or known list.

const fold = (text) => text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase().trim();
const MOST = 8;

export class Editor {
  constructor(table, settings, { commit, leave }) {
    Object.assign(this, { table, settings, commit, leave });
    this.cell = null;
  }

  get isOpen() {
    return this.cell !== null;
  }

  isEditing(cell) {
    return this.cell === cell;
  }

  open(cell, typed = null) {
    const column = this.table.column(cell);
    if (column.kind === "month") return;
    const text = this.table.text(cell);
    this.cell = cell;
    this.before = text;
    cell.dataset.typing = text;
    this.box = document.createElement("textarea");
    this.box.className = "cell-box";
    this.box.rows = Math.max(2, Math.min(8, text.split("\n").length + 1));
    this.box.value = typed ?? text;
    this.box.setAttribute("aria-label", `${column.label}, ${this.rowName(cell)}`);
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("input", () => this.suggest());
    this.box.addEventListener("blur", () => this.close(true));
    cell.textContent = "";
    cell.append(this.box);
    cell.classList.add("editing");
    this.box.focus();
    this.box.setSelectionRange(this.box.value.length, this.box.value.length);
    this.suggest();
  }

  rowName(cell) {
    const key = cell.parentElement.dataset.key;
    return key ? `actividad ${key}` : "actividad nueva";
  }

  // Put the text in its cell; `keep` false leaves the cell as it was.
  close(keep) {
    if (!this.isOpen) return;
    const { cell, box, before } = this;
    this.cell = null;
    this.list = null;
    this.chosen = -1;
    delete cell.dataset.typing;
    cell.classList.remove("editing");
    box.remove();
    document.querySelector(".cell-list")?.remove();
    this.table.write(cell, before);
    const text = box.value.replace(/\s+$/, "");
    if (keep && text !== before) this.commit(cell, text);
  }

  key(event) {
    event.stopPropagation();
    if (event.key === "Escape") return this.finish(event, false);
    if (this.list && ["ArrowDown", "ArrowUp"].includes(event.key)) return this.choose(event);
    if (event.key === "Enter" && (event.altKey || event.shiftKey)) return this.breakLine(event);
    if (event.key === "Enter" && this.chosen >= 0) return this.take(event);
    if (event.key === "Enter") return this.finish(event, true, "down");
    if (event.key === "Tab") {
      if (this.chosen >= 0) this.put(this.options[this.chosen]);
      return this.finish(event, true, event.shiftKey ? "left" : "right");
    }
    return undefined;
  }

  finish(event, keep, way = null) {
    event.preventDefault();
    const cell = this.cell;
    this.close(keep);
    this.leave(cell, way);
  }

  breakLine(event) {
    event.preventDefault();
    this.box.setRangeText("\n", this.box.selectionStart, this.box.selectionEnd, "end");
    this.box.rows = Math.min(8, this.box.rows + 1);
    this.suggest();
  }

  // Suggestions ------------------------------------------------------------------------------------

  get known() {
    const column = this.table.column(this.cell);
    if (column.kind === "choice") return column.choices;
    if (column.kind === "offices") return this.settings.offices;
    return column.name === "component" ? this.settings.components : [];
  }

  get line() {
    const end = this.box.selectionStart;
    const start = this.box.value.lastIndexOf("\n", end - 1) + 1;
    const next = this.box.value.indexOf("\n", end);
    return { start, end: next < 0 ? this.box.value.length : next };
  }

  suggest() {
    const { start, end } = this.line;
    const wanted = fold(this.box.value.slice(start, end));
    const isChoice = this.table.column(this.cell).kind === "choice";
    const found = wanted || isChoice ? this.known.filter((name) => fold(name).includes(wanted)) : [];
    this.options = found.filter((name) => isChoice || fold(name) !== wanted).slice(0, MOST);
    this.chosen = -1;
    this.draw();
  }

  draw() {
    document.querySelector(".cell-list")?.remove();
    this.list = null;
    this.box.removeAttribute("aria-activedescendant");
    this.box.removeAttribute("aria-controls");
    if (!this.options.length) return;
    this.list = document.createElement("ul");
    this.list.className = "cell-list";
    this.list.id = "sugerencias";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Sugerencias");
    this.options.forEach((name, place) => {
      const item = document.createElement("li");
      item.id = `sugerencia-${place}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(place === this.chosen));
      item.textContent = name;
      item.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        this.put(name);
      });
      this.list.append(item);
    });
    this.box.setAttribute("aria-autocomplete", "list");
    this.box.setAttribute("aria-controls", this.list.id);
    if (this.chosen >= 0) this.box.setAttribute("aria-activedescendant", `sugerencia-${this.chosen}`);
    document.body.append(this.list);
    this.placeList();
  }

  // Under the box, or over it where there is more room; the sheet's own edges do not cut it.
  placeList() {
    const box = this.box.getBoundingClientRect();
    const { offsetHeight, offsetWidth } = this.list;
    const below = box.bottom + offsetHeight <= innerHeight || box.top < offsetHeight;
    this.list.style.top = `${below ? box.bottom : box.top - offsetHeight}px`;
    this.list.style.left = `${Math.max(0, Math.min(box.left, innerWidth - offsetWidth - 8))}px`;
  }

  choose(event) {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    const many = this.options.length;
    this.chosen = (this.chosen + step + many + (this.chosen < 0 && step < 0 ? 1 : 0)) % many;
    this.draw();
  }

  take(event) {
    event.preventDefault();
    this.put(this.options[this.chosen]);
  }

  put(name) {
    const { start, end } = this.line;
    this.box.setRangeText(name, start, end, "end");
    this.options = [];
    this.chosen = -1;
    this.draw();
  }
}
