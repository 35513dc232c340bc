/**
 * A row of buttons as one stop of the Tab key: arrows move inside (ARIA toolbar). Buttons never take the focus from the text by a click.
 */

/** @param {HTMLElement} bar with role=toolbar; its buttons may be replaced at any time */
export function rove(bar) {
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || event.target.closest("input,textarea,select")) return;
    const buttons = usable(bar);
    const at = buttons.indexOf(document.activeElement);
    const next = buttons[(at + step + buttons.length) % buttons.length];
    if (!next) return;
    event.preventDefault();
    oneStop(bar, next);
    next.focus();
  });
  bar.addEventListener("pointerdown", (event) => {
    if (event.target.closest("button")) event.preventDefault();
  });
}

/** Let one button take part in the Tab order. @param {HTMLElement} bar @param {HTMLElement} [chosen] */
export function oneStop(bar, chosen) {
  // Whether a button is seen is not asked here: that would lay out the page each time a bar is filled. The first of a bar always is.
  const buttons = buttonsOf(bar);
  const one = chosen ?? buttons.find((button) => button.tabIndex === 0) ?? buttons[0];
  for (const button of buttons) button.tabIndex = button === one ? 0 : -1;
}

const buttonsOf = (bar) => [...bar.querySelectorAll("button,a[href]")];
const usable = (bar) => buttonsOf(bar).filter((button) => button.offsetParent !== null);

/** Give a card its content, made when its focus is known: it may hold parts of the old one. The focus stays on the same button. @param {HTMLElement} card @param {boolean} open @param {() => Node[]} content */
export function dressCard(card, open, content) {
  const held = card.contains(document.activeElement) && document.activeElement !== card ? document.activeElement.dataset.action : null;
  card.classList.toggle("current", open);
  if (open) card.setAttribute("aria-current", "true");
  else card.removeAttribute("aria-current");
  card.replaceChildren(...content());
  for (const bar of card.querySelectorAll("[role=toolbar]")) {
    rove(bar);
    oneStop(bar);
  }
  if (held) card.querySelector(`[data-action="${held}"]`)?.focus({ preventScroll: true });
}
