/**
 * #a=12: the address of one passage. Opening it scrolls there, makes it current and says where one is.
 */

/** @param {string} hash @returns {number|null} */
export function idFromHash(hash) {
  const found = /^#a=(\d+)$/.exec(hash);
  return found ? Number(found[1]) : null;
}

/** @param {number} id */
export const hashOf = (id) => `#a=${id}`;

/**
 * @param {(id: number) => void} go
 * @returns {() => boolean} follow the address now; false when it names no passage
 */
export function watchAddress(go) {
  const follow = () => {
    const id = idFromHash(location.hash);
    if (id !== null) go(id);
    return id !== null;
  };
  addEventListener("hashchange", follow);
  return follow;
}
