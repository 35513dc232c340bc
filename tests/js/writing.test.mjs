/** Store, writer, undo: what is shown at once, what is sent, what stays when something fails. */
import assert from "node:assert/strict";
import test from "node:test";

import { createApi, refusal } from "../../annotations/static/annotations/js/reader/api.js";
import { Store } from "../../annotations/static/annotations/js/reader/store.js";
import { Timeline } from "../../annotations/static/annotations/js/reader/timeline.js";
import { UndoStack } from "../../annotations/static/annotations/js/reader/undo.js";
import { Writer } from "../../annotations/static/annotations/js/reader/writer.js";
import { fakeServer } from "./fake-server.mjs";

const urls = {
  annotations: "/api/documents/1/annotations/", annotation: (id) => `/api/annotations/${id}/`, occurrence: (id) => `/api/occurrences/${id}/`,
  same: "/api/documents/1/annotations/same/", undo: "/api/corpora/1/undo/", redo: "/api/corpora/1/redo/",
};
const PLACE = { start: 3, end: 7, space: "clean", text: "四个字符", whole: true };

function set(records = []) {
  const server = fakeServer(records);
  const api = createApi({ csrf: "token", fetch: server.fetch, wait: async () => {} });
  const store = new Store();
  store.load(records);
  const stack = new UndoStack();
  const writer = new Writer({ api, store, undo: stack, urls, me: { id: 1, name: "陈" }, version: 2 });
  const timeline = new Timeline({ api, store, stack, writer, urls });
  const states = [];
  writer.addEventListener("state", (event) => states.push(event.detail));
  return { server, api, store, stack, writer, timeline, states, quiet: () => quiet(writer) };
}

async function quiet(writer) {
  for (let i = 0; i < 200; i += 1) await new Promise((done) => setTimeout(done, 0));
  return writer.waiting;
}

const record = (id, more = {}) => ({
  id, version: 1, start: 0, end: 5, clean_start: 0, clean_end: 5, quote: "x", note: "", tags: [], statements: [], creator: { id: 1, name: "陈" }, anchor_state: "ok", ...more,
});

test("P, C, 3 in a row: shown at once, one annotation, three writes in order, three undos", async () => {
  const { server, store, writer, timeline, quiet: wait } = set();
  const id = writer.create(PLACE, { statements: [{ kind: "proposal" }] });
  writer.patch(id, {}, [{ kind: "claim" }]);
  writer.patch(id, { add_tags: [3] });
  const shown = store.get(id);
  assert.deepEqual(shown.statements.map((one) => one.kind), ["proposal", "claim"]);
  assert.deepEqual(shown.tags, [3]);
  assert.equal(shown.saving, true);
  await wait();
  const real = store.real(id);
  assert.ok(real > 0 && store.all().length === 1);
  assert.deepEqual(server.log.map((one) => one.method), ["POST", "PATCH", "PATCH"]);
  assert.deepEqual(server.log.map((one) => one.headers["If-Match"]), [undefined, `"${real}-1"`, `"${real}-2"`]);
  assert.equal(new Set(server.log.map((one) => one.headers["Idempotency-Key"])).size, 3);
  assert.ok(server.log.every((one) => one.headers["X-CSRFToken"] === "token"));
  assert.deepEqual(server.log[0].body, { start: 3, end: 7, space: "clean", version: 2, tags: [], note: "", statements: [{ kind: "proposal" }], exact: "四个字符" });
  assert.deepEqual(store.get(id).statements.map((one) => one.label?.[0]), ["P", "C"]);
  assert.equal(store.get(id).saving, undefined);
  await timeline.undo();
  assert.deepEqual(store.get(id).tags, []);
  await timeline.undo();
  assert.deepEqual(store.get(id).statements.map((one) => one.kind), ["proposal"]);
  await timeline.undo();
  assert.equal(store.get(id), null);
  assert.equal(await timeline.undo(), null, "nothing is left to undo");
  for (let i = 0; i < 3; i += 1) await timeline.redo();
  assert.deepEqual(store.get(id).statements.map((one) => one.kind), ["proposal", "claim"]);
  assert.deepEqual(store.get(id).tags, [3]);
});

test("undo pressed before the answers came takes the last keys back, in order", async () => {
  const { store, writer, timeline } = set();
  const id = writer.create(PLACE, {});
  writer.patch(id, { add_tags: [1] });
  const first = timeline.undo();
  const second = timeline.undo();
  await Promise.all([first, second]);
  assert.equal(store.get(id), null);
});

test("a lost answer is asked for again with the same key: one annotation", async () => {
  const { server, store, writer, quiet: wait } = set();
  server.plans.push("drop answer");
  writer.create(PLACE, {});
  await wait();
  assert.equal(server.rows.size, 1);
  assert.equal(new Set(server.log.map((one) => one.headers["Idempotency-Key"])).size, 1);
  assert.equal(server.log.length, 2);
  assert.equal(store.all().length, 1);
});

test("no network: the mark stays as not saved with the reason; trying again saves everything in order", async () => {
  const { server, store, writer, states, quiet: wait } = set();
  server.plans.push("drop", "drop", "drop");
  const id = writer.create(PLACE, {});
  writer.patch(id, { add_tags: [2] });
  await wait();
  assert.equal(store.get(id).unsaved, true);
  assert.match(store.get(id).problem, /cannot be reached/);
  assert.deepEqual(store.get(id).tags, [2], "later keys stay, too");
  assert.match(states.at(-1).failed, /cannot be reached/);
  assert.equal(writer.waiting, 2);
  writer.retry();
  await wait();
  assert.equal(store.get(id).unsaved, undefined);
  assert.deepEqual(store.get(id).tags, [2]);
  assert.deepEqual(states.at(-1), { waiting: 0, failed: null, refused: null });
});

test("undo of what was never saved just takes it away", async () => {
  const { server, store, writer, timeline, quiet: wait } = set();
  server.plans.push("drop", "drop", "drop");
  const id = writer.create(PLACE, {});
  writer.patch(id, { add_tags: [2] });
  await wait();
  await timeline.undo();
  assert.deepEqual(store.get(id).tags, []);
  await timeline.undo();
  assert.equal(store.get(id), null);
  assert.equal(writer.waiting, 0);
  assert.equal(server.log.length, 3, "nothing more was sent");
});

test("a refused creation goes with all that hung on it, and says why; it is no undo", async () => {
  const { server, store, writer, stack, states, quiet: wait } = set();
  server.plans.push(403);
  const id = writer.create(PLACE, {});
  const tagged = writer.patch(id, { add_tags: [2] });
  await assert.rejects(tagged, /planned 403/);
  await wait();
  assert.equal(store.get(id), null);
  assert.equal(stack.canUndo, false);
  assert.equal(states.at(-1).refused, "planned 403");
  assert.equal(server.log.length, 1);
});

test("somebody else was first: adding a tag is sent again on the new state, a note is not", async () => {
  const { server, store, writer, quiet: wait } = set([record(9)]);
  const meanwhile = (rows) => rows.set(9, { ...rows.get(9), version: rows.get(9).version + 1, tags: [5] });
  server.plans.push(meanwhile);
  await writer.patch(9, { add_tags: [2] });
  assert.deepEqual(store.get(9).tags, [5, 2]);
  server.plans.push(meanwhile);
  await assert.rejects(writer.patch(9, { note: "mine" }), /Somebody changed it/);
  await wait();
  assert.equal(store.get(9).note, "");
  assert.equal(store.get(9).version, 4, "the other state is taken over");
});

test("deleting hides at once; a refusal brings it back", async () => {
  const { server, store, writer, timeline, quiet: wait } = set([record(9), record(8)]);
  const gone = writer.remove(9);
  assert.equal(store.get(9), null);
  await gone;
  assert.equal(server.rows.has(9), false);
  await timeline.undo();
  assert.equal(store.get(9).id, 9);
  server.plans.push(409);
  await assert.rejects(writer.remove(8), /planned 409/);
  await wait();
  assert.equal(store.get(8).id, 8);
});

test("undo that the server refuses is forgotten with its reason; a lost one may be tried again", async () => {
  const { server, writer, timeline, stack, quiet: wait } = set([record(9)]);
  await writer.patch(9, { add_tags: [1] });
  await wait();
  server.plans.push("drop", "drop", "drop");
  await assert.rejects(timeline.undo(), /cannot be reached/);
  assert.equal(stack.canUndo, true);
  server.plans.push(409);
  await assert.rejects(timeline.undo(), /planned 409/);
  assert.equal(stack.canUndo, false);
  assert.equal(stack.canRedo, false);
});

test("an older state never overwrites a newer one", () => {
  const { store } = set([record(9, { version: 5 })]);
  store.upsert(record(9, { version: 4, note: "old" }));
  assert.equal(store.get(9).note, "");
});

test("the sentence of a problem: detail, then each missing thing once", () => {
  const error = refusal(409, { title: "Refused", detail: "Not yet.", errors: [{ detail: "A date is missing." }, { detail: "Not yet." }] });
  assert.equal(error.message, "Not yet. A date is missing.");
  assert.equal(error.kind, "refused");
  assert.equal(refusal(412, null).kind, "stale");
  assert.match(refusal(500, null).message, /500/);
});
