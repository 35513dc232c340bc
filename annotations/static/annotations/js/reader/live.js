/**
 * What colleagues do in this document appears in it: the events say which passages to look at again, the server says how they are now. Nothing
 * moves under the person: the text stays where it is, cards in use are left alone by the cards themselves.
 */
import { t } from "../words.js";

const TOGETHER = 25; // ms: one write is several events
const MOST = 200; // passages asked for at once; beyond that all are loaded
/** Events that change a card by way of its statement. */
const OF_STATEMENTS = new Set(["statement", "verification", "review", "milestone", "evidence"]);

/** @typedef {import("../live/feed.js").LiveEvent} LiveEvent */

/**
 * Which passages of a document an event is about.
 * @param {LiveEvent} event @param {number} document @param {import("./store.js").Annotation[]} known those on the page
 * @returns {number[]|"all"} "all" = it cannot be told
 */
export function concerned(event, document, known) {
  if (event.kind.startsWith("bulk")) return "all";
  if (event.kind === "round.closed" || event.kind === "revealed") return "all";
  const here = event.document === document;
  if (event.object_type === "annotation") return here ? [event.object_id] : [];
  const holding = (test) => known.filter((record) => record.id > 0 && record.statements.some(test)).map((record) => record.id);
  if (event.object_type === "occurrence") {
    const named = here && event.payload?.annotation ? [event.payload.annotation] : [];
    return [...new Set([...named, ...holding((one) => one.occurrence === event.object_id)])];
  }
  if (event.object_type === "comment") return here && event.payload?.annotation ? [event.payload.annotation] : [];
  if (!OF_STATEMENTS.has(event.object_type)) return [];
  const statement = event.object_type === "statement" ? event.object_id : event.payload?.statement;
  const label = event.payload?.label;
  return holding((one) => one.id === statement || (label && one.label === label));
}

/**
 * @param {object} parts
 * @param {import("../live/feed.js").Feed|null} parts.feed @param {object} parts.boot @param {object} parts.api @param {import("./store.js").Store} parts.store
 * @param {{isOwn: (op: string) => boolean}} parts.writer what this very page wrote is shown already
 * @param {(text: string) => void} parts.say
 */
export function followColleagues({ feed, boot, api, store, writer, say }) {
  const document = boot.document?.id;
  if (!feed || !document) return;
  const at = `${boot.urls.annotations}?version=${boot.version}`;
  const results = ({ data }) => data.results;
  let wanted = new Set();
  let all = false;
  let timer = 0;
  let running = false;

  const soon = () => {
    if (!timer && !running) timer = setTimeout(look, TOGETHER);
  };
  const look = async () => {
    timer = 0;
    running = true;
    const ids = [...wanted];
    const whole = all || ids.length > MOST;
    wanted = new Set();
    all = false;
    try {
      if (whole) store.load(await api.get(`${at}&page_size=10000`).then(results));
      else take(ids, await api.get(`${at}&ids=${ids.join(",")}`).then(results));
    } catch {
      ids.forEach((id) => wanted.add(id));
      all ||= whole;
      setTimeout(soon, 2000);
    }
    running = false;
    if (all || (wanted.size && !timer)) soon();
  };
  const take = (ids, records) => {
    const found = new Set(records.map((record) => record.id));
    for (const record of records) store.upsert(record);
    for (const id of ids) if (!found.has(id) && store.saved(id)) store.remove(id);
  };

  feed.addEventListener("event", ({ detail: event }) => {
    if (event.kind === "hidden" || (event.op && writer.isOwn?.(event.op))) return;
    tellOf(event, document, say);
    const ids = concerned(event, document, store.all());
    if (ids === "all") all = true;
    else ids.forEach((id) => wanted.add(id));
    if (all || wanted.size) soon();
  });
  feed.addEventListener("resync", () => {
    all = true;
    soon();
  });
}

/** What changes more than passages is said, not done: the page stays as it is until the person wants it. */
function tellOf(event, document, say) {
  if (event.object_type === "tag" || event.object_type === "tagset") say(t("The tags of this corpus were changed. Reload to use them."));
  const here = event.document === document || (event.object_type === "document" && event.object_id === document);
  if (here && event.kind === "version.added") say(t("A new version of this document was loaded. Reload to read it."));
  if (here && event.kind === "document.removed") say(t("This document was removed."));
}
