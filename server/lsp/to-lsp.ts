import { DiagnosticSeverity, DiagnosticTag, type Diagnostic, type Location, type Position, type Range, type TextEdit as LspTextEdit, type WorkspaceEdit } from 'vscode-languageserver/node';
import type { ConfigProblem } from '../core/config/parse-config.ts';
import type { Finding, Severity, SourceLocation } from '../core/hazards/finding.ts';
import type { TextEdit } from '../core/text/edit.ts';
import type { FileError } from '../core/report/lint-report.ts';

/** What conversion needs to know of the files of one snapshot. */
export interface Files {
  uriOf(file: string): string;
  /** Text of the file in the snapshot; null where there is none. */
  textOf(file: string): string | null;
}

/** `source` of every diagnostic. */
const diagnosticSource = 'looplens';

/** Travels with a diagnostic to the client and back, and says which finding it was. */
export interface DiagnosticData {
  readonly fingerprint: string;
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = { error: DiagnosticSeverity.Error, warn: DiagnosticSeverity.Warning, info: DiagnosticSeverity.Information };

/** The only place where our data becomes the protocol's, for the files of one snapshot. */
export interface Converter {
  uriOf(file: string): string;
  /** A finding; the witness path becomes its related information. */
  diagnostic(finding: Finding, rulePage: (rule: string) => string | null): Diagnostic;
  /** Why a file could not be analysed in full: a hint where the syntax is wrong, since the language's own server says so too. */
  notAnalysed(error: FileError): Diagnostic;
  configProblem(problem: ConfigProblem): Diagnostic;
  location(location: SourceLocation): Location;
  range(location: SourceLocation): Range;
  /** Edits of any number of files. */
  workspaceEdit(edits: readonly TextEdit[]): WorkspaceEdit;
  /** 0-based offset of a position, clamped into the text; null where the file has no text. */
  offsetAt(file: string, position: Position): number | null;
  position(file: string, offset: number): Position;
}

export function createConverter(files: Files): Converter {
  const indices = new Map<string, readonly number[]>();
  /** Line starts as the protocol counts them: U+2028 and U+2029 end no line there, in ECMAScript they do. */
  const lineStarts = (file: string): readonly number[] => {
    let starts = indices.get(file);
    if (!starts) indices.set(file, (starts = protocolLineStarts(files.textOf(file) ?? '')));
    return starts;
  };
  const position = (file: string, offset: number): Position => {
    const starts = lineStarts(file);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: Math.max(0, offset - starts[low]!) };
  };
  const range = ({ file, start, end }: SourceLocation): Range => ({ start: position(file, start), end: position(file, end) });
  const location = (place: SourceLocation): Location => ({ uri: files.uriOf(place.file), range: range(place) });

  return {
    uriOf: files.uriOf,
    position,
    range,
    location,
    diagnostic(finding, rulePage) {
      const href = rulePage(finding.rule);
      return {
        range: range(finding.location),
        severity: severities[finding.severity],
        source: diagnosticSource,
        code: finding.rule,
        ...(href === null ? {} : { codeDescription: { href } }),
        ...(tags[finding.rule] && { tags: tags[finding.rule] }),
        message: finding.message,
        relatedInformation: finding.path.map(step => ({ location: location(step.location), message: step.label })),
        data: { fingerprint: finding.fingerprint } satisfies DiagnosticData,
      };
    },
    notAnalysed(error) {
      const start = { line: Math.max(0, error.line - 1), character: Math.max(0, error.column - 1) };
      const syntax = error.kind === 'syntax';
      return { range: { start, end: { ...start, character: start.character + 1 } }, severity: syntax ? DiagnosticSeverity.Hint : DiagnosticSeverity.Information, source: diagnosticSource, code: syntax ? 'syntax' : 'not-analysed', message: error.message };
    },
    configProblem: ({ file, start, end, message }) => ({ range: { start: position(file, start), end: position(file, end) }, severity: DiagnosticSeverity.Error, source: diagnosticSource, code: 'config', message }),
    workspaceEdit(edits) {
      const changes: Record<string, LspTextEdit[]> = {};
      // An insertion before the replacement that starts at the same place: some clients apply what comes later first.
      const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
      for (const { file, start, end, text } of sorted) (changes[files.uriOf(file)] ??= []).push({ range: { start: position(file, start), end: position(file, end) }, newText: text });
      return { changes };
    },
    offsetAt(file, { line, character }) {
      const text = files.textOf(file);
      if (text === null) return null;
      const starts = lineStarts(file);
      if (line < 0) return 0;
      if (line >= starts.length) return text.length;
      return Math.min(starts[line]! + Math.max(0, character), starts[line + 1] ?? text.length);
    },
  };
}

/** How editors show it: faded where it does nothing, struck through where its name is going away. */
const tags: Readonly<Record<string, DiagnosticTag[]>> = { 'unused-disable-comment': [DiagnosticTag.Unnecessary], 'cluster-deprecated-api': [DiagnosticTag.Deprecated] };

function protocolLineStarts(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}
