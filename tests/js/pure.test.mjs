/** Pure reader modules against brute force and by example. */
import assert from "node:assert/strict";
import test from "node:test";

import * as points from "../../annotations/static/annotations/js/reader/codepoints.js";
import { Intervals } from "../../annotations/static/annotations/js/reader/intervals.js";
import { layout } from "../../annotations/static/annotations/js/reader/layout.js";
import { lookOf, namesOf, segments } from "../../annotations/static/annotations/js/reader/segments.js";
import { sentenceAt, sentences } from "../../annotations/static/annotations/js/reader/sentences.js";
import { random } from "./random.mjs";

const ALPHABET = ["a", "國", "𠀀", "😀", "\n", "é", "。"];
const textOf = (pick, length) => Array.from({ length }, () => ALPHABET[pick(ALPHABET.length)]).join("");

test("UTF-16 units and code points: both ways, for any text", () => {
  const pick = random(7);
  for (let round = 0; round < 300; round += 1) {
    const text = textOf(pick, pick(40));
    const characters = [...text];
    const table = points.astralTable(text);
    let unit = 0;
    for (let point = 0; point <= characters.length; point += 1) {
      assert.equal(points.toUnits(table, point), unit);
      assert.equal(points.toPoints(table, unit), point);
      if (characters[point]?.length === 2) assert.equal(points.toPoints(table, unit + 1), point, "inside a pair = before it");
      unit += characters[point]?.length ?? 0;
    }
    assert.equal(points.lengthOf(text), characters.length);
    const a = pick(characters.length + 1);
    const b = a + pick(characters.length - a + 1);
    assert.equal(points.slice(text, a, b), characters.slice(a, b).join(""));
  }
});

test("a span widens to whole graphemes and never further", () => {
  const family = "👨‍👩‍👧";
  const text = `甲${family}乙e\u0301丙`;
  assert.deepEqual(points.widenToGraphemes(text, 2, 4), [1, 1 + family.length]);
  const accent = text.indexOf("\u0301");
  assert.deepEqual(points.widenToGraphemes(text, accent, accent + 1), [accent - 1, accent + 1]);
  assert.deepEqual(points.widenToGraphemes(text, 0, 1), [0, 1]);
  assert.deepEqual(points.widenToGraphemes(text, 3, 3), [3, 3], "an empty span stays empty");
});

test("white space at both ends is left out, also the ideographic one", () => {
  assert.deepEqual(points.trimSpace("\u3000 甲 乙\n", 0, 6), [2, 5]);
  assert.deepEqual(points.trimSpace(" \n ", 0, 3), [3, 3]);
});

test("intervals answer as brute force does, through adding and removing", () => {
  const pick = random(11);
  for (let round = 0; round < 60; round += 1) {
    let plain = [];
    const tree = new Intervals();
    for (let step = 0; step < 40; step += 1) {
      if (pick(4) === 0 && plain.length) {
        const { id } = plain[pick(plain.length)];
        plain = plain.filter((item) => item.id !== id);
        tree.remove(id);
      } else {
        const start = pick(50);
        const item = { id: pick(25), start, end: start + pick(20) };
        plain.push(item);
        tree.add(item);
      }
      const a = pick(60);
      const b = a + pick(20);
      const key = (item) => `${item.id}:${item.start}:${item.end}`;
      const expected = plain.filter((item) => item.start < b && item.end > a && a < b).map(key).sort();
      assert.deepEqual(tree.query(a, b).map(key).sort(), expected);
      assert.deepEqual(tree.at(a).map(key).sort(), plain.filter((item) => item.start <= a && a < item.end).map(key).sort());
      const starts = plain.map((item) => item.start).sort((x, y) => x - y);
      assert.equal(tree.next(a)?.start, starts.find((start) => start >= a));
      assert.equal(tree.previous(a)?.start, starts.findLast((start) => start < a));
    }
    assert.equal(tree.size, plain.length);
  }
});

test("intervals come in reading order, the longer first", () => {
  const tree = new Intervals([{ id: 1, start: 5, end: 6 }, { id: 2, start: 1, end: 4 }, { id: 3, start: 1, end: 9 }]);
  assert.deepEqual(tree.query(0, 10).map((item) => item.id), [3, 2, 1]);
  assert.deepEqual(tree.at(5).map((item) => item.id), [3, 1], "outermost first");
});

test("segments are disjoint, cover exactly the spans, and name who is there", () => {
  const pick = random(13);
  for (let round = 0; round < 200; round += 1) {
    const spans = Array.from({ length: pick(12) }, (_, id) => {
      const start = pick(40);
      return { id, start, end: start + pick(15) };
    });
    const found = segments(spans);
    const seen = new Map();
    for (const segment of found) {
      assert.ok(segment.end > segment.start);
      for (let i = segment.start; i < segment.end; i += 1) {
        assert.ok(!seen.has(i), "disjoint");
        seen.set(i, segment);
      }
    }
    for (let i = 0; i < 60; i += 1) {
      const there = spans.filter((span) => span.start <= i && i < span.end).map((span) => span.id).sort();
      assert.deepEqual([...(seen.get(i)?.ids ?? [])].sort(), there);
      if (there.length) assert.equal(seen.get(i).depth, there.length);
    }
  }
});

test("looks: underline by kind, the innermost tag tints, depth is named", () => {
  const colour = (tag) => ({ 1: "teal", 2: "rose" })[tag];
  const looks = new Map([
    [1, lookOf({ statements: [{ kind: "claim" }], tags: [1] }, colour)],
    [2, lookOf({ statements: [{ kind: "proposal" }], tags: [2] }, colour)],
    [3, lookOf({ statements: [], tags: [] }, colour)],
    [4, lookOf({ statements: [], tags: [9], suggestion: true, anchor_state: "changed" }, colour)],
  ]);
  const names = (ids) => namesOf({ start: 0, end: 1, depth: ids.length, ids }, (id) => looks.get(id));
  assert.deepEqual(names([1]), ["line-claim", "tint-teal"]);
  assert.deepEqual(names([1, 2]), ["line-claim", "line-proposal", "tint-rose", "depth2"]);
  assert.deepEqual(names([3]), ["tint-plain"]);
  assert.deepEqual(names([3, 1]), ["line-claim", "tint-teal", "depth2"]);
  assert.deepEqual(names([1, 3]), ["line-claim", "tint-teal", "depth2"], "a plain highlight inside does not hide the tag");
  assert.deepEqual(names([4]), ["line-suggestion", "changed"]);
});

test("sentences: Chinese and Latin ends, closing quotes stay, numbers stay whole", () => {
  const cut = (text) => sentences(text).map(([a, b]) => text.slice(a, b));
  assert.deepEqual(cut("他说:“先看边界。”然后再谈发展！真的?"), ["他说:“先看边界。”", "然后再谈发展！", "真的?"]);
  assert.deepEqual(cut("Up 56.4 % in 2024. Then it fell; twice!  Why?"), ["Up 56.4 % in 2024.", "Then it fell;", "twice!", "Why?"]);
  assert.deepEqual(cut("没有句号"), ["没有句号"]);
  assert.deepEqual(cut("  \n "), []);
  assert.deepEqual(cut("等等……好吧。"), ["等等……好吧。"]);
});

test("the sentence at a position, or the next one, or the last", () => {
  const spans = sentences("一。 二。 三。");
  assert.equal(sentenceAt(spans, 0), 0);
  assert.equal(sentenceAt(spans, 2), 1, "the gap belongs to the next");
  assert.equal(sentenceAt(spans, 99), 2);
  assert.equal(sentenceAt([], 0), -1);
});

const card = (id, y, block, more = {}) => ({ id, y, height: 24, block, blockTop: more.blockTop ?? y, ...more });

test("cards never overlap and keep their order, whatever stands where", () => {
  const pick = random(17);
  for (let round = 0; round < 300; round += 1) {
    let top = 40;
    const cards = [];
    for (let block = 0; block < 5; block += 1) {
      top += pick(150);
      const count = pick(6);
      for (let i = 0; i < count; i += 1) cards.push(card(cards.length + 1, top + i * pick(12), block, { blockTop: top, height: 20 + pick(60) }));
    }
    const current = pick(2) ? pick(cards.length + 1) : null;
    const { placed, more } = layout(cards, { current });
    const rows = placed.map((one) => ({ ...one, height: cards.find((it) => it.id === one.id).height }));
    const ids = rows.map((one) => one.id);
    assert.deepEqual(ids, [...ids].sort((a, b) => a - b), "reading order");
    const all = [...rows, ...more.map((one) => ({ ...one, height: 24 }))].sort((a, b) => a.y - b.y);
    for (let i = 1; i < all.length; i += 1) assert.ok(all[i].y >= all[i - 1].y + all[i - 1].height, "no overlap");
    assert.ok(all.every((one) => one.y >= 0));
    assert.equal(placed.length + more.reduce((sum, one) => sum + one.ids.length, 0), cards.length, "every card is shown or counted");
    if (current && ids.length) assert.ok(!cards.some((it) => it.id === current) || ids.includes(current), "the current one is never hidden");
  }
});

test("the current card stands beside its passage, those above make room", () => {
  const cards = [card(1, 300, 1), card(2, 300, 1), card(3, 300, 1, { height: 120 })];
  const { placed } = layout(cards, { current: 3, gap: 4 });
  assert.deepEqual(placed, [{ id: 1, y: 244 }, { id: 2, y: 272 }, { id: 3, y: 300 }]);
});

test("what does not fit beside a paragraph is counted, and shown when asked", () => {
  const nine = Array.from({ length: 9 }, (_, i) => card(i + 1, 100, 10, { blockTop: 100 }));
  const cards = [...nine, card(10, 240, 11, { blockTop: 240 })];
  const { placed, more } = layout(cards, { current: 8, gap: 4, moreHeight: 24 });
  assert.deepEqual(placed.map((one) => one.id), [1, 2, 3, 8, 10], "as many lines as there is room, the current one among them");
  assert.deepEqual(more.map((one) => one.ids), [[4, 5, 6, 7, 9]]);
  assert.equal(layout(cards, { open: new Set([10]) }).more.length, 0);
});
