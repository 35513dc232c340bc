/**
 * Undo and redo. What has not left this browser is taken out of the outbox; of everything else the undo is a write of its own, that waits and is
 * delivered like any other. The server takes back its own writes only, and says why when somebody else has gone on with them.
 */

/** @typedef {import("./undo.js").Entry} Entry */

export class Timeline {
  #last = Promise.resolve();

  /**
   * @param {object} parts
   * @param {import("./undo.js").UndoStack} parts.stack @param {import("./writer.js").Writer} parts.writer
   */
  constructor({ stack, writer }) {
    Object.assign(this, { stack, writer });
  }

  /** Take back the last own write. @returns {Promise<Entry|null>} null when there is none; throws ApiError with the reason when it came at once */
  undo() {
    return this.#queue(() => this.#step("undo", this.stack.takeUndo()));
  }

  /** @returns {Promise<Entry|null>} */
  redo() {
    return this.#queue(() => this.#step("redo", this.stack.takeRedo()));
  }

  #queue(work) {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }

  async #step(kind, entry) {
    if (!entry) return null;
    if (entry.travel) return entry.travel(kind).then(() => entry);
    if (entry.out) return this.#putBack(entry);
    const row = await this.writer.takeOut(entry.last);
    if (row) {
      entry.out = row.key === entry.key ? row : null;
      entry.last = entry.key;
      return entry;
    }
    await this.writer.travel(kind, entry);
    return entry;
  }

  #putBack(entry) {
    this.writer.putBack(entry.out);
    entry.last = entry.out.key;
    entry.out = null;
    return entry;
  }
}
