/**
 * The margin: an <ol> of cards in reading order, beside their passages, scrolling with the text. Only cards that are near the screen and have
 * room there exist.
 */
import { h, oncePerFrame } from "../dom.js";
import { lower, MoreRows } from "./card-more.js";
import { Heights, placesIn } from "./card-places.js";
import { fillCard, makeCard } from "./card.js";
import { layout } from "./layout.js";

const GAP = 2;

export class Cards {
  #slots = new Map();
  #more = new MoreRows((block) => this.#unfold(block));
  #heights = new Heights();
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
   * @param {typeof fillCard} [parts.fill] what a card says; a passage of a document, unless it is something else
   */
  constructor({ root, blocks, marks, store, session, context, letter, onHover, fill = fillCard }) {
    Object.assign(this, { root, blocks, marks, store, session, context, letter, fill });
    this.list = root;
    root.classList.add("placed");
    this.refresh = oncePerFrame(() => this.#refresh());
    marks.addEventListener("change", (event) => this.#changed(event.detail));
    session.addEventListener("change", this.refresh);
    document.addEventListener("scroll", this.refresh, { passive: true, capture: true });
    const anew = () => this.#anew();
    addEventListener("resize", anew);
    new ResizeObserver(anew).observe(blocks.doc);
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
    this.#refresh()();
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

  #anew() {
    this.#heights.forget();
    this.refresh();
  }

  /** Looks where the passages stand; what it gives back puts the cards beside them. */
  #refresh() {
    if (this.narrow) return () => this.#clear();
    const needed = [this.session.current, this.#held, this.#focused()].filter((id) => this.marks.rank(id) !== undefined);
    const { blocks } = this;
    const starts = this.marks.starts(blocks.visible(innerHeight), blocks.visible(0), needed, (offset) => blocks.holds(offset));
    const order = [...starts.keys()].sort((x, y) => starts.get(x) - starts.get(y) || this.marks.rank(x) - this.marks.rank(y));
    const placeOf = placesIn(blocks, this.list.getBoundingClientRect().top);
    const cards = order.map((id) => ({ id, height: this.#heightNow(id), ...placeOf(starts.get(id)) }));
    return () => this.#arrange(cards, new Set(needed));
  }

  #clear() {
    for (const id of this.#slots.keys()) this.#drop(id);
    this.#more.show([]);
  }

  #drop(id) {
    this.#slots.get(id).element.remove();
    this.#slots.delete(id);
  }

  #focused() {
    return Number(document.activeElement?.closest("[data-card]")?.dataset.card) || null;
  }

  /** The height of a card that stands there already, as it is to be; null = it has to be made first. */
  #heightNow(id) {
    const slot = this.#slots.get(id);
    return slot && !slot.element.hidden && (this.#fresh(slot, id) || id === this.#held) ? slot.element.offsetHeight : null;
  }

  #fresh(slot, id) {
    return slot.record === this.store.get(id) && slot.open === (id === this.session.current);
  }

  #arrange(cards, needed) {
    for (const card of cards) card.height ??= this.#height(card.id);
    const { placed, more } = layout(cards, { current: this.session.current, gap: GAP, open: this.#open });
    const shown = new Map(placed.map((one) => [one.id, one.y]));
    for (const id of this.#slots.keys()) if (!shown.has(id) && !needed.has(id)) this.#drop(id);
    const rows = this.#more.show(more);
    const kept = cards.map(({ id }) => id).filter((id) => shown.has(id) || needed.has(id));
    const first = kept[0];
    for (const id of kept) this.#fill(id, id === first, shown.get(id));
    this.#inOrder(cards.flatMap(({ id }) => [rows.get(id), this.#slots.get(id)?.element]).filter(Boolean));
  }

  #height(id) {
    const measure = () => {
      const { element } = this.#filled(id);
      element.hidden = false;
      if (!element.isConnected) this.list.append(element);
      return element.offsetHeight;
    };
    return id === this.session.current || id === this.#held ? measure() : this.#heights.of(this.store.get(id), measure);
  }

  #filled(id) {
    const slot = this.#slots.get(id) ?? this.#make(id);
    if (this.#fresh(slot, id) || id === this.#held) return slot;
    const record = this.store.get(id);
    const open = id === this.session.current;
    this.fill(slot.card, record, open, this.context);
    if (open) this.letter(slot.card);
    return Object.assign(slot, { record, open });
  }

  #make(id) {
    const card = makeCard(id);
    const slot = { card, element: h("li", {}, card), record: null, open: false, told: "" };
    this.#slots.set(id, slot);
    return slot;
  }

  /** A card that is not placed is one that must not go (it is being edited, has the focus); it is out of sight. */
  #fill(id, first, y) {
    const slot = this.#filled(id);
    slot.card.tabIndex = slot.open || (this.session.current === null && first) ? 0 : -1;
    slot.element.hidden = y === undefined;
    if (y !== undefined) lower(slot.element, y);
    const place = [this.marks.rank(id) + 1, this.marks.size];
    if (slot.told === place.join()) return;
    slot.told = place.join();
    ["aria-posinset", "aria-setsize"].forEach((name, at) => slot.element.setAttribute(name, String(place[at])));
  }

  /** The rows of the list, each moved only when it stands elsewhere. */
  #inOrder(elements) {
    let here = this.list.firstElementChild;
    for (const element of elements) {
      if (element === here) here = here.nextElementSibling;
      else this.list.insertBefore(element, here);
    }
  }

  #unfold(block) {
    this.#open.add(block);
    this.refresh();
  }
}
