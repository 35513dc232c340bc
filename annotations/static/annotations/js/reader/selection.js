/**
 * Selected text -> offsets, for mouse, touch and keyboard alike. Creates nothing: it only tells what is selected once the person is done.
 * Android sends no pointerup for a selection and iOS no reliable selectstart, so `selectionchange` with a pause is the common ground.
 */
import { trimSpace, widenToGraphemes, lengthOf } from "./codepoints.js";
import { isTyping } from "../key-match.js";

/** Milliseconds without a change after which a selection counts as done (handles of a phone, Shift with arrows). */
const PAUSE = 300;
const AFTER_POINTER = 10;

/** Fires `select` with detail Selected|null (see session.js), only when the offsets changed. */
export class TextSelection extends EventTarget {
  #blocks;
  #told = null;
  #timer = 0;
  #down = false;

  /** @param {import("./blocks.js").Blocks} blocks */
  constructor(blocks) {
    super();
    this.#blocks = blocks;
    const doc = blocks.doc;
    document.addEventListener("selectionchange", () => this.#later(PAUSE));
    doc.addEventListener("pointerdown", (event) => (this.#down = event.pointerType === "mouse" && event.button === 0));
    document.addEventListener("pointerup", () => this.#pointerDone());
    document.addEventListener("pointercancel", () => (this.#down = false));
    document.addEventListener("contextmenu", () => this.#later(AFTER_POINTER));
    document.addEventListener("keyup", (event) => event.key === "Shift" && this.#later(AFTER_POINTER));
  }

  /** What is selected now, without waiting. @returns {import("./session.js").Selected|null} */
  flush() {
    clearTimeout(this.#timer);
    if (this.#elsewhere()) return this.#told;
    return this.#tell(this.#read());
  }

  /** Select a span of the text. @param {number} start @param {number} end */
  set(start, end) {
    const range = this.#blocks.range(start, end);
    if (!range) return;
    document.getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    this.flush();
  }

  /** Give the selection back after a field had the focus. */
  restore() {
    this.#blocks.doc.focus({ preventScroll: true });
    if (this.#told) this.set(this.#told.start, this.#told.end);
  }

  /** Nothing is selected any more. */
  clear() {
    document.getSelection().removeAllRanges();
    clearTimeout(this.#timer);
    this.#tell(null);
  }

  /** A field (not the text) has the keys: what it selects is not ours, and ours must not be lost. */
  #elsewhere() {
    return isTyping(document.activeElement) || Boolean(document.activeElement?.closest("[data-panel]"));
  }

  #later(ms) {
    if (this.#down || this.#elsewhere()) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), ms);
  }

  #pointerDone() {
    if (!this.#down) return;
    this.#down = false;
    this.#later(AFTER_POINTER);
  }

  #tell(selected) {
    const same = selected?.start === this.#told?.start && selected?.end === this.#told?.end;
    if (same) return this.#told;
    this.#told = selected;
    this.dispatchEvent(new CustomEvent("select", { detail: selected }));
    return selected;
  }

  #read() {
    const selection = document.getSelection();
    const doc = this.#blocks.doc;
    if (!selection.rangeCount || selection.isCollapsed) return null;
    if (!doc.contains(selection.anchorNode) && !doc.contains(selection.focusNode)) return null;
    const range = selection.getRangeAt(0);
    return spanOf(this.#blocks, pointOf(this.#blocks, range, "start"), pointOf(this.#blocks, range, "end"));
  }
}

function pointOf(blocks, range, edge) {
  return blocks.offsetOf(range[`${edge}Container`], range[`${edge}Offset`]);
}

/**
 * The passage for two offsets: clamped to blocks (a triple click ends at the start of the next one), without outer white space, no grapheme cut.
 * @param {import("./blocks.js").Blocks} blocks @param {number} start @param {number} end
 * @returns {import("./session.js").Selected|null}
 */
export function spanOf(blocks, start, end) {
  const pieces = blocks.pieces(start, end).map((piece) => tidy(blocks, piece)).filter(Boolean);
  if (!pieces.length) return null;
  const from = pieces[0].from;
  const to = pieces.at(-1).to;
  const text = blocks.slice(from, to);
  return { start: from, end: to, text, points: lengthOf(text), whole: pieces.length === 1 };
}

function tidy(blocks, { at, from, to }) {
  const text = blocks.text(at);
  const wide = widenToGraphemes(text, blocks.unitOf(at, from), blocks.unitOf(at, to));
  const [a, b] = trimSpace(text, ...wide);
  return a < b ? { from: blocks.offsetIn(at, a), to: blocks.offsetIn(at, b) } : null;
}
