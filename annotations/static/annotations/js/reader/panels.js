/**
 * The panels that keys open beside the passage: note and facts (E), link (L), identical passages (A), tag by name (T), what is shown (F).
 */
import { h } from "../dom.js";
import { t } from "../words.js";
import { editCard } from "./card-edit.js";
import { openComments } from "./comments.js";
import { draft } from "./drafts.js";
import { nameOf } from "./facts.js";
import { everything, isEverything, matcher } from "./filters.js";
import { hold, placeFor } from "./holding.js";
import { openLink } from "./link.js";
import { openPicker } from "./picker.js";
import { openSame } from "./same.js";
import { openFilter } from "./show.js";
import { openTagNames } from "./tag-name.js";
import { lineContent } from "./card.js";

export class Panels {
  #filter = everything();

  /** @param {object} reader the parts of the page (main-reader.js) */
  constructor(reader) {
    this.reader = reader;
  }

  edit() {
    const { session, selection, store, cards, sheet, tags, names, actions, say } = this.reader;
    const id = session.bound ?? session.current;
    const record = id === null ? null : store.get(id);
    if (!record) return say(t("Select text first, or choose a passage"));
    // On a narrow screen the bar gives its room to the sheet with the card.
    if (cards.narrow) selection.clear();
    session.setCurrent(id);
    const card = cards.narrow ? sheet.card(id) : cards.bring(id);
    if (!card) return undefined;
    const release = hold(this.reader);
    const key = `card.${store.real(id)}`;
    cards.hold(id);
    sheet.hold(true);
    editCard({
      card, record, tags, key, speakers: this.#speakers(), labels: names.labels,
      onSave: (changes) => this.reader.saveFields(id, changes).then(() => say(t("Saved")), (error) => say(t("Refused: {why}", { why: error.message }))),
      onClose: () => {
        cards.hold(null);
        sheet.hold(false);
        release();
        if (draft(key)) say(t("Kept as a draft"));
      },
    });
    return undefined;
  }

  #speakers() {
    const names = this.reader.store.all().flatMap((record) => record.statements.flatMap((one) => [nameOf(one.speaker), nameOf(one.proposer), nameOf(one.actor)]));
    return [...new Set(names.filter(Boolean))].sort();
  }

  comments() {
    const { session, store, talk, api, urls, me, names, home, say } = this.reader;
    const id = store.real(session.bound ?? session.current ?? 0);
    if (!store.get(id)) return say(t("Select text first, or choose a passage"));
    if (id < 0) return say(t("Wait until it is saved"));
    session.setCurrent(id);
    const onChange = () => api.get(urls.annotation(id)).then(({ data }) => store.upsert(data)).catch(() => {});
    return openComments({ id, talk, api, urlOf: urls.comment, me, locale: names.locale, home, at: placeFor(this.reader), onChange, onClose: hold(this.reader) });
  }

  link() {
    const { session, store, names, home, api, urls, actions, say } = this.reader;
    const target = session.target();
    const quote = session.selected?.text ?? (target && "id" in target ? store.get(target.id)?.quote : null);
    if (!quote) return say(t("Select text first, or choose a passage"));
    const find = async (query, similar, signal) => {
      const address = new URL(urls.statements, location.href);
      // Words typed are searched for as they are; before, the nearest to the passage come first.
      if (query) address.searchParams.set("q", query);
      else address.searchParams.set("similar_to", similar.slice(0, 400));
      const { data } = await api.get(address.pathname + address.search, { signal });
      return data.results;
    };
    return openLink({ quote, find, labels: names.labels, home, at: placeFor(this.reader), onTake: (...taken) => actions.link(...taken), onClose: hold(this.reader) });
  }

  tagByName() {
    const { session, store, tags, home, actions, say } = this.reader;
    if (!session.target()) return say(t("Select text first, or choose a passage"));
    const record = () => {
      const target = session.target();
      return target && "id" in target ? store.get(target.id) : null;
    };
    const isOn = (tag) => record()?.tags.includes(tag) ?? false;
    return openTagNames({ tags, isOn, onToggle: (tag) => actions.tag(tag), home, at: placeFor(this.reader), onClose: hold(this.reader) });
  }

  async repeat() {
    const { session, store, home, api, urls, writer, say, blocks, marks, reading, reveal } = this.reader;
    const target = session.target();
    if (!target || !("id" in target)) return say(t("Mark the passage first"));
    const id = store.real(target.id);
    if (id < 0) return say(t("Wait until it is saved"));
    let passages;
    try {
      passages = (await api.get(`${urls.same}?annotation=${id}`)).data.results;
    } catch (error) {
      return say(t("Not possible: {why}", { why: error.message }));
    }
    if (!passages.length) return say(t("These words stand nowhere else in this document"));
    const place = (passage) => (marks.space === "raw" ? [passage.start, passage.end] : [passage.clean_start, passage.clean_end]);
    return openSame({
      passages: passages.map((passage) => ({ ...blocks.around(...place(passage)), ...passage })), home, at: placeFor(this.reader), paragraph: (passage) => reading.number(blocks.indexAt(place(passage)[0])),
      onAccept: () => writer.repeat(id).then(() => say(t("Marked on all")), (error) => say(t("Refused: {why}", { why: error.message }))),
      onLook: (passage) => reveal(...place(passage)), onClose: hold(this.reader),
    });
  }

  filter() {
    const { store, marks, names, home, suggestions, coverage } = this.reader;
    const button = document.querySelector("[data-action=filter]")?.getBoundingClientRect();
    const apply = () => {
      const fits = matcher(this.#filter);
      marks.setFilter((record) => (record.suggestion ? suggestions.shown : fits(record)));
      for (const one of document.querySelectorAll("[data-action=filter]")) one.setAttribute("aria-pressed", String(!isEverything(this.#filter)));
      return marks.size - suggestions.visible;
    };
    const onClose = hold(this.reader);
    openFilter({ records: store.all().filter((record) => !record.suggestion), suggestions, filter: this.#filter, names, home, at: { left: button?.left ?? 80, bottom: button?.bottom ?? 80 }, onChange: apply, onClose, coverage });
  }

  /** Several passages at one place. @param {number[]} ids @param {{x: number, y: number}} point */
  pick(ids, point) {
    const { store, names, home, painter, session } = this.reader;
    const show = (id) => [h("span", { class: "pick-line" }, ...lineContent(store.get(id), { names }))];
    openPicker({ ids, show, home, point, onMove: (id) => painter.show({ hover: id }), onPick: (id) => session.setCurrent(id), onClose: () => this.reader.doc.focus({ preventScroll: true }) });
  }
}
