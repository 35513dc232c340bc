/**
 * A passage that lost its place is selected again (?place=): the strip above the text, its button and its key.
 */
import { byId } from "../dom.js";
import { t } from "../words.js";

/**
 * @param {object} reader the parts of the page (main-reader.js) @param {number} version the id of the shown version
 * @returns {{actions: Record<string, () => unknown>, show: (selected: object|null) => void, follow: () => boolean}|null} null when nothing is to be placed
 */
export function placingOf({ api, doc, moves, reveal, say, session }, version) {
  const strip = byId("place");
  if (!strip) return null;
  const button = strip.querySelector("[data-action]");
  let sending = false;

  async function send() {
    const { selected } = session;
    if (!selected) return say(t("Select its words in the text."));
    if (sending) return undefined;
    sending = true;
    const { start, end } = selected;
    try {
      const { op } = await api.post(strip.dataset.url, { start, end, space: doc.dataset.space, version }, { etag: strip.dataset.etag });
      location.assign(`${strip.dataset.back}?done=${encodeURIComponent(op)}#to-check`);
    } catch (error) {
      sending = false;
      say(error.message);
    }
    return undefined;
  }

  return {
    actions: { "place-here": send },
    show: (selected) => button.setAttribute("aria-disabled", String(!selected)),
    follow: () => {
      const [near, end] = [Number(strip.dataset.near), Number(strip.dataset.end)];
      if (end) moves.find(near, end);
      else reveal(near, near + 1);
      return true;
    },
  };
}
