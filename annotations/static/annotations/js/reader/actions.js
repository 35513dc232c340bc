/**
 * What the keys do to passages: claim, proposal, highlight, tags, facts, removal, undo. Each saves at once; several on one selection make one
 * annotation. A key acts on the selected text's passage, else makes one of the selected text, else on the current card.
 */
import { t } from "../words.js";
import { linkChange } from "./changes.js";
import { carried, factsFor } from "./facts.js";
import { labelFor, titleOf } from "./titles.js";

export class Actions {
  #lastTags = [];

  /**
   * @param {object} parts
   * @param {import("./session.js").Session} parts.session @param {import("./store.js").Store} parts.store
   * @param {import("./marks.js").Marks} parts.marks @param {import("./writer.js").Writer} parts.writer
   * @param {import("./timeline.js").Timeline} parts.timeline @param {import("./selection.js").TextSelection} parts.selection
   * @param {import("./looks.js").Looks} parts.looks @param {import("./titles.js").Names} parts.names @param {(text: string) => void} parts.say
   * @param {boolean} parts.mayMark @param {{id: number}} parts.me
   */
  constructor({ session, store, marks, writer, timeline, selection, looks, names, say, mayMark, me }) {
    Object.assign(this, { session, store, marks, writer, timeline, selection, looks, names, say, mayMark, me });
    writer.addEventListener("saved", (event) => this.#saved(event.detail));
  }

  get hasLastTags() {
    return this.#lastTags.length > 0;
  }

  /** @param {"claim"|"proposal"} kind */
  state(kind) {
    const record = this.#record();
    const own = record?.statements.find((statement) => statement.kind === kind);
    if (own) return this.say(t("{label} is on this passage already", { label: labelFor(own, this.names) }));
    if (record) return this.#patch(record.id, {}, [{ kind }]);
    return this.#make({ statements: [{ kind }] });
  }

  highlight() {
    if (this.#record()) return this.say(t("This passage is marked already"));
    return this.#make({});
  }

  /** @param {number} tag on, or off when the passage has it */
  tag(tag) {
    const record = this.#record();
    if (!record) return this.#make({ tags: [tag] });
    const has = record.tags.includes(tag);
    this.#patch(record.id, has ? { remove_tags: [tag] } : { add_tags: [tag] });
    this.#lastTags = has ? this.#lastTags : [...new Set([...record.tags, tag])];
    return undefined;
  }

  lastTags() {
    if (!this.#lastTags.length) return this.say(t("No tag was used yet"));
    const record = this.#record();
    if (!record) return this.#make({ tags: [...this.#lastTags] });
    const missing = this.#lastTags.filter((tag) => !record.tags.includes(tag));
    return missing.length ? this.#patch(record.id, { add_tags: missing }) : this.say(t("It has these tags already"));
  }

  /** Facts of the statement before, of the same kind, in reading order. */
  sameFacts() {
    const record = this.#record();
    const statement = record?.statements.at(-1);
    if (!statement) return this.say(t("Mark a claim or a proposal first"));
    const before = this.#before(record.id, statement.kind);
    if (!before) return this.say(t("No card before has facts to take over"));
    this.writer.facts(record.id, { kind: statement.kind }, { like: before.occurrence }, carried(before)).catch(() => {});
    return this.say(t("Facts as on {label}", { label: labelFor(before, this.names) }));
  }

  #before(id, kind) {
    for (let item = this.marks.previous(id, 0); item; item = this.marks.previous(item.id, 0)) {
      const found = this.store.get(item.id).statements.findLast((statement) => statement.kind === kind && statement.occurrence);
      if (found) return found;
    }
    return null;
  }

  /** The passage says what a known statement says. @param {object} found @param {"same"|"variant"} fit @param {string|null} difference */
  link(found, fit, difference) {
    const record = this.#record();
    if (record?.statements.some((statement) => statement.id === found.id)) return this.say(t("{label} is on this passage already", { label: found.label }));
    const change = linkChange(record ?? { statements: [] }, found, fit, difference);
    return record ? this.#patch(record.id, change.body, change.added) : this.#make({ statements: change.added });
  }

  /** The answer to "Looks like P-9". @param {number} occurrence @param {"same"|"variant"|"different"} answer */
  alike(occurrence, answer) {
    const record = this.#record();
    const statement = record?.statements.find((one) => one.occurrence === occurrence);
    const other = statement && this.looks.of(statement);
    if (!other) return;
    if (answer === "different") this.looks.dismiss(statement, other);
    else this.#patch(record.id, { remove_statements: [occurrence] }, [{ id: other.id, kind: statement.kind, label: other.label, fit: answer }]);
  }

  /** @param {number} id */
  remove(id) {
    if (!this.#may()) return;
    this.writer.remove(id).catch(() => {});
    this.session.forget(id);
    this.say(t("Removed. Ctrl+Z brings it back."));
  }

  /** Fields of the card's form. @param {number} id @param {{patch: object|null, facts: object|null}} changes @returns {Promise<unknown>} */
  edit(id, { patch, facts }) {
    const work = patch ? [this.writer.patch(id, patch)] : [];
    for (const statement of facts ? this.store.get(id).statements : []) {
      const own = factsFor(facts, statement);
      if (statement.occurrence && Object.keys(own).length) work.push(this.writer.facts(id, { occurrence: statement.occurrence }, own));
    }
    return Promise.all(work);
  }

  undo() {
    return this.#travel(() => this.timeline.undo(), t("Nothing to undo"), t("Undone"));
  }

  redo() {
    return this.#travel(() => this.timeline.redo(), t("Nothing to redo"), t("Done again"));
  }

  async #travel(step, nothing, done) {
    try {
      const entry = await step();
      if (entry) this.rebind(entry.id);
      this.say(entry ? done : nothing);
    } catch (error) {
      this.say(t("Not possible: {why}", { why: error.message }));
    }
  }

  /** After undo or redo the selected text may have its passage no more, or again. @param {number} id */
  rebind(id) {
    const real = this.store.real(id);
    if (!this.store.get(real)) return this.session.forget(real);
    const { selected } = this.session;
    if (selected && this.ownAt(selected) === real) return this.session.bind(real);
    return selected ? undefined : this.session.setCurrent(real);
  }

  /** The own passage that covers just these offsets, or null. @param {{start: number, end: number}} span */
  ownAt({ start, end }) {
    const found = this.marks.within(start, end).find((item) => item.start === start && item.end === end && this.store.get(item.id)?.creator?.id === this.me.id);
    return found?.id ?? null;
  }

  /** The annotation the next key acts on. */
  #record() {
    this.selection.flush();
    const target = this.session.target();
    return target && "id" in target ? this.store.get(target.id) : null;
  }

  #may() {
    if (!this.mayMark) this.say(t("You can read here, but not mark."));
    return this.mayMark;
  }

  #make(fields) {
    const target = this.session.target();
    if (!this.#may()) return;
    if (!target?.selected) return this.say(t("Select text first, or choose a passage"));
    const id = this.writer.create({ ...target.selected, space: this.marks.space }, fields);
    if (fields.tags?.length) this.#lastTags = [...fields.tags];
    this.session.bind(id);
  }

  #patch(id, body, added) {
    if (this.#may()) this.writer.patch(id, body, added).catch(() => {});
  }

  #saved({ id, created }) {
    const record = this.store.get(id);
    if (created && record) this.say(t("{title} saved", { title: titleOf(record, this.names) }));
  }
}
