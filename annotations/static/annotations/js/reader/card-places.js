/**
 * Where passages stand and how high their cards are: looked at before anything is changed, so that the page is not laid out in between.
 */

/**
 * Looks up the places of passages beside the text.
 * @param {import("./blocks.js").Blocks} blocks @param {number} base window pixels at which the margin begins
 * @returns {(start: number) => {y: number, block: number, blockTop: number}}
 */
export function placesIn(blocks, base) {
  const tops = new Map();
  const topOfBlock = (at) => {
    if (!tops.has(at)) tops.set(at, blocks.list[at].element.getBoundingClientRect().top - base);
    return tops.get(at);
  };
  return (start) => {
    const block = blocks.indexAt(start);
    const blockTop = topOfBlock(block);
    const rect = lineRect(blocks, block, start);
    return { y: rect ? rect.top - base : blockTop, block, blockTop };
  };
}

function lineRect(blocks, at, start) {
  const position = blocks.locate(at, start);
  if (!position) return null;
  const range = document.createRange();
  range.setStart(position.node, position.offset);
  range.setEnd(position.node, Math.min(position.offset + 1, position.node.length));
  return range.getClientRects()[0];
}

/** What the height of a closed card depends on: it is one line with or without numbers, tags, badges. */
const shapeOf = (record) => [record.statements.length > 0, record.tags.length > 0, Boolean(record.unsaved)].join();

/** Heights of closed cards, measured once for each shape. */
export class Heights {
  #known = new Map();

  /** Letters may have another size now. */
  forget() {
    this.#known.clear();
  }

  /** @param {import("./store.js").Annotation} record @param {() => number} measure */
  of(record, measure) {
    const shape = shapeOf(record);
    if (!this.#known.has(shape)) this.#known.set(shape, measure());
    return this.#known.get(shape);
  }
}
