/**
 * The card of the current passage on a narrow screen: a sheet from below, with the ways to the next and the previous passage.
 */
import { h } from "../dom.js";
import { t } from "../words.js";
import { makeCard } from "./card.js";
import { barButton } from "./tagbar.js";

export class Sheet {
  #shown = { id: null, record: null };
  #held = false;

  /**
   * @param {object} parts
   * @param {import("./session.js").Session} parts.session @param {import("./store.js").Store} parts.store
   * @param {import("./cards.js").Cards} parts.cards @param {import("./card.js").Context} parts.context
   * @param {(card: HTMLElement) => void} parts.letter @param {(id: number) => DOMRect|undefined} parts.boxOf where a passage stands in the window
   */
  constructor({ session, store, cards, context, letter, boxOf }) {
    Object.assign(this, { session, store, cards, context, letter, boxOf });
    this.home = h("div", { class: "sheet-card" });
    this.element = h(
      "section", { id: "sheet", class: "bottom-sheet", hidden: true, "aria-label": t("This passage"), data: { keyscope: "sheet" } },
      h("div", { class: "sheet-bar", role: "toolbar", "aria-label": t("Passages") }, barButton("previous", t("Previous")), barButton("next", t("Next")), barButton("close", t("Close"))),
      this.home,
    );
    document.body.append(this.element);
    letter(this.element);
  }

  /** Show what is current, or nothing. While text is selected the bar has the room. */
  refresh() {
    const { current, selected } = this.session;
    const record = current === null ? null : this.store.get(current);
    const wanted = Boolean(record) && !selected && this.cards.narrow;
    this.element.hidden = !wanted;
    document.documentElement.toggleAttribute("data-sheet", wanted);
    if (!wanted) this.#shown = { id: null, record: null };
    if (!wanted || this.#held || (this.#shown.id === current && this.#shown.record === record)) return;
    this.#shown = { id: current, record };
    const card = makeCard(current);
    this.cards.fill(card, record, true, this.context);
    this.letter(card);
    this.home.replaceChildren(card);
    this.#uncover(current);
  }

  /** The passage stays in sight above the sheet. */
  #uncover(id) {
    const top = this.element.getBoundingClientRect().top;
    const box = this.boxOf(id);
    if (box && box.bottom > top - 16) scrollBy({ top: Math.min(box.bottom - top + 24, box.top - 80), behavior: "instant" });
  }

  /** The card shown, for editing in place. @param {number} id */
  card(id) {
    return this.element.hidden || this.#shown.id !== id ? null : this.home.firstElementChild;
  }

  /** Something the card shows besides its record has changed. */
  renew() {
    this.hold(this.#held);
  }

  /** @param {boolean} held while the card is being edited its content is left alone */
  hold(held) {
    this.#held = held;
    if (!held) this.#shown = { id: null, record: null };
    this.refresh();
  }
}
