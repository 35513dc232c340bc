/**
 * Dialogs: opened by buttons with data-dialog, filled by htmx through #dialog-content, asked by data-confirm and hx-confirm.
 */
import { byId } from "./dom.js";
import { t } from "./words.js";

export function wireDialogs() {
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit, { capture: true });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "dialog-content") openFilled();
  });
  document.addEventListener("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    ask(event.detail.question, event.detail.elt.dataset).then((yes) => yes && event.detail.issueRequest(true));
  });
  document.body.addEventListener("dialog-close", () => byId("dialog")?.close());
}

function onClick(event) {
  const opener = event.target.closest("[data-dialog]");
  if (opener) open(opener.dataset.dialog, opener);
  const closer = event.target.closest("[data-close]");
  if (closer) closer.closest("dialog")?.close();
  // A click on the backdrop lands on the dialog itself. It closes only what holds no typed text.
  const dialog = event.target;
  if (dialog instanceof HTMLDialogElement && !dialog.querySelector("form:not([method='dialog'])")) dialog.close();
}

/** @param {string} id @param {Element} [opener] */
export function open(id, opener) {
  opener?.closest("[popover]")?.hidePopover();
  const dialog = byId(id);
  if (dialog && !dialog.open) dialog.showModal();
}

/** A fragment came into #dialog-content: name the dialog by its first heading and show it. An empty fragment closes it. */
function openFilled() {
  const dialog = byId("dialog");
  const heading = dialog.querySelector("h1, h2");
  if (heading) heading.id = "dialog-title";
  if (!byId("dialog-content").childElementCount) dialog.close();
  else if (!dialog.open) dialog.showModal();
}

/**
 * Ask before something is done.
 * @param {string} text what will happen @param {{confirmOk?: string, confirmDanger?: string}} [words] words of the button
 * @returns {Promise<boolean>}
 */
export function ask(text, { confirmOk = "", confirmDanger } = {}) {
  const dialog = byId("confirm-dialog");
  const ok = dialog.querySelector("[data-confirm-ok]");
  dialog.querySelector("[data-confirm-text]").textContent = text;
  ok.textContent = confirmOk || t("Go on");
  ok.classList.toggle("danger", confirmDanger !== undefined);
  ok.classList.toggle("primary", confirmDanger === undefined);
  dialog.returnValue = "cancel";
  dialog.showModal();
  return new Promise((answer) => dialog.addEventListener("close", () => answer(dialog.returnValue === "ok"), { once: true }));
}

/** Forms (or their pressed button) with data-confirm wait for the answer; then the same button sends them. */
function onSubmit(event) {
  const form = event.target;
  const button = event.submitter;
  const asking = button?.dataset.confirm ? button : form;
  if (!asking.dataset.confirm || form.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(asking.dataset.confirm, asking.dataset).then((yes) => {
    if (!yes) return;
    form.dataset.confirmed = "yes";
    form.requestSubmit(button ?? undefined);
    delete form.dataset.confirmed;
  });
}
