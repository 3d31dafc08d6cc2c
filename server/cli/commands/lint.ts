import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { RuleSetting } from '../../core/config/config-schema.ts';
import type { Finding, Severity } from '../../core/hazards/finding.ts';
import { renderJson } from '../../core/report/json.ts';
import { oneLine, type LintReport } from '../../core/report/lint-report.ts';
import { renderStylish, type Style } from '../../core/report/stylish.ts';
import { applyBaseline, emptyBaseline, extendBaseline, parseBaseline, pruneBaseline, renderBaseline, type Baseline } from '../../core/suppress/baseline.ts';
import { exitCode, UsageError } from '../exit-code.ts';
import { oneOf, parseFlags, wholeNumber } from '../flags.ts';
import type { Io } from '../io.ts';
import type { Analysis } from '../analyse.ts';
import { faultText } from '../fault-text.ts';
import { analyseOrRecall } from '../recall-analysis.ts';
import { styleFor } from '../style.ts';
import { toolVersion } from '../../host/tool-version.ts';
import { writeOutput } from '../write-output.ts';
import { userCachePath } from '../../host/cache-place.ts';
import { readBytes, refusalText, settingsLimit } from '../../host/read-file.ts';
import { rulePageUrl } from '../../host/rule-pages.ts';
import { workspaceRoot } from '../../host/workspace-root.ts';

export const lintHelp = `looplens lint [paths…] [options]

Finds what blocks or breaks the event loop of Node.js in the given files, folders and globs
(default: the working directory).

Configuration
  -c, --config <file>          use this config instead of those found beside the files
      --no-config-lookup       use no config files
      --rule <id:severity>     set a rule, over every config; may be repeated
      --print-config <file>    as the command print-config
      --confidence <level>     certain, likely (default) or possible: the least to show

Files
      --ignore-pattern <glob>  leave files out, in .gitignore's form; may be repeated
      --no-ignore              also read what .gitignore and ignorePatterns leave out
      --stdin                  read one file from standard input
      --stdin-filename <path>  its name
      --pass-on-no-patterns    no paths means nothing to do, not the working directory
      --no-error-on-unmatched-pattern  paths that match nothing are no error

Output
  -f, --format <name>          stylish (default), json, sarif, github, gitlab, junit, unix
  -o, --output-file <file>     write the report there
      --color, --no-color
      --stats                  where the time went, on standard error
      --debug                  more of that

Results
      --quiet                  errors only
      --max-warnings <n>       exit 1 with more warnings than that (default: -1, no limit)
      --fix                    apply the safe fixes
      --fix-suggestions        apply suggestions too
      --fix-dry-run            as --fix, but write nothing: the report shows what would be left
      --suppress-all           take all findings into the baseline
      --suppress-rule <id>     take those of a rule; may be repeated
      --prune-suppressions     drop what the baseline holds in vain
      --suppressions-location <file>  default looplens-suppressions.json

Cache
      --no-cache
      --cache-location <file>

Exit codes: 0 nothing at error level, 1 findings, 2 the work could not be done.
`;

const formats = ['stylish', 'json', 'sarif', 'github', 'gitlab', 'junit', 'unix'] as const;
type Format = (typeof formats)[number];

const options = {
  help: { type: 'boolean', short: 'h' },
  config: { type: 'string', short: 'c' },
  'config-lookup': { type: 'boolean' },
  rule: { type: 'string', multiple: true },
  confidence: { type: 'string' },
  'ignore-pattern': { type: 'string', multiple: true },
  ignore: { type: 'boolean' },
  stdin: { type: 'boolean' },
  'stdin-filename': { type: 'string' },
  'pass-on-no-patterns': { type: 'boolean' },
  'error-on-unmatched-pattern': { type: 'boolean' },
  'print-config': { type: 'string' },
  format: { type: 'string', short: 'f' },
  'output-file': { type: 'string', short: 'o' },
  color: { type: 'boolean' },
  stats: { type: 'boolean' },
  debug: { type: 'boolean' },
  quiet: { type: 'boolean' },
  'max-warnings': { type: 'string' },
  fix: { type: 'boolean' },
  'fix-suggestions': { type: 'boolean' },
  'fix-dry-run': { type: 'boolean' },
  'suppress-all': { type: 'boolean' },
  'suppress-rule': { type: 'string', multiple: true },
  'prune-suppressions': { type: 'boolean' },
  'suppressions-location': { type: 'string' },
  cache: { type: 'boolean' },
  'cache-location': { type: 'string' },
} as const;

/** `looplens lint`: returns the exit code. */
export async function lint(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseFlags(args, options);
  if (values.help) {
    io.stdout.write(lintHelp);
    return exitCode.ok;
  }
  if (values['print-config'] !== undefined) return (await import('./print-config.ts')).printConfig([values['print-config'], ...(values.config === undefined ? [] : ['--config', values.config])], io);
  const format = formatOf(values.format, io);
  const maxWarnings = wholeNumber('max-warnings', values['max-warnings'], -1) ?? -1;
  const writes = (values.fix || values['fix-suggestions']) && !values['fix-dry-run'];
  if (writes && values.stdin) throw new UsageError('what comes from --stdin cannot be fixed in place; use --fix-dry-run');
  const paths = positionals.length > 0 ? positionals : values['pass-on-no-patterns'] ? [] : ['.'];
  const request = {
    paths,
    cwd: io.cwd,
    stdin: values.stdin ? { text: await io.readStdin(), file: values['stdin-filename'] ?? 'stdin.js' } : null,
    config: values.config ?? null,
    configLookup: values['config-lookup'] ?? true,
    ruleOverrides: await ruleOverrides(values.rule ?? []),
    confidence: oneOf('confidence', values.confidence ?? 'likely', ['certain', 'likely', 'possible']),
    gitignore: values.ignore ?? true,
    ignorePatterns: values['ignore-pattern'] ?? [],
    unmatchedIsProblem: values['error-on-unmatched-pattern'] ?? true,
    cachePath: values.cache === false ? null : (values['cache-location'] ?? userCachePath(io.cwd)),
    toolVersion: toolVersion(),
    progress: progressTo(io),
  } as const;

  let analysis = await analyseOrRecall(request);
  if (writes || values['fix-dry-run']) analysis = await (await import('../apply-fixes.ts')).applyFixes(request, analysis, { suggestions: values['fix-suggestions'] ?? false, write: writes ?? false });

  const baselinePath = resolve(io.cwd, values['suppressions-location'] ?? 'looplens-suppressions.json');
  const baseline = readBaseline(baselinePath, values['suppressions-location'] !== undefined, workspaceRoot(io.cwd));
  const takes = values['suppress-all'] || values['suppress-rule'] !== undefined;
  const rules = values['suppress-all'] ? null : (values['suppress-rule'] ?? []);
  for (const rule of rules ?? []) if (!(await isRule(rule))) throw new UsageError(`there is no rule "${rule}"`);
  const extended = takes ? extendBaseline(baseline, analysis.findings, rules) : baseline;
  const { findings: marked, unmatched } = applyBaseline(analysis.findings, extended, analysis.isJudged);
  const kept = values['prune-suppressions'] ? pruneBaseline(extended, unmatched) : extended;
  if (takes || values['prune-suppressions']) writeOutput(io.cwd, baselinePath, renderBaseline(kept));

  const findings = values.quiet ? marked.filter(finding => finding.severity === 'error') : marked;
  const report: LintReport = { tool: { name: 'looplens', version: request.toolVersion }, files: analysis.files, durationMs: analysis.durationMs, findings, errors: analysis.errors, ruleHelp: rulePageUrl, text: analysis.text };
  const output = await render(report, format, styleFor(io.stdout, io, values['output-file'] ? false : values.color));
  if (values['output-file'] !== undefined) writeOutput(io.cwd, values['output-file'], output);
  else io.stdout.write(output);

  for (const path of analysis.ignoredByName) io.stderr.write(`looplens: ${path} is left out by "ignorePatterns"; --no-ignore reads it\n`);
  for (const problem of [...analysis.problems, ...analysis.notes]) io.stderr.write(`looplens: ${oneLine(problem)}\n`);
  for (const fault of analysis.faults) io.stderr.write(faultText(fault));
  if (Object.keys(unmatched.files).length > 0 && !values['prune-suppressions']) io.stderr.write('looplens: the baseline holds findings that are gone; run with --prune-suppressions\n');
  if (values.stats || values.debug) io.stderr.write(statsOf(analysis, values.debug ?? false));
  return exitCodeOf(marked, analysis, maxWarnings);
}

function exitCodeOf(findings: readonly Finding[], analysis: Analysis, maxWarnings: number): number {
  if (analysis.problems.length > 0 || analysis.errors.some(error => error.kind === 'fault')) return exitCode.failure;
  // As in ESLint, a file that cannot be analysed is a result at level error: the tool has done its work.
  if (analysis.errors.length > 0) return exitCode.findings;
  const shown = findings.filter(finding => finding.suppressed === null);
  const count = (severity: Severity): number => shown.filter(finding => finding.severity === severity).length;
  return count('error') > 0 || (maxWarnings >= 0 && count('warn') > maxWarnings) ? exitCode.findings : exitCode.ok;
}

function formatOf(flag: string | undefined, io: Io): Format {
  if (flag !== undefined) return oneOf('format', flag, formats);
  return io.env['GITHUB_ACTIONS'] === 'true' ? 'github' : 'stylish';
}

async function render(report: LintReport, format: Format, style: Style): Promise<string> {
  switch (format) {
    case 'stylish':
      return renderStylish(report, style);
    case 'json':
      return renderJson(report);
    case 'sarif':
      return (await import('../../core/report/sarif.ts')).renderSarif(report);
    case 'github':
      return (await import('../../core/report/github.ts')).renderGithub(report);
    case 'gitlab':
      return (await import('../../core/report/gitlab.ts')).renderGitlab(report);
    case 'junit':
      return (await import('../../core/report/junit.ts')).renderJunit(report);
    case 'unix':
      return (await import('../../core/report/unix.ts')).renderUnix(report);
  }
}

/** The rules are loaded only where one is named: a run that has nothing to do does without them. */
async function isRule(id: string): Promise<boolean> {
  return (await import('../../core/hazards/registry.ts')).findRule(id) !== null;
}

async function ruleOverrides(flags: readonly string[]): Promise<Record<string, RuleSetting>> {
  const result: Record<string, RuleSetting> = {};
  for (const flag of flags) {
    const match = /^([\w-]+)\s*:\s*(off|info|warn|error|0|1|2)$/.exec(flag.trim());
    if (!match) throw new UsageError(`--rule takes id:severity, such as blocking-fs:warn; not "${flag}"`);
    if (!(await isRule(match[1]!))) throw new UsageError(`there is no rule "${match[1]}"; run "looplens rules"`);
    result[match[1]!] = ({ '0': 'off', '1': 'warn', '2': 'error' }[match[2]!] ?? match[2]) as Severity | 'off';
  }
  return result;
}

function readBaseline(path: string, named: boolean, root: string): Baseline {
  const { bytes, refused } = readBytes(path, named ? 'named' : { root }, settingsLimit);
  if (bytes === null) {
    if (refused !== 'ENOENT') throw new UsageError(`${path} ${refusalText(refused, settingsLimit)}`);
    if (named && !existsSync(dirname(path))) throw new UsageError(`there is no folder for ${path}`);
    return emptyBaseline;
  }
  const text = bytes.toString('utf8');
  try {
    return parseBaseline(text);
  } catch (error) {
    throw new UsageError(`${path} ${(error as Error).message}`);
  }
}

/** Says what is done once a second has passed: in place on a terminal, as single lines elsewhere. */
function progressTo(io: Io): (done: number, total: number) => void {
  const start = Date.now();
  let last = start;
  return (done, total) => {
    const now = Date.now();
    if (now - start < 1000 || (now - last < (io.stderr.isTTY ? 100 : 5000) && done < total)) return;
    last = now;
    if (io.stderr.isTTY) io.stderr.write(done < total ? `\r\u001B[2K${done}/${total} files` : '\r\u001B[2K');
    else if (done < total) io.stderr.write(`looplens: ${done}/${total} files\n`);
  };
}

function statsOf(analysis: Analysis, debug: boolean): string {
  const { stats } = analysis;
  const lines = [`files ${analysis.files}, ${stats.whole ? 'nothing changed: the report is that of the last run' : `parsed ${stats.parsed}, from the cache ${stats.cached}`}, ${(stats.bytes / 1e6).toFixed(1)} MB`, ...Object.entries(stats.milliseconds).map(([stage, ms]) => `  ${stage.padEnd(10)} ${ms.toFixed(0)} ms`)];
  if (debug) lines.push(`  entries ${stats.entries}, described calls ${stats.describedCalls}, peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
  return `${lines.join('\n')}\n`;
}
