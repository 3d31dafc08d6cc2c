import { resolve } from 'node:path';
import { readBytes, refusalText } from '../../host/read-file.ts';
import { exitCode, UsageError } from '../exit-code.ts';
import { parseFlags } from '../flags.ts';
import type { Io } from '../io.ts';
import { writeOutput } from '../write-output.ts';

interface JsonReport {
  readonly schemaVersion: 1;
  readonly tool: unknown;
  readonly files: number;
  readonly durationMs: number;
  readonly findings: readonly { readonly fingerprint: string; readonly file: string; readonly line: number; readonly column: number; readonly severity: string; readonly suppressed: unknown }[];
  readonly errors: readonly { readonly file: string; readonly line: number; readonly message: string }[];
}

/**
 * `looplens merge`: puts JSON reports of parts of a repository into one, each finding once. Returns the exit code that one run over
 * all of it would have had.
 */
export async function merge(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseFlags(args, { help: { type: 'boolean', short: 'h' }, 'output-file': { type: 'string', short: 'o' } });
  if (values.help) {
    io.stdout.write('looplens merge <reports…> [-o file]\n\nPuts several reports of "looplens lint --format json" into one.\n');
    return exitCode.ok;
  }
  if (positionals.length === 0) throw new UsageError('name the reports to merge');
  const reports = positionals.map(path => readReport(resolve(io.cwd, path), path));
  const seen = new Set<string>();
  const once = <T>(items: readonly T[], key: (item: T) => string): T[] =>
    items.filter(item => {
      const id = key(item);
      return seen.has(id) ? false : seen.add(id);
    });
  const findings = once(reports.flatMap(report => report.findings), item => `f ${item.fingerprint} ${item.file}`).sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column));
  const errors = once(reports.flatMap(report => report.errors), item => `e ${item.file} ${item.line} ${item.message}`);
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  const merged = { schemaVersion: 1, tool: reports[0]!.tool, files: sum(reports.map(report => report.files)), durationMs: sum(reports.map(report => report.durationMs)), findings, errors };
  const text = `${JSON.stringify(merged, null, 2)}\n`;
  if (values['output-file'] === undefined) io.stdout.write(text);
  else writeOutput(io.cwd, values['output-file'], text);
  if (errors.length > 0) return exitCode.failure;
  return findings.some(finding => finding.severity === 'error' && finding.suppressed === null) ? exitCode.findings : exitCode.ok;
}

function readReport(path: string, name: string): JsonReport {
  let json: unknown;
  try {
    const { bytes, refused } = readBytes(path, 'named');
    if (bytes === null) throw new UsageError(`${name} ${refusalText(refused)}`);
    json = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${name} cannot be read: ${(error as Error).message}`);
  }
  const report = json as Partial<JsonReport> | null;
  if (report?.schemaVersion !== 1 || !Array.isArray(report.findings) || !Array.isArray(report.errors)) throw new UsageError(`${name} is no report of "looplens lint --format json"`);
  return report as JsonReport;
}
