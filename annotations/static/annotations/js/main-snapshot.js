/**
 * The page of a snapshot: the parts of the reader over its text, with evidence instead of passages; every key and button gets its action.
 */
import { byId, pageData, soon } from "./dom.js";
import { letterButtons, showHelp, unletter } from "./key-help.js";
import { singleKeys } from "./look.js";
import { loadWords, t, tn } from "./words.js";
import { createApi } from "./reader/api.js";
import { Blocks } from "./reader/blocks.js";
import { address } from "./reader/boot.js";
import { Cards } from "./reader/cards.js";
import { cleanCopies } from "./reader/copy.js";
import { hideKnown } from "./reader/hints.js";
import { listenToKeys } from "./reader/listening.js";
import { Marks, placesOf } from "./reader/marks.js";
import { Moves } from "./reader/moves.js";
import { Painter } from "./reader/paint.js";
import { ParagraphButtons } from "./reader/paragraph.js";
import { watchAddress } from "./reader/permalink.js";
import { watchPointer } from "./reader/pointer.js";
import { Reading, reveal } from "./reader/reading.js";
import { Ring } from "./reader/ring.js";
import { say } from "./reader/say.js";
import { TextSelection } from "./reader/selection.js";
import { Session } from "./reader/session.js";
import { Sheet } from "./reader/sheet.js";
import { Store } from "./reader/store.js";
import { StanceBar } from "./snapshot/bar.js";
import { fillEvidence, spokenEvidence } from "./snapshot/card.js";
import { Acts } from "./snapshot/acts.js";
import { Desk } from "./snapshot/desk.js";
import { COLOURS } from "./snapshot/records.js";

const WHERE = ["everywhere", "list", "text", "snapshot"];

loadWords(pageData("words-snapshot"));
const doc = byId("doc");
const home = byId("reader");
const given = pageData("snapshot-boot");
const urls = { ...given.urls, evidence: address(given.urls.evidence), item: address(given.urls.item), permalink: (id) => `${location.pathname}#e-${id}` };
const boot = { ...given, urls, pageOf: address(given.urls.statement) };
const { labels, member } = boot;
const may = member.can;

const api = createApi();
const store = new Store();
const session = new Session();
const blocks = new Blocks(doc);
const marks = new Marks(store, "raw");
const desk = new Desk({ api, store, boot, say });
const selection = new TextSelection(blocks);
const painter = new Painter({ blocks, marks, store, colourOf: (stance) => COLOURS[stance] });
const ring = new Ring(blocks, home);
const reading = new Reading({ blocks, keep: () => Promise.resolve(), where: byId("where"), stored: false });
const context = { labels, locale: document.documentElement.lang };
const letter = (root) => letterButtons(root, WHERE, singleKeys());
byId("cards").replaceChildren(); // what the server wrote there is for browsers without scripts
const hover = (id) => {
  painter.show({ hover: id });
  cards.hover(id);
};
const cards = new Cards({ root: byId("cards"), blocks, marks, store, session, context, letter, onHover: hover, fill: fillEvidence });
const boxOf = (id) => {
  const item = marks.all()[marks.rank(id)];
  return item && blocks.range(item.start, item.end)?.getBoundingClientRect();
};
const sheet = new Sheet({ session, store, cards, context, letter, boxOf });
const bar = new StanceBar({ home, blocks, stances: labels.stance, where: WHERE, single: singleKeys });
const spoken = (record, _names, rank, size) => [t("{n} of {size}", { n: rank + 1, size }), spokenEvidence(record, labels)].join(", ");
const reader = {
  doc, home, api, urls, store, session, blocks, marks, selection, painter, ring, reading, cards, sheet, say, spoken, desk, boot, labels,
  tagbar: bar, names: context, cite: boot.cite, addressOf: (id) => `#e-${id}`, reveal: (start, end) => reveal(blocks, start, end),
};
const moves = new Moves(reader);
const acts = new Acts(reader);
const chosen = (start, end) => {
  selection.set(start, end);
  bar.first.querySelector("button")?.focus({ preventScroll: true });
};
reader.paragraphs = may ? new ParagraphButtons({ blocks, home, reading: () => reading.block, onChoose: chosen }) : null;

const updating = soon(update);

function update() {
  const bound = session.bound === null ? null : store.get(session.bound);
  bar.show(may ? session.selected : null, bound, desk);
  const current = session.current === null ? null : store.get(session.current);
  painter.show({ current: session.current });
  ring.around(current && marks.rank(session.current) !== undefined ? placesOf(current, marks.space) : []);
  sheet.refresh();
}

const all = {
  next: () => moves.step(1), previous: () => moves.step(-1), open: () => moves.open(), close: () => moves.close(), copy: () => moves.copy(),
  "open-page": () => acts.openPage(), search: () => byId("search")?.focus(),
  help: () => showHelp({ where: WHERE, actions: all, single: singleKeys(), keep: document.querySelector("[data-set-keys]")?.dataset.url }),
  ...(may ? {
    sentence: () => moves.sentence(false), "sentence-more": () => moves.sentence(true), supports: () => acts.stance("supports"), refutes: () => acts.stance("refutes"),
    context: () => acts.stance("context"), "choose-claim": () => acts.chooseClaim(), edit: () => acts.edit(), withdraw: () => acts.withdraw(), undo: () => acts.undo(), redo: () => acts.redo(),
  } : {}),
};

/** A button inside a card acts on that card, whatever text is selected elsewhere. */
function press(button) {
  const id = Number(button.closest("[data-card]")?.dataset.card);
  if (id && session.bound !== id) {
    selection.clear();
    session.setCurrent(id);
  }
  return all[button.dataset.action]?.({ button });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-action]");
  if (button) return press(button);
  const card = event.target.closest("[data-card]");
  return card ? moves.go(Number(card.dataset.card)) : undefined;
});

listenToKeys({ where: WHERE, actions: all, doc, moves });

selection.addEventListener("select", ({ detail }) => {
  if (detail) moves.dropCaret();
  session.select(detail, detail && acts.ownAt(detail));
});
session.addEventListener("change", updating.now);
desk.addEventListener("change", updating.later);
marks.addEventListener("change", ({ detail }) => {
  for (const id of detail.ids ?? [session.bound, session.current]) if (id !== null && !store.get(id)) session.forget(id);
  // All of it came anew: what was made of the selected text is found again.
  if (detail.ids === null && session.selected && session.bound === null) session.select(session.selected, acts.ownAt(session.selected));
  byId("count").textContent = tn("1 piece of evidence", "{n} pieces of evidence", marks.size);
  updating.later();
});
watchPointer({ blocks, marks, onHover: hover, onPick: (ids) => session.setCurrent(ids.at(ids.includes(session.current) ? ids.indexOf(session.current) - 1 : -1) ?? null) });
cleanCopies(blocks);
document.addEventListener("keys-changed", () => {
  unletter(document);
  letter(document);
  update();
});
// Others attach and withdraw, too: the page fetches its parts, of which the evidence is one.
document.addEventListener("parts-exchanged", () => {
  desk.load();
  const newer = byId("live-newer");
  if (newer && newer.dataset.newest !== doc.dataset.snapshot) newer.querySelector("p").hidden = false;
});
letter(document);
hideKnown(document);

const follow = watchAddress((id) => (store.get(id) ? moves.go(id) : undefined), (start, end) => reader.reveal(start, end));
desk.load();
painter.paint();
if (follow() || location.hash === "#says") doc.focus({ preventScroll: true });
home.dataset.ready = "";
