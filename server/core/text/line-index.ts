/** A position for people: 1-based line, 1-based column in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A half-open range of 0-based UTF-16 offsets into one text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Converts between 0-based UTF-16 offsets and 1-based positions of one text. */
export interface LineIndex {
  /** 0-based offsets at which each line starts. */
  readonly lineStarts: readonly number[];
  /** The position of an offset; offsets outside the text are clamped. */
  positionAt(offset: number): Position;
  /** The offset of a position; lines and columns outside the text are clamped. */
  offsetAt(line: number, column: number): number;
}

/**
 * Builds the line index of a text. Lines end at LF, CRLF, CR, U+2028 and U+2029, as ECMA-262 §12.3
 * (Line Terminators) and TypeScript's scanner have it.
 */
export function createLineIndex(text: string): LineIndex {
  const lineStarts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 13 && text.charCodeAt(i + 1) === 10) continue;
    if (code === 10 || code === 13 || code === 0x2028 || code === 0x2029) lineStarts.push(i + 1);
  }
  const lineAt = (offset: number): number => {
    let low = 0;
    let high = lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (lineStarts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    lineStarts,
    positionAt(offset) {
      const clamped = Math.max(0, Math.min(offset, text.length));
      const line = lineAt(clamped);
      return { line: line + 1, column: clamped - lineStarts[line]! + 1 };
    },
    offsetAt(line, column) {
      const index = Math.max(0, Math.min(line - 1, lineStarts.length - 1));
      const end = lineStarts[index + 1] ?? text.length;
      return Math.max(0, Math.min(lineStarts[index]! + column - 1, end));
    },
  };
}
