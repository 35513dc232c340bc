/**
 * Marks in the text by the CSS Custom Highlight API: static ranges only, only what is on screen and one screen around it, a few fixed names
 * (never one per annotation). Browsers without it, and readers who want real <mark> elements, get paint-marks.js.
 */
import { oncePerFrame } from "../dom.js";
import { MarkElements } from "./paint-marks.js";
import { lookOf, namesOf, segments } from "./segments.js";

/** Later names are painted over earlier ones. */
const PRIORITY = { tint: 0, depth2: 1, depth3: 1, line: 2, pending: 3, changed: 3, hover: 4, focus: 5, search: 6, "search-now": 7, "selection-kept": 8 };
const SPECIAL = ["hover", "focus", "search", "search-now", "selection-kept"];

export class Painter {
  #names = new Map();
  #painted = [0, -1];
  #special = { current: null, hover: null, kept: null, found: null };
  #fallback = null;

  /**
   * @param {object} parts
   * @param {import("./blocks.js").Blocks} parts.blocks @param {import("./marks.js").Marks} parts.marks
   * @param {import("./store.js").Store} parts.store @param {(tag: number) => string|undefined} parts.colourOf palette name of a tag
   * @param {() => void} [parts.onPaint] after each painting
   */
  constructor({ blocks, marks, store, colourOf, onPaint = () => {} }) {
    Object.assign(this, { blocks, marks, store, colourOf, onPaint });
    const elements = !globalThis.CSS?.highlights || blocks.doc.dataset.marks === "elements";
    if (elements) this.#fallback = new MarkElements(blocks);
    this.request = oncePerFrame(() => this.paint());
    this.moved = oncePerFrame(() => this.#moved());
    marks.addEventListener("change", () => this.request());
    document.addEventListener("scroll", this.moved, { passive: true, capture: true });
    addEventListener("resize", this.request);
  }

  /** The current passage, the one under the pointer (ids); spans: kept as selected while a field has the focus, found by a search: `all`, and the current one `now`. */
  show(special) {
    this.#special = { ...this.#special, ...special };
    this.#paintSpecial();
  }

  /** Paint what is near the screen now. */
  paint() {
    this.#painted = this.blocks.visible(innerHeight);
    const [a, b] = this.#painted;
    const parts = this.#segments(a, b);
    if (this.#fallback) this.#fallback.paint(a, b, parts);
    else this.#fill(parts);
    this.#paintSpecial();
    this.onPaint();
  }

  #segments(a, b) {
    const looks = new Map();
    const look = (id) => {
      if (!looks.has(id)) looks.set(id, lookOf(this.store.get(id), this.colourOf));
      return looks.get(id);
    };
    return segments(this.marks.query(a, b)).map((segment) => ({ ...segment, names: namesOf(segment, look) }));
  }

  #fill(parts) {
    for (const [name, highlight] of this.#names) if (!SPECIAL.includes(name)) highlight.clear();
    for (const { start, end, names } of parts) {
      const ranges = this.#ranges(start, end);
      for (const name of names) for (const range of ranges) this.#highlight(name).add(range);
    }
  }

  #paintSpecial() {
    if (this.#fallback) return;
    const { current, hover, kept, found } = this.#special;
    this.#set("focus", this.#placesOf(current));
    this.#set("hover", hover === current ? [] : this.#placesOf(hover));
    this.#set("search", found ? this.#near(found.all) : []);
    this.#set("search-now", found?.now ? [found.now] : []);
    this.#set("selection-kept", kept ? [[kept.start, kept.end]] : []);
  }

  #near(spans) {
    const [a, b] = this.#painted;
    return spans.filter(([start, end]) => end > a && start < b);
  }

  #placesOf(id) {
    const [a, b] = this.#painted;
    return id === null ? [] : this.marks.query(a, b).filter((item) => item.id === id).map((item) => [item.start, item.end]);
  }

  #set(name, spans) {
    if (!spans.length && !this.#names.has(name)) return;
    const highlight = this.#highlight(name);
    highlight.clear();
    for (const [start, end] of spans) for (const range of this.#ranges(start, end)) highlight.add(range);
  }

  #ranges(start, end) {
    const [a, b] = this.#painted;
    return this.blocks.pieces(Math.max(start, a), Math.min(end, b)).flatMap(({ at, from, to }) => this.#range(at, from, to));
  }

  #range(at, from, to) {
    const first = this.blocks.locate(at, from);
    const last = this.blocks.locate(at, to, true);
    if (!first || !last) return [];
    return [new StaticRange({ startContainer: first.node, startOffset: first.offset, endContainer: last.node, endOffset: last.offset })];
  }

  #highlight(name) {
    let highlight = this.#names.get(name);
    if (!highlight) {
      highlight = new Highlight();
      highlight.priority = PRIORITY[name] ?? PRIORITY[name.split("-")[0]] ?? 0;
      this.#names.set(name, highlight);
      CSS.highlights.set(name, highlight);
    }
    return highlight;
  }

  /** While what is on screen lies inside what was painted, scrolling costs nothing. */
  #moved() {
    const [a, b] = this.blocks.visible(innerHeight / 4);
    if (a < this.#painted[0] || b > this.#painted[1]) this.paint();
  }
}
