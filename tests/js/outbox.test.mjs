/** The outbox: exactly once, in order, whatever breaks, and never under somebody else's name. */
import assert from "node:assert/strict";
import test from "node:test";

import { MemoryBox } from "../../annotations/static/annotations/js/outbox/box.js";
import { Courier, pause } from "../../annotations/static/annotations/js/outbox/courier.js";
import { turns } from "../../annotations/static/annotations/js/outbox/lock.js";
import { both, clashes } from "../../annotations/static/annotations/js/outbox/merge.js";
import { after, nextOf } from "../../annotations/static/annotations/js/outbox/rows.js";
import { createApi } from "../../annotations/static/annotations/js/reader/api.js";
import { Store } from "../../annotations/static/annotations/js/reader/store.js";
import { UndoStack } from "../../annotations/static/annotations/js/reader/undo.js";
import { Writer } from "../../annotations/static/annotations/js/reader/writer.js";
import { stateOf } from "../../annotations/static/annotations/js/save-state.js";
import { fakeServer } from "./fake-server.mjs";
import { random } from "./random.mjs";

const urls = {
  annotations: "/api/documents/1/annotations/", annotation: (id) => `/api/annotations/${id}/`, occurrence: (id) => `/api/occurrences/${id}/`,
  same: "/api/documents/1/annotations/same/", undo: "/api/corpora/1/undo/", redo: "/api/corpora/1/redo/",
};
const place = (start) => ({ start, end: start + 4, space: "clean", text: "四个字符", whole: true });
const settled = async (rounds = 40) => {
  for (let i = 0; i < rounds; i += 1) await new Promise((done) => setTimeout(done, 0));
};

/** A tab of a browser: what it holds is gone when it is closed, the box is not. */
function tab(server, shared, { user = "1", answers = () => true, turn = (work) => work(async () => {}) } = {}) {
  const alive = { yes: true };
  const fetch = async (...asked) => {
    if (!alive.yes) return new Promise(() => {});
    const answer = await server.fetch(...asked);
    return alive.yes && answers() ? answer : new Promise(() => {}); // a tab that crashes hears no answer
  };
  const api = createApi({ csrf: "token", fetch });
  const store = new Store();
  store.load([...server.rows.values()].map((row) => ({ ...row })));
  const box = new MemoryBox(shared);
  const timers = [];
  const courier = new Courier({ box, api, user, turn, later: (work, ms) => timers.push({ work, ms }) });
  const writer = new Writer({
    api, store, undo: new UndoStack(), urls, me: { id: 1, name: "陈" }, version: 2, outbox: { box, courier }, where: { user, document: 1, page: "/d/1/" },
  });
  return { writer, store, box, courier, timers, crash: () => (alive.yes = false) };
}

const empty = () => ({ rows: new Map(), done: new Map(), lease: null });

test("a tab that crashes between send and answer: the next one shows what waits and saves it once", async () => {
  const server = fakeServer();
  const shared = empty();
  const first = tab(server, shared, { answers: () => false });
  const id = first.writer.create(place(1), {});
  first.writer.patch(id, { note: "typed" });
  await settled();
  assert.equal(server.rows.size, 1, "the server has it, the tab does not know");
  first.crash();
  const second = tab(server, shared);
  second.store.load([]);
  const restored = second.writer.restore();
  await settled(2);
  await restored;
  await settled();
  assert.deepEqual([...server.rows.values()].map((row) => row.note), ["typed"]);
  assert.equal(new Set(server.log.filter((one) => one.method === "POST").map((one) => one.headers["Idempotency-Key"])).size, 1);
  assert.deepEqual([shared.rows.size, second.writer.waiting, second.store.all().length], [0, 0, 1]);
});

test("what waits is shown at once when the document is opened again, and can be undone there", async () => {
  const server = fakeServer();
  const shared = empty();
  server.plans.push(...Array(20).fill("drop"));
  const first = tab(server, shared);
  const id = first.writer.create(place(1), { tags: [4] });
  first.writer.patch(id, { note: "typed" });
  await settled();
  first.crash();
  const second = tab(server, shared);
  await second.writer.restore();
  const [shown] = second.store.all();
  assert.deepEqual([shown.note, shown.tags, shown.saving], ["typed", [4], true]);
  const { undo } = second.writer;
  assert.ok(await second.writer.takeOut(undo.takeUndo().last), "the note never left");
  assert.equal(second.store.all()[0].note, "");
});

test("any mix of lost requests, lost answers and crashes saves every write exactly once, in order", async () => {
  for (let seed = 1; seed <= 25; seed += 1) {
    const pick = random(seed);
    const server = fakeServer();
    const shared = empty();
    let open = tab(server, shared);
    const ids = [];
    for (let step = 0; step < 14; step += 1) {
      server.plans.push(...[[], ["drop"], ["drop answer"], [503]][pick(4)]);
      if (ids.length && pick(2)) open.writer.patch(ids[pick(ids.length)], { add_statements: [], add_tags: [100 + step] });
      else ids.push(open.writer.create(place(step * 10), {}));
      if (pick(3) === 0) await settled(1 + pick(4));
      if (pick(5) === 0) {
        await settled(1);
        open.crash();
        open = tab(server, shared);
        await Promise.race([open.writer.restore(), settled(6)]);
        ids.splice(0, ids.length, ...open.store.all().map((one) => one.id));
      }
    }
    server.plans.length = 0;
    for (let round = 0; round < 4; round += 1) await Promise.race([open.writer.retry().then(() => settled(4)), settled(30)]);
    const made = server.log.filter((one) => one.method === "POST");
    assert.equal(shared.rows.size, 0, `seed ${seed}: nothing is left`);
    assert.equal(server.rows.size, new Set(made.map((one) => one.headers["Idempotency-Key"])).size, `seed ${seed}: one passage for each key`);
    for (const row of server.rows.values()) assert.deepEqual(row.tags, [...new Set(row.tags)].sort((a, b) => a - b), `seed ${seed}: in order, each once`);
  }
});

test("what somebody else wrote stays until they are back, and a server that sees another person keeps it, too", async () => {
  const server = fakeServer();
  const shared = empty();
  server.plans.push("drop");
  const hers = tab(server, shared, { user: "1" });
  hers.writer.create(place(1), {});
  await settled();
  const his = tab(server, shared, { user: "2" });
  await his.writer.restore();
  await settled();
  assert.deepEqual([server.rows.size, his.store.all().length, shared.rows.size], [0, 0, 1]);
  const plain = server.fetch;
  server.fetch = async () => ({ ok: false, status: 403, headers: new Headers({ "Content-Type": "application/problem+json" }), json: async () => ({ code: "other_member", detail: "Somebody else." }) });
  const page = tab(server, shared, { user: "1" });
  await page.writer.restore();
  await settled();
  assert.deepEqual([page.courier.phase, page.writer.waiting, shared.rows.size], ["person", 1, 1]);
  server.fetch = plain;
  await page.writer.retry();
  await settled();
  assert.deepEqual([server.rows.size, shared.rows.size], [1, 0]);
  assert.equal(server.log.at(-1).headers["X-User"], "1");
});

test("signed out: nothing is refused, everything waits, with a pause that grows up to half a minute", async () => {
  const server = fakeServer();
  const page = tab(server, empty());
  server.plans.push(401, 401);
  page.writer.create(place(1), {});
  await settled();
  assert.equal(page.courier.phase, "login");
  page.timers.at(-1).work();
  await settled();
  assert.deepEqual([page.timers.length, page.writer.waiting], [2, 1]);
  page.timers.at(-1).work();
  await settled();
  assert.deepEqual([page.courier.phase, page.writer.waiting, server.rows.size], ["rest", 0, 1]);
  assert.deepEqual([pause(0, () => 0), pause(3, () => 1), pause(20, () => 1), pause(20, () => 0)], [1000, 8000, 30000, 15000]);
});

test("a refusal holds up nothing else, and survives a reload", async () => {
  const server = fakeServer();
  const shared = empty();
  const page = tab(server, shared);
  server.plans.push(422);
  page.writer.create(place(1), { note: "typed" });
  page.writer.create(place(20), {});
  await settled();
  assert.equal(server.rows.size, 1);
  const again = tab(server, shared);
  await again.writer.restore();
  await settled();
  const kept = again.store.all().find((one) => one.kept);
  assert.deepEqual([kept.note, kept.problem, again.store.all().length], ["typed", "planned 422", 2]);
});

test("taken back while its answer is awaited, then refused: both are gone", async () => {
  const server = fakeServer();
  const shared = empty();
  const page = tab(server, shared);
  server.plans.push(409);
  page.writer.create(place(1), {});
  const entry = page.writer.undo.takeUndo();
  page.writer.travel("undo", entry);
  await settled();
  assert.deepEqual([shared.rows.size, page.store.all().length, page.writer.waiting], [0, 0, 0]);
});

test("two tabs, one lease: one delivers at a time, and a tab that died is not waited for long", async () => {
  const shared = empty();
  let time = 0;
  const wait = async () => {
    await settled(1);
    time += 1000;
  };
  const [one, two] = [new MemoryBox(shared), new MemoryBox(shared)].map((box) => turns(box, { locks: undefined, now: () => time, wait }));
  const order = [];
  const first = one(async () => {
    order.push("one in");
    await settled(3);
    order.push("one out");
  });
  await Promise.all([first, settled(1).then(() => two(async () => order.push("two")))]);
  assert.deepEqual(order, ["one in", "one out", "two"]);
  one(() => new Promise(() => {})); // dies with the lease
  await settled(2);
  const started = time;
  await two(async () => order.push("two again"));
  assert.equal(order.at(-1), "two again");
  assert.ok(time - started >= 40_000 && time - started <= 60_000, `${time - started}`);
});

test("the next write: none of somebody else, none before what it hangs on", () => {
  const row = (key, more) => ({ key, order: 1, user: "1", kind: "patch", target: 5, state: "waiting", tried: false, ...more });
  assert.equal(nextOf([row("a", { user: "2" })], [], "1"), null);
  assert.equal(nextOf([row("a", { target: -3 })], [], "1"), null, "its passage is not saved");
  assert.equal(nextOf([row("a", { target: -3 })], [{ key: "x", temp: -3, real: 8 }], "1").target, 8);
  assert.equal(nextOf([row("u", { kind: "undo", after: "a" }), row("a", { state: "refused" })], [], "1"), null);
  assert.equal(nextOf([row("b", { order: 2 }), row("a", { order: 1 })], [], "1").key, "a");
  assert.ok(after(after(0, 1000), 1000) > after(0, 900));
});

test("three states of a field: what only one side changed is no conflict", () => {
  assert.deepEqual(clashes({ note: "a" }, { note: "b" }, { note: "a" }), []);
  assert.deepEqual(clashes({ note: "a" }, { note: "b" }, { note: "b" }), []);
  assert.deepEqual(clashes({ note: "a" }, { note: "b" }, { note: "c" }), [{ field: "note", mine: "b", theirs: "c" }]);
  assert.deepEqual(clashes({ speaker: "李" }, { speaker: "王" }, { speaker: { name: "李" } }), [], "a name is a name");
  assert.equal(both("theirs", "mine"), "theirs\nmine");
  assert.equal(both("theirs and mine", "mine"), "theirs and mine");
});

test("the word for how it stands", () => {
  const standing = (more) => ({ phase: "rest", waiting: 0, refused: 0, why: "", ...more });
  assert.equal(stateOf(standing({})), "saved");
  assert.equal(stateOf(standing({}), false), "offline");
  assert.equal(stateOf(standing({ waiting: 1 })), "saving");
  assert.equal(stateOf(standing({ waiting: 1, phase: "offline", refused: 1 })), "offline");
  assert.equal(stateOf(standing({ waiting: 1, phase: "login" })), "login");
  assert.equal(stateOf(standing({ refused: 1, phase: "offline" })), "refused");
});
