/**
 * Which rows are chosen: ticked boxes are the truth, so that the form works without this script; this adds ranges and words.
 */
import { announce } from "../messages.js";
import { t, tn } from "../words.js";

export class Selection extends EventTarget {
  /** @type {Set<string>} ids of statements */ ids = new Set();
  #anchor = null;

  /** @param {import("./grid.js").Grid} grid */
  constructor(grid) {
    super();
    this.grid = grid;
    grid.home.addEventListener("change", (event) => this.#ticked(event));
    grid.home.addEventListener("click", (event) => this.#clicked(event), { capture: true });
    grid.addEventListener("extend", () => this.extend());
    grid.addEventListener("move", () => this.show());
  }

  /** Rows that an action means: the chosen ones, else the current one. @returns {HTMLTableRowElement[]} */
  get rows() {
    if (this.ids.size) return this.grid.rows.filter((row) => this.ids.has(row.dataset.id));
    return this.grid.current ? [this.grid.current] : [];
  }

  /** Everything that matches is meant, not just this page. */
  get whole() {
    return Boolean(this.grid.home.querySelector('#bulk [name="all"]')?.checked);
  }

  /** @param {string} id */
  toggle(id) {
    if (!this.ids.delete(id)) this.ids.add(id);
    this.#anchor = id;
    this.show();
    this.#say();
  }

  /** From the row last ticked to the current one. */
  extend() {
    const { rows, current } = this.grid;
    if (!current) return;
    const ids = rows.map((row) => row.dataset.id);
    const from = Math.max(0, ids.indexOf(this.#anchor ?? current.dataset.id));
    const to = ids.indexOf(current.dataset.id);
    if (this.#anchor === null) this.#anchor = ids[from];
    this.ids = new Set(ids.slice(Math.min(from, to), Math.max(from, to) + 1));
    this.show();
    this.#say();
  }

  clear() {
    const had = this.ids.size > 0;
    this.ids.clear();
    this.#anchor = null;
    const all = this.grid.home.querySelector('#bulk [name="all"]');
    if (all) all.checked = false;
    this.show();
    if (had) this.#say();
    return had;
  }

  /** Rows came or went: what is no longer on the page is not chosen any more. */
  renew() {
    const here = new Set(this.grid.rows.map((row) => row.dataset.id));
    for (const id of this.ids) if (!here.has(id)) this.ids.delete(id);
    this.show();
  }

  /** Ticks, marks of rows and the words in the foot. */
  show() {
    for (const row of this.grid.rows) {
      const on = this.ids.has(row.dataset.id);
      row.classList.toggle("selected", on);
      row.setAttribute("aria-selected", String(on));
      const box = row.querySelector('[name="ids"]');
      if (box) box.checked = on;
    }
    const head = this.grid.home.querySelector("#select-all");
    if (head) {
      head.checked = this.ids.size > 0 && this.ids.size === this.grid.rows.length;
      head.indeterminate = this.ids.size > 0 && !head.checked;
    }
    const place = this.grid.home.querySelector("#chosen");
    if (place) place.textContent = this.ids.size ? this.#words() : (this.grid.current?.dataset.label ?? "");
    this.dispatchEvent(new CustomEvent("change"));
  }

  #words() {
    return tn("1 row", "{n} rows", this.ids.size);
  }

  #say() {
    announce(this.ids.size ? this.#words() : t("No row chosen"));
  }

  #ticked(event) {
    const box = event.target;
    if (box.id === "select-all") {
      this.ids = box.checked ? new Set(this.grid.rows.map((row) => row.dataset.id)) : new Set();
      this.show();
      this.#say();
    } else if (box.name === "ids" && this.ids.has(box.value) !== box.checked) this.toggle(box.value);
  }

  /** Shift and a click tick everything in between. */
  #clicked(event) {
    const box = event.target.closest?.('[name="ids"]');
    if (!box || !event.shiftKey || this.#anchor === null) return;
    event.preventDefault();
    this.grid.go({ id: box.value, col: "select" });
    this.extend();
  }
}
