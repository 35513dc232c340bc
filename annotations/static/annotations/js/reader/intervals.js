/**
 * Half-open intervals [start, end) on one axis: which lie in [a, b), which hold an offset. A sorted array with the greatest end so far beside
 * it: O(log n + found) to ask as long as none is very long, O(n) of the cheapest kind after a change.
 */
import { firstIndex } from "./codepoints.js";

/** @typedef {{id: number, start: number, end: number}} Interval */

const order = (a, b) => a.start - b.start || b.end - a.end || a.id - b.id;

export class Intervals {
  #items = [];
  #ids = new Map();
  #reach = null;

  /** @param {Iterable<Interval>} [items] several may carry one id (copies of a passage) */
  constructor(items = []) {
    this.#items = [...items].sort(order);
    for (const item of this.#items) this.#know(item);
  }

  get size() {
    return this.#items.length;
  }

  /** @param {Interval} item */
  add(item) {
    this.#items.splice(this.#place(item), 0, item);
    this.#know(item);
    this.#reach = null;
  }

  /** @param {number} id every interval with this id goes */
  remove(id) {
    for (const item of this.#ids.get(id) ?? []) this.#items.splice(this.#place(item), 1);
    if (this.#ids.delete(id)) this.#reach = null;
  }

  /** Place of the first interval with an id, from 0; undefined when there is none. @param {number|null} id */
  rank(id) {
    const known = this.#ids.get(id);
    return known && this.#place(known[0]);
  }

  /**
   * Intervals that share at least one position with [a, b), by start, the longer first.
   * @param {number} a
   * @param {number} b
   * @returns {Interval[]}
   */
  query(a, b) {
    const found = [];
    if (a >= b) return found;
    const reach = (this.#reach ??= reaches(this.#items));
    for (let i = firstIndex(reach.length, (at) => reach[at] > a); i < reach.length && this.#items[i].start < b; i += 1) {
      if (this.#items[i].end > a) found.push(this.#items[i]);
    }
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

  #know(item) {
    const known = this.#ids.get(item.id);
    if (known) known.push(item);
    else this.#ids.set(item.id, [item]);
  }

  /** Where an interval stands, or would stand. */
  #place(item) {
    return firstIndex(this.#items.length, (i) => order(this.#items[i], item) >= 0);
  }
}

/** The greatest end among the items up to each place. @param {Interval[]} items */
function reaches(items) {
  const reach = new Float64Array(items.length);
  let far = -Infinity;
  items.forEach(({ end }, at) => (reach[at] = far = Math.max(far, end)));
  return reach;
}
