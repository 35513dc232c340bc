/**
 * The graph of relations: moved by pointer, touch and keys, zoomed by buttons, pinch and Ctrl+wheel. One statement is in the tab order; arrows
 * lead from it to the nearest one in their direction, Shift+arrows move the picture. The words of the edges at the statement in focus stand out.
 */
import { ahead, all, kept, pan, readable, showing, zoom } from "./graph-view.js";

const READABLE = Math.min(0.72, Math.max(0.58, innerWidth / 1000));
const STEP = 1.35;
const svg = document.getElementById("graph");
if (svg) start();

function start() {
  const [x, y, width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const whole = { x, y, width, height };
  const nodes = [...svg.querySelectorAll(".node")];
  const boxes = nodes.map((node) => {
    const rect = node.querySelector("rect");
    return Object.fromEntries(["x", "y", "width", "height"].map((name) => [name, Number(rect.getAttribute(name))]));
  });
  const size = () => svg.getBoundingClientRect();
  const chosen = nodes.findIndex((node) => node.matches(".middle"));
  const first = Math.max(0, chosen);
  const middle = chosen < 0 ? null : { x: boxes[chosen].x + boxes[chosen].width / 2, y: boxes[chosen].y + boxes[chosen].height / 2 };
  let view = whole;
  const see = (next) => {
    view = next;
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
  };
  const centre = () => ({ x: view.x + view.width / 2, y: view.y + view.height / 2 });
  const closer = (factor, point = centre()) => see(zoom(view, factor, point, whole, size()));
  svg.classList.add("movable");
  svg.setAttribute("tabindex", "-1"); // else some browsers stop at the picture itself
  see(readable(whole, size(), middle, READABLE));
  wireButtons({ "zoom-in": () => closer(STEP), "zoom-out": () => closer(1 / STEP), "zoom-all": () => see(all(whole, size())) });
  wireKeys(nodes, boxes, first, () => view, see, whole);
  wirePointers(() => view, see, closer, whole);
  wireLight(nodes);
  new ResizeObserver(() => see(kept({ ...view, height: (view.width * size().height) / size().width }, whole))).observe(svg);
  let before = view;
  addEventListener("beforeprint", () => ((before = view), see(whole)));
  addEventListener("afterprint", () => see(before));
}

/** @param {Record<string, () => void>} acts */
function wireButtons(acts) {
  for (const [name, act] of Object.entries(acts)) document.querySelector(`.graph [data-action="${name}"]`)?.addEventListener("click", act);
}

function wireKeys(nodes, boxes, first, view, see, whole) {
  const only = (chosen) => nodes.forEach((node, n) => node.setAttribute("tabindex", n === chosen ? "0" : "-1"));
  only(first);
  svg.addEventListener("focusin", ({ target }) => {
    const at = nodes.indexOf(target.closest(".node"));
    if (at < 0) return;
    only(at);
    see(showing(view(), boxes[at], whole));
  });
  svg.addEventListener("keydown", (event) => {
    const at = nodes.indexOf(event.target.closest(".node"));
    if (!event.key.startsWith("Arrow") || event.ctrlKey || event.altKey || event.metaKey || at < 0) return;
    event.preventDefault();
    if (event.shiftKey) return void see(moved(view(), event.key, whole));
    const next = ahead(boxes, at, event.key);
    if (next >= 0) nodes[next].focus({ preventScroll: true });
  });
}

function moved(view, key, whole) {
  const [dx, dy] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key];
  return pan(view, (dx * view.width) / 8, (dy * view.height) / 8, whole);
}

/** Drag with one pointer, pinch with two; a drag that went somewhere opens no link. */
function wirePointers(view, see, closer, whole) {
  const held = new Map();
  let dragged = 0;
  const units = () => view().width / svg.getBoundingClientRect().width;
  const place = ({ clientX, clientY }) => {
    const box = svg.getBoundingClientRect();
    return { x: view().x + (clientX - box.x) * units(), y: view().y + (clientY - box.y) * units() };
  };
  const spread = () => {
    const [one, other] = [...held.values()];
    return { apart: Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY), clientX: (one.clientX + other.clientX) / 2, clientY: (one.clientY + other.clientY) / 2 };
  };
  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (!held.size) dragged = 0;
    held.set(event.pointerId, event);
  });
  svg.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    const old = held.size === 2 ? spread() : before;
    held.set(event.pointerId, event);
    const now = held.size === 2 ? spread() : event;
    dragged += Math.abs(now.clientX - old.clientX) + Math.abs(now.clientY - old.clientY) + Math.abs((now.apart ?? 0) - (old.apart ?? 0));
    if (dragged < 5) return;
    svg.setPointerCapture(event.pointerId);
    see(pan(view(), (old.clientX - now.clientX) * units(), (old.clientY - now.clientY) * units(), whole));
    if (old.apart > 0) closer(now.apart / old.apart, place(now));
  });
  for (const name of ["pointerup", "pointercancel"]) svg.addEventListener(name, (event) => held.delete(event.pointerId));
  svg.addEventListener("click", (event) => dragged >= 5 && event.preventDefault(), true);
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    closer(Math.exp(-event.deltaY / 300), place(event));
  }, { passive: false });
}

/** The edges of the statement under the pointer or in focus, and what they lead to. */
function wireLight(nodes) {
  const edges = [...svg.querySelectorAll("[data-from]")];
  const light = (node) => {
    const key = node?.dataset.node;
    const near = new Set([key]);
    for (const edge of edges) {
      const mine = key !== undefined && (edge.dataset.from === key || edge.dataset.to === key);
      edge.classList.toggle("near", mine);
      if (mine) near.add(edge.dataset.from).add(edge.dataset.to);
    }
    svg.classList.toggle("lit", key !== undefined);
    for (const one of nodes) one.classList.toggle("near", near.has(one.dataset.node));
  };
  for (const node of nodes) {
    for (const name of ["pointerenter", "focus"]) node.addEventListener(name, () => light(node));
    for (const name of ["pointerleave", "blur"]) node.addEventListener(name, () => light(document.activeElement?.closest?.(".node") ?? null));
  }
}
