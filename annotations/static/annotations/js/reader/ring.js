/**
 * The ring around the current passage (a highlight can have no border), and the caret of a reader without a mouse: boxes over the text that
 * take no pointer and no part in the text.
 */
import { h, oncePerFrame, place } from "../dom.js";

/**
 * The boxes of a range, one per line, in window pixels.
 * @param {Range} range
 * @returns {{left: number, top: number, right: number, bottom: number}[]}
 */
export function lineBoxes(range) {
  const lines = [];
  for (const rect of range.getClientRects()) {
    if (!rect.width) continue;
    const line = lines.at(-1);
    const middle = (rect.top + rect.bottom) / 2;
    if (line && middle > line.top && middle < line.bottom) {
      line.left = Math.min(line.left, rect.left);
      line.right = Math.max(line.right, rect.right);
      line.top = Math.min(line.top, rect.top);
      line.bottom = Math.max(line.bottom, rect.bottom);
    } else lines.push({ left: rect.left, top: rect.top, right: rect.right, bottom: rect.bottom });
  }
  return lines;
}

export class Ring {
  #spans = [];
  #caret = null;

  /** @param {import("./blocks.js").Blocks} blocks @param {HTMLElement} home positioned element that holds the text */
  constructor(blocks, home) {
    this.blocks = blocks;
    this.home = home;
    this.layer = h("div", { class: "ring-layer", "aria-hidden": "true" });
    home.append(this.layer);
    this.draw = oncePerFrame(() => this.#draw());
    addEventListener("resize", this.draw);
    new ResizeObserver(this.draw).observe(blocks.doc);
  }

  /** @param {[number, number][]} spans places of the current passage; empty = no ring */
  around(spans) {
    this.#spans = spans;
    this.draw();
  }

  /** @param {number|null} offset where the caret of the keyboard stands; null = none */
  caretAt(offset) {
    this.#caret = offset;
    this.draw();
  }

  #draw() {
    const base = this.home.getBoundingClientRect();
    const [a, b] = this.blocks.visible(innerHeight * 2);
    const near = this.#spans.filter(([start, end]) => start < b && end > a);
    const boxes = near.flatMap(([start, end]) => this.#boxes(start, end, base));
    const caret = this.#caret === null ? [] : [this.#caretBox(base)].filter(Boolean);
    return () => this.layer.replaceChildren(...boxes, ...caret);
  }

  #boxes(start, end, base) {
    const range = this.blocks.range(start, end);
    const lines = range ? lineBoxes(range) : [];
    return lines.map((line, index) => {
      const ends = (index === 0 ? " is-first" : "") + (index === lines.length - 1 ? " is-last" : "");
      const box = h("div", { class: `ring${ends}` });
      place(box, { x: line.left - base.left - 3, y: line.top - base.top - 2, width: line.right - line.left + 6, height: line.bottom - line.top + 4 });
      return box;
    });
  }

  #caretBox(base) {
    const at = this.blocks.indexAt(this.#caret);
    const position = this.blocks.locate(at, this.#caret);
    if (!position) return null;
    const range = document.createRange();
    range.setStart(position.node, position.offset);
    const rect = range.getClientRects()[0] ?? range.getBoundingClientRect();
    const box = h("div", { class: "caret" });
    place(box, { x: rect.left - base.left - 1, y: rect.top - base.top, height: rect.height });
    return box;
  }
}
