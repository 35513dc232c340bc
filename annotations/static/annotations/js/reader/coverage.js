/**
 * Which paragraphs this person has read: watched once a second, sent a few times a minute, shown in the margin when asked for. It is a
 * convenience: nothing waits for it, and what could not be sent is sent at the next opportunity, from here or from the next visit.
 */
import { whenIdle } from "../dom.js";
import { pageUser } from "../csrf.js";
import { Attention, ranges } from "./attention.js";
import { coveredTop } from "./reading.js";

const TICK = 1000;
const SEND = 15_000;
/** Without a key, a move or a scroll for so long, nobody is taken to read. */
const AWAY = 60_000;
const SHOWN = "reader.unread";

export class Coverage {
  #unsent = new Set();
  #last = performance.now();
  #active = performance.now();
  #sent = performance.now();

  /**
   * @param {object} parts
   * @param {HTMLElement} parts.doc @param {import("./blocks.js").Blocks} parts.blocks
   * @param {[number, number][]} parts.read what was read before @param {(ranges: [number, number][]) => Promise<unknown>} parts.send
   * @param {boolean} parts.stored whether it may be kept (a member reads, and has not said that all of it is read)
   */
  constructor({ doc, blocks, read, send, stored }) {
    Object.assign(this, { doc, blocks, send, attention: new Attention(read) });
    this.key = `coverage.${pageUser()}.${doc.dataset.document}.${doc.dataset.version}`;
    this.show(load(SHOWN) === "1");
    if (!stored) return;
    for (const n of JSON.parse(load(this.key) || "[]")) this.#note(n);
    for (const name of ["scroll", "pointermove", "pointerdown", "keydown"]) document.addEventListener(name, () => (this.#active = performance.now()), { passive: true, capture: true });
    document.addEventListener("visibilitychange", () => document.hidden && this.#deliver());
    this.timer = setInterval(() => whenIdle(() => this.#tick()), TICK);
  }

  /** Nothing more to watch: all of it counts as read. */
  stop() {
    clearInterval(this.timer);
    this.#unsent.clear();
    save(this.key, "");
  }

  #tick() {
    const now = performance.now();
    const ms = now - this.#last;
    this.#last = now;
    if (document.hidden || !document.hasFocus() || now - this.#active > AWAY) return;
    for (const i of this.attention.spend(this.#visible(), ms)) this.#note(i);
    if (this.#unsent.size && now - this.#sent > SEND) this.#deliver();
  }

  #note(i) {
    this.attention.read.add(i);
    this.#unsent.add(i);
    save(this.key, JSON.stringify([...this.#unsent]));
    if (this.shown) this.blocks.list.find((block) => block.i === i)?.element.removeAttribute("data-unread");
  }

  async #deliver() {
    const batch = [...this.#unsent];
    if (!batch.length) return;
    this.#sent = performance.now();
    try {
      await this.send(ranges(batch));
    } catch {
      return; // it is kept, and goes with the next ones
    }
    for (const i of batch) this.#unsent.delete(i);
    save(this.key, this.#unsent.size ? JSON.stringify([...this.#unsent]) : "");
  }

  /** Blocks of which something stands in the window where nothing covers it. */
  #visible() {
    const { list } = this.blocks;
    const top = coveredTop();
    const found = [];
    for (let at = this.blocks.atY(top); at >= 0 && at < list.length; at += 1) {
      const box = list[at].element.getBoundingClientRect();
      if (box.top >= innerHeight) break;
      if (box.bottom > top) found.push({ i: list[at].i, ended: box.bottom <= innerHeight + 2, text: () => this.blocks.text(at) });
    }
    return found;
  }

  /** The blocks that are to be read and were not; copies are read where they stand first. */
  unread() {
    return this.blocks.list.filter(({ i, element }) => !this.attention.read.has(i) && !element.classList.contains("repeated"));
  }

  /** Mark unread paragraphs in the margin, or no longer. @param {boolean} on */
  show(on) {
    this.shown = on;
    this.doc.toggleAttribute("data-show-unread", on);
    if (on) this.mark();
    save(SHOWN, on ? "1" : "");
  }

  /** The text was exchanged: its paragraphs are marked again. */
  mark() {
    if (!this.shown) return;
    const missing = new Set(this.unread());
    for (const block of this.blocks.list) block.element.toggleAttribute("data-unread", missing.has(block));
  }
}

function load(key) {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function save(key, value) {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch {
    // Without storage it lives as long as the page.
  }
}
