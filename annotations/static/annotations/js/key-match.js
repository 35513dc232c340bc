/**
 * What a key press means, whatever the layout, the input method or Caps Lock: pure rules, no page needed.
 */

/** Keys that an input method sends while it works. */
const COMPOSING = new Set(["Process", "Dead", "Unidentified"]);
/** Where a person types. */
export const TYPING = [
  "input:not([type=button],[type=submit],[type=reset],[type=checkbox],[type=radio],[type=range])", "textarea", "select",
  "[contenteditable]:not([contenteditable=false])", "[role=textbox]", "[role=combobox]", "[role=searchbox]", "[role=spinbutton]",
].join(",");

/**
 * True when the press belongs to an input method.
 * @param {{isComposing?: boolean, keyCode?: number, key: string}} event
 */
export function isComposing(event) {
  return Boolean(event.isComposing) || event.keyCode === 229 || COMPOSING.has(event.key);
}

/**
 * True when letters belong to the field the press went to.
 * @param {{closest?: (selector: string) => unknown}|null} target
 */
export function isTyping(target) {
  return Boolean(target?.closest?.(TYPING));
}

/**
 * The name of the key: a lower-case Latin letter or digit where there is one ("c", "3", "?"), else the DOM name in lower case ("enter").
 * Full-width forms count as their plain ones; a letter of another script, and a digit row that writes signs, count by their place.
 * @param {{key: string, code?: string, shiftKey?: boolean}} event
 */
export function keyName(event) {
  const key = event.key.normalize("NFKC");
  const code = event.code ?? "";
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1];
  const single = [...key].length === 1;
  if (/^[a-z]$/i.test(key) || /^[0-9]$/.test(key)) return key.toLowerCase();
  if (digit && !event.shiftKey && single) return digit;
  if (single && letter && /\p{L}/u.test(key)) return letter.toLowerCase();
  return key.toLowerCase();
}

/**
 * The whole press as the table writes it: "c", "shift+s", "mod+z", "mod+shift+z", "enter", "?". Null for what is never ours (Alt, AltGr).
 * @param {KeyboardEvent} event
 * @returns {string|null}
 */
export function pressName(event) {
  if (event.altKey || event.getModifierState?.("AltGraph")) return null;
  const name = keyName(event);
  const mod = event.ctrlKey || event.metaKey;
  const sign = /^[^\p{L}\p{N}]$/u.test(name);
  const shift = event.shiftKey && !sign;
  return (mod ? "mod+" : "") + (shift ? "shift+" : "") + name;
}

/**
 * How a press of the table is printed on a button and in the help.
 * @param {string} press
 * @param {boolean} [apple]
 */
export function printed(press, apple = false) {
  const names = { mod: apple ? "⌘" : "Ctrl", shift: apple ? "⇧" : "Shift", enter: "Enter", escape: "Esc", delete: "Del", backspace: "⌫", " ": "Space" };
  const part = (piece) => names[piece] ?? (piece.length === 1 ? piece.toUpperCase() : piece);
  return press.split(" ").map((step) => step.split("+").map(part).join("+")).join(" ");
}

/**
 * The value of aria-keyshortcuts for a press ("Control+Z"); chords have none.
 * @param {string} press
 * @returns {string|null}
 */
export function ariaShortcut(press) {
  if (press.includes(" ")) return null;
  const names = { mod: "Control", shift: "Shift", enter: "Enter", escape: "Escape", delete: "Delete", backspace: "Backspace" };
  return press.split("+").map((piece) => names[piece] ?? (piece.length === 1 ? piece.toUpperCase() : piece)).join("+");
}
