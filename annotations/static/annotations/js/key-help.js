/**
 * What shows the table of keys: the letters on the buttons, aria-keyshortcuts, the help on `?`, and the hint after `g`.
 */
import { h } from "./dom.js";
import { ariaShortcut, printed } from "./key-match.js";
import { rowFor, rowsOf } from "./keys.js";
import { t } from "./words.js";

const APPLE = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");

/**
 * Print the letter on every button that a key presses, and tell assistive technology of it. May be called again for new buttons.
 * A button with `data-press` has that very key (tags), others the first key of their row.
 * @param {ParentNode} root @param {string[]} where places of the table this page has @param {boolean} single single keys are on
 */
export function letterButtons(root, where, single) {
  for (const button of root.querySelectorAll("[data-action]:not([data-lettered])")) {
    const press = button.dataset.press ?? rowFor(button.dataset.action, where)?.keys[0];
    if (!press || (!single && [...press].length === 1)) continue;
    button.dataset.lettered = "";
    const shortcut = ariaShortcut(press);
    if (shortcut) button.setAttribute("aria-keyshortcuts", shortcut);
    button.append(h("kbd", { text: printed(press, APPLE), "aria-hidden": "true" }));
  }
}

/** Take the letters off again. @param {ParentNode} root */
export function unletter(root) {
  for (const button of root.querySelectorAll("[data-lettered]")) {
    delete button.dataset.lettered;
    button.removeAttribute("aria-keyshortcuts");
    button.querySelector(":scope > kbd")?.remove();
  }
}

const PLACES = {
  everywhere: () => t("Everywhere"), list: () => t("Lists and cards"), text: () => t("Choosing text"), mark: () => t("On the selection or the current card"),
  suggestion: () => t("On a suggestion"), alike: () => t("On a passage of the list"), view: () => t("View"), tracker: () => t("Tracker"), snapshot: () => t("Snapshot"), check: () => t("Check"),
  triage: () => t("Triage"), blind: () => t("Blind review"),
};

/**
 * Open the help.
 * @param {object} page
 * @param {string[]} page.where @param {Record<string, unknown>} page.actions what this page can do @param {boolean} page.single single keys are on
 * @param {string} [page.keep] address at which the account keeps the choice (look.js)
 */
export function showHelp({ where, actions, single, keep }) {
  const groups = [...new Set(rowsOf(where).map((row) => row.where))];
  const dialog = h(
    "dialog", { class: "dialog wide key-help", "aria-labelledby": "key-help-title", on: { close: () => dialog.remove() } },
    h("div", { class: "dialog-head" }, h("h2", { id: "key-help-title", text: t("Keys") })),
    h("div", { class: "dialog-body key-groups" }, ...groups.map((group) => groupOf(group, actions)).filter(Boolean), extra()),
    h(
      "form", { method: "dialog", class: "dialog-foot" },
      h("button", { type: "button", class: "button quiet", "aria-pressed": String(single), text: t("Single keys act"), data: { setKeys: "", url: keep } }),
      h("button", { class: "button primary", autofocus: true, text: t("Close") }),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
}

function groupOf(group, actions) {
  const rows = rowsOf([group]).filter((row) => actions[row.action]);
  if (!rows.length) return null;
  return h("section", {}, h("h3", { text: PLACES[group]() }), h("dl", { class: "key-list" }, ...rows.flatMap(lineOf)));
}

function lineOf(row) {
  const keys = row.shown ? [row.shown] : row.keys.map((press) => printed(press, APPLE));
  return [h("dt", {}, ...keys.map((key) => h("kbd", { text: key }))), h("dd", { text: t(row.label) })];
}

/** Keys of the browser and of every form, which the table does not bind. */
function extra() {
  const lines = [
    [printed("mod+enter", APPLE), t("Save a form")], ["Esc", t("Cancel; what was typed is kept as a draft")], ["Shift+← →", t("Shorten or lengthen the selection")],
  ];
  const list = h("dl", { class: "key-list" }, ...lines.flatMap(([key, text]) => [h("dt", {}, h("kbd", { text: key })), h("dd", { text })]));
  return h("section", {}, h("h3", { text: t("Any form and any text") }), list);
}

/**
 * Show which keys may follow `g`.
 * @param {HTMLElement|null} element the place of the hint @param {string|null} chord @param {string[]} where @param {Record<string, unknown>} actions
 */
export function showChord(element, chord, where, actions) {
  if (!element) return;
  element.replaceChildren();
  element.hidden = chord === null;
  if (chord === null) return;
  for (const row of rowsOf(where)) {
    const key = row.keys.find((one) => one.startsWith(`${chord} `));
    if (key && actions[row.action]) element.append(h("span", {}, h("kbd", { text: key.split(" ")[1].toUpperCase() }), ` ${t(row.label)} `));
  }
}
