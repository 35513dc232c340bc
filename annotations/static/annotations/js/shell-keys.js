/**
 * The keys every page has: `?` help, `/` search, `g` and a section, J K through rows marked data-row. A page whose own script binds keys comes
 * first: it listens on the document, this on the window, and what it handled is left alone. Simpler pages add theirs here (pageKeys).
 */
import { byId } from "./dom.js";
import { showChord, showHelp } from "./key-help.js";
import { Keys, rowsOf } from "./keys.js";
import { singleKeys } from "./look.js";

const WHERE = ["everywhere", "list"];
const SECTIONS = ["home", "documents", "last", "tracker", "sources", "review", "codebook"];

/** The link of the bar or its menu that names this chord; pages without a corpus have none. @param {string} name section */
const linkTo = (name) => document.querySelector(`a[aria-keyshortcuts="g ${name[0]}"]`);

const shownRows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());

/** The row that has the focus or is marked as current, moved by one. @param {number} by */
function step(by) {
  const rows = shownRows();
  if (!rows.length) return false;
  const here = document.activeElement?.closest("[data-row]") ?? document.querySelector("[data-row][aria-current]");
  const next = rows[Math.min(rows.length - 1, Math.max(0, rows.indexOf(here) + by))];
  for (const row of rows) row === next ? row.setAttribute("aria-current", "true") : row.removeAttribute("aria-current");
  (next.matches("a[href], [tabindex]") ? next : next.querySelector("a[href]") ?? next).focus();
  return true;
}

const actions = {
  ...Object.fromEntries(SECTIONS.filter(linkTo).map((name) => [`go-${name}`, () => linkTo(name).click()])),
  next: () => step(1),
  previous: () => step(-1),
  ...(byId("search") ? { search: () => byId("search").focus() } : {}),
  help: () => help(),
};

/**
 * Keys of this page besides those of every page, before those of lists.
 * @param {string[]} where places of the table @param {Record<string, Function>} more handlers by action
 */
export function pageKeys(where, more) {
  const taken = new Set(rowsOf(where).filter((row) => more[row.action]).flatMap((row) => row.keys));
  for (const row of rowsOf(["list"])) if (row.keys.some((key) => taken.has(key))) delete actions[row.action];
  WHERE.push(...where.filter((one) => !WHERE.includes(one)));
  Object.assign(actions, more);
}

/** The keys that do something here. */
function help() {
  const keep = document.querySelector("[data-set-keys]")?.dataset.url;
  const { next, previous, ...always } = actions;
  const rows = shownRows().length ? { next, previous } : {};
  showHelp({ where: WHERE, actions: { ...always, ...rows }, single: singleKeys(), keep });
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
