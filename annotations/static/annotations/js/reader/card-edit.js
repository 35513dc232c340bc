/**
 * E: three fields on the card (note, tags, speaker). Ctrl+Enter saves, Esc leaves and keeps what was typed as a draft.
 */
import { h } from "../dom.js";
import { t } from "../words.js";
import { draft, dropDraft, keepDraft } from "./drafts.js";
import { nameOf } from "./facts.js";

/** @typedef {{note: string, tags: number[], speaker: string|null}} Fields speaker null = the passage has no statement */

const same = (a, b) => a.length === b.length && a.every((value) => b.includes(value));

/** The present values of the three fields. @param {import("./store.js").Annotation} record @returns {Fields} */
export function fieldsOf(record) {
  const statement = record.statements.find((one) => one.occurrence);
  return { note: record.note ?? "", tags: [...record.tags], speaker: statement ? nameOf(statement.speaker) : null };
}

/** What has to be sent so that a passage has these fields. @returns {{patch: object|null, facts: object|null}} */
export function changesOf(before, after) {
  const patch = {};
  if (after.note !== before.note) patch.note = after.note;
  if (!same(after.tags, before.tags)) patch.tags = after.tags;
  const facts = after.speaker !== null && after.speaker !== before.speaker ? { speaker: after.speaker } : null;
  return { patch: Object.keys(patch).length ? patch : null, facts };
}

/**
 * Put the form into a card.
 * @param {object} parts
 * @param {HTMLElement} parts.card @param {import("./store.js").Annotation} parts.record
 * @param {{id: number, label: string, colour: string}[]} parts.tags @param {string[]} parts.speakers names known in this document
 * @param {string} parts.key of the draft @param {(changes: {patch: object|null, facts: object|null}) => void} parts.onSave @param {() => void} parts.onClose
 */
export function editCard({ card, record, tags, speakers, key, onSave, onClose }) {
  const before = fieldsOf(record);
  const start = { ...before, ...draft(key) };
  const note = h("textarea", { id: "edit-note", rows: "3", prop: { value: start.note } });
  const boxes = tags.map((tag) => tagBox(tag, start.tags.includes(tag.id)));
  const list = h("datalist", { id: "edit-speakers" }, ...speakers.map((name) => h("option", { value: name })));
  const speaker = before.speaker === null ? null : h("input", { id: "edit-speaker", type: "text", list: "edit-speakers", autocomplete: "off", prop: { value: start.speaker ?? "" } });
  const read = () => ({ note: note.value.trim(), tags: tags.filter((_, index) => boxes[index].box.checked).map((tag) => tag.id), speaker: speaker && speaker.value.trim() });
  const form = h(
    "form", { class: "form card-form", data: { panel: "edit" } },
    field("edit-note", t("Note"), t("internal"), note),
    h("fieldset", { class: "field edit-tags" }, h("legend", { text: t("Tags") }), ...boxes.map((one) => one.label)),
    speaker && field("edit-speaker", t("Who says it"), t("internal"), speaker),
    speaker && list,
    h("div", { class: "form-foot" }, h("button", { type: "submit", class: "button primary small" }, t("Save"), h("kbd", { text: "Ctrl+Enter" })), h("button", { type: "button", class: "button quiet small", on: { click: () => leave() } }, t("Cancel"), h("kbd", { text: "Esc" }))),
  );
  const save = () => {
    dropDraft(key);
    onClose();
    onSave(changesOf(before, read()));
  };
  const leave = () => {
    const now = read();
    const { patch, facts } = changesOf(before, now);
    if (patch || facts) keepDraft(key, now);
    else dropDraft(key);
    onClose();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  form.addEventListener("keydown", (event) => keyed(event, save, leave, speaker));
  card.replaceChildren(form);
  note.focus({ preventScroll: true });
  form.scrollIntoView({ block: "nearest" });
  note.setSelectionRange(note.value.length, note.value.length);
}

/** Enter alone submits nothing here, and Enter and Esc of an input method are its own. */
function keyed(event, save, leave, speaker) {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.repeat) save();
  else if (event.key === "Escape") leave();
  else if (event.key !== "Enter" || event.target !== speaker) return;
  event.preventDefault();
  event.stopPropagation();
}

function field(id, label, reach, control) {
  return h("p", { class: "field" }, h("label", { for: id }, label, " ", h("span", { class: "scope", text: reach })), control);
}

function tagBox(tag, on) {
  const box = h("input", { type: "checkbox", prop: { checked: on } });
  return { box, label: h("label", { class: `chip off tint-${tag.colour}` }, box, tag.label) };
}
