/**
 * F: what is shown, by kind, tag, status and person; each choice with its number of passages.
 */
import { h } from "../dom.js";
import { t, tn } from "../words.js";
import { labelOf } from "./facts.js";
import { counts, everything, isEverything } from "./filters.js";
import { openPanel } from "./popover.js";

/**
 * @param {object} parts
 * @param {import("./store.js").Annotation[]} parts.records all, shown or not @param {import("./filters.js").Filter} parts.filter changed in place
 * @param {{size: number, shown: boolean, show: (shown: boolean) => void}} parts.suggestions
 * @param {import("./titles.js").Names} parts.names @param {HTMLElement} parts.home @param {{left: number, bottom: number}} parts.at
 * @param {() => number} parts.onChange apply; returns how many are shown now @param {() => void} parts.onClose
 * @param {import("./coverage.js").Coverage} parts.coverage
 */
export function openFilter({ records, suggestions, filter, names, home, at, onChange, onClose, coverage }) {
  const found = counts(records);
  const people = new Map(records.map((record) => [record.creator?.id, record.creator?.name]));
  const groups = [
    ["kinds", t("Kind"), (value) => (value === "none" ? t("Tags only") : labelOf(names.labels, "kind", value))],
    ["statuses", t("Status"), (value) => labelOf(names.labels, "status", value)],
    ["tags", t("Tag"), (value) => names.tags.get(value)?.label ?? ""],
    ["people", t("Person"), (value) => people.get(value) ?? ""],
  ];
  const result = h("p", { class: "panel-hint", role: "status" });
  const tell = () => (result.textContent = tn("1 passage shown", "{n} passages shown", onChange()));
  const sets = groups.filter(([group]) => found[group].size).map(([group, label, word]) => fieldset(label, found[group], filter[group], word, tell));
  if (suggestions.size) sets.push(suggested(suggestions, tell));
  const all = h("button", { type: "button", class: "button small", text: t("Show everything"), on: { click: () => reset() } });
  const panel = openPanel({ name: "filter", label: t("What is shown"), content: [h("h3", { text: t("What is shown") }), ...sets, unreadBox(coverage), result, h("div", { class: "form-foot" }, all)], home, at, onClose });
  const reset = () => {
    for (const [group, set] of Object.entries(everything())) filter[group] = set;
    onChange();
    panel.close();
  };
  all.hidden = isEverything(filter);
  panel.element.addEventListener("change", () => (all.hidden = isEverything(filter)));
  tell();
  (panel.element.querySelector("input") ?? all).focus({ preventScroll: true });
}

/** Suggestions are shown or not, whatever else is chosen. */
function suggested(suggestions, onChange) {
  const toggle = (event) => {
    suggestions.show(event.target.checked);
    onChange();
  };
  const box = h("input", { type: "checkbox", prop: { checked: suggestions.shown }, on: { change: toggle } });
  return h("fieldset", {}, h("legend", { text: t("Machine") }), h("label", { class: "check" }, box, ` ${t("Suggestions")} `, h("span", { class: "soft", text: String(suggestions.size) })));
}

function fieldset(label, values, chosen, word, onChange) {
  const rows = [...values].sort((a, b) => b[1] - a[1]).map(([value, n]) => {
    const toggle = (event) => {
      if (event.target.checked) chosen.add(value);
      else chosen.delete(value);
      onChange();
    };
    const box = h("input", { type: "checkbox", prop: { checked: chosen.has(value) }, on: { change: toggle } });
    return h("label", { class: "check" }, box, " ", word(value), " ", h("span", { class: "count", text: String(n) }));
  });
  return h("fieldset", {}, h("legend", { text: label }), ...rows);
}

function unreadBox(coverage) {
  const box = h("input", { type: "checkbox", prop: { checked: coverage.shown }, on: { change: ({ target }) => coverage.show(target.checked) } });
  return h("fieldset", {}, h("legend", { text: t("In the margin") }), h("label", { class: "check" }, box, " ", t("Unread paragraphs"), " ", h("span", { class: "count", text: String(coverage.unread().length) })));
}
