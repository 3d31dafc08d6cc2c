import { readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { RuleSetting } from '../core/config/config-schema.ts';
import { extraModels } from '../core/config/extra-models.ts';
import { createConfigSet, type ConfigSet } from '../core/config/resolve-config.ts';
import type { Confidence, Finding } from '../core/hazards/finding.ts';
import type { FileError } from '../core/report/lint-report.ts';
import { createWorkspace, defaultSeverity, type Snapshot } from '../core/workspace.ts';
import { openFactsCache } from '../host/facts-cache.ts';
import { findFiles } from '../host/find-files.ts';
import { loadWorkspace, workspacePath } from '../host/load-workspace.ts';
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
  readonly cachePath: string | null;
  readonly toolVersion: string;
  readonly progress?: (done: number, total: number) => void;
}

export interface Analysis {
  readonly snapshot: Snapshot;
  readonly configs: ConfigSet;
  readonly findings: readonly Finding[];
  /** Files that could not be parsed in full. */
  readonly errors: readonly FileError[];
  /** What else could not be done, a sentence each. */
  readonly problems: readonly string[];
  readonly files: number;
  readonly durationMs: number;
  readonly text: (file: string) => string | null;
  readonly stats: { readonly parsed: number; readonly cached: number; readonly bytes: number; readonly milliseconds: Readonly<Record<string, number>> };
}

/** Finds, reads, links and checks. Throws a UsageError for a config that cannot be used. */
export async function analyse(request: AnalyseRequest): Promise<Analysis> {
  const start = performance.now();
  const milliseconds: Record<string, number> = {};
  const { cwd } = request;
  let mark = start;
  const lap = (stage: string): void => {
    milliseconds[stage] = performance.now() - mark;
    mark = performance.now();
  };

  const paths = request.stdin && request.paths.every(path => path === '.') ? [] : request.paths;
  const foundAll = findFiles(paths, { cwd, gitignore: request.gitignore, ignorePatterns: request.gitignore ? request.ignorePatterns : [] });
  const configs = readConfigs(request, foundAll.configFiles);
  const found = request.gitignore ? { ...foundAll, sources: foundAll.sources.filter(path => !configs.ignores(workspacePath(cwd, path))) } : foundAll;
  lap('discover');

  const workspace = createWorkspace();
  const cache = request.cachePath === null ? null : openFactsCache(resolve(cwd, request.cachePath), request.toolVersion);
  const loaded = await loadWorkspace(workspace, found, { root: cwd, cache, progress: request.progress });
  if (request.stdin) workspace.setText(workspacePath(cwd, resolve(cwd, request.stdin.file)), request.stdin.text);
  const sample = found.sources[0] ?? resolve(cwd, request.stdin?.file ?? 'index.js');
  const models = extraModels(configs.configFor(workspacePath(cwd, sample)));
  workspace.configure({ settingsFor: configs.settingsFor, extraFrameworks: models });
  lap('facts');
  const snapshot = await workspace.snapshot();
  lap('link');
  const findings = snapshot.findings();
  lap('rules');
  cache?.save();
  lap('cache');

  return {
    snapshot,
    configs,
    findings,
    errors: [...snapshot.errors, ...loaded.problems.map(problem => ({ ...problem, line: 0, column: 0 }))],
    problems: foundAll.problems.map(problem => `${relative(cwd, resolve(cwd, problem.path)).split(sep).join('/') || '.'}: ${problem.message}`),
    files: snapshot.graph.files.length,
    durationMs: performance.now() - start,
    text: file => snapshot.graph.text(file),
    stats: { parsed: loaded.parsed, cached: loaded.cached, bytes: loaded.bytes, milliseconds },
  };
}


/** The configs that hold; a mistake in one of them is an error, since nobody wants to be checked by half a config. */
export function readConfigs(request: Pick<AnalyseRequest, 'cwd' | 'config' | 'configLookup' | 'ruleOverrides' | 'confidence'>, found: readonly string[]): ConfigSet {
  const { cwd } = request;
  const texts = new Map<string, string>();
  if (request.config !== null) {
    // A config that is named holds for every file, wherever it stands.
    texts.set('looplens.config.json', readConfig(resolve(cwd, request.config), request.config));
  } else if (request.configLookup) {
    for (const path of found) texts.set(workspacePath(cwd, path), readConfig(path, path));
  }
  const configs = createConfigSet(texts, path => tryRead(resolve(cwd, path)), { ruleOverrides: request.ruleOverrides, confidence: request.confidence, defaultSeverity });
  const [problem] = configs.problems;
  if (problem) {
    const more = configs.problems.length > 1 ? ` (and ${configs.problems.length - 1} more)` : '';
    throw new UsageError(`${request.config ?? problem.file}:${problem.line}:${problem.column}: ${problem.message}${more}`);
  }
  return configs;
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
