import { dirname, relative, resolve, sep } from 'node:path';
import type { RuleSetting } from '../core/config/config-schema.ts';
import { extraModels } from '../core/config/extra-models.ts';
import type { FileSettings } from '../core/config/file-settings.ts';
import { createConfigSet, type ConfigSet } from '../core/config/resolve-config.ts';
import { createGuard, type Fault, type GuardOptions } from '../core/faults/guard.ts';
import { entryCoverage } from '../core/graph/entry-coverage.ts';
import { ruleOfPart } from '../core/hazards/check-rules.ts';
import type { Confidence, Finding, SourceLocation } from '../core/hazards/finding.ts';
import type { Locale } from '../core/hazards/messages.ts';
import type { FileError } from '../core/report/lint-report.ts';
import type { StoredReport } from '../core/report/stored-report.ts';
import { rules } from '../core/hazards/registry.ts';
import type { Rule } from '../core/hazards/rule.ts';
import { createWorkspace, defaultSeverity } from '../core/workspace.ts';
import { createFastExtractor } from '../host/fast-extractor.ts';
import { openFactsCache, type FactsCache } from '../host/facts-cache.ts';
import { findFiles, isSource, type FoundFiles } from '../host/find-files.ts';
import { readFactsFiles, withFacts } from '../host/facts-file.ts';
import { loadWorkspace, workspacePath } from '../host/load-workspace.ts';
import { projectRoot, workspaceRoot } from '../host/project-root.ts';
import { isInside, readText, takeRefusals, type Trust } from '../host/read-file.ts';
import { isGone } from '../host/stats-of.ts';
import type { ChangedFiles } from './changed-files.ts';
import { UsageError } from './exit-code.ts';
import { say } from './messages.ts';
import { inShard, type Shard } from './shard.ts';

/** What to analyse and how. */
export interface AnalyseRequest {
  /** What is reported: files, folders and globs. The whole project around each of them is analysed. */
  readonly paths: readonly string[];
  /** Only what is in these files, or caused in them, is reported; absent or null for no such limit. */
  readonly changed?: ChangedFiles | null;
  /** Language of messages; English by default. */
  readonly locale?: Locale;
  readonly cwd: string;
  readonly stdin: { readonly text: string; readonly file: string } | null;
  /** A config file to use instead of those found. */
  readonly config: string | null;
  readonly configLookup: boolean;
  readonly ruleOverrides: Readonly<Record<string, RuleSetting>>;
  readonly confidence: Confidence;
  /** Only these rules are reported; absent or null for all. */
  readonly only?: readonly string[] | null;
  /** Part of the files that is reported; absent or null for all. */
  readonly shard?: Shard | null;
  /** Files of `looplens facts`; absent or null for none. */
  readonly factsFiles?: readonly string[] | null;
  /** Takes the time of each rule, ms. */
  readonly ruleMilliseconds?: Map<string, number> | null;
  readonly gitignore: boolean;
  readonly ignorePatterns: readonly string[];
  readonly unmatchedIsProblem?: boolean;
  readonly cachePath: string | null;
  readonly toolVersion: string;
  readonly progress?: (done: number, total: number) => void;
  /** Of the guard; for tests. */
  readonly probe?: GuardOptions['probe'];
}

export interface Analysis extends Omit<StoredReport, 'bytes'> {
  /** What Looplens itself failed on. */
  readonly faults: readonly Fault[];
  readonly durationMs: number;
  readonly text: (file: string) => string | null;
  /** Whether all findings of a file are known: it was analysed in full, or it is gone. */
  readonly isJudged: (file: string) => boolean;
  readonly stats: AnalysisStats;
}

/** What an analysis cost. */
export interface AnalysisStats {
  /** The whole report was kept from an earlier run. */
  readonly whole?: true;
  /** Files by where their facts came from. */
  readonly parsed: number;
  readonly cached: number;
  /** Of the parsed files those that the native parser read. */
  readonly native: number;
  readonly bytes: number;
  readonly entries: number;
  readonly describedCalls: number;
  readonly milliseconds: Readonly<Record<string, number>>;
}

/**
 * Finds, reads, links and checks. Throws a UsageError for a config that cannot be used. Where a part fails after facts were taken from
 * the cache, they may be to blame: once more without, and the cache is replaced.
 */
export async function analyse(request: AnalyseRequest): Promise<Analysis> {
  const cache = request.cachePath === null ? null : openFactsCache(resolve(request.cwd, request.cachePath), request.toolVersion);
  const analysis = await analyseWith(request, cache);
  if (analysis.faults.length === 0 || !cache?.wasUsed) return analysis;
  cache.forget();
  return analyseWith(request, cache);
}

async function analyseWith(request: AnalyseRequest, cache: FactsCache | null): Promise<Analysis> {
  const start = performance.now();
  const milliseconds: Record<string, number> = {};
  const { cwd, locale = 'en', only = null, changed = null } = request;
  let mark = start;
  const lap = (stage: string): void => {
    milliseconds[stage] = performance.now() - mark;
    mark = performance.now();
  };

  const { named, program } = findProgram(request);
  const { configs, notes } = readConfigs(request, program.configFiles, named.configFiles);
  const wanted = (path: string): boolean => !request.gitignore || !configs.ignores(workspacePath(cwd, path));
  const found = { ...program, sources: program.sources.filter(wanted) };
  const ignoredByName = request.paths.filter(path => named.sources.includes(resolve(cwd, path)) && !wanted(resolve(cwd, path)));
  lap('discover');

  // The workspace names files from its own root, findings from the working directory: what is found does not depend on where one stands.
  const root = workspaceRoot(cwd);
  const inWorkspace = (file: string): string => workspacePath(root, resolve(cwd, file));
  const shownPath = (path: string): string => displayPath(cwd, root, path);
  const shown = (file: string): string => shownPath(resolve(root, file));
  const guard = createGuard({ passes: error => error instanceof UsageError, ...(request.probe && { probe: request.probe }) });
  const fast = createFastExtractor();
  const workspace = createWorkspace({ guard, locale, loadFastExtractor: fast.load, ...(request.ruleMilliseconds ? { rules: timed(request.ruleMilliseconds) } : {}) });
  const given = request.factsFiles ? readFactsFiles(request.factsFiles) : null;
  const loaded = await loadWorkspace(workspace, found, { root, cache: given ? withFacts(cache, given.facts, path => workspacePath(root, path)) : cache, progress: request.progress });
  for (const [file, text] of textsBesideDisk(request)) workspace.setText(inWorkspace(file), text);
  workspace.configure({ settingsFor: file => onlyRules(configs.settingsFor(shown(file)), only), extraFrameworks: extraModels(configs.layers, inWorkspace) });
  lap('facts');
  const snapshot = await workspace.snapshot();
  lap('link');
  const all = snapshot.findings().map(finding => withPaths(finding, shown));
  lap('rules');
  if (cache) guard.attempt('cache', null, () => cache.save(), () => undefined);
  lap('cache');

  const reported = new Set([...named.sources.filter(wanted), ...(request.stdin ? [resolve(cwd, request.stdin.file)] : []), ...(changed?.texts.keys() ?? [])].filter(path => !request.shard || inShard(workspacePath(root, path), request.shard)).map(shownPath));
  const isChanged = (file: string): boolean => changed === null || changed.files.has(resolve(cwd, file));
  // A finding that a changed file causes stands where the operation is, which may be far from the change.
  const findings = all.filter(({ rule, location, path }) => reported.has(location.file) && (isChanged(location.file) || path.some(step => isChanged(step.location.file))) && (only === null || only.includes(rule)));
  const unread = loaded.problems.map((problem): FileError => ({ ...problem, line: 0, column: 0, kind: 'unread' }));
  const errors = [...snapshot.errors, ...unread].map(error => ({ ...error, file: shown(error.file) }));
  const failedRules = snapshot.faults().map((fault): FileError => ({ file: '', line: 0, column: 0, message: `Looplens itself failed in ${fault.part}: ${fault.message}`, kind: 'fault', ...ruleOf(fault) }));
  const unreadNamed = loaded.problems.filter(({ file }) => found.named.has(resolve(root, file))).map(({ file, message }) => `${shown(file)} ${message}`);
  const isReported = (file: string): boolean => reported.has(file) && isChanged(file);
  const elsewhere = [...new Set(errors.map(error => error.file))].filter(file => !isReported(file));
  const analysed = new Set(snapshot.graph.files.map(shown));
  for (const error of errors) analysed.delete(error.file);
  return {
    findings,
    errors: [...errors.filter(error => isReported(error.file)), ...failedRules],
    coverage: { leftOut: found.leftOut.map(shownPath), generated: loaded.generated.map(shown), partly: snapshot.partly.map(shown), unlinked: snapshot.graph.files.length - snapshot.graph.linkedFiles.length, crowded: snapshot.graph.crowded, ...entryCoverage(snapshot.graph) },
    faults: guard.faults,
    notes: [
      ...notes,
      ...(given && given.unusable.length > 0 ? [say('factsUnusable', { files: given.unusable.map(path => displayPath(cwd, root, path)).join(', ') })[locale]] : []),
      ...undecodableNote(found.undecodable),
      ...takeRefusals().filter(({ path }) => !found.sources.includes(path)).map(({ path, reason }) => `${workspacePath(cwd, path)} ${reason}; it counts as absent`),
      ...(elsewhere.length > 0 ? [say('othersIncomplete', { count: elsewhere.length, files: listed(elsewhere) })[locale]] : []),
    ],
    problems: [...unreadNamed, ...named.problems.map(problem => `${relative(cwd, resolve(cwd, problem.path)).split(sep).join('/') || '.'}: ${problem.message}`)],
    reported: [...reported].filter(isChanged).sort(),
    files: snapshot.graph.files.length,
    durationMs: performance.now() - start,
    text: file => snapshot.graph.text(inWorkspace(file)),
    isJudged: file => only === null && ((analysed.has(file) && isReported(file)) || isGone(resolve(cwd, file))),
    judged: only === null ? [...analysed].filter(isReported) : [],
    ignoredByName,
    stats: { parsed: loaded.parsed, cached: loaded.cached, native: fast.count, bytes: loaded.bytes, entries: snapshot.graph.entries.length, describedCalls: snapshot.graph.operations.length, milliseconds },
  };
}

/** What the paths name, and the project that it is a part of: what code does is known only with those who call it. */
export function findProgram(request: Pick<AnalyseRequest, 'cwd' | 'paths' | 'stdin' | 'changed' | 'gitignore' | 'ignorePatterns' | 'unmatchedIsProblem'>): { readonly named: FoundFiles; readonly program: FoundFiles } {
  const { cwd } = request;
  const options = { cwd, gitignore: request.gitignore, ignorePatterns: request.gitignore ? request.ignorePatterns : [] };
  const paths = request.stdin && request.paths.every(path => path === '.') ? [] : request.paths;
  const otherFiles = [...(request.stdin ? [request.stdin.file] : []), ...(request.changed?.texts.keys() ?? [])];
  const named = findFiles(paths, { ...options, otherFiles, unmatchedIsProblem: request.unmatchedIsProblem });
  const folders = new Set([...named.sources, ...otherFiles.map(file => resolve(cwd, file))].map(file => dirname(file)));
  const roots = new Set([...folders].map(folder => projectRoot(folder) ?? (relative(cwd, folder).startsWith('..') ? folder : cwd)));
  // A root inside of another one is walked with it.
  const outermost = [...roots].filter(folder => ![...roots].some(other => other !== folder && folder.startsWith(other + sep)));
  const around = findFiles(outermost, options);
  const union = (key: 'sources' | 'projectFiles' | 'configFiles'): string[] => [...new Set([...around[key], ...named[key]])].sort();
  return { named, program: { named: named.named, sources: union('sources'), projectFiles: union('projectFiles'), configFiles: union('configFiles'), leftOut: around.leftOut, undecodable: around.undecodable, problems: named.problems } };
}

/** Texts that replace what is on the disk: from standard input, from Git's index. */
function textsBesideDisk({ cwd, stdin, changed }: AnalyseRequest): readonly (readonly [file: string, text: string])[] {
  const texts = [...(changed?.texts ?? [])].filter(([file]) => isSource(file));
  return stdin ? [...texts, [resolve(cwd, stdin.file), stdin.text]] : texts;
}

/** The rules with a clock around each. */
function timed(milliseconds: Map<string, number>): readonly Rule[] {
  return rules.map(rule => ({
    ...rule,
    check(context) {
      const start = performance.now();
      rule.check(context);
      milliseconds.set(rule.meta.id, (milliseconds.get(rule.meta.id) ?? 0) + performance.now() - start);
    },
  }));
}

/** A rule that is asked for by name runs at its own severity where the config switches it off. */
function onlyRules(settings: FileSettings, only: readonly string[] | null): FileSettings {
  if (only === null) return settings;
  return { ...settings, severityOf: rule => (only.includes(rule) && settings.severityOf(rule) === 'off' ? defaultSeverity(rule) : settings.severityOf(rule)) };
}

/** A file as it is shown: from the working directory, also upward where it lies in the same project; elsewhere in full. */
export function displayPath(cwd: string, root: string, path: string): string {
  const fromRoot = workspacePath(root, path);
  return fromRoot === path.split(sep).join('/') ? workspacePath(cwd, path) : relative(cwd, path).split(sep).join('/');
}

/** The first few of many names. */
function listed(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')}, …`;
}

function ruleOf({ part }: Fault): { rule?: string } {
  const rule = ruleOfPart(part);
  return rule === null ? {} : { rule };
}

function undecodableNote(count: number): string[] {
  return count === 0 ? [] : [`${count} file${count === 1 ? ' or folder has a name that is' : 's or folders have names that are'} not UTF-8; left out`];
}

function withPaths(finding: Finding, name: (file: string) => string): Finding {
  const at = (location: SourceLocation): SourceLocation => ({ ...location, file: name(location.file) });
  return {
    ...finding,
    location: at(finding.location),
    path: finding.path.map(step => ({ ...step, location: at(step.location) })),
    fixes: finding.fixes.map(fix => ({ ...fix, edits: fix.edits.map(edit => ({ ...edit, file: name(edit.file) })) })),
  };
}

/**
 * The configs that hold, asked with workspace paths. A mistake in one that holds for what is reported (`strict`) is an error, since nobody
 * wants to be checked by half a config; one elsewhere in the project is a note.
 */
export function readConfigs(request: Pick<AnalyseRequest, 'cwd' | 'config' | 'configLookup' | 'ruleOverrides' | 'confidence' | 'locale'>, found: readonly string[], strict: readonly string[] = found): { readonly configs: ConfigSet; readonly notes: readonly string[] } {
  const { cwd } = request;
  // By absolute paths, since configs above the working directory hold, too.
  const absolute = (file: string): string => resolve(cwd, file).split(sep).join('/');
  const texts = new Map<string, string>();
  const named = request.config;
  const root = workspaceRoot(cwd);
  const read = (path: string, name: string, trust: Trust): void => {
    const text = readText(path, trust);
    if (text === null) throw new UsageError(say('configUnreadable', { name }));
    texts.set(absolute(path), text);
  };
  if (named !== null) read(resolve(cwd, named), named, 'named');
  else if (request.configLookup) for (const path of found) read(path, path, { root: isInside(path, root) ? root : workspaceRoot(dirname(path)) });
  const { ruleOverrides, confidence } = request;
  const isOutside = (path: string): boolean => !isInside(path, root) && (named === null || !isInside(path, dirname(resolve(cwd, named))));
  const configs = createConfigSet(texts, path => readText(path, { root }), { ruleOverrides, confidence, defaultSeverity, isOutside, directory: named === null ? undefined : absolute('.') });
  const elsewhere = new Set(named === null ? found.filter(path => !strict.includes(path)).map(absolute) : []);
  const place = ({ file, line, column }: ConfigSet['problems'][number]): string => `${workspacePath(cwd, file)}:${line}:${column}`;
  const wrong = configs.problems.filter(({ file }) => !elsewhere.has(file));
  if (wrong.length > 0) throw new UsageError(wrong.map(problem => `${place(problem)}: ${problem.message}`).join('\n'));
  return {
    configs: {
      problems: configs.problems,
      layers: configs.layers,
      configFor: file => configs.configFor(absolute(file)),
      settingsFor: file => configs.settingsFor(absolute(file)),
      ignores: file => configs.ignores(absolute(file)),
    },
    notes: configs.problems.length > 0 ? [say('otherConfigs', { places: configs.problems.map(place).join(', ') })[request.locale ?? 'en']] : [],
  };
}
