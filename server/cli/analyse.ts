import { dirname, join, relative, resolve, sep } from 'node:path';
import type { RuleSetting } from '../core/config/config-schema.ts';
import { extraModels } from '../core/config/extra-models.ts';
import { createConfigSet, type ConfigSet } from '../core/config/resolve-config.ts';
import type { Confidence, Finding, SourceLocation } from '../core/hazards/finding.ts';
import type { FileError } from '../core/report/lint-report.ts';
import { createWorkspace, defaultSeverity } from '../core/workspace.ts';
import { openFactsCache, type FactsCache } from '../host/facts-cache.ts';
import { findFiles } from '../host/find-files.ts';
import { isGone } from '../host/stats-of.ts';
import { loadWorkspace, workspacePath } from '../host/load-workspace.ts';
import { UsageError } from './exit-code.ts';
import { existsSync, readFileSync } from '../host/recorded-fs.ts';

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
}

export interface Analysis {
  readonly findings: readonly Finding[];
  /** Files that could not be parsed in full. */
  readonly errors: readonly FileError[];
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
 * Finds, reads, links and checks. Throws a UsageError for a config that cannot be used. Where something else is thrown after facts
 * were taken from the cache, they may be to blame: once more without, and the cache is replaced.
 */
export async function analyse(request: AnalyseRequest): Promise<Analysis> {
  const cache = request.cachePath === null ? null : openFactsCache(resolve(request.cwd, request.cachePath), request.toolVersion);
  try {
    return await analyseWith(request, cache);
  } catch (error) {
    if (error instanceof UsageError || !cache?.wasUsed) throw error;
    cache.forget();
    return analyseWith(request, cache);
  }
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
  const workspace = createWorkspace();
  const loaded = await loadWorkspace(workspace, found, { root, cache, progress: request.progress });
  if (request.stdin) workspace.setText(inWorkspace(request.stdin.file), request.stdin.text);
  workspace.configure({ settingsFor: file => configs.settingsFor(shown(file)), extraFrameworks: extraModels(configs.layers, inWorkspace) });
  lap('facts');
  const snapshot = await workspace.snapshot();
  lap('link');
  const findings = snapshot.findings().map(finding => withPaths(finding, shown));
  lap('rules');
  cache?.save();
  lap('cache');

  const errors = [...snapshot.errors, ...loaded.problems.map(problem => ({ ...problem, line: 0, column: 0 }))].map(error => ({ ...error, file: shown(error.file) }));
  const analysed = new Set(snapshot.graph.files.map(shown));
  for (const error of errors) analysed.delete(error.file);
  return {
    findings,
    errors,
    problems: foundAll.problems.map(problem => `${relative(cwd, resolve(cwd, problem.path)).split(sep).join('/') || '.'}: ${problem.message}`),
    files: snapshot.graph.files.length,
    durationMs: performance.now() - start,
    text: file => snapshot.graph.text(inWorkspace(file)),
    isJudged: file => analysed.has(file) || isGone(resolve(cwd, file)),
    judged: [...analysed],
    ignoredByName,
    stats: { parsed: loaded.parsed, cached: loaded.cached, bytes: loaded.bytes, entries: snapshot.graph.entries.length, describedCalls: snapshot.graph.operations.length, milliseconds },
  };
}

/** The repository's root, where package names, tsconfig paths and fingerprints are the same for everybody; without one the nearest package or project. */
function workspaceRoot(cwd: string): string {
  const nearest = (names: readonly string[]): string | null => {
    for (let directory = cwd; ; directory = dirname(directory)) {
      if (names.some(name => existsSync(join(directory, name)))) return directory;
      if (directory === dirname(directory)) return null;
    }
  };
  return nearest(['.git']) ?? nearest(['package.json', 'tsconfig.json']) ?? cwd;
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
  if (named !== null) texts.set(absolute(named), readConfig(resolve(cwd, named), named));
  else if (request.configLookup) for (const path of found) texts.set(absolute(path), readConfig(path, path));
  const { ruleOverrides, confidence } = request;
  const configs = createConfigSet(texts, tryRead, { ruleOverrides, confidence, defaultSeverity, directory: named === null ? undefined : absolute('.') });
  if (configs.problems.length > 0) throw new UsageError(configs.problems.map(({ file, line, column, message }) => `${workspacePath(cwd, file)}:${line}:${column}: ${message}`).join('\n'));
  return {
    problems: configs.problems,
    layers: configs.layers,
    configFor: file => configs.configFor(absolute(file)),
    settingsFor: file => configs.settingsFor(absolute(file)),
    ignores: file => configs.ignores(absolute(file)),
  };
}

function readConfig(path: string, name: string): string {
  const text = tryRead(path);
  if (text === null) throw new UsageError(`the config ${name} cannot be read`);
  return text;
}

function tryRead(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
