/**
 * "Looks like P-9": a fresh statement is compared with the most similar ones of the corpus when there is time; the save is never held up.
 * The server may say it itself (`looks_like`). "Different" is remembered in this browser.
 */
import { whenIdle } from "../dom.js";
import { draft, keepDraft } from "./drafts.js";

/** From which share of common character pairs two wordings are offered as the same. */
const ALIKE = 0.8;

/** @typedef {{id: number, label: string, kind: string, text: string}} Other */

/**
 * Share of character pairs two texts have in common (Dice), white space and signs left out; 1 = the same words.
 * @param {string} one @param {string} two
 */
export function likeness(one, two) {
  const a = pairs(one);
  const b = pairs(two);
  if (!a.length || !b.length) return 0;
  const left = new Map();
  for (const pair of a) left.set(pair, (left.get(pair) ?? 0) + 1);
  let common = 0;
  for (const pair of b) {
    if (!left.get(pair)) continue;
    left.set(pair, left.get(pair) - 1);
    common += 1;
  }
  return (2 * common) / (a.length + b.length);
}

function pairs(text) {
  const characters = [...text.normalize("NFKC").toLowerCase()].filter((character) => /[\p{L}\p{N}]/u.test(character));
  return characters.slice(1).map((character, index) => characters[index] + character);
}

/** Fires `found` when an offer came or went. */
export class Looks extends EventTarget {
  #found = new Map();
  #asked = new Set();

  /** @param {{find: (kind: string, quote: string) => Promise<Other[]>}} parts most similar first */
  constructor({ find }) {
    super();
    this.find = find;
  }

  /** What a statement looks like, or null. @param {import("./store.js").Statement & {looks_like?: Other}} statement @returns {Other|null} */
  of(statement) {
    const other = statement.looks_like ?? this.#found.get(statement.id) ?? null;
    return other && statement.fit === "same" && !this.#refused(statement, other) ? other : null;
  }

  /** Compare the fresh statements of an annotation that was just saved. @param {import("./store.js").Annotation} record */
  compare(record) {
    for (const statement of record.statements) {
      if (!statement.id || statement.status !== "untriaged" || this.#asked.has(statement.id)) continue;
      this.#asked.add(statement.id);
      whenIdle(() => this.#compare(record, statement));
    }
  }

  /** These two are different. */
  dismiss(statement, other) {
    keepDraft(`different.${statement.id}`, [...(draft(`different.${statement.id}`) ?? []), other.id]);
    this.dispatchEvent(new CustomEvent("found"));
  }

  #refused(statement, other) {
    return (draft(`different.${statement.id}`) ?? []).includes(other.id);
  }

  async #compare(record, statement) {
    try {
      const others = await this.find(statement.kind, record.quote);
      const other = others.find((one) => one.id !== statement.id && one.kind === statement.kind && likeness(one.text, record.quote) >= ALIKE);
      if (!other) return;
      this.#found.set(statement.id, other);
      this.dispatchEvent(new CustomEvent("found"));
    } catch {
      this.#asked.delete(statement.id); // An offer that did not come is no reason to disturb the reader.
    }
  }
}
