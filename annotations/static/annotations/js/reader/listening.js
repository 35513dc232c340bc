/**
 * The keys of a page with a text to mark: which presses are meant for it, and that each use of a hinted one is counted.
 */
import { byId } from "../dom.js";
import { showChord } from "../key-help.js";
import { Keys } from "../keys.js";
import { singleKeys } from "../look.js";
import { countUse } from "./hints.js";

/** Nothing in particular has the focus. */
const free = (target) => !target?.closest || target === document.body || target === document.documentElement || target.id === "main";
const inside = (target) => !target?.closest?.("[data-panel]") && (free(target) || Boolean(target.closest("[data-keyscope]")));

/**
 * @param {{where: string[], actions: Record<string, (pressed: object) => unknown>, doc: HTMLElement, moves: {caretKey: (event: KeyboardEvent) => void}}} page
 */
export function listenToKeys({ where, actions, doc, moves }) {
  const counted = Object.fromEntries(Object.entries(actions).map(([name, run]) => [name, (pressed) => {
    countUse(name, document);
    return run(pressed);
  }]));
  const blocked = () => Boolean(document.querySelector("dialog[open]"));
  const hint = (chord) => showChord(byId("chord"), chord, where, actions);
  new Keys({ where, actions: counted, single: singleKeys, inside, blocked, hint }).listen(document);
  doc.addEventListener("keydown", (event) => moves.caretKey(event));
}
