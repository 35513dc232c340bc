/**
 * Building and finding elements without markup strings, so that nothing a person typed can become markup.
 */

/**
 * Make an element. Props: `class`, `text`, `on` {event: handler}, `data` {name: value}, `prop` {property: value}; anything else is an attribute
 * (true = empty attribute; null, undefined and false = left out).
 * @param {string} tag
 * @param {Record<string, unknown>} [props]
 * @param {...(Node|string|null|undefined|false)} children
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(element, name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function setProp(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "class") element.className = value;
  else if (name === "text") element.textContent = value;
  else if (name === "on") for (const [type, handler] of Object.entries(value)) element.addEventListener(type, handler);
  else if (name === "data") for (const [key, entry] of Object.entries(value)) setData(element, key, entry);
  else if (name === "prop") Object.assign(element, value);
  else element.setAttribute(name, value === true ? "" : String(value));
}

function setData(element, key, value) {
  if (value !== null && value !== undefined && value !== false) element.dataset[key] = String(value);
}

/** @param {string} id @returns {HTMLElement|null} */
export const byId = (id) => document.getElementById(id);

/**
 * Data that the server put into the page with Django's json_script.
 * @param {string} id
 * @returns {any} null when the page has none
 */
export function pageData(id) {
  const element = byId(id);
  return element ? JSON.parse(element.textContent) : null;
}

/**
 * Place an absolutely positioned element (through the CSSOM: the policy of the page forbids style attributes).
 * @param {HTMLElement} element
 * @param {{x?: number, y?: number, width?: number, height?: number}} box in CSS pixels
 */
export function place(element, { x, y, width, height }) {
  if (x !== undefined || y !== undefined) {
    element.style.setProperty("transform", `translate(${Math.round(x ?? 0)}px, ${Math.round(y ?? 0)}px)`);
  }
  if (width !== undefined) element.style.setProperty("width", `${width}px`);
  if (height !== undefined) element.style.setProperty("height", `${height}px`);
}

/**
 * A button that a key may press, too: the letter is printed on it by `key-help.js`.
 * @param {string} action name in the table of keys.js, or any name the page has a handler for
 * @param {string} label
 * @param {Record<string, unknown>} [props]
 */
export function actionButton(action, label, props = {}) {
  return h("button", { type: "button", ...props, data: { action, ...(props.data ?? {}) } }, h("span", { class: "label", text: label }));
}

/** Work for the next frame, in the order it was asked for. */
const frame = new Set();

/** First everybody looks, then everybody writes: a frame is laid out once, not once for each part of the page that measures something. */
function runFrame() {
  const works = [...frame];
  frame.clear();
  for (const write of works.map(carefully)) if (typeof write === "function") carefully(write);
}

/** What fails is reported and does not keep the rest of the frame from being done. */
function carefully(work) {
  try {
    return work();
  } catch (error) {
    reportError(error);
    return undefined;
  }
}

/**
 * Run a function at most once a frame. It looks at the page; a function that it gives back changes the page, after all others have looked.
 * @param {() => void | (() => void)} work
 * @returns {() => void}
 */
export function oncePerFrame(work) {
  return () => {
    if (!frame.size) requestAnimationFrame(runFrame);
    frame.add(work);
  };
}

/**
 * Run a function once for many changes: later = when what is being done now is done; now = at once, which serves for what was asked before.
 * @param {() => void} work
 * @returns {{later: () => void, now: () => void}}
 */
export function soon(work) {
  let asked = false;
  const now = () => {
    asked = false;
    work();
  };
  const later = () => {
    if (!asked) queueMicrotask(() => asked && now());
    asked = true;
  };
  return { later, now };
}

/** Run a function when nothing more urgent is to be done (Safari has no idle callback). @param {() => void} work */
export const whenIdle = (work) => (globalThis.requestIdleCallback ?? ((run) => setTimeout(run, 50)))(work);
