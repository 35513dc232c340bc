/**
 * "Mark in this paragraph": one button in every paragraph, seen on focus, that lists its sentences; choosing one opens the same bar as selecting
 * it would. One of the buttons is a Tab stop (the paragraph at the reading line), up and down lead to the others.
 */
import { h, whenIdle } from "../dom.js";
import { t } from "../words.js";
import { openPanel } from "./popover.js";
import { sentences } from "./sentences.js";

const CHUNK = 200;
/** In longer documents only paragraphs near the reading line get their button, as one comes near: each frame visits every element there is. */
const ALL = 1000;
const NEAR = 60;

export class ParagraphButtons {
  #buttons = [];
  #stop = null;
  #asked = null;

  /**
   * @param {object} parts
   * @param {import("./blocks.js").Blocks} parts.blocks @param {HTMLElement} parts.home
   * @param {() => number} parts.reading index of the block at the reading line @param {(start: number, end: number) => void} parts.onChoose
   */
  constructor({ blocks, home, reading, onChoose }) {
    Object.assign(this, { blocks, home, reading, onChoose });
    blocks.doc.addEventListener("focusin", (event) => event.target === blocks.doc && this.stopHere());
    blocks.doc.addEventListener("pointerdown", () => (this.#asked = null));
    document.addEventListener("scrollend", () => whenIdle(() => this.stopHere()));
    this.fill();
  }

  /** Put the buttons in, while nothing else is to be done. */
  fill() {
    this.#buttons = [];
    this.#stop = null;
    const { list } = this.blocks;
    const some = (from) => {
      if (this.blocks.list !== list) return;
      this.#addAll(from, from + CHUNK);
      if (from + CHUNK < list.length) whenIdle(() => some(from + CHUNK));
    };
    whenIdle(() => this.stopHere());
    if (list.length <= ALL) whenIdle(() => some(0));
  }

  #addAll(from, to) {
    for (let at = Math.max(0, from); at < Math.min(this.blocks.list.length, to); at += 1) this.#add(at);
  }

  /** The paragraph at the reading line takes the Tab stop. */
  stopHere() {
    const at = this.reading();
    this.#addAll(at - NEAR, at + NEAR);
    if (this.#stop) this.#stop.tabIndex = -1;
    this.#stop = at >= 0 ? this.#add(at) : null;
    if (this.#stop) this.#stop.tabIndex = 0;
  }

  #add(at) {
    if (this.#buttons[at]) return this.#buttons[at];
    const { element } = this.blocks.list[at];
    const button = h("button", {
      type: "button", class: "mark-here button small", tabindex: "-1", "aria-label": t("Mark in this paragraph"), "aria-haspopup": "dialog",
      data: { skip: "", tip: t("Mark in this paragraph") }, on: { click: () => this.open(at), keydown: (event) => this.#walk(event, at) },
    });
    element.append(button);
    return (this.#buttons[at] = button);
  }

  #walk(event, at) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = at + (step ?? 0);
    if (!step || !this.blocks.list[next]) return;
    event.preventDefault();
    const button = this.#add(next);
    button.tabIndex = 0;
    this.#buttons[at].tabIndex = -1;
    this.#stop = button;
    button.focus();
  }

  /** The list of sentences of one block. @param {number} at */
  open(at) {
    const text = this.blocks.text(at);
    const button = this.#add(at);
    const spans = sentences(text);
    const rows = spans.map(([from, to]) => h("li", {}, h("button", { type: "button", class: "item", on: { click: () => this.#choose(at, from, to) } }, text.slice(from, to))));
    const list = h("ol", { class: "passages", on: { keydown: moveInList } }, ...rows);
    const rect = this.blocks.list[at].element.getBoundingClientRect();
    const panel = openPanel({
      name: "sentences", label: t("Sentences of this paragraph"), content: [h("h3", { text: t("Choose a sentence") }), list], home: this.home,
      at: { left: rect.left, bottom: Math.min(rect.bottom, innerHeight / 2) }, onClose: () => button.focus({ preventScroll: true }),
    });
    this.panel = panel;
    list.querySelector("button")?.focus({ preventScroll: true });
  }

  #choose(at, from, to) {
    this.panel.close();
    this.onChoose(this.blocks.offsetIn(at, from), this.blocks.offsetIn(at, to));
    this.#asked = at;
  }

  /** The bar was left: the focus goes back to the button it was asked from. @returns {boolean} false when it was not */
  giveBack() {
    if (this.#asked === null) return false;
    this.#add(this.#asked).focus({ preventScroll: true });
    this.#asked = null;
    return true;
  }
}

function moveInList(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length].focus();
  event.preventDefault();
  event.stopPropagation();
}
