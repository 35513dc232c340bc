/**
 * Unicode code points (the unit of every offset that leaves the browser) and UTF-16 units (the unit of the DOM).
 */

/** The table of a text without characters beyond U+FFFF. */
const NONE = Object.freeze([]);

/**
 * Code-point positions of all characters that take two UTF-16 units, ascending.
 * @param {string} text
 * @returns {readonly number[]}
 */
export function astralTable(text) {
  if (!/[\ud800-\udbff]/.test(text)) return NONE;
  const table = [];
  let position = 0;
  for (const character of text) {
    if (character.length === 2) table.push(position);
    position += 1;
  }
  return table;
}

/** First index in [0, n) for which test is true, else n; test must be false before and true after. */
export function firstIndex(n, test) {
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * @param {readonly number[]} table of the text, by astralTable
 * @param {number} point code points from the start of the text
 * @returns {number} UTF-16 units
 */
export function toUnits(table, point) {
  return point + firstIndex(table.length, (i) => table[i] >= point);
}

/**
 * @param {readonly number[]} table of the text, by astralTable
 * @param {number} unit UTF-16 units; inside a pair counts as before it
 * @returns {number} code points
 */
export function toPoints(table, unit) {
  const before = firstIndex(table.length, (i) => table[i] + i >= unit);
  return unit - before;
}

/** @param {string} text @returns {number} its length in code points */
export function lengthOf(text) {
  return text.length - astralTable(text).length;
}

/**
 * @param {string} text
 * @param {number} start code points
 * @param {number} end code points
 * @returns {string}
 */
export function slice(text, start, end) {
  const table = astralTable(text);
  return text.slice(toUnits(table, start), toUnits(table, end));
}

let segmenter;
const graphemes = () => (segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" }));

/**
 * Widen [start, end) so that it cuts no character that a reader sees as one (W3C: a position should not lie inside a grapheme cluster).
 * @param {string} text
 * @param {number} start UTF-16 units
 * @param {number} end UTF-16 units
 * @returns {[number, number]} UTF-16 units
 */
export function widenToGraphemes(text, start, end) {
  if (end <= start) return [start, end];
  const segments = graphemes().segment(text);
  const first = segments.containing(start);
  const last = segments.containing(end - 1);
  return [first ? first.index : start, last ? last.index + last.segment.length : end];
}

/**
 * Leave out white space at both ends.
 * @param {string} text
 * @param {number} start UTF-16 units
 * @param {number} end UTF-16 units
 * @returns {[number, number]} UTF-16 units; empty when there is nothing else
 */
export function trimSpace(text, start, end) {
  let from = start;
  let to = end;
  while (from < to && /\s/.test(text[from])) from += 1;
  while (to > from && /\s/.test(text[to - 1])) to -= 1;
  return [from, to];
}
