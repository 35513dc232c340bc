/**
 * The card of a piece of evidence beside the snapshot: a line while it is not current, open with all that is known of it when it is.
 */
import { h } from "../dom.js";
import { barButton } from "../reader/tagbar.js";
import { moment, shorten } from "../reader/titles.js";
import { dressCard } from "../reader/toolbar.js";
import { t } from "../words.js";
import { COLOURS } from "./records.js";

/** @typedef {import("./records.js").Evidence} Evidence */
/** @typedef {{labels: {stance: Record<string, string>, medium: Record<string, string>}, locale: string}} Context */

/**
 * (Re)build the content; the focus stays on the same button.
 * @param {HTMLElement} card @param {Evidence} record @param {boolean} open the current one @param {Context} context
 */
export function fillEvidence(card, record, open, context) {
  card.setAttribute("aria-label", spokenEvidence(record, context.labels));
  dressCard(card, open, () => (open ? openContent(record, context) : [h("p", { class: "line" }, ...lineContent(record, context))]));
}

/** What is read out of it. @param {Evidence} record @param {Context["labels"]} labels */
export const spokenEvidence = (record, labels) => [labels.stance[record.stance], record.statement.label, shorten(record.quote, 60)].filter(Boolean).join(", ");

const number = ({ statement }) => h("span", { class: `number-mark kind-${statement.kind}`, text: statement.label });
const stance = (record, { labels }) => record.stance && h("span", { class: `chip tint-${COLOURS[record.stance]}` }, h("span", { class: "label", text: labels.stance[record.stance] }));

const lineContent = (record, context) => [number(record), stance(record, context), h("q", { class: "words", text: shorten(record.quote, 48) })].filter(Boolean);

function openContent(record, context) {
  const { labels, locale } = context;
  const where = [record.medium === "web_text" ? "" : labels.medium[record.medium], record.locator].filter(Boolean);
  return [
    h("blockquote", { class: "card-quote", text: record.quote }),
    h("div", { class: "card-head" }, number(record), stance(record, context), ...where.map((text) => h("span", { class: "soft", text }))),
    h("p", { class: "card-wording", text: shorten(record.statement.text, 120) }),
    record.note ? h("p", { class: "card-note" }, record.note, " ", h("span", { class: "scope", text: t("internal") })) : null,
    h("div", { class: "card-foot" }, h("span", { class: "card-by", text: [record.creator.name, moment(record.created_at, locale)].filter(Boolean).join(" ") }), tools(record)),
  ].filter(Boolean);
}

function tools(record) {
  const own = record.own ? [barButton("edit", t("Edit")), barButton("withdraw", t("Withdraw"))] : [];
  return h("div", { class: "actions", role: "toolbar", "aria-label": t("This evidence") }, ...own, barButton("open-page", t("Open its page")));
}
