/**
 * Agreement: several people marked exactly the same words. Their passages stay passages of their own; each card says who else marked them.
 */
import { placesOf } from "./marks.js";

/**
 * The others who marked the same words, by name, each once.
 * @param {import("./marks.js").Marks} marks @param {import("./store.js").Store} store @param {import("./store.js").Annotation} record
 * @returns {string[]}
 */
export function alsoBy(marks, store, record) {
  const place = placesOf(record, marks.space)[0];
  if (!place) return [];
  const [start, end] = place;
  const same = marks.query(start, start + 1).filter((item) => item.start === start && item.end === end && item.id !== record.id);
  const others = same.map((item) => store.get(item.id)?.creator).filter((creator) => creator && creator.id !== record.creator?.id);
  return [...new Map(others.map((creator) => [creator.id, creator.name])).values()];
}

/**
 * Cards of passages with the same words as one that came, changed or went are shown anew.
 * @param {import("./marks.js").Marks} marks @param {import("./store.js").Store} store @param {() => void} renew
 */
export function watchAgreement(marks, store, renew) {
  const shared = new Set();
  marks.addEventListener("change", ({ detail }) => {
    if (!detail.ids || detail.ids.length > 20) return;
    const touched = detail.ids.filter((id) => {
      const record = store.get(id);
      const now = Boolean(record && alsoBy(marks, store, record).length);
      const before = shared.has(id);
      if (now) shared.add(id);
      else shared.delete(id);
      return now || before;
    });
    if (touched.length) renew();
  });
}
