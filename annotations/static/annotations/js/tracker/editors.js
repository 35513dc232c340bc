/**
 * The field for each kind of cell: what it starts from, what is typed or chosen in it, and what the server is told.
 */
import { h } from "../dom.js";
import { t } from "../words.js";

/**
 * @typedef {object} Editor
 * @property {HTMLElement} element what stands in the cell @property {HTMLElement} field what gets the focus
 * @property {() => unknown} value @property {unknown} before
 * @property {(value: unknown) => object} body of the PATCH
 * @property {(statement: object) => string} theirs what the server holds now, in words
 * @property {(statement: object) => unknown} held the same as a value
 */

/**
 * @param {HTMLTableCellElement} cell @param {object} boot data of the page
 * @returns {Editor|null} null when nothing can be chosen here
 */
export function editorFor(cell, boot) {
  const label = cell.dataset.label;
  const make = { text: words, gloss: words, note: words, type: kinds, owner: owners, due: dates, own: tags, tags }[cell.dataset.edit];
  return make ? make(cell, boot, label) : null;
}

const FIELDS = { text: "text", gloss: "gloss_en", note: "note" };

function words(cell, boot, label) {
  const name = FIELDS[cell.dataset.edit];
  const shown = cell.dataset.value ?? cell.querySelector(".words, [title]")?.textContent ?? "";
  const field = h("textarea", { rows: "2", "aria-label": label, lang: cell.querySelector("[lang]")?.lang, prop: { value: shown } });
  return { element: field, field, before: shown, value: () => field.value.trim(), body: (value) => ({ [name]: value }), theirs: (one) => one[name], held: (one) => one[name] };
}

function kinds(cell, boot, label) {
  const { kind } = cell.parentElement.dataset;
  const name = kind === "claim" ? "type" : "mechanism";
  const choices = [{ value: "", label: "—" }, ...boot.types[kind]];
  return choice(cell, choices, label, { body: (value) => ({ [name]: value }), held: (one) => one[name] });
}

function owners(cell, boot, label) {
  const people = boot.people.map((one) => ({ value: String(one.id), label: one.name }));
  const allowed = !boot.can.assign_others ? people : people.filter((one) => one.value === String(boot.me.id) || one.value === cell.dataset.value);
  const body = (value) => ({ assignee: value ? Number(value) : null });
  return choice(cell, [{ value: "", label: t("Nobody") }, ...allowed], label, { body, held: (one) => String(one.assignee ?? "") });
}

function choice(cell, choices, label, { body, held }) {
  const before = cell.dataset.value ?? "";
  const known = choices.some((one) => one.value === before) ? choices : [...choices, { value: before, label: cell.textContent.trim() }];
  const field = h("select", { "aria-label": label }, ...known.map((one) => h("option", { value: one.value, text: one.label, title: one.hint })));
  field.value = before;
  const theirs = (one) => known.find((option) => option.value === held(one))?.label ?? held(one);
  return { element: field, field, before, value: () => field.value, body, theirs, held };
}

function dates(cell, boot, label) {
  const before = cell.dataset.value ?? "";
  const field = h("input", { type: "date", "aria-label": label, value: before });
  const held = (one) => one.due ?? "";
  return { element: field, field, before, value: () => field.value, body: (value) => ({ due: value || null }), theirs: held, held };
}

/** Own columns, and the tags of the passages: typing finds the tag, the chosen ones are chips. */
function tags(cell, boot, label) {
  const own = cell.dataset.set;
  const known = boot.tags.filter((tag) => (own ? tag.set === Number(own) : tag.scope === "annotation"));
  if (!known.length) return null;
  const on = new Set(cell.dataset.tags.split(",").filter(Boolean).map(Number));
  const many = !own || known[0].many;
  const options = known.map((tag) => h("option", { value: String(tag.id), text: tag.label, data: { colour: tag.colour }, selected: on.has(tag.id) }));
  const select = h("select", { multiple: many, id: `cell-${cell.parentElement.dataset.id}-tags` }, ...(many ? [] : [h("option", { value: "", text: "—" })]), ...options);
  if (!many && !on.size) select.value = "";
  const element = h("combo-box", { data: { placeholder: t("Name of a tag") } }, select);
  const value = () => [...select.selectedOptions].map((option) => Number(option.value)).filter(Boolean).sort((a, b) => a - b).join(",");
  const before = [...on].filter((id) => known.some((tag) => tag.id === id)).sort((a, b) => a - b).join(",");
  const ids = (text) => text.split(",").filter(Boolean).map(Number);
  const change = (after) => ({ add: ids(after).filter((id) => !on.has(id)), remove: ids(before).filter((id) => !ids(after).includes(id)) });
  const held = (one) => (one.tags ?? []).filter((id) => known.some((tag) => tag.id === id)).sort((a, b) => a - b).join(",");
  const theirs = (one) => ids(held(one)).map((id) => known.find((tag) => tag.id === id).label).join("; ") || "—";
  const body = (after) => ({ add_tags: change(after).add, remove_tags: change(after).remove });
  return {
    element, get field() { return element.querySelector("input") ?? select; }, name: label, before, value, body, theirs, held,
    bulk: own ? null : (after) => ({ action: "tag", ...change(after) }),
  };
}
