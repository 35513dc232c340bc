/**
 * What the keys do to evidence. A stance acts on the evidence of the selected text, else quotes the selected text, else changes the current card.
 */
import { t } from "../words.js";
import { hold, placeFor } from "../reader/holding.js";
import { openClaims, openDetails } from "./panels.js";

export class Acts {
  #last = Promise.resolve();

  /** @param {object} reader the parts of the page (main-snapshot.js) */
  constructor(reader) {
    this.reader = reader;
  }

  /** @returns {import("./records.js").Evidence|null} of the selected text; without a selection the current one */
  #record() {
    const { session, store } = this.reader;
    const id = session.selected ? session.bound : session.current;
    return id === null ? null : store.get(id);
  }

  /** One after the other: a key that is pressed while the last one is being saved waits, and none is lost. @param {() => Promise<unknown>} work */
  #inTurn(work) {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  undo = () => this.#inTurn(() => this.reader.desk.undo());
  redo = () => this.#inTurn(() => this.reader.desk.redo());

  /** @param {"supports"|"refutes"|"context"} code */
  stance(code) {
    const { session, selection } = this.reader;
    selection.flush();
    const { selected, current } = session;
    return this.#inTurn(() => this.#apply(code, selected, current));
  }

  async #apply(code, selected, current) {
    const { session, store, desk, say, labels } = this.reader;
    const id = selected ? this.ownAt(selected) : current;
    const record = id === null ? null : store.get(id);
    if (record) return this.#change(record, code);
    if (!selected) return say(t("Select text first, or choose a passage"));
    if (!desk.claim) return void this.chooseClaim(() => this.stance(code));
    const made = await desk.attach(selected, code, this.#page(selected.start));
    if (made === null) return undefined;
    if (session.selected === selected) session.bind(made);
    return say(t("{stance}: saved for {label}", { stance: labels.stance[code], label: desk.claim.label }));
  }

  async #change(record, code) {
    const { desk, say, labels } = this.reader;
    if (!record.own) return say(t("Only who attached it can change it"));
    if (record.stance === code) return say(t("It says so already"));
    const done = await desk.change(record.id, { stance: code });
    return done ? say(t("{stance}: saved for {label}", { stance: labels.stance[code], label: record.statement.label })) : undefined;
  }

  /** The page of a block, where its file had pages. @param {number} start */
  #page(start) {
    const { blocks } = this.reader;
    return blocks.list[blocks.indexAt(start)]?.element.dataset.page;
  }

  /** L: the evidence that comes next is for this one. @param {() => unknown} [then] what waited for the choice */
  chooseClaim(then) {
    const { session, desk, api, urls, home, labels } = this.reader;
    const quote = session.selected?.text ?? "";
    const find = async (query, signal) => {
      // Words typed are searched for as they are; before, the nearest to the selected text come first.
      const asked = new URLSearchParams(query || !quote ? { q: query, page_size: "20" } : { similar_to: quote.slice(0, 400) });
      const { data } = await api.get(`${urls.statements}?${asked}`, { signal });
      return data.results;
    };
    const onTake = (found) => {
      desk.choose(found);
      // The next key makes evidence of its own for the other one.
      if (session.selected) session.select(session.selected, this.ownAt(session.selected));
      then?.();
    };
    return openClaims({ find, labels, onTake, home, at: placeFor(this.reader), onClose: hold(this.reader) });
  }

  /** Own evidence for the chosen claim on just this text. @param {{start: number, end: number}} selected @returns {number|null} */
  ownAt({ start, end }) {
    const { marks, store, desk } = this.reader;
    const rows = marks.query(start, end).map(({ id }) => store.get(id));
    return rows.find((row) => row.own && row.start === start && row.end === end && row.statement.id === desk.claim?.id)?.id ?? null;
  }

  edit() {
    const { desk, home, labels, say } = this.reader;
    const record = this.#record();
    if (!record) return say(t("Select text first, or choose a passage"));
    if (!record.own) return say(t("Only who attached it can change it"));
    const onSave = (changes) => this.#inTurn(async () => {
      const done = await desk.change(record.id, changes);
      say(done ? t("Saved") : t("Refused: {why}", { why: desk.problem }));
      return done;
    });
    return openDetails({ record, mediums: labels.medium, onSave, home, at: placeFor(this.reader), onClose: hold(this.reader) });
  }

  withdraw() {
    const { desk, say } = this.reader;
    const record = this.#record();
    if (!record?.own) return say(t("Only who attached it can change it"));
    return this.#inTurn(async () => (await desk.withdraw(record.id)) && say(t("Withdrawn. Ctrl+Z brings it back.")));
  }

  openPage() {
    const record = this.#record();
    if (record) location.assign(record.page);
    else this.reader.say(t("Select text first, or choose a passage"));
  }
}
