/**
 * What a passage is called: on its card, in lists, in announcements.
 */
import { t } from "../words.js";
import { labelOf } from "./facts.js";

/** @typedef {{labels: Record<string, Record<string, string>>, tags: Map<number, {label: string, colour: string}>, locale: string}} Names */

/** @param {import("./store.js").Statement} statement @param {Names} names "P-1", or its kind until it has a number */
export const labelFor = (statement, names) => statement.label || labelOf(names.labels, "kind", statement.kind);

/** The statements of a passage in one line ("P-1 C-1"), or "Highlight". */
export function titleOf(record, names) {
  if (record.suggestion) return record.suggestion.statement ? t("Suggestion: repeats {label}", { label: record.suggestion.statement.label }) : t("Suggestion");
  return record.statements.map((statement) => labelFor(statement, names)).join(" ") || t("Highlight");
}

/** @param {import("./store.js").Annotation} record @param {Names} names @returns {string[]} */
export const tagLabels = (record, names) => record.tags.map((tag) => names.tags.get(tag)?.label).filter(Boolean);

/** A quote cut to a length at a character, with an ellipsis. @param {string} text @param {number} points */
export function shorten(text, points) {
  const characters = [...text.replace(/\s+/g, " ").trim()];
  return characters.length > points ? `${characters.slice(0, points - 1).join("")}…` : characters.join("");
}

/** The two state words of a statement: status, then verdict or progress with its date; empty ones are left out. */
export function stateWords(statement, names) {
  const kind = statement.label ? labelOf(names.labels, "kind", statement.kind) : ""; // without a number the kind stands in its place
  const status = labelOf(names.labels, "status", statement.status);
  const second = labelOf(names.labels, "verdict", statement.verdict) || labelOf(names.labels, "progress", statement.progress);
  const date = statement.verdict ? statement.verdict_as_of : statement.progress_date;
  const asOf = second && date ? t("as of {date}", { date }) : "";
  return [kind, second || status, asOf].filter(Boolean).join(" · ");
}

/** What is not normal about a passage or a statement, each a word on a badge. */
export function badges(record, statement) {
  const list = [];
  if (record.anchor_state && record.anchor_state !== "ok") list.push(t("changed passage"));
  if (statement?.fit === "variant") list.push(t("variant"));
  return list;
}

/** A moment as people say it: the time today, the date otherwise. */
export function moment(iso, locale) {
  if (!iso) return "";
  const date = new Date(iso);
  const today = date.toDateString() === new Date().toDateString();
  const options = today ? { hour: "2-digit", minute: "2-digit" } : { year: "numeric", month: "short", day: "numeric" };
  return new Intl.DateTimeFormat(locale || undefined, options).format(date);
}

/** One spoken line: place in the order, statements, tags. */
export function spokenLine(record, names, rank, size) {
  const tags = tagLabels(record, names);
  const place = t("{n} of {size}", { n: rank + 1, size });
  return [place, titleOf(record, names), tags.join(", "), shorten(record.quote ?? "", 40)].filter(Boolean).join(", ");
}
