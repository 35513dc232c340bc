/**
 * N: what is said about a passage, in a panel beside it: threads, answers, one's own words, settled or not.
 */
import { h } from "../dom.js";
import { t, tn } from "../words.js";
import { etagOf } from "./api.js";
import { commentLines } from "./comments-shown.js";
import { draft, dropDraft, keepDraft } from "./drafts.js";
import { openPanel } from "./popover.js";

const LONGEST = 20000;

/**
 * @param {object} parts
 * @param {number} parts.id of the passage @param {import("./talk.js").Talk} parts.talk @param {object} parts.api @param {(id: number) => string} parts.urlOf one comment
 * @param {{id: number, can: Record<string, boolean>}} parts.me @param {string} parts.locale @param {HTMLElement} parts.home @param {{left: number, bottom: number}} parts.at
 * @param {() => void} parts.onChange something was said @param {() => void} parts.onClose
 */
export function openComments({ id, talk, api, urlOf, me, locale, home, at, onChange, onClose }) {
  const list = h("div", { class: "talk-list", "aria-busy": "true" });
  const problem = h("p", { class: "panel-hint", role: "alert" });
  const panel = openPanel({ name: "talk", label: t("Comments"), content: [h("h3", { text: t("Comments") }), list, problem, composer()].filter(Boolean), home, at, onClose });

  /** Do something and show what is there now; a refusal keeps what was typed. */
  async function run(act) {
    problem.textContent = "";
    try {
      await act();
    } catch (error) {
      problem.textContent = t("Refused: {why}", { why: error.message });
      return false;
    }
    onChange();
    await show();
    return true;
  }

  function field(label, name, send, value = "") {
    const area = h("textarea", { name: "body", rows: "2", required: true, maxlength: String(LONGEST), "aria-label": label, prop: { value: draft(name) ?? value }, on: { input: () => keepDraft(name, area.value) } });
    const submit = async (event) => {
      event.preventDefault();
      if (!area.value.trim() || !(await run(() => send(area.value)))) return;
      dropDraft(name);
      area.value = "";
    };
    const keys = (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing && submit(event);
    return h("form", { class: "talk-form", on: { submit, keydown: keys } }, area, h("button", { class: "button small", text: label }));
  }

  function composer() {
    if (!me.can?.comment) return h("p", { class: "panel-hint", text: t("An annotator can comment.") });
    return field(t("Comment"), `comment.${id}`, (body) => api.post(talk.urlOf(id), { body }));
  }

  const patch = (one, body) => () => api.patch(urlOf(one.id), body, { etag: etagOf(one) });
  const button = (text, click) => h("button", { type: "button", class: "button quiet small", text, on: { click } });
  const swap = (at_, form) => () => {
    at_.replaceChildren(form);
    form.querySelector("textarea").focus();
  };

  function line(one) {
    const box = h("div", { class: one.parent === null ? "" : "reply" }, ...commentLines(one, locale));
    const own = one.author.id === me.id;
    if (one.removed || !me.can?.comment || !(own || me.can.remove_others_comment)) return box;
    const tools = h("div", { class: "actions" });
    const edit = () => field(t("Save"), `comment.edit.${one.id}`, (body) => patch(one, { body })(), one.body);
    tools.append(...[own && button(t("Edit"), () => swap(tools, edit())()), button(t("Remove"), () => run(() => api.remove(urlOf(one.id), { etag: etagOf(one) })))].filter(Boolean));
    box.append(tools);
    return box;
  }

  function thread({ first, replies }) {
    const tools = h("div", { class: "actions" });
    if (me.can?.comment) {
      const answer = () => field(t("Reply"), `comment.reply.${first.id}`, (body) => api.post(talk.urlOf(id), { body, parent: first.id }));
      tools.append(button(t("Reply"), () => swap(tools, answer())()));
      if (!first.removed) tools.append(button(first.resolved ? t("Take up again") : t("Settle"), () => run(patch(first, { resolved: !first.resolved }))));
    }
    return h("article", { class: "thread" }, line(first), ...replies.map(line), tools);
  }

  async function show() {
    try {
      const found = await talk.load(id);
      const open = found.filter(({ first }) => !first.resolved).map(thread);
      const settled = found.filter(({ first }) => first.resolved).map(thread);
      const folded = settled.length ? h("details", { class: "more" }, h("summary", { text: tn("1 settled thread", "{n} settled threads", settled.length) }), ...settled) : null;
      list.replaceChildren(...(open.length || folded ? open : [h("p", { class: "panel-hint", text: t("Nobody has said anything here yet.") })]), ...(folded ? [folded] : []));
    } catch (error) {
      problem.textContent = t("Not possible: {why}", { why: error.message });
    }
    list.removeAttribute("aria-busy");
  }

  show();
  panel.element.querySelector(".talk-form textarea")?.focus({ preventScroll: true });
  return { ...panel, refresh: show };
}
