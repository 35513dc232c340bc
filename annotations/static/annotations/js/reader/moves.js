/**
 * Moving about: next and previous passage, the sentence at the reading line, the caret, views, reading through, copying, going away.
 */
import { t } from "../words.js";
import { citation, toClipboard } from "./copy.js";
import { hashOf } from "./permalink.js";
import { closePanel } from "./popover.js";
import { coveredTop } from "./reading.js";
import { spokenLine } from "./titles.js";
import { exchangeText, keepPlace, nextView, placeOf, showView } from "./view.js";

export class Moves {
  #caret = null;

  /** @param {object} reader the parts of the page (main-reader.js) */
  constructor(reader) {
    this.reader = reader;
  }

  /** @param {1|-1} step J and K: the focus stays where it is, text or cards */
  step(step) {
    const { session, marks, blocks, say } = this.reader;
    const from = session.selected?.start ?? this.#topOffset();
    const start = session.selected && session.bound === null ? null : session.current;
    const item = step > 0 ? marks.next(start, from) : marks.previous(start, from);
    if (!item) return say(step > 0 ? t("This was the last passage") : t("This was the first passage"));
    if (session.selected) this.reader.selection.clear();
    return this.go(item.id, blocks);
  }

  /** Where the text in sight begins. */
  #topOffset() {
    const { blocks } = this.reader;
    return blocks.list[blocks.atY(coveredTop())]?.start ?? 0;
  }

  /** Make a passage current, in sight, and say which it is. @param {number} id */
  go(id) {
    const { session, marks, store, names, cards, reveal, say, addressOf = hashOf, spoken = spokenLine } = this.reader;
    const rank = marks.rank(id);
    if (rank === undefined) return say(store.get(id) ? t("This passage is hidden by the filter") : t("This passage is not in this version of the text"));
    const inCards = Boolean(document.activeElement?.closest("#cards"));
    session.setCurrent(id);
    const { start, end } = marks.all()[rank];
    reveal(start, end);
    if (!store.get(id).suggestion) history.replaceState(history.state, "", addressOf(id));
    if (inCards) cards.bring(id)?.focus({ preventScroll: true });
    return say(spoken(store.get(id), names, rank, marks.size), false);
  }

  /** Enter: the card of the current passage; without one, a caret in the paragraph at the reading line. */
  open() {
    const { session, cards, sheet, reading, blocks } = this.reader;
    const id = session.bound ?? session.current;
    if (id !== null) {
      session.setCurrent(id);
      return (cards.narrow ? sheet.card(id) : cards.bring(id))?.focus({ preventScroll: true });
    }
    return session.selected ? undefined : this.#setCaret(blocks.list[reading.block]?.start ?? null);
  }

  #setCaret(offset) {
    const { blocks, ring, doc, say } = this.reader;
    this.#caret = offset;
    ring.caretAt(offset);
    const position = offset === null ? null : blocks.locate(blocks.indexAt(offset), offset);
    if (!position) return;
    doc.focus({ preventScroll: true });
    document.getSelection().collapse(position.node, position.offset);
    say(t("Caret in the text: Shift and the arrows select"));
  }

  /**
   * Left and right move the caret that Enter placed, Shift with arrows selects from it (Chromium does not from a mere caret; from a selection
   * every browser does by itself). @param {KeyboardEvent} event
   */
  caretKey(event) {
    const step = { ArrowLeft: "backward", ArrowRight: "forward", ArrowUp: "backward", ArrowDown: "forward" }[event.key];
    const lines = event.key === "ArrowUp" || event.key === "ArrowDown";
    if (this.#caret === null || !step || event.altKey || (lines && !event.shiftKey)) return;
    const selection = document.getSelection();
    selection.modify(event.shiftKey ? "extend" : "move", step, lines ? "line" : event.ctrlKey || event.metaKey ? "word" : "character");
    event.preventDefault();
    if (event.shiftKey) return;
    this.#caret = this.reader.blocks.offsetOf(selection.focusNode, selection.focusOffset);
    this.reader.ring.caretAt(this.#caret);
  }

  dropCaret() {
    this.#caret = null;
    this.reader.ring.caretAt(null);
  }

  /** S and Shift+S. @param {boolean} more lengthen the selection by one sentence */
  sentence(more) {
    const { session, selection, reading, reveal, say } = this.reader;
    selection.flush();
    const found = reading.sentence(session.selected);
    if (!found) return say(t("This was the last sentence"));
    const start = more && session.selected ? session.selected.start : found[0];
    this.reader.doc.focus({ preventScroll: true });
    selection.set(start, found[1]);
    return reveal(found[0], found[1]);
  }

  /** Esc closes the topmost: panel, caret, selection and bar, current card. */
  close() {
    const { session, selection, doc } = this.reader;
    if (closePanel()) return true;
    if (this.#caret !== null && !session.selected) this.dropCaret();
    else if (session.selected) selection.clear();
    else if (session.current !== null) session.setCurrent(null);
    else if (this.reader.finding?.on) this.reader.finding.end();
    else return false;
    if (!session.selected && this.reader.paragraphs?.giveBack()) return true;
    if (document.activeElement?.closest("[data-keyscope]") !== doc) doc.focus({ preventScroll: true });
    return true;
  }

  cycleView() {
    const link = nextView(document, this.reader.doc.dataset.view ?? this.reader.doc.dataset.space);
    if (link) return this.exchange(link.getAttribute("href"));
    return undefined;
  }

  /** @param {string} href the same page in another view */
  async exchange(href) {
    const { doc, blocks, marks, reading, session, selection, afterExchange, say } = this.reader;
    const kept = placeOf(blocks, reading.line);
    try {
      await exchangeText({ doc, href });
    } catch (error) {
      return say(t("Not possible: {why}", { why: error.message }));
    }
    const bound = session.bound;
    selection.clear();
    blocks.reindex();
    marks.setSpace(doc.dataset.space);
    this.reader.finding?.exchanged();
    if (bound !== null) session.setCurrent(bound);
    showView(document, doc.dataset.view ?? doc.dataset.space);
    afterExchange();
    keepPlace(blocks, kept);
    return say(t("Text: {view}", { view: document.querySelector("a[data-view][aria-current]")?.textContent.trim() ?? doc.dataset.space }));
  }

  /** D: read, or read with nothing found; then on to the next unread document. */
  async readThrough() {
    const { store, me, urls, api, reading, coverage, say } = this.reader;
    const found = store.all().some((record) => record.creator?.id === me.id);
    for (const one of [reading, coverage]) one.stop();
    try {
      const { data } = await api.put(urls.reading, { state: found ? "read" : "nothing", paragraph: reading.number(reading.blocks.list.length - 1) });
      say(found ? t("Read through") : t("Read through, nothing found"));
      const next = data?.next ?? urls.next_unread;
      if (next) location.assign(next);
    } catch (error) {
      say(t("Not possible: {why}", { why: error.message }));
    }
  }

  /** Y: quote, citation, link. */
  async copy() {
    const { session, store, marks, blocks, reading, cite, urls, say } = this.reader;
    const target = session.target();
    if (!target) return say(t("Select text first, or choose a passage"));
    const record = "id" in target ? store.get(target.id) : null;
    const item = record && marks.all()[marks.rank(record.id)];
    const start = item?.start ?? session.selected?.start ?? 0;
    const at = blocks.indexAt(start);
    const link = new URL(record && record.id > 0 ? urls.permalink(record.id) : `${location.pathname}#${blocks.list[at].element.id}`, location.href).href;
    const text = citation({ ...cite, quote: record?.quote ?? session.selected.text, paragraph: reading.number(at), link });
    const done = await toClipboard(text);
    return say(done ? t("Copied: quote, citation and link") : t("The browser does not allow copying"));
  }

  /** O, M, N: the page of the statement. @param {string} [part] */
  leave(part = "") {
    const { session, store, pageOf, say } = this.reader;
    const id = session.bound ?? session.current;
    const page = (id === null ? null : store.get(id))?.statements.map(pageOf).find(Boolean);
    if (page) location.assign(page + part);
    else say(t("This passage has no statement with a page"));
  }
}
