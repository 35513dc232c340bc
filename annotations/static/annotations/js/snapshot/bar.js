/**
 * The bar below a selection in a snapshot: for which claim, which stance; after the first key what was saved. It never takes the focus.
 */
import { h, oncePerFrame } from "../dom.js";
import { letterButtons } from "../key-help.js";
import { standBelow } from "../reader/floating.js";
import { barButton } from "../reader/tagbar.js";
import { shorten } from "../reader/titles.js";
import { oneStop, rove } from "../reader/toolbar.js";
import { t, tn } from "../words.js";
import { COLOURS } from "./records.js";

export class StanceBar {
  #key = "";
  #selected = null;

  /**
   * @param {object} parts
   * @param {HTMLElement} parts.home positioned element that holds the text @param {import("../reader/blocks.js").Blocks} parts.blocks
   * @param {Record<string, string>} parts.stances words by code @param {string[]} parts.where places of the key table @param {() => boolean} parts.single
   */
  constructor({ home, blocks, stances, where, single }) {
    Object.assign(this, { home, blocks, stances, where, single });
    const line = (name, label) => h("div", { class: `bar-line ${name}`, role: "toolbar", "aria-label": label });
    this.first = line("bar-make", t("Quote it as evidence"));
    this.after = line("bar-after", t("The saved evidence"));
    this.element = h("div", { id: "stancebar", class: "tagbar stancebar", hidden: true, data: { keyscope: "bar" } }, this.first, this.after);
    for (const bar of this.element.children) rove(bar);
    home.append(this.element);
    this.stand = oncePerFrame(() => standBelow(this, this.#selected));
    document.addEventListener("scroll", () => this.#selected && this.stand(), { passive: true });
    addEventListener("resize", () => this.#selected && this.stand());
  }

  /**
   * @param {import("../reader/session.js").Selected|null} selected
   * @param {import("./records.js").Evidence|null} record what was made of it @param {import("./desk.js").Desk} desk
   */
  show(selected, record, desk) {
    this.element.hidden = !selected;
    this.#selected = selected;
    if (!selected) return void (this.#key = "");
    const key = JSON.stringify([selected.start, selected.end, record, desk.claim, desk.problem, desk.busy, desk.canUndo, this.single()]);
    if (key !== this.#key) this.#fill(selected, record, desk);
    this.#key = key;
    return this.stand();
  }

  #fill(selected, record, desk) {
    const held = this.element.contains(document.activeElement) ? document.activeElement.dataset.action : null;
    this.first.replaceChildren(...this.#makeLine(selected, record, desk));
    const after = this.#afterLine(record, desk);
    this.after.replaceChildren(...after);
    this.after.hidden = !after.length;
    letterButtons(this.element, this.where, this.single());
    for (const bar of this.element.children) oneStop(bar);
    if (held) this.element.querySelector(`[data-action="${held}"]`)?.focus();
  }

  #makeLine(selected, record, { claim }) {
    const shown = record?.statement ?? claim;
    const words = shown ? `${shown.label} ${shorten(shown.text, 18)}` : t("For which claim?");
    const target = barButton("choose-claim", words, { class: `bar-claim${shown ? ` of-${shown.kind}` : ""}`, title: shown?.text ?? null });
    const stances = Object.entries(this.stances).map(([code, label]) =>
      barButton(code, label, { class: `do-stance tint-${COLOURS[code]}`, "aria-pressed": record ? String(record.stance === code) : null }));
    return [target, h("span", { class: "separator" }), ...stances, h("span", { class: "told bar-count", text: tn("1 character", "{n} characters", selected.points) })];
  }

  #afterLine(record, { busy, problem, canUndo }) {
    const told = (text, state) => h("span", { class: "told bar-saved", data: { state }, text });
    if (busy) return [told(t("Saving"), "saving")];
    if (problem) return [told(t("Not saved: {why}.", { why: problem.replace(/[.。]$/u, "") }), "failed")];
    if (!record) return [];
    const what = t("{stance}: saved for {label}", { stance: this.stances[record.stance] ?? "", label: record.statement.label });
    return [told(what, "saved"), canUndo && barButton("undo", t("Undo")), barButton("edit", t("Page, medium, note"))].filter(Boolean);
  }
}
