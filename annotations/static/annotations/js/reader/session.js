/**
 * What the next key acts on: the passage of the selected text, else the selected text itself, else the current card.
 */

/** @typedef {{start: number, end: number, text: string, points: number}} Selected in the space of the page; points = its length */
/** @typedef {{id: number}|{selected: Selected}|null} Target */

/** Fires `change` when the selection, its passage or the current passage changes. */
export class Session extends EventTarget {
  /** @type {Selected|null} */ selected = null;
  /** @type {number|null} passage made of, or found for, the selected text */ bound = null;
  /** @type {number|null} */ current = null;

  /**
   * Other text was selected, or none. A passage bound before no longer counts.
   * @param {Selected|null} selected
   * @param {number|null} [bound] the own passage that covers just this text
   */
  select(selected, bound = null) {
    this.selected = selected;
    this.bound = selected ? bound : null;
    // Other text is being looked at: the card of before is no longer what one works on.
    if (selected) this.current = bound;
    this.#tell();
  }

  /** The selected text is this passage now, which becomes the current one. @param {number} id */
  bind(id) {
    this.bound = id;
    this.current = id;
    this.#tell();
  }

  /** @param {number|null} id */
  setCurrent(id) {
    if (this.current === id) return;
    this.current = id;
    this.#tell();
  }

  /** A passage got its saved id. @param {number} from @param {number} to */
  rename(from, to) {
    if (this.bound === from) this.bound = to;
    if (this.current === from) this.current = to;
  }

  /** A passage is gone; the selected text stays. @param {number} id */
  forget(id) {
    const known = this.bound === id || this.current === id;
    if (this.bound === id) this.bound = null;
    if (this.current === id) this.current = null;
    if (known) this.#tell();
  }

  /** @returns {Target} */
  target() {
    if (this.bound !== null) return { id: this.bound };
    if (this.selected) return { selected: this.selected };
    return this.current === null ? null : { id: this.current };
  }

  #tell() {
    this.dispatchEvent(new CustomEvent("change"));
  }
}
