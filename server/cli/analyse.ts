import { dirname, relative, resolve, sep } from 'node:path';
import type { RuleSetting } from '../core/config/config-schema.ts';
import { extraModels } from '../core/config/extra-models.ts';
import { createConfigSet, type ConfigSet } from '../core/config/resolve-config.ts';
import { createGuard, type Fault, type GuardOptions } from '../core/faults/guard.ts';
import { ruleOfPart } from '../core/hazards/check-rules.ts';
import type { Confidence, Finding, SourceLocation } from '../core/hazards/finding.ts';
import type { FileError } from '../core/report/lint-report.ts';
import { createWorkspace, defaultSeverity } from '../core/workspace.ts';
import { openFactsCache, type FactsCache } from '../host/facts-cache.ts';
import { findFiles } from '../host/find-files.ts';
import { isGone } from '../host/stats-of.ts';
import { loadWorkspace, workspacePath } from '../host/load-workspace.ts';
import { isInside, readText, takeRefusals, type Trust } from '../host/read-file.ts';
import { workspaceRoot } from '../host/workspace-root.ts';
import { UsageError } from './exit-code.ts';

/** What to analyse and how. */
export interface AnalyseRequest {
  readonly paths: readonly string[];
  readonly cwd: string;
  readonly stdin: { readonly text: string; readonly file: string } | null;
  /** A config file to use instead of those found. */
  readonly config: string | null;
  readonly configLookup: boolean;
  readonly ruleOverrides: Readonly<Record<string, RuleSetting>>;
  readonly confidence: Confidence;
  readonly gitignore: boolean;
  readonly ignorePatterns: readonly string[];
  readonly unmatchedIsProblem?: boolean;
  readonly cachePath: string | null;
  readonly toolVersion: string;
  readonly progress?: (done: number, total: number) => void;
  /** Of the guard; for tests. */
  readonly probe?: GuardOptions['probe'];
}

export interface Analysis {
  readonly findings: readonly Finding[];
  /** Files that could not be analysed in full, and rules that failed. */
  readonly errors: readonly FileError[];
  /** What Looplens itself failed on. */
  readonly faults: readonly Fault[];
  /** What was left aside and does not matter for the exit code, a sentence each. */
  readonly notes: readonly string[];
  /** What else could not be done, a sentence each. */
  readonly problems: readonly string[];
  readonly files: number;
  readonly durationMs: number;
  readonly text: (file: string) => string | null;
  /** Whether all findings of a file are known: it was analysed in full, or it is gone. */
  readonly isJudged: (file: string) => boolean;
  /** The files that were analysed in full. */
  readonly judged: readonly string[];
  /** Files that were named and that an ignore pattern of a config leaves out all the same. */
  readonly ignoredByName: readonly string[];
  readonly stats: AnalysisStats;
}

/** What an analysis cost. */
export interface AnalysisStats {
  /** The whole report was kept from an earlier run. */
  readonly whole?: true;
  /** Files by where their facts came from. */
  readonly parsed: number;
  readonly cached: number;
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
  const { cwd } = request;
  let mark = start;
  const lap = (stage: string): void => {
    milliseconds[stage] = performance.now() - mark;
    mark = performance.now();
  };

  const paths = request.stdin && request.paths.every(path => path === '.') ? [] : request.paths;
  const foundAll = findFiles(paths, {
    cwd,
    gitignore: request.gitignore,
    ignorePatterns: request.gitignore ? request.ignorePatterns : [],
    otherFiles: request.stdin ? [request.stdin.file] : [],
    unmatchedIsProblem: request.unmatchedIsProblem,
  });
  const configs = readConfigs(request, foundAll.configFiles);
  const found = request.gitignore ? { ...foundAll, sources: foundAll.sources.filter(path => !configs.ignores(workspacePath(cwd, path))) } : foundAll;
  const kept = new Set(found.sources);
  const ignoredByName = paths.filter(path => foundAll.sources.includes(resolve(cwd, path)) && !kept.has(resolve(cwd, path)));
  lap('discover');

  // The workspace names files from its own root, findings from the working directory: what is found does not depend on where one stands.
  const root = workspaceRoot(cwd);
  const inWorkspace = (file: string): string => workspacePath(root, resolve(cwd, file));
  const shown = (file: string): string => workspacePath(cwd, resolve(root, file));
  const guard = createGuard({ passes: error => error instanceof UsageError, ...(request.probe && { probe: request.probe }) });
  const workspace = createWorkspace({ guard });
  const loaded = await loadWorkspace(workspace, found, { root, cache, progress: request.progress });
  if (request.stdin) workspace.setText(inWorkspace(request.stdin.file), request.stdin.text);
  workspace.configure({ settingsFor: file => configs.settingsFor(shown(file)), extraFrameworks: extraModels(configs.layers, inWorkspace) });
  lap('facts');
  const snapshot = await workspace.snapshot();
  lap('link');
  const findings = snapshot.findings().map(finding => withPaths(finding, shown));
  lap('rules');
  if (cache) guard.attempt('cache', null, () => cache.save(), () => undefined);
  lap('cache');

  const unread = loaded.problems.map((problem): FileError => ({ ...problem, line: 0, column: 0, kind: 'unread' }));
  const failedRules = snapshot.faults().map((fault): FileError => ({ file: '', line: 0, column: 0, message: `Looplens itself failed in ${fault.part}: ${fault.message}`, kind: 'fault', ...ruleOf(fault) }));
  const errors = [...[...snapshot.errors, ...unread].map(error => ({ ...error, file: shown(error.file) })), ...failedRules];
  const unreadNamed = loaded.problems.filter(({ file }) => found.named.has(resolve(root, file))).map(({ file, message }) => `${shown(file)} ${message}`);
  const analysed = new Set(snapshot.graph.files.map(shown));
  for (const error of errors) analysed.delete(error.file);
  return {
    findings,
    errors,
    faults: guard.faults,
    notes: takeRefusals().filter(({ path }) => !found.sources.includes(path)).map(({ path, reason }) => `${workspacePath(cwd, path)} ${reason}; it counts as absent`),
    problems: [...unreadNamed, ...foundAll.problems.map(problem => `${relative(cwd, resolve(cwd, problem.path)).split(sep).join('/') || '.'}: ${problem.message}`)],
    files: snapshot.graph.files.length,
    durationMs: performance.now() - start,
    text: file => snapshot.graph.text(inWorkspace(file)),
    isJudged: file => analysed.has(file) || isGone(resolve(cwd, file)),
    judged: [...analysed],
    ignoredByName,
    stats: { parsed: loaded.parsed, cached: loaded.cached, bytes: loaded.bytes, entries: snapshot.graph.entries.length, describedCalls: snapshot.graph.operations.length, milliseconds },
  };
}

function ruleOf({ part }: Fault): { rule?: string } {
  const rule = ruleOfPart(part);
  return rule === null ? {} : { rule };
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

/** The configs that hold, asked with workspace paths; a mistake in one of them is an error, since nobody wants to be checked by half a config. */
export function readConfigs(request: Pick<AnalyseRequest, 'cwd' | 'config' | 'configLookup' | 'ruleOverrides' | 'confidence'>, found: readonly string[]): ConfigSet {
  const { cwd } = request;
  // By absolute paths, since configs above the working directory hold, too.
  const absolute = (file: string): string => resolve(cwd, file).split(sep).join('/');
  const texts = new Map<string, string>();
  const named = request.config;
  const root = workspaceRoot(cwd);
  const read = (path: string, name: string, trust: Trust): void => {
    const text = readText(path, trust);
    if (text === null) throw new UsageError(`the config ${name} cannot be read`);
    texts.set(absolute(path), text);
  };
  if (named !== null) read(resolve(cwd, named), named, 'named');
  else if (request.configLookup) for (const path of found) read(path, path, { root });
  const { ruleOverrides, confidence } = request;
  const isOutside = (path: string): boolean => !isInside(path, root) && (named === null || !isInside(path, dirname(resolve(cwd, named))));
  const configs = createConfigSet(texts, path => readText(path, { root }), { ruleOverrides, confidence, defaultSeverity, isOutside, directory: named === null ? undefined : absolute('.') });
  if (configs.problems.length > 0) throw new UsageError(configs.problems.map(({ file, line, column, message }) => `${workspacePath(cwd, file)}:${line}:${column}: ${message}`).join('\n'));
  return {
    problems: configs.problems,
    layers: configs.layers,
    configFor: file => configs.configFor(absolute(file)),
    settingsFor: file => configs.settingsFor(absolute(file)),
    ignores: file => configs.ignores(absolute(file)),
  };
}
