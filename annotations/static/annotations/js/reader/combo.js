/**
 * Search as you type: a field and its list of choices (ARIA combobox). Enter takes the marked choice, Shift+Enter takes it the other way.
 * Enter that belongs to an input method takes nothing.
 */
import { h } from "../dom.js";
import { t } from "../words.js";

let count = 0;

/**
 * @template T
 * @param {object} parts
 * @param {string} parts.label @param {string} [parts.placeholder]
 * @param {(query: string, signal: AbortSignal) => Promise<T[]>|T[]} parts.find
 * @param {(item: T) => Node[]} parts.show @param {(item: T, other: boolean) => void} parts.take
 * @param {number} [parts.pause] milliseconds after the last letter before asking
 * @returns {{field: HTMLInputElement, list: HTMLElement, refresh: () => void}}
 */
export function combo({ label, placeholder = "", find, show, take, pause = 120 }) {
  const id = `combo-${(count += 1)}`;
  const field = h("input", {
    type: "text", role: "combobox", "aria-label": label, "aria-autocomplete": "list", "aria-expanded": "true", "aria-controls": id,
    autocomplete: "off", spellcheck: "false", placeholder,
  });
  const list = h("ul", { id, role: "listbox", class: "choices", "aria-label": label });
  const state = { items: [], at: -1, timer: 0, asked: null, composedAt: -Infinity };

  const mark = (at) => {
    state.at = state.items.length ? (at + state.items.length) % state.items.length : -1;
    [...list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === state.at)));
    const row = list.children[state.at];
    if (row?.id) field.setAttribute("aria-activedescendant", row.id);
    else field.removeAttribute("aria-activedescendant");
    row?.scrollIntoView({ block: "nearest" });
  };
  const fill = (items) => {
    state.items = items;
    list.replaceChildren(...items.map((item, index) => choice(`${id}-${index}`, show(item), (event) => take(item, event.shiftKey))));
    if (!items.length) list.append(h("li", { class: "none", text: t("Nothing found") }));
    mark(0);
  };
  const ask = async () => {
    state.asked?.abort();
    state.asked = new AbortController();
    const { signal } = state.asked;
    try {
      const items = await find(field.value.trim(), signal);
      if (!signal.aborted) fill(items);
    } catch (error) {
      if (error.name !== "AbortError") list.replaceChildren(h("li", { class: "none", text: error.message }));
    }
  };
  const later = () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(ask, pause);
  };
  field.addEventListener("input", (event) => !event.isComposing && later());
  field.addEventListener("compositionend", (event) => {
    state.composedAt = event.timeStamp;
    later();
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.timeStamp - state.composedAt < 60) return;
    if (event.key === "ArrowDown") mark(state.at + 1);
    else if (event.key === "ArrowUp") mark(state.at - 1);
    else if (event.key === "Enter" && state.items[state.at] !== undefined && !event.repeat) take(state.items[state.at], event.shiftKey);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { field, list, refresh: ask };
}

function choice(id, content, onTake) {
  return h("li", { id, role: "option", on: { pointerdown: (event) => event.preventDefault(), click: onTake } }, ...content);
}
