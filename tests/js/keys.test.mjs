/** The key table and its nine rules. */
import assert from "node:assert/strict";
import test from "node:test";

import { ariaShortcut, isTyping, keyName, pressName, printed } from "../../annotations/static/annotations/js/key-match.js";
import { KEYS, Keys, rowFor } from "../../annotations/static/annotations/js/keys.js";

const READER = ["everywhere", "list", "text", "mark", "view"];
const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, repeat: false, isComposing: false, keyCode: 0, timeStamp: 0, code: "" };
const nowhere = { closest: () => null };

function pressed(more) {
  let prevented = 0;
  return { ...plain, target: nowhere, get defaultPrevented() { return prevented > 0; }, preventDefault: () => (prevented += 1), prevented: () => prevented > 0, ...more };
}

function engine(more = {}) {
  const done = [];
  const actions = Object.fromEntries(KEYS.map((row) => [row.action, ({ press }) => void done.push(`${row.action}:${press}`)]));
  return { done, keys: new Keys({ where: READER, actions, ...more }) };
}

test("on one page no press means two things, and no browser key is taken", () => {
  const pages = [READER, ["everywhere", "list", "tracker"], ["everywhere", "text", "snapshot"], ["everywhere", "check"], ["everywhere", "triage"], ["everywhere", "blind"]];
  for (const page of pages) {
    const presses = KEYS.filter((row) => page.includes(row.where)).flatMap((row) => row.keys);
    assert.deepEqual(presses.filter((press, index) => presses.indexOf(press) !== index), [], page.join());
  }
  for (const { keys } of KEYS) for (const press of keys) assert.doesNotMatch(press, /^(tab|f\d+|mod\+[a-y]|alt\+.*|arrow.*|home|end|pageup|pagedown| )$/);
});

test("names of keys whatever the layout: width, case, other scripts, digit rows that write signs", () => {
  assert.equal(keyName({ key: "C" }), "c");
  assert.equal(keyName({ key: "ｃ", code: "KeyC" }), "c", "full width");
  assert.equal(keyName({ key: "？", code: "Slash", shiftKey: true }), "?");
  assert.equal(keyName({ key: "１", code: "Digit1" }), "1");
  assert.equal(keyName({ key: "с", code: "KeyC" }), "c", "Cyrillic letter, Latin place");
  assert.equal(keyName({ key: "&", code: "Digit1" }), "1", "French digit row");
  assert.equal(keyName({ key: "!", code: "Digit1", shiftKey: true }), "!");
  assert.equal(keyName({ key: "3", code: "Numpad3" }), "3");
  assert.equal(keyName({ key: "PageDown", code: "Numpad3" }), "pagedown");
  assert.equal(keyName({ key: "Enter" }), "enter");
});

test("Shift counts for letters, not for signs that need it; Alt is never ours", () => {
  assert.equal(pressName({ ...plain, key: "S", shiftKey: true }), "shift+s");
  assert.equal(pressName({ ...plain, key: "S" }), "s", "Caps Lock");
  assert.equal(pressName({ ...plain, key: "?", shiftKey: true }), "?");
  assert.equal(pressName({ ...plain, key: "=", code: "Digit0", shiftKey: true }), "=", "German keyboard");
  assert.equal(pressName({ ...plain, key: "Z", ctrlKey: true, shiftKey: true }), "mod+shift+z");
  assert.equal(pressName({ ...plain, key: "z", metaKey: true }), "mod+z");
  assert.equal(pressName({ ...plain, key: "c", altKey: true }), null);
  assert.equal(pressName({ ...plain, key: "c", getModifierState: (name) => name === "AltGraph" }), null);
});

test("a key runs its action once; a held key saves nothing more but still moves", () => {
  const { done, keys } = engine();
  keys.press(pressed({ key: "c" }));
  for (let i = 0; i < 60; i += 1) keys.press(pressed({ key: "c", repeat: true }));
  keys.press(pressed({ key: "j" }));
  keys.press(pressed({ key: "j", repeat: true }));
  assert.deepEqual(done, ["claim:c", "next:j", "next:j"]);
});

test("dead while composing, while typing, under a dialog, and with Ctrl", () => {
  for (const one of [{ isComposing: true }, { keyCode: 229 }, { key: "Process" }, { key: "Dead" }, { key: "Unidentified" }, { ctrlKey: true }, { altKey: true }, { target: { closest: (selector) => selector.includes("textarea") } }]) {
    const { done, keys } = engine();
    const event = pressed({ key: "c", ...one });
    keys.press(event);
    assert.deepEqual([done, event.prevented()], [[], false], JSON.stringify(one));
  }
  const { done, keys } = engine({ blocked: () => true });
  keys.press(pressed({ key: "c" }));
  assert.deepEqual(done, []);
});

test("every letter and digit goes to the field one types in", () => {
  const { done, keys } = engine();
  for (const key of "abcdefghijklmnopqrstuvwxyz0123456789=?/") keys.press(pressed({ key, target: { closest: () => ({}) } }));
  keys.press(pressed({ key: "z", ctrlKey: true, target: { closest: () => ({}) } }));
  assert.deepEqual(done, []);
  assert.equal(isTyping(null), false);
});

test("the Enter that ended a composition in Safari is not ours", () => {
  const { done, keys } = engine();
  const root = { listeners: {}, addEventListener(type, run) { this.listeners[type] = run; } };
  keys.listen(root);
  root.listeners.compositionend({ timeStamp: 1000 });
  root.listeners.keydown(pressed({ key: "Enter", timeStamp: 1010 }));
  assert.deepEqual(done, []);
  root.listeners.keydown(pressed({ key: "Enter", timeStamp: 1400 }));
  assert.deepEqual(done, ["open:enter"]);
});

test("g waits for one key and always swallows it; Shift alone is no key", () => {
  const hints = [];
  const { done, keys } = engine({ hint: (chord) => hints.push(chord) });
  const swallow = (key, more = {}) => {
    const event = pressed({ key, ...more });
    keys.press(event);
    return event.prevented();
  };
  assert.ok(swallow("g"));
  assert.equal(swallow("Shift", { shiftKey: true }), false);
  assert.ok(swallow("t"));
  assert.deepEqual(done, ["go-tracker:t"]);
  swallow("g");
  assert.ok(swallow("c"), "go to the codebook, not a claim");
  swallow("g");
  assert.ok(swallow("x"), "swallowed though it means nothing");
  swallow("c");
  assert.deepEqual(done, ["go-tracker:t", "go-codebook:c", "claim:c"]);
  assert.deepEqual(hints.slice(0, 2), ["g", null]);
});

test("with single keys off only keys with Ctrl and named keys act", () => {
  const { done, keys } = engine({ single: () => false });
  for (const key of ["c", "3", "?", "g", "h", "S"]) keys.press(pressed({ key }));
  keys.press(pressed({ key: "z", ctrlKey: true }));
  keys.press(pressed({ key: "Escape" }));
  assert.deepEqual(done, ["undo:mod+z", "close:escape"]);
});

test("outside the text, the cards and the lists only what works everywhere acts", () => {
  const { done, keys } = engine({ inside: () => false });
  for (const key of ["c", "j", "?"]) keys.press(pressed({ key }));
  assert.deepEqual(done, ["help:?"]);
});

test("Delete acts only with the focus on a card, Enter never takes the press of a button", () => {
  const { done, keys } = engine();
  keys.press(pressed({ key: "Delete" }));
  keys.press(pressed({ key: "Delete", target: { closest: (selector) => (selector === "[data-card]" ? {} : null) } }));
  keys.press(pressed({ key: "Enter", target: { closest: (selector) => (selector.includes("button") ? {} : null) } }));
  assert.deepEqual(done, ["remove:delete"]);
});

test("a handler that answers false leaves the press to the browser", () => {
  const keys = new Keys({ where: READER, actions: { close: () => false } });
  const event = pressed({ key: "Escape" });
  keys.press(event);
  assert.equal(event.prevented(), false);
});

test("letters as printed and as told to assistive technology", () => {
  assert.equal(printed("mod+shift+z"), "Ctrl+Shift+Z");
  assert.equal(printed("mod+z", true), "⌘+Z");
  assert.equal(printed("g h"), "G H");
  assert.equal(ariaShortcut("mod+shift+z"), "Control+Shift+Z");
  assert.equal(ariaShortcut("g h"), null);
  assert.equal(rowFor("filter", ["tracker"]).label, "Filters");
});
