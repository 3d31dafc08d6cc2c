import { resolve } from 'node:path';
import { extraModels } from '../core/config/extra-models.ts';
import { createWorkspace, type Snapshot } from '../core/workspace.ts';
import { userCachePath } from '../host/cache-place.ts';
import { createFastExtractor } from '../host/fast-extractor.ts';
import { openFactsCache } from '../host/facts-cache.ts';
import { loadWorkspace, workspacePath } from '../host/load-workspace.ts';
import { workspaceRoot } from '../host/project-root.ts';
import { toolVersion } from '../host/tool-version.ts';
import { findProgram, readConfigs } from './analyse.ts';
import type { Io } from './io.ts';

/** The project around what is explained, linked. */
export interface ExplainedProject {
  readonly snapshot: Snapshot;
  /** The name of an absolute path in the workspace, and back. */
  nameOf(path: string): string;
  pathOf(name: string): string;
}

/**
 * Reads and links the project around a file or folder, with the facts that `lint` has kept of it, and keeps those that are new.
 * @param progress called after each file that was read
 */
export async function openProject(path: string, { cwd, locale, env }: Pick<Io, 'cwd' | 'locale' | 'env'>, progress?: (done: number, total: number) => void): Promise<ExplainedProject> {
  const request = { cwd, paths: [path], stdin: null, changed: null, gitignore: true, ignorePatterns: [], unmatchedIsProblem: false, config: null, configLookup: true, ruleOverrides: {}, confidence: 'likely' as const, locale };
  const { program } = findProgram(request);
  const root = workspaceRoot(cwd);
  const { configs } = readConfigs(request, program.configFiles, []);
  const cachePath = userCachePath(cwd, env);
  const cache = cachePath === null ? null : openFactsCache(cachePath, toolVersion());
  const workspace = createWorkspace({ locale, loadFastExtractor: createFastExtractor().load });
  await loadWorkspace(workspace, program, { root, cache, ...(progress && { progress }) });
  const nameOf = (file: string): string => workspacePath(root, resolve(cwd, file));
  workspace.configure({ settingsFor: file => configs.settingsFor(workspacePath(cwd, resolve(root, file))), extraFrameworks: extraModels(configs.layers, nameOf) });
  const snapshot = await workspace.snapshot();
  cache?.save();
  return { snapshot, nameOf, pathOf: name => resolve(root, name) };
}
