/**
 * The table as a grid: one cell is in the tab order, arrows move it, and it is found again after the rows were fetched anew.
 * Without this script it stays a plain table with links.
 */

/** @typedef {{id: string, col: string}} Place row (its statement's id, "" = heads) and column */

const INNER = "a[href], button, input";
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const PAGE = 10;

export class Grid extends EventTarget {
  /** @type {Place} */ place = { id: "", col: "text" };

  /** @param {HTMLElement} home keeps standing while the table inside is replaced */
  constructor(home) {
    super();
    this.home = home;
    home.addEventListener("keydown", (event) => this.#key(event));
    home.addEventListener("focusin", (event) => this.#focused(event));
  }

  /** @returns {HTMLTableElement|null} none while nothing matches */
  get table() {
    return this.home.querySelector("#grid");
  }

  /** Rows of statements, top to bottom. @returns {HTMLTableRowElement[]} */
  get rows() {
    return [...(this.table?.querySelectorAll("tr[data-id]") ?? [])];
  }

  /** @param {string|number} id @returns {HTMLTableRowElement|null} */
  row(id) {
    return this.table?.querySelector(`tr[data-id="${id}"]`) ?? null;
  }

  /** The row that keys act on. @returns {HTMLTableRowElement|null} */
  get current() {
    return this.table?.querySelector("tr[data-id][aria-current]") ?? null;
  }

  /** @returns {HTMLElement|null} */
  get cell() {
    const row = this.current;
    return row && (this.#cells(row).find((cell) => colOf(cell) === this.place.col) ?? null);
  }

  /** Give the table its roles and put one cell into the tab order. Call it whenever rows came. */
  prepare() {
    const { table } = this;
    if (!table) return;
    table.setAttribute("role", "grid");
    table.setAttribute("aria-multiselectable", "true");
    for (const part of table.querySelectorAll("thead, tbody")) part.setAttribute("role", "rowgroup");
    table.querySelectorAll("tr").forEach((row) => row.setAttribute("role", "row"));
    for (const cell of table.querySelectorAll("td, th")) dress(cell);
    this.#rove();
  }

  /** @param {Place} place @param {{focus?: boolean}} [how] @returns {boolean} whether there is such a row */
  go({ id, col }, { focus = true } = {}) {
    const row = this.row(id);
    if (!row) return false;
    this.place = { id: String(id), col };
    this.#mark(row);
    this.#rove();
    if (focus) this.#focus(this.cell ?? this.#cells(row)[1]);
    return true;
  }

  /** The head of a column, or what can be pressed in it. @param {string} col @returns {boolean} whether there is one */
  goToHead(col) {
    const cell = [...(this.table?.tHead.rows[0].cells ?? [])].find((one) => colOf(one) === col);
    if (cell) this.#focus(cell);
    return Boolean(cell);
  }

  /** The row so many further on; stops at both ends. @param {number} by */
  step(by) {
    const { rows } = this;
    if (!rows.length) return false;
    const at = rows.findIndex((row) => row.dataset.id === this.place.id);
    const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    return this.go({ id: next.dataset.id, col: this.place.col });
  }

  #key(event) {
    const cell = event.target.closest("td, th");
    if (!cell || !this.table?.contains(cell) || event.defaultPrevented || event.isComposing || event.ctrlKey !== event.metaKey && event.metaKey) return;
    if (event.altKey || event.target.closest(".cell-editor, textarea, select") || event.target.matches("input:not([type=checkbox])")) return;
    const to = this.#target(event, cell);
    if (!to) return;
    event.preventDefault();
    if (to !== cell) this.#focus(to);
    if (event.shiftKey && STEPS[event.key]?.[0]) this.#tell("extend");
  }

  #target(event, cell) {
    const lines = [this.table.tHead.rows[0], ...this.rows];
    const at = lines.indexOf(cell.parentElement);
    const line = lines[at];
    const cells = this.#cells(line);
    const x = cells.indexOf(cell);
    const [down, right] = STEPS[event.key] ?? { PageUp: [-PAGE, 0], PageDown: [PAGE, 0] }[event.key] ?? [0, 0];
    if (down) return this.#like(lines[Math.min(lines.length - 1, Math.max(down < -1 ? 1 : 0, at + down))], cell);
    if (right) return cells[Math.min(cells.length - 1, Math.max(0, x + right))];
    if (event.key === "Home") return event.ctrlKey ? this.#like(lines[1] ?? line, cells[0]) : cells[0];
    if (event.key === "End") return event.ctrlKey ? this.#like(lines.at(-1), cells.at(-1)) : cells.at(-1);
    return null;
  }

  #cells(row) {
    return [...row.cells].filter((cell) => cell.checkVisibility());
  }

  #like(row, cell) {
    const cells = this.#cells(row);
    return cells.find((one) => colOf(one) === colOf(cell)) ?? cells[0];
  }

  #focus(cell) {
    const head = cell.closest("thead");
    const inner = head && cell.querySelector(INNER);
    (inner ?? cell).focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  #focused(event) {
    const cell = event.target.closest("td, th");
    const row = cell?.closest("tr[data-id]");
    if (!row || !this.table?.contains(row)) return;
    this.place = { id: row.dataset.id, col: colOf(cell) };
    this.#mark(row);
    this.#rove();
  }

  #mark(row) {
    const before = this.current;
    if (before === row) return;
    before?.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
    this.#tell("move");
  }

  /** Exactly one cell (or head) is a tab stop: the current one, else the first statement. */
  #rove() {
    const { table } = this;
    table.querySelectorAll('[tabindex="0"]').forEach((one) => one.setAttribute("tabindex", "-1"));
    const row = this.row(this.place.id) ?? this.rows[0];
    if (!row) return;
    const cell = this.#cells(row).find((one) => colOf(one) === this.place.col) ?? this.#cells(row)[1] ?? row.cells[0];
    cell.setAttribute("tabindex", "0");
  }

  #tell(type) {
    this.dispatchEvent(new CustomEvent(type));
  }
}

/** Whether what had the focus is gone; who has moved on meanwhile keeps it. */
export const focusIsLost = () => !document.activeElement || document.activeElement === document.body;

/** The column of a cell. @param {Element} cell */
export const colOf = (cell) => cell.dataset.col ?? "select";

function dress(cell) {
  const head = cell.closest("thead");
  const heading = cell.matches("th");
  cell.setAttribute("role", head ? "columnheader" : heading ? "rowheader" : "gridcell");
  for (const inner of cell.querySelectorAll(INNER)) inner.setAttribute("tabindex", "-1");
  if (!head) cell.setAttribute("tabindex", "-1");
}
