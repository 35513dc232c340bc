/**
 * What each action of the key table does on the reader page, and what its buttons without a key do.
 */
import { byId } from "../dom.js";
import { t } from "../words.js";

const PLACES = ["home", "documents", "last", "tracker", "sources", "review", "codebook"];

/**
 * @param {object} reader the parts of the page (main-reader.js)
 * @param {{call: (method: string) => unknown}} panels calls a method of panels.js @param {import("./moves.js").Moves} moves @param {() => void} help opens the list of keys
 * @returns {Record<string, (pressed: {press: string|null, button?: HTMLElement}) => unknown>}
 */
export function commands(reader, panels, moves, help) {
  const { actions, session, urls, suggestions } = reader;
  const marking = {
    claim: () => actions.state("claim"), proposal: () => actions.state("proposal"), highlight: () => actions.highlight(),
    tag: (pressed) => chooseTag(reader, pressed), "last-tags": () => actions.lastTags(), "same-facts": () => actions.sameFacts(),
    link: () => (reader.round ? actions.say(t("In a round a passage is a claim or a proposal; statements come after.")) : panels.call("link")), repeat: () => panels.call("repeat"), "tag-by-name": () => panels.call("tagByName"), edit: () => panels.call("edit"),
    remove: () => session.current !== null && actions.remove(session.current), undo: () => actions.undo(), redo: () => actions.redo(),
  };
  const moving = {
    next: () => moves.step(1), previous: () => moves.step(-1), open: () => moves.open(), close: () => moves.close(), sentence: () => moves.sentence(false),
    "sentence-more": () => moves.sentence(true), "cycle-view": () => moves.cycleView(), filter: () => panels.call("filter"), copy: () => moves.copy(),
    "read-through": () => (reader.round ? endCoding(reader) : moves.readThrough()), "open-page": () => moves.leave(), "next-step": () => moves.leave("#next-step"),
    "next-hit": () => reader.finding.step(1), "previous-hit": () => reader.finding.step(-1), "end-find": () => reader.finding.end(),
    comment: () => panels.call("comments"), search: () => search(urls.search), help,
  };
  const going = PLACES.filter((name) => urls[name]).map((name) => [`go-${name}`, () => location.assign(urls[name])]);
  const reject = () => (suggestions.current() ? suggestions.reject() : reader.say(t("Only a suggestion can be turned down")));
  return { ...Object.fromEntries(going), ...moving, ...Object.fromEntries(Object.entries(marking).map(onSuggestion(reader))), reject, "more-like": () => moreLike(reader) };
}

/** On a suggestion C and P accept, E edits first; what else is done to passages waits until it is one. */
const onSuggestion = ({ suggestions, actions, say }) => ([name, run]) => {
  const kind = { claim: "claim", proposal: "proposal" }[name];
  const other = ["undo", "redo"].includes(name);
  return [name, (pressed) => {
    if (!other && suggestions.current()) {
      if (kind) return suggestions.accept(kind);
      return name === "edit" ? suggestions.choose() : say(t("This is a suggestion: C or P accepts it, X turns it down"));
    }
    const adopted = kind && suggestions.adopted(kind);
    return adopted ? actions.link(adopted.statement, adopted.fit, adopted.difference || null) : run(pressed);
  }];
};

/** The page of passages like the selected text, or like the current passage. */
function moreLike({ session, store, urls, say }) {
  const target = session.target();
  if (!target) return say(t("Select text first, or choose a passage"));
  const quote = "id" in target ? store.get(target.id)?.quote : target.selected.text;
  return location.assign(`${urls.alike}?${new URLSearchParams({ q: (quote ?? "").slice(0, 1000) })}`);
}

/** Buttons that no key presses. @param {object} reader @returns {Record<string, (button: HTMLElement) => unknown>} */
export function plainButtons({ actions, cards, coverage, reveal, say }) {
  const alike = (answer) => (button) => actions.alike(Number(button.dataset.occurrence), answer);
  const firstUnread = () => {
    const [first] = coverage.unread();
    if (first) reveal(first.start, first.end);
    else say(t("You have read every paragraph"));
  };
  return { "first-unread": firstUnread, "card-more": (button) => unfold(button, cards), "alike-same": alike("same"), "alike-variant": alike("variant"), "alike-different": alike("different") };
}

/** The coder is done with the document: once everything is saved, the button sends its form. */
function endCoding({ writer, say }) {
  const form = document.querySelector("form[data-ends-coding]:has([data-action='read-through'])");
  if (!form) return undefined;
  return writer.waiting ? say(t("Not everything is saved yet. Wait a moment.")) : form.requestSubmit();
}

function search(url) {
  const field = byId("search");
  if (field) field.focus();
  else if (url) location.assign(url);
}

function chooseTag({ tags, actions, say }, { press, button }) {
  const tag = button ? tags.find((one) => String(one.id) === button.dataset.tag) : tags.find((one) => one.key === press);
  return tag ? actions.tag(tag.id) : say(t("No tag has this digit"));
}

function unfold(button, cards) {
  const more = button.closest("[data-card]").querySelector(".card-more");
  more.hidden = !more.hidden;
  button.setAttribute("aria-expanded", String(!more.hidden));
  cards.refresh();
}
