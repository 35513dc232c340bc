/**
 * What a write looks like until the server has answered it, and the writes themselves as data. Pure.
 */
import { draftAnnotation, patched, statementBody, withFacts } from "./changes.js";

/** @typedef {import("../outbox/rows.js").Row} Row */

const CREATED = { method: "POST", before: {}, snapshot: null };
/** Lists of a record are named by what is added and taken away, so that two people's tags meet without a conflict. */
const added = (now, wanted) => wanted.filter((one) => !now.includes(one));

/** @param {object} place @param {object} fields @param {number} version of the document @param {string} url */
export function creating({ start, end, space, text, whole }, fields, version, url) {
  const statements = (fields.statements ?? []).map(statementBody);
  const body = { start, end, space, version, tags: fields.tags ?? [], note: fields.note ?? "", statements };
  if (whole) body.exact = text;
  return { ...CREATED, kind: "create", url, body, quote: text, look: { place: { start, end, space, text }, fields, version } };
}

/** @param {object} record as shown @param {object} body of PATCH @param {object[]} statements to add @param {string} url with {id} */
export function patching(record, { tags, ...body }, statements, url) {
  const change = { ...body };
  if (tags) Object.assign(change, { add_tags: added(record.tags, tags), remove_tags: added(tags, record.tags) });
  if (tags && !change.add_tags.length) delete change.add_tags;
  if (tags && !change.remove_tags.length) delete change.remove_tags;
  const sent = statements.length ? { ...change, add_statements: statements.map(statementBody) } : change;
  const before = "note" in change ? { note: record.note ?? "" } : {};
  return { kind: "patch", method: "PATCH", url, body: sent, before, version: versionOf(record), look: { body: change, added: statements }, snapshot: plainOf(record) };
}

/** @param {object} record @param {string} url with {id} */
export const removing = (record, url) => ({ kind: "remove", method: "DELETE", url, body: null, before: {}, version: versionOf(record), look: {}, snapshot: plainOf(record) });

/** @param {object} record @param {{occurrence?: number, kind?: string}} which statement @param {object} facts sent @param {object} seen shown @param {string} url */
export function stating(record, which, facts, seen, url) {
  const statement = record.statements.find(matching(which));
  const before = Object.fromEntries(Object.keys(facts).filter((field) => field !== "like").map((field) => [field, statement?.[field] ?? ""]));
  const occurrence = statement?.occurrence ?? null;
  const version = occurrence ? (statement.occurrence_version ?? statement.version) : null;
  return { kind: "facts", method: "PATCH", url, body: facts, before, occurrence, version, look: { which, seen }, snapshot: plainOf(record) };
}

/** Undo or redo of a write. @param {"undo"|"redo"} kind @param {{key: string, before: object|null, after: object|null}} entry @param {string} url */
export const travelling = (kind, entry, url) => ({
  kind, method: "POST", url, body: { op: entry.key }, before: {}, look: { to: kind === "undo" ? entry.before : entry.after }, snapshot: null,
});

/** @param {{occurrence?: number, kind?: string}} which */
export const matching = (which) => (statement) => (which.occurrence ? statement.occurrence === which.occurrence : statement.kind === which.kind);

/** A record as the server knows it, without what the page adds. @param {object|null} record */
export function plainOf(record) {
  if (!record) return null;
  const { saving, unsaved, problem, kept, ...plain } = record;
  return plain;
}

const versionOf = (record) => (record.id > 0 ? record.version : null);

/**
 * The state of an annotation with this write.
 * @param {Row} row @param {object|null} record @param {{id: number, name: string}} me
 * @returns {object|null}
 */
export function lookOf(row, record, me) {
  const kept = row.state === "waiting" ? record : (record ?? row.snapshot);
  if (row.kind === "create") return draftAnnotation(row.target, row.look.place, row.look.fields, me);
  if (row.kind === "patch") return patched(kept, row.look.body, row.look.added);
  if (row.kind === "facts") return withFacts(kept, matching(row.look.which), row.look.seen);
  if (row.kind === "remove") return row.state === "waiting" ? null : kept;
  if (row.kind === "undo" || row.kind === "redo") return travelled(row.look.to, record);
  return record;
}

function travelled(to, record) {
  if (!to) return null;
  return record ? { ...record, note: to.note, tags: to.tags, statements: to.statements } : to;
}
