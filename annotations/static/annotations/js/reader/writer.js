/**
 * Every change to annotations goes through here: made into a write (data), shown at once, put into the outbox and delivered from there in order.
 */
import { newKey } from "./api.js";
import { Ledger } from "./ledger.js";
import { creating, patching, plainOf, removing, stating, travelling } from "./looking.js";

/** @typedef {import("../outbox/rows.js").Row} Row */

export class Writer extends Ledger {
  /**
   * @param {object} parts those of Ledger, and
   * @param {{annotations: string, annotation: (id: number|string) => string, occurrence: (id: number|string) => string, same: string, undo: string, redo: string}} parts.urls
   * @param {number} parts.version of the document
   */
  constructor({ urls, version, ...parts }) {
    super(parts);
    Object.assign(this, { urls, version });
    this.patterns = { annotation: decodeURI(urls.annotation("{id}")), occurrence: decodeURI(urls.occurrence("{id}")) };
  }

  /** @param {{start: number, end: number, space: string, text: string, whole: boolean}} place @param {object} fields @returns {number} temporary id */
  create(place, fields) {
    const id = this.store.temporary();
    this.#add(id, creating(place, fields, this.version, this.urls.annotations));
    return id;
  }

  /** @param {number} id @param {object} body of PATCH @param {object[]} [added] statements to add @returns {Promise<void>} */
  patch(id, body, added = []) {
    return this.#add(id, patching(this.store.get(id), body, added, this.patterns.annotation));
  }

  /** @param {number} id @returns {Promise<void>} */
  remove(id) {
    return this.#add(id, removing(this.store.get(id), this.patterns.annotation));
  }

  /** Facts of one statement. @param {number} id @param {{occurrence?: number, kind?: string}} which @param {object} facts sent @param {object} [seen] shown */
  facts(id, which, facts, seen = facts) {
    return this.#add(id, stating(this.store.get(id), which, facts, seen, this.patterns.occurrence));
  }

  /** Mark all identical passages like this one. @param {number} id */
  repeat(id) {
    return this.#add(id, { kind: "repeat", method: "POST", url: this.urls.same, body: {}, before: {}, look: {}, snapshot: plainOf(this.store.get(id)) });
  }

  /** Undo or redo what has been sent; settles when that is answered, or has to wait. @param {"undo"|"redo"} kind @param {import("./undo.js").Entry} entry */
  travel(kind, entry) {
    const row = this.#row(this.store.real(entry.id), { ...travelling(kind, entry, this.urls[kind]), after: entry.last });
    entry.last = row.key;
    return this.enter(row);
  }

  /** A write that has not left this browser is as if it had never been. @param {string} key @returns {Promise<Row|null>} */
  async takeOut(key) {
    const taken = await this.keep(({ rows }) => {
      const row = rows.find((one) => one.key === key && one.state === "waiting" && !one.tried);
      return row ? { remove: [key], give: row } : { give: null };
    });
    if (taken) this.gone(taken);
    return taken ?? null;
  }

  /** @param {Row} row taken out before */
  putBack(row) {
    this.enter({ ...row, order: this.next() });
  }

  #add(id, parts) {
    const target = this.store.real(id);
    const before = plainOf(this.store.get(target));
    const row = this.#row(target, parts);
    const done = this.enter(row);
    this.undo.push({ key: row.key, last: row.key, id, before, after: plainOf(this.store.get(target)), out: null });
    return done;
  }

  #row(target, parts) {
    const quote = parts.quote ?? this.store.get(target)?.quote ?? "";
    return { after: null, ...parts, ...this.where, quote, target, key: newKey(), order: this.next(), home: this.patterns.annotation, state: "waiting", why: "", tried: false };
  }
}
