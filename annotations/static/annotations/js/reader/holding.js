/**
 * What panels beside the text share: where they open, and that the selection outlives them.
 */

/** Where a panel for the present target opens, in window pixels. @param {object} reader the parts of the page @returns {{left: number, bottom: number}} */
export function placeFor({ session, blocks, marks, tagbar }) {
  if (session.selected && !tagbar.element.hidden) {
    const box = tagbar.element.getBoundingClientRect();
    return { left: box.left, bottom: box.bottom - 6 };
  }
  const item = session.current === null ? null : marks.all()[marks.rank(session.current)];
  const box = item && blocks.range(item.start, item.end)?.getBoundingClientRect();
  return box ? { left: box.left, bottom: box.bottom } : { left: 80, bottom: 120 };
}

/**
 * While a panel has the keys the selected text stays painted; afterwards it is selected again.
 * @param {object} reader the parts of the page @returns {() => void} to be called when the panel was closed
 */
export function hold({ session, painter, selection, doc }) {
  const focused = document.activeElement;
  // A field takes the selection away from the text, a button does not.
  const frame = requestAnimationFrame(() => painter.show({ kept: doc.contains(document.getSelection()?.anchorNode ?? null) ? null : session.selected }));
  return () => {
    cancelAnimationFrame(frame);
    painter.show({ kept: null });
    if (session.selected) selection.restore();
    else if (focused?.isConnected && focused !== document.body) focused.focus({ preventScroll: true });
    else selection.restore();
  };
}
