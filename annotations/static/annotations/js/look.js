/**
 * The reader's own look and keys: light or dark, single-letter keys on or off. Kept in a cookie, so that the server paints the page right at once.
 */
import { t } from "./words.js";
import { announce } from "./messages.js";

const YEAR = 365 * 24 * 3600;

/** @param {string} name @param {string} value */
function remember(name, value) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
}

/** Whether one-letter keys may act (WCAG 2.1.4). */
export const singleKeys = () => document.documentElement.dataset.keys !== "off";

/** Wire the choices of the user menu. */
export function wireLook() {
  document.addEventListener("click", (event) => {
    const theme = event.target.closest("[data-set-theme]");
    if (theme) setTheme(theme.dataset.setTheme);
    const keys = event.target.closest("[data-set-keys]");
    if (keys) setKeys(!singleKeys(), keys);
  });
}

/** @param {string} theme auto, light or dark */
export function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  remember("theme", theme);
  for (const button of document.querySelectorAll("[data-set-theme]")) {
    button.setAttribute("aria-pressed", String(button.dataset.setTheme === theme));
  }
}

function setKeys(on, button) {
  document.documentElement.dataset.keys = on ? "on" : "off";
  remember("keys", on ? "on" : "off");
  button.setAttribute("aria-pressed", String(on));
  announce(on ? t("Single-letter keys are on.") : t("Single-letter keys are off."));
  document.dispatchEvent(new CustomEvent("keys-changed", { detail: { on } }));
  if (button.dataset.url) keep(button.dataset.url, on);
}

/** Also at the account, for the person's other devices; the cookie already holds for this one, so a failure loses nothing. */
function keep(url, on) {
  const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  const body = new URLSearchParams({ single_keys: on ? "on" : "" });
  fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token }, keepalive: true }).catch(() => {});
}
