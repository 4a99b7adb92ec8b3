// All the data of one activity in a dialog: the same form as on its own page.

import { reach, read, Refusal } from "./server.js";

export class Detail {
  constructor(sheet) {
    this.sheet = sheet;
    this.dialog = document.querySelector("[data-detail]");
    this.dialog.addEventListener("submit", (event) => this.submit(event));
    this.dialog.addEventListener("input", () => {
      this.changed = true;
    });
    this.dialog.addEventListener("cancel", (event) => this.leave(event));
    this.dialog.addEventListener("click", (event) => event.target.closest("[data-close]") && this.leave(event));
    this.dialog.addEventListener("close", () => this.back());
  }

  // Open at once, so that no key goes astray, and filled when the row is saved and its form has come.
  async open(row) {
    if (row.classList.contains("blank")) return;
    this.row = row;
    this.changed = false;
    this.fill("<p>Un momento…</p>");
    this.dialog.showModal();
    await this.sheet.saver.flush();
    if (!row.dataset.key) {
      this.fill("<p>Escriba primero la actividad: así la fila existe y se le pueden agregar más datos.</p>");
      return;
    }
    try {
      const response = await reach(`${this.address}?parte=1`, {});
      if (response.ok) this.fill(await response.text());
      else location.assign(this.address);
    } catch (refusal) {
      this.tell(refusal);
    }
  }

  get address() {
    return this.sheet.region.dataset.activities.replace("nueva/", `${this.row.dataset.key}/`);
  }

  fill(html) {
    this.dialog.innerHTML = html;
    const title = document.createElement("h2");
    title.textContent = this.row.dataset.key ? `Actividad ${this.row.dataset.key}` : "Actividad nueva";
    this.dialog.prepend(title);
    this.dialog.setAttribute("aria-label", title.textContent);
    if (!this.dialog.querySelector("form")) this.dialog.append(this.closer());
    this.dialog.scrollTop = 0;
  }

  closer() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.dataset.close = "";
    button.textContent = "Volver a la hoja";
    return button;
  }

  leave(event) {
    const stays = this.changed && !confirm("¿Salir sin guardar lo que cambió en esta actividad?");
    event.preventDefault();
    if (!stays) this.dialog.close();
  }

  async submit(event) {
    event.preventDefault();
    const form = event.target;
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    try {
      const options = { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } };
      const response = await reach(`${this.address}?parte=1`, options);
      const isForm = (response.headers.get("content-type") ?? "").includes("html") && [409, 422].includes(response.status);
      if (isForm) this.refused(await response.text());
      else this.saved(await read(response));
    } catch (refusal) {
      this.tell(refusal);
    } finally {
      button.disabled = false;
    }
  }

  refused(html) {
    this.fill(html);
    this.dialog.querySelector("[role=alert]")?.scrollIntoView();
  }

  saved(answer) {
    const { sheet } = this;
    this.changed = false;
    sheet.table.patch(this.row, answer.html, (cell) => cell.hasAttribute("aria-invalid"));
    sheet.history.forget(this.row); // what the form said is not undone cell by cell
    sheet.wasSaved(answer);
    this.dialog.close();
    sheet.saver.settle();
  }

  tell(refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    this.dialog.querySelector(".list-flaw[data-told]")?.remove();
    const words = document.createElement("p");
    words.className = "list-flaw";
    words.dataset.told = "";
    words.setAttribute("role", "alert");
    words.textContent = refusal.message;
    (this.dialog.querySelector("form") ?? this.dialog).append(words);
  }

  back() {
    this.dialog.innerHTML = "";
    this.sheet.grid.go(this.row.cells[1]);
  }
}
