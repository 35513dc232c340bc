/**
 * Who is here: tells the others where this page is, and shows them in the bar. May be lost, blocks nothing.
 */
import { t } from "../words.js";

const SIGN = 20000; // pages that say nothing for 45 s count as left
const MOVE = 3000;
const SHOWN = 5;

/** @typedef {{id: number, name: string, places: {document?: number, paragraph?: number, statement?: number, label?: string}[]}} Person */

/**
 * The letters on a disc: two of a Latin name, the first character of a Han one. @param {string} name
 * @returns {string}
 */
export function initials(name) {
  const words = name.trim().split(/[\s._-]+/).filter(Boolean);
  const first = [...(words[0] ?? "?")][0];
  if (/\p{Script=Han}/u.test(first)) return first;
  return `${first}${words.length > 1 ? [...words.at(-1)][0] : ""}`.toUpperCase();
}

/** @param {Person} person @param {{document?: number, statement?: number}} here @returns {string} a sentence for the disc */
export function whereabouts(person, here) {
  const near = person.places.find((place) => place.document && place.document === here.document);
  if (near?.paragraph) return t("{name} reads here, at paragraph {n}", { name: person.name, n: near.paragraph });
  if (near) return t("{name} has this document open", { name: person.name });
  const claim = person.places.find((place) => place.label);
  if (claim) return t("{name} is on {label}", { name: person.name, label: claim.label });
  return t("{name} is in this corpus", { name: person.name });
}

/** Where this page is, from what the page says of itself. */
export function placeOfPage() {
  const doc = document.querySelector("[data-document].doc");
  const statement = document.querySelector("[data-statement-id]");
  return { ...(doc && { document: Number(doc.dataset.document) }), ...(statement && { statement: Number(statement.dataset.statementId) }) };
}

/** @param {import("./feed.js").Feed} feed @param {string} url @param {string} csrf */
export function showPeople(feed, url, csrf) {
  const tab = Math.random().toString(36).slice(2, 12);
  const here = placeOfPage();
  const list = document.getElementById("who-here");
  let sent = 0;
  let timer = 0;

  const say = (more = {}) => {
    clearTimeout(timer);
    timer = setTimeout(say, SIGN);
    if (document.hidden && !more.left) return;
    sent = Date.now();
    const body = JSON.stringify({ tab, ...here, ...more });
    fetch(url, { method: "POST", body, keepalive: true, headers: { "Content-Type": "application/json", "X-CSRFToken": csrf } }).catch(() => {});
  };
  const move = () => {
    clearTimeout(timer);
    timer = setTimeout(say, Math.max(MOVE - (Date.now() - sent), 300));
  };
  const render = (people) => {
    const others = people.filter((person) => person.id !== feed.member);
    const near = (person) => person.places.some((place) => (here.document && place.document === here.document) || (here.statement && place.statement === here.statement));
    others.sort((a, b) => near(b) - near(a));
    list?.replaceChildren(...others.slice(0, SHOWN).map((person) => disc(initials(person.name), near(person), whereabouts(person, here))), ...rest(others.slice(SHOWN)));
    if (list) list.hidden = !others.length;
    softly(others.filter((person) => here.statement && person.places.some((place) => place.statement === here.statement)));
  };

  feed.addEventListener("people", ({ detail }) => render(detail));
  if (feed.people.length) render(feed.people);
  document.addEventListener("reading-at", ({ detail }) => {
    if (here.paragraph === detail) return;
    here.paragraph = detail;
    move();
  });
  document.addEventListener("visibilitychange", () => !document.hidden && say());
  addEventListener("pagehide", () => say({ left: true }));
  say();
}

function disc(letters, near, title) {
  const item = document.createElement("li");
  item.className = near ? "avatar near" : "avatar";
  item.title = title;
  const shown = document.createElement("span");
  shown.ariaHidden = "true";
  shown.textContent = letters;
  const name = document.createElement("span");
  name.className = "visually-hidden";
  name.textContent = title;
  item.append(shown, name);
  return item;
}

function rest(people) {
  if (!people.length) return [];
  const names = people.map((person) => person.name).join(", ");
  return [disc(`+${people.length}`, false, names)];
}

/** On the page of a statement: who else has it open, as a sentence that stands in nobody's way. */
function softly(people) {
  const line = document.getElementById("also-here");
  if (!line) return;
  line.hidden = !people.length;
  line.textContent = people.length ? t("Also on this page: {names}", { names: people.map((person) => person.name).join(", ") }) : "";
}
