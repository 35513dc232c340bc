/**
 * Copying: Y gives quote, citation and link; the browser's own copy gives just the text that was selected, without paragraph numbers,
 * buttons or repair marks.
 */
import { h } from "../dom.js";

/**
 * Quote, citation, link; one line each.
 * @param {{quote: string, author?: string, title: string, date?: string, paragraph: number, link: string}} parts
 * @returns {string}
 */
export function citation({ quote, author, title, date, paragraph, link }) {
  const source = [author, title, date, `¶ ${paragraph}`].filter(Boolean).join(", ");
  return `“${quote.replace(/\s*\n\s*/g, " ")}”\n${source}\n${link}`;
}

/**
 * Put text on the clipboard; without the clipboard API (plain http inside a house) through a hidden field.
 * @param {string} text
 * @returns {Promise<boolean>}
 */
export async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return oldWay(text);
  }
}

function oldWay(text) {
  const focused = document.activeElement;
  const field = h("textarea", { class: "visually-hidden", prop: { value: text }, "aria-hidden": "true" });
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  focused?.focus?.({ preventScroll: true });
  return done;
}

/**
 * Let the browser's copy give clean text.
 * @param {import("./blocks.js").Blocks} blocks
 */
export function cleanCopies(blocks) {
  blocks.doc.addEventListener("copy", (event) => {
    const selection = document.getSelection();
    if (!selection?.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const start = blocks.offsetOf(range.startContainer, range.startOffset);
    const end = blocks.offsetOf(range.endContainer, range.endOffset);
    if (start >= end) return;
    event.clipboardData.setData("text/plain", blocks.slice(start, end));
    event.preventDefault();
  });
}
