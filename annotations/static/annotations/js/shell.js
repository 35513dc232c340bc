/**
 * What every page does: words, look, menus, dialogs, messages, htmx with CSRF and sentences instead of silent failures.
 */
import "./combobox.js";
import { pageUser } from "./csrf.js";
import { byId, pageData } from "./dom.js";
import { wireDialogs } from "./dialogs.js";
import { wireDrafts } from "./drafts.js";
import { wireLook } from "./look.js";
import { wireMenus } from "./menus.js";
import { flash, wireMessages } from "./messages.js";
import { wireKeys } from "./shell-keys.js";
import { loadWords, t } from "./words.js";

for (const words of document.querySelectorAll('script[type="application/json"][id^="words-"]')) loadWords(pageData(words.id));

wireLook();
wireMenus();
wireDialogs();
wireMessages();
wireDrafts();
wireForms();
wireHtmx();
wireKeys();
if (document.querySelector('meta[name="live"]')) import("./live/start.js");
wakeOutbox();
// Names are offered where comments are written; the list comes with the first @.
document.addEventListener("input", ({ target, data }) => {
  if ((data === "@" || data === "＠") && target.matches?.('textarea[name="body"]')) import("./mentions.js").then(({ offer }) => offer(target));
});

/** What waits in this browser since an earlier visit is delivered from any page; the reader does it itself. */
function wakeOutbox() {
  try {
    if (pageUser() && localStorage.getItem(`outbox.${pageUser()}`) && !byId("reader-boot")) import("./wake.js");
  } catch {
    // Without storage nothing can wait.
  }
}

/** Ctrl or Cmd + Enter saves the form one is in; a form is sent once, however often its button is pressed. */
function wireForms() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    const form = event.target.closest?.("form");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector('button.primary:not([type="button"])') ?? undefined);
  });
  const sent = new WeakSet();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete]")) return;
    if (sent.has(form)) event.preventDefault();
    sent.add(form);
    setTimeout(() => sent.delete(form), 3000); // an answer that is a file leaves the page where it is
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-autosubmit], [data-autosubmit] *")) event.target.form?.requestSubmit();
  });
}

function wireHtmx() {
  const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    // A session that ended answers with the login page; it must not land inside a list.
    const address = event.detail.xhr.responseURL;
    if (!address || !new URL(address).pathname.startsWith("/accounts/")) return;
    event.detail.shouldSwap = false;
    location.assign(`/accounts/login/?next=${encodeURIComponent(location.pathname + location.search)}`);
  });
  document.addEventListener("htmx:responseError", (event) => {
    // A fragment with its own message lands in #messages out of band (htmx-config: swapOverride none).
    if (!event.detail.xhr.responseText.includes('id="messages"')) flash(whyRefused(event.detail.xhr), "error");
  });
  document.addEventListener("htmx:sendError", () => flash(t("The server cannot be reached. Nothing was changed."), "error"));
  document.addEventListener("htmx:timeout", () => flash(t("The server did not answer in time. Try again."), "error"));
}

/** The sentence of a problem+json answer, or one that names the status. */
function whyRefused(xhr) {
  try {
    const { detail } = JSON.parse(xhr.responseText);
    if (detail) return detail;
  } catch {
    // not JSON: fall through to the status
  }
  return t("The server refused this ({status}). Nothing was changed.", { status: xhr.status });
}
