/**
 * What can be taken back: one entry per write, in the order of the keys pressed. A new write empties the redo side.
 */

/**
 * @typedef {object} Entry
 * @property {string} key Idempotency-Key of the write
 * @property {number} id annotation it acted on (temporary ids included)
 * @property {string|null} op the server's name of the write, once answered
 * @property {Promise<void>} done settles when the write was answered, refused or given up for now
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
