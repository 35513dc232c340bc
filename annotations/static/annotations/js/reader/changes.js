/**
 * What a change looks like before the server has answered: pure functions from one state of an annotation to the next.
 */

/** @typedef {import("./store.js").Annotation} Annotation */
/** @typedef {import("./store.js").Statement} Statement */
/** @typedef {{kind: string}|{id: number, fit: string, difference?: string, kind?: string, label?: string}} NewStatement */

/**
 * A statement as shown until it has its number.
 * @param {NewStatement} wanted
 * @returns {Statement}
 */
export function draftStatement(wanted) {
  return {
    occurrence: null,
    id: wanted.id ?? null,
    label: wanted.label ?? null,
    kind: wanted.kind ?? "claim",
    fit: wanted.fit ?? "same",
    status: wanted.status ?? "untriaged",
    verdict: null,
  };
}

/** What the server is told of a new statement. @param {NewStatement} wanted */
export function statementBody(wanted) {
  if (wanted.id === undefined || wanted.id === null) return { kind: wanted.kind };
  const body = { id: wanted.id, fit: wanted.fit ?? "same" };
  return wanted.difference ? { ...body, difference: wanted.difference } : body;
}

/**
 * An annotation as shown until it is saved.
 * @param {number} id temporary
 * @param {{start: number, end: number, space: "clean"|"raw", text: string}} place
 * @param {{tags?: number[], statements?: NewStatement[], note?: string}} fields
 * @param {{id: number, name: string}} me
 * @returns {Annotation}
 */
export function draftAnnotation(id, { start, end, space, text }, { tags = [], statements = [], note = "" }, me) {
  const span = space === "raw" ? { start, end, clean_start: null, clean_end: null } : { start: null, end: null, clean_start: start, clean_end: end };
  return {
    id, version: 0, ...span, quote: text, exact: text, note, tags: [...tags],
    statements: statements.map(draftStatement), creator: { id: me.id, name: me.name }, created_at: "", anchor_state: "ok",
  };
}

/**
 * The state after a PATCH body.
 * @param {Annotation|null} record
 * @param {{note?: string, tags?: number[], add_tags?: number[], remove_tags?: number[], remove_statements?: number[]}} body
 * @param {NewStatement[]} [added] statements to add, with what is known of them
 * @returns {Annotation|null}
 */
export function patched(record, body, added = []) {
  if (!record) return record;
  const tags = body.tags ?? record.tags;
  const gone = new Set(body.remove_tags ?? []);
  const kept = record.statements.filter((statement) => !(body.remove_statements ?? []).includes(statement.occurrence));
  return {
    ...record,
    note: body.note ?? record.note,
    tags: [...new Set([...tags, ...(body.add_tags ?? [])])].filter((tag) => !gone.has(tag)),
    statements: [...kept, ...added.map(draftStatement)],
  };
}

/**
 * The state after facts of one statement changed.
 * @param {Annotation|null} record
 * @param {(statement: Statement) => boolean} which
 * @param {Record<string, unknown>} facts
 */
export function withFacts(record, which, facts) {
  if (!record) return record;
  const statements = record.statements.map((statement) => (which(statement) ? { ...statement, ...facts, prefilled: [] } : statement));
  return { ...record, statements };
}

/**
 * What linking changes on a passage: a fresh number of the same kind gives way to the found statement, otherwise the found one is added.
 * @param {import("./store.js").Annotation} record @param {{id: number, kind: string, label?: string}} found @param {string} fit @param {string|null} difference
 * @returns {{body: {remove_statements?: number[]}, added: object[]}}
 */
export function linkChange(record, found, fit, difference) {
  const sameKind = record.statements.filter((statement) => statement.kind === found.kind && statement.occurrence);
  const fresh = sameKind.length === 1 && sameKind[0].id !== found.id && sameKind[0].status === "untriaged" ? sameKind : [];
  const added = [{ id: found.id, kind: found.kind, label: found.label, status: found.status, fit, ...(difference ? { difference } : {}) }];
  return { body: fresh.length ? { remove_statements: fresh.map((one) => one.occurrence) } : {}, added };
}
