/**
 * Several passages at one place: a short list, arrows and Enter choose.
 */
import { h } from "../dom.js";
import { t } from "../words.js";
import { openPanel } from "./popover.js";

/**
 * @param {object} parts
 * @param {number[]} parts.ids outermost first @param {(id: number) => Node[]} parts.show one line per passage
 * @param {(id: number|null) => void} parts.onMove while moving through the list @param {(id: number) => void} parts.onPick
 * @param {HTMLElement} parts.home @param {{x: number, y: number}} parts.point window pixels @param {() => void} parts.onClose
 */
export function openPicker({ ids, show, onMove, onPick, home, point, onClose }) {
  let at = ids.length - 1;
  const rows = ids.map((id, index) => h("li", { id: `pick-${index}`, role: "option", on: { click: () => choose(index) } }, ...show(id)));
  const list = h(
    "ul", { role: "listbox", class: "choices", tabindex: "0", "aria-label": t("Passages here") }, ...rows,
  );
  const mark = (next) => {
    at = (next + ids.length) % ids.length;
    rows.forEach((row, index) => row.setAttribute("aria-selected", String(index === at)));
    list.setAttribute("aria-activedescendant", rows[at].id);
    onMove(ids[at]);
  };
  const choose = (index) => {
    panel.close();
    onPick(ids[index]);
  };
  rows.forEach((row, index) => row.addEventListener("pointerenter", () => mark(index)));
  list.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at - 1);
    else if (event.key === "Enter") choose(at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const close = () => {
    onMove(null);
    onClose();
  };
  const panel = openPanel({ name: "passages", label: t("Passages here"), content: [list], home, at: { left: point.x, bottom: point.y + 6 }, onClose: close });
  mark(at);
  list.focus({ preventScroll: true });
  return panel;
}
