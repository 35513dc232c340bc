/**
 * When a paragraph counts as read: it was in sight, to its end, for as long as hurried reading of it takes. Without a page.
 */

/** Characters a second that nobody reads faster than; scrolling past is faster, skimming is not. */
export const SPEED = { han: 14, other: 45 };
/** The shortest look, in milliseconds. */
export const GLANCE = 400;
/** A pause of the page (a sleeping tab, a slow machine) is no reading: no more than this is counted at once. */
export const MOST = 2000;

/** Milliseconds that hurried reading takes. @param {string} text */
export function needed(text) {
  const han = (text.match(/\p{Script=Han}/gu) ?? []).length;
  const other = [...text].length - han;
  return Math.max(GLANCE, (1000 * han) / SPEED.han + (1000 * other) / SPEED.other);
}

/**
 * Ranges [from, to) of numbers in order.
 * @param {Iterable<number>} numbers @returns {[number, number][]}
 */
export function ranges(numbers) {
  const found = [];
  for (const n of [...numbers].sort((a, b) => a - b)) {
    if (found.length && found.at(-1)[1] === n) found.at(-1)[1] = n + 1;
    else found.push([n, n + 1]);
  }
  return found;
}

export class Attention {
  #spent = new Map();
  #ended = new Set();

  /** @param {[number, number][]} read ranges of blocks that were read before */
  constructor(read = []) {
    this.read = new Set(read.flatMap(([from, to]) => Array.from({ length: to - from }, (_, at) => from + at)));
  }

  /**
   * Somebody looked at these blocks for so long. The time goes to the first of them that is not read yet, what is left over to the next: a
   * screen full of text takes as long as reading it, not as long as its longest paragraph.
   * @param {{i: number, ended: boolean, text: () => string}[]} visible in order; ended = its last line is in sight
   * @param {number} ms
   * @returns {number[]} blocks that are read now and were not before
   */
  spend(visible, ms) {
    let left = Math.min(ms, MOST);
    const fresh = [];
    for (const { i, ended, text } of visible) {
      if (this.read.has(i)) continue;
      if (ended) this.#ended.add(i);
      const had = this.#spent.get(i) ?? { ms: 0, need: needed(text()) };
      const taken = Math.min(left, Math.max(0, had.need - had.ms));
      left -= taken;
      this.#spent.set(i, { ...had, ms: had.ms + taken });
      if (had.ms + taken >= had.need && this.#ended.has(i)) fresh.push(i);
    }
    for (const i of fresh) {
      this.read.add(i);
      this.#spent.delete(i);
    }
    return fresh;
  }
}
