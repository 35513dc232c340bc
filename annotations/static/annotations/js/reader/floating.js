/**
 * Where a bar stands that belongs to selected text: below it; while that is on screen, never below the window.
 */
import { place } from "../dom.js";

/**
 * @param {{home: HTMLElement, blocks: import("./blocks.js").Blocks, element: HTMLElement}} parts home = positioned element that holds the text
 * @param {{start: number, end: number}|null} selected
 * @returns {(() => void)|undefined} puts the bar there; nothing when nothing is selected
 */
export function standBelow({ home, blocks, element }, selected) {
  const range = selected && blocks.range(selected.start, selected.end);
  if (!range) return undefined;
  const base = home.getBoundingClientRect();
  const text = blocks.doc.getBoundingClientRect();
  const rects = range.getClientRects();
  const last = rects[rects.length - 1] ?? range.getBoundingClientRect();
  const wide = element.offsetWidth;
  const left = Math.max(8, Math.min(range.getBoundingClientRect().left, text.right - Math.min(wide, text.width), innerWidth - wide - 8));
  const lowest = innerHeight - element.offsetHeight - 56;
  const y = last.bottom < 0 || last.top > innerHeight ? last.bottom + 8 : Math.min(last.bottom + 8, Math.max(lowest, last.top - 40));
  return () => place(element, { x: left - base.left, y: y - base.top });
}
