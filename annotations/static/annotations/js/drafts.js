/**
 * What was typed and not sent is kept: forms with data-draft="name" store their text fields until they are sent.
 */

const PREFIX = "draft:";

/** @param {HTMLFormElement} form */
function fields(form) {
  return [...form.elements].filter((field) => field.name && field.matches('textarea, input[type="text"], input:not([type]), input[type="url"]'));
}

/** @param {HTMLFormElement} form */
function store(form) {
  const typed = fields(form).filter((field) => field.value !== field.defaultValue).map((field) => [field.name, field.value]);
  if (typed.length) sessionStorage.setItem(PREFIX + form.dataset.draft, JSON.stringify(typed));
  else sessionStorage.removeItem(PREFIX + form.dataset.draft);
}

/** Put a draft back where the server sent nothing else meanwhile. @param {HTMLFormElement} form */
function restore(form) {
  const kept = sessionStorage.getItem(PREFIX + form.dataset.draft);
  if (!kept) return;
  for (const [name, value] of JSON.parse(kept)) {
    const field = fields(form).find((one) => one.name === name);
    if (field && field.value === field.defaultValue) field.value = value;
  }
}

const forms = (root) => [...(root.matches?.("form[data-draft]") ? [root] : []), ...root.querySelectorAll("form[data-draft]")];

export function wireDrafts() {
  forms(document).forEach(restore);
  document.addEventListener("htmx:afterSwap", (event) => forms(event.detail.target).forEach(restore));
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.dataset.draft) store(form);
  });
  const clear = (form) => form?.dataset.draft && sessionStorage.removeItem(PREFIX + form.dataset.draft);
  document.addEventListener("submit", (event) => !event.defaultPrevented && !usesHtmx(event.target) && clear(event.target));
  document.addEventListener("htmx:afterRequest", (event) => event.detail.successful && clear(event.detail.elt.closest("form")));
}

const usesHtmx = (form) => form.matches("[hx-post], [hx-put], [hx-patch]");
