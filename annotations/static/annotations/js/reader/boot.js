/**
 * What the page gives the reader: json_script "reader-boot", data-* of #doc; addresses with places filled in.
 */
import { pageData } from "../dom.js";

/**
 * An address pattern with `{id}` / `{label}`, or with the 0 that a URL reversed for a number has in that place.
 * @param {string|undefined} pattern
 * @returns {(value: number|string) => string}
 */
export function address(pattern) {
  return (value) => {
    const text = pattern ?? "";
    const filled = text.replace(/\{\w+\}/, encodeURIComponent(value));
    return filled === text ? text.replace(/\/(?:[A-Z]-)?0(?=\/|$)(?!.*\/(?:[A-Z]-)?0(?=\/|$))/, `/${encodeURIComponent(value)}`) : filled;
  };
}

/**
 * @param {HTMLElement} doc
 * @returns {object} see README.md beside this file
 */
export function readBoot(doc) {
  const boot = pageData("reader-boot") ?? {};
  const given = boot.urls ?? {};
  const annotations = given.annotations ?? doc.dataset.api;
  const urls = {
    ...given, annotations, same: given.same ?? `${annotations}same/`, annotation: address(given.annotation ?? "/api/annotations/{id}/"),
    comments: address(given.comments ?? "/api/annotations/{id}/comments/"), comment: address(given.comment ?? "/api/comments/{id}/"),
    occurrence: address(given.occurrence ?? "/api/occurrences/{id}/"), permalink: address(given.permalink ?? "/a/{id}/"),
    ...Object.fromEntries(["suggestion_accept", "suggestion_reject"].map((name) => [name, address(given[name])])),
    statement: given.statement ? address(given.statement) : null,
  };
  const tags = boot.tags ?? [];
  const names = { labels: { kind: boot.kinds ?? {}, ...boot.labels }, tags: new Map(tags.map((tag) => [tag.id, tag])), locale: document.documentElement.lang };
  const member = boot.member ?? { id: 0, name: "", can: {} };
  return { ...boot, urls, tags, names, member, version: Number(doc.dataset.version), csrf: document.querySelector('meta[name="csrf-token"]')?.content ?? "" };
}

/**
 * All annotations of the shown version: from the page when it brought them (json_script "reader-annotations"), else page by page.
 * @param {ReturnType<import("./api.js").createApi>} api @param {string} url @param {number} version
 * @returns {Promise<object[]>}
 */
export async function loadAnnotations(api, url, version) {
  const brought = pageData("reader-annotations");
  if (brought) return brought.results;
  const records = [];
  let next = `${url}?version=${version}&page_size=10000`;
  while (next) {
    const { data } = await api.get(next);
    records.push(...data.results);
    next = data.next ? new URL(data.next, location.href).pathname + new URL(data.next, location.href).search : null;
  }
  return records;
}
