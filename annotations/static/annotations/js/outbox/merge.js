/**
 * Three states of the same fields: as seen before, mine, theirs. What only one side changed is no conflict. Pure.
 */

/** A value as it is compared: names of people, lists in any order, nothing = empty. @param {unknown} value @returns {string} */
export function plain(value) {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(plain).join("; ");
  if (typeof value === "object") return value.name ?? JSON.stringify(value);
  return String(value).trim();
}

/** @param {unknown} a @param {unknown} b */
export const same = (a, b) => plain(a) === plain(b);

/**
 * @param {Record<string, unknown>} before as seen when the edit began @param {Record<string, unknown>} mine @param {Record<string, unknown>} theirs
 * @returns {{field: string, mine: unknown, theirs: unknown}[]} fields that both changed, differently
 */
export function clashes(before, mine, theirs) {
  const fields = Object.keys(before ?? {}).filter((field) => field in mine && field in theirs);
  return fields.filter((field) => !same(theirs[field], before[field]) && !same(theirs[field], mine[field])).map((field) => ({ field, mine: mine[field], theirs: theirs[field] }));
}

/** Both texts, theirs first; nothing twice. @param {string} theirs @param {string} mine */
export function both(theirs, mine) {
  if (theirs.includes(mine)) return theirs;
  return mine.includes(theirs) ? mine : `${theirs}\n${mine}`;
}
