/** A small repeatable source of numbers for property tests. */

/**
 * @param {number} seed
 * @returns {(below: number) => number} whole numbers in [0, below)
 */
export function random(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return below <= 0 ? 0 : Math.floor((state / 2 ** 32) * below);
  };
}
