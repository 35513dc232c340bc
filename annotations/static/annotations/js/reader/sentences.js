/**
 * Sentences of one block, for choosing text by keyboard (S) and in the list of "Mark in this paragraph".
 */

const ENDERS = /[。！？；!?;]|\.(?=\s|$|["”’」』)）\]])/u;
const CLOSERS = /["”’」』)）\]】》〉]/u;

/**
 * Split into sentences. Closing quotes and brackets stay with the sentence they close; a dot ends one only before a space or the end, so that
 * 56.4 stays whole. White space around a sentence is left out.
 * @param {string} text of one block
 * @returns {[number, number][]} UTF-16 units, ascending, none empty
 */
export function sentences(text) {
  const spans = [];
  let start = 0;
  for (let i = 0; i < text.length; i += 1) {
    if (!ENDERS.test(text[i] === "." ? text.slice(i, i + 2) : text[i])) continue;
    while (i + 1 < text.length && (CLOSERS.test(text[i + 1]) || /[。！？；!?;.…]/u.test(text[i + 1]))) i += 1;
    pushTrimmed(spans, text, start, i + 1);
    start = i + 1;
  }
  pushTrimmed(spans, text, start, text.length);
  return spans;
}

function pushTrimmed(spans, text, start, end) {
  const raw = text.slice(start, end);
  const from = start + (raw.length - raw.trimStart().length);
  const to = end - (raw.length - raw.trimEnd().length);
  if (to > from) spans.push([from, to]);
}

/**
 * Index of the sentence that holds a position, or of the next one, or of the last.
 * @param {[number, number][]} spans of sentences()
 * @param {number} unit
 * @returns {number} -1 when there are none
 */
export function sentenceAt(spans, unit) {
  const found = spans.findIndex(([, end]) => unit < end);
  return found === -1 ? spans.length - 1 : found;
}
