/**
 * Which passages are under the pointer: highlights get no events, so one handler asks the text where the pointer is and the marks who is there.
 */

/**
 * The offset of the character at a point of the window, or null when the point is on none.
 * @param {import("./blocks.js").Blocks} blocks @param {number} x @param {number} y
 */
export function offsetAt(blocks, x, y) {
  const found = caretAt(x, y);
  if (!found || found.node.nodeType !== Node.TEXT_NODE || blocks.indexOf(found.node.parentElement) < 0) return null;
  if (found.node.parentElement.closest("[data-skip],rt,rp")) return null;
  // A caret stands between two characters; the point is in one of them, or in the empty part of the line.
  for (const start of [found.offset, found.offset - 1]) {
    if (start < 0 || start >= found.node.length) continue;
    const range = document.createRange();
    range.setStart(found.node, start);
    range.setEnd(found.node, start + 1);
    if ([...range.getClientRects()].some((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)) {
      return blocks.offsetOf(found.node, start);
    }
  }
  return null;
}

function caretAt(x, y) {
  if (document.caretPositionFromPoint) {
    const position = document.caretPositionFromPoint(x, y);
    return position ? { node: position.offsetNode, offset: position.offset } : null;
  }
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}

/**
 * @param {object} parts
 * @param {import("./blocks.js").Blocks} parts.blocks @param {import("./marks.js").Marks} parts.marks
 * @param {(ids: number[], point: {x: number, y: number}) => void} parts.onPick a click on the text that selected nothing; ids may be empty
 * @param {(id: number|null) => void} parts.onHover the innermost passage under the mouse
 */
export function watchPointer({ blocks, marks, onPick, onHover }) {
  const doc = blocks.doc;
  const idsAt = (event) => {
    const offset = offsetAt(blocks, event.clientX, event.clientY);
    return offset === null ? [] : marks.at(offset);
  };
  let frame = 0;
  doc.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" || event.buttons || frame) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      const ids = idsAt(event);
      doc.toggleAttribute("data-over", ids.length > 0);
      onHover(ids.at(-1) ?? null);
    });
  });
  doc.addEventListener("pointerleave", () => onHover(null));
  doc.addEventListener("click", (event) => {
    if (event.target.closest("a,button,summary,[data-panel]")) return;
    const selection = document.getSelection();
    if (selection && !selection.isCollapsed) return;
    onPick(idsAt(event), { x: event.clientX, y: event.clientY });
  });
}
