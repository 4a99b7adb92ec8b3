// Two people in one row: both texts, and the choice is the person's.

import { ask } from "./server.js";

export class Conflicts {
  constructor(sheet) {
    this.sheet = sheet;
    this.place = document.querySelector("[data-notices]");
  }

  // Another person wrote the row; `mine` is all that this one typed in it.
  show(row, told, mine) {
    this.hold(row);
    const who = told.stale.who ? ` (${told.stale.who})` : "";
    const texts = told.stale.fields.map((field) => [field.label, mine[field.name] ?? field.mine, field.theirs]);
    this.notice(
      `Otra persona cambió la actividad ${told.key} mientras usted escribía${who}. No se guardó lo suyo.`,
      texts,
      [
        ["Guardar lo mío", () => this.settle(row, told, mine)],
        ["Dejar lo guardado", () => this.settle(row, told, {})],
      ],
    );
  }

  // Another person took the row out of the plan.
  showGone(row, mine) {
    this.hold(row);
    const texts = Object.entries(mine).map(([name, text]) => [this.label(name), text, ""]);
    this.notice(
      `Otra persona quitó la actividad ${row.dataset.key} mientras usted la escribía. No se guardó lo suyo.`,
      texts,
      [
        ["Recuperarla con lo mío", () => this.recover(row, mine)],
        ["Dejarla quitada", () => this.drop(row)],
      ],
    );
  }

  hold(row) {
    row.classList.add("stale");
    this.sheet.saver.forget(row);
    this.sheet.history.forget(row);
  }

  label(name) {
    return this.sheet.table.columns.find((column) => column.name === name).label;
  }

  // The row as it stands, and over it what the person chooses to keep writing.
  settle(row, told, mine) {
    const { sheet } = this;
    row.classList.remove("stale");
    sheet.table.patch(row, told.html, () => false);
    sheet.change(Object.entries(mine).map(([name, text]) => [sheet.table.cell(row, name), text]));
    sheet.saver.settle();
    sheet.grid.go(row.cells[1]);
  }

  recover(row, mine) {
    const { sheet } = this;
    sheet.rows.inTurn(
      async () => {
        const form = new FormData();
        form.set("keys", row.dataset.key);
        form.set("again", "1"); // somebody else may have brought it back
        const answer = await ask(sheet.rows.address("recuperar"), { form });
        this.settle(row, { html: answer.html[row.dataset.key] }, mine);
        return answer;
      },
      () => {},
    );
  }

  drop(row) {
    const { sheet } = this;
    const next = row.nextElementSibling;
    row.remove();
    sheet.grid.go(next.cells[1]);
    sheet.saver.settle();
  }

  notice(title, texts, choices) {
    const notice = line("section", "", "notice notice-warn conflict");
    notice.setAttribute("role", "alert");
    notice.append(line("p", title, "notice-title"));
    const list = document.createElement("dl");
    for (const [label, mine, theirs] of texts) {
      list.append(line("dt", label));
      list.append(line("dd", `Lo que escribió usted: ${mine || "(vacío)"}`));
      list.append(line("dd", `Lo que está guardado: ${theirs || "(vacío)"}`));
    }
    const bar = line("p", "", "actions");
    for (const [text, deed] of choices) {
      bar.append(
        button(text, () => {
          notice.remove();
          deed();
        }),
      );
    }
    notice.append(list, bar);
    this.place.append(notice);
  }
}

function line(tag, text, css = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = css;
  return element;
}

function button(text, deed) {
  const element = line("button", text, "button");
  element.type = "button";
  element.addEventListener("click", deed);
  return element;
}
