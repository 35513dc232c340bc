/**
 * More like this, by keys: J and K move (as in every list), and what the reader's keys do to a suggestion they do to the current row here.
 * After a decision the page comes back at the next row.
 */
import { pageKeys } from "./shell-keys.js";

const ACTS = ["claim", "proposal", "highlight", "edit", "reject"];
const list = document.getElementById("alike");

/** The row that has the focus or is marked, else the first that waits. */
function current() {
  const here = document.activeElement?.closest("[data-row]") ?? document.querySelector("[data-row][aria-current]");
  return here ?? list.querySelector("[data-row]:has([data-action])");
}

/** @param {HTMLElement|null|undefined} button */
function press(button) {
  if (!button) return false;
  button.click();
  return true;
}

function choose(row) {
  for (const one of list.querySelectorAll("[data-row]")) one === row ? one.setAttribute("aria-current", "true") : one.removeAttribute("aria-current");
}

if (list) {
  const acts = ACTS.map((name) => [name, () => press(current()?.querySelector(`[data-action="${name}"]`))]);
  const others = ["accept-all", "undo", "redo"].map((name) => [name, () => press(document.querySelector(`[data-action="${name}"]`))]);
  pageKeys(["alike"], Object.fromEntries([...acts, ...others]));
  list.addEventListener("focusin", ({ target }) => choose(target.closest("[data-row]")));
  const next = document.getElementById(location.hash.slice(1));
  if (next?.matches("[data-row]")) {
    next.querySelector("a[href]").focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  }
}
