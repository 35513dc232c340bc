/**
 * Copied rows arrive as a table: with links in a spreadsheet or a text processor, with tabs everywhere else. Texts are copied as written.
 */
import { h } from "../dom.js";
import { t } from "../words.js";
import { colOf } from "./grid.js";
import { toTsv } from "./rows-text.js";

/** @typedef {{heads: string[], rows: {link: string, cells: string[]}[]}} Table */

/**
 * @param {HTMLTableElement} table @param {HTMLTableRowElement[]} rows @param {Map<string, string>} tags id -> label
 * @param {(label: string) => string} pageOf @returns {Table}
 */
export function tableOf(table, rows, tags, pageOf) {
  const heads = [...table.tHead.rows[0].cells].filter((cell) => colOf(cell) !== "select");
  return {
    heads: heads.map((cell) => cell.textContent.trim()),
    rows: rows.map((row) => ({
      link: new URL(pageOf(row.dataset.label), location.href).href,
      cells: heads.map((head) => words(row.querySelector(`[data-col="${colOf(head)}"]`), tags)),
    })),
  };
}

/** The words of a cell as a person would write them. @param {HTMLElement|null} cell @param {Map<string, string>} tags */
export function words(cell, tags) {
  if (!cell) return "";
  if (cell.dataset.col === "text") return cell.dataset.value ?? cell.querySelector(".words")?.textContent ?? "";
  if (cell.dataset.tags !== undefined) return cell.dataset.tags.split(",").filter(Boolean).map((id) => tags.get(id) ?? "").filter(Boolean).join("; ");
  if (cell.dataset.col === "due") return cell.dataset.value ?? "";
  const date = cell.querySelector("time");
  if (date) return date.dateTime.slice(0, 16).replace("T", " ");
  return [...cell.childNodes].map((node) => node.textContent.trim()).filter(Boolean).join(", ");
}

/** @param {Table} data @returns {{text: string, html: string}} */
export function formats({ heads, rows }) {
  const text = toTsv([[...heads, t("Link")], ...rows.map((row) => [...row.cells, row.link])]);
  const line = ({ link, cells }) => h("tr", {}, ...cells.map((cell, x) => h("td", {}, x === 0 ? h("a", { href: link, text: cell }) : cell)));
  const table = h("table", {}, h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { text: head })))), h("tbody", {}, ...rows.map(line)));
  return { text, html: table.outerHTML };
}

/** Both forms into the clipboard. @param {{text: string, html: string}} both @returns {Promise<boolean>} */
export async function toClipboard({ text, html }) {
  try {
    const blob = (type, words) => [type, new Blob([words], { type })];
    const forms = [blob("text/plain", text), ...(html ? [blob("text/html", html)] : [])];
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(forms))]);
    return true;
  } catch {
    return oldWay({ text, html });
  }
}

/** Without the clipboard API (plain http inside a house): the copy event carries both forms. */
function oldWay(both) {
  const fill = (event) => fillEvent(event, both);
  document.addEventListener("copy", fill, { capture: true, once: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", fill, { capture: true });
  return done;
}

/** @param {ClipboardEvent} event @param {{text: string, html: string}} both */
export function fillEvent(event, { text, html }) {
  event.clipboardData.setData("text/plain", text);
  if (html) event.clipboardData.setData("text/html", html);
  event.preventDefault();
  event.stopPropagation();
}
