/**
 * The CSRF token as it is now: logging in again in another tab changes the cookie, not this page.
 */

/** @returns {string} from the cookie, else what the page was sent with */
export function csrfToken() {
  if (typeof document === "undefined") return "";
  const found = /(?:^|;\s*)(?:__Host-)?csrftoken=([^;]+)/.exec(document.cookie);
  return found?.[1] ?? document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

/** Who this page was made for, "" for nobody. Every write names them: a page left open does not act for whoever logged in since. */
export const pageUser = () => (typeof document === "undefined" ? "" : (document.querySelector('meta[name="user"]')?.content ?? ""));
