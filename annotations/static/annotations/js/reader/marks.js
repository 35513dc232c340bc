/**
 * Which passages are shown where: the store seen in one space (clean or raw), through one filter, as intervals; and their reading order.
 */
import { Intervals } from "./intervals.js";

/**
 * All places of one annotation in a space, its own first.
 * @param {import("./store.js").Annotation} record
 * @param {"clean"|"raw"} space
 * @returns {[number, number][]}
 */
export function placesOf(record, space) {
  const own = space === "raw" ? [record.start, record.end] : [record.clean_start, record.clean_end];
  const copies = (space === "raw" ? record.copies_raw : record.copies) ?? [];
  return [own, ...copies].filter(([start, end]) => Number.isInteger(start) && end > start);
}

/** Fires `change` after the store, the space or the filter changed. */
export class Marks extends EventTarget {
  #store;
  #space;
  #shown = () => true;
  #places = new Intervals();
  #order = new Intervals();

  /** @param {import("./store.js").Store} store @param {"clean"|"raw"} space */
  constructor(store, space) {
    super();
    this.#store = store;
    this.#space = space;
    store.addEventListener("change", (event) => this.#update(event.detail));
    this.#rebuild();
  }

  get space() {
    return this.#space;
  }

  /** @param {"clean"|"raw"} space */
  setSpace(space) {
    this.#space = space;
    this.#rebuild();
    this.#tell(null);
  }

  /** @param {(record: import("./store.js").Annotation) => boolean} shown */
  setFilter(shown) {
    this.#shown = shown;
    this.#rebuild();
    this.#tell(null);
  }

  /** Number of shown passages. */
  get size() {
    return this.#order.size;
  }

  /** Intervals of shown passages and their copies in [a, b). */
  query(a, b) {
    return this.#places.query(a, b);
  }

  /** Ids of the shown passages at an offset, outermost first, each once. @param {number} offset @returns {number[]} */
  at(offset) {
    return [...new Set(this.#places.at(offset).map((item) => item.id))];
  }

  /** Shown passages whose own place touches [a, b), in reading order. */
  within(a, b) {
    return this.#order.query(a, b);
  }

  /**
   * Where the cards of passages belong: beside the place in sight, be it the passage itself or a copy of it.
   * @param {[number, number]} around @param {[number, number]} sight @param {number[]} needed ids, wherever they are
   * @param {(offset: number) => boolean} printed copies may be folded away
   * @returns {Map<number, number>} start of that place, by id
   */
  starts(around, sight, needed, printed) {
    const found = new Map(needed.map((id) => [id, this.all()[this.rank(id)].start]));
    for (const range of [around, sight]) {
      for (const { id, start } of this.query(...range).reverse()) if (printed(start)) found.set(id, start);
    }
    return found;
  }

  /** The shown passage after another in reading order, or the first. @param {number|null} id @param {number} offset where to start without one */
  next(id, offset) {
    const rank = this.rank(id);
    return rank === undefined ? (this.#order.next(offset) ?? this.#order.all()[0]) : this.#order.all()[rank + 1];
  }

  /** The shown passage before another in reading order. */
  previous(id, offset) {
    const rank = this.rank(id);
    return rank === undefined ? this.#order.previous(offset) : this.#order.all()[rank - 1];
  }

  /** Place in the reading order, from 0; undefined when not shown. @param {number|null} id */
  rank(id) {
    return this.#order.rank(id);
  }

  /** All shown, in reading order. */
  all() {
    return this.#order.all();
  }

  #rebuild() {
    const places = [];
    const own = [];
    for (const record of this.#store.all()) {
      const intervals = this.#shown(record) ? this.#intervals(record) : [];
      places.push(...intervals);
      own.push(...intervals.slice(0, 1));
    }
    this.#places = new Intervals(places);
    this.#order = new Intervals(own);
  }

  #intervals(record) {
    return placesOf(record, this.#space).map(([start, end]) => ({ id: record.id, start, end }));
  }

  #update({ ids, renamed }) {
    if (ids === null) this.#rebuild();
    else for (const id of ids) this.#replace(id);
    this.#tell(ids, renamed);
  }

  #replace(id) {
    this.#places.remove(id);
    this.#order.remove(id);
    const record = this.#store.get(id);
    if (!record || record.id !== id || !this.#shown(record)) return;
    const intervals = this.#intervals(record);
    for (const item of intervals) this.#places.add(item);
    if (intervals.length) this.#order.add(intervals[0]);
  }

  #tell(ids, renamed) {
    this.dispatchEvent(new CustomEvent("change", { detail: { ids, renamed } }));
  }
}
