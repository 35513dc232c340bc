/**
 * What the keys and the buttons of the foot do. One entry an action of the table in keys.js.
 */
import { byId } from "../dom.js";
import { announce, flash } from "../messages.js";
import { fetchInto } from "../swap.js";
import { t, tn } from "../words.js";
import { formats, tableOf, toClipboard, words } from "./copy.js";

/**
 * @param {object} page parts of the Tracker
 * @returns {Record<string, (pressed: object) => unknown>}
 */
export function commands({ grid, selection, editing, saver, pane, pasting, boot, tags, help }) {
  const label = () => grid.current?.dataset.label ?? "";
  const pageOf = (one) => boot.urls.page.replace("LABEL", one);
  const copied = () => (selection.rows.length ? formats(tableOf(grid.table, selection.rows, tags, pageOf)) : null);

  async function copy() {
    const both = copied();
    if (!both) return false;
    const n = selection.rows.length;
    const done = await toClipboard(both);
    announce(done ? tn("1 row copied", "{n} rows copied", n) : t("The browser does not allow copying"));
    if (done) flashShort(tn("1 row copied", "{n} rows copied", n));
    return true;
  }

  function assign() {
    if (!selection.rows.length) return false;
    if (boot.can.assign_self) return saver.refuse(boot.can.assign_self);
    return void saver.manySaid(selection.rows, { action: "assign", assignee: "me" });
  }

  /** Open a bulk action in the dialog. @param {string} action of views/tracker/bulk.py */
  function dialog(action) {
    const ids = selection.rows.map((row) => row.dataset.id);
    if (!ids.length && !selection.whole) return false;
    const form = byId("bulk");
    const asked = new URLSearchParams({ query: form.elements.query.value });
    if (selection.whole) asked.set("all", "1");
    if (selection.whole) asked.set("expected", form.elements.expected.value);
    else asked.set("ids", ids.join(","));
    fetchInto(`${boot.urls.dialog.replace("ACTION", action)}?${asked}`, byId("dialog-content"));
    return true;
  }

  /** The digest goes to the clipboard; without scripts its link shows it. @param {HTMLAnchorElement} link */
  async function copyDigest(link) {
    const answer = await fetch(link.href);
    const text = await answer.text();
    const done = answer.ok && (await toClipboard({ text, html: "" }));
    flash(done ? t("Copied as Markdown") : t("The browser does not allow copying"), done ? "success" : "warning");
  }

  return {
    "copy-digest": copyDigest,
    next: () => grid.step(1),
    previous: () => grid.step(-1),
    open: () => (label() ? void pane.open(label()) : false),
    "open-page": () => (label() ? void location.assign(pageOf(label())) : false),
    edit: () => editing.startHere(),
    "tag-by-name": () => dialog("tag"),
    "next-step": () => dialog("move"),
    reject: () => dialog("set-aside"),
    assign,
    copy: () => void copy(),
    copied,
    dialog,
    "fill-down": () => pasting.fillDown((cell) => words(cell, tags)),
    filter: () => openFilters(),
    undo: () => void saver.undo(),
    redo: () => void saver.redo(),
    close: () => pane.close() || selection.clear(),
    help,
  };
}

/** On a phone the sheet, elsewhere the field for words. */
function openFilters() {
  const sheet = byId("filters");
  const opener = document.querySelector(".filters-open");
  if (opener?.checkVisibility()) sheet.showPopover();
  byId("f-q")?.focus();
  return true;
}

let clearing = 0;

/** A word in the foot, for a moment. */
function flashShort(text) {
  const place = byId("chosen");
  if (!place) return flash(text, "success");
  const before = place.textContent;
  place.textContent = text;
  clearTimeout(clearing);
  clearing = setTimeout(() => place.textContent === text && (place.textContent = before), 1600);
  return undefined;
}
