/**
 * Pieces of evidence as marks, cards and bar know them; what the server sends is turned into them here and nowhere else.
 */

/** Palette name of each stance; one that may not be seen has none and is painted plain. */
export const COLOURS = Object.freeze({ supports: "green", refutes: "red", context: "blue" });

/**
 * @typedef {object} Evidence
 * @property {number} id @property {number} version @property {number} start @property {number} end code points of the snapshot's text
 * @property {string} quote @property {string} stance supports | refutes | context | "" (not for this person)
 * @property {string} locator @property {string} medium @property {string} note
 * @property {{id: number, label: string, kind: string, text: string}} statement @property {string} page of the statement
 * @property {{id: number, name: string}} creator @property {string} created_at @property {boolean} own
 * @property {string[]} tags the stance, for the painter @property {object[]} statements none: lines are for passages of documents
 */

/** A piece of evidence of the page. @param {object} row of #snapshot-evidence @returns {Evidence} */
export const fromPage = (row) => ({ ...row, tags: [row.stance], statements: [] });

/**
 * A piece of evidence as the API answers it.
 * @param {object} data @param {{id: number, label: string, kind: string, text: string}} statement @param {{member: {id: number, name: string}, pageOf: (label: string) => string}} about
 * @returns {Evidence}
 */
export function fromAnswer(data, statement, { member, pageOf }) {
  const { id, label, kind, text } = statement;
  const own = { creator: { id: member.id, name: member.name }, own: true, page: pageOf(label), statement: { id, label, kind, text } };
  return fromPage({ ...data, ...own, stance: data.stance ?? "" });
}
