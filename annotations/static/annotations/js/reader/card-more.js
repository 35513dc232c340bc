/**
 * "+3 here": one row for each block beside which not all cards have room.
 */
import { h } from "../dom.js";
import { tn } from "../words.js";

export class MoreRows {
  #rows = new Map();

  /** @param {(block: number) => void} unfold all cards of a block are asked for */
  constructor(unfold) {
    this.unfold = unfold;
  }

  /**
   * @param {{block: number, y: number, ids: number[]}[]} more
   * @returns {Map<number, HTMLElement>} rows by the passage before whose place they stand
   */
  show(more) {
    const blocks = new Set(more.map(({ block }) => block));
    for (const block of this.#rows.keys()) if (!blocks.has(block)) this.#drop(block);
    return new Map(more.map(({ block, y, ids }) => [ids[0], this.#row(block, y, ids.length)]));
  }

  #drop(block) {
    this.#rows.get(block).element.remove();
    this.#rows.delete(block);
  }

  #row(block, y, count) {
    if (!this.#rows.has(block)) this.#rows.set(block, this.#make(block));
    const { element, button } = this.#rows.get(block);
    const text = tn("+1 here", "+{n} here", count);
    if (button.textContent !== text) button.textContent = text;
    lower(element, y);
    return element;
  }

  #make(block) {
    const button = h("button", { type: "button", class: "link", on: { click: () => this.unfold(block) } });
    return { button, element: h("li", { class: "more-here" }, button) };
  }
}

/** Stand at a height of the margin. @param {HTMLElement} element @param {number} y CSS pixels */
export const lower = (element, y) => element.style.setProperty("inset-block-start", `${Math.round(y)}px`);
