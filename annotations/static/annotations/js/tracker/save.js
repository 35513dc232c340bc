/**
 * Writing from the Tracker: one cell against the version of its row, many rows at once, undo and redo; rows fetched as they are afterwards.
 */
import { announce, flash, setSaveState } from "../messages.js";
import { fetchInto } from "../swap.js";
import { t } from "../words.js";
import { focusIsLost } from "./grid.js";

export class Saver {
  #done = [];
  #undone = [];
  #recent = new Set();
  /** Counts writes: what was fetched before the last of them is old. */
  turn = 0;
  #under = 0;
  #coming = new Map();

  /** @param {{api: object, grid: import("./grid.js").Grid, urls: Record<string, string>, arrived: () => void}} parts */
  constructor({ api, grid, urls, arrived }) {
    Object.assign(this, { api, grid, urls, arrived });
  }

  /** Whether something is being written, or rows are on their way because of it. */
  get busy() {
    return this.#under > 0 || this.#coming.size > 0;
  }

  /** Resolves when this row, if it is being fetched, has come. @param {string} id @returns {Promise<void>|undefined} */
  coming(id) {
    return this.#coming.get(id);
  }

  /** Count a write until it is answered and its ops are known. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  async during(work) {
    this.#under += 1;
    this.turn += 1;
    try {
      return await work();
    } finally {
      this.#under -= 1;
    }
  }

  #address(row) {
    return this.urls.statement.replace("/0/", `/${row.dataset.id}/`);
  }

  /** @param {HTMLElement} row @param {string} version @param {import("./editors.js").Editor} editor @param {unknown} value */
  async save(row, version, editor, value) {
    setSaveState("saving");
    if (editor.bulk?.(value)) {
      const { refused } = await this.many([row.dataset.id], editor.bulk(value));
      if (refused.length) throw Object.assign(new Error(refused[0].detail), { kind: "refused" });
      return;
    }
    const sent = { body: editor.body(value), etag: `"${row.dataset.id}-${version}"` };
    await this.during(async () => this.#wrote([(await this.api.patch(this.#address(row), sent.body, sent)).op]));
  }

  /** The statement as it is now. @param {HTMLElement} row */
  async fetch(row) {
    return (await this.api.get(this.#address(row))).data;
  }

  /** @param {string[]} ids @param {object} body action and what it needs @returns {Promise<{done: number[], refused: object[], sentence: string}>} */
  async many(ids, body) {
    setSaveState("saving");
    return this.during(async () => {
      const { data } = await this.api.post(this.urls.bulk, { ids: ids.map(Number), ...body });
      this.#wrote(data.ops);
      return data;
    });
  }

  /** Many rows, the outcome said, the rows fetched anew. @param {HTMLElement[]} rows @param {object} body */
  async manySaid(rows, body) {
    const ids = rows.map((row) => row.dataset.id);
    try {
      const outcome = await this.many(ids, body);
      this.tell(outcome);
      await this.renew(ids, { focus: true });
    } catch (error) {
      this.refuse(error.message);
    }
  }

  /** @param {{refused: object[], sentence: string}} outcome */
  tell({ refused, sentence }) {
    if (refused.length) flash(sentence, "warning");
    else announce(sentence);
  }

  /** @param {string} why @returns {true} */
  refuse(why) {
    setSaveState("refused", { why });
    announce(t("Refused: {why}", { why }));
    return true;
  }

  #wrote(ops) {
    const named = ops.filter(Boolean);
    if (named.length) this.#done.push(named);
    for (const op of named) this.#recent.add(op);
    this.#undone = [];
    setSaveState("saved");
  }

  /** Ops of something written elsewhere (cells by words). @param {string[]} ops */
  wrote(ops) {
    this.#wrote(ops);
  }

  /** Whether this page made that write: its echo is no news. @param {string} op */
  isOwn(op) {
    return this.#recent.has(op);
  }

  undo() {
    return this.#back(this.#done, this.#undone, this.urls.undo, t("Undone"), t("Nothing to undo"));
  }

  redo() {
    return this.#back(this.#undone, this.#done, this.urls.redo, t("Done again"), t("Nothing to redo"));
  }

  async #back(from, to, url, said, nothing) {
    const ops = from.pop();
    if (!ops) return announce(nothing);
    try {
      for (const op of [...ops].reverse()) await this.during(() => this.api.post(url, { op }));
      to.push(ops);
      setSaveState("saved");
      announce(said);
    } catch (error) {
      if (error.kind === "network") from.push(ops);
      this.refuse(error.message);
    }
    this.arrived();
    return undefined;
  }

  /** Fetch these rows as they are now and keep the place. @param {string[]} ids @param {{focus?: boolean}} [how] */
  async renew(ids, { focus = false } = {}) {
    const shape = new URLSearchParams(location.search);
    shape.delete("open");
    for (const id of ids) {
      shape.set("ids", id);
      const coming = this.#fetchRow(id, `${this.urls.rows}?${shape}`, focus);
      this.#coming.set(id, coming);
      await coming;
      if (this.#coming.get(id) === coming) this.#coming.delete(id);
    }
    this.grid.dispatchEvent(new CustomEvent("renewed"));
  }

  /** One row, in the grid again. */
  async #fetchRow(id, url, focus) {
    const row = this.grid.row(id);
    if (!row) return;
    const had = focus || row.contains(document.activeElement);
    await fetchInto(url, row, "outerHTML");
    this.grid.row(id)?.classList.add("fresh");
    this.grid.prepare();
    this.grid.go(this.grid.place, { focus: had && focusIsLost() });
  }
}
