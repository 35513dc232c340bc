/**
 * R: clean, repairs marked, raw; and showing the repeated body. The server prints each; the text is exchanged in place, and the place is kept.
 */
import { t } from "../words.js";

/**
 * The next of the views the page offers.
 * @param {ParentNode} root with links [data-view] @param {string} now
 * @returns {HTMLAnchorElement|null}
 */
export function nextView(root, now) {
  const links = [...root.querySelectorAll("a[data-view]")];
  const at = links.findIndex((link) => link.dataset.view === now);
  return links[(at + 1) % links.length] ?? null;
}

/**
 * The block at a height of the window and how far below that height it begins: what stays in place when the text is exchanged.
 * @param {import("./blocks.js").Blocks} blocks @param {number} line window pixels
 */
export function placeOf(blocks, line) {
  const block = blocks.list[blocks.atY(line)];
  if (!block) return null;
  const box = block.element.getBoundingClientRect();
  return { i: block.i, share: box.height ? (line - box.top) / box.height : 0, line };
}

/** Scroll so that the block stands where it stood. */
export function keepPlace(blocks, kept) {
  const block = kept && (blocks.list.find(({ i }) => i === kept.i) ?? blocks.list.findLast(({ i }) => i < kept.i));
  if (!block) return;
  const box = block.element.getBoundingClientRect();
  scrollBy({ top: box.top + box.height * kept.share - kept.line, behavior: "instant" });
}

/**
 * Exchange the text by that of another address of the same page.
 * @param {object} parts
 * @param {HTMLElement} parts.doc @param {string} parts.href @param {typeof fetch} [parts.fetch]
 * @returns {Promise<void>} throws with words when the text did not come
 */
export async function exchangeText({ doc, href, fetch = globalThis.fetch.bind(globalThis) }) {
  const response = await fetch(href, { credentials: "same-origin", headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(t("the text could not be loaded ({status})", { status: response.status }));
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.getElementById("doc");
  if (!fresh) throw new Error(t("the text could not be loaded ({status})", { status: response.status }));
  for (const name of ["space", "view", "version"]) if (fresh.dataset[name] !== undefined) doc.dataset[name] = fresh.dataset[name];
  doc.replaceChildren(...fresh.childNodes);
  history.replaceState(history.state, "", new URL(href, location.href).pathname + new URL(href, location.href).search + location.hash);
}

/** Mark which view is shown in the links that lead to the others. */
export function showView(root, now) {
  for (const link of root.querySelectorAll("a[data-view]")) {
    if (link.dataset.view === now) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}
