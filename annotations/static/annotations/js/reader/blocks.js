/**
 * The text of the page: offsets (code points of the shown space) <-> DOM positions, through the blocks the server printed.
 * A block is an element with data-s and data-e; its text without [data-skip] and <rt> is exactly text[s:e].
 */
import { astralTable, firstIndex, lengthOf, toPoints, toUnits } from "./codepoints.js";

/** @typedef {{element: HTMLElement, i: number, start: number, end: number}} Block */
/** @typedef {{node: Node, offset: number}} Position offset in UTF-16 units of a text node */

const SKIPPED = "[data-skip],rt,rp";

export class Blocks {
  /** @type {Block[]} in document order; starts ascend */ list = [];
  #tables = new Map();
  #places = new Map();

  /** @param {HTMLElement} doc */
  constructor(doc) {
    this.doc = doc;
    this.reindex();
  }

  /** Read the blocks again: the text was replaced (another view, copies shown). */
  reindex() {
    this.#tables.clear();
    this.list = [...this.doc.querySelectorAll("[data-s]")].map((element, at) => ({
      element, i: Number(element.dataset.i ?? at), start: Number(element.dataset.s), end: Number(element.dataset.e),
    }));
    this.#places = new Map(this.list.map(({ element }, at) => [element, at]));
  }

  /** Index of the block that holds an element, or -1. @param {Element|null|undefined} element */
  indexOf(element) {
    return this.#places.get(element?.closest("[data-s]")) ?? -1;
  }

  /** The nodes of one block changed (marks were wrapped). @param {number} at */
  forget(at) {
    this.#tables.delete(at);
  }

  /** Index of the block that holds an offset; of the next one when it lies between two; the last at the end. @param {number} offset */
  indexAt(offset) {
    return Math.max(0, Math.min(this.list.length - 1, firstIndex(this.list.length, (at) => this.list[at].end > offset)));
  }

  /** Whether an offset stands in a block of the page; copies may be folded away. @param {number} offset */
  holds(offset) {
    return this.list[this.indexAt(offset)]?.start <= offset;
  }

  /** @param {number} at @returns {string} */
  text(at) {
    return this.#table(at).text;
  }

  /** UTF-16 unit inside block `at` for an offset, and back. */
  unitOf(at, offset) {
    return toUnits(this.#table(at).astral, offset - this.list[at].start);
  }

  offsetIn(at, unit) {
    return this.list[at].start + toPoints(this.#table(at).astral, unit);
  }

  /**
   * Text between two offsets; blocks are joined by line ends.
   * @param {number} start @param {number} end
   */
  slice(start, end) {
    return this.pieces(start, end).map(({ at, from, to }) => this.text(at).slice(this.unitOf(at, from), this.unitOf(at, to))).join("\n");
  }

  /** A span cut at block borders. @param {number} start @param {number} end @returns {{at: number, from: number, to: number}[]} */
  pieces(start, end) {
    const result = [];
    for (let at = this.indexAt(start); at < this.list.length && this.list[at].start < end; at += 1) {
      const from = Math.max(start, this.list[at].start);
      const to = Math.min(end, this.list[at].end);
      if (from < to) result.push({ at, from, to });
    }
    return result;
  }

  /**
   * The DOM position of an offset in a block.
   * @param {number} at @param {number} offset
   * @param {boolean} [ends] true for the end of a span: stay in the node before rather than begin the next
   * @returns {Position|null} null when the block has no text
   */
  locate(at, offset, ends = false) {
    const { nodes } = this.#table(at);
    const unit = this.unitOf(at, offset);
    const index = firstIndex(nodes.length, (i) => nodes[i].from + nodes[i].node.length > unit - (ends ? 1 : 0));
    const found = nodes[Math.min(index, nodes.length - 1)];
    return found ? { node: found.node, offset: Math.max(0, Math.min(found.node.length, unit - found.from)) } : null;
  }

  /** A live range over a span; use it for one look and let it go. @param {number} start @param {number} end @returns {Range|null} */
  range(start, end) {
    const pieces = this.pieces(start, end);
    if (!pieces.length) return null;
    const first = this.locate(pieces[0].at, pieces[0].from);
    const last = this.locate(pieces.at(-1).at, pieces.at(-1).to, true);
    if (!first || !last) return null;
    const range = document.createRange();
    range.setStart(first.node, first.offset);
    range.setEnd(last.node, last.offset);
    return range;
  }

  /**
   * The offset of a DOM position. Outside all blocks: the start of the block after it, or the end of the text.
   * @param {Node} node @param {number} offset UTF-16 units or child index
   * @returns {number}
   */
  offsetOf(node, offset) {
    const point = document.createRange();
    point.setStart(node, offset);
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    const at = this.indexOf(element);
    if (at >= 0) return this.#offsetInBlock(at, point);
    const next = firstIndex(this.list.length, (i) => point.comparePoint(this.list[i].element, 0) >= 0);
    return this.list[next]?.start ?? this.list.at(-1)?.end ?? 0;
  }

  #offsetInBlock(at, point) {
    const { nodes, text } = this.#table(at);
    const own = nodes.find((one) => one.node === point.startContainer);
    if (own) return this.offsetIn(at, own.from + point.startOffset);
    const next = nodes.find((one) => point.comparePoint(one.node, 0) >= 0);
    return this.offsetIn(at, next ? next.from : text.length);
  }

  /** First block whose lower edge is below a height of the window. @param {number} y CSS pixels from the top of the window */
  atY(y) {
    const index = firstIndex(this.list.length, (at) => this.list[at].element.getBoundingClientRect().bottom > y);
    return Math.min(index, this.list.length - 1);
  }

  /** Offsets on screen and within a margin above and below. @param {number} margin CSS pixels @returns {[number, number]} */
  visible(margin) {
    if (!this.list.length) return [0, 0];
    const first = this.atY(-margin);
    const last = this.atY(innerHeight + margin);
    return [this.list[first].start, this.list[last].end];
  }

  /** What stands before and after a span in its paragraph, a few characters each. @param {number} start @param {number} end @param {number} units */
  around(start, end, units = 14) {
    const at = this.indexAt(start);
    const text = this.text(at);
    const from = this.unitOf(at, start);
    const to = this.unitOf(at, end);
    return { before: (from > units ? "…" : "") + text.slice(Math.max(0, from - units), from), after: text.slice(to, to + units) + (to + units < text.length ? "…" : "") };
  }

  /** How often a text stands in the shown blocks. @param {string} text */
  count(text) {
    if (!text) return 0;
    return this.list.reduce((sum, block, at) => sum + (this.text(at).split(text).length - 1), 0);
  }

  #table(at) {
    let table = this.#tables.get(at);
    if (!table) this.#tables.set(at, (table = readTable(this.list[at])));
    return table;
  }
}

function readTable({ element, i, start, end }) {
  const keep = (node) => (node.parentElement.closest(SKIPPED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, keep);
  const nodes = [];
  let text = "";
  while (walker.nextNode()) {
    nodes.push({ node: walker.currentNode, from: text.length });
    text += walker.currentNode.data;
  }
  if (lengthOf(text) !== end - start) console.error(`Block ${i} holds ${lengthOf(text)} characters, the page says ${end - start}.`);
  return { nodes, text, astral: astralTable(text) };
}
