/**
 * What is said about the passages: fetched for the card that is open and for the panel, and again when somebody said something.
 */

/** @typedef {{id: number, version: number, parent: number|null, removed: boolean, body: string, resolved: boolean, created_at: string, author: {id: number|null, name: string}}} Comment */
/** @typedef {{first: Comment, replies: Comment[]}} Thread */

/** Comments in the order of the server as threads. @param {Comment[]} comments @returns {Thread[]} */
export function threads(comments) {
  const found = new Map();
  for (const one of comments) {
    if (one.parent === null) found.set(one.id, { first: one, replies: [] });
    else found.get(one.parent)?.replies.push(one);
  }
  return [...found.values()];
}

/** Fires `found` when a thread came. */
export class Talk extends EventTarget {
  #held = new Map();

  /** @param {{api: object, urlOf: (id: number) => string}} parts */
  constructor({ api, urlOf }) {
    super();
    Object.assign(this, { api, urlOf });
  }

  /**
   * The open threads on a passage, as far as they are here; others are on their way.
   * @param {import("./store.js").Annotation} record @returns {Thread[]}
   */
  of(record) {
    const held = this.#held.get(record.id);
    if (record.comments && held?.record !== record) this.#fetch(record).catch(() => {});
    return record.comments ? (held?.threads ?? []).filter(({ first }) => !first.resolved) : [];
  }

  /** All threads on a passage as they are now. @param {number} id @returns {Promise<Thread[]>} */
  async load(id) {
    const { data } = await this.api.get(`${this.urlOf(id)}?page_size=500`);
    return threads(data.results);
  }

  async #fetch(record) {
    this.#held.set(record.id, { record, threads: this.#held.get(record.id)?.threads ?? [] });
    const found = await this.load(record.id);
    if (this.#held.get(record.id)?.record !== record) return;
    this.#held.set(record.id, { record, threads: found });
    this.dispatchEvent(new CustomEvent("found"));
  }
}
