/** What is shown, what a key acts on, and the words about it: without a page. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";

import { address } from "../../annotations/static/annotations/js/reader/boot.js";
import { changesOf, fieldsOf } from "../../annotations/static/annotations/js/reader/card-edit.js";
import { linkChange, patched, statementBody } from "../../annotations/static/annotations/js/reader/changes.js";
import { citation } from "../../annotations/static/annotations/js/reader/copy.js";
import { carried, factParts } from "../../annotations/static/annotations/js/reader/facts.js";
import { counts, everything, matcher } from "../../annotations/static/annotations/js/reader/filters.js";
import { likeness } from "../../annotations/static/annotations/js/reader/looks.js";
import { Marks, placesOf } from "../../annotations/static/annotations/js/reader/marks.js";
import { idFromHash } from "../../annotations/static/annotations/js/reader/permalink.js";
import { Session } from "../../annotations/static/annotations/js/reader/session.js";
import { Store } from "../../annotations/static/annotations/js/reader/store.js";
import { findTags } from "../../annotations/static/annotations/js/reader/tag-name.js";
import { shorten, stateWords, titleOf } from "../../annotations/static/annotations/js/reader/titles.js";
import { loadWords, t, tn } from "../../annotations/static/annotations/js/words.js";

const JS = new URL("../../annotations/static/annotations/js/", import.meta.url);
const names = { labels: { kind: { claim: "Claim" }, status: { untriaged: "Untriaged" }, voice: { indirect: "indirect" }, verdict: { supported: "Supported" } }, tags: new Map(), locale: "en" };
const statement = (more = {}) => ({ occurrence: 5, id: 7, label: "C-1", kind: "claim", fit: "same", status: "untriaged", verdict: null, ...more });
const record = (id, start, end, more = {}) => ({
  id, version: 1, start: start * 2, end: end * 2, clean_start: start, clean_end: end, quote: `q${id}`, note: "", tags: [], statements: [], creator: { id: 1, name: "陈" }, anchor_state: "ok", ...more,
});

function shown(records, space = "clean") {
  const store = new Store();
  store.load(records);
  return { store, marks: new Marks(store, space) };
}

test("a passage and its copies are painted, but it is one passage in the order", () => {
  const { marks } = shown([record(1, 10, 20, { copies: [[110, 120]] }), record(2, 5, 8)]);
  assert.deepEqual(marks.at(115), [1]);
  assert.deepEqual(marks.all().map((item) => item.id), [2, 1]);
  assert.equal(marks.size, 2);
  marks.setSpace("raw");
  assert.deepEqual(marks.at(25), [1]);
  assert.deepEqual(marks.at(115), []);
  assert.deepEqual(placesOf(record(1, 10, 20, { copies_raw: [[300, 320]] }), "raw"), [[20, 40], [300, 320]]);
});

test("next and previous go by the reading order, from where one reads when nothing is current", () => {
  const { marks } = shown([record(1, 10, 20), record(2, 5, 8), record(3, 10, 12)]);
  assert.deepEqual(marks.all().map((item) => item.id), [2, 1, 3], "the longer first");
  assert.equal(marks.next(null, 6).id, 1);
  assert.equal(marks.next(1, 0).id, 3);
  assert.equal(marks.next(3, 0), undefined);
  assert.equal(marks.previous(1, 0).id, 2);
  assert.equal(marks.previous(null, 6).id, 2);
  assert.equal(marks.rank(3), 2);
});

test("marks follow the store: changed, filtered, removed", () => {
  const { store, marks } = shown([record(1, 10, 20), record(2, 5, 8, { tags: [3] })]);
  store.upsert(record(1, 30, 40, { version: 2 }));
  assert.deepEqual(marks.at(12), []);
  assert.deepEqual(marks.at(35), [1]);
  marks.setFilter(matcher({ ...everything(), tags: new Set([3]) }));
  assert.deepEqual(marks.all().map((item) => item.id), [2]);
  store.upsert(record(1, 30, 40, { version: 3, tags: [3] }));
  assert.equal(marks.size, 2, "a passage that now fits appears");
  store.remove(2);
  assert.deepEqual(marks.all().map((item) => item.id), [1]);
});

test("filter: one choice of a group suffices, groups must agree, unsaved work is never hidden", () => {
  const mine = record(1, 0, 1, { statements: [statement()], tags: [3] });
  const others = record(2, 0, 1, { creator: { id: 2, name: "李" } });
  const filter = { ...everything(), kinds: new Set(["claim", "none"]), people: new Set([2]) };
  assert.deepEqual([mine, others].map(matcher(filter)), [false, true]);
  assert.equal(matcher(filter)({ ...mine, unsaved: true }), true);
  assert.deepEqual([mine, others].map(matcher(everything())), [true, true]);
  assert.deepEqual([...counts([mine, others]).kinds], [["claim", 1], ["none", 1]]);
});

test("a key acts on the passage of the selected text, else on the text, else on the current card", () => {
  const session = new Session();
  assert.equal(session.target(), null);
  session.setCurrent(4);
  assert.deepEqual(session.target(), { id: 4 });
  const selected = { start: 1, end: 3, text: "ab", points: 2 };
  session.select(selected);
  assert.deepEqual(session.target(), { selected });
  assert.equal(session.current, null, "the card of before is no longer meant");
  session.bind(-1);
  session.rename(-1, 9);
  assert.deepEqual(session.target(), { id: 9 });
  session.forget(9);
  assert.deepEqual(session.target(), { selected }, "the selection survives the passage");
  session.select(null);
  assert.equal(session.target(), null);
});

test("linking takes the place of a fresh number of the same kind, and of nothing else", () => {
  const found = { id: 31, kind: "claim", label: "C-31" };
  const fresh = linkChange(record(1, 0, 1, { statements: [statement()] }), found, "variant", "number");
  assert.deepEqual(fresh.body, { remove_statements: [5] });
  assert.deepEqual(statementBody(fresh.added[0]), { id: 31, fit: "variant", difference: "number" });
  assert.deepEqual(linkChange(record(1, 0, 1, { statements: [statement({ status: "queued" })] }), found, "same", null).body, {});
  assert.deepEqual(linkChange(record(1, 0, 1, { statements: [statement({ kind: "proposal" })] }), found, "same", null).body, {});
  assert.deepEqual(statementBody({ kind: "proposal" }), { kind: "proposal" });
});

test("a change looks as the server will answer", () => {
  const before = record(1, 0, 1, { tags: [1, 2], statements: [statement()], note: "old" });
  const after = patched(before, { add_tags: [2, 3], remove_tags: [1], remove_statements: [5], note: "" }, [{ kind: "proposal" }]);
  assert.deepEqual([after.tags, after.note, after.statements.map((one) => [one.kind, one.label])], [[2, 3], "", [["proposal", null]]]);
  assert.equal(patched(null, {}), null);
  assert.deepEqual(before.tags, [1, 2], "the old state is left alone");
});

test("facts: proposed ones are told apart, = takes over only what is there", () => {
  const facts = factParts({ speaker: { name: "李強" }, voice: "indirect", modality: "must_do", prefilled: ["speaker"] }, names.labels);
  assert.deepEqual(facts, [{ text: "said by 李強, indirect", proposed: true }, { text: "must do", proposed: false }]);
  assert.deepEqual(carried({ voice: "indirect", speaker: { id: 3, name: "李強" }, actor: [{ name: "甲" }, { name: "乙" }], modality: "", label: "C-1" }), { voice: "indirect", speaker: { id: 3, name: "李強" }, actor: [{ name: "甲" }, { name: "乙" }] });
});

test("likeness: the same words, nearly the same, others; signs and width do not count", () => {
  assert.equal(likeness("建立共同的测试平台。", "建立共同的测试平台"), 1);
  assert.ok(likeness("建议建立共同的测试平台", "建立共同的测试平台") > 0.8);
  assert.ok(likeness("事故增加到二百三十三起", "建立共同的测试平台") < 0.1);
  assert.equal(likeness("AI", "ＡＩ"), 1);
  assert.equal(likeness("一", "一"), 0, "one character says too little");
});

test("the form sends only what changed", () => {
  const before = fieldsOf(record(1, 0, 1, { note: "n", tags: [1, 2], statements: [statement({ speaker: "甲" })] }));
  assert.deepEqual(changesOf(before, { ...before, tags: [2, 1] }), { patch: null, facts: null });
  assert.deepEqual(changesOf(before, { note: "", tags: [1], speaker: "乙" }), { patch: { note: "", tags: [1] }, facts: { speaker: "乙" } });
  assert.equal(fieldsOf(record(1, 0, 1)).speaker, null, "without a statement nobody says it");
});

test("citation: quote on one line, source, link", () => {
  const text = citation({ quote: "甲\n乙", author: "某人", title: "题", date: "", paragraph: 6, link: "http://x/a/1/" });
  assert.equal(text, "“甲 乙”\n某人, 题, ¶ 6\nhttp://x/a/1/");
});

test("addresses: places are filled whichever way the server wrote them", () => {
  assert.equal(address("/api/annotations/{id}/")(12), "/api/annotations/12/");
  assert.equal(address("/api/annotations/0/")(12), "/api/annotations/12/");
  assert.equal(address("/c/demo/statements/C-0/")("P-7"), "/c/demo/statements/P-7/");
  assert.equal(idFromHash("#a=12"), 12);
  assert.equal(idFromHash("#b12"), null);
});

test("titles and state words", () => {
  assert.equal(titleOf(record(1, 0, 1, { statements: [statement(), statement({ label: null })] }), names), "C-1 Claim");
  assert.equal(titleOf(record(1, 0, 1), names), "Highlight");
  assert.equal(stateWords(statement(), names), "Claim · Untriaged");
  assert.equal(stateWords(statement({ verdict: "supported", verdict_as_of: "2026-11-21" }), names), "Claim · Supported · as of 2026-11-21");
  assert.equal(shorten("甲乙丙丁𠮷", 4), "甲乙丙…");
  assert.equal(shorten("甲乙丙𠮷", 4), "甲乙丙𠮷");
});

test("tags by name: the label counts more than the definition", () => {
  const tags = [{ id: 1, label: "数据", definition: "Safety of data" }, { id: 2, label: "Safety", definition: "" }];
  assert.deepEqual(findTags(tags, "ＳAFETY").map((tag) => tag.id), [2, 1]);
  assert.equal(findTags(tags, "").length, 2);
});

test("words: translated, filled, English when unknown", () => {
  loadWords({ Saved: "已保存", "{n} passages": "{n} 个文段", Empty: "" });
  assert.equal(t("Saved"), "已保存");
  assert.equal(t("Empty"), "Empty");
  assert.equal(tn("1 passage", "{n} passages", 3), "3 个文段");
  assert.equal(t("Text: {view}", { view: "raw" }), "Text: raw");
});

const PURE = ["actions", "api", "changes", "codepoints", "facts", "filters", "intervals", "layout", "marks", "permalink", "segments", "sentences", "session", "store", "timeline", "titles", "undo", "writer"];
const modules = [...readdirSync(new URL("reader/", JS)).filter((name) => name.endsWith(".js")).map((name) => `reader/${name}`), "main-reader.js", "keys.js", "key-help.js", "key-match.js", "dom.js", "words.js"];
const source = (name) => readFileSync(new URL(name, JS), "utf8");

test("pure modules do not know the page", () => {
  for (const name of PURE.filter((one) => !["permalink"].includes(one))) assert.doesNotMatch(source(`reader/${name}.js`), /\b(document|window|getComputedStyle|innerHeight)\b\./, name);
});

test("no module is longer than 200 lines, makes markup from text, or evaluates text", () => {
  for (const name of modules) {
    const text = source(name);
    assert.ok(text.split("\n").length <= 201, `${name} has ${text.split("\n").length - 1} lines`);
    assert.doesNotMatch(text, /\.innerHTML|insertAdjacentHTML|outerHTML|\beval\(|new Function/, name);
  }
});

test("every word of the reader is in strings.txt", () => {
  const known = new Set(source("strings.txt").split("\n"));
  const missing = [];
  for (const name of modules) {
    const code = source(name).replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, "");
    for (const [, one, many] of code.matchAll(/(?<![\w.$])(?:t|w|tn)\(\s*"([^"]*)"(?:\s*,\s*"([^"]*)")?/g)) missing.push(...[one, many].filter((word) => word && !known.has(word)));
  }
  assert.deepEqual(missing, []);
});
