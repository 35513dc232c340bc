/**
 * The bar below the selection: first what to make of it, after the first key what was saved and what else. It never takes the focus.
 */
import { actionButton, h, oncePerFrame } from "../dom.js";
import { letterButtons } from "../key-help.js";
import { t, tn } from "../words.js";
import { factParts } from "./facts.js";
import { standBelow } from "./floating.js";
import { labelFor, titleOf } from "./titles.js";
import { oneStop, rove } from "./toolbar.js";

/** A quiet button for a bar or a card. */
export const barButton = (action, label, more = {}) => actionButton(action, label, { ...more, class: `button quiet ${more.class ?? ""}`.trim() });

export class TagBar {
  #key = "";
  #selected = null;
  #standing = "saved";
  #shown = [];

  /**
   * @param {object} parts
   * @param {HTMLElement} parts.home positioned element that holds the text @param {import("./blocks.js").Blocks} parts.blocks
   * @param {import("./titles.js").Names} parts.names @param {{id: number, label: string, colour: string, key: string, definition: string}[]} parts.tags
   * @param {string[]} parts.where places of the key table @param {() => boolean} parts.single single keys are on
   */
  constructor({ home, blocks, names, tags, where, single }) {
    Object.assign(this, { home, blocks, names, tags, where, single });
    const line = (name, label) => h("div", { class: `bar-line ${name}`, role: "toolbar", "aria-label": label });
    this.first = line("bar-make", t("Mark the selected text"));
    this.after = line("bar-after", t("The saved passage"));
    this.facts = line("bar-facts", t("Who says it and how"));
    this.extra = line("bar-extra", t("More"));
    this.extra.hidden = true;
    this.element = h("div", { id: "tagbar", class: "tagbar", hidden: true, data: { keyscope: "bar" } }, this.first, this.after, this.facts, this.extra);
    for (const bar of this.element.children) rove(bar);
    home.append(this.element);
    this.stand = oncePerFrame(() => standBelow(this, this.#selected));
    document.addEventListener("scroll", () => this.#selected && this.stand(), { passive: true });
    addEventListener("resize", () => this.#selected && this.stand());
  }

  /**
   * @param {import("./session.js").Selected|null} selected
   * @param {import("./store.js").Annotation|null} record what was made of it
   * @param {{more: number, lastTags: boolean}} around identical passages elsewhere; whether there are last tags
   */
  show(selected, record, around) {
    this.#shown = [selected, record, around];
    this.home.toggleAttribute("data-bar", Boolean(selected));
    this.element.hidden = !selected;
    if (!selected) return this.#close();
    const key = JSON.stringify([selected.start, selected.end, record, around, this.single(), this.#standing]);
    if (key !== this.#key) this.#fill(selected, record, around);
    this.#key = key;
    this.#selected = selected;
    return this.stand();
  }

  /** Why what is not saved yet is not saved yet. @param {string} standing a state of save-state.js */
  follow(standing) {
    if (standing === this.#standing) return;
    this.#standing = standing;
    if (this.#selected) this.show(...this.#shown);
  }

  #close() {
    this.#key = "";
    this.#selected = null;
    this.extra.hidden = true;
  }

  #fill(selected, record, around) {
    const held = this.element.contains(document.activeElement) ? document.activeElement.dataset.action : null;
    this.first.replaceChildren(...this.#makeLine(selected, record, around));
    this.after.replaceChildren(...(record ? this.#afterLine(record, around) : []));
    this.after.hidden = !record;
    const statement = record?.statements.find((one) => one.occurrence);
    const facts = statement ? factLine(statement, this.names) : [];
    this.facts.replaceChildren(...(facts.length ? [h("span", { class: "told dots" }, ...facts), barButton("same-facts", t("as on the card before"))] : []));
    this.facts.hidden = !facts.length;
    this.extra.replaceChildren(...this.#extraLine(facts.length === 0));
    letterButtons(this.element, this.where, this.single());
    for (const bar of this.element.children) oneStop(bar);
    if (held) this.element.querySelector(`[data-action="${held}"]`)?.focus();
  }

  #makeLine(selected, record, { lastTags }) {
    const kinds = ["claim", "proposal"].map((kind) => kindButton(kind, record, this.names));
    const plain = barButton("highlight", t("Highlight"));
    const keyed = this.tags.filter((tag) => tag.key);
    const buttons = keyed.map((tag) => tagButton(tag, record?.tags.includes(tag.id)));
    const more = barButton("tag-by-name", matchMedia("(max-width: 40rem)").matches ? t("Tag") : t("more tags"), { class: "tag-more" });
    const last = lastTags && barButton("last-tags", t("last"), { class: "tag-last" });
    const dots = h("button", { type: "button", class: "button quiet only-icon", "aria-expanded": String(!this.extra.hidden), "aria-label": t("More"), text: "⋯", on: { click: () => this.#unfold(dots) } });
    const count = h("span", { class: "told bar-count", text: tn("1 character", "{n} characters", selected.points) });
    return [...kinds, plain, h("span", { class: "separator" }), h("span", { class: "bar-tags" }, ...buttons, last), more, dots, count].filter(Boolean);
  }

  #afterLine(record, { more }) {
    const waits = { offline: t("Offline, it waits here"), login: t("Signed out, it waits here"), person: t("Signed out, it waits here") }[this.#standing];
    const saving = record.saving && (waits ?? t("Saving"));
    const saved = record.unsaved ? t("Not saved: {why}.", { why: record.problem }) : saving || t("{title} saved", { title: titleOf(record, this.names) });
    return [
      h("span", { class: "told bar-saved", data: { state: record.unsaved ? "failed" : record.saving ? (waits ? "waiting" : "saving") : "saved" }, text: saved }),
      barButton("undo", t("Undo")), barButton("edit", t("Note")), barButton("link", t("Same as an existing one")),
      more > 0 && barButton("repeat", tn("1 more like this", "{n} more like this", more)),
    ].filter(Boolean);
  }

  #extraLine(needsFacts) {
    const meanings = this.tags.filter((tag) => tag.definition || guide(tag).length).flatMap(meaning);
    return [
      barButton("copy", t("Copy with citation")), barButton("repeat", t("Repeat on all identical passages")), barButton("more-like", t("Find more like this")),
      needsFacts && barButton("same-facts", t("Facts as on the card before")), meanings.length ? h("dl", { class: "tag-meanings" }, ...meanings) : null,
    ].filter(Boolean);
  }

  #unfold(dots) {
    this.extra.hidden = !this.extra.hidden;
    dots.setAttribute("aria-expanded", String(!this.extra.hidden));
    oneStop(this.extra);
  }
}

function kindButton(kind, record, names) {
  const own = record?.statements.find((statement) => statement.kind === kind);
  const words = { claim: [t("Claim"), t("also a claim")], proposal: [t("Proposal"), t("also a proposal")] }[kind];
  const label = own ? labelFor(own, names) : record?.statements.length ? words[1] : words[0];
  return barButton(kind, label, { class: `do-${kind}`, "aria-pressed": record ? String(Boolean(own)) : null });
}

/**
 * A tag as a button with its digit.
 * @param {{id: number, label: string, colour: string, key: string, definition: string}} tag @param {boolean} [on]
 */
export function tagButton(tag, on = false) {
  const props = { class: `do-tag tint-${tag.colour}`, "aria-pressed": String(Boolean(on)), title: [tag.definition, ...guide(tag)].filter(Boolean).join("\n") || null };
  return barButton("tag", tag.label, { ...props, data: { press: tag.key || null, tag: tag.id } });
}

const meaning = (tag) => [h("dt", {}, h("span", { class: `chip tint-${tag.colour}`, text: tag.label })), h("dd", {}, tag.definition, ...guide(tag).map((line) => h("span", { class: "tag-guide", text: line })))];

/** When to use a tag, when not, and examples, a line each. @param {{use_when?: string, not_when?: string, examples?: string}} tag */
export function guide({ use_when: use, not_when: not, examples }) {
  return [use && t("Use it when: {words}", { words: use }), not && t("Not when: {words}", { words: not }), examples && t("Examples: {words}", { words: examples })].filter(Boolean);
}

/** The facts of a statement, proposed ones in lighter ink. @returns {HTMLElement[]} */
export function factLine(statement, names) {
  return factParts(statement, names.labels).map((part) => h("span", { class: part.proposed ? "proposed" : null, text: part.text }));
}
