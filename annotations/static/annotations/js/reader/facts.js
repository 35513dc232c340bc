/**
 * Who says it and how: the line of facts under a statement, and taking the facts over from the card before (=).
 */
import { t } from "../words.js";

/** Facts that only a proposal has. */
export const PROPOSED = ["proposer", "actor"];

/** Of some facts those that a statement can have. @param {object} facts @param {{kind: string}} statement */
export const factsFor = (facts, { kind }) => Object.fromEntries(Object.entries(facts).filter(([field]) => kind === "proposal" || !PROPOSED.includes(field)));

/** Facts that `=` takes over, as far as the card shows them; the server takes over the rest, too. */
const CARRIED = ["voice", "speaker", "reported_via", "author_stance", "modality", "proposer", "actor", "addressee"];

/**
 * The name of a fact that may be text, {name} or a list of them.
 * @param {unknown} value
 * @returns {string}
 */
export function nameOf(value) {
  if (Array.isArray(value)) return value.map(nameOf).filter(Boolean).join(", ");
  if (value && typeof value === "object") return value.name ?? "";
  return value === null || value === undefined ? "" : String(value);
}

/** The same, several parted by ; (as fields take them). @param {unknown} value */
export const namesOf = (value) => (Array.isArray(value) ? value.map(nameOf).join("; ") : nameOf(value));

/**
 * The word shown for a value of a vocabulary.
 * @param {Record<string, Record<string, string>>|undefined} labels
 * @param {string} group
 * @param {string|null|undefined} value
 */
export function labelOf(labels, group, value) {
  if (!value) return "";
  return labels?.[group]?.[value] ?? value.replaceAll("_", " ");
}

/**
 * Parts of the line of facts. `proposed` parts were filled in by rule and nobody has touched them yet (lighter ink).
 * @param {import("./store.js").Statement & {prefilled?: string[]}} statement
 * @param {Record<string, Record<string, string>>} labels
 * @returns {{text: string, proposed: boolean}[]}
 */
export function factParts(statement, labels) {
  const proposed = new Set(statement.prefilled ?? []);
  const parts = [];
  const add = (field, text) => text && parts.push({ text, proposed: proposed.has(field) });
  const proposer = nameOf(statement.proposer);
  add("proposer", proposer && t("proposed by {name}", { name: proposer }));
  add("speaker", spoken(statement, labels));
  add("actor", nameOf(statement.actor) && t("to be done by {name}", { name: nameOf(statement.actor) }));
  add("modality", labelOf(labels, "modality", statement.modality));
  return parts;
}

function spoken(statement, labels) {
  const name = nameOf(statement.speaker);
  const voice = labelOf(labels, "voice", statement.voice);
  if (name && voice) return t("said by {name}, {voice}", { name, voice });
  return name ? t("said by {name}", { name }) : voice;
}

/**
 * The facts a statement shows when it takes over those of another.
 * @param {Record<string, unknown>} from
 * @returns {Record<string, unknown>} only what the other carries
 */
export function carried(from) {
  const facts = {};
  for (const field of CARRIED) {
    const value = from[field];
    if (value !== undefined && value !== null && value !== "") facts[field] = value;
  }
  return facts;
}
