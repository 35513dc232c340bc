/**
 * Every change to annotations goes through here: shown at once, sent in order (one queue per annotation), and kept when it could not be sent.
 */
import { ApiError, etagOf, newKey } from "./api.js";
import { draftAnnotation, patched, statementBody, withFacts } from "./changes.js";
import { t } from "../words.js";

/** @typedef {{key: string, id: number, entry: object, apply?: Function, send: Function, again?: boolean, creates?: boolean, stuck?: boolean}} Op */

/** Fires `state` ({waiting, failed, refused}) and `saved` ({id, created}). */
export class Writer extends EventTarget {
  #queues = new Map();
  #refused = null;

  /**
   * @param {object} parts
   * @param {ReturnType<import("./api.js").createApi>} parts.api @param {import("./store.js").Store} parts.store
   * @param {import("./undo.js").UndoStack} parts.undo
   * @param {{annotations: string, annotation: (id: number) => string, occurrence: (id: number) => string, same: string}} parts.urls
   * @param {{id: number, name: string}} parts.me @param {number} parts.version of the document
   */
  constructor({ api, store, undo, urls, me, version }) {
    super();
    Object.assign(this, { api, store, undo, urls, me, version });
  }

  /** @param {{start: number, end: number, space: string, text: string, whole: boolean}} place @param {object} fields @returns {number} temporary id */
  create(place, fields) {
    const id = this.store.temporary();
    const { start, end, space, text, whole } = place;
    const statements = (fields.statements ?? []).map(statementBody);
    const body = { start, end, space, version: this.version, tags: fields.tags ?? [], note: fields.note ?? "", statements };
    if (whole) body.exact = text;
    const draft = draftAnnotation(id, place, fields, this.me);
    this.#add(id, { creates: true, apply: () => draft, send: (saved, key) => this.api.post(this.urls.annotations, body, { key }) });
    return id;
  }

  /** @param {number} id @param {object} body of PATCH @param {object[]} [added] statements to add @returns {Promise<void>} */
  patch(id, body, added = []) {
    const sent = added.length ? { ...body, add_statements: added.map(statementBody) } : body;
    const again = !("note" in body) && !("tags" in body);
    const send = (saved, key) => this.api.patch(this.urls.annotation(saved.id), sent, { key, etag: etagOf(saved) });
    return this.#add(id, { again, apply: (record) => patched(record, body, added), send });
  }

  /** @param {number} id @returns {Promise<void>} */
  remove(id) {
    const send = (saved, key) => this.api.remove(this.urls.annotation(saved.id), { key, etag: etagOf(saved) });
    return this.#add(id, { apply: () => null, send, gone: true });
  }

  /**
   * Facts of one statement of an annotation.
   * @param {number} id @param {(s: object) => boolean} which @param {object} facts what is sent @param {object} [seen] what is shown until the answer
   */
  facts(id, which, facts, seen = facts) {
    const send = async (saved, key) => {
      const statement = saved.statements.find(which);
      if (!statement) throw new ApiError("refused", t("it is no longer there"));
      const etag = etagOf({ id: statement.occurrence, version: statement.occurrence_version ?? statement.version });
      const answer = await this.api.patch(this.urls.occurrence(statement.occurrence), facts, { key, etag });
      return answer.data?.statements ? answer : { ...answer, data: (await this.api.get(this.urls.annotation(saved.id))).data };
    };
    return this.#add(id, { again: true, apply: (record) => withFacts(record, which, seen), send });
  }

  /** Mark all identical passages like this one. @param {number} id */
  repeat(id) {
    const send = async (saved, key) => {
      const answer = await this.api.post(this.urls.same, { annotation: saved.id }, { key });
      const results = answer.data?.results ?? [];
      for (const record of results) if (record.id !== saved.id) this.store.upsert(record);
      return { ...answer, data: results.find((record) => record.id === saved.id) };
    };
    return this.#add(id, { send });
  }

  /** Number of changes the server has not answered. */
  get waiting() {
    return [...this.#queues.values()].reduce((sum, queue) => sum + queue.ops.length, 0);
  }

  /** Send again what could not be sent. */
  retry() {
    for (const queue of this.#queues.values()) {
      if (!queue.ops[0]?.stuck) continue;
      queue.ops[0].stuck = false;
      for (const op of queue.ops) op.entry.done = new Promise((done) => (op.entry.answered = done));
      this.store.failOp(queue.ops[0].id, queue.ops[0].key, null);
      this.#run(queue);
    }
    this.#tell();
  }

  /** Take back a change that was never saved. @param {object} entry of the undo stack @returns {boolean} */
  discard(entry) {
    for (const queue of this.#queues.values()) {
      const op = queue.ops.find((one) => one.entry === entry && (one.stuck || queue.ops[0]?.stuck));
      if (!op) continue;
      queue.ops = queue.ops.filter((one) => one !== op);
      this.store.settle(op.id, op.key, undefined);
      this.#tell();
      return true;
    }
    return false;
  }

  #add(id, parts) {
    const key = newKey();
    const entry = { key, id, op: null, refused: false };
    entry.done = new Promise((done) => (entry.answered = done));
    const op = { ...parts, key, id, entry, tries: 0 };
    const real = this.store.real(id);
    const queue = this.#queues.get(real) ?? { ops: [], running: false };
    this.#queues.set(real, queue);
    queue.ops.push(op);
    this.undo.push(entry);
    this.#refused = null;
    this.store.addOp(id, { key, apply: op.apply ?? ((record) => record) });
    const result = new Promise((done, fail) => Object.assign(op, { done, fail }));
    result.catch(() => {});
    if (queue.ops[0].stuck) entry.answered();
    else this.#run(queue);
    this.#tell();
    return result;
  }

  async #run(queue) {
    if (queue.running) return;
    queue.running = true;
    while (queue.ops.length && !queue.ops[0].stuck) await this.#send(queue, queue.ops[0]);
    queue.running = false;
    if (!queue.ops.length) for (const [id, one] of this.#queues) if (one === queue) this.#queues.delete(id);
    this.#tell();
  }

  async #send(queue, op) {
    try {
      const saved = this.store.saved(op.id);
      if (!saved && !op.creates) throw new ApiError("refused", t("it is no longer there"));
      this.#taken(queue, op, await op.send(saved, op.key));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.kind === "network") this.#stuck(queue, op, error);
      else if (error.kind === "stale" && op.again && op.tries < 2) await this.#refresh(op, error);
      else this.#refuse(queue, op, error);
    }
    this.#tell();
  }

  #taken(queue, op, { data, op: name }) {
    op.entry.op = name ?? op.key;
    queue.ops.shift();
    if (op.creates) this.#queues.set(data.id, queue);
    if (op.creates) this.#queues.delete(op.id);
    this.store.settle(op.id, op.key, op.gone ? null : data);
    op.entry.answered();
    op.done();
    this.dispatchEvent(new CustomEvent("saved", { detail: { id: this.store.real(op.id), created: Boolean(op.creates) } }));
  }

  async #refresh(op, error) {
    op.tries += 1;
    const id = this.store.real(op.id);
    const current = error.current?.statements ? error.current : (await this.api.get(this.urls.annotation(id))).data;
    this.store.upsert(current);
  }

  #stuck(queue, op, error) {
    op.stuck = true;
    this.store.failOp(op.id, op.key, error.message);
    for (const one of queue.ops) one.entry.answered();
  }

  #refuse(queue, op, error) {
    const lost = op.creates ? queue.ops.splice(0) : [queue.ops.shift()];
    for (const one of lost) {
      one.entry.refused = true;
      this.undo.forget(one.entry);
      this.store.settle(one.id, one.key, undefined);
      one.entry.answered();
      one.fail(error);
    }
    if (error.current?.statements) this.store.upsert(error.current);
    this.#refused = error.message;
  }

  #tell() {
    const failed = [...this.#queues.values()].map((queue) => queue.ops[0]).find((op) => op?.stuck);
    const why = failed ? this.store.get(failed.id)?.problem ?? t("the server cannot be reached") : null;
    this.dispatchEvent(new CustomEvent("state", { detail: { waiting: this.waiting, failed: why, refused: this.#refused } }));
  }
}
