/**
 * The panels of the snapshot page: for which claim (L), and page, medium and note of a piece of evidence (E).
 */
import { h } from "../dom.js";
import { combo } from "../reader/combo.js";
import { draft, dropDraft, keepDraft } from "../reader/drafts.js";
import { foundLine } from "../reader/link.js";
import { openPanel } from "../reader/popover.js";
import { t } from "../words.js";

/**
 * @param {object} parts
 * @param {(query: string, signal: AbortSignal) => Promise<object[]>} parts.find @param {Record<string, Record<string, string>>} parts.labels
 * @param {(found: object) => void} parts.onTake
 * @param {HTMLElement} parts.home @param {{left: number, bottom: number}} parts.at @param {() => void} parts.onClose
 */
export function openClaims({ find, labels, onTake, home, at, onClose }) {
  const take = (found) => {
    panel.close();
    onTake(found);
  };
  const search = combo({ label: t("For which claim or proposal"), placeholder: t("Words of the statement, or its number"), find, show: (found) => foundLine(found, labels), take });
  const body = h("div", { class: "panel-body" }, search.field, search.list);
  const panel = openPanel({ name: "link", label: t("For which claim or proposal"), content: [body], home, at, onClose });
  search.field.focus({ preventScroll: true });
  search.refresh();
}

/**
 * @param {object} parts
 * @param {import("./records.js").Evidence} parts.record @param {Record<string, string>} parts.mediums words by code
 * @param {(changes: object) => Promise<boolean>} parts.onSave @param {HTMLElement} parts.home @param {{left: number, bottom: number}} parts.at
 * @param {() => void} parts.onClose
 */
export function openDetails({ record, mediums, onSave, home, at, onClose }) {
  const key = `evidence.${record.id}`;
  const typed = { locator: record.locator, medium: record.medium, note: record.note, ...draft(key) };
  const locator = h("input", { id: "evidence-locator", maxlength: 200, prop: { value: typed.locator } });
  const options = Object.entries(mediums).map(([value, text]) => h("option", { value, text, prop: { selected: value === typed.medium } }));
  const medium = h("select", { id: "evidence-medium" }, ...options);
  const note = h("textarea", { id: "evidence-note", rows: 3, prop: { value: typed.note } });
  const values = () => ({ locator: locator.value.trim(), medium: medium.value, note: note.value.trim() });
  const save = async (event) => {
    event.preventDefault();
    const found = Object.entries(values()).filter(([name, value]) => value !== record[name]);
    if (found.length && !(await onSave(Object.fromEntries(found)))) return;
    dropDraft(key);
    panel.close();
  };
  const form = h(
    "form", { class: "form card-form panel-body", on: { submit: save, input: () => keepDraft(key, values()) } },
    field(locator, t("Where in it"), t("public")), field(medium, t("Kind of material")), field(note, t("Note"), t("internal")),
    h("div", { class: "form-foot" }, h("button", { class: "button primary", text: t("Save") }), h("button", { type: "button", class: "button quiet", text: t("Cancel"), on: { click: () => panel.close() } })),
  );
  const panel = openPanel({ name: "evidence", label: t("Page, medium, note"), content: [form], home, at, onClose });
  locator.focus({ preventScroll: true });
  locator.select();
}

function field(input, label, scope) {
  return h("div", { class: "field" }, h("label", { for: input.id }, label, " ", scope ? h("span", { class: "scope", text: scope }) : null), input);
}
