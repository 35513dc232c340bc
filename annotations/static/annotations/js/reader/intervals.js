/**
 * Half-open intervals [start, end) on one axis: which lie in [a, b), which hold an offset. A sorted array with the greatest end of each
 * subtree of the implied balanced tree beside it; O(log n + found) to ask, O(n) once after a change.
 */
import { firstIndex } from "./codepoints.js";

/** @typedef {{id: number, start: number, end: number}} Interval */

const order = (a, b) => a.start - b.start || b.end - a.end || a.id - b.id;

export class Intervals {
  #items = [];
  #reach = null;

  /** @param {Iterable<Interval>} [items] several may carry one id (copies of a passage) */
  constructor(items = []) {
    this.#items = [...items].sort(order);
  }

  get size() {
    return this.#items.length;
  }

  /** @param {Interval} item */
  add(item) {
    const at = firstIndex(this.#items.length, (i) => order(this.#items[i], item) > 0);
    this.#items.splice(at, 0, item);
    this.#reach = null;
  }

  /** @param {number} id every interval with this id goes */
  remove(id) {
    this.#items = this.#items.filter((item) => item.id !== id);
    this.#reach = null;
  }

  /**
   * Intervals that share at least one position with [a, b), by start, the longer first.
   * @param {number} a
   * @param {number} b
   * @returns {Interval[]}
   */
  query(a, b) {
    const found = [];
    this.#reach ??= this.#build();
    if (a < b) this.#collect(0, this.#items.length, a, b, found);
    return found;
  }

  /**
   * Intervals that hold the position, the outermost first.
   * @param {number} offset
   * @returns {Interval[]}
   */
  at(offset) {
    return this.query(offset, offset + 1);
  }

  /**
   * The first interval that starts at or after an offset.
   * @param {number} offset
   * @returns {Interval|undefined}
   */
  next(offset) {
    return this.#items[firstIndex(this.#items.length, (i) => this.#items[i].start >= offset)];
  }

  /**
   * The last interval that starts before an offset.
   * @param {number} offset
   * @returns {Interval|undefined}
   */
  previous(offset) {
    return this.#items[firstIndex(this.#items.length, (i) => this.#items[i].start >= offset) - 1];
  }

  /** @returns {readonly Interval[]} all, in reading order */
  all() {
    return this.#items;
  }

  #build() {
    const reach = new Array(this.#items.length);
    const fill = (low, high) => {
      if (low >= high) return -Infinity;
      const middle = (low + high) >> 1;
      reach[middle] = Math.max(this.#items[middle].end, fill(low, middle), fill(middle + 1, high));
      return reach[middle];
    };
    fill(0, this.#items.length);
    return reach;
  }

  #collect(low, high, a, b, found) {
    if (low >= high) return;
    const middle = (low + high) >> 1;
    if (this.#reach[middle] <= a) return;
    this.#collect(low, middle, a, b, found);
    const item = this.#items[middle];
    if (item.start >= b) return;
    if (item.end > a) found.push(item);
    this.#collect(middle + 1, high, a, b, found);
  }
}
