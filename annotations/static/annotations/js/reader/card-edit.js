/**
 * E: three fields on the card (note, tags, speaker), the rest when asked for. Ctrl+Enter saves, Esc leaves and keeps what was typed as a draft.
 */
import { h } from "../dom.js";
import { t } from "../words.js";
import { draft, dropDraft, keepDraft } from "./drafts.js";
import { namesOf, PROPOSED } from "./facts.js";

/**
 * @typedef {{note: string, tags: number[], speaker: string|null, voice: string|null, modality: string|null, proposer: string|null, actor: string|null}} Fields
 *   a fact is null when the passage has no statement, or none of that kind
 */

/** Facts of every statement of the passage. */
const SAID = ["speaker", "voice", "modality"];
const same = (a, b) => a.length === b.length && a.every((value) => b.includes(value));

/** The present values of the fields. @param {import("./store.js").Annotation} record @returns {Fields} */
export function fieldsOf(record) {
  const stated = record.statements.filter((one) => one.occurrence);
  const proposal = stated.find((one) => one.kind === "proposal");
  const of = (statement, fields) => fields.map((field) => [field, statement ? namesOf(statement[field]) : null]);
  return { note: record.note ?? "", tags: [...record.tags], ...Object.fromEntries([...of(stated[0], SAID), ...of(proposal, PROPOSED)]) };
}

/** What has to be sent so that a passage has these fields. @returns {{patch: object|null, facts: object|null}} */
export function changesOf(before, after) {
  const patch = {};
  if (after.note !== before.note) patch.note = after.note;
  if (!same(after.tags, before.tags)) patch.tags = after.tags;
  const facts = Object.fromEntries([...SAID, ...PROPOSED].filter((field) => (after[field] ?? null) !== null && after[field] !== before[field]).map((field) => [field, after[field]]));
  const some = (object) => (Object.keys(object).length ? object : null);
  return { patch: some(patch), facts: some(facts) };
}

/**
 * Put the form into a card.
 * @param {object} parts
 * @param {HTMLElement} parts.card @param {import("./store.js").Annotation} parts.record
 * @param {{id: number, label: string, colour: string}[]} parts.tags @param {string[]} parts.speakers names known in this document
 * @param {Record<string, Record<string, string>>} parts.labels words of the vocabularies
 * @param {string} parts.key of the draft @param {(changes: {patch: object|null, facts: object|null}) => void} parts.onSave @param {() => void} parts.onClose
 */
export function editCard({ card, record, tags, speakers, labels, key, onSave, onClose }) {
  const before = fieldsOf(record);
  const start = { ...before, ...draft(key) };
  const note = h("textarea", { id: "edit-note", rows: "3", prop: { value: start.note } });
  const boxes = tags.map((tag) => tagBox(tag, start.tags.includes(tag.id)));
  const controls = controlsOf(start, speakers, labels);
  const values = () => Object.fromEntries(Object.entries(controls).map(([field, { control }]) => [field, control.value.trim()]));
  const read = () => ({ ...before, note: note.value.trim(), tags: tags.filter((_, index) => boxes[index].box.checked).map((tag) => tag.id), ...values() });
  const form = h(
    "form", { class: "form card-form", data: { panel: "edit" } },
    field("edit-note", t("Note"), t("internal"), note),
    h("fieldset", { class: "field edit-tags" }, h("legend", { text: t("Tags") }), ...boxes.map((one) => one.label)),
    ...factFields(controls, speakers),
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
  form.addEventListener("keydown", (event) => keyed(event, save, leave));
  card.replaceChildren(form);
  note.focus({ preventScroll: true });
  form.scrollIntoView({ block: "nearest" });
  note.setSelectionRange(note.value.length, note.value.length);
}

/** A control for each fact that this passage has. */
function controlsOf(start, speakers, labels) {
  const made = {
    speaker: [t("Who says it"), named], proposer: [t("Who proposes"), named], actor: [t("Who should act"), named],
    voice: [t("Voice"), chosen(labels.voice)], modality: [t("Strength of wording"), chosen(labels.modality)],
  };
  const here = Object.entries(made).filter(([name]) => start[name] !== null && start[name] !== undefined);
  return Object.fromEntries(here.map(([name, [label, make]]) => [name, { label, control: make(`edit-${name}`, start[name]) }]));
}

const named = (id, value) => h("input", { id, type: "text", list: "edit-names", autocomplete: "off", prop: { value } });

const chosen = (words) => (id, value) => {
  const control = h("select", { id }, h("option", { value: "", text: "—" }), ...Object.entries(words ?? {}).map(([code, text]) => h("option", { value: code, text })));
  control.value = value;
  return control;
};

/** The speaker in sight, the other facts behind one click. */
function factFields({ speaker, ...more }, speakers) {
  if (!speaker) return [];
  const rows = Object.values(more).map(({ label, control }) => field(control.id, label, t("internal"), control));
  const list = h("datalist", { id: "edit-names" }, ...speakers.map((name) => h("option", { value: name })));
  return [field("edit-speaker", speaker.label, t("internal"), speaker.control), h("details", { class: "more" }, h("summary", { text: t("Who says it and how") }), ...rows), list];
}

/** Enter alone submits nothing here, and Enter and Esc of an input method are its own. */
function keyed(event, save, leave) {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.repeat) save();
  else if (event.key === "Escape") leave();
  else if (event.key !== "Enter" || event.target.type !== "text") return;
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
