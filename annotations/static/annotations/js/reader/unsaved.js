/**
 * What the server refused, or what somebody else changed, too: it stays on its card until this person tries again, edits, compares or discards it.
 */
import { askConflict, chosen } from "../conflict.js";
import { plain } from "../outbox/merge.js";
import { clashesOf } from "../outbox/rows.js";
import { t } from "../words.js";
import { labelOf } from "./facts.js";
import { titleOf } from "./titles.js";

/** @typedef {import("../outbox/rows.js").Row} Row */

export class Unsaved {
  /** @param {object} reader the parts of the page (main-reader.js) @param {{call: Function}} panels */
  constructor(reader, panels) {
    Object.assign(this, { reader, panels });
  }

  /** What the buttons of the card do. */
  buttons() {
    const here = (act) => (button) => act(Number(button.closest("[data-card]").dataset.card));
    return {
      "unsaved-again": here((id) => this.again(id)), "unsaved-discard": here((id) => this.discard(id)), "unsaved-edit": here(() => this.panels.call("edit")),
      "unsaved-compare": here((id) => this.compare(id)),
    };
  }

  #kept(id) {
    return this.reader.writer.of(id).filter((row) => row.state !== "waiting");
  }

  /** Lead to the first of them. */
  show() {
    const { writer, store, marks, session, reveal } = this.reader;
    const row = [...writer.rows.values()].find((one) => one.state !== "waiting");
    if (!row) return;
    const id = store.real(row.target);
    const item = marks.all()[marks.rank(id)];
    if (item) reveal(item.start, item.end);
    session.setCurrent(id);
    if (row.state === "clash") this.compare(id);
  }

  again(id) {
    const { writer, store } = this.reader;
    const version = store.saved(id)?.version;
    for (const row of this.#kept(id)) writer.again({ ...row, state: "waiting", why: "", late: 0, ...(row.kind === "remove" && version ? { version, snapshot: store.saved(id) } : {}) });
  }

  discard(id) {
    const { writer, session, say } = this.reader;
    const kept = this.#kept(id);
    // What hangs on a passage that is never made goes with it.
    writer.drop(kept.some((row) => row.kind === "create") ? writer.of(id) : kept);
    if (!this.reader.store.get(id)) session.forget(id);
    say(t("Discarded"));
  }

  /** The form of the card was saved; where writes were refused, they give way to what it says now. @param {number} id @param {{patch: object|null, facts: object|null}} changes */
  saveFields(id, { patch, facts }) {
    const { writer, actions } = this.reader;
    const kept = this.#kept(id);
    const made = kept.find((row) => row.kind === "create");
    if (made) return writer.again({ ...made, state: "waiting", why: "", body: { ...made.body, ...patch }, look: { ...made.look, fields: { ...made.look.fields, ...patch } } });
    if (kept.some((row) => row.state === "clash")) return this.#retyped(id, kept.filter((row) => row.state === "clash"), { patch, facts });
    const typed = (kind) => kept.filter((row) => row.kind === kind && (kind === "facts" || "note" in row.body));
    const merged = (kind, now) => {
      const rows = typed(kind);
      writer.drop(rows);
      return rows.length ? Object.assign({}, ...rows.map((row) => row.body), now) : now;
    };
    return actions.edit(id, { patch: merged("patch", patch), facts: merged("facts", facts) });
  }

  /** Edited once more while it waits for a decision: mine is what is typed now, and theirs is still to be looked at. */
  #retyped(id, rows, changes) {
    const { writer, store } = this.reader;
    for (const row of rows) {
      const typed = Object.fromEntries(Object.entries(changes[row.kind] ?? {}).filter(([field]) => field in row.body));
      const look = row.kind === "facts" ? { ...row.look, seen: { ...row.look.seen, ...typed } } : { ...row.look, body: { ...row.look.body, ...typed } };
      const next = { ...row, body: { ...row.body, ...typed }, look };
      writer.rows.set(row.key, next);
      store.failOp(row.target, row.key, row.why, "clash");
      writer.keep(() => ({ put: [next] }));
    }
    const { tags } = changes.patch ?? {};
    if (tags) writer.patch(id, { tags }).catch(() => {});
    return this.compare(id);
  }

  /** Side by side, field by field. @param {number} id */
  async compare(id) {
    const { store, writer } = this.reader;
    const rows = this.#kept(id).filter((row) => row.state === "clash");
    const fields = rows.flatMap((row) => clashesOf(row, row.current).map((clash) => this.#field(row, clash)));
    if (!fields.length) return this.again(id);
    const record = store.get(id);
    const choice = await askConflict(fields, { lead: record?.quote ?? "" });
    if (!choice) return undefined;
    for (const row of rows) await this.#settle(row, fields.filter((field) => field.row === row), choice, writer);
    return this.reader.say(t("Saved"));
  }

  #field(row, { field, mine, theirs }) {
    const { names, store } = this.reader;
    const statement = row.kind === "facts" ? store.saved(row.target)?.statements.find((one) => one.occurrence === row.occurrence) : null;
    const label = [statement && titleOf({ statements: [statement] }, names), this.#labels()[field] ?? field].filter(Boolean).join(": ");
    const words = (value) => (names.labels[field] ? labelOf(names.labels, field, plain(value)) : plain(value));
    return { name: `${row.key}.${field}`, label, mine: words(mine), theirs: words(theirs), text: field === "note", row, field, values: { mine, theirs } };
  }

  #labels() {
    return { note: t("Note"), speaker: t("Who says it"), proposer: t("Who proposes"), actor: t("Who should act"), voice: t("Voice"), modality: t("Strength of wording") };
  }

  #settle(row, fields, choice, writer) {
    const body = { ...row.body };
    for (const field of fields) {
      if (choice[field.name] === "theirs") delete body[field.field];
      else if (choice[field.name] === "both") body[field.field] = chosen(field, "both");
    }
    if (!Object.keys(body).length) return writer.drop([row]);
    const before = Object.fromEntries(Object.keys(row.before).filter((name) => name in body).map((name) => [name, fields.find((one) => one.field === name)?.values.theirs ?? row.before[name]]));
    const look = row.kind === "facts" ? { ...row.look, seen: body } : { ...row.look, body: { ...row.look.body, note: body.note } };
    return writer.again({ ...row, body, before, look, state: "waiting", why: "", current: null, late: 0 });
  }
}
