/**
 * A small panel beside the text: one open at a time, Esc closes it and gives the keys back to the text.
 */
import { h, place } from "../dom.js";

let open = null;

/**
 * @param {object} parts
 * @param {string} parts.name class of the panel @param {string} parts.label for assistive technology
 * @param {Node[]} parts.content @param {HTMLElement} parts.home positioned element it stands in
 * @param {{left: number, bottom: number}} parts.at window pixels: it opens below
 * @param {() => void} [parts.onClose] however it was closed
 * @returns {{element: HTMLElement, close: () => void}}
 */
export function openPanel({ name, label, content, home, at, onClose = () => {} }) {
  closePanel();
  const element = h("div", { class: `picker panel panel-${name}`, role: "dialog", "aria-label": label, data: { panel: name } }, ...content);
  home.append(element);
  const panel = { element, close: () => open === panel && closePanel() };
  open = { ...panel, onClose };
  panel.close = () => element.isConnected && closePanel();
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    panel.close();
  });
  stand(element, home, at);
  return panel;
}

function stand(element, home, at) {
  const base = home.getBoundingClientRect();
  const room = Math.min(base.right, innerWidth) - element.offsetWidth - 8;
  const left = Math.max(Math.max(base.left, 0), Math.min(at.left, room));
  place(element, { x: left - base.left, y: at.bottom - base.top + 8 });
  const over = element.getBoundingClientRect().bottom - innerHeight + 8;
  if (over > 0) scrollBy({ top: Math.min(over, element.getBoundingClientRect().top - 80) });
}

/** @returns {boolean} whether one was open */
export function closePanel() {
  if (!open) return false;
  const closing = open;
  open = null;
  closing.element.remove();
  closing.onClose();
  return true;
}

/** @returns {boolean} */
export const panelIsOpen = () => open !== null;
