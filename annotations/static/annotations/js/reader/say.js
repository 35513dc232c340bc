/**
 * Words about what happened: for everybody who listens (the polite live region of the page) and for everybody who looks (#said, #save-state).
 */
import { byId, h } from "../dom.js";
import { announce, icon } from "../messages.js";
import { t } from "../words.js";

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

/**
 * The save state in words.
 * @param {HTMLElement|null} element
 * @param {{waiting: number, failed: string|null, refused: string|null}} state
 * @param {() => void} retry
 */
export function showState(element, { waiting, failed, refused }, retry) {
  if (!element) return;
  const kind = failed ? "failed" : refused ? "refused" : waiting ? "saving" : "saved";
  const key = [kind, failed, refused].join("|");
  if (element.dataset.shown === key) return;
  element.dataset.shown = key;
  element.dataset.state = kind;
  const words = { failed: t("Not saved: {why}.", { why: failed }), refused: t("Refused: {why}", { why: refused }), saving: t("Saving"), saved: t("Saved") }[kind];
  const again = kind === "failed" && h("button", { type: "button", class: "link", text: t("Try again"), on: { click: retry } });
  element.replaceChildren(icon({ failed: "alert", refused: "alert", saving: "clock", saved: "check" }[kind]), h("span", { text: words }), ...(again ? [again] : []));
  if (kind === "failed" || kind === "refused") say(words);
}
