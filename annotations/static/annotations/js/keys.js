/**
 * THE table of keys (where, keys, action, label) and the rules by which they act. The letters on the buttons, aria-keyshortcuts and the help
 * on `?` come from it. A page gives handlers for the actions it has; rows without a handler do nothing and are not shown there.
 */
import { isComposing, isTyping, pressName } from "./key-match.js";
import { w } from "./words.js";

/**
 * @typedef {object} Row
 * @property {string} where everywhere | place | list | text | mark | suggestion | alike | view | tracker | snapshot | graph | check | triage | blind
 * @property {string[]} keys presses; "g h" is a chord @property {string} action @property {string} label English, translated when shown
 * @property {boolean} [saves] a held key must not repeat it @property {boolean} [card] only while a card has the focus
 * @property {string} [shown] how the keys are printed when there are many
 */
const row = (where, keys, action, label, more = {}) => ({ where, keys: keys.split("|"), action, label, ...more });
const SAVES = { saves: true };

/** @type {readonly Row[]} */
export const KEYS = Object.freeze([
  row("everywhere", "?", "help", w("Keys")),
  row("everywhere", "/", "search", w("Search")),
  row("everywhere", "g h", "go-home", w("Home")),
  row("everywhere", "g d", "go-documents", w("Documents")),
  row("everywhere", "g l", "go-last", w("Last read document")),
  row("everywhere", "g t", "go-tracker", w("Tracker")),
  row("everywhere", "g s", "go-sources", w("Sources")),
  row("everywhere", "g r", "go-review", w("Review")),
  row("everywhere", "g c", "go-codebook", w("Codebook")),
  row("everywhere", "escape", "close", w("Close")),
  row("everywhere", "mod+z", "undo", w("Undo"), SAVES),
  row("everywhere", "mod+shift+z", "redo", w("Redo"), SAVES),
  row("place", "enter", "place-here", w("It stands here"), SAVES),
  row("list", "j", "next", w("Next")),
  row("list", "k", "previous", w("Previous")),
  row("list", "enter", "open", w("Open here")),
  row("list", "o", "open-page", w("Open its page")),
  row("list", "e", "edit", w("Edit")),
  row("list", "t", "tag-by-name", w("Tag by name")),
  row("list", "m", "next-step", w("Next step")),
  row("list", "i", "assign", w("Assign to me"), SAVES),
  row("list", "n", "comment", w("Comment")),
  row("list", "x", "reject", w("Reject or set aside")),
  row("list", "y", "copy", w("Copy")),
  row("text", "s", "sentence", w("Sentence")),
  row("text", "shift+s", "sentence-more", w("One sentence more")),
  row("mark", "c", "claim", w("Claim"), SAVES),
  row("mark", "p", "proposal", w("Proposal"), SAVES),
  row("mark", "h", "highlight", w("Highlight"), SAVES),
  row("mark", "1|2|3|4|5|6|7|8|9", "tag", w("Tag on or off"), { ...SAVES, shown: "1–9" }),
  row("mark", "0", "last-tags", w("Last tags"), SAVES),
  row("mark", "l", "link", w("Link to an existing one")),
  row("mark", "a", "repeat", w("Repeat on all identical passages")),
  row("mark", "=", "same-facts", w("Facts as on the card before"), SAVES),
  row("mark", "delete|backspace", "remove", w("Remove"), { ...SAVES, card: true }),
  row("suggestion", "c", "claim", w("Accept as a claim"), SAVES),
  row("suggestion", "p", "proposal", w("Accept as a proposal"), SAVES),
  row("suggestion", "e", "edit", w("Edit first")),
  row("suggestion", "x", "reject", w("Turn down for good"), SAVES),
  row("alike", "c", "claim", w("Accept as a claim"), SAVES),
  row("alike", "p", "proposal", w("Accept as a proposal"), SAVES),
  row("alike", "h", "highlight", w("Highlight"), SAVES),
  row("alike", "e", "edit", w("Edit first")),
  row("alike", "x", "reject", w("Turn down for good"), SAVES),
  row("alike", "shift+a", "accept-all", w("Accept all with the same words"), SAVES),
  row("view", "r", "cycle-view", w("Clean, repairs marked, raw")),
  row("view", "f", "filter", w("What is shown")),
  row("view", "d", "read-through", w("Read through, next unread"), SAVES),
  row("view", ".", "next-hit", w("Next hit")),
  row("view", ",", "previous-hit", w("Previous hit")),
  row("tracker", "f", "filter", w("Filters")),
  row("snapshot", "1", "supports", w("Supports"), SAVES),
  row("snapshot", "2", "refutes", w("Refutes"), SAVES),
  row("snapshot", "3", "context", w("Context"), SAVES),
  row("snapshot", "l", "choose-claim", w("For another claim")),
  row("snapshot", "delete|backspace", "withdraw", w("Withdraw"), { ...SAVES, card: true }),
  row("graph", "+|=", "zoom-in", w("Closer"), { shown: "+" }),
  row("graph", "-", "zoom-out", w("Farther")),
  row("graph", "0", "zoom-all", w("All")),
  row("check", "q", "add-question", w("Add a question"), SAVES),
  row("check", "m", "send", w("Send"), SAVES),
  row("triage", "1|2|3|4|5|6|7|8|9", "answer", w("Answer"), { ...SAVES, shown: "1–9" }),
  row("triage", "enter", "queue", w("Queue or track, next"), SAVES),
  row("triage", "x", "set-aside", w("Set aside")),
  row("triage", "e", "wording", w("Wording")),
  row("triage", "j", "skip", w("Skip")),
  row("blind", "1|2|3|4|5|6", "verdict", w("Verdict"), { ...SAVES, shown: "1–6" }),
  row("blind", "e", "why", w("Why")),
]);

const MODIFIERS = new Set(["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "Fn"]);
/** How long the hint after `g` stays, in milliseconds. */
const HINT = 1500;
/** Safari sends the Enter that ended a composition after compositionend. */
const AFTER_COMPOSITION = 60;

/** Rows of some places, in table order. @param {string[]} where @returns {Row[]} */
export const rowsOf = (where) => KEYS.filter((one) => where.includes(one.where));

/** The first row for an action. @param {string} action @param {string[]} where */
export const rowFor = (action, where) => rowsOf(where).find((one) => one.action === action);

/** @typedef {{press: string, row: Row, event: KeyboardEvent|null}} Pressed */

export class Keys {
  #chord = null;
  #composedAt = -Infinity;

  /**
   * @param {object} page
   * @param {string[]} page.where places of the table this page has
   * @param {Record<string, (pressed: Pressed) => unknown>} page.actions by action name
   * @param {() => boolean} [page.single] may single keys act (a person can switch them off)
   * @param {(target: Element|null) => boolean} [page.inside] does the target belong to text, cards or lists (rule 7)
   * @param {() => boolean} [page.blocked] is a dialog open
   * @param {(chord: string|null) => void} [page.hint] show or hide the hint of a chord
   */
  constructor({ where, actions, single = () => true, inside = () => true, blocked = () => false, hint = () => {} }) {
    Object.assign(this, { where, actions, single, inside, blocked, hint });
  }

  /** @param {EventTarget} root usually document */
  listen(root) {
    root.addEventListener("keydown", (event) => this.press(event));
    root.addEventListener("compositionend", (event) => (this.#composedAt = event.timeStamp));
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether it was ours */
  press(event) {
    if (MODIFIERS.has(event.key)) return false;
    if (event.defaultPrevented || isComposing(event) || isTyping(event.target) || this.blocked()) return this.#endChord();
    if (event.key === "Enter" && event.timeStamp - this.#composedAt < AFTER_COMPOSITION) return false;
    const press = pressName(event);
    if (press === null) return false;
    if (this.#chord) return this.#finishChord(event, press);
    return this.#lookUp(event, press);
  }

  #finishChord(event, press) {
    const row = this.#find(`${this.#chord} ${press}`, event.target);
    this.#endChord();
    event.preventDefault();
    if (row) this.#run(row, press, event);
    return true;
  }

  #lookUp(event, press) {
    const row = this.#find(press, event.target);
    if (row) return this.#run(row, press, event);
    if (event.repeat || !this.single() || !this.#startsChord(press)) return false;
    this.#chord = press;
    this.hint(press);
    this.timer = setTimeout(() => this.hint(null), HINT);
    event.preventDefault();
    return true;
  }

  #endChord() {
    if (this.#chord) this.hint(null);
    clearTimeout(this.timer);
    this.#chord = null;
    return false;
  }

  #startsChord(press) {
    return rowsOf(this.where).some((one) => this.actions[one.action] && one.keys.some((key) => key.startsWith(`${press} `)));
  }

  #find(press, target) {
    const last = press.split(" ").at(-1);
    if ([...last].length === 1 && !press.includes("mod+") && !this.single()) return null;
    const fits = (one) => one.keys.includes(press) && this.actions[one.action] && this.#reaches(one, target);
    return rowsOf(this.where).find(fits) ?? null;
  }

  #reaches(one, target) {
    if (one.card) return Boolean(target?.closest?.("[data-card]"));
    if (one.keys[0] === "enter" && target?.closest?.("a[href],button,summary,[role=option],[role=menuitem]")) return false;
    return one.where === "everywhere" || this.inside(target);
  }

  #run(row, press, event) {
    if (event.repeat && row.saves) {
      event.preventDefault();
      return true;
    }
    // A handler that answers false did not want the press: the browser keeps it.
    if (this.actions[row.action]({ press, row, event }) === false) return false;
    event.preventDefault();
    return true;
  }
}
