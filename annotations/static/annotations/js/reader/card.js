/**
 * One margin card, from its JSON: a line for the eye while it is not current, open with facts, note and buttons when it is.
 */
import { h } from "../dom.js";
import { t, tn } from "../words.js";
import { cardThreads } from "./comments-shown.js";
import { fillSuggestion, suggestionLine } from "./suggestion-card.js";
import { barButton, factLine, tagButton } from "./tagbar.js";
import { badges, labelFor, moment, shorten, stateWords, titleOf } from "./titles.js";
import { dressCard } from "./toolbar.js";

/** @typedef {import("./store.js").Annotation} Annotation */
/** @typedef {{names: import("./titles.js").Names, tags: object[], paragraph: (record: Annotation) => number, pageOf: (s: object) => string|null, looks: import("./looks.js").Looks}} Context */

/** An empty card; fillCard puts the content in. @param {number} id */
export function makeCard(id) {
  return h("article", { class: "margin-card", tabindex: "-1", data: { card: id, keyscope: "card" } });
}

/**
 * (Re)build the content; the focus stays on the same button.
 * @param {HTMLElement} card @param {Annotation} record @param {boolean} open the current one @param {Context} context
 */
export function fillCard(card, record, open, context) {
  if (record.suggestion) return fillSuggestion(card, record, open, context);
  card.classList.toggle("pending", Boolean(record.unsaved));
  card.setAttribute("aria-label", labelOfCard(record, context));
  return dressCard(card, open, () => (open ? openContent(record, context) : [h("p", { class: "line" }, ...lineContent(record, context))]));
}

function labelOfCard(record, { names, paragraph }) {
  return t("{title}, paragraph {n}: {quote}", { title: titleOf(record, names), n: paragraph(record), quote: shorten(record.quote ?? "", 60) });
}

const number = (statement, names) => h("span", { class: `number-mark kind-${statement.kind}`, text: labelFor(statement, names) });
const chip = (tag) => h("span", { class: `chip tint-${tag.colour}` }, h("span", { class: "label", text: tag.label }));
const chips = (record, names) => record.tags.map((tag) => names.tags.get(tag)).filter(Boolean).map(chip);

/** One line: numbers, the words, tags. Used in the picker, too. */
export function lineContent(record, { names, alsoBy }) {
  if (record.suggestion) return suggestionLine(record, names);
  const others = alsoBy?.(record) ?? [];
  return [
    ...record.statements.map((statement) => number(statement, names)), h("q", { class: "words", text: shorten(record.quote ?? "", 48) }), ...chips(record, names),
    others.length > 0 && h("span", { class: "badge calm", title: t("Also marked by {names}", { names: others.join(", ") }), text: `+${others.length}` }),
    record.comments > 0 && h("span", { class: "badge calm", title: tn("1 comment", "{n} comments", record.comments), text: `“${record.comments}”` }),
    record.unsaved && h("span", { class: "badge stop", text: t("not saved") }),
  ].filter(Boolean);
}

function openContent(record, context) {
  const { names } = context;
  const tags = chips(record, names);
  const others = context.alsoBy?.(record) ?? [];
  return [
    h("blockquote", { class: "card-quote", text: record.quote ?? "" }),
    ...record.statements.flatMap((statement) => statementLines(record, statement, context)),
    record.statements.length ? null : h("div", { class: "card-head" }, h("span", { class: "soft", text: t("Highlight") }), ...badgeList(badges(record))),
    tags.length ? h("p", { class: "chips" }, ...tags) : null,
    record.note ? h("p", { class: "card-note" }, record.note, " ", h("span", { class: "scope", text: t("internal") })) : null,
    others.length ? h("p", { class: "card-also soft small", text: t("Also marked by {names}", { names: others.join(", ") }) }) : null,
    cardThreads(context.talk?.of(record) ?? [], names.locale),
    record.unsaved ? problem(record) : null,
    h("div", { class: "card-foot" }, footLine(record, names), talkButton(record), tools(record, context)),
    moreTools(record, context),
  ].filter(Boolean);
}

/** Why it is not saved, and what can be done about what stays until somebody decides. */
function problem(record) {
  const why = String(record.problem).replace(/[.。]$/u, "");
  const words = h("p", { class: "card-problem", role: "note", text: t("Not saved: {why}.", { why }) });
  if (!record.kept) return words;
  const names = record.kept === "clash" ? [["compare", t("Compare")]] : [["again", t("Try again")], ["edit", t("Edit")]];
  const acts = [...names, ["discard", t("Discard")]].map(([name, label]) => barButton(`unsaved-${name}`, label, { class: "button small" }));
  return h("div", { class: "card-unsaved" }, words, h("div", { class: "actions", role: "toolbar", "aria-label": t("Not saved") }, ...acts));
}

const badgeList = (list) => list.map((text) => h("span", { class: "badge calm", text }));

function statementLines(record, statement, { names, looks }) {
  const head = h("div", { class: "card-head" }, number(statement, names), h("span", { class: "status", text: stateWords(statement, names) }), ...badgeList(badges(record, statement)));
  const facts = factLine(statement, names);
  return [head, facts.length ? h("p", { class: "card-wording dots" }, ...facts) : null, alike(statement, looks.of(statement))].filter(Boolean);
}

/** "Looks like P-9": Same, Variant, Different; only when there is one. */
function alike(statement, other) {
  if (!other) return null;
  const choice = (value, label) => barButton(`alike-${value}`, label, { class: "small", data: { occurrence: statement.occurrence } });
  return h(
    "div", { class: "card-look", role: "toolbar", "aria-label": t("Is it the same?") },
    h("span", { text: t("Looks like {label}: {text}", { label: other.label, text: shorten(other.text ?? "", 40) }) }),
    choice("same", t("Same")), choice("variant", t("Variant")), choice("different", t("Different")),
  );
}

function footLine(record, names) {
  return h("span", { class: "card-by", text: [record.creator?.name, moment(record.created_at, names.locale)].filter(Boolean).join(" ") });
}

/** How much is said about it; leads there. */
function talkButton(record) {
  return record.comments > 0 ? barButton("comment", tn("1 comment", "{n} comments", record.comments)) : null;
}

function tools(record, { pageOf }) {
  const page = record.statements.map(pageOf).find(Boolean);
  const dots = h("button", { type: "button", class: "button quiet", "aria-label": t("More"), "aria-expanded": "false", text: "⋯", data: { action: "card-more" } });
  return h(
    "div", { class: "actions", role: "toolbar", "aria-label": t("This passage") }, barButton("edit", t("Edit")), barButton("link", t("Link")),
    page ? barButton("next-step", t("Next step")) : null, dots,
  );
}

function moreTools(record, { tags, pageOf }) {
  const page = record.statements.map(pageOf).find(Boolean);
  const names = [
    ["claim", t("Claim")], ["proposal", t("Proposal")], ["tag-by-name", t("Tag by name")], ["repeat", t("Repeat on all identical passages")],
    ["same-facts", t("Facts as on the card before")], ["copy", t("Copy with citation")], ...(page ? [["open-page", t("Open its page")]] : []), ["comment", t("Comment")],
    ["more-like", t("Find more like this")], ["remove", t("Remove")],
  ];
  const keyed = tags.filter((tag) => tag.key).map((tag) => tagButton(tag, record.tags.includes(tag.id)));
  const buttons = names.map(([action, label]) => barButton(action, label));
  return h("div", { class: "card-more", role: "toolbar", "aria-label": t("More"), hidden: true }, h("span", { class: "bar-tags" }, ...keyed), ...buttons);
}
