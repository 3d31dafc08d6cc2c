import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Finding } from '../core/hazards/finding.ts';
import { applyBaseline, emptyBaseline, extendBaseline, parseBaseline, pruneBaseline, renderBaseline, type Baseline } from '../core/suppress/baseline.ts';
import { workspacePath } from '../host/load-workspace.ts';
import { projectRoot, workspaceRoot } from '../host/project-root.ts';
import { readBytes, refusalText, settingsLimit } from '../host/read-file.ts';
import { UsageError } from './exit-code.ts';
import { say } from './messages.ts';
import { writeOutput } from './write-output.ts';

const defaultName = 'looplens-suppressions.json';

/** What to do with the baseline beside applying it. */
export interface BaselineRequest {
  readonly cwd: string;
  /** `--suppressions-location`; its file names count from the working directory. */
  readonly location: string | undefined;
  /** Rules whose findings it takes in; null for all, `undefined` for none. */
  readonly take: readonly string[] | null | undefined;
  readonly prune: boolean;
  readonly isJudged: (file: string) => boolean;
}

/**
 * Applies the baseline, and writes it where it is to take findings in or to be pruned. Without a location it is the nearest one from the
 * working directory up to the project's root, whose file names count from where it lies: the same file from every folder of the project.
 * @returns the findings, those that it holds marked; and whether it holds some that are gone
 */
export function useBaseline(findings: readonly Finding[], { cwd, location, take, prune, isJudged }: BaselineRequest): { readonly findings: readonly Finding[]; readonly isStale: boolean } {
  const path = location === undefined ? nearestBaseline(cwd) : resolve(cwd, location);
  const base = location === undefined ? dirname(path) : cwd;
  const inBaseline = (file: string): string => workspacePath(base, resolve(cwd, file));
  const named = findings.map(finding => ({ ...finding, location: { ...finding.location, file: inBaseline(finding.location.file) } }));
  const read = readBaseline(path, location !== undefined, workspaceRoot(cwd));
  const extended = take === undefined ? read : extendBaseline(read, named, take);
  const { findings: marked, unmatched } = applyBaseline(named, extended, file => isJudged(workspacePath(cwd, resolve(base, file))));
  const kept = prune ? pruneBaseline(extended, unmatched) : extended;
  if (take !== undefined || prune) writeOutput(cwd, path, renderBaseline(kept));
  return { findings: findings.map((finding, index) => ({ ...finding, suppressed: marked[index]!.suppressed })), isStale: !prune && Object.keys(unmatched.files).length > 0 };
}

function nearestBaseline(cwd: string): string {
  const root = projectRoot(cwd) ?? cwd;
  for (let folder = cwd; folder.startsWith(root); folder = dirname(folder)) {
    if (existsSync(join(folder, defaultName))) return join(folder, defaultName);
    if (folder === dirname(folder)) break;
  }
  return join(cwd, defaultName);
}

function readBaseline(path: string, named: boolean, root: string): Baseline {
  const { bytes, refused } = readBytes(path, named ? 'named' : { root }, settingsLimit);
  if (bytes === null) {
    // A link out of the workspace, or a device, was put there by somebody who is not trusted: it counts as absent.
    const absent = refused === 'ENOENT' || (!named && (refused === 'OUTSIDE' || refused === 'NOT_A_FILE'));
    if (!absent) throw new UsageError(`${path} ${refusalText(refused, settingsLimit)}`);
    if (named && !existsSync(dirname(path))) throw new UsageError(say('noFolderFor', { path }));
    return emptyBaseline;
  }
  try {
    return parseBaseline(bytes.toString('utf8'));
  } catch (error) {
    throw new UsageError(say('baselineBad', { path, problem: (error as Error).message }));
  }
}
