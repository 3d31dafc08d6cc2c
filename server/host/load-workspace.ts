import { basename, dirname, relative, sep } from 'node:path';
import { readJson } from '../core/text/json.ts';
import { deploymentFileName, type PackageJson, type ProjectFiles } from '../core/graph/resolve/project-files.ts';
import type { Workspace } from '../core/workspace.ts';
import { hashOf, type FactsCache } from './facts-cache.ts';
import { isInPlaceOfOthers, type FoundFiles } from './find-files.ts';
import { lockedVersions } from './locked-versions.ts';
import { readBytes, readText, refusalText, sourceLimit } from './read-file.ts';

/** What webpack, ncc, esbuild, Rollup, Parcel and TypeScript leave in what they write. */
const bundlerMark = /__webpack_require__|__nccwpck_require__|\bvar __(?:commonJS|toESM|esm|export|defProp|getOwnPropNames) = |parcelRequire|^\/\/# sourceMappingURL=/m;

/** So many files may wait for their facts while the next ones are read: some come from another thread. */
const filesUnderWay = 16;

export interface LoadOptions {
  /** Files of the workspace are named relative to it (with `/`); those outside it by their absolute path. */
  readonly root: string;
  readonly cache: FactsCache | null;
  /** Called after each file with how many are done. */
  readonly progress?: (done: number, total: number) => void;
}

export interface LoadResult {
  /** Files that could not be read. */
  readonly problems: readonly { readonly file: string; readonly message: string }[];
  /** Files that a bundler wrote into the folder of a build, and that are left out (by name in the workspace). */
  readonly generated: readonly string[];
  /** Files whose facts came from the cache. */
  readonly cached: number;
  readonly parsed: number;
  readonly bytes: number;
}

/** The name of a file in a workspace: relative to the root where it lies in it, absolute elsewhere. */
export function workspacePath(root: string, file: string): string {
  const inside = relative(root, file).split(sep).join('/');
  return inside.startsWith('../') || inside === '..' ? file.split(sep).join('/') : inside;
}

/**
 * Reads found files into a workspace. Each is read once and, where the cache does not know it, parsed once. Any bytes are
 * accepted: what is not UTF-8 is replaced as TextDecoder does.
 */
export async function loadWorkspace(workspace: Workspace, found: FoundFiles, options: LoadOptions): Promise<LoadResult> {
  const problems: { file: string; message: string }[] = [];
  workspace.setProject(readProjectFiles(found.projectFiles, options.root));
  const generated: string[] = [];
  let cached = 0;
  let parsed = 0;
  let bytes = 0;
  const underWay = new Set<Promise<void>>();
  for (const [index, path] of found.sources.entries()) {
    const file = workspacePath(options.root, path);
    const { bytes: content, refused } = readBytes(path, found.named.has(path) ? 'named' : 'walked');
    if (content === null) problems.push({ file, message: refusalText(refused) });
    else if (isInPlaceOfOthers(path) && !found.named.has(path) && bundlerMark.test(content.toString('latin1'))) generated.push(file);
    else {
      bytes += content.length;
      const hash = options.cache ? hashOf(content) : '';
      const extracted = options.cache?.get(path, hash);
      // The facts carry the file's name, so they fit only where it is called the same.
      if (extracted && extracted.facts.file === file) {
        workspace.setExtracted(file, extracted, () => readText(path, 'named', sourceLimit));
        cached++;
      } else {
        workspace.setText(file, content.toString('utf8'));
        const made = workspace.extracted(file).then(extracted => {
          if (extracted && !extracted.fault) options.cache?.set(path, hash, extracted);
        });
        underWay.add(made);
        void made.finally(() => underWay.delete(made));
        if (underWay.size >= filesUnderWay) await Promise.race(underWay);
        parsed++;
      }
    }
    options.progress?.(index + 1, found.sources.length);
  }
  await Promise.all(underWay);
  return { problems, generated, cached, parsed, bytes };
}

/** UTF-16 units of a Procfile or the like that are looked at. */
const mostDeploymentText = 100_000;

/** Reads package.json, lock and tsconfig files, and those that say how the program is started; damaged ones count as absent, since the sources can be analysed without. */
export function readProjectFiles(paths: readonly string[], root: string): ProjectFiles {
  const packageJsons = new Map<string, PackageJson>();
  const byFolder = new Map<string, PackageJson>();
  const tsconfigs = new Map<string, string>();
  const deploymentFiles = new Map<string, string>();
  const nameOf = (folder: string): string => workspacePath(root, folder) || '.';
  for (const path of paths) {
    const text = readText(path, { root });
    if (text === null) continue;
    if (path.endsWith('package.json')) {
      const json = readJson(text);
      if (typeof json !== 'object' || json === null || Array.isArray(json)) continue;
      packageJsons.set(nameOf(dirname(path)), json as PackageJson);
      byFolder.set(dirname(path), json as PackageJson);
    } else if (deploymentFileName.test(basename(path))) {
      deploymentFiles.set(workspacePath(root, path), text.slice(0, mostDeploymentText));
    } else {
      tsconfigs.set(workspacePath(root, path), text);
    }
  }
  return { packageJsons, tsconfigs, deploymentFiles, lockedVersions: new Map([...lockedVersions(byFolder, root)].map(([folder, versions]) => [nameOf(folder), versions])) };
}
