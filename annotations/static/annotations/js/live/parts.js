/**
 * Pages that the server writes stay as they are in the database: when something of theirs changes, their parts are fetched and exchanged, save the one
 * somebody is working in. Parts are elements with an id and data-live.
 */
import { t } from "../words.js";

const SOON = 60;
const LEAST = 700; // between two fetches of a busy corpus

/** @typedef {import("./feed.js").LiveEvent} LiveEvent */

/**
 * Whether somebody is at work in there: the focus in a form, something typed, an open dialog; a page that answers a form holds what was typed into it.
 * @param {Element} part
 */
export function inUse(part) {
  if (document.body?.dataset.answer !== undefined && part.querySelector("form")) return true;
  const at = document.activeElement;
  if (at && part.contains(at) && at.closest("form, dialog, [contenteditable]")) return true;
  if (part.querySelector("dialog[open], :popover-open")) return true;
  return [...part.querySelectorAll("input, textarea, select")].some(changed);
}

function changed(field) {
  if (field.type === "hidden" || field.type === "submit") return false;
  if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
  if (field.matches("select")) return [...field.options].some((one) => one.selected !== one.defaultSelected) && [...field.options].some((one) => one.defaultSelected);
  return field.value !== field.defaultValue;
}

/**
 * Exchange the parts that differ. What is folded open stays open.
 * @param {Document} fresh @param {Document|Element} [page]
 * @returns {{exchanged: number, held: Element[]}} `held` = parts in use that others changed
 */
export function exchange(fresh, page = document) {
  const held = [];
  let exchanged = 0;
  for (const part of page.querySelectorAll("[data-live][id]")) {
    const now = fresh.getElementById(part.id);
    if (!now || same(part, now)) continue;
    if (inUse(part)) {
      held.push(part);
      continue;
    }
    const open = [...part.querySelectorAll("details[open]")].map((one) => one.id || one.querySelector("summary")?.textContent);
    const at = part.contains(document.activeElement) ? where(document.activeElement) : null;
    const brought = document.importNode(now, true);
    for (const one of brought.querySelectorAll("details")) if (open.includes(one.id || one.querySelector("summary")?.textContent)) one.open = true;
    const keep = stay(part);
    part.replaceWith(brought);
    keep();
    globalThis.htmx?.process(brought);
    if (at) brought.querySelector(at)?.focus({ preventScroll: true });
    exchanged += 1;
  }
  return { exchanged, held };
}

/** What comes in above the lines somebody reads does not move them. @param {Element} part @returns {() => void} to be called afterwards */
function stay(part) {
  if (part.getBoundingClientRect().top >= 0) return () => {};
  const read = [...part.querySelectorAll("li[id]")].find((one) => one.getBoundingClientRect().top >= 0);
  const before = read?.getBoundingClientRect().top;
  return () => {
    const now = read && document.getElementById(read.id);
    if (now) scrollBy({ top: now.getBoundingClientRect().top - before, behavior: "instant" });
  };
}

/** How to find the focused element again. @param {Element} one */
function where(one) {
  if (one.id) return `#${CSS.escape(one.id)}`;
  return one.getAttribute("href") ? `[href="${CSS.escape(one.getAttribute("href"))}"]` : null;
}

const TOKEN = /name="csrfmiddlewaretoken" value="[^"]*"/g;
const plain = (html) => html.replace(TOKEN, "").replace(/ open=""/g, "").replace(/\s+/g, " ");
const same = (one, other) => plain(one.innerHTML) === plain(other.innerHTML);

/**
 * @param {import("./feed.js").Feed} feed
 * @param {(event: LiveEvent) => boolean} concerns whether the event may change this page @param {number} [least] ms between two fetches
 */
export function keepFresh(feed, concerns, least = LEAST) {
  let timer = 0;
  let last = 0;
  let running = false;
  let again = false;

  const fetchParts = async () => {
    if (running) return void (again = true);
    running = true;
    last = Date.now();
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html", "X-Live": "1" } });
      if (answer.ok && !answer.redirected) {
        const { exchanged, held } = exchange(new DOMParser().parseFromString(await answer.text(), "text/html"));
        held.forEach(mark);
        if (exchanged) document.dispatchEvent(new CustomEvent("parts-exchanged"));
      }
    } catch {
      // the next event tries again
    }
    running = false;
    if (again) soon();
    again = false;
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(fetchParts, Math.max(SOON, least - (Date.now() - last)));
  };
  feed.addEventListener("event", ({ detail }) => concerns(detail) && soon());
  feed.addEventListener("resync", soon);
}

/** Somebody works in a part that others changed: say so, and leave it alone. */
function mark(part) {
  if (part.querySelector(":scope > .changed-meanwhile")) return;
  const line = document.createElement("p");
  line.className = "notice changed-meanwhile";
  line.role = "status";
  line.textContent = t("Somebody changed this meanwhile. What you typed is kept; save or reload to see the new state.");
  part.prepend(line);
}
