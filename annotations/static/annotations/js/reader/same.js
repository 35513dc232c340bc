/**
 * A: the same words elsewhere in this document. First the list, then one write for all of them (and one undo).
 */
import { h } from "../dom.js";
import { t, tn } from "../words.js";
import { openPanel } from "./popover.js";
import { shorten } from "./titles.js";

/** @typedef {{start: number, end: number, clean_start: number, clean_end: number, quote: string, before?: string, after?: string}} Passage */

/**
 * @param {object} parts
 * @param {Passage[]} parts.passages @param {(passage: Passage) => number} parts.paragraph its number
 * @param {HTMLElement} parts.home @param {{left: number, bottom: number}} parts.at
 * @param {() => void} parts.onAccept @param {(passage: Passage) => void} parts.onLook @param {() => void} parts.onClose
 */
export function openSame({ passages, paragraph, home, at, onAccept, onLook, onClose }) {
  const accept = h("button", { type: "button", class: "button primary small", on: { click: () => done() } }, tn("Mark 1 more", "Mark {n} more", passages.length), h("kbd", { text: "Enter" }));
  const cancel = h("button", { type: "button", class: "button quiet small", on: { click: () => panel.close() } }, t("Cancel"), h("kbd", { text: "Esc" }));
  const rows = passages.map((passage) => h("li", {}, h("button", { type: "button", class: "item", on: { click: () => onLook(passage) } }, ...line(passage, paragraph))));
  const title = h("h3", { text: tn("1 more passage with these words", "{n} more passages with these words", passages.length) });
  const panel = openPanel({
    name: "same", label: t("Repeat on all identical passages"), content: [title, h("ol", { class: "passages" }, ...rows), h("div", { class: "form-foot" }, accept, cancel)], home, at, onClose,
  });
  const done = () => {
    panel.close();
    onAccept();
  };
  accept.focus({ preventScroll: true });
}

function line(passage, paragraph) {
  return [h("span", { class: "count", text: `¶ ${paragraph(passage)}` }), h("span", { class: "words" }, passage.before ?? "", h("mark", { text: shorten(passage.quote ?? "", 60) }), passage.after ?? "")];
}
