/**
 * L: this passage says what an existing statement says. Search as you type; Enter = the same, Shift+Enter = a variant, and then what differs.
 */
import { h } from "../dom.js";
import { t } from "../words.js";
import { combo } from "./combo.js";
import { labelOf } from "./facts.js";
import { openPanel } from "./popover.js";
import { shorten } from "./titles.js";

export const DIFFERENCES = ["number", "date", "negation", "modality", "scope"];

/** @typedef {{id: number, label: string, kind: string, text: string, status?: string, documents?: number, where?: string}} Found */

/**
 * @param {object} parts
 * @param {string} parts.quote of the passage @param {(query: string, quote: string, signal: AbortSignal) => Promise<Found[]>} parts.find
 * @param {Record<string, Record<string, string>>} parts.labels @param {HTMLElement} parts.home @param {{left: number, bottom: number}} parts.at
 * @param {(found: Found, fit: "same"|"variant", difference: string|null) => void} parts.onTake @param {() => void} parts.onClose
 */
export function openLink({ quote, find, labels, home, at, onTake, onClose }) {
  const take = (found, other) => (other ? differ(found) : finish(found, "same", null));
  const search = combo({
    label: t("Find an existing statement"), placeholder: t("Words of the statement, or its number"),
    find: (query, signal) => find(query, quote, signal), show: (found) => foundLine(found, labels), take,
  });
  const hint = h("p", { class: "panel-hint" }, h("kbd", { text: "Enter" }), ` ${t("the same")}  `, h("kbd", { text: "Shift+Enter" }), ` ${t("a variant: something differs")}`);
  const body = h("div", { class: "panel-body" }, search.field, search.list, hint);
  const panel = openPanel({ name: "link", label: t("Link to an existing statement"), content: [body], home, at, onClose });
  const finish = (found, fit, difference) => {
    panel.close();
    onTake(found, fit, difference);
  };
  const differ = (found) => {
    const buttons = DIFFERENCES.map((value) => h("button", { type: "button", class: "button small", text: labelOf(labels, "difference", value), on: { click: () => finish(found, "variant", value) } }));
    const choice = h("div", { role: "group", class: "difference", "aria-label": t("What differs?") }, ...buttons);
    body.replaceChildren(h("p", { class: "pick-line" }, ...foundLine(found, labels)), h("p", { class: "panel-hint", text: t("What differs?") }), choice);
    walk(choice);
    buttons[0].focus();
  };
  search.field.focus({ preventScroll: true });
  search.refresh();
}

/** A statement that a search found, in one line. @param {Found} found @param {Record<string, Record<string, string>>} labels */
export function foundLine(found, labels) {
  const more = [labelOf(labels, "status", found.status), found.where].filter(Boolean).join(" · ");
  return [
    h("span", { class: `number-mark kind-${found.kind}`, text: found.label }), h("span", { class: "words", text: shorten(found.text ?? "", 70) }),
    h("span", { class: "hint", text: more }),
  ];
}

/** Arrows between the buttons of a small choice. */
function walk(group) {
  group.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const buttons = [...group.children];
    const next = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
    buttons[next].focus();
    event.preventDefault();
    event.stopPropagation();
  });
}
