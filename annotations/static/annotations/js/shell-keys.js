/**
 * The keys every page has: `?` help, `/` search, `g` and a section, J K through rows marked data-row. A page whose own script binds keys comes
 * first: it listens on the document, this on the window, and what it handled is left alone.
 */
import { byId } from "./dom.js";
import { showChord, showHelp } from "./key-help.js";
import { Keys } from "./keys.js";
import { singleKeys } from "./look.js";

const WHERE = ["everywhere", "list"];
const SECTIONS = ["home", "documents", "last", "tracker", "sources", "review", "codebook"];

/** Follow the link of the bar that names this chord; without such a link the key does nothing. @param {string} name section */
function go(name) {
  return () => document.querySelector(`a[aria-keyshortcuts="g ${name[0]}"]`)?.click() ?? false;
}

/** The row that has the focus or is marked as current, moved by one. @param {number} by */
function step(by) {
  const rows = [...document.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());
  if (!rows.length) return false;
  const here = document.activeElement?.closest("[data-row]") ?? document.querySelector("[data-row][aria-current]");
  const next = rows[Math.min(rows.length - 1, Math.max(0, rows.indexOf(here) + by))];
  rows.forEach((row) => row.toggleAttribute("aria-current", row === next));
  (next.matches("a[href], [tabindex]") ? next : next.querySelector("a[href]") ?? next).focus();
  return true;
}

const actions = {
  ...Object.fromEntries(SECTIONS.map((name) => [`go-${name}`, go(name)])),
  next: () => step(1),
  previous: () => step(-1),
  search: () => (byId("search") ? (byId("search").focus(), true) : false),
  help: () => help(),
};

function help() {
  const keep = document.querySelector("[data-set-keys]")?.dataset.url;
  showHelp({ where: WHERE, actions, single: singleKeys(), keep });
}

export function wireKeys() {
  new Keys({
    where: WHERE, actions, single: singleKeys,
    blocked: () => Boolean(document.querySelector("dialog[open]")),
    hint: (chord) => showChord(byId("chord"), chord, WHERE, actions),
  }).listen(window);
  addEventListener("click", (event) => {
    const wanted = event.target.closest?.('[data-action="help"]');
    wanted?.closest("[popover]")?.hidePopover();
    if (wanted && !document.querySelector("[data-keyscope]")) help();
  });
}
