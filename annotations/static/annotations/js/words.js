/**
 * Words of the interface: English sentences are the keys, the server sends their translations once per page.
 */

/** @type {Map<string, string>} */
const translated = new Map();

/**
 * Take the translations of this page.
 * @param {Record<string, string>} strings English -> translated
 */
export function loadWords(strings) {
  for (const [key, value] of Object.entries(strings ?? {})) if (value) translated.set(key, value);
}

/**
 * Mark an English text as translatable where it stands in a table; the reader of the table calls t() on it.
 * @param {string} text
 * @returns {string} the same text
 */
export const w = (text) => text;

/**
 * Fill `{name}` places of a text.
 * @param {string} text
 * @param {Record<string, unknown>} [params]
 */
export function fill(text, params = {}) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in params ? String(params[name]) : whole));
}

/**
 * Translate an English text and fill its `{name}` places. An unknown text is shown in English, never as nothing.
 * @param {string} key
 * @param {Record<string, unknown>} [params]
 * @returns {string}
 */
export function t(key, params) {
  return fill(translated.get(key) ?? key, params);
}

/**
 * One of two texts by number; both hold `{n}` or spell the number out.
 * @param {string} one used for 1
 * @param {string} many used for everything else
 * @param {number} n
 * @param {Record<string, unknown>} [params]
 */
export function tn(one, many, n, params = {}) {
  return t(n === 1 ? one : many, { ...params, n });
}
