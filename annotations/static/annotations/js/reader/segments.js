/**
 * Overlapping passages cut into disjoint segments, each with the looks it needs: so no two highlights fight over one character.
 */

/** @typedef {{id: number, start: number, end: number}} Span */
/** @typedef {{start: number, end: number, depth: number, ids: number[]}} Segment */

/**
 * Disjoint segments that cover exactly the union of the spans; `ids` are outermost first.
 * @param {Span[]} spans empty ones are left out
 * @returns {Segment[]} ascending
 */
export function segments(spans) {
  const real = spans.filter((span) => span.end > span.start);
  const edges = [...new Set(real.flatMap((span) => [span.start, span.end]))].sort((a, b) => a - b);
  const byStart = [...real].sort((a, b) => a.start - b.start || b.end - a.end || a.id - b.id);
  const result = [];
  let active = [];
  let taken = 0;
  for (let i = 0; i + 1 < edges.length; i += 1) {
    active = active.filter((span) => span.end > edges[i]);
    while (taken < byStart.length && byStart[taken].start === edges[i]) active.push(byStart[taken++]);
    if (active.length) result.push({ start: edges[i], end: edges[i + 1], depth: active.length, ids: idsOf(active) });
  }
  return result;
}

const idsOf = (active) => [...new Set(active.map((span) => span.id))];

/**
 * How a passage looks: its lines (one for each kind of statement) and its tint.
 * @typedef {{lines: string[], tint: string|null, unsaved: boolean, doubtful: boolean}} Look
 */

/**
 * The look of one annotation. Without a statement it has a tint and no line; without a tag, the plain tint.
 * @param {{statements?: {kind: string}[], tags?: number[], suggestion?: boolean, unsaved?: boolean, anchor_state?: string}} annotation
 * @param {(tag: number) => string|undefined} colourOf palette name of a tag
 * @returns {Look}
 */
export function lookOf(annotation, colourOf) {
  const kinds = [...new Set((annotation.statements ?? []).map((statement) => statement.kind))];
  const tint = (annotation.tags ?? []).map(colourOf).find(Boolean) ?? null;
  return {
    lines: annotation.suggestion ? ["suggestion"] : kinds,
    tint: tint ?? (kinds.length || annotation.suggestion ? null : "plain"),
    unsaved: Boolean(annotation.unsaved),
    doubtful: Boolean(annotation.anchor_state) && annotation.anchor_state !== "ok",
  };
}

/**
 * Names of the highlights one segment is painted with: a line for each kind, one tint (the innermost passage that has one), depth.
 * @param {Segment} segment
 * @param {(id: number) => Look|undefined} look
 * @returns {string[]}
 */
export function namesOf(segment, look) {
  const looks = segment.ids.map(look).filter(Boolean);
  const lines = new Set(looks.flatMap((one) => one.lines));
  const names = ["claim", "proposal", "suggestion"].filter((kind) => lines.has(kind)).map((kind) => `line-${kind}`);
  const tint = looks.map((one) => one.tint).findLast((one) => one && one !== "plain") ?? looks.find((one) => one.tint)?.tint;
  if (tint) names.push(`tint-${tint}`);
  if (segment.depth > 1) names.push(segment.depth > 2 ? "depth3" : "depth2");
  if (looks.some((one) => one.unsaved)) names.push("pending");
  if (looks.some((one) => one.doubtful)) names.push("changed");
  return names;
}
