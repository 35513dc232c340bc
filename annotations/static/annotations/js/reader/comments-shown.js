/**
 * Comments for reading, on the open card and in the panel.
 */
import { h } from "../dom.js";
import { t } from "../words.js";
import { moment } from "./titles.js";

/** One comment for reading: who, when, the words as typed. @param {import("./talk.js").Comment} one @param {string} locale */
export function commentLines(one, locale) {
  if (one.removed) return [h("p", { class: "said soft", text: t("This comment was removed.") })];
  return [h("p", { class: "said-by" }, h("strong", { text: one.author.name }), ` ${moment(one.created_at, locale)}`), h("p", { class: "said", text: one.body })];
}

/** The thread on an open card. @param {import("./talk.js").Thread[]} threads @param {string} locale @returns {HTMLElement|null} */
export function cardThreads(threads, locale) {
  if (!threads.length) return null;
  const lines = threads.map(({ first, replies }) => h("li", {}, ...commentLines(first, locale), ...replies.map((one) => h("div", { class: "reply" }, ...commentLines(one, locale)))));
  return h("ul", { class: "card-talk", "aria-label": t("Comments") }, ...lines);
}
