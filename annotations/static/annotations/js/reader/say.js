/**
 * Words about what happened: for everybody who listens (the polite live region of the page) and for everybody who looks (#said).
 */
import { byId } from "../dom.js";
import { announce } from "../messages.js";

let clearing = 0;

/**
 * Announce politely, and show it for a moment where the page has a place for it.
 * @param {string} text @param {boolean} [shown] false for what the eye sees anyway
 */
export function say(text, shown = true) {
  announce(text);
  const place = byId("said");
  if (!place || !shown) return;
  place.textContent = text;
  clearTimeout(clearing);
  clearing = setTimeout(() => (place.textContent = ""), 4000);
}
