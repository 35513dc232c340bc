/** Store, writer, undo: what is shown at once, what is sent, what stays when something fails. The outbox has its own tests. */
import assert from "node:assert/strict";
import test from "node:test";

import { MemoryBox } from "../../annotations/static/annotations/js/outbox/box.js";
import { Courier } from "../../annotations/static/annotations/js/outbox/courier.js";
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
  const box = new MemoryBox();
  const courier = new Courier({ box, api, user: "1", turn: (work) => work(async () => {}), later: () => 1 });
  const where = { user: "1", document: 1, page: "/documents/1/" };
  const writer = new Writer({ api, store, undo: stack, urls, me: { id: 1, name: "陈" }, version: 2, outbox: { box, courier }, where });
  const timeline = new Timeline({ stack, writer });
  const states = [];
  writer.addEventListener("state", (event) => states.push(event.detail));
  return { server, api, store, stack, box, courier, writer, timeline, states, quiet: () => quiet(writer) };
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
  const { store, writer, timeline, quiet: wait } = set();
  const id = writer.create(PLACE, {});
  writer.patch(id, { add_tags: [1] });
  const first = timeline.undo();
  const second = timeline.undo();
  await Promise.all([first, second]);
  await wait();
  assert.equal(store.get(id), null);
});

test("a lost answer is asked for again with the same key: one annotation", async () => {
  const { server, store, writer, quiet: wait } = set();
  server.plans.push("drop answer");
  writer.create(PLACE, {});
  await wait();
  await writer.retry();
  await wait();
  assert.equal(server.rows.size, 1);
  assert.equal(new Set(server.log.map((one) => one.headers["Idempotency-Key"])).size, 1);
  assert.equal(server.log.length, 2);
  assert.equal(store.all().length, 1);
});

test("no network: the mark stays and counts as waiting; the next sign of life saves everything in order", async () => {
  const { server, store, writer, states, quiet: wait } = set();
  server.plans.push("drop");
  const id = writer.create(PLACE, {});
  await wait();
  server.plans.push("drop");
  writer.patch(id, { add_tags: [2] });
  await wait();
  assert.equal(store.get(id).saving, true);
  assert.deepEqual(store.get(id).tags, [2], "later keys stay, too");
  assert.deepEqual(states.at(-1), { phase: "offline", waiting: 2, refused: 0, why: "" });
  await writer.retry();
  await wait();
  assert.deepEqual([store.get(id).saving, store.get(id).tags], [undefined, [2]]);
  assert.deepEqual(states.at(-1), { phase: "rest", waiting: 0, refused: 0, why: "" });
});

test("undo of what has not left the browser just takes it away; redo puts it back; what may have left is undone by a write", async () => {
  const { server, store, writer, timeline, quiet: wait } = set();
  server.plans.push("drop answer");
  const id = writer.create(PLACE, {});
  await wait();
  server.plans.push("drop", "drop");
  writer.patch(id, { add_tags: [2] });
  await wait();
  await timeline.undo();
  assert.deepEqual(store.get(id).tags, []);
  assert.equal(writer.waiting, 1);
  await timeline.redo();
  assert.deepEqual(store.get(id).tags, [2]);
  await timeline.undo();
  await timeline.undo();
  assert.equal(store.get(id), null, "looks undone at once");
  assert.equal(writer.waiting, 2, "the creation, which the server may have, and its undo");
  await writer.retry();
  await wait();
  assert.equal(writer.waiting, 0);
  assert.equal(server.rows.size, 0);
  assert.deepEqual([...new Set(server.log.filter((one) => one.method !== "GET").map((one) => one.url))], [urls.annotations, urls.undo], "the tag was never sent");
});

test("a refused creation stays with its reason and all that hangs on it; trying again saves both; discarding drops both", async () => {
  const { server, store, writer, stack, states, quiet: wait } = set();
  server.plans.push(403);
  const id = writer.create(PLACE, {});
  writer.patch(id, { add_tags: [2] });
  await wait();
  assert.deepEqual([store.get(id).kept, store.get(id).problem, store.get(id).tags], ["refused", "planned 403", [2]]);
  assert.deepEqual(states.at(-1), { phase: "rest", waiting: 0, refused: 1, why: "planned 403" });
  assert.equal(server.log.length, 1);
  await writer.again({ ...writer.of(id)[0], state: "waiting" });
  await wait();
  assert.deepEqual([...server.rows.values()].map((row) => row.tags), [[2]]);
  assert.equal(writer.rows.size, 0);
  server.plans.push(409);
  const other = writer.create({ ...PLACE, start: 20, end: 24 }, {});
  writer.patch(other, { note: "typed" });
  await wait();
  await writer.drop(writer.of(other));
  assert.equal(store.get(other), null);
  assert.equal(stack.canUndo, true, "the first passage can still be undone");
});

test("somebody else was first: tags meet, a note that only one changed is saved, one that both changed is kept with theirs", async () => {
  const { server, store, writer, states, quiet: wait } = set([record(9)]);
  const meanwhile = (change) => (rows) => rows.set(9, { ...rows.get(9), version: rows.get(9).version + 1, ...change });
  server.plans.push(meanwhile({ tags: [5] }));
  await writer.patch(9, { add_tags: [2] });
  assert.deepEqual(store.get(9).tags, [5, 2]);
  server.plans.push(meanwhile({ tags: [5, 2, 7] }));
  await writer.patch(9, { note: "mine" });
  assert.deepEqual([store.get(9).note, store.get(9).tags], ["mine", [5, 2, 7]]);
  server.plans.push(meanwhile({ note: "theirs" }));
  await assert.rejects(writer.patch(9, { note: "mine again" }), /Somebody changed it/);
  await wait();
  assert.deepEqual([store.get(9).note, store.get(9).kept, store.saved(9).note], ["mine again", "clash", "theirs"]);
  assert.equal(server.rows.get(9).note, "theirs", "nothing is overwritten");
  assert.equal(states.at(-1).refused, 1);
  const [row] = writer.of(9);
  assert.equal(row.current.note, "theirs");
  await writer.again({ ...row, state: "waiting", before: { note: "theirs" } });
  await wait();
  assert.equal(server.rows.get(9).note, "mine again");
});

test("somebody else's event under a write that waits: the write stays on top, also when the passage is gone", async () => {
  const { server, store, writer, quiet: wait } = set([record(9)]);
  server.plans.push("drop");
  writer.patch(9, { note: "mine" });
  await wait();
  store.upsert(record(9, { version: 4, tags: [3] }));
  assert.deepEqual([store.get(9).note, store.get(9).tags], ["mine", [3]]);
  store.remove(9);
  server.rows.delete(9);
  await writer.retry();
  await wait();
  assert.deepEqual([store.get(9).note, store.get(9).kept, store.get(9).problem], ["mine", "refused", "No such passage."]);
});

test("a page knows the echo of its own writes", async () => {
  const { server, writer, quiet: wait } = set();
  writer.create(PLACE, {});
  await wait();
  assert.equal(writer.isOwn(server.log[0].headers["Idempotency-Key"]), true);
  assert.equal(writer.isOwn("another"), false);
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
  assert.deepEqual([store.get(8).id, store.get(8).problem], [8, "planned 409"]);
});

test("undo that the server refuses is forgotten with its reason, and what it hid comes back; without a network it waits", async () => {
  const { server, store, writer, timeline, stack, states, quiet: wait } = set([record(9)]);
  await writer.patch(9, { add_tags: [1] });
  await wait();
  server.plans.push("drop");
  await timeline.undo();
  assert.deepEqual([store.get(9).tags, writer.waiting, states.at(-1).phase], [[], 1, "offline"]);
  server.plans.push(409);
  await writer.retry();
  await wait();
  assert.deepEqual([store.get(9).tags, states.at(-1).why], [[1], "planned 409"]);
  assert.deepEqual([stack.canUndo, stack.canRedo], [false, false]);
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
