/**
 * What is done with evidence: attach, change, withdraw, take back. Each is saved at once; a write that did not arrive is sent under the same
 * key when it is asked for again. Whoever calls waits for one before the next (acts.js).
 */
import { pageData } from "../dom.js";
import { setSaveState } from "../messages.js";
import { etagOf, newKey } from "../reader/api.js";
import { t } from "../words.js";
import { fromAnswer, fromPage } from "./records.js";

const KEPT = "evidence-for";

/** Fires `change` when the claim or the state of saving has changed. */
export class Desk extends EventTarget {
  /** @type {{id: number, label: string, kind: string, text: string, answer?: number|null}|null} what it is evidence for */ claim = null;
  /** @type {string} why the last write was not taken */ problem = "";
  busy = false;
  #done = [];
  #undone = [];
  #keys = new Map();

  /** @param {{api: object, store: import("../reader/store.js").Store, boot: object, say: (text: string) => void}} parts */
  constructor({ api, store, boot, say }) {
    super();
    Object.assign(this, { api, store, boot, say });
    this.claim = boot.purpose ?? this.#kept();
  }

  /** @param {{id: number, label: string, kind: string, text: string}} statement found by a search; an answer belongs to the claim one came for */
  choose({ id, label, kind, text }) {
    this.claim = id === this.boot.purpose?.id ? this.boot.purpose : { id, label, kind, text, answer: null };
    try {
      localStorage.setItem(`${KEPT}.${this.boot.member.id}`, JSON.stringify({ id, label, kind, text }));
    } catch {
      // Without storage it is kept as long as the page.
    }
    this.#tell();
  }

  #kept() {
    try {
      return JSON.parse(localStorage.getItem(`${KEPT}.${this.boot.member.id}`));
    } catch {
      return null;
    }
  }

  /**
   * @param {import("../reader/session.js").Selected & {whole: boolean}} selected @param {string} stance @param {string|undefined} page it stands on
   * @returns {Promise<number|null>} its id; null when it was not taken
   */
  async attach({ start, end, text, whole }, stance, page) {
    const { claim, boot } = this;
    const said = { ...(whole ? { quote: text } : {}), ...(page ? { locator: t("p. {n}", { n: page }) } : {}), ...(claim.answer ? { answer: claim.answer } : {}) };
    const body = { source: boot.source, snapshot: boot.snapshot, stance, start, end, medium: boot.medium, ...said };
    const data = await this.#write((key) => this.api.post(boot.urls.evidence(claim.id), body, { key }), JSON.stringify([claim.id, body]));
    if (data) this.store.upsert(fromAnswer(data, claim, boot));
    return data?.id ?? null;
  }

  /** @param {number} id @param {object} changes @returns {Promise<boolean>} whether it was taken */
  async change(id, changes) {
    const record = this.store.get(id);
    if (!record) return false; // taken back, or withdrawn by somebody meanwhile
    const etag = etagOf(record);
    const data = await this.#write((key) => this.api.patch(this.boot.urls.item(id), changes, { etag, key }), JSON.stringify([id, record.version, changes]));
    if (data) this.store.upsert({ ...fromAnswer(data, record.statement, this.boot), own: record.own, creator: record.creator });
    return Boolean(data);
  }

  /** @param {number} id */
  async withdraw(id) {
    const record = this.store.get(id);
    if (!record) return false;
    const data = await this.#write((key) => this.api.remove(this.boot.urls.item(id), { etag: etagOf(record), key }), `${id}-${record.version}`);
    if (data) this.store.remove(id);
    return Boolean(data);
  }

  undo = () => this.#turn(this.#done, this.#undone, this.boot.urls.undo, t("Nothing to undo"));
  redo = () => this.#turn(this.#undone, this.#done, this.boot.urls.redo, t("Nothing to redo"));

  get canUndo() {
    return this.#done.length > 0;
  }

  async #turn(from, to, url, nothing) {
    const op = from.at(-1);
    if (!op) return this.say(nothing);
    const done = await this.#send(() => this.api.post(url, { op }));
    if (!done) return undefined;
    to.push(from.pop());
    await this.refresh();
    return this.say(from === this.#done ? t("Undone") : t("Done again"));
  }

  /** What the page shows now: others attach and withdraw, too. */
  async refresh() {
    try {
      const answer = await fetch(location.pathname + location.search, { headers: { Accept: "text/html", "X-Live": "1" } });
      if (answer.ok && !answer.redirected) this.load(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      // The next change brings it.
    }
  }

  /** @param {Document} [page] */
  load(page) {
    const rows = page ? JSON.parse(page.getElementById("snapshot-evidence")?.textContent ?? "[]") : (pageData("snapshot-evidence") ?? []);
    this.store.load(rows.map(fromPage));
  }

  /** One write that can be taken back. @param {(key: string) => Promise<object>} send @param {string} name of the write, to know it again */
  async #write(send, name) {
    const key = this.#keys.get(name) ?? newKey();
    this.#keys.set(name, key);
    const answer = await this.#send(() => send(key));
    if (!answer) return null;
    this.#keys.delete(name);
    if (answer.op) this.#done.push(answer.op);
    this.#undone.length = 0;
    return answer.data ?? {};
  }

  async #send(send) {
    this.busy = true;
    this.problem = "";
    setSaveState("saving");
    this.#tell();
    try {
      const answer = await send();
      setSaveState("saved");
      return answer;
    } catch (error) {
      this.problem = error.message;
      setSaveState(error.kind === "network" ? "offline" : "refused", { why: error.message });
      this.say(t("Refused: {why}", { why: error.message }));
      return null;
    } finally {
      this.busy = false;
      this.#tell();
    }
  }

  #tell() {
    this.dispatchEvent(new CustomEvent("change"));
  }
}
