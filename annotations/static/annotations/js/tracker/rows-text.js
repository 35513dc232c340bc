/**
 * Rows as text that other programs take: tab-separated lines out and in. Pure functions.
 */

/**
 * Lines with tabs, as spreadsheets copy them. A cell that holds a tab, a line end or a quotation mark is quoted.
 * @param {string[][]} rows
 */
export function toTsv(rows) {
  return rows.map((row) => row.map(quoted).join("\t")).join("\r\n");
}

function quoted(text) {
  return /[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The cells of pasted text. A last empty line counts for nothing.
 * @param {string} text
 * @returns {string[][]}
 */
export function fromTsv(text) {
  const rows = [[""]];
  let inside = false;
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i];
    const row = rows.at(-1);
    if (inside) {
      if (sign === '"' && text[i + 1] === '"') row[row.length - 1] += text[(i += 1)];
      else if (sign === '"') inside = false;
      else row[row.length - 1] += sign;
    } else if (sign === '"' && row.at(-1) === "") inside = true;
    else if (sign === "\t") row.push("");
    else if (sign === "\n") rows.push([""]);
    else if (sign !== "\r") row[row.length - 1] += sign;
  }
  if (rows.length > 1 && rows.at(-1).length === 1 && rows.at(-1)[0] === "") rows.pop();
  return rows;
}

/**
 * Which pasted words go into which cell: row by row downwards, column by column to the right. One value fills all rows.
 * @param {string[][]} words @param {string[]} rows ids @param {string[]} columns codes from the first pasted one on
 * @returns {{id: number, column: string, words: string}[]}
 */
export function spread(words, rows, columns) {
  const single = words.length === 1 && words[0].length === 1;
  const lines = single ? rows.map(() => words[0]) : words.slice(0, rows.length);
  return lines.flatMap((line, y) => line.slice(0, columns.length).map((word, x) => ({ id: Number(rows[y]), column: columns[x], words: word.trim() })));
}
