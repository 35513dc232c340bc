/**
 * Telling people things: messages at the head of the page, the save state in the bar, and the one polite live region.
 */
import { byId, h } from "./dom.js";
import { t } from "./words.js";

const ICONS = { success: "check", error: "stop", warning: "alert", info: "info" };
const SAVE_ICONS = { saved: "check", saving: "clock", offline: "offline", refused: "alert" };

/** An icon of the page's sheet. @param {string} name symbol without "i-" @returns {SVGElement} */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** Say something to a screen reader only. @param {string} text */
export function announce(text) {
  const region = byId("announcer");
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => (region.textContent = text));
}

/**
 * Show a message at the head of the page.
 * @param {string} text @param {"info"|"success"|"warning"|"error"} [level]
 */
export function flash(text, level = "info") {
  const place = byId("messages");
  if (!place) return announce(text);
  const cross = h("button", { type: "button", class: "button quiet small only-icon", "data-dismiss": true, "aria-label": t("Close this message") }, icon("close"));
  place.append(h("div", { class: `message ${level}` }, icon(ICONS[level]), h("p", { class: "text", text }), cross));
  if (level === "error") place.scrollIntoView({ block: "nearest" });
}

/**
 * The save state in the bar, in words: Saved, Saving, Offline, 3 waiting, Refused: why.
 * @param {"saved"|"saving"|"offline"|"refused"|""} state @param {{waiting?: number, why?: string}} [detail]
 */
export function setSaveState(state, { waiting = 0, why = "" } = {}) {
  const place = byId("save-state");
  if (!place) return;
  const words = {
    saved: () => t("Saved"),
    saving: () => t("Saving"),
    offline: () => (waiting ? t("Offline, {n} waiting", { n: waiting }) : t("Offline")),
    refused: () => t("Refused: {why}", { why }),
  }[state];
  if (place.dataset.state === state && place.textContent === words?.()) return;
  place.dataset.state = state;
  place.replaceChildren(...(words ? [icon(SAVE_ICONS[state]), h("span", { text: words() })] : []));
}

/** Closing messages by their cross. */
export function wireMessages() {
  document.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest(".message")?.remove());
}
