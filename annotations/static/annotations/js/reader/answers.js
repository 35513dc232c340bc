/**
 * What an answered write means for what is shown, and how things stand with all writes in one word. Pure but for the store it is given.
 */

/** @typedef {import("../outbox/rows.js").Row} Row */
/** Milliseconds for which a write is known as this browser's own. */
const OWN = 10 * 60_000;

/** Writes about writes. @param {Row} row */
export const travels = (row) => row.kind === "undo" || row.kind === "redo";

/**
 * Take the server's answer over.
 * @param {import("./store.js").Store} store @param {Row} row @param {number} target as the page knows it @param {any} data
 * @returns {boolean} false = the answer does not tell how it is now
 */
export function takeAnswer(store, row, target, data) {
  if (!travels(row) && row.kind !== "repeat") {
    store.settle(target, row.key, row.kind === "remove" || data?.removed ? null : (data ?? undefined));
    return true;
  }
  const own = row.kind === "repeat" ? (data?.results ?? []).find((record) => record.id === row.target) : undefined;
  for (const record of data?.results ?? []) if (record !== own) store.upsert(record);
  for (const id of data?.removed ?? []) store.remove(id);
  store.settle(target, row.key, own);
  return row.kind === "repeat" || Boolean(data?.results || data?.removed);
}

/**
 * @param {Row[]} rows @param {string} phase of the courier @param {string} passing why something was refused that is kept nowhere
 * @returns {{phase: string, waiting: number, refused: number, why: string}}
 */
export function summary(rows, phase, passing) {
  const refused = rows.filter((row) => row.state !== "waiting");
  const stuck = new Set(refused.filter((row) => row.kind === "create").map((row) => row.target));
  const waiting = rows.filter((row) => row.state === "waiting" && !stuck.has(row.target)).length;
  return { phase, waiting, refused: refused.length, why: refused[0]?.why || passing };
}

/** An annotation as the server has it. @param {{get: Function}} api @param {string} url @returns {Promise<object|null|undefined>} null = gone, undefined = cannot be known now */
export async function present(api, url) {
  try {
    return (await api.get(url)).data;
  } catch (error) {
    return error.status === 404 || error.status === 410 ? null : undefined;
  }
}

/**
 * Writes that are in the box no more, with the annotation each was about.
 * @param {Row[]} waiting as the page knows them @param {{rows: Row[], done: import("../outbox/rows.js").Done[]}} box
 * @returns {[Row, number][]}
 */
export function missing(waiting, { rows, done }) {
  const there = new Set(rows.map((row) => row.key));
  const saved = new Map(done.map((one) => [one.key, one.real]));
  return waiting.filter((row) => !there.has(row.key)).map((row) => [row, saved.get(row.key) ?? row.target]);
}

/** Keys of the last minutes. */
export class Recent {
  #keys = new Map();

  add(key) {
    this.#keys.set(key, Date.now());
  }

  has(key) {
    for (const [one, at] of this.#keys) if (Date.now() - at > OWN) this.#keys.delete(one);
    return this.#keys.has(key);
  }
}
