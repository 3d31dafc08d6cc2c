/** Replaces the 0-based UTF-16 range [start, end) of a file's text. */
export interface TextEdit {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Applies edits of one file to its text and returns the new text. Edits are sorted by position;
 * at the same position they apply in the given order. Overlapping edits throw a RangeError,
 * because applying one of them would silently lose the other.
 */
export function applyEdits(text: string, edits: readonly Pick<TextEdit, 'start' | 'end' | 'text'>[]): string {
  const sorted = edits.map((edit, order) => ({ edit, order })).sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.order - b.order);
  let result = '';
  let last = 0;
  for (const { edit } of sorted) {
    if (edit.start < last || edit.end < edit.start || edit.end > text.length) throw new RangeError(`edit [${edit.start}, ${edit.end}) overlaps another one or lies outside the text`);
    result += text.slice(last, edit.start) + edit.text;
    last = edit.end;
  }
  return result + text.slice(last);
}
