/**
 * Fetching the list anew in place: the address follows, the rest of the page stays, the current row and the chosen ones are found again.
 */
import { fetchInto } from "../swap.js";

export class Visits extends EventTarget {
  #running = 0;
  #gently = null;

  /** @param {HTMLFormElement|null} form the filters @param {string} address of the Tracker */
  constructor(form, address) {
    super();
    this.form = form;
    this.address = address;
    // Going back loads the page: filters, views and list then agree without further ado.
    window.htmx.config.refreshOnHistoryMiss = true;
    form?.addEventListener("change", (event) => event.target.name !== "q" && this.submit());
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form.matches(":popover-open")) form.hidePopover();
      this.submit();
    });
    this.#typing(form?.elements.q);
    // What nobody asked for must not take a cell away from somebody who began to edit it while it was on its way.
    document.addEventListener("htmx:beforeSwap", ({ detail }) => {
      if (detail.target.id !== "results" || !this.#gently) return;
      detail.shouldSwap &&= this.#gently.swap = !this.#gently.busy();
    });
    document.addEventListener("click", (event) => this.#clicked(event));
  }

  /** The list as the filters stand. */
  submit() {
    return this.go(`${this.address}?${queryOf(new FormData(this.form))}`);
  }

  /** The same list as it is now. */
  refresh() {
    return this.go(location.href, { quiet: true });
  }

  /** The same, unless somebody is in the middle of something when it comes. @param {() => boolean} busy @returns {Promise<boolean>} whether it was shown */
  async refreshGently(busy) {
    const visit = { busy, swap: false };
    const coming = this.go(location.href, { quiet: true, gently: visit });
    await coming;
    return visit.swap;
  }

  /**
   * @param {string} url
   * @param {{quiet?: boolean, gently?: {busy: () => boolean, swap: boolean}|null}} [how] quiet: nobody asked for it, so nothing is scrolled
   * @returns {Promise<void>}
   */
  async go(url, { quiet = false, gently = null } = {}) {
    const turn = (this.#running += 1);
    this.#gently = gently;
    const results = document.getElementById("results");
    results.setAttribute("aria-busy", "true");
    await fetchInto(url, results, "outerHTML");
    if (turn !== this.#running) return;
    document.getElementById("results")?.removeAttribute("aria-busy");
    if (!gently || gently.swap) this.dispatchEvent(new CustomEvent("arrive", { detail: { quiet } }));
  }

  /** Typing filters after a pause; letters of an input method only once they are chosen. */
  #typing(field) {
    let timer;
    const later = (event) => {
      if (event.isComposing) return;
      clearTimeout(timer);
      timer = setTimeout(() => this.submit(), 350);
    };
    field?.addEventListener("input", later);
    field?.addEventListener("compositionend", later);
  }

  #clicked(event) {
    const link = event.target.closest?.("a[data-visit]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    this.go(link.href);
  }
}

/**
 * What a form asks for in one short query: values of one name joined by commas, empty ones left out.
 * @param {Iterable<[string, FormDataEntryValue]>} entries
 */
export function queryOf(entries) {
  const found = new Map();
  for (const [name, value] of entries) {
    const text = String(value).trim();
    if (text) found.set(name, found.has(name) ? `${found.get(name)},${text}` : text);
  }
  return new URLSearchParams([...found]).toString().replaceAll("%2C", ",");
}
