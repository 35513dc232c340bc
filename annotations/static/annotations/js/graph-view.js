/**
 * What part of a picture is seen: pure arithmetic on {x, y, width, height} in the picture's own units. Tested by node --test.
 * @typedef {{x: number, y: number, width: number, height: number}} View
 * @typedef {{width: number, height: number}} Size
 */

/** Nothing is shown larger than this many pixels to a unit, nor smaller than a tenth of what shows all. */
const CLOSEST = 3;
const FARTHEST = 0.6;

/** All of the picture, around it a margin, in the shape of the window. @param {View} whole @param {Size} shown in pixels @returns {View} */
export function all(whole, shown) {
  const scale = Math.min(shown.width / whole.width, shown.height / whole.height);
  const width = shown.width / scale;
  const height = shown.height / scale;
  return { x: whole.x - (width - whole.width) / 2, y: whole.y - (height - whole.height) / 2, width, height };
}

/** All of it when it can be read then, else a readable part around a point, or without one where it begins. @param {View} whole @param {Size} shown @param {{x: number, y: number}|null} point @param {number} least pixels to a unit */
export function readable(whole, shown, point, least) {
  const found = all(whole, shown);
  if (shown.width / found.width >= least) return found;
  const width = shown.width / least;
  const height = shown.height / least;
  if (!point) return kept({ x: whole.x, y: whole.y, width, height }, whole);
  return kept({ x: point.x - width / 2, y: point.y - height / 2, width, height }, whole);
}

/** Closer (factor above 1) or farther, while one point stays where it is. @param {View} view @param {number} factor @param {{x: number, y: number}} point @param {View} whole @param {Size} shown */
export function zoom(view, factor, point, whole, shown) {
  const fitting = shown.width / all(whole, shown).width;
  const now = shown.width / view.width;
  const scale = Math.min(CLOSEST, Math.max(Math.min(fitting * FARTHEST, 1), now * factor));
  const by = now / scale;
  const x = point.x - (point.x - view.x) * by;
  const y = point.y - (point.y - view.y) * by;
  return kept({ x, y, width: view.width * by, height: view.height * by }, whole);
}

/** Moved by units. @param {View} view @param {number} dx @param {number} dy @param {View} whole */
export const pan = (view, dx, dy, whole) => kept({ ...view, x: view.x + dx, y: view.y + dy }, whole);

/** Never so far away that nothing is seen: the middle of the view stays above the picture. @param {View} view @param {View} whole @returns {View} */
export function kept(view, whole) {
  const within = (at, size, from, length) => Math.min(from + length, Math.max(from, at + size / 2)) - size / 2;
  return { ...view, x: within(view.x, view.width, whole.x, whole.width), y: within(view.y, view.height, whole.y, whole.height) };
}

/** Just so far that a box is seen, with some room. @param {View} view @param {View} box @param {View} whole @returns {View} */
export function showing(view, box, whole) {
  const room = Math.min(24, view.width / 10);
  const move = (at, size, from, length) => {
    if (from - room < at) return from - room - at;
    return from + length + room > at + size ? Math.min(from + length + room - at - size, from - room - at) : 0;
  };
  return pan(view, move(view.x, view.width, box.x, box.width), move(view.y, view.height, box.y, box.height), whole);
}

const AHEAD = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** The box that an arrow leads to: the nearest ahead, those to the side counted as farther. @param {View[]} boxes @param {number} from @param {string} key @returns {number} -1 when there is none */
export function ahead(boxes, from, key) {
  const [right, down] = AHEAD[key];
  const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2];
  const [x, y] = middle(boxes[from]);
  let best = -1;
  let least = Infinity;
  for (const [n, box] of boxes.entries()) {
    const [cx, cy] = middle(box);
    const along = (cx - x) * right + (cy - y) * down;
    const aside = Math.abs((cx - x) * down) + Math.abs((cy - y) * right);
    const far = along + aside * 2;
    if (n !== from && along > 1 && far < least) [best, least] = [n, far];
  }
  return best;
}
