/**
 * Delivers what waits, one write after the other, each until the server has answered it: exactly once, in order, by one tab at a time.
 */
import { advanced, belated, fitted, forgotten, nextOf, requestOf } from "./rows.js";

const FIRST = 1_000;
const LONGEST = 30_000;
/** An answer that takes longer than this is taken for lost; the same key asks again. */
const PATIENCE = 25_000;
/** What a refusal ends: there is nothing in it that somebody typed. */
const PASSING = new Set(["undo", "redo", "repeat"]);

/** @typedef {import("./rows.js").Row} Row */
/** @typedef {{row: Row, kind: "done"|"again"|"clash"|"refused"|"dropped", data?: any, error?: Error}} Outcome */

/** Milliseconds before try n: doubled each time, spread so that browsers do not come back all at once. @param {number} n @param {() => number} [random] */
export const pause = (n, random = Math.random) => Math.max(FIRST, Math.min(LONGEST, FIRST * 2 ** n) * (0.5 + random() / 2));

/** Fires `outcome` (Outcome) for every answer, `state` {phase, why} and `rest` when nothing is left to send for now. */
export class Courier extends EventTarget {
  /** @type {"rest"|"sending"|"offline"|"login"|"person"} */ phase = "rest";
  why = "";
  #running = null;
  #more = false;
  #tries = 0;
  #timer = 0;

  /**
   * @param {object} parts
   * @param {import("./box.js").IdbBox|import("./box.js").MemoryBox} parts.box @param {{request: Function, get: Function}} parts.api
   * @param {string} parts.user @param {ReturnType<import("./lock.js").turns>} parts.turn
   * @param {(work: () => void, ms: number) => number} [parts.later] @param {() => number} [parts.now]
   */
  constructor({ box, api, user, turn, later = (work, ms) => setTimeout(work, ms), now = Date.now }) {
    super();
    Object.assign(this, { box, api, user, turn, later, now });
  }

  /** Something new waits, or there is a sign of life: try at once. @returns {Promise<void>} when there is nothing more to send for now */
  kick() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#more = true;
    this.#running ??= this.#run().finally(() => (this.#running = null));
    return this.#running;
  }

  /** The same, but only when it was waiting for better times: a success elsewhere. */
  alive() {
    if (this.#timer) this.kick();
  }

  async #run() {
    while (this.#more) {
      this.#more = false;
      try {
        await this.turn((renew) => this.#drain(renew));
      } catch (error) {
        console.warn(error); // A page that the browser holds still (in the background, say) gets no turn, and storage may fail for a moment.
        this.#timer ||= this.later(() => this.kick(), pause(this.#tries));
      }
    }
    this.dispatchEvent(new CustomEvent("rest"));
  }

  async #drain(renew) {
    for (;;) {
      const row = await this.#claim();
      if (!row) return this.#phase("rest");
      await renew();
      if (this.phase === "rest") this.#phase("sending");
      if (!(await this.#deliver(row))) return undefined;
      this.#tries = 0;
      this.#phase("sending");
    }
  }

  /** From here on it may have reached the server. */
  #claim() {
    return this.box.change(({ rows, done }) => {
      const row = nextOf(rows, done, this.user);
      const stored = row && rows.find((one) => one.key === row.key);
      const forget = forgotten(done, this.now());
      return row ? { put: stored.tried ? [] : [{ ...stored, tried: true }], forget, give: { ...row, tried: true, origin: stored.target } } : { forget, give: null };
    });
  }

  async #deliver(row) {
    try {
      const ready = row.kind === "facts" && !row.occurrence ? await this.#placed(row) : row;
      if (!ready) return this.#refuse(row, null);
      const { url, method, ...sent } = requestOf(ready);
      const answer = await this.api.request(method, url, { ...sent, key: row.key, user: row.user, tries: 0, patience: PATIENCE });
      return await this.#answered(ready, answer.data);
    } catch (error) {
      return this.#failed(row, error);
    }
  }

  /** Facts of a statement that had no number yet when they were written. */
  async #placed(row) {
    return fitted(row, (await this.api.get(row.home.replace("{id}", String(row.target)), { tries: 0, patience: PATIENCE })).data);
  }

  async #answered(row, data) {
    const real = row.kind === "create" ? data.id : row.target;
    await this.box.change(({ rows }) => ({
      remove: [row.key], put: advanced(rows, row, data),
      done: [{ key: row.key, user: row.user, temp: row.origin ?? row.target, real, at: this.now() }],
    }));
    this.#tell({ row, kind: "done", data });
    return true;
  }

  async #failed(row, error) {
    if (error.kind === "network") return this.#wait("offline", error);
    if (error.kind === "login" || error.kind === "person") return this.#wait(error.kind, error);
    if (error.kind === "stale" && error.current?.statements && ["patch", "facts", "remove"].includes(row.kind)) return this.#late(row, error);
    if (error.kind === "stale" || error.kind === "refused") return this.#refuse(row, error);
    console.error(error); // Our own mistake, or storage that fails: what waits stays, and is tried again.
    return this.#wait("offline", error);
  }

  async #late(row, error) {
    const next = belated(row, error.current);
    if (!next) return this.#answered(row, error.current);
    if (next.state === "refused") return this.#refuse(next, error);
    const kept = { ...next, why: error.message };
    await this.box.change(() => ({ put: [kept] }));
    this.#tell({ row: kept, kind: next.state === "clash" ? "clash" : "again", data: error.current, error });
    return true;
  }

  async #refuse(row, error) {
    const gone = error?.status === 404 || error?.status === 410;
    if (row.kind === "remove" && gone) return this.#answered(row, null);
    const kept = { ...row, target: row.origin ?? row.target, state: "refused", why: error?.message ?? "", tried: true };
    const back = await this.box.change(({ rows }) => {
      const taken = rows.filter((one) => one.after === row.key); // taken back before it was known to be refused
      const stays = !taken.length && !PASSING.has(row.kind);
      return { remove: [...(stays ? [] : [row.key]), ...taken.map((one) => one.key)], put: stays ? [kept] : [], give: taken };
    });
    for (const one of back) this.#tell({ row: one, kind: "dropped" });
    this.#tell(back.length ? { row: kept, kind: "dropped" } : { row: kept, kind: "refused", error: error ?? undefined });
    return true;
  }

  #wait(phase, error) {
    this.#tries += 1;
    this.#timer = this.later(() => this.kick(), Math.max(pause(this.#tries - 1), (error.after ?? 0) * 1000));
    this.#phase(phase, error.message);
    return false;
  }

  #phase(phase, why = "") {
    this.phase = phase;
    this.why = why;
    this.dispatchEvent(new CustomEvent("state"));
  }

  #tell(outcome) {
    this.dispatchEvent(new CustomEvent("outcome", { detail: outcome }));
  }
}
