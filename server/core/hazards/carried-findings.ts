import { createLineIndex } from '../text/line-index.ts';
import { createShift } from '../text/shift.ts';
import type { Finding, SourceLocation } from './finding.ts';

/**
 * Findings in a file as they stand after an edit of it, until they are found anew: those that the edit touches, with what leads
 * to them or mends them, are left out, all others move with the text.
 */
export function carriedFindings(findings: readonly Finding[], file: string, before: string, after: string): readonly Finding[] {
  if (before === after || findings.length === 0) return findings;
  const shift = createShift(before, after);
  const lines = createLineIndex(after);
  const carry = (location: SourceLocation): SourceLocation | null => {
    if (location.file !== file) return location;
    const moved = shift(location.start, location.end);
    if (!moved) return null;
    const [from, to] = [lines.positionAt(moved[0]), lines.positionAt(moved[1])];
    return { file, start: moved[0], end: moved[1], line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  };
  return findings.flatMap(finding => {
    const location = carry(finding.location);
    const path = finding.path.map(step => ({ ...step, location: carry(step.location) }));
    if (!location || path.some(step => step.location === null)) return [];
    // Fixes are made of the text as it is: they come with the finding that is found anew.
    return [{ ...finding, location, path: path.map(step => ({ ...step, location: step.location! })), fixes: [] }];
  });
}
