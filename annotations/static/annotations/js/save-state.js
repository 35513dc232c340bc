/**
 * How saving stands, in words: Saved, Saving, Offline and how many wait, signed out, refused and why; with what a person can do about it.
 */
import { byId, h } from "./dom.js";
import { announce, icon } from "./messages.js";
import { t, tn } from "./words.js";

const ICONS = { saved: "check", saving: "clock", offline: "offline", login: "alert", person: "alert", refused: "alert" };

/** @typedef {{phase: string, waiting: number, refused: number, why: string}} Standing */

/** The one word for how it stands. @param {Standing} standing @param {boolean} [online] */
export function stateOf({ phase, waiting, refused, why }, online = true) {
  if (waiting && ["login", "person"].includes(phase)) return phase;
  if (!online || (waiting && phase === "offline")) return "offline";
  if (refused || why) return "refused";
  return waiting ? "saving" : "saved";
}

function wordsOf(state, { waiting, refused, why }) {
  if (state === "offline") return waiting ? t("Offline, {n} waiting", { n: waiting }) : t("Offline");
  if (state === "login") return tn("Signed out, 1 waiting", "Signed out, {n} waiting", waiting);
  if (state === "person") return tn("Somebody else is signed in, 1 waiting", "Somebody else is signed in, {n} waiting", waiting);
  if (state === "refused") return refused > 1 ? t("{n} refused: {why}", { n: refused, why }) : t("Refused: {why}", { why });
  return state === "saving" ? t("Saving") : t("Saved");
}

const button = (text, click) => h("button", { type: "button", class: "link", text, on: { click } });

/** Logging in happens in a tab of its own: nothing on this page is left for it. */
function loginLink() {
  const next = encodeURIComponent(location.pathname + location.search);
  return h("a", { href: `/accounts/login/?next=${next}`, target: "_blank", rel: "opener", text: t("Log in in a new tab") });
}

/**
 * @param {Standing} standing
 * @param {{retry: () => void, show?: () => void}} acts show = lead to what was refused
 */
export function showStanding(standing, { retry, show }) {
  const place = byId("save-state");
  if (!place) return;
  const state = stateOf(standing, navigator.onLine !== false);
  const words = wordsOf(state, standing);
  if (place.dataset.state === state && place.dataset.words === words) return;
  const changed = place.dataset.state !== state;
  Object.assign(place.dataset, { state, words });
  const act = {
    offline: () => standing.waiting && button(t("Try again"), retry), login: loginLink, person: loginLink,
    refused: () => standing.refused && show && button(t("Show"), show),
  }[state]?.();
  place.replaceChildren(icon(ICONS[state]), h("span", { text: words }), ...(act ? [act] : []));
  if (changed && !["saved", "saving"].includes(state)) announce(words);
}
