/**
 * A form came back because somebody else changed the same fields: the choice, field by field, and what is chosen is sent.
 */
import { askConflict, chosen } from "./conflict.js";
import { byId, h, pageData } from "./dom.js";
import { t } from "./words.js";

const clashes = pageData("clash");
const notice = byId("clashes");
const form = notice.closest("form");

async function choose() {
  const choice = await askConflict(clashes, { lead: form.elements.text?.defaultValue ?? "" });
  if (!choice) return;
  for (const field of clashes) {
    const control = form.elements[field.name];
    if (choice[field.name] === "theirs") control.value = field.value;
    else if (choice[field.name] === "both") control.value = chosen(field, "both");
  }
  form.requestSubmit();
}

notice.append(h("p", {}, h("button", { type: "button", class: "button", text: t("Compare"), on: { click: choose } })));
choose();
