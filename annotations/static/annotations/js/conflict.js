/**
 * Somebody else changed the same: theirs and mine side by side, field by field, and one click for each. What was typed stays until somebody decides.
 */
import { h } from "./dom.js";
import { both } from "./outbox/merge.js";
import { t } from "./words.js";

/**
 * @typedef {object} Field
 * @property {string} name @property {string} label @property {string} mine in words @property {string} theirs
 * @property {boolean} [text] running text: both may be kept
 */

const empty = (text) => text || "—";
/** What a field becomes. @param {Field} field @param {"mine"|"theirs"|"both"} choice */
export const chosen = (field, choice) => (choice === "both" ? both(field.theirs, field.mine) : field[choice]);

/** Theirs and mine as two blocks. @param {{theirs: string, mine?: string}} field without mine when that is in sight anyway */
export function sides(field) {
  const side = (name, label) => h("div", { class: `version-of ${name}` }, h("strong", { text: label }), " ", h("span", { class: "words", text: empty(field[name]) }));
  return h("div", { class: "sides" }, side("theirs", t("Now it says:")), field.mine !== undefined && side("mine", t("You wrote:")));
}

/** The choices of one field. @param {Field} field */
function choices(field, index) {
  const name = `conflict-${index}`;
  const option = (value, label, words) => h(
    "label", { class: `version-of ${value}` }, h("span", { class: "choice" }, h("input", { type: "radio", name, value, prop: { checked: value === "mine" } }), label), h("span", { class: "words", text: empty(words) }),
  );
  const kinds = [option("theirs", t("Theirs"), field.theirs), option("mine", t("Mine"), field.mine)];
  if (field.text && field.mine && field.theirs) kinds.push(option("both", t("Both"), both(field.theirs, field.mine)));
  return h("fieldset", { class: "field conflict-field" }, h("legend", { text: field.label }), h("div", { class: "sides" }, ...kinds));
}

/**
 * Ask which one is to stand.
 * @param {Field[]} fields @param {{lead?: string, done?: string}} [words] lead = what it is about; done = word of the button
 * @returns {Promise<Record<string, "mine"|"theirs"|"both">|null>} null = not decided: everything stays as it is
 */
export function askConflict(fields, { lead = "", done = "" } = {}) {
  let answer = null;
  const all = (choice) => Object.fromEntries(fields.map((field) => [field.name, choice]));
  const form = h("form", { class: "form", method: "dialog" });
  const picked = () => Object.fromEntries(fields.map((field, index) => [field.name, form.elements[`conflict-${index}`].value]));
  const close = (value) => {
    answer = value;
    dialog.close();
  };
  const button = (text, value, look = "") => h("button", { type: "button", class: `button ${look}`, text, on: { click: () => close(value()) } });
  form.append(
    h("header", { class: "dialog-head" }, h("h2", { id: "conflict-title", text: t("Somebody changed this meanwhile") })),
    h("div", { class: "dialog-body stack" }, lead && h("p", { class: "soft", text: lead }), ...fields.map(choices)),
    h(
      "footer", { class: "dialog-foot" }, button(t("Later"), () => null, "quiet"), button(t("Take theirs"), () => all("theirs")), button(t("Keep mine"), () => all("mine")),
      fields.length > 1 || fields[0].text ? button(done || t("Save this choice"), picked, "primary") : null,
    ),
  );
  const dialog = h("dialog", { class: "dialog conflict", "aria-labelledby": "conflict-title" }, form);
  document.body.append(dialog);
  dialog.showModal();
  form.querySelector("input:checked")?.focus();
  return new Promise((decided) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      close(picked());
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      decided(answer);
    });
  });
}
