/** Evidence selected in a snapshot: what is sent, under which key, what is shown of it; without a page. */
import assert from "node:assert/strict";
import test from "node:test";

import { ApiError } from "../../annotations/static/annotations/js/reader/api.js";
import { Store } from "../../annotations/static/annotations/js/reader/store.js";
import { spokenEvidence } from "../../annotations/static/annotations/js/snapshot/card.js";
import { Desk } from "../../annotations/static/annotations/js/snapshot/desk.js";
import { COLOURS, fromPage } from "../../annotations/static/annotations/js/snapshot/records.js";

globalThis.document ??= { getElementById: () => null }; // no save state, nothing on the page

const CLAIM = { id: 7, label: "C-7", kind: "claim", text: "It counts 233.", answer: null };
const SELECTED = { start: 3, end: 7, text: "𠮷野家稱", points: 4, whole: true };

/** A desk whose server answers as told: each step is an answer, or an error to throw. */
function desk(steps, purpose = CLAIM) {
  const sent = [];
  const call = (method) => async (url, body, more) => {
    const step = steps.shift();
    sent.push({ method, url, body, key: (method === "DELETE" ? body : more)?.key });
    if (step instanceof Error) throw step;
    return step;
  };
  const api = { post: call("POST"), patch: call("PATCH"), remove: call("DELETE") };
  const urls = { evidence: (id) => `/api/statements/${id}/evidence/`, item: (id) => `/api/evidence/${id}/`, undo: "/undo/", redo: "/redo/" };
  const boot = { member: { id: 1, name: "陈" }, source: 2, snapshot: 3, medium: "web_text", purpose, urls, pageOf: (label) => `/s/${label}/` };
  const said = [];
  const store = new Store();
  return { desk: new Desk({ api, store, boot, say: (text) => said.push(text) }), store, sent, said };
}

const answer = (more = {}) => ({ op: "op-1", data: { id: 12, version: 1, start: 3, end: 7, quote: "𠮷野家稱", stance: "supports", answer: null, locator: "", medium: "web_text", note: "", ...more } });
const offline = () => new ApiError("network", "the server cannot be reached");

test("a selection of one block is sent with its words, one over several without: the server reads them there", async () => {
  const { desk: it, sent, store } = desk([answer(), answer({ id: 13 })]);
  assert.equal(await it.attach(SELECTED, "supports", "4"), 12);
  assert.deepEqual(sent[0].body, { source: 2, snapshot: 3, stance: "supports", start: 3, end: 7, medium: "web_text", quote: "𠮷野家稱", locator: "p. 4" });
  assert.equal(sent[0].url, "/api/statements/7/evidence/");
  assert.deepEqual([store.get(12).tags, store.get(12).statement.label, store.get(12).page], [["supports"], "C-7", "/s/C-7/"]);
  await it.attach({ ...SELECTED, whole: false }, "supports");
  assert.ok(!("quote" in sent[1].body) && !("locator" in sent[1].body));
});

test("what did not arrive is sent again under the same key, something else under another", async () => {
  const { desk: it, sent, said } = desk([offline(), answer(), answer({ id: 13 })]);
  assert.equal(await it.attach(SELECTED, "refutes"), null);
  assert.match(said[0], /cannot be reached/);
  assert.match(it.problem, /cannot be reached/);
  assert.equal(await it.attach(SELECTED, "refutes"), 12);
  assert.equal(sent[0].key, sent[1].key);
  assert.equal(it.problem, "");
  await it.attach(SELECTED, "refutes");
  assert.notEqual(sent[1].key, sent[2].key);
});

test("the answer one came for goes along, with this claim only", async () => {
  const { desk: it, sent } = desk([answer(), answer(), answer()], { ...CLAIM, answer: 5 });
  await it.attach(SELECTED, "context");
  it.choose({ id: 8, label: "C-8", kind: "claim", text: "Another" });
  await it.attach(SELECTED, "context");
  it.choose({ id: 7, label: "C-7", kind: "claim", text: "It counts 233." });
  await it.attach(SELECTED, "context");
  assert.deepEqual(sent.map(({ body, url }) => [url, body.answer]), [["/api/statements/7/evidence/", 5], ["/api/statements/8/evidence/", undefined], ["/api/statements/7/evidence/", 5]]);
});

test("withdrawn is gone; what cannot be undone is said", async () => {
  const { desk: it, store, said } = desk([answer(), { op: "op-2", data: null }]);
  assert.equal(it.canUndo, false);
  await it.undo();
  assert.equal(said.length, 1);
  await it.attach(SELECTED, "supports");
  assert.equal(await it.withdraw(12), true);
  assert.equal(store.get(12), null);
  assert.equal(it.canUndo, true);
});

test("a stance that is private has no colour and no word", () => {
  const record = fromPage({ id: 1, stance: "", quote: "233", statement: CLAIM });
  assert.equal(COLOURS[record.stance], undefined);
  assert.equal(spokenEvidence(record, { stance: { supports: "Supports" } }), "C-7, 233");
});
