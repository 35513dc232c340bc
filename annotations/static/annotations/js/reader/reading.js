/**
 * Where the person reads: the reading line, the sentence there (S), the state kept on the server, the foot line.
 */
import { oncePerFrame } from "../dom.js";
import { t } from "../words.js";
import { offsetAt } from "./pointer.js";
import { sentenceAt, sentences } from "./sentences.js";

/** Share of the free window height at which a person is taken to read. */
const LINE = 0.28;
/** Milliseconds of rest before the place is kept. */
const REST = 2500;

/** Upper edge of the text that nothing covers, in window pixels (the style sheet says so by scroll-padding). */
export const coveredTop = () => Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;

export class Reading {
  #timer = 0;
  #kept = null;

  /**
   * @param {object} parts
   * @param {import("./blocks.js").Blocks} parts.blocks @param {(state: object) => Promise<unknown>} parts.keep PUT of the reading state
   * @param {HTMLElement|null} parts.where element for "¶ 6 of 18" @param {boolean} parts.stored may the place be kept (a member reads)
   */
  constructor({ blocks, keep, where, stored }) {
    Object.assign(this, { blocks, keep, where, stored });
    this.follow = oncePerFrame(() => this.#follow());
    document.addEventListener("scroll", this.follow, { passive: true, capture: true });
    this.follow();
  }

  /** Window height of the reading line. */
  get line() {
    const top = coveredTop();
    return top + (innerHeight - top) * LINE;
  }

  /** Index of the block at the reading line; near the end of the page, the last one. */
  get block() {
    const { scrollHeight, scrollTop } = document.scrollingElement;
    const atEnd = scrollTop > 0 && scrollTop + innerHeight >= scrollHeight - 2;
    return this.blocks.atY(atEnd ? innerHeight - 40 : this.line);
  }

  /** Printed number of a block (¶). @param {number} at */
  number(at) {
    const { element, i } = this.blocks.list[at];
    return Number(element.dataset.n ?? i + 1);
  }

  /** The sentence after a span, or the one at the reading line. @param {{end: number}|null} after @returns {[number, number]|null} offsets */
  sentence(after) {
    const at = after ? this.blocks.indexAt(after.end) : this.block;
    const from = after ? Math.max(0, this.blocks.unitOf(at, Math.max(after.end, this.blocks.list[at].start))) : this.#unitAtLine(at);
    return this.#firstFrom(at, from);
  }

  #firstFrom(at, unit) {
    for (let block = at; block >= 0 && block < this.blocks.list.length; block += 1) {
      const spans = sentences(this.blocks.text(block));
      const index = sentenceAt(spans, block === at ? unit : 0);
      const found = spans[index];
      if (found && (block !== at || found[1] > unit)) return [this.blocks.offsetIn(block, found[0]), this.blocks.offsetIn(block, found[1])];
    }
    return null;
  }

  #unitAtLine(at) {
    const box = this.blocks.list[at].element.getBoundingClientRect();
    const offset = offsetAt(this.blocks, box.left + 4, Math.max(this.line, box.top + 4));
    const inside = offset !== null && offset >= this.blocks.list[at].start && offset < this.blocks.list[at].end;
    return inside ? this.blocks.unitOf(at, offset) : 0;
  }

  #follow() {
    if (!this.blocks.list.length) return undefined;
    const at = this.block;
    const last = this.blocks.list.length - 1;
    document.dispatchEvent(new CustomEvent("reading-at", { detail: this.number(at) }));
    const words = t("¶ {n} of {size}", { n: this.number(at), size: this.number(last) });
    clearTimeout(this.#timer);
    if (this.stored) this.#timer = setTimeout(() => this.#rest(this.number(at)), REST);
    return () => {
      if (this.where && this.where.textContent !== words) this.where.textContent = words;
    };
  }

  #rest(paragraph) {
    if (paragraph === this.#kept) return;
    this.#kept = paragraph;
    // The place is a convenience: a lost one is no reason to disturb the reader.
    this.keep({ state: "reading", paragraph }).catch(() => (this.#kept = null));
  }

  /**
   * Home leads back to the paragraph one had come to.
   * @param {{state?: string, paragraph?: string}} kept data-* of #doc @param {(start: number, end: number) => void} show @param {(text: string) => void} tell
   */
  continueAt({ state, paragraph }, show, tell) {
    const at = this.blocks.list.findIndex((_, index) => this.number(index) === Number(paragraph));
    if (state !== "reading" || at < 1 || location.hash || scrollY > 0) return;
    show(this.blocks.list[at].start, this.blocks.list[at].end);
    tell(t("Continued at ¶ {n}", { n: this.number(at) }));
  }

  /** No more keeping of places: the document is being marked as read, and a place that comes after would undo that. */
  stop() {
    this.stored = false;
    clearTimeout(this.#timer);
  }
}

/**
 * Scroll so that a span can be read: not at all when it is in sight, else to the reading line.
 * @param {import("./blocks.js").Blocks} blocks @param {number} start @param {number} end
 */
export function reveal(blocks, start, end) {
  const rect = blocks.range(start, end)?.getBoundingClientRect();
  if (!rect) return;
  const top = coveredTop() + 16;
  const bottom = innerHeight - 120;
  if (rect.top >= top && Math.min(rect.bottom, rect.top + 200) <= bottom) return;
  scrollBy({ top: rect.top - (top + (innerHeight - top) * LINE), behavior: "instant" });
}
