/**
 * The margin: an <ol> of cards in reading order, beside their passages, scrolling with the text. Only cards near the screen exist.
 */
import { h, oncePerFrame } from "../dom.js";
import { tn } from "../words.js";
import { fillCard, makeCard } from "./card.js";
import { layout } from "./layout.js";

const GAP = 2;
const lower = (element, y) => element.style.setProperty("inset-block-start", `${Math.round(y)}px`);

export class Cards {
  #slots = new Map();
  #more = [];
  #open = new Set();
  #held = null;
  #hover = null;

  /**
   * @param {object} parts
   * @param {HTMLElement} parts.root the margin (ol#cards) @param {import("./blocks.js").Blocks} parts.blocks
   * @param {import("./marks.js").Marks} parts.marks @param {import("./store.js").Store} parts.store
   * @param {import("./session.js").Session} parts.session @param {import("./card.js").Context} parts.context
   * @param {(card: HTMLElement) => void} parts.letter print letters on the buttons of a card
   * @param {(id: number|null) => void} parts.onHover
   */
  constructor({ root, blocks, marks, store, session, context, letter, onHover }) {
    Object.assign(this, { root, blocks, marks, store, session, context, letter });
    this.list = root;
    root.classList.add("placed");
    this.refresh = oncePerFrame(() => this.#refresh());
    marks.addEventListener("change", (event) => this.#changed(event.detail));
    session.addEventListener("change", this.refresh);
    document.addEventListener("scroll", this.refresh, { passive: true, capture: true });
    addEventListener("resize", this.refresh);
    new ResizeObserver(this.refresh).observe(blocks.doc);
    root.addEventListener("pointerover", (event) => onHover(Number(event.target.closest("[data-card]")?.dataset.card) || null));
    root.addEventListener("pointerleave", () => onHover(null));
  }

  /** Is there room for a margin at all (the style sheet decides)? */
  get narrow() {
    return getComputedStyle(this.root).display === "none";
  }

  /** @param {number} id @returns {HTMLElement|null} its card, when near the screen */
  card(id) {
    return this.#slots.get(id)?.card ?? null;
  }

  /** Lay out now and give the card: for moving the focus to it. @param {number} id */
  bring(id) {
    this.#refresh();
    return this.card(id);
  }

  /** While a card is being edited its content is left alone. @param {number|null} id */
  hold(id) {
    this.#held = id;
    if (id === null) this.renew();
  }

  /** Something the cards show besides their records has changed. */
  renew() {
    for (const slot of this.#slots.values()) slot.record = null;
    this.refresh();
  }

  /** The passage under the pointer. @param {number|null} id */
  hover(id) {
    this.card(this.#hover)?.classList.remove("hover");
    this.#hover = id;
    this.card(id)?.classList.add("hover");
  }

  #changed({ renamed }) {
    if (renamed && this.#slots.has(renamed[0])) {
      const slot = this.#slots.get(renamed[0]);
      this.#slots.delete(renamed[0]);
      slot.card.dataset.card = String(renamed[1]);
      this.#slots.set(renamed[1], slot);
    }
    if (this.#held === renamed?.[0]) this.#held = renamed[1];
    this.refresh();
  }

  #refresh() {
    if (this.narrow) return this.#clear();
    const [a, b] = this.blocks.visible(innerHeight);
    const ids = new Set(this.marks.within(a, b).map((item) => item.id));
    for (const id of [this.session.current, this.#held, this.#focused()]) if (this.marks.rank(id) !== undefined) ids.add(id);
    const order = [...ids].sort((x, y) => this.marks.rank(x) - this.marks.rank(y));
    for (const [id, slot] of this.#slots) if (!ids.has(id)) this.#drop(id, slot);
    order.forEach((id, index) => this.#fill(id, index));
    return this.#arrange(order);
  }

  #clear() {
    for (const [id, slot] of this.#slots) this.#drop(id, slot);
    for (const row of this.#more) row.remove();
  }

  #drop(id, slot) {
    slot.element.remove();
    this.#slots.delete(id);
  }

  #focused() {
    return Number(document.activeElement?.closest("[data-card]")?.dataset.card) || null;
  }

  #fill(id, index) {
    const slot = this.#slots.get(id) ?? this.#make(id);
    const record = this.store.get(id);
    const open = id === this.session.current;
    const stale = slot.record !== record || slot.open !== open;
    if (stale && id !== this.#held) {
      fillCard(slot.card, record, open, this.context);
      if (open) this.letter(slot.card);
      Object.assign(slot, { record, open });
    }
    slot.card.tabIndex = open || (this.session.current === null && index === 0) ? 0 : -1;
    slot.element.setAttribute("aria-posinset", String(this.marks.rank(id) + 1));
    slot.element.setAttribute("aria-setsize", String(this.marks.size));
    if (this.list.children[index] !== slot.element) this.list.insertBefore(slot.element, this.list.children[index] ?? null);
  }

  #make(id) {
    const card = makeCard(id);
    const slot = { card, element: h("li", {}, card), record: null, open: false };
    this.#slots.set(id, slot);
    return slot;
  }

  #arrange(order) {
    const base = this.list.getBoundingClientRect().top;
    for (const id of order) this.#slots.get(id).element.hidden = false;
    const cards = order.map((id) => this.#measure(id, base));
    const { placed, more } = layout(cards, { current: this.session.current, gap: GAP, open: this.#open });
    const shown = new Map(placed.map((one) => [one.id, one.y]));
    for (const id of order) {
      const { element } = this.#slots.get(id);
      element.hidden = !shown.has(id);
      if (shown.has(id)) lower(element, shown.get(id));
    }
    this.#showMore(more);
  }

  #measure(id, base) {
    const [start] = this.#span(id);
    const at = this.blocks.indexAt(start);
    const blockTop = this.blocks.list[at].element.getBoundingClientRect().top - base;
    return { id, y: this.#topOf(at, start, base) ?? blockTop, height: this.#slots.get(id).element.offsetHeight, block: at, blockTop };
  }

  #span(id) {
    const item = this.marks.all()[this.marks.rank(id)];
    return [item.start, item.end];
  }

  #topOf(at, start, base) {
    const position = this.blocks.locate(at, start);
    if (!position) return null;
    const range = document.createRange();
    range.setStart(position.node, position.offset);
    range.setEnd(position.node, Math.min(position.offset + 1, position.node.length));
    const rect = range.getClientRects()[0];
    return rect ? rect.top - base : null;
  }

  #showMore(more) {
    for (const row of this.#more) row.remove();
    this.#more = more.map(({ block, y, ids }) => {
      const button = h("button", { type: "button", class: "link", text: tn("+1 here", "+{n} here", ids.length), on: { click: () => this.#unfold(block) } });
      const row = h("li", { class: "more-here" }, button);
      const before = this.#slots.get(ids[0]).element;
      this.list.insertBefore(row, before);
      lower(row, y);
      return row;
    });
  }

  #unfold(block) {
    this.#open.add(block);
    this.refresh();
  }
}
