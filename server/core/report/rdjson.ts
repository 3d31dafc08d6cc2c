import type { Severity } from '../hazards/finding.ts';
import { createLineIndex } from '../text/line-index.ts';
import { oneLine, plainJson } from '../text/one-line.ts';
import { shownFindings, wellFormed, type LintReport } from './lint-report.ts';

const severities: Readonly<Record<Severity, 'ERROR' | 'WARNING' | 'INFO'>> = { error: 'ERROR', warn: 'WARNING', info: 'INFO' };

interface Position {
  readonly line: number;
  /** 1-based, in bytes of UTF-8: reviewdog, proto/rdf/reviewdog.proto, Position. */
  readonly column: number;
}

/** The findings in reviewdog's diagnostic format (rdjson): one JSON object. Fixes of a single file become suggestions. */
export function renderRdjson(report: LintReport): string {
  const sources = new Map<string, Source | null>();
  const sourceOf = (file: string): Source | null => {
    let source = sources.get(file);
    if (source === undefined) {
      const text = report.text(file);
      sources.set(file, (source = text === null ? null : { text, ...createLineIndex(text) }));
    }
    return source;
  };
  const diagnostics: object[] = shownFindings(report).map(({ location, severity, rule, message, path, fixes }) => {
    const source = sourceOf(location.file);
    const url = report.ruleHelp(rule);
    const [fix] = fixes.filter(({ edits }) => edits.length > 0 && edits.every(edit => edit.file === location.file));
    const way = path.map(step => `${step.label} (${step.location.file}:${step.location.line})`).join(' → ');
    return {
      message: oneLine(way ? `${message} ${way}` : message),
      location: { path: wellFormed(location.file), range: { start: position(source, location.line, location.column), end: position(source, location.endLine, location.endColumn) } },
      severity: severities[severity],
      code: { value: rule, ...(url.startsWith('file:') ? {} : { url }) },
      ...(fix && source ? { suggestions: fix.edits.map(edit => ({ range: { start: positionAt(source, edit.start), end: positionAt(source, edit.end) }, text: edit.text })) } : {}),
    };
  });
  // A fault that belongs to no file has no place in a review; it stands on standard error and in the exit code.
  for (const { file, line, column, message } of report.errors.filter(error => error.file !== '')) {
    diagnostics.push({ message: oneLine(message), location: { path: wellFormed(file), ...(line > 0 ? { range: { start: position(sourceOf(file), line, Math.max(1, column)) } } : {}) }, severity: 'ERROR', code: { value: 'not-analysed' } });
  }
  return plainJson({ source: { name: 'looplens' }, diagnostics });
}

interface Source {
  readonly text: string;
  readonly lineStarts: readonly number[];
  positionAt(offset: number): { readonly line: number; readonly column: number };
}

function positionAt(source: Source, offset: number): Position {
  const { line, column } = source.positionAt(offset);
  return position(source, line, column);
}

function position(source: Source | null, line: number, column: number): Position {
  const start = source?.lineStarts[line - 1];
  if (!source || start === undefined) return { line, column };
  return { line, column: new TextEncoder().encode(source.text.slice(start, start + column - 1)).length + 1 };
}
