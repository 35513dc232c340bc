/**
 * What is shown (F): by person, kind, tag and status; within one group any choice suffices, all groups must agree.
 */

/** @typedef {{people: Set<number>, kinds: Set<string>, tags: Set<number>, statuses: Set<string>}} Filter empty set = everything */

/** @returns {Filter} */
export const everything = () => ({ people: new Set(), kinds: new Set(), tags: new Set(), statuses: new Set() });

/** @param {Filter} filter @returns {boolean} */
export const isEverything = (filter) => Object.values(filter).every((set) => set.size === 0);

/**
 * The values one annotation has in each group. A passage without a statement is of the kind "none".
 * @param {import("./store.js").Annotation} record
 * @returns {{people: number[], kinds: string[], tags: number[], statuses: string[]}}
 */
export function facets(record) {
  const kinds = record.statements.map((statement) => statement.kind);
  return {
    people: record.creator ? [record.creator.id] : [],
    kinds: kinds.length ? kinds : ["none"],
    tags: record.tags,
    statuses: record.statements.map((statement) => statement.status).filter(Boolean),
  };
}

/**
 * @param {Filter} filter
 * @returns {(record: import("./store.js").Annotation) => boolean} what is not saved yet is always shown
 */
export function matcher(filter) {
  if (isEverything(filter)) return () => true;
  return (record) => {
    if (record.saving || record.unsaved) return true;
    const has = facets(record);
    return Object.entries(filter).every(([group, wanted]) => wanted.size === 0 || has[group].some((value) => wanted.has(value)));
  };
}

/**
 * Passages per value of each group, for the numbers beside the choices.
 * @param {import("./store.js").Annotation[]} records
 * @returns {Record<string, Map<number|string, number>>}
 */
export function counts(records) {
  const result = { people: new Map(), kinds: new Map(), tags: new Map(), statuses: new Map() };
  for (const record of records) {
    for (const [group, values] of Object.entries(facets(record))) {
      for (const value of new Set(values)) result[group].set(value, (result[group].get(value) ?? 0) + 1);
    }
  }
  return result;
}
