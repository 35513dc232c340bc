/**
 * The words of a search in this document: all their places are marked, one is the current one; next and previous go round.
 */
import { byId } from "../dom.js";
import { t } from "../words.js";
import { shorten } from "./titles.js";

export class Finding {
  #at = -1;
  #on = false;

  /** @param {object} reader the parts of the page (main-reader.js) @param {[number, number][]} places clean offsets, in order */
  constructor(reader, places) {
    this.reader = reader;
    this.places = places;
    this.bar = byId("finding");
  }

  /** Is anything marked now. */
  get on() {
    return this.#on;
  }

  /** Mark all places, and go to one of them (or to a span that is none of them). @param {number} start @param {number} end */
  show(start, end) {
    const { marks, say } = this.reader;
    if (marks.space !== "clean") return say(t("What was found is marked in the clean text"));
    const at = this.places.findIndex((place) => place[0] === start && place[1] === end);
    if (at >= 0) return this.#go(at);
    this.#mark([start, end]);
    this.reader.reveal(start, end);
    return this.#tell(start, end);
  }

  /** Go to the first place. @returns {boolean} whether there is one */
  begin() {
    if (!this.places.length || this.reader.marks.space !== "clean") return false;
    this.#go(0);
    return true;
  }

  /** @param {1|-1} by */
  step(by) {
    const { length } = this.places;
    if (!length || this.reader.marks.space !== "clean") return this.reader.say(t("Nothing is searched for here"));
    const from = this.#at < 0 && by < 0 ? 0 : this.#at;
    return this.#go((from + by + length) % length);
  }

  /** Esc: the marks go, and the bar. */
  end() {
    this.#on = false;
    this.#at = -1;
    if (this.bar) this.bar.hidden = true;
    this.reader.painter.show({ found: null });
    const url = new URL(location.href);
    url.searchParams.delete("find");
    if (url.hash.startsWith("#t=")) url.hash = "";
    history.replaceState(history.state, "", url);
  }

  /** The text was exchanged: the places are known in the clean text only. */
  exchanged() {
    if (!this.#on) return;
    if (this.reader.marks.space === "clean") this.#mark(this.places[this.#at] ?? null);
    else this.reader.painter.show({ found: null });
  }

  #go(at) {
    this.#at = at;
    const [start, end] = this.places[at];
    this.#mark([start, end]);
    this.reader.reveal(start, end);
    history.replaceState(history.state, "", `#t=${start}-${end}`);
    return this.#tell(start, end);
  }

  #mark(now) {
    this.#on = true;
    this.reader.painter.show({ found: { all: this.places, now } });
    if (!this.bar) return;
    this.bar.hidden = !this.places.length;
    this.bar.querySelector("[data-find-count]").textContent = this.#where();
  }

  #where() {
    const n = this.places.length;
    return this.#at < 0 ? t("{n} hits", { n }) : t("{at} of {n}", { at: this.#at + 1, n });
  }

  #tell(start, end) {
    const words = shorten(this.reader.blocks.slice(start, end), 40);
    return this.reader.say(this.#at < 0 ? t("Found: {words}", { words }) : `${this.#where()}: ${words}`);
  }
}
