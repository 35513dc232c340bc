/**
 * @ in a comment offers the names of the members: letters narrow the list, arrows choose, Enter or Tab writes the name.
 */
import { h } from "./dom.js";
import { t } from "./words.js";

const MOST = 8;
/** An @ that begins a name (a@b is an address), and what was typed of it; a Latin name may hold a space. */
const BEGUN = /(?:^|[^\p{L}\p{N}_])[@＠]([^@＠\n]{0,30})$/u;

let names; // of the members, fetched once a page

/** @returns {Promise<string[]>} */
function people() {
  const events = document.querySelector('meta[name="live"]')?.dataset.events;
  if (!events) return Promise.resolve([]);
  names ??= fetch(`${events.replace(/events\/$/, "members/")}?page_size=500`, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : { results: [] }))
    .then(({ results }) => results.filter((one) => one.active).map((one) => one.name))
    .catch(() => ((names = undefined), []));
  return names;
}

/**
 * Names that begin with what was typed, or one of whose words does. @param {string[]} all @param {string} typed
 * @returns {string[]}
 */
export function matching(all, typed) {
  const wanted = typed.toLocaleLowerCase();
  const begins = (name) => name.startsWith(wanted) || name.split(/\s+/).some((word) => word.startsWith(wanted));
  return all.filter((name) => name.toLocaleLowerCase() !== wanted.trim() && begins(name.toLocaleLowerCase())).slice(0, MOST);
}

/** What was typed behind the last @ before the caret; null when no name is being written. @param {string} before @returns {string|null} */
export const begun = (before) => before.match(BEGUN)?.[1] ?? null;

class Offer {
  #at = 0;

  /** @param {HTMLTextAreaElement} area */
  constructor(area) {
    this.area = area;
    this.list = h("ul", { id: `names-of-${area.id || area.name}`, class: "mention-names", role: "listbox", "aria-label": t("Members"), popover: "manual" });
    area.after(this.list);
    area.setAttribute("aria-controls", this.list.id);
    area.setAttribute("aria-autocomplete", "list");
    area.addEventListener("input", () => this.look());
    area.addEventListener("keydown", (event) => this.#key(event), true);
    area.addEventListener("blur", () => this.close());
  }

  async look() {
    const typed = begun(this.area.value.slice(0, this.area.selectionStart));
    const found = typed === null ? [] : matching(await people(), typed);
    if (typed !== begun(this.area.value.slice(0, this.area.selectionStart))) return; // they went on typing
    this.#at = 0;
    // Pressing must not take the focus from the field.
    this.list.replaceChildren(...found.map((name, index) => h("li", { role: "option", id: `${this.list.id}-${index}`, text: name, on: { pointerdown: (event) => (event.preventDefault(), this.#write(name)) } })));
    this.#open(found.length > 0);
  }

  close() {
    this.#open(false);
  }

  get #isOpen() {
    return this.list.matches(":popover-open");
  }

  /** Over everything else: a panel would cut the list off. */
  #open(open) {
    if (open !== this.#isOpen) this.list.togglePopover(open);
    if (open) {
      const { left, bottom } = this.area.getBoundingClientRect();
      Object.assign(this.list.style, { left: `${left}px`, top: `${bottom + 2}px` });
    }
    this.#show();
  }

  #show() {
    const options = [...this.list.children];
    options.forEach((one, index) => one.setAttribute("aria-selected", String(index === this.#at)));
    if (!this.#isOpen) this.area.removeAttribute("aria-activedescendant");
    else this.area.setAttribute("aria-activedescendant", options[this.#at].id);
  }

  #key(event) {
    if (!this.#isOpen || event.isComposing || event.ctrlKey || event.metaKey) return;
    const count = this.list.children.length;
    if (event.key === "ArrowDown") this.#at = (this.#at + 1) % count;
    else if (event.key === "ArrowUp") this.#at = (this.#at + count - 1) % count;
    else if (event.key === "Enter" || event.key === "Tab") this.#write(this.list.children[this.#at].textContent);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.#show();
  }

  #write(name) {
    const { area } = this;
    const caret = area.selectionStart;
    const typed = begun(area.value.slice(0, caret)) ?? "";
    area.setRangeText(`${name} `, caret - typed.length, caret, "end");
    area.dispatchEvent(new Event("input", { bubbles: true })); // drafts are kept of what stands there
    this.close();
  }
}

const offers = new WeakMap();

/** Somebody typed an @ there; from then on the field looks for itself. @param {HTMLTextAreaElement} area */
export function offer(area) {
  if (offers.has(area)) return;
  offers.set(area, new Offer(area));
  offers.get(area).look();
}
