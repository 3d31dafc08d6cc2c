import { relative, resolve, sep } from 'node:path';
import type { Finding, Severity } from '../../core/hazards/finding.ts';
import { compareText, type Coverage, type FileError, type LintReport } from '../../core/report/lint-report.ts';
import { plain, renderSummary } from '../../core/report/stylish.ts';
import { gitRoot } from '../../host/project-root.ts';
import { readBytes, readText, refusalText, sourceLimit } from '../../host/read-file.ts';
import { rulePageUrl } from '../../host/rule-pages.ts';
import { exitCode, UsageError } from '../exit-code.ts';
import { parseFlags, wholeNumber } from '../flags.ts';
import type { Io } from '../io.ts';
import { say, type Told } from '../messages.ts';
import { destinations, renderReport } from '../reporters.ts';
import { styleFor } from '../style.ts';
import { writeOutput } from '../write-output.ts';

export const mergeHelp: Told = {
  en: `looplens merge <reports…> [options]

Puts several reports of "looplens lint --format json" into one, each finding once: the parts of
--shard, or of the packages of a monorepo.

  -f, --format <name[:file]>  any format of lint (default: json); may be repeated
  -o, --output-file <file>    write the report there
      --max-warnings <n>      exit 1 with more warnings than that (default: -1, no limit)
      --color, --no-color
`,
  'zh-cn': `looplens merge <报告…> [选项]

把多份 "looplens lint --format json" 的报告合并为一份，重复的问题只保留一次：例如 --shard 的各个
分片，或 monorepo 中各个包的报告。

  -f, --format <名称[:文件]>  lint 的任意格式（默认 json）；可重复
  -o, --output-file <文件>    把报告写入文件
      --max-warnings <n>      警告超过 n 个时退出码为 1（默认 -1，不限）
      --color, --no-color     是否使用颜色
`,
};

interface JsonFinding {
  /** Absent in reports of versions before 0.3. */
  readonly impact?: Finding['impact'];
  readonly group?: string | null;
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Finding['confidence'];
  readonly category: Finding['category'];
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly role: string;
  /** Reports of 0.2 do not say where a step ends. */
  readonly path: readonly { readonly file: string; readonly line: number; readonly column: number; readonly endLine?: number; readonly endColumn?: number; readonly label: string }[];
  readonly fixes: Finding['fixes'];
  readonly fingerprint: string;
  readonly suppressed: Finding['suppressed'];
}

interface JsonReport {
  readonly schemaVersion: 1;
  readonly tool: LintReport['tool'];
  readonly files: number;
  readonly durationMs: number;
  readonly findings: readonly JsonFinding[];
  readonly errors: readonly FileError[];
  readonly coverage?: Coverage;
}

/**
 * `looplens merge`: puts JSON reports of parts of a repository into one, each finding once. Returns the exit code that one run over
 * all of it would have had.
 */
export async function merge(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseFlags(args, {
    help: { type: 'boolean', short: 'h' },
    format: { type: 'string', short: 'f', multiple: true },
    'output-file': { type: 'string', short: 'o' },
    'max-warnings': { type: 'string' },
    color: { type: 'boolean' },
  });
  if (values.help) {
    io.stdout.write(mergeHelp[io.locale]);
    return exitCode.ok;
  }
  if (positionals.length === 0) throw new UsageError(say('noReports'), true);
  const outputs = destinations(values.format ?? ['json'], values['output-file'], io);
  const maxWarnings = wholeNumber('max-warnings', values['max-warnings'], -1) ?? -1;
  const report = joined(positionals.map(path => readReport(resolve(io.cwd, path), path)), maxWarnings, io);
  for (const { format, file } of outputs) {
    const text = await renderReport(report, format, file === null ? styleFor(io.stdout, io, values.color) : plain);
    if (file === null) io.stdout.write(text);
    else writeOutput(io.cwd, file, text);
  }
  if (outputs.every(({ file }) => file !== null)) io.stderr.write(renderSummary(report, styleFor(io.stderr, io, values.color)));
  if (report.errors.some(error => error.kind === 'fault')) return exitCode.failure;
  if (report.errors.length > 0) return exitCode.findings;
  const count = (severity: Severity): number => report.findings.filter(finding => finding.severity === severity && finding.suppressed === null).length;
  return count('error') > 0 || (maxWarnings >= 0 && count('warn') > maxWarnings) ? exitCode.findings : exitCode.ok;
}

function joined(reports: readonly JsonReport[], maxWarnings: number, io: Io): LintReport {
  const seen = new Set<string>();
  const once = <T>(items: readonly T[], key: (item: T) => string): T[] =>
    items.filter(item => {
      const id = key(item);
      return seen.has(id) ? false : seen.add(id);
    });
  const findings = once(reports.flatMap(report => report.findings), item => `f ${item.fingerprint} ${item.file}`).sort((a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.rule, b.rule));
  const errors = once(reports.flatMap(report => report.errors), item => `e ${item.file} ${item.line} ${item.message}`).sort((a, b) => compareText(a.file, b.file) || a.line - b.line);
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  const files = sum(reports.map(report => report.files));
  const repository = gitRoot(io.cwd);
  const inside = repository === null ? '' : relative(repository, io.cwd).split(sep).join('/');
  return {
    tool: reports[0]!.tool,
    locale: io.locale,
    files,
    analysed: files,
    durationMs: sum(reports.map(report => report.durationMs)),
    findings: findings.map(toFinding),
    errors,
    coverage: joinedCoverage(reports),
    view: 'page',
    ruleHelp: rulePageUrl,
    text: file => readText(resolve(io.cwd, file), { root: repository ?? io.cwd }, sourceLimit),
    root: io.cwd.split(sep).join('/'),
    fromRepository: inside === '' ? '' : `${inside}/`,
    maxWarnings,
  };
}

/** Each shard has looked at the whole program, so what it left out is the same in all; reports of older versions say nothing. */
function joinedCoverage(reports: readonly JsonReport[]): Coverage {
  const known = reports.flatMap(({ coverage }) => (coverage ? [coverage] : []));
  const most = (key: 'unlinked' | 'crowded'): number => Math.max(0, ...known.map(({ [key]: count }) => (typeof count === 'number' ? count : 0)));
  const union = (key: 'leftOut' | 'generated' | 'partly' | 'silent'): string[] => [...new Set(known.flatMap(coverage => (Array.isArray(coverage[key]) ? coverage[key].map(String) : [])))].sort(compareText);
  return { leftOut: union('leftOut'), generated: union('generated'), partly: union('partly'), unlinked: most('unlinked'), crowded: most('crowded'), entries: entriesOf(known), silent: union('silent') };
}

/** Numbers by role, of the first report that has any. */
function entriesOf(known: readonly Coverage[]): Record<string, number> {
  const first = known.find(({ entries }) => typeof entries === 'object' && entries !== null)?.entries ?? {};
  return Object.fromEntries(Object.entries(first).filter(([, count]) => typeof count === 'number'));
}

/** Offsets are not part of a JSON report, and no format shows them. */
function toFinding({ file, line, column, endLine, endColumn, path, ...rest }: JsonFinding): Finding {
  return {
    ...rest,
    impact: typeof rest.impact?.rank === 'number' ? rest.impact : { cost: 'unknown', exposure: 'once', rank: 0 },
    group: typeof rest.group === 'string' ? rest.group : null,
    location: { file, start: 0, end: 0, line, column, endLine, endColumn },
    path: path.map(({ label, ...place }) => ({ label, location: { endLine: place.line, endColumn: place.column, ...place, start: 0, end: 0 } })),
  };
}

function readReport(path: string, name: string): JsonReport {
  const { bytes, refused } = readBytes(path, 'named');
  if (bytes === null) throw new UsageError(`${name} ${refusalText(refused)}`);
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new UsageError(say('noReport', { name }));
  }
  const report = json as Partial<JsonReport> | null;
  if (report?.schemaVersion !== 1 || !Array.isArray(report.findings) || !Array.isArray(report.errors)) throw new UsageError(say('noReport', { name }));
  return report as JsonReport;
}
