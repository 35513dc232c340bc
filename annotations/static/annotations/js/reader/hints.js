/**
 * Hints in the foot line ([data-hint] = action) go once their key was used three times in this browser.
 */
const ENOUGH = 3;
const STORED = "keys.used";

function used() {
  try {
    return JSON.parse(globalThis.localStorage.getItem(STORED) ?? "{}");
  } catch {
    return {}; // No storage, or not ours: hints simply stay.
  }
}

/** @param {ParentNode} root hide what is known */
export function hideKnown(root) {
  const counts = used();
  for (const hint of root.querySelectorAll("[data-hint]")) hint.hidden = hint.dataset.hint.split(" ").every((action) => (counts[action] ?? 0) >= ENOUGH);
}

/** @param {string} action its key was pressed @param {ParentNode} root */
export function countUse(action, root) {
  const counts = used();
  if ((counts[action] ?? 0) >= ENOUGH) return;
  counts[action] = (counts[action] ?? 0) + 1;
  try {
    globalThis.localStorage.setItem(STORED, JSON.stringify(counts));
  } catch {
    return;
  }
  hideKnown(root);
}
