/**
 * The Tracker page: makes the parts, lets them know of each other, and gives every key and button its action.
 */
import { byId, pageData } from "./dom.js";
import { letterButtons, showChord, showHelp, unletter } from "./key-help.js";
import { Keys } from "./keys.js";
import { singleKeys } from "./look.js";
import { createApi } from "./reader/api.js";
import { commands } from "./tracker/commands.js";
import { fillEvent } from "./tracker/copy.js";
import { CellEditing } from "./tracker/edit.js";
import { colOf, focusIsLost, Grid } from "./tracker/grid.js";
import { feedOfPage } from "./live/feed.js";
import { follow } from "./tracker/live.js";
import { Pane } from "./tracker/pane.js";
import { Pasting } from "./tracker/paste.js";
import { Saver } from "./tracker/save.js";
import { Selection } from "./tracker/selection.js";
import { Visits } from "./tracker/visit.js";

const WHERE = ["everywhere", "list", "tracker"];

const boot = pageData("tracker-data");
const home = byId("tracker");
const api = createApi({ csrf: document.querySelector('meta[name="csrf-token"]').content });
const tags = new Map(boot.tags.map((tag) => [String(tag.id), tag.label]));

const grid = new Grid(home);
const selection = new Selection(grid);
const visits = new Visits(byId("filters"), boot.urls.list);
const pane = new Pane(byId("pane"), grid, (label) => boot.urls.pane.replace("LABEL", label));
const saver = new Saver({ api, grid, urls: boot.urls, arrived: () => visits.refresh() });
const editing = new CellEditing({ grid, saver, boot });
const pasting = new Pasting({ grid, selection, saver, api, url: boot.urls.cells });
const all = commands({
  grid, selection, editing, saver, pane, pasting, boot, tags,
  help: () => showHelp({ where: WHERE, actions: all, single: singleKeys(), keep: boot.urls.keys }),
});

/** Rows came: roles, ticks, letters. */
function arrived() {
  grid.prepare();
  selection.renew();
  for (const button of home.querySelectorAll("#bulk [data-action][hidden]")) button.hidden = false;
  letterButtons(home, WHERE, singleKeys());
}

let held = false; // the focus is in the table that is being replaced
let head = null; // in the head of this column
let atWork = false; // or was there last: a dialog that closes gives it back to a cell that may be gone
document.addEventListener("focusin", ({ target }) => (atWork = Boolean(target.closest("#results, dialog"))));
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "results") return;
  const at = grid.table?.tHead.contains(document.activeElement) ? document.activeElement.closest("th, td") : null;
  head = at && colOf(at);
  held = Boolean(grid.table?.contains(document.activeElement)) || (atWork && focusIsLost());
});
visits.addEventListener("arrive", ({ detail }) => {
  arrived();
  grid.go(grid.place, { focus: held && head === null && focusIsLost() });
  if (head !== null && focusIsLost()) grid.goToHead(head);
  if (detail.quiet && !byId("pane").contains(document.activeElement)) pane.renew();
  if (!detail.quiet) home.querySelector(".table-wrap")?.scrollTo({ top: 0 });
});
grid.addEventListener("renewed", () => {
  selection.renew();
  pane.renew();
});
document.body.addEventListener("tracker-changed", () => visits.refresh());

/** A click on words opens them beside the list (a second click edits); on a phone at once. */
home.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
  const link = event.target.closest("a[data-open]");
  const cell = event.target.closest("td, th");
  if (cell?.closest("tr[data-id]") && !event.target.closest("a[href]:not([data-open]), input, button, .cell-editor")) {
    grid.go({ id: cell.parentElement.dataset.id, col: cell.dataset.col ?? "select" });
  }
  if (!link) return;
  event.preventDefault();
  if (!document.getSelection().isCollapsed) return;
  if (matchMedia("(pointer: coarse)").matches || link.matches(".quiet-link")) pane.open(grid.current.dataset.label);
  else pane.soon();
});
home.addEventListener("dblclick", () => pane.cancel());

home.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-copy-text]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  link.closest("[popover]")?.hidePopover();
  all["copy-digest"](link);
});

/** Buttons of the foot do what their keys do; those that ask something open the dialog. */
home.addEventListener("click", (event) => {
  const button = event.target.closest("#bulk button");
  if (!button) return;
  if (button.hasAttribute("popovertarget")) return;
  event.preventDefault();
  button.closest("[popover]")?.hidePopover();
  if (button.dataset.bulk) all.dialog(button.dataset.bulk);
  else all[button.dataset.action]?.({ button });
});

/** Space ticks the row, F2 edits; both only while a cell has the focus. */
home.addEventListener("keydown", (event) => {
  const cell = event.target.closest("td, th");
  if (!cell?.closest("tr[data-id]") || cell !== event.target || event.isComposing || event.defaultPrevented) return;
  if (event.key === "F2") editing.startHere();
  else if (event.key === " " && event.shiftKey) selection.extend();
  else if (event.key === " ") selection.toggle(cell.parentElement.dataset.id);
  else return;
  event.preventDefault();
});

const inGrid = () => grid.table?.contains(document.activeElement) && !document.activeElement.closest(".cell-editor");
document.addEventListener("copy", (event) => {
  const both = inGrid() && document.getSelection().isCollapsed ? all.copied() : null;
  if (both) fillEvent(event, both);
});
document.addEventListener("paste", (event) => {
  if (inGrid() && pasting.paste(event.clipboardData.getData("text/plain"))) event.preventDefault();
});

/** A filter that is found by typing opens at its field. */
home.addEventListener("toggle", (event) => event.newState === "open" && event.target.querySelector("combo-box input")?.focus(), { capture: true });

/** A dialog that came begins at what it asks, not at its cross. */
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "dialog-content") return;
  byId("dialog").querySelector(".dialog-body :is(input:not([type=hidden]), select:not([hidden]), textarea)")?.focus();
});

/** In a dialog with numbered answers the digit chooses. */
document.addEventListener("keydown", (event) => {
  const answers = event.target.closest?.("#dialog")?.querySelectorAll(".numbered input");
  if (!answers?.length || event.isComposing || event.target.matches("input:not([type=radio]), textarea, select")) return;
  const answer = /^[1-9]$/.test(event.key) ? answers[Number(event.key) - 1] : null;
  if (!answer) return;
  answer.checked = true;
  answer.focus();
  event.preventDefault();
});

new Keys({
  where: WHERE, actions: all, single: singleKeys, inside: (target) => !target?.closest || target === document.body || Boolean(target.closest("[data-keyscope]")),
  blocked: () => Boolean(document.querySelector("dialog[open]")), hint: (chord) => showChord(byId("chord"), chord, WHERE, all),
}).listen(document);
document.addEventListener("keys-changed", () => {
  unletter(home);
  letterButtons(home, WHERE, singleKeys());
});

const busy = () => Boolean(editing.open || saver.busy || document.querySelector("dialog[open], :popover-open") || !document.getSelection().isCollapsed);
/** A list that was fetched before something was written here is older than what stands here. */
function refresh() {
  const before = saver.turn;
  return visits.refreshGently(() => busy() || saver.turn !== before);
}
follow({ feed: feedOfPage(), isOwn: (op) => saver.isOwn(op), busy, refresh });
arrived();
home.dataset.ready = "";
