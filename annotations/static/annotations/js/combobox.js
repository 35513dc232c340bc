/**
 * <combo-box>: typing to choose from a <select> inside it, which stays the field that is sent and works alone without scripts.
 * Attributes: data-url (JSON {results: [{value, label, hint?}]}, asked with ?q=), data-create (words of "Add {text}"; the typed text is sent).
 */
import { h } from "./dom.js";
import { fold, remote } from "./combobox-options.js";
import { t } from "./words.js";

let made = 0;

class ComboBox extends HTMLElement {
  #at = -1;
  #options = [];
  #asked = 0;

  connectedCallback() {
    this.select = this.querySelector("select");
    if (!this.select || this.input) return;
    const id = this.select.id || `combo-${++made}`;
    const described = ["aria-describedby", "aria-invalid", "required"].map((name) => [name, this.select.getAttribute(name)]);
    this.select.hidden = true;
    this.select.id = `${id}-select`;
    this.list = h("div", { class: "combo-list", role: "listbox", id: `${id}-list`, hidden: true, "aria-label": this.#label(id) });
    this.input = h("input", {
      id, type: "text", role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": this.list.id, placeholder: this.dataset.placeholder ?? "", ...Object.fromEntries(described),
    });
    this.chosen = h("div", { class: "combo-chosen" });
    this.append(...(this.select.multiple ? [this.chosen] : []), this.input, this.list);
    this.#show();
    this.#listen();
  }

  #label(id) {
    return document.querySelector(`label[for="${CSS.escape(id)}"]`)?.textContent.trim() || t("Choices");
  }

  #listen() {
    this.input.addEventListener("input", () => this.#search());
    this.input.addEventListener("click", () => this.list.hidden && this.#search());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("blur", () => this.#leave());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const index = event.target.closest("[role=option]")?.dataset.index;
      if (index !== undefined) this.#choose(Number(index));
    });
    this.chosen.addEventListener("click", (event) => {
      const value = event.target.closest("[data-remove]")?.dataset.remove;
      if (value !== undefined) this.#unchoose(value);
    });
    this.select.form?.addEventListener("reset", () => setTimeout(() => this.#show()));
  }

  /** The chosen option's words in the field, or one chip each. */
  #show() {
    const chosen = [...this.select.selectedOptions].filter((option) => option.value);
    if (!this.select.multiple) return void (this.input.value = chosen[0]?.label ?? "");
    this.input.value = "";
    this.chosen.replaceChildren(...chosen.map((option) => this.#chip(option)));
  }

  #chip(option) {
    const remove = h("button", { type: "button", class: "remove", data: { remove: option.value }, "aria-label": t("Remove {name}", { name: option.label }), text: "×" });
    const tint = option.dataset.colour ? ` tint-${option.dataset.colour}` : "";
    return h("span", { class: `chip${tint}` }, h("span", { class: "label", text: option.label }), remove);
  }

  async #search() {
    const typed = this.input.value.trim();
    const same = !this.select.multiple && typed === (this.select.selectedOptions[0]?.label ?? "");
    const asked = ++this.#asked;
    const found = this.dataset.url ? await remote(this.dataset.url, same ? "" : typed) : this.#local(same ? "" : typed);
    if (asked !== this.#asked) return;
    this.#options = found;
    const create = this.dataset.create && typed && !found.some((one) => fold(one.label) === fold(typed));
    if (create) this.#options = [...found, { value: typed, label: typed, shown: this.dataset.create.replace("{text}", typed) }];
    this.#draw();
  }

  #local(typed) {
    const wanted = fold(typed);
    const all = [...this.select.options].filter((option) => option.value && !(this.select.multiple && option.selected));
    return all
      .filter((option) => fold(`${option.label} ${option.dataset.hint ?? ""}`).includes(wanted))
      .map((option) => ({ value: option.value, label: option.label, hint: option.dataset.hint }));
  }

  #draw() {
    const rows = this.#options.map((one, index) =>
      h("div", { role: "option", id: `${this.list.id}-${index}`, data: { index }, "aria-selected": String(this.select.value === one.value) },
        h("span", { text: one.shown ?? one.label }), one.hint && h("span", { class: "hint", text: one.hint })));
    this.list.replaceChildren(...(rows.length ? rows : [h("div", { class: "none", text: t("Nothing found") })]));
    this.#open(true);
    this.#move(rows.length && this.input.value.trim() ? 0 : -1);
  }

  #open(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (!open) this.#move(-1);
  }

  #move(to) {
    this.#at = to;
    const rows = [...this.list.querySelectorAll("[role=option]")];
    rows.forEach((row, index) => row.toggleAttribute("data-active", index === to));
    if (rows[to]) this.input.setAttribute("aria-activedescendant", rows[to].id);
    else this.input.removeAttribute("aria-activedescendant");
    rows[to]?.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const count = this.#options.length;
    const closed = this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (closed) this.#search();
      else if (count) this.#move((this.#at + (event.key === "ArrowDown" ? 1 : this.#at < 0 ? 0 : -1) + count) % count);
    } else if (event.key === "Enter" && !closed && this.#at >= 0 && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.#choose(this.#at);
    } else if (event.key === "Escape" && !closed) {
      event.preventDefault();
      event.stopPropagation();
      this.#open(false);
    } else if (event.key === "Backspace" && this.select.multiple && !this.input.value) {
      const last = [...this.select.selectedOptions].at(-1);
      if (last) this.#unchoose(last.value);
    }
  }

  #choose(index) {
    const { value, label } = this.#options[index];
    let option = [...this.select.options].find((one) => one.value === String(value));
    if (!option) this.select.append((option = new Option(label, value)));
    option.selected = true;
    this.#show();
    this.#open(false);
    this.#changed();
  }

  #unchoose(value) {
    for (const option of this.select.options) if (option.value === value) option.selected = false;
    this.#show();
    this.#changed();
    this.input.focus();
  }

  /** Leaving with an emptied field means nothing is chosen; leaving with half a word keeps what was chosen before. */
  #leave() {
    this.#open(false);
    if (!this.select.multiple && !this.input.value.trim() && this.select.value) {
      this.select.value = "";
      this.#changed();
    }
    this.#show();
  }

  #changed() {
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

customElements.define("combo-box", ComboBox);
