/** When a paragraph counts as read, and which tags say when to use them: without a page. */
import assert from "node:assert/strict";
import test from "node:test";

import { Attention, GLANCE, MOST, needed, ranges, SPEED } from "../../annotations/static/annotations/js/reader/attention.js";
import { guide } from "../../annotations/static/annotations/js/reader/tagbar.js";

const han = (n) => "国".repeat(n);
const block = (i, words, ended = true) => ({ i, ended, text: () => words });
const spend = (attention, visible, ms) => {
  const fresh = [];
  for (let left = ms; left > 0; left -= MOST) fresh.push(...attention.spend(visible, Math.min(left, MOST)));
  return fresh;
};

test("how long hurried reading takes", () => {
  assert.equal(needed(han(SPEED.han * 3)), 3000);
  assert.equal(needed("a".repeat(SPEED.other * 2)), 2000);
  assert.equal(needed("𠮷".repeat(SPEED.han)), 1000, "a character beyond the first plane is one");
  assert.equal(needed("一"), GLANCE);
});

test("scrolling past is not reading", () => {
  const attention = new Attention();
  assert.deepEqual(spend(attention, [block(0, han(140))], 9000), []);
  assert.deepEqual(spend(attention, [block(0, han(140))], 1000), [0]);
  assert.deepEqual(spend(attention, [block(0, han(140))], 60000), [], "once is enough");
});

test("a screen full of text takes as long as all of it", () => {
  const attention = new Attention();
  const screen = [block(0, han(28)), block(1, han(28)), block(2, han(28))];
  assert.deepEqual(spend(attention, screen, 2000), [0]);
  assert.deepEqual(spend(attention, screen, 2000), [1]);
  assert.deepEqual(spend(attention, screen.slice(1), 2000), [2]);
});

test("a paragraph longer than the window is read when its end was in sight", () => {
  const attention = new Attention();
  assert.deepEqual(spend(attention, [block(0, han(28), false)], 8000), []);
  assert.deepEqual(attention.spend([block(0, han(28), true)], 1), [0]);
});

test("time behind what is read goes to what follows, and a sleeping tab reads nothing", () => {
  const attention = new Attention([[0, 2]]);
  assert.deepEqual(attention.spend([block(0, han(99)), block(1, han(99)), block(2, han(14))], 1000), [2]);
  assert.deepEqual(new Attention().spend([block(0, han(SPEED.han * 10))], 3_600_000), []);
});

test("blocks are sent as ranges", () => {
  assert.deepEqual(ranges([7, 1, 2, 3, 9]), [[1, 4], [7, 8], [9, 10]]);
  assert.deepEqual(ranges([]), []);
});

test("the guidelines of a tag, a line each, and nothing where there is nothing", () => {
  assert.deepEqual(guide({ use_when: "harm is named", not_when: "", examples: "red lines" }), ["Use it when: harm is named", "Examples: red lines"]);
  assert.deepEqual(guide({ definition: "x" }), []);
});
