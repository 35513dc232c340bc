/** Live events: order, gaps, echoes; the stream and what stands in for it; who listens for a browser's tabs; whose letters a disc bears. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Feed } from "../../annotations/static/annotations/js/live/feed.js";
import { Order } from "../../annotations/static/annotations/js/live/order.js";
import { initials, whereabouts } from "../../annotations/static/annotations/js/live/people.js";
import { Source } from "../../annotations/static/annotations/js/live/source.js";
import { concerned } from "../../annotations/static/annotations/js/reader/live.js";
import { threads } from "../../annotations/static/annotations/js/reader/talk.js";

/** A stream that the test feeds. */
class FakeStream extends EventTarget {
  static last = null;

  constructor(url) {
    super();
    Object.assign(this, { url, readyState: 0 });
    FakeStream.last = this;
  }

  close() {
    this.readyState = 2;
  }

  say(name, data, lastEventId = "") {
    this.dispatchEvent(Object.assign(new Event(name), { data: JSON.stringify(data), lastEventId }));
  }
}

/** What a server with these events answers to ?after=. */
function serverOf(events, asked = []) {
  return async (url) => {
    asked.push(url);
    const after = Number(new URL(url, "http://x").searchParams.get("after"));
    const results = events.filter((event) => event.seq > after).slice(0, 2);
    const seq = events.at(-1)?.seq ?? 0;
    return { ok: true, status: 200, json: async () => ({ seq, results, more: Boolean(results.length) && results.at(-1).seq < seq }) };
  };
}

const events = (...seqs) => seqs.map((seq) => ({ seq, kind: "annotation.created" }));
const settle = () => new Promise((done) => setTimeout(done, 5));

function feedOf(seq, known) {
  const asked = [];
  const feed = new Feed({ url: "/e/", member: 1, seq, net: { EventSource: FakeStream, fetch: serverOf(known, asked) }, Channel: null });
  const heard = [];
  for (const name of ["event", "resync", "state"]) feed.addEventListener(name, ({ detail }) => heard.push([name, detail.seq ?? detail]));
  feed.source = feed.makeSource();
  feed.source.open();
  return { feed, heard, asked, stream: FakeStream.last };
}

beforeEach(() => {
  globalThis.document ??= Object.assign(new EventTarget(), { hidden: false });
});

test("an event is next, old or beyond a gap", () => {
  const order = new Order(5);
  assert.deepEqual([order.take(5), order.take(6), order.take(6), order.take(8), order.take(7), order.take(8)], ["old", "next", "old", "gap", "next", "next"]);
});

test("events arrive once and in order", async () => {
  const { feed, heard, stream } = feedOf(3, events(4, 5));
  assert.equal(stream.url, "/e/?after=3");
  stream.say("hello", { seq: 3 });
  for (const seq of [4, 4, 5, 3]) stream.say("message", { seq, kind: "x" });
  assert.deepEqual(heard, [["state", "live"], ["event", 4], ["event", 5]]);
  feed.source.close();
});

test("a gap is filled by asking, whatever comes meanwhile", async () => {
  const { feed, heard, stream, asked } = feedOf(3, events(4, 5, 6, 7, 8));
  stream.say("message", { seq: 7, kind: "x" });
  stream.say("message", { seq: 8, kind: "x" });
  await settle();
  assert.deepEqual(heard.filter(([name]) => name === "event"), [4, 5, 6, 7, 8].map((seq) => ["event", seq]));
  assert.deepEqual(asked, ["/e/?after=3", "/e/?after=5", "/e/?after=7"]);
  feed.source.close();
});

test("after a resync the count goes on from the head", () => {
  const { feed, heard, stream } = feedOf(3, events(4));
  stream.say("resync", {}, "90");
  stream.say("message", { seq: 91, kind: "x" });
  assert.deepEqual(heard, [["resync", 90], ["event", 91]]);
  feed.source.close();
});

test("where there is no stream, the same address is asked", async () => {
  const { feed, heard, stream } = feedOf(0, events(1, 2, 3));
  stream.readyState = 2;
  stream.dispatchEvent(new Event("error"));
  await settle();
  assert.deepEqual(heard, [["state", "offline"], ["event", 1], ["event", 2], ["event", 3], ["state", "polling"]]);
  feed.source.close();
});

test("who was taken out is told, and no one asks again", async () => {
  let asked = 0;
  const states = [];
  const fetch = async () => ({ ok: false, status: (asked += 1) && 404 });
  const source = new Source("/e/", () => 0, { state: (state) => states.push(state) }, { EventSource: FakeStream, fetch });
  source.open();
  FakeStream.last.say("bye", { why: "rights" });
  assert.deepEqual([states, FakeStream.last.readyState, asked], [["out"], 2, 0]);
  const other = new Source("/e/", () => 0, { state: (state) => states.push(state) }, { EventSource: null, fetch });
  other.open();
  await settle();
  assert.deepEqual([states, asked], [["out", "out"], 1]);
});

test("a restart is no reason to leave", () => {
  const states = [];
  const source = new Source("/e/", () => 0, { state: (state) => states.push(state) }, { EventSource: FakeStream, fetch: serverOf([]) });
  source.open();
  FakeStream.last.say("bye", { why: "restart" });
  assert.deepEqual([states, FakeStream.last.readyState], [[], 0]);
  source.close();
});

test("which passages an event is about", () => {
  const known = [
    { id: 1, statements: [{ occurrence: 7, id: 3, label: "C-3" }] },
    { id: 2, statements: [] },
    { id: -1, statements: [{ occurrence: null, id: 3, label: "C-3" }] },
  ];
  const about = (event) => concerned({ document: null, ...event }, 4, known);
  assert.deepEqual(about({ kind: "annotation.created", object_type: "annotation", object_id: 9, document: 4 }), [9]);
  assert.deepEqual(about({ kind: "annotation.created", object_type: "annotation", object_id: 9, document: 5 }), []);
  assert.deepEqual(about({ kind: "occurrence.created", object_type: "occurrence", object_id: 8, document: 4, payload: { annotation: 2 } }), [2]);
  assert.deepEqual(about({ kind: "occurrence.updated", object_type: "occurrence", object_id: 7 }), [1]);
  assert.deepEqual(about({ kind: "statement.moved", object_type: "statement", object_id: 3 }), [1]);
  assert.deepEqual(about({ kind: "review.decided", object_type: "review", object_id: 5, payload: { label: "C-3" } }), [1]);
  const said = { kind: "comment.created", object_type: "comment", object_id: 5, document: 4 };
  assert.deepEqual(about({ ...said, payload: { annotation: 2, label: "C-3" } }), [2]);
  assert.deepEqual(about({ ...said, document: null, payload: { annotation: null, label: "C-3" } }), []);
  assert.equal(about({ kind: "bulk.imported", object_type: "corpus", object_id: 1 }), "all");
  assert.deepEqual(about({ kind: "view.saved", object_type: "savedview", object_id: 1 }), []);
});

test("comments as threads; an answer without its thread is left out", () => {
  const one = (id, parent = null) => ({ id, parent });
  assert.deepEqual(threads([one(1), one(3, 1), one(2), one(4, 9)]), [{ first: one(1), replies: [one(3, 1)] }, { first: one(2), replies: [] }]);
});

test("letters for names of any script", () => {
  assert.deepEqual(["Li Wei", "陈晓", "emma", "𠮷野", "", "Jean-Luc Picard"].map(initials), ["LW", "陈", "E", "𠮷", "?", "JP"]);
});

test("where somebody is, seen from here", () => {
  const person = { name: "Li", places: [{ document: 4, paragraph: 3 }, { statement: 2, label: "C-2" }] };
  assert.equal(whereabouts(person, { document: 4 }), "Li reads here, at paragraph 3");
  assert.equal(whereabouts(person, { document: 5 }), "Li is on C-2");
  assert.equal(whereabouts({ name: "Li", places: [{ document: 4 }] }, {}), "Li is in this corpus");
});
