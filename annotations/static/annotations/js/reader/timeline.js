/**
 * Undo and redo: the server takes back its own writes, this takes over what they left. One at a time, in the order asked.
 */

/** @typedef {import("./undo.js").Entry} Entry */

export class Timeline {
  #last = Promise.resolve();

  /**
   * @param {object} parts
   * @param {ReturnType<import("./api.js").createApi>} parts.api @param {import("./store.js").Store} parts.store
   * @param {import("./undo.js").UndoStack} parts.stack @param {import("./writer.js").Writer} parts.writer
   * @param {{undo: string, redo: string, annotation: (id: number) => string}} parts.urls
   */
  constructor({ api, store, stack, writer, urls }) {
    Object.assign(this, { api, store, stack, writer, urls });
  }

  /** Take back the last own write. @returns {Promise<Entry|null>} null when there is none; throws ApiError with the reason */
  undo() {
    return this.#queue(() => this.#undoNow());
  }

  /** @returns {Promise<Entry|null>} */
  redo() {
    return this.#queue(() => this.#redoNow());
  }

  #queue(work) {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }

  async #undoNow() {
    const entry = this.stack.takeUndo();
    if (!entry) return null;
    await entry.done;
    if (entry.refused) return this.#undoNow();
    if (entry.op === null && this.writer.discard(entry)) {
      this.stack.forget(entry);
      return entry;
    }
    await this.#send(this.urls.undo, entry, () => this.stack.takeRedo());
    return entry;
  }

  async #redoNow() {
    const entry = this.stack.takeRedo();
    if (!entry) return null;
    await this.#send(this.urls.redo, entry, () => this.stack.takeUndo());
    return entry;
  }

  async #send(url, entry, putBack) {
    try {
      const { data } = await this.api.post(url, { op: entry.op });
      await this.#take(entry, data);
    } catch (error) {
      if (error.kind === "network") putBack();
      else this.stack.forget(entry);
      throw error;
    }
  }

  async #take(entry, data) {
    if (!data?.results && !data?.removed) return this.#refetch(entry.id);
    for (const id of data.removed ?? []) this.store.remove(id);
    for (const record of data.results ?? []) this.store.upsert(record);
    return undefined;
  }

  async #refetch(id) {
    const real = this.store.real(id);
    try {
      this.store.upsert((await this.api.get(this.urls.annotation(real))).data);
    } catch (error) {
      if (error.status !== 404 && error.status !== 410) throw error;
      this.store.remove(real);
    }
  }
}
