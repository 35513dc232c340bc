import assert from "node:assert/strict";
import test from "node:test";
import { ahead, all, kept, pan, readable, showing, zoom } from "../../annotations/static/annotations/js/graph-view.js";

const WHOLE = { x: -24, y: -24, width: 2000, height: 1000 };
const SHOWN = { width: 800, height: 600 };
const box = (x, y) => ({ x, y, width: 200, height: 60 });

test("all of it has the shape of the window and the picture in its middle", () => {
  const view = all(WHOLE, SHOWN);
  assert.equal(view.width / view.height, 800 / 600);
  assert.equal(view.width, 2000);
  assert.equal(view.y + view.height / 2, WHOLE.y + 500);
});

test("what is small enough is shown whole, else a readable part", () => {
  assert.deepEqual(readable(WHOLE, SHOWN, null, 0.3), all(WHOLE, SHOWN));
  const part = readable(WHOLE, SHOWN, { x: 1000, y: 500 }, 0.8);
  assert.deepEqual(part, { x: 500, y: 125, width: 1000, height: 750 });
  assert.equal(readable(WHOLE, SHOWN, null, 0.8).x, WHOLE.x);
});

test("zooming keeps the point and has its limits", () => {
  const view = { x: 0, y: 0, width: 800, height: 600 };
  const near = zoom(view, 2, { x: 400, y: 300 }, WHOLE, SHOWN);
  assert.deepEqual(near, { x: 200, y: 150, width: 400, height: 300 });
  assert.equal(Math.round(zoom(view, 100, { x: 1, y: 1 }, WHOLE, SHOWN).width), 267);
  assert.ok(zoom(view, 0.001, { x: 1, y: 1 }, WHOLE, SHOWN).width < 5000);
});

test("the picture never gets out of sight", () => {
  const view = { x: 0, y: 0, width: 800, height: 600 };
  assert.equal(pan(view, 1e6, 0, WHOLE).x, WHOLE.x + 2000 - 400);
  assert.equal(kept({ ...view, y: -1e6 }, WHOLE).y, WHOLE.y - 300);
});

test("a box is brought in by as little as needed", () => {
  const view = { x: 0, y: 0, width: 800, height: 600 };
  assert.deepEqual(showing(view, box(100, 100), WHOLE), view);
  assert.equal(showing(view, box(900, 100), WHOLE).x, 900 + 200 + 24 - 800);
  assert.equal(showing(view, box(-10, 100), WHOLE).x, -34);
});

test("an arrow leads to the nearest box ahead", () => {
  const boxes = [box(0, 0), box(300, 0), box(300, 80), box(0, 200), box(600, 0)];
  assert.equal(ahead(boxes, 0, "ArrowRight"), 1);
  assert.equal(ahead(boxes, 2, "ArrowUp"), 1);
  assert.equal(ahead(boxes, 0, "ArrowDown"), 3);
  assert.equal(ahead(boxes, 4, "ArrowLeft"), 1);
  assert.equal(ahead(boxes, 0, "ArrowLeft"), -1);
});
