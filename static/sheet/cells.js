// Cells as texts: reading, writing and finding them in the table. Knows nothing of keys, saving or people.

export class Table {
  constructor(region, settings) {
    this.region = region;
    this.body = region.querySelector("tbody");
    this.columns = settings.columns;
    this.all = false;
    this.narrow = matchMedia("(max-width: 40rem)");
  }

  get rows() {
    return [...this.body.rows].filter((row) => row.cells.length > 1 && !row.classList.contains("told"));
  }

  get blank() {
    return this.body.querySelector("tr.blank");
  }

  column(cell) {
    return cell.cellIndex > 0 ? this.columns[cell.cellIndex - 1] : null;
  }

  // On a phone only the first column is shown; the rest is in the dialog.
  isVisible(index) {
    if (this.narrow.matches) return index === 1;
    return this.all || this.columns[index - 1].main;
  }

  // The visible cell indexes, from 1: cell 0 is the row's header.
  get visible() {
    return this.columns.map((_, place) => place + 1).filter((index) => this.isVisible(index));
  }

  cell(row, name) {
    return row.cells[this.columns.findIndex((column) => column.name === name) + 1];
  }

  text(cell) {
    return cell.dataset.typing ?? cell.textContent;
  }

  // A month shows its mark; what is none stays as typed, for the portal to refuse in words.
  write(cell, text) {
    const isMonth = this.column(cell).kind === "month";
    const mark = isMonth ? markOf(text) : null;
    cell.textContent = mark === null ? text : mark ? "X" : "";
    if (isMonth) cell.classList.toggle("on", mark === true);
  }

  isEmpty(row) {
    return [...row.cells].slice(1).every((cell) => this.text(cell) === "");
  }

  // The row's facts as the server rendered them; `keep` are cells that a person is changing.
  patch(row, html, keep) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const fresh = template.content.querySelector("tr");
    row.id = fresh.id;
    row.dataset.key = fresh.dataset.key;
    row.dataset.revision = fresh.dataset.revision;
    row.classList.remove("fresh");
    for (const name of ["cancelled", "approved", "blank"]) {
      row.classList.toggle(name, fresh.classList.contains(name));
    }
    row.cells[0].innerHTML = fresh.cells[0].innerHTML;
    [...row.cells].slice(1).forEach((cell, place) => {
      if (keep(cell)) return;
      cell.textContent = fresh.cells[place + 1].textContent;
      cell.classList.toggle("on", fresh.cells[place + 1].classList.contains("on"));
      clearFlaw(cell);
    });
  }

  showAll(all) {
    this.all = all;
    this.region.classList.toggle("all", all);
  }
}

// As the importer reads a mark: true, false, or null where the text is none.
function markOf(text) {
  const said = text.trim().toLowerCase();
  if (["", "no", "na", "n/a", "n.a.", "n.a", "nd", "n/d"].includes(said) || /^[-–—.]+$/.test(said)) return false;
  if (/^(x{1,3}|s[ií]|ok|p|[✓✔☑✅■●√×]+)$/.test(said)) return true;
  const number = Number(said.replace("%", "").replace(",", ".").trim());
  return Number.isNaN(number) ? null : number > 0;
}

export function flaw(cell, text) {
  cell.setAttribute("aria-invalid", "true");
  cell.title = text;
}

export function clearFlaw(cell) {
  cell.removeAttribute("aria-invalid");
  cell.removeAttribute("title");
}
