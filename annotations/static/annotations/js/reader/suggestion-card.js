/**
 * The card of a suggestion, visibly apart from those of people: what it repeats, how alike it is, what differs, why; and four keys.
 */
import { h } from "../dom.js";
import { t } from "../words.js";
import { labelOf } from "./facts.js";
import { barButton } from "./tagbar.js";
import { shorten } from "./titles.js";
import { dressCard } from "./toolbar.js";

/** "Repeats C-12", or "Claim?" @param {object} row @param {import("./titles.js").Names} names */
export function nameOfSuggestion(row, names) {
  return row.statement ? t("Repeats {label}", { label: row.statement.label }) : t("{kind}?", { kind: labelOf(names.labels, "kind", row.kind) });
}

const score = (row) => h("span", { class: "score", title: t("How alike they are, from 0 to 1"), text: row.score.toFixed(2) });

/** "variant: number", or nothing. */
function variant(row, names) {
  if (row.fit !== "variant") return null;
  const what = labelOf(names.labels, "difference", row.difference);
  return h("span", { class: "badge", text: what ? t("variant: {what}", { what }) : t("variant") });
}

/** One line. @param {import("./store.js").Annotation} record @param {import("./titles.js").Names} names */
export function suggestionLine(record, names) {
  const row = record.suggestion;
  const name = h("span", { class: "number-mark kind-suggestion", text: nameOfSuggestion(row, names) });
  return [name, h("q", { class: "words", text: shorten(record.quote ?? "", 40) }), variant(row, names)].filter(Boolean);
}

/** @param {HTMLElement} card @param {import("./store.js").Annotation} record @param {boolean} open @param {object} context as of card.js */
export function fillSuggestion(card, record, open, context) {
  const { names, paragraph } = context;
  const title = nameOfSuggestion(record.suggestion, names);
  card.classList.add("suggestion");
  card.setAttribute("aria-label", t("Suggestion: {title}, paragraph {n}: {quote}", { title, n: paragraph(record), quote: shorten(record.quote ?? "", 60) }));
  dressCard(card, open, () => (open ? content(record, context) : [h("p", { class: "line" }, ...suggestionLine(record, names))]));
}

function content(record, { names, pageOf }) {
  const row = record.suggestion;
  const page = row.statement && pageOf(row.statement);
  const name = nameOfSuggestion(row, names);
  const title = h("span", { class: "number-mark kind-suggestion" }, page ? h("a", { href: page, text: name }) : name);
  const why = row.why.map((one) => h("li", { text: one }));
  return [
    h("p", { class: "suggestion-said soft small", text: row.suggester === "model" ? t("Suggested by a language model") : t("Suggested by the machine") }),
    h("div", { class: "card-head" }, title, score(row), variant(row, names)),
    row.statement ? h("blockquote", { class: "card-wording", text: shorten(row.statement.text, 160) }) : h("blockquote", { class: "card-quote", text: record.quote }),
    why.length ? h("ul", { class: "suggestion-why small" }, ...why) : null,
    h("div", { class: "card-foot" }, h("div", { class: "actions", role: "toolbar", "aria-label": t("This suggestion") }, ...buttons(row))),
  ].filter(Boolean);
}

function buttons(row) {
  const kind = row.statement?.kind ?? row.kind;
  const accept = row.statement ? t("Accept") : { claim: t("Claim"), proposal: t("Proposal") }[kind];
  const other = kind === "claim" ? ["proposal", t("Proposal")] : ["claim", t("Claim")];
  return [
    barButton(kind || "claim", accept ?? t("Claim"), { class: "primary-quiet" }), barButton(...other),
    barButton("edit", t("Edit first")), barButton("reject", t("Turn down")),
  ];
}
