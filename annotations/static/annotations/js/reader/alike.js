/**
 * How many passages with the same words are not marked yet: counted when there is time, so that no key waits for it.
 */
import { whenIdle } from "../dom.js";
import { placesOf } from "./marks.js";

export class Alike {
  #id = null;
  #more = 0;

  /**
   * @param {object} parts
   * @param {import("./blocks.js").Blocks} parts.blocks @param {import("./marks.js").Marks} parts.marks @param {import("./store.js").Store} parts.store
   * @param {() => void} parts.onCount there are some
   */
  constructor({ blocks, marks, store, onCount }) {
    Object.assign(this, { blocks, marks, store, onCount });
  }

  /** @param {import("./store.js").Annotation|null} record @returns {number} 0 until counted */
  of(record) {
    if (!record || record.saving || record.unsaved) return 0;
    if (this.#id !== record.id) {
      this.#id = record.id;
      this.#more = 0;
      whenIdle(() => this.#count(record));
    }
    return this.#more;
  }

  /** Passages were added: count again when asked. */
  forget() {
    this.#id = null;
  }

  #count({ id, quote }) {
    if (id !== this.#id || !quote || quote.length < 2) return;
    const marked = this.marks.all().map((item) => this.store.get(item.id)).filter((one) => one?.quote === quote && !one.suggestion);
    const places = marked.flatMap((one) => placesOf(one, this.marks.space)).filter(([start, end]) => this.blocks.pieces(start, end).length);
    this.#more = Math.max(0, this.blocks.count(quote) - places.length);
    if (this.#more) this.onCount();
  }
}
