/**
 * What can be taken back: one entry per write, in the order of the keys pressed. A new write empties the redo side.
 */

/**
 * @typedef {object} Entry
 * @property {string} key Idempotency-Key of the write, by which the server knows it
 * @property {string} last key of the newest write about it: itself, its undo, its redo
 * @property {number} id annotation it acted on (temporary ids included)
 * @property {object|null} before the annotation as it was shown before @property {object|null} after
 * @property {(kind: "undo"|"redo") => Promise<void>} [travel] how to take it back, when the outbox does not know it
 * @property {import("../outbox/rows.js").Row|null} out the write itself, while it is taken out of the outbox
 */

export class UndoStack {
  #done = [];
  #undone = [];

  /** @param {Entry} entry */
  push(entry) {
    this.#done.push(entry);
    this.#undone = [];
  }

  /** A refused write never happened. @param {Entry} entry */
  forget(entry) {
    this.#done = this.#done.filter((one) => one !== entry);
    this.#undone = this.#undone.filter((one) => one !== entry);
  }

  /** The entry that a write belongs to. @param {string} key of the write, its undo or its redo @returns {Entry|undefined} */
  find(key) {
    return [...this.#done, ...this.#undone].find((entry) => entry.key === key || entry.last === key);
  }

  /** @returns {Entry|undefined} the last write, now on the redo side */
  takeUndo() {
    const entry = this.#done.pop();
    if (entry) this.#undone.push(entry);
    return entry;
  }

  /** @returns {Entry|undefined} the write taken back last, now on the undo side */
  takeRedo() {
    const entry = this.#undone.pop();
    if (entry) this.#done.push(entry);
    return entry;
  }

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }
}
