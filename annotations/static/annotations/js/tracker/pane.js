/**
 * The side pane: passages of a row in context, while the list keeps its place. Open, it follows the current row.
 */
import { fetchInto } from "../swap.js";

/** After this long on a row the open pane follows; quick steps do not load every row on the way. */
const FOLLOW = 180;
/** A click may be the first half of a double click, which edits. */
const SECOND_CLICK = 260;

export class Pane {
  #timer = 0;
  #label = "";

  /** @param {HTMLElement} element @param {import("./grid.js").Grid} grid @param {(label: string) => string} address */
  constructor(element, grid, address) {
    Object.assign(this, { element, grid, address });
    this.#label = element.querySelector(".number-mark")?.textContent ?? "";
    grid.addEventListener("move", () => this.isOpen && this.#later(FOLLOW));
    element.addEventListener("click", (event) => event.target.closest("[data-close-pane]") && this.#crossed(event));
  }

  get isOpen() {
    return this.element.childElementCount > 0;
  }

  /** @param {string} label @param {{focus?: boolean}} [how] */
  async open(label, { focus = false } = {}) {
    clearTimeout(this.#timer);
    if (!label) return;
    if (label !== this.#label || !this.isOpen) {
      this.#label = label;
      await fetchInto(this.address(label), this.element);
      this.element.scrollTop = 0;
    }
    this.grid.cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (focus) this.element.focus({ preventScroll: true });
  }

  /** What it shows has changed. */
  renew() {
    const label = this.#label;
    this.#label = "";
    if (this.isOpen && label) this.open(label);
  }

  /** @returns {boolean} whether there was something to close */
  close() {
    clearTimeout(this.#timer);
    if (!this.isOpen) return false;
    const inside = this.element.contains(document.activeElement);
    this.element.replaceChildren();
    this.#label = "";
    if (inside) this.grid.cell?.focus();
    return true;
  }

  /** A click on a row's words, unless a second click follows. */
  soon() {
    this.#later(SECOND_CLICK, true);
  }

  cancel() {
    clearTimeout(this.#timer);
  }

  #later(wait, asked = false) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (asked || this.isOpen) && this.open(this.grid.current?.dataset.label ?? ""), wait);
  }

  #crossed(event) {
    event.preventDefault();
    this.close();
  }
}
