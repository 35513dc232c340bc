/**
 * The writes of one document that wait or were refused, as this page knows them: kept in the box, shown in the store, followed until they are answered.
 */
import { after, aliases } from "../outbox/rows.js";
import { t } from "../words.js";
import { missing, present, Recent, summary, takeAnswer, travels } from "./answers.js";
import { lookOf, plainOf } from "./looking.js";

/** @typedef {import("../outbox/rows.js").Row} Row */

/** Fires `state` ({phase, waiting, refused, why}), `saved` ({id, created}) and `refused` ({row, why}). */
export class Ledger extends EventTarget {
  /** @type {Map<string, Row>} */ rows = new Map();
  #waits = new Map();
  #own = new Recent();
  #order = 0;
  #tail = Promise.resolve();
  #outbox = null;
  #passing = "";

  /**
   * @param {object} parts @param {{get: Function}} parts.api @param {{id: number, name: string}} parts.me
   * @param {import("./store.js").Store} parts.store @param {import("./undo.js").UndoStack} parts.undo
   * @param {Promise<{box: object, courier: import("../outbox/courier.js").Courier}>} parts.outbox
   * @param {{user: string, document: number, page: string}} parts.where who writes, in which document, at which address
   */
  constructor({ api, store, undo, me, outbox, where }) {
    super();
    Object.assign(this, { api, store, undo, me, where });
    this.ready = Promise.resolve(outbox).then((found) => this.#listen(found));
  }

  #listen(outbox) {
    const { courier } = (this.#outbox = outbox);
    for (const name of ["outcome", "elsewhere"]) courier.addEventListener(name, ({ detail }) => this.#outcome(detail));
    courier.addEventListener("state", () => this.tell());
    courier.addEventListener("rest", () => this.#missed());
    return outbox;
  }

  /** Number of changes that nobody has refused and the server has not answered. */
  get waiting() {
    return summary([...this.rows.values()], "", "").waiting;
  }

  /** Whether leaving the page would lose something. */
  get atRisk() {
    return this.rows.size > 0 && !this.#outbox?.box.kept;
  }

  /** Whether an event is the echo of a write that this page made, or was told of by another tab. @param {string} key */
  isOwn(key) {
    return this.rows.has(key) || this.#own.has(key);
  }

  /** Send now what waits. */
  retry() {
    return this.ready.then(({ courier }) => courier.kick());
  }

  /** What this browser still holds of earlier visits to this document is shown, and delivered. */
  async restore() {
    const { rows, done } = await this.keep((all) => ({ give: all }));
    const saved = aliases(done);
    for (const row of rows.sort((a, b) => a.order - b.order)) {
      if (row.user !== this.where.user || row.document !== this.where.document || this.rows.has(row.key)) continue;
      this.#show({ ...row, target: saved.get(row.target) ?? row.target });
    }
    this.tell();
    return this.retry();
  }

  /** One step in the box, after those asked for before. @param {import("../outbox/box.js").Work<any>} work */
  keep(work) {
    const step = this.#tail.then(async () => (await this.ready).box.change(work));
    this.#tail = step.catch(() => {});
    return step;
  }

  /** @param {number} id @returns {Row[]} writes on one annotation that wait or were refused */
  of(id) {
    return [...this.rows.values()].filter((row) => this.store.real(row.target) === this.store.real(id));
  }

  /** A refused write changed, or is to be tried once more. @param {Row} row */
  again(row) {
    this.rows.set(row.key, row);
    this.store.failOp(row.target, row.key, null);
    return this.#deliver(row);
  }

  /** Forget writes for good. @param {Row[]} rows */
  drop(rows) {
    for (const row of rows) this.gone(row);
    return this.keep(() => ({ remove: rows.map((row) => row.key) }));
  }

  /** Rises with every write. */
  next = () => (this.#order = after(this.#order));

  /** A new write: shown, kept, on its way. @param {Row} row @returns {Promise<void>} settles with the server's answer */
  enter(row) {
    this.#passing = "";
    const result = new Promise((done, fail) => this.#waits.set(row.key, { done, fail }));
    result.catch(() => {});
    this.#apply(row);
    this.#deliver(row);
    return result;
  }

  gone(row) {
    this.store.settle(this.#forget(row), row.key, undefined);
    this.tell();
  }

  tell() {
    const phase = this.#outbox?.courier.phase ?? "rest";
    if (!["rest", "sending"].includes(phase)) for (const row of this.rows.values()) if (travels(row)) this.#settle(row, "done");
    this.dispatchEvent(new CustomEvent("state", { detail: summary([...this.rows.values()], phase, this.#passing) }));
  }

  #apply(row) {
    this.rows.set(row.key, row);
    this.store.addOp(row.target, { key: row.key, apply: (record) => lookOf(this.rows.get(row.key) ?? row, record, this.me) });
  }

  #deliver(row) {
    this.tell();
    const full = () => this.#stays({ ...row, state: "refused", why: t("this browser has no room to keep it") });
    return this.keep(() => ({ put: [row] })).then(() => void this.retry(), full);
  }

  /** From an earlier visit or another tab. */
  #show(row) {
    this.#order = Math.max(this.#order, row.order);
    this.#apply(row);
    if (row.state !== "waiting") this.store.failOp(row.target, row.key, row.why, row.state);
    else if (!travels(row)) this.undo.push({ key: row.key, last: row.key, id: row.target, before: row.snapshot, after: plainOf(this.store.get(row.target)), out: null });
  }

  #outcome({ row, kind, data, error }) {
    this.#own.add(row.key);
    if (row.document !== this.where.document) return;
    if (kind === "again") this.rows.set(row.key, row) && this.store.upsert(data);
    else if (kind === "done") this.#taken(row, data);
    else if (kind === "dropped") this.gone(row);
    else this.#refused(row, data, error);
    this.tell();
  }

  #taken(row, data) {
    const target = this.#forget(row);
    this.#settle(row, "done", takeAnswer(this.store, row, target, data) ? undefined : this.#refetch(target));
    this.dispatchEvent(new CustomEvent("saved", { detail: { id: this.store.real(target), created: row.kind === "create" } }));
  }

  #settle(row, how, what) {
    this.#waits.get(row.key)?.[how](what);
    this.#waits.delete(row.key);
  }

  #forget(row) {
    const target = this.rows.get(row.key)?.target ?? row.target;
    this.rows.delete(row.key);
    return target;
  }

  #refused(row, data, error) {
    const why = error?.message || t("it is no longer there");
    this.undo.forget(this.undo.find(row.key));
    if (data?.statements) this.store.upsert(data);
    const passes = travels(row) || row.kind === "repeat";
    if (passes) this.#passing = why;
    if (passes) this.gone(row);
    else this.#stays({ ...row, why });
    this.#settle(row, "fail", error ?? new Error(why));
    this.dispatchEvent(new CustomEvent("refused", { detail: { row, why } }));
  }

  #stays(row) {
    this.rows.set(row.key, row);
    this.store.failOp(row.target, row.key, row.why, row.state);
    this.tell();
  }

  /** What another tab delivered without our hearing of it: the server says how it is now. */
  async #missed() {
    const waiting = [...this.rows.values()].filter((row) => row.state === "waiting");
    if (!waiting.length) return;
    for (const [row, id] of missing(waiting, await this.keep((all) => ({ give: all })))) if (this.rows.get(row.key) === row) await this.#refetch(id, row);
  }

  async #refetch(id, row = null) {
    const real = this.store.real(id);
    const data = real > 0 ? await present(this.api, this.urls.annotation(real)) : undefined;
    if (row) this.#taken({ ...row, kind: data === null ? "remove" : row.kind === "create" ? "create" : "patch" }, data);
    else if (data) this.store.upsert(data);
    else if (data === null) this.store.remove(real);
  }
}
