// Blocks of cells as spreadsheets put them on the clipboard: tabs between cells, quotes around odd ones.

export function parseBlock(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n");
  for (let place = 0; place < source.length; place += 1) {
    const letter = source[place];
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (source[place + 1] === '"') {
        cell += '"';
        place += 1;
      } else quoted = false;
    } else if (letter === '"' && cell === "" && closes(source, place)) quoted = true;
    else if (letter === "\t") {
      rows.at(-1).push(cell);
      cell = "";
    } else if (letter === "\n") {
      rows.at(-1).push(cell);
      cell = "";
      rows.push([]);
    } else cell += letter;
  }
  rows.at(-1).push(cell);
  if (source.endsWith("\n") && rows.length > 1) rows.pop(); // spreadsheets end the last row too
  return rows;
}

// Whether a quote at `place` is closed before a tab, a line or the end: else it is only a letter.
function closes(source, place) {
  for (let end = place + 1; end < source.length; end += 1) {
    if (source[end] !== '"') continue;
    if (source[end + 1] === '"') end += 1;
    else return [undefined, "\t", "\n"].includes(source[end + 1]);
  }
  return false;
}

export function formatBlock(rows) {
  const odd = /[\t\n"]/;
  return rows
    .map((cells) => cells.map((text) => (odd.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join("\t"))
    .map((line) => `${line}\n`)
    .join("");
}
