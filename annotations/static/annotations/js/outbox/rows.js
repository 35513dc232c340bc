/**
 * Writes as data: which is sent next, as what request, and what an answer means for those that wait behind it. Pure.
 */
import { clashes, same } from "./merge.js";

/**
 * @typedef {object} Row one write
 * @property {string} key Idempotency-Key, kept through every try @property {number} order rises with time
 * @property {string} user who wrote it; nobody else may deliver it
 * @property {number} document @property {string} page where it was written @property {string} quote the words it is about
 * @property {"create"|"patch"|"remove"|"facts"|"repeat"|"undo"|"redo"} kind
 * @property {number} target annotation, negative until saved @property {string} method @property {string} url with {id} @property {object|null} body
 * @property {number|null} [version] for If-Match; null until known @property {number|null} [occurrence] what If-Match and {id} are of, for facts
 * @property {string} [home] address of the annotation with {id}
 * @property {Record<string, unknown>} before values of the changed fields as the person saw them
 * @property {object} look what it looks like until it is answered @property {object|null} snapshot the annotation when it was written
 * @property {"waiting"|"refused"|"clash"} state @property {string} [why] @property {object|null} [current] their state, of a clash
 * @property {boolean} tried it may have reached the server @property {string|null} [after] key of the write that this one takes back
 */
/** @typedef {{key: string, user: string, temp: number, real: number, at: number}} Done an answered write; leads a temporary id to the saved one */

/** Somebody who removes a passage has seen these. */
const LOOKED_AT = ["note", "tags"];
/** How long an answered write is remembered, in milliseconds. */
const REMEMBERED = 24 * 3600 * 1000;

const byOrder = (a, b) => a.order - b.order;

/** A number that rises, also across pages and tabs of a browser. @param {number} last @param {number} [now] */
export const after = (last, now = Date.now()) => Math.max(last + 1, now * 4096 + Math.floor(Math.random() * 4096));

/** @param {Done[]} done @returns {Map<number, number>} temporary id -> saved id */
export const aliases = (done) => new Map(done.filter((one) => one.temp < 0).map((one) => [one.temp, one.real]));

/**
 * The write that is to be sent now: the first in order that hangs on nothing unsaved.
 * @param {Row[]} rows @param {Done[]} done @param {string} user
 * @returns {Row|null} with its target's saved id
 */
export function nextOf(rows, done, user) {
  const saved = aliases(done);
  const keys = new Set(rows.map((row) => row.key));
  for (const row of [...rows].sort(byOrder)) {
    if (row.user !== user || row.state !== "waiting" || (row.after && keys.has(row.after))) continue;
    const target = saved.get(row.target) ?? row.target;
    const free = row.kind === "create" || row.kind === "undo" || row.kind === "redo" || target > 0;
    if (free) return { ...row, target };
  }
  return null;
}

/** @param {Row} row its target is saved, unless it creates @returns {{method: string, url: string, body?: object, etag?: string}} */
export function requestOf(row) {
  const id = row.kind === "facts" ? row.occurrence : row.target;
  const request = { method: row.method, url: row.url.replace("{id}", String(id)) };
  if (row.body) request.body = row.kind === "repeat" ? { ...row.body, annotation: row.target } : row.body;
  if (["patch", "remove", "facts"].includes(row.kind)) request.etag = `"${id}-${row.version}"`;
  return request;
}

/** The part of the server's state that a write is about. @param {Row} row @param {object} record annotation @returns {object|null} */
export function partOf(row, record) {
  if (row.kind !== "facts") return record;
  const statements = record?.statements ?? [];
  return statements.find((one) => (row.occurrence ? one.occurrence === row.occurrence : one.kind === row.look.which.kind)) ?? null;
}

/** Make a write fit the server's state. @param {Row} row @param {object} record annotation @returns {Row|null} null when its statement is gone */
export function fitted(row, record) {
  const part = partOf(row, record);
  if (!part) return null;
  if (row.kind !== "facts") return { ...row, target: record.id, version: record.version };
  return { ...row, target: record.id, occurrence: part.occurrence, version: part.occurrence_version ?? part.version };
}

/**
 * What waits for the same annotation, after one of its writes was answered with `record`. Only what overwrites nothing unseen moves on.
 * @param {Row[]} rows @param {Row} sent @param {object|null} record
 * @returns {Row[]} those that changed
 */
export function advanced(rows, sent, record) {
  if (!record?.statements) return [];
  const same = rows.filter((row) => row.key !== sent.key && row.state === "waiting" && [sent.origin ?? sent.target, sent.target, record.id].includes(row.target));
  const fresh = same.filter((row) => row.kind !== "undo" && row.kind !== "redo" && row.kind !== "create");
  return fresh.filter((row) => row.version === null || !clashesOf(row, record).length).map((row) => fitted(row, record)).filter(Boolean);
}

/** Fields that somebody else changed and this write would change, too. @param {Row} row @param {object} record */
export const clashesOf = (row, record) => clashes(row.before, row.body ?? {}, partOf(row, record) ?? {});

/**
 * A write came too late (412): sent again on the new state, shown as a clash, refused, or no longer needed.
 * @param {Row} row @param {object} current the annotation as it is now
 * @returns {Row|null} null = everything it wants is so already
 */
export function belated(row, current) {
  const fit = fitted(row, current);
  const late = (row.late ?? 0) + 1;
  if (!fit || late > 5) return { ...row, state: "refused" };
  if (row.kind === "remove") return { ...fit, late, state: LOOKED_AT.every((field) => same(row.snapshot?.[field], current[field])) ? "waiting" : "refused" };
  const part = partOf(row, current);
  const fields = Object.keys(row.before);
  const met = fields.length > 0 && fields.length === Object.keys(row.body).length && fields.every((field) => same(part[field], row.body[field]));
  if (met) return null;
  return clashesOf(row, current).length ? { ...fit, state: "clash", current } : { ...fit, late };
}

/** @param {Done[]} done @param {number} now @returns {string[]} keys that need no longer be remembered */
export const forgotten = (done, now) => done.filter((one) => now - one.at > REMEMBERED).map((one) => one.key);
