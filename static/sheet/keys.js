// The keys of the sheet while no cell is being changed; the editor has its own.

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function watchKeys(sheet) {
  const { grid, table, editor, history, rows } = sheet;
  let leaving = false;

  const month = () => {
    const column = table.column(grid.cell);
    return column.kind === "month" ? Number(column.name.slice(6)) : 0;
  };
  const withControl = {
    z: (event) => (event.shiftKey ? history.redo() : history.undo()),
    y: () => history.redo(),
    d: () => rows.duplicate(),
    Enter: () => rows.add(),
    Delete: () => rows.remove(),
    Home: (event) => grid.edge(-1, -1, { extend: event.shiftKey }),
    End: (event) => grid.edge(1, 1, { extend: event.shiftKey }),
    ArrowUp: (event) => grid.edge(-1, 0, { extend: event.shiftKey }),
    ArrowDown: (event) => grid.edge(1, 0, { extend: event.shiftKey }),
    ArrowLeft: (event) => grid.edge(0, -1, { extend: event.shiftKey }),
    ArrowRight: (event) => grid.edge(0, 1, { extend: event.shiftKey }),
    a: () => {
      grid.anchor = table.rows[0].cells[1];
      grid.go(table.rows.at(-1).cells[table.visible.at(-1)], { extend: true });
    },
  };
  const withAlt = {
    ArrowUp: () => rows.move(-1),
    ArrowDown: () => rows.move(1),
    a: () => sheet.detail.open(grid.cell.parentElement),
  };
  const alone = {
    Enter: () => open(),
    F2: () => open(),
    Delete: () => sheet.empty(),
    Backspace: () => sheet.empty(),
    Home: (event) => grid.edge(0, -1, { extend: event.shiftKey }),
    End: (event) => grid.edge(0, 1, { extend: event.shiftKey }),
    PageDown: () => grid.step(Math.min(10, table.rows.length - 1 - table.rows.indexOf(grid.cell.parentElement)), 0),
    PageUp: () => grid.step(-Math.min(10, table.rows.indexOf(grid.cell.parentElement)), 0),
    "?": () => document.querySelector("[data-help]").showModal(),
  };

  const open = (typed = null) => {
    if (sheet.mayChange(grid.cell.parentElement)) editor.open(grid.cell, typed);
  };

  // In a month: X marks, the space bar marks or clears, 1 to 4 do so with a quarter; all chosen months together.
  const mark = (event) => {
    if (!month()) return false;
    if ([" ", "x", "X"].includes(event.key)) {
      const cells = grid.block().flat().filter((cell) => table.column(cell).kind === "month");
      const text = event.key === " " && table.text(grid.cell) ? "" : "X";
      sheet.change(cells.map((cell) => [cell, text]));
      return true;
    }
    if (event.key === "Enter") {
      grid.step(1, 0);
      return true;
    }
    if ("1234".includes(event.key)) {
      const first = 3 * Number(event.key) - 2;
      sheet.painter.toggle([first, first + 1, first + 2]);
      return true;
    }
    return event.key.length === 1 && event.key !== "?";
  };

  const tab = (event) => {
    if (leaving) return false;
    return grid.next(event.shiftKey);
  };

  const answer = (event) => {
    const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.key === "Tab" && !event.ctrlKey && !event.altKey) return tab(event);
    if (event.key === "Escape") {
      leaving = true;
      return false;
    }
    if (event.ctrlKey || event.metaKey) return run(withControl[letter], event);
    if (event.altKey) return run(withAlt[letter], event);
    if (ARROWS[event.key]) {
      grid.step(...ARROWS[event.key], { extend: event.shiftKey });
      return true;
    }
    if (mark(event)) return true;
    if (alone[event.key]) return run(alone[event.key], event);
    if (event.key.length !== 1) return false;
    open(event.key);
    return true;
  };

  sheet.region.addEventListener("keydown", (event) => {
    if (event.target !== grid.cell || event.isComposing) return;
    if (event.key !== "Tab" && event.key !== "Shift") leaving = false;
    if (answer(event)) event.preventDefault();
  });
  sheet.region.addEventListener("focusout", () => {
    leaving = false;
  });
}

function run(deed, event) {
  if (!deed) return false;
  deed(event);
  return true;
}
