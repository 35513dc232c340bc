/**
 * T: a tag by its name, for those without a digit. Enter switches it on or off; the panel stays for the next.
 */
import { h } from "../dom.js";
import { t } from "../words.js";
import { combo } from "./combo.js";
import { openPanel } from "./popover.js";

/**
 * Tags whose label or definition holds the words typed, label hits first.
 * @param {{id: number, label: string, definition?: string}[]} tags @param {string} query
 */
export function findTags(tags, query) {
  const needle = query.normalize("NFKC").toLowerCase();
  const has = (text) => (text ?? "").normalize("NFKC").toLowerCase().includes(needle);
  return [...tags.filter((tag) => has(tag.label)), ...tags.filter((tag) => !has(tag.label) && has(tag.definition))];
}

/**
 * @param {object} parts
 * @param {object[]} parts.tags @param {(tag: number) => boolean} parts.isOn @param {(tag: number) => void} parts.onToggle
 * @param {HTMLElement} parts.home @param {{left: number, bottom: number}} parts.at @param {() => void} parts.onClose
 */
export function openTagNames({ tags, isOn, onToggle, home, at, onClose }) {
  const show = (tag) => [
    h("span", { class: "tick", text: isOn(tag.id) ? "✓" : "" }), h("span", { class: `chip tint-${tag.colour}`, text: tag.label }), h("span", { class: "hint", text: tag.definition ?? "" }),
  ];
  const search = combo({
    label: t("Tag by name"), placeholder: t("Name of a tag"), find: (query) => findTags(tags, query), show, pause: 0,
    take: (tag) => {
      onToggle(tag.id);
      search.field.select();
      search.refresh();
    },
  });
  openPanel({ name: "tags", label: t("Tag by name"), content: [search.field, search.list], home, at, onClose });
  search.field.focus({ preventScroll: true });
  search.refresh();
}
