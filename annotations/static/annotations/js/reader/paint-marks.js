/**
 * Marks as real <mark> elements: for browsers without the Custom Highlight API, and for readers who asked for them (data-marks="elements"),
 * since custom highlights are invisible to assistive technology. A block is rebuilt only when what it shows has changed.
 */

export class MarkElements {
  #blocks;
  #shown = new Map();

  /** @param {import("./blocks.js").Blocks} blocks */
  constructor(blocks) {
    this.#blocks = blocks;
  }

  /**
   * Wrap the segments of the blocks in [a, b).
   * @param {number} a @param {number} b
   * @param {{start: number, end: number, ids: number[], names: string[]}[]} parts disjoint, ascending
   */
  paint(a, b, parts) {
    const wanted = new Map(this.#blocks.pieces(a, b).map(({ at }) => [at, []]));
    for (const part of parts) {
      for (const { at, from, to } of this.#blocks.pieces(part.start, part.end)) wanted.get(at)?.push({ ...part, start: from, end: to });
    }
    for (const [at, list] of wanted) this.#block(at, list);
  }

  #block(at, list) {
    const { element } = this.#blocks.list[at];
    const key = list.map((part) => `${part.start}-${part.end}:${part.names.join(" ")}`).join("|");
    if ((this.#shown.get(element) ?? "") === key) return;
    this.#shown.set(element, key);
    unwrap(element);
    this.#blocks.forget(at);
    // From the end, so that positions before stay right.
    for (const part of list.toReversed()) this.#wrap(at, part);
    this.#blocks.forget(at);
  }

  #wrap(at, part) {
    const from = this.#blocks.locate(at, part.start);
    const to = this.#blocks.locate(at, part.end, true);
    if (!from || !to) return;
    const range = document.createRange();
    range.setStart(from.node, from.offset);
    range.setEnd(to.node, to.offset);
    for (const node of textNodes(range)) wrapNode(node, range, part);
    this.#blocks.forget(at);
  }
}

function textNodes(range) {
  const root = range.commonAncestorContainer;
  if (root.nodeType === Node.TEXT_NODE) return [root];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) if (range.intersectsNode(walker.currentNode)) nodes.push(walker.currentNode);
  return nodes.filter((node) => !node.parentElement.closest("[data-skip],rt,rp"));
}

function wrapNode(node, range, part) {
  const start = node === range.startContainer ? range.startOffset : 0;
  const end = node === range.endContainer ? range.endOffset : node.length;
  if (start >= end) return;
  const middle = start > 0 ? node.splitText(start) : node;
  if (end - start < middle.length) middle.splitText(end - start);
  const mark = document.createElement("mark");
  mark.className = part.names.join(" ");
  mark.dataset.ids = part.ids.join(" ");
  middle.replaceWith(mark);
  mark.append(middle);
}

function unwrap(element) {
  for (const mark of element.querySelectorAll("mark[data-ids]")) mark.replaceWith(...mark.childNodes);
  element.normalize();
}
