/**
 * Pages worked through by keys (triage, check, review, statement): an element with data-action is what the key of that action presses. Several
 * with the same action are numbered answers. The page names its places in the table of keys: data-where="triage".
 */
import { pageKeys } from "./shell-keys.js";

const TEXT = "textarea, select, input:not([type=radio], [type=checkbox])";
const where = document.querySelector("[data-where]").dataset.where.split(" ");
/** Looked up when they are needed: parts of the page are exchanged while it is open. @param {string} name @returns {HTMLElement[]} */
const targets = (name) => [...document.querySelectorAll(`[data-where] [data-action="${name}"]`)];
const NAMES = new Set([...document.querySelectorAll("[data-where] [data-action]")].map((one) => one.dataset.action));

/** What a person would do: type in a field, choose an answer, open what is folded, press a button. @param {HTMLElement} one */
function press(one) {
  one.closest("details:not([open])")?.setAttribute("open", "");
  if (one.matches("details")) one.querySelector("textarea, input:not([type=hidden]), select")?.focus();
  else if (!one.matches(TEXT)) one.click();
  if (one.matches("input, select, textarea")) one.focus();
}

/** @param {HTMLElement[]} found the elements of one action @param {string} key */
function pressOne(found, key) {
  const one = /^[1-9]$/.test(key) ? found[Number(key) - 1] : found[0];
  return one ? press(one) : false;
}

const actions = Object.fromEntries([...NAMES].map((name) => [name, (pressed) => pressOne(targets(name), pressed.press)]));
pageKeys(where, actions);

// In a dialog with numbered answers the digit chooses, unless one is typing.
document.addEventListener("keydown", (event) => {
  const answers = event.target.closest?.("dialog")?.querySelectorAll(".answers input[type=radio]");
  if (answers?.length && /^[1-9]$/.test(event.key) && !event.isComposing && !event.target.matches(TEXT)) pressOne([...answers], event.key);
});

// A type or a degree may speak for setting aside: then that button is put forward, with its reason. The person decides.
document.addEventListener("change", ({ target }) => {
  const reason = target.selectedOptions?.[0]?.dataset.aside;
  if (reason === undefined) return;
  const [onward, aside] = ["queue", "set-aside"].map((name) => targets(name)[0]);
  onward?.classList.toggle("primary", !reason);
  aside?.classList.toggle("primary", Boolean(reason));
  for (const radio of document.querySelectorAll("#aside input[name=reason]")) radio.checked = radio.value === reason;
});
document.querySelector("[data-preset]")?.focus({ preventScroll: true });
