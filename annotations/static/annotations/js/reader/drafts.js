/**
 * What was typed and not saved: kept in this browser until it is saved or emptied. Works without storage, too, only not beyond the page.
 */

const memory = new Map();

function storage() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null; // A browser may forbid storage altogether.
  }
}

/** @param {string} key @returns {any} null when there is none */
export function draft(key) {
  const text = storage()?.getItem(`draft.${key}`) ?? memory.get(key);
  return text ? JSON.parse(text) : null;
}

/** @param {string} key @param {object} value */
export function keepDraft(key, value) {
  const text = JSON.stringify(value);
  memory.set(key, text);
  try {
    storage()?.setItem(`draft.${key}`, text);
  } catch {
    // Full storage: the copy in memory serves until the page is left.
  }
}

/** @param {string} key */
export function dropDraft(key) {
  memory.delete(key);
  storage()?.removeItem(`draft.${key}`);
}
