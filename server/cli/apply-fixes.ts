import { resolve } from 'node:path';
import type { Fix } from '../core/hazards/finding.ts';
import { extractText } from '../core/facts/extract-text.ts';
import { applyEdits, type TextEdit } from '../core/text/edit.ts';
import { readText, sourceLimit } from '../host/read-file.ts';
import { writeOutput } from './write-output.ts';
import { analyse, type Analysis, type AnalyseRequest } from './analyse.ts';

/** Fixes can enable others (an outer function becomes async first); more rounds than this are no progress. */
const roundLimit = 10;

/**
 * Applies the fixes of the findings, round by round until none is left, and returns the analysis of what remains.
 * Fixes that overlap wait for the next round; one that would make a file unparsable is left out. Without `write`
 * the result of one round is shown as if it had been written, and the disk stays as it is.
 */
export async function applyFixes(request: AnalyseRequest, first: Analysis, options: { readonly suggestions: boolean; readonly write: boolean }): Promise<Analysis> {
  let analysis = first;
  for (let round = 0; round < roundLimit; round++) {
    const edits = selectEdits(analysis, options.suggestions);
    if (edits.size === 0) return analysis;
    const fixed = new Map<string, string>();
    for (const [file, list] of edits) {
      const text = analysis.text(file);
      if (text === null || (options.write && !holds(resolve(request.cwd, file), text))) continue;
      const result = applyEdits(text, list);
      if (extractText(file, result).errors.length === 0) fixed.set(file, result);
    }
    if (fixed.size === 0) return analysis;
    if (!options.write) {
      const done = new Set(fixed.keys());
      const isFixed = (fix: Fix): boolean => fix.edits.length > 0 && fix.edits.every(edit => done.has(edit.file)) && (options.suggestions || fix.kind === 'safe');
      return { ...analysis, findings: analysis.findings.filter(finding => finding.suppressed !== null || !finding.fixes.some(isFixed)) };
    }
    for (const [file, text] of fixed) writeOutput(request.cwd, file, text);
    analysis = await analyse(request);
  }
  return analysis;
}

/** Whether a file still is what was analysed: an edit that somebody else made meanwhile is not written over. */
function holds(path: string, text: string): boolean {
  return readText(path, 'named', sourceLimit) === text;
}

/** The edits of this round by file: whole fixes only, none that touches another one's place. */
export function selectEdits(analysis: Analysis, suggestions: boolean): Map<string, TextEdit[]> {
  const chosen = new Map<string, TextEdit[]>();
  const broken = new Set(analysis.errors.map(error => error.file));
  for (const finding of analysis.findings) {
    if (finding.suppressed !== null) continue;
    const fix = finding.fixes.find(candidate => suggestions || candidate.kind === 'safe');
    if (!fix || fix.edits.some(edit => broken.has(edit.file) || overlaps(edit, chosen.get(edit.file) ?? []))) continue;
    for (const edit of fix.edits) {
      const list = chosen.get(edit.file);
      if (list) list.push(edit);
      else chosen.set(edit.file, [edit]);
    }
  }
  return chosen;
}

function overlaps(edit: TextEdit, others: readonly TextEdit[]): boolean {
  return others.some(other => edit.start <= other.end && other.start <= edit.end);
}
