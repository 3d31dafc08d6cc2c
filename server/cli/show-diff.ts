import { createTwoFilesPatch } from 'diff';
import { extractText } from '../core/facts/extract-text.ts';
import { applyEdits } from '../core/text/edit.ts';
import type { Analysis } from './analyse.ts';
import { selectEdits } from './apply-fixes.ts';
import { exitCode } from './exit-code.ts';
import type { Io } from './io.ts';

/**
 * Prints what `--fix` (with `suggestions`: `--fix-suggestions`) would change in its first round, as a unified diff that `git apply` and
 * `patch -p1` take. Nothing is written. Returns the exit code: 1 where there is something to change.
 */
export function showDiff(analysis: Analysis, suggestions: boolean, io: Io): number {
  let changes = 0;
  for (const [file, edits] of [...selectEdits(analysis, suggestions)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const before = analysis.text(file);
    if (before === null) continue;
    const after = applyEdits(before, edits);
    if (after === before || extractText(file, after).errors.length > 0) continue;
    const patch = createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, { context: 3 });
    io.stdout.write(patch.replace(/^=+\n/, ''));
    changes++;
  }
  return changes > 0 ? exitCode.findings : exitCode.ok;
}
