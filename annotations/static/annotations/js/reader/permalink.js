/**
 * #a=12: the address of one passage, #e-12 of one piece of evidence. Opening it scrolls there, makes it current and says where one is.
 * #t=120-126: the address of words that were searched for, as offsets of the clean text.
 */

/** @param {string} hash @returns {number|null} */
export function idFromHash(hash) {
  const found = /^#(?:a=|e-)(\d+)$/.exec(hash);
  return found ? Number(found[1]) : null;
}

/** @param {string} hash @returns {[number, number]|null} */
export function spanFromHash(hash) {
  const found = /^#t=(\d+)-(\d+)$/.exec(hash);
  const span = found && [Number(found[1]), Number(found[2])];
  return span && span[0] < span[1] ? span : null;
}

/** @param {number} id */
export const hashOf = (id) => `#a=${id}`;

/**
 * @param {(id: number) => void} go to a passage @param {(start: number, end: number) => void} find show a span of the clean text
 * @returns {() => boolean} follow the address now; false when it names nothing
 */
export function watchAddress(go, find) {
  const follow = () => {
    const id = idFromHash(location.hash);
    const span = spanFromHash(location.hash);
    if (id !== null) go(id);
    else if (span) find(...span);
    return id !== null || span !== null;
  };
  addEventListener("hashchange", follow);
  return follow;
}
