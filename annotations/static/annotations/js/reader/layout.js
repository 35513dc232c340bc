/**
 * Where the margin cards stand: each beside its passage, none over another, the current one exactly in place, what does not fit counted.
 */

/** @typedef {{id: number, y: number, height: number, block: number, blockTop: number}} Card y = where its passage begins */
/** @typedef {{placed: {id: number, y: number}[], more: {block: number, y: number, ids: number[]}[]}} Layout */

/**
 * Leave out what does not fit beside its block: the room of a block reaches to the next block that has cards.
 * @param {Card[]} cards in reading order
 * @param {{current: number|null, gap: number, moreHeight: number, open: Set<number>}} options open = blocks whose cards are all asked for
 * @returns {{shown: Card[], hidden: Map<number, number[]>}} hidden ids by block
 */
export function thin(cards, { current, gap, moreHeight, open }) {
  const groups = new Map();
  for (const card of cards) groups.set(card.block, [...(groups.get(card.block) ?? []), card]);
  const list = [...groups.values()];
  const shown = [];
  const hidden = new Map();
  list.forEach((group, index) => {
    const room = index + 1 < list.length ? list[index + 1][0].blockTop - group[0].blockTop : Infinity;
    const kept = open.has(group[0].block) ? group : fitting(group, room, current, gap, moreHeight);
    const left = group.filter((card) => !kept.includes(card)).map((card) => card.id);
    shown.push(...kept);
    if (left.length) hidden.set(group[0].block, left);
  });
  return { shown, hidden };
}

function fitting(group, room, current, gap, moreHeight) {
  // The current card is open and taller; counting it as one line keeps its neighbours where they were when it opens.
  const line = Math.min(...group.map((card) => card.height));
  const need = (count) => count * (line + gap);
  if (need(group.length) <= room || group.length === 1) return group;
  const fit = Math.max(1, Math.floor((room - moreHeight) / (line + gap)));
  const kept = group.slice(0, fit);
  const wanted = group.find((card) => card.id === current);
  if (wanted && !kept.includes(wanted)) kept[kept.length - 1] = wanted;
  return kept;
}

/**
 * Places for cards and for the "+4 here" rows.
 * @param {Card[]} cards in reading order
 * @param {{current?: number|null, gap?: number, moreHeight?: number, open?: Set<number>}} [options]
 * @returns {Layout}
 */
export function layout(cards, { current = null, gap = 4, moreHeight = 24, open = new Set() } = {}) {
  const { shown, hidden } = thin(cards, { current, gap, moreHeight, open });
  const rows = [];
  shown.forEach((card, index) => {
    rows.push({ ...card });
    const last = index + 1 === shown.length || shown[index + 1].block !== card.block;
    if (last && hidden.has(card.block)) rows.push({ id: null, more: hidden.get(card.block), block: card.block, y: card.y, height: moreHeight });
  });
  settle(rows, current, gap);
  return {
    placed: rows.filter((row) => row.id !== null).map(({ id, y }) => ({ id, y })),
    more: rows.filter((row) => row.id === null).map(({ block, y, more }) => ({ block, y, ids: more })),
  };
}

/** Push down what overlaps, but let the current card keep its own place: what stands above it moves up as long as there is room. */
function settle(rows, current, gap) {
  const at = rows.findIndex((row) => row.id !== null && row.id === current);
  if (at > 0) {
    stack(rows.slice(0, at), gap);
    for (let i = at - 1; i >= 0; i -= 1) rows[i].y = Math.min(rows[i].y, rows[i + 1].y - gap - rows[i].height);
  }
  stack(rows, gap);
}

function stack(rows, gap) {
  let ceiling = 0;
  for (const row of rows) {
    row.y = Math.max(row.y, ceiling);
    ceiling = row.y + row.height + gap;
  }
}
