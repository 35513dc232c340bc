/**
 * Menus are popovers opened by `popovertarget`, so they work and close by themselves; this adds arrow keys, and a place below
 * their button where the browser has no CSS anchors.
 */

const anchored = CSS.supports("position-area: block-end");

export function wireMenus() {
  document.addEventListener("toggle", onToggle, { capture: true });
  document.addEventListener("keydown", onKey);
}

/** @param {ToggleEvent} event */
function onToggle(event) {
  const menu = event.target;
  if (!menu.matches?.(".menu[popover]")) return;
  const open = event.newState === "open";
  const button = document.querySelector(`[popovertarget="${menu.id}"]`);
  button?.setAttribute("aria-expanded", String(open));
  if (open && button && !anchored) placeBelow(menu, button);
}

/** @param {HTMLElement} menu @param {Element} button */
export function placeBelow(menu, button) {
  const box = button.getBoundingClientRect();
  const room = document.documentElement.clientWidth - menu.offsetWidth - 8;
  const wanted = menu.classList.contains("to-start") ? box.right - menu.offsetWidth : box.left;
  menu.style.setProperty("left", `${Math.max(8, Math.min(wanted, room))}px`);
  menu.style.setProperty("top", `${box.bottom + 4}px`);
}

function onKey(event) {
  const menu = event.target.closest?.(".menu[popover]");
  if (!menu || event.isComposing) return;
  const items = [...menu.querySelectorAll(".item:not(:disabled)")].filter((item) => item.checkVisibility());
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined || !items.length || event.target.matches("input, textarea, select")) return;
  event.preventDefault();
  items[(to + items.length) % items.length].focus();
}
