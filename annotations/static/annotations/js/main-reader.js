/**
 * The reader page: makes the parts, lets them know of each other, and gives every key and button its action.
 * What the page has to bring stands in reader/README.md.
 */
import { byId, soon, whenIdle } from "./dom.js";
import { letterButtons, showHelp, unletter } from "./key-help.js";
import { singleKeys } from "./look.js";
import { feedOfPage } from "./live/feed.js";
import { loadWords, t, tn } from "./words.js";
import { Actions } from "./reader/actions.js";
import { alsoBy, watchAgreement } from "./reader/agreement.js";
import { Alike } from "./reader/alike.js";
import { createApi } from "./reader/api.js";
import { Blocks } from "./reader/blocks.js";
import { loadAnnotations, readBoot } from "./reader/boot.js";
import { Cards } from "./reader/cards.js";
import { commands, plainButtons } from "./reader/commands.js";
import { cleanCopies } from "./reader/copy.js";
import { Coverage } from "./reader/coverage.js";
import { hideKnown } from "./reader/hints.js";
import { listenToKeys } from "./reader/listening.js";
import { Finding } from "./reader/finding.js";
import { followColleagues } from "./reader/live.js";
import { later } from "./reader/later.js";
import { Looks } from "./reader/looks.js";
import { Marks, placesOf } from "./reader/marks.js";
import { Moves } from "./reader/moves.js";
import { Painter } from "./reader/paint.js";
import { ParagraphButtons } from "./reader/paragraph.js";
import { watchAddress } from "./reader/permalink.js";
import { placingOf } from "./reader/placing.js";
import { watchPointer } from "./reader/pointer.js";
import { Reading, reveal } from "./reader/reading.js";
import { Ring } from "./reader/ring.js";
import { makeSaving, wireSaving } from "./reader/saving.js";
import { say } from "./reader/say.js";
import { TextSelection } from "./reader/selection.js";
import { Session } from "./reader/session.js";
import { Sheet } from "./reader/sheet.js";
import { Store } from "./reader/store.js";
import { Suggestions } from "./reader/suggestions.js";
import { Talk } from "./reader/talk.js";
import { TagBar } from "./reader/tagbar.js";

const WHERE = ["everywhere", "place", "list", "text", "mark", "suggestion", "view"];

const doc = byId("doc");
const home = byId("reader");
const boot = readBoot(doc);
loadWords(boot.strings);
const { urls, tags, names, member } = boot;

const api = createApi({ csrf: boot.csrf });
const store = new Store();
const session = new Session();
const blocks = new Blocks(doc);
const marks = new Marks(store, doc.dataset.space);
const { writer, timeline } = makeSaving({ api, store, boot, doc });
const selection = new TextSelection(blocks);
const similar = (query) => api.get(`${urls.statements}?${new URLSearchParams(query)}`).then(({ data }) => data.results);
const looks = new Looks({ find: (kind, quote) => similar({ kind, similar_to: quote.slice(0, 400) }) });
const talk = new Talk({ api, urlOf: urls.comments });
const actions = new Actions({ session, store, marks, writer, timeline, selection, looks, names, say, mayMark: Boolean(member.can?.annotate), me: member });
const colourOf = (tag) => names.tags.get(tag)?.colour;
const painter = new Painter({ blocks, marks, store, colourOf });
const ring = new Ring(blocks, home);
const stored = Boolean(urls.reading && member.id) && !["read", "nothing"].includes(doc.dataset.state);
const reading = new Reading({ blocks, keep: (state) => api.put(urls.reading, state), where: byId("where"), stored });
const pageOf = (statement) => (statement.label && urls.statement ? urls.statement(statement.label) : null);
const paragraph = (record) => reading.number(blocks.indexAt(placesOf(record, marks.space)[0]?.[0] ?? 0));
const coverage = new Coverage({ doc, blocks, read: boot.coverage ?? [], stored: stored && Boolean(urls.coverage), send: (read) => api.post(urls.coverage, { version: boot.version, ranges: read }, { tries: 0 }) });
const context = { names, tags, pageOf, paragraph, looks, talk, alsoBy: (record) => alsoBy(marks, store, record) };
const letter = (root) => letterButtons(root, WHERE, singleKeys());
const hover = (id) => {
  painter.show({ hover: id });
  cards.hover(id);
};
const cards = new Cards({ root: byId("cards"), blocks, marks, store, session, context, letter, onHover: hover });
const boxOf = (id) => {
  const item = marks.all()[marks.rank(id)];
  return item && blocks.range(item.start, item.end)?.getBoundingClientRect();
};
const sheet = new Sheet({ session, store, cards, context, letter, boxOf });
const tagbar = new TagBar({ home, blocks, names, tags, where: WHERE, single: singleKeys });

const reader = {
  doc, home, api, urls, tags, names, store, session, blocks, marks, writer, selection, actions, painter, ring, reading, coverage, cards, sheet, tagbar, pageOf, say, talk,
  me: member, round: boot.round, cite: boot.document ?? { title: document.title }, reveal: (start, end) => reveal(blocks, start, end),
  afterExchange: () => {
    paragraphs.fill();
    painter.request();
    letter(doc);
    reading.follow();
    coverage.mark();
  },
};
const feed = feedOfPage();
const suggestions = new Suggestions(reader, timeline, feed, Boolean(member.can?.annotate));
reader.suggestions = suggestions;
const panels = later(() => import("./reader/panels.js").then(({ Panels }) => new Panels(reader)));
const moves = new Moves(reader);
const placing = placingOf({ ...reader, moves }, boot.version);
const finding = new Finding(reader, boot.found ?? []);
reader.finding = finding;
const alike = new Alike({ blocks, marks, store, onCount: () => update() });
const paragraphs = new ParagraphButtons({ blocks, home, reading: () => reading.block, onChoose: chosen });
reader.paragraphs = paragraphs;
const unsaved = wireSaving(reader, panels);

/** A sentence was chosen from the list of a paragraph: the person asked for the bar, so it gets the focus. */
function chosen(start, end) {
  selection.set(start, end);
  tagbar.first.querySelector("button")?.focus({ preventScroll: true });
}

const updating = soon(update);

function update() {
  const bound = session.bound === null ? null : store.get(session.bound);
  placing?.show(session.selected);
  tagbar.show(placing ? null : session.selected, bound, { more: session.selected ? alike.of(bound) : 0, lastTags: actions.hasLastTags });
  const current = session.current === null ? null : store.get(session.current);
  painter.show({ current: session.current });
  ring.around(current && marks.rank(session.current) !== undefined ? placesOf(current, marks.space) : []);
  sheet.refresh();
}

const all = { ...placing?.actions, ...commands(reader, panels, moves, () => showHelp({ where: WHERE, actions: all, single: singleKeys(), keep: urls.keys })) };
const buttons = { ...plainButtons(reader), ...unsaved.buttons() };

/** A button inside a card acts on that card, whatever text is selected elsewhere. */
function press(button) {
  const { action } = button.dataset;
  const id = Number(button.closest("[data-card]")?.dataset.card);
  if (id && session.bound !== id) {
    selection.clear();
    session.setCurrent(id);
  }
  if (button.disabled || button.getAttribute("aria-disabled") === "true") return say(button.title);
  return buttons[action] ? buttons[action](button) : all[action]?.({ press: button.dataset.press ?? null, row: null, event: null, button });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-view],[data-exchange]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    return moves.exchange(link.dataset.exchange || link.getAttribute("href"));
  }
  const button = event.target.closest("[data-action]");
  if (button) return press(button);
  const card = event.target.closest("[data-card]");
  if (card && !event.target.closest("[data-panel]")) return moves.go(Number(card.dataset.card));
  return undefined;
});

listenToKeys({ where: WHERE, actions: all, doc, moves });

selection.addEventListener("select", ({ detail }) => {
  if (detail) moves.dropCaret();
  session.select(detail, detail && actions.ownAt(detail));
});
session.addEventListener("change", updating.now);
marks.addEventListener("change", ({ detail }) => {
  if (detail.renamed) session.rename(...detail.renamed);
  alike.forget();
  for (const id of detail.ids ?? []) if (!store.get(id)) session.forget(id);
  const all = store.size - suggestions.size;
  const shown = marks.size - suggestions.visible;
  if (byId("count")) byId("count").textContent = all === shown ? tn("1 passage", "{n} passages", all) : t("{n} of {size} passages", { n: shown, size: all });
  updating.later();
});
writer.addEventListener("saved", ({ detail }) => store.get(detail.id) && looks.compare(store.get(detail.id)));
const renew = () => [cards, sheet].forEach((one) => one.renew());
for (const one of [looks, talk]) one.addEventListener("found", renew);
watchAgreement(marks, store, renew);
watchPointer({ blocks, marks, onHover: hover, onPick: (ids, point) => (ids.length > 1 ? panels.call("pick", ids, point) : session.setCurrent(ids[0] ?? null)) });
cleanCopies(blocks);
document.addEventListener("keys-changed", () => {
  unletter(document);
  letter(document);
  update();
});
letter(document);
hideKnown(document);
if (document.activeElement === document.body) doc.focus({ preventScroll: true });

const follow = watchAddress((id) => moves.go(id), (start, end) => finding.show(start, end));
try {
  store.load(await loadAnnotations(api, urls.annotations, boot.version));
  writer.restore();
  followColleagues({ feed, boot, api, store, writer, say });
  suggestions.load();
  painter.paint();
  performance.mark("reader:painted");
  whenIdle(() => panels.fetch().then(() => (home.dataset.ready = ""), () => {})); // from here on all of it works without a network
  if (!follow() && !placing?.follow() && !finding.begin()) reading.continueAt(doc.dataset, reader.reveal, say);
} catch (error) {
  say(t("The passages could not be loaded: {why}", { why: error.message }));
}
