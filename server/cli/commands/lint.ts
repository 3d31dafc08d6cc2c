import { relative, resolve, sep } from 'node:path';
import { globSync } from 'tinyglobby';
import type { RuleSetting } from '../../core/config/config-schema.ts';
import type { Finding, Severity } from '../../core/hazards/finding.ts';
import { oneLine } from '../../core/text/one-line.ts';
import type { LintReport } from '../../core/report/lint-report.ts';
import { plain, renderSummary } from '../../core/report/stylish.ts';
import { closest } from '../../core/text/closest.ts';
import { userCachePath } from '../../host/cache-place.ts';
import { workspacePath } from '../../host/load-workspace.ts';
import { gitRoot } from '../../host/project-root.ts';
import { takeRefusals } from '../../host/read-file.ts';
import { rulePageUrl } from '../../host/rule-pages.ts';
import type { Analysis, AnalyseRequest } from '../analyse.ts';
import { useBaseline } from '../baseline-file.ts';
import { changedFiles } from '../changed-files.ts';
import { exitCode, UsageError } from '../exit-code.ts';
import { faultText } from '../fault-text.ts';
import { oneOf, parseFlags, wholeNumber } from '../flags.ts';
import type { Io } from '../io.ts';
import { lintHelp, lintOptions, optionalValues } from '../lint-options.ts';
import { hint, say } from '../messages.ts';
import { progressTo } from '../progress.ts';
import { destinations, renderReport } from '../reporters.ts';
import { analyseOrRecall } from '../recall-analysis.ts';
import { parseShard } from '../shard.ts';
import { styleFor } from '../style.ts';
import { toolVersion } from '../../host/tool-version.ts';
import { writeOutput } from '../write-output.ts';

type Flags = ReturnType<typeof parseFlags<typeof lintOptions>>['values'];

/** `looplens lint`: returns the exit code. */
export async function lint(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseFlags(args, lintOptions, optionalValues);
  if (values.help) {
    io.stdout.write(lintHelp[io.locale]);
    return exitCode.ok;
  }
  if (values['print-config'] !== undefined) return (await import('./print-config.ts')).printConfig([values['print-config'], ...(values.config === undefined ? [] : ['--config', values.config])], io);
  const request = await requestOf(values, positionals, io);
  if (values['list-files']) return listFiles(request, io);
  if (values.watch) return (await import('../watch.ts')).watch(request, io, () => report(values, request, io));
  return report(values, request, io);
}

/** One run: analyse, fix, apply the baseline, report. */
async function report(values: Flags, request: AnalyseRequest, io: Io): Promise<number> {
  const outputs = destinations(values.format ?? [], values['output-file'], io);
  const maxWarnings = wholeNumber('max-warnings', values['max-warnings'], -1) ?? -1;
  const least = oneOf('severity', values.quiet ? 'error' : (values.severity ?? 'info'), ['error', 'warn', 'info']);
  let analysis = await analyseOrRecall(request);
  if (values.diff) return (await import('../show-diff.ts')).showDiff(analysis, values['fix-suggestions'] ?? false, io);
  const writes = Boolean(values.fix || values['fix-suggestions']) && !values['fix-dry-run'];
  if (writes || values['fix-dry-run']) analysis = await (await import('../apply-fixes.ts')).applyFixes(request, analysis, { suggestions: values['fix-suggestions'] ?? false, write: writes });

  const take = values['suppress-all'] ? null : values['suppress-rule'];
  for (const rule of take ?? []) await checkRule(rule);
  const baseline = useBaseline(analysis.findings, { cwd: io.cwd, location: values['suppressions-location'], take, prune: values['prune-suppressions'] ?? false, isJudged: analysis.isJudged });

  const lintReport = reportOf(analysis, atLeast(baseline.findings, least), maxWarnings, viewOf(values), io);
  for (const { format, file } of outputs) {
    const style = file === null ? styleFor(io.stdout, io, values.color) : plain;
    const text = await renderReport(lintReport, format, style);
    if (file === null) io.stdout.write(text);
    else writeOutput(io.cwd, file, text);
  }
  // Whoever sends the report to a file still sees in the log why the step is red.
  if (outputs.every(({ file }) => file !== null)) io.stderr.write(renderSummary(lintReport, styleFor(io.stderr, io, values.color)));

  const tell = (text: string): unknown => io.stderr.write(`looplens: ${oneLine(text)}\n`);
  for (const path of analysis.ignoredByName) tell(say('ignoredByConfig', { path })[io.locale]);
  const refused = takeRefusals().map(({ path, reason }) => `${path} ${reason}; it counts as absent`);
  for (const problem of [...analysis.problems, ...analysis.notes, ...refused]) tell(problem);
  for (const fault of analysis.faults) io.stderr.write(faultText(fault));
  if (baseline.isStale) tell(say('baselineStale')[io.locale]);
  if (values.stats || values.debug) io.stderr.write(statsOf(analysis, values.debug ?? false));
  if (values.timing) io.stderr.write(timingOf(request.ruleMilliseconds!));
  return exitCodeOf(baseline.findings, analysis, maxWarnings);
}

async function requestOf(values: Flags, positionals: readonly string[], io: Io): Promise<AnalyseRequest> {
  const writes = (values.fix || values['fix-suggestions']) && !values['fix-dry-run'] && !values.diff;
  if (writes && values.stdin) throw new UsageError(say('stdinNotFixed'), true);
  if (writes && values.staged) throw new UsageError(say('fixStaged'), true);
  const changed = await changedFiles({ changed: values.changed, since: values.since, staged: values.staged }, io.cwd);
  if (changed && values.stdin) throw new UsageError(say('stdinAndGit'), true);
  const fixed = ['stdin', 'changed', 'since', 'staged'].find(name => values[name as 'stdin'] !== undefined);
  if (values.watch && fixed !== undefined) throw new UsageError(say('watchAndGit', { flag: `--${fixed}` }), true);
  const only = values.only?.flatMap(list => list.split(',')).map(name => name.trim()).filter(name => name !== '') ?? null;
  for (const rule of only ?? []) await checkRule(rule);
  return {
    paths: positionals.length > 0 ? positionals : values['pass-on-no-patterns'] ? [] : ['.'],
    cwd: io.cwd,
    changed,
    locale: io.locale,
    stdin: values.stdin ? { text: await io.readStdin(), file: values['stdin-filename'] ?? 'stdin.js' } : null,
    config: values.config ?? null,
    configLookup: values['config-lookup'] ?? true,
    ruleOverrides: await ruleOverrides(values.rule ?? []),
    confidence: oneOf('confidence', values.confidence ?? 'likely', ['certain', 'likely', 'possible']),
    only,
    factsFiles: values.facts === undefined ? null : factsFiles(values.facts, io.cwd),
    shard: values.shard === undefined ? null : parseShard(values.shard),
    gitignore: values.ignore ?? true,
    ignorePatterns: values['ignore-pattern'] ?? [],
    unmatchedIsProblem: values['error-on-unmatched-pattern'] ?? true,
    cachePath: values.cache === false ? null : (values['cache-location'] ?? userCachePath(io.cwd)),
    toolVersion: toolVersion(),
    ruleMilliseconds: values.timing ? new Map() : null,
    progress: progressTo(io),
  };
}

function reportOf(analysis: Analysis, findings: readonly Finding[], maxWarnings: number, view: LintReport['view'], io: Io): LintReport {
  const repository = gitRoot(io.cwd);
  const inside = repository === null ? '' : relative(repository, io.cwd).split(sep).join('/');
  return {
    tool: { name: 'looplens', version: toolVersion() },
    locale: io.locale,
    files: analysis.reported.length,
    analysed: analysis.files,
    durationMs: analysis.durationMs,
    findings,
    errors: analysis.errors,
    coverage: analysis.coverage,
    view,
    ruleHelp: rulePageUrl,
    text: analysis.text,
    root: io.cwd.split(sep).join('/'),
    fromRepository: inside === '' ? '' : `${inside}/`,
    maxWarnings,
  };
}

/** What the flags ask to be shown; sorted by file it is everything. */
function viewOf(values: Flags): LintReport['view'] {
  const sort = oneOf('sort', values.sort ?? 'impact', ['impact', 'file']);
  return sort === 'file' ? 'file' : values.all ? 'all' : 'page';
}

function atLeast(findings: readonly Finding[], least: Severity): readonly Finding[] {
  const rank = { info: 0, warn: 1, error: 2 };
  return findings.filter(finding => rank[finding.severity] >= rank[least]);
}

async function listFiles(request: AnalyseRequest, io: Io): Promise<number> {
  const { findProgram, readConfigs } = await import('../analyse.ts');
  const { named, program } = findProgram(request);
  const { configs } = readConfigs(request, program.configFiles, named.configFiles);
  const shown = named.sources.filter(path => request.changed?.files.has(path) ?? true).map(path => workspacePath(io.cwd, path));
  for (const file of shown) if (!request.gitignore || !configs.ignores(file)) io.stdout.write(`${file}\n`);
  for (const { path, message } of named.problems) io.stderr.write(`looplens: ${workspacePath(io.cwd, path)}: ${message}\n`);
  return named.problems.length > 0 ? exitCode.failure : exitCode.ok;
}

function exitCodeOf(findings: readonly Finding[], analysis: Analysis, maxWarnings: number): number {
  if (analysis.problems.length > 0 || analysis.errors.some(error => error.kind === 'fault')) return exitCode.failure;
  // As in ESLint, a file that cannot be analysed is a result at level error: the tool has done its work.
  if (analysis.errors.length > 0) return exitCode.findings;
  const shown = findings.filter(finding => finding.suppressed === null);
  const count = (severity: Severity): number => shown.filter(finding => finding.severity === severity).length;
  return count('error') > 0 || (maxWarnings >= 0 && count('warn') > maxWarnings) ? exitCode.findings : exitCode.ok;
}

async function ruleOverrides(flags: readonly string[]): Promise<Record<string, RuleSetting>> {
  const result: Record<string, RuleSetting> = {};
  for (const flag of flags) {
    const match = /^([\w-]+)\s*:\s*(off|info|warn|error|0|1|2)$/.exec(flag.trim());
    if (!match) throw new UsageError(say('ruleForm', { value: flag }), true);
    await checkRule(match[1]!);
    result[match[1]!] = ({ '0': 'off', '1': 'warn', '2': 'error' }[match[2]!] ?? match[2]) as Severity | 'off';
  }
  return result;
}

/** The files that the globs name, absolute and sorted; a plain name counts whether it is there or not. */
function factsFiles(globs: readonly string[], cwd: string): readonly string[] {
  const found = globs.flatMap(glob => (/[*?[\]{}]/.test(glob) ? globSync(glob, { cwd, absolute: true, dot: true, followSymbolicLinks: false }) : [resolve(cwd, glob)]));
  return [...new Set(found)].sort();
}

/** The rules are loaded only where one is named: a run that has nothing to do does without them. */
async function checkRule(name: string): Promise<void> {
  const { findRule, rules } = await import('../../core/hazards/registry.ts');
  const { unusedDisableComment } = await import('../../core/suppress/suppress-findings.ts');
  if (findRule(name) || name === unusedDisableComment) return;
  const near = closest(name, [...rules.map(rule => rule.meta.id), unusedDisableComment]);
  throw new UsageError(say('noRule', { name, hint: hint(near === null ? null : `"${near}"`) }));
}

function statsOf(analysis: Analysis, debug: boolean): string {
  const { stats } = analysis;
  const lines = [`files ${analysis.files}, ${stats.whole ? 'nothing changed: the report is that of the last run' : `parsed ${stats.parsed}, from the cache ${stats.cached}, by the native parser ${stats.native}`}, ${(stats.bytes / 1e6).toFixed(1)} MB`, ...Object.entries(stats.milliseconds).map(([stage, ms]) => `  ${stage.padEnd(10)} ${ms.toFixed(0)} ms`)];
  if (debug) lines.push(`  entries ${stats.entries}, described calls ${stats.describedCalls}, peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
  return `${lines.join('\n')}\n`;
}

/** The slowest rules first. What rules share is computed when the first of them asks, and is counted there. */
function timingOf(milliseconds: ReadonlyMap<string, number>): string {
  const rows = [...milliseconds].sort(([, a], [, b]) => b - a);
  const total = rows.reduce((sum, [, ms]) => sum + ms, 0);
  const width = Math.max(4, ...rows.map(([rule]) => rule.length));
  const shown = rows.slice(0, 20).map(([rule, ms]) => `${rule.padEnd(width)}  ${ms.toFixed(1).padStart(8)} ms  ${((100 * ms) / (total || 1)).toFixed(1).padStart(5)} %`);
  return `${[...shown, `${'all'.padEnd(width)}  ${total.toFixed(1).padStart(8)} ms`].join('\n')}\n`;
}
