/**
 * What machines suggest to mark in this document: dotted in the text, cards apart, one key each. They stand among the passages (J, K, pointer)
 * but are no passages: nothing counts them, and only C or P makes one of them.
 */
import { t } from "../words.js";
import { newKey } from "./api.js";

/** Suggestions and annotations are numbered apart; above this a record is a suggestion. */
export const FROM = 2 ** 45;
const HIDDEN = "reader.suggestions";

/** A suggestion as the reader keeps a passage. @param {object} row as the API gives it */
export function recordOf(row) {
  const { start, end, clean_start, clean_end, quote, version, created_at } = row;
  return { id: FROM + row.id, version, start, end, clean_start, clean_end, quote, created_at, note: "", tags: [], statements: [], creator: null, anchor_state: "ok", comments: 0, suggestion: row };
}

export class Suggestions {
  #rows = new Map();
  #adopting = null;
  #deciding = new Set();
  #timer = 0;

  /** @param {object} reader the parts of the page (main-reader.js) @param {{stack: import("./undo.js").UndoStack}} timeline @param {EventTarget|null} feed @param {boolean} mayMark */
  constructor(reader, timeline, feed, mayMark) {
    Object.assign(this, { reader, timeline, mayMark });
    this.shown = localStorage.getItem(HIDDEN) !== "off";
    const { store, session, writer, urls, doc } = reader;
    store.addEventListener("change", ({ detail }) => detail.ids === null && this.#put());
    session.addEventListener("change", () => !session.selected && (this.#adopting = null));
    writer.addEventListener("saved", () => this.soon());
    const about = ({ document, object_type: type }) => document === Number(doc.dataset.document) && (type === "suggestion" || type === "occurrence" || type === "document");
    feed?.addEventListener("event", ({ detail }) => about(detail) && this.soon());
    feed?.addEventListener("resync", () => this.soon());
    this.wanted = Boolean(urls.suggestions);
  }

  /** How many there are, and how many of them are shown. */
  get size() {
    return this.#rows.size;
  }

  get visible() {
    return this.shown ? this.#rows.size : 0;
  }

  /** Ask once more in a moment: several events are one look. */
  soon() {
    if (this.wanted && !this.#timer) this.#timer = setTimeout(() => this.load(), 150);
  }

  async load() {
    this.#timer = 0;
    if (!this.wanted) return;
    try {
      const { data } = await this.reader.api.get(this.reader.urls.suggestions);
      this.#take(data.results.filter((row) => row.text_version === Number(this.reader.doc.dataset.version)));
    } catch {
      // the passages say it when the server cannot be reached; suggestions can wait
    }
  }

  #take(rows) {
    const { store } = this.reader;
    const now = new Map(rows.map((row) => [FROM + row.id, recordOf(row)]));
    const gone = [...this.#rows.keys()].filter((id) => !now.has(id));
    this.#rows = now;
    for (const id of gone) store.remove(id);
    for (const record of now.values()) if (JSON.stringify(store.get(record.id)) !== JSON.stringify(record)) store.upsert(record);
  }

  #put() {
    for (const record of this.#rows.values()) if (!this.reader.store.get(record.id)) this.reader.store.upsert(record);
  }

  /** The suggestion that the next key acts on, or null. */
  current() {
    const target = this.reader.session.target();
    return target && "id" in target ? (this.reader.store.get(target.id)?.suggestion ?? null) : null;
  }

  /** Show or hide all of them; the choice stays. @param {boolean} shown */
  show(shown) {
    this.shown = shown;
    localStorage.setItem(HIDDEN, shown ? "on" : "off");
  }

  /** Make it a passage of one's own. Who has gone on meanwhile stays where they are. @param {"claim"|"proposal"} kind */
  async accept(kind) {
    const { store, session, say } = this.reader;
    const row = this.current();
    const answer = await this.#decide(row, "suggestion_accept", { kind });
    const made = answer?.data.annotation;
    if (!made) return;
    store.upsert(made);
    if (session.current === null && !session.selected) session.setCurrent(made.id);
    this.#keepForUndo(answer.op, made.id, row);
    say(t("{title} saved", { title: made.statements.map((one) => one.label).filter(Boolean).join(" ") }));
  }

  /** Turn it down for good. The next one is there at once. */
  async reject() {
    const { marks, session, say } = this.reader;
    const row = this.current();
    const { current } = session;
    const next = (marks.next(current, 0) ?? marks.previous(current, 0))?.id ?? null;
    if (current !== null && !this.#deciding.has(row.id) && this.mayMark) session.setCurrent(next);
    const back = () => session.current === next && session.setCurrent(current);
    const answer = await this.#decide(row, "suggestion_reject", {}, back);
    if (!answer) return;
    this.#keepForUndo(answer.op, FROM + row.id, row);
    say(t("Turned down for good. Ctrl+Z brings it back."));
  }

  async #decide(row, address, body, back = () => {}) {
    const { api, urls, store, session, say } = this.reader;
    if (!row || this.#deciding.has(row.id)) return null;
    if (!this.mayMark) return say(t("You can read here, but not mark."));
    this.#deciding.add(row.id);
    try {
      const answer = await api.post(urls[address](row.id), body, { key: newKey() });
      session.forget(FROM + row.id);
      this.#rows.delete(FROM + row.id);
      store.remove(FROM + row.id);
      return answer;
    } catch (error) {
      back(); // before it is said why: moving says where one is
      say(t("Not possible: {why}", { why: error.message }));
      this.soon();
      return null;
    } finally {
      this.#deciding.delete(row.id);
    }
  }

  /** Ctrl+Z takes the decision back, Ctrl+Shift+Z takes it anew. @param {string} op @param {number} id @param {object} row */
  #keepForUndo(op, id, row) {
    const travel = async (kind) => {
      const { api, urls, store, session } = this.reader;
      const { data } = await api.post(urls[kind], { op });
      for (const record of data.results) store.upsert(record);
      for (const gone of data.removed) store.remove(gone);
      await this.load();
      if (store.get(FROM + row.id)) session.setCurrent(FROM + row.id);
    };
    this.timeline.stack.push({ key: op, last: op, id, before: null, after: null, out: null, travel });
  }

  /** Edit first: its words are selected, to be made longer or shorter; C or P then says what was suggested of them. */
  choose() {
    const { session, selection, marks, doc, say } = this.reader;
    const row = this.current();
    if (!row) return;
    const item = marks.all()[marks.rank(FROM + row.id)];
    doc.focus({ preventScroll: true });
    session.setCurrent(null);
    selection.set(item.start, item.end);
    selection.flush();
    this.#adopting = row;
    say(t("Its words are selected: Shift and the arrows change them, C or P saves"));
  }

  /** The statement that the selected words were suggested for, when it is of this kind. @param {"claim"|"proposal"} kind */
  adopted(kind) {
    const row = this.reader.session.bound === null ? this.#adopting : null;
    return row?.statement?.kind === kind ? row : null;
  }
}
