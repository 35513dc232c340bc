/** Rows as text for other programs, pasted text as cells, short addresses. */
import assert from "node:assert/strict";
import test from "node:test";

import { fromTsv, spread, toTsv } from "../../annotations/static/annotations/js/tracker/rows-text.js";
import { queryOf } from "../../annotations/static/annotations/js/tracker/visit.js";
import { random } from "./random.mjs";

test("lines with tabs, as spreadsheets write and read them", () => {
  assert.equal(toTsv([["a", "b"], ["1", ""]]), "a\tb\r\n1\t");
  assert.equal(toTsv([['say "no"', "two\nlines", "tab\there"]]), '"say ""no"""\t"two\nlines"\t"tab\there"');
  assert.deepEqual(fromTsv("a\tb\r\n1\t2\r\n"), [["a", "b"], ["1", "2"]]);
  assert.deepEqual(fromTsv('"say ""no"""\t"two\nlines"'), [['say "no"', "two\nlines"]]);
  assert.deepEqual(fromTsv("one"), [["one"]]);
  assert.deepEqual(fromTsv("a\n\nb\n"), [["a"], [""], ["b"]], "an empty line between is an empty cell");
  assert.deepEqual(fromTsv('5" disk'), [['5" disk']], "a mark inside a cell is a mark");
});

test("whatever stands in the cells comes back", () => {
  const signs = ["a", "中", "😀", "\t", "\n", '"', ",", " ", "x"];
  const pick = random(7);
  for (let round = 0; round < 300; round += 1) {
    const width = 1 + pick(4);
    const rows = Array.from({ length: 1 + pick(4) }, () => Array.from({ length: width }, () => Array.from({ length: pick(6) }, () => signs[pick(signs.length)]).join("")));
    if (rows.at(-1).length === 1 && rows.at(-1)[0] === "") rows.at(-1)[0] = "x";
    assert.deepEqual(fromTsv(toTsv(rows)), rows);
  }
});

test("pasted words go down the rows and along the columns, and stop at the edges", () => {
  assert.deepEqual(spread([["a"], ["b"]], ["1", "2", "3"], ["due", "owner"]), [
    { id: 1, column: "due", words: "a" }, { id: 2, column: "due", words: "b" },
  ]);
  assert.deepEqual(spread([["a", "b", "c"]], ["1"], ["due", "owner"]).map((one) => one.column), ["due", "owner"]);
  assert.deepEqual(spread([["a"], ["b"]], ["1"], ["due"]).length, 1);
  assert.deepEqual(spread([[" same "]], ["1", "2"], ["due"]).map((one) => one.words), ["same", "same"], "one value fills every row");
});

test("an address holds what is chosen and nothing else", () => {
  assert.equal(queryOf([["kind", "claim"], ["kind", "proposal"], ["q", "  "], ["status", ""], ["ordering", "-due"]]), "kind=claim,proposal&ordering=-due");
  assert.equal(queryOf([["q", "算力 & 标准"]]), "q=%E7%AE%97%E5%8A%9B+%26+%E6%A0%87%E5%87%86");
  assert.equal(queryOf([]), "");
});
