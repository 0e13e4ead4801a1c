/** @typedef {{ start: number, end: number, text: string }} Edit */

/**
 * @param {string} text
 * @param {Edit[]} edits which do not overlap
 */
export function applied(text, edits) {
  let done = '';
  let end = 0;
  // What ends in one place is closed from the inside out; those within come later in the list.
  const inOrder = edits.map((edit, index) => ({ edit, index }));
  inOrder.sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || b.index - a.index);
  for (const { edit } of inOrder) {
    if (edit.start < end) throw new Error(`what is rewritten overlaps at ${edit.start}: ${edit.text}`);
    done += text.slice(end, edit.start) + edit.text;
    end = edit.end;
  }
  return done + text.slice(end);
}
