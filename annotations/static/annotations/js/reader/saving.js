/**
 * The saving parts of the reader: writer, undo, outbox, and the state of it all in words.
 */
import { pageUser } from "../csrf.js";
import { openOutbox } from "../outbox/open.js";
import { showStanding, stateOf } from "../save-state.js";
import { t } from "../words.js";
import { Timeline } from "./timeline.js";
import { UndoStack } from "./undo.js";
import { Unsaved } from "./unsaved.js";
import { Writer } from "./writer.js";

/**
 * @param {{api: object, store: import("./store.js").Store, boot: object, doc: HTMLElement}} parts
 * @returns {{writer: Writer, timeline: Timeline}}
 */
export function makeSaving({ api, store, boot, doc }) {
  const undo = new UndoStack();
  const where = { user: pageUser() || `member-${boot.member.id}`, document: boot.round ? -boot.round.assignment : Number(doc.dataset.document), page: location.pathname };
  const outbox = openOutbox({ api, user: where.user });
  const writer = new Writer({ api, store, undo, urls: boot.urls, me: boot.member, version: boot.version, where, outbox });
  return { writer, timeline: new Timeline({ stack: undo, writer }) };
}

/** Let the page know how saving stands. @param {object} reader the parts of the page (main-reader.js) @param {{call: Function}} panels @returns {Unsaved} */
export function wireSaving(reader, panels) {
  const { writer, say } = reader;
  const unsaved = new Unsaved(reader, panels);
  reader.saveFields = (id, changes) => unsaved.saveFields(id, changes);
  writer.addEventListener("refused", ({ detail }) => say(t("Refused: {why}", { why: detail.why })));
  writer.addEventListener("state", ({ detail }) => {
    showStanding(detail, { retry: () => writer.retry(), show: () => unsaved.show() });
    reader.tagbar.follow(stateOf(detail, navigator.onLine !== false));
  });
  for (const name of ["online", "offline"]) addEventListener(name, () => writer.tell());
  addEventListener("beforeunload", (event) => writer.atRisk && event.preventDefault());
  return unsaved;
}
