import { dirname, extname, join, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import { deploymentFileName } from '../core/graph/resolve/project-files.ts';
import { createIgnoreStack, type IgnoreStack } from './ignore-files.ts';
import { trackedFiles } from './git-index.ts';
import { gitRoot } from './project-root.ts';
import { codeOf } from './read-file.ts';
import { lstatSync, readdirSync } from './recorded-fs.ts';
import { statsOf } from './stats-of.ts';

const sourceExtensions: ReadonlySet<string> = new Set(['.js', '.mjs', '.cjs', '.jsx', '.ts', '.mts', '.cts', '.tsx']);
/** Folders that hold what others wrote or what a build made, unless Git tracks what is in them. */
const placesOfOthers: ReadonlySet<string> = new Set(['node_modules', 'bower_components', 'jspm_packages', 'dist', 'build', 'out', 'coverage']);
/** Folders of tools. */
const toolFolders: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', '.next', '.nuxt', '.output', '.svelte-kit', '.turbo', '.cache', '.yarn', '.pnpm-store', '.vercel', '.netlify', '.parcel-cache', '.nyc_output']);
const configFile = /^(?:package\.json|[tj]sconfig(?:\.[\w-]+)*\.json)$/;
const looplensConfig = /^looplens\.config\.jsonc?$/;

export interface FindOptions {
  readonly cwd: string;
  /** Follow .gitignore; default true. */
  readonly gitignore?: boolean;
  /** More patterns in .gitignore's form, relative to `cwd`. */
  readonly ignorePatterns?: readonly string[];
  /** Files that come from elsewhere than the disk: the configs and project files above them hold. */
  readonly otherFiles?: readonly string[];
  /** Whether paths and globs that match nothing are problems; default true. */
  readonly unmatchedIsProblem?: boolean;
}

export interface FoundFiles {
  /** Source files, absolute, sorted, each once. */
  readonly sources: readonly string[];
  /** Those of them that an argument names as such; all others were met on a walk. */
  readonly named: ReadonlySet<string>;
  /** package.json and tsconfig files met on the way, and those that say how the program is started. */
  readonly projectFiles: readonly string[];
  readonly configFiles: readonly string[];
  /** Folders (absolute, sorted) with sources that were left aside for what they are called, since neither Git tracks anything in them nor .gitignore leaves them out. */
  readonly leftOut: readonly string[];
  /** How many files and folders were left aside since their names are not UTF-8, so that nothing can open them by name. */
  readonly undecodable: number;
  /** Arguments and folders that could not be used. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

/**
 * Finds the files to analyse under the given paths: folders are walked, files are taken as they are named, anything else is
 * a glob. Links are not followed inside a tree, so that no walk leaves it or runs in circles. Folders that cannot be read
 * are problems; the rest is still found.
 */
export function findFiles(paths: readonly string[], options: FindOptions): FoundFiles {
  const sources = new Set<string>();
  const projectFiles = new Set<string>();
  const configFiles = new Set<string>();
  let undecodable = 0;
  const leftOut = new Set<string>();
  const isTracked = createTrackedTest();
  const named = new Set<string>();
  const problems: { path: string; message: string }[] = [];
  const ignorePatterns = options.ignorePatterns ?? [];

  const walk = (directory: string, ignored: IgnoreStack, take: (file: string) => boolean): void => {
    let entries;
    try {
      entries = readdirSync(directory, { withFileTypes: true });
    } catch (error) {
      problems.push({ path: directory, message: `cannot read this folder (${codeOf(error)})` });
      return;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    const stack = ignored.enter(directory);
    for (const entry of entries) {
      const path = join(directory, entry.name);
      if (entry.name.includes('\uFFFD') && statsOf(path, lstatSync) === undefined) {
        undecodable++;
        continue;
      }
      if (entry.isDirectory()) {
        if (toolFolders.has(entry.name) || stack.ignores(path, true)) continue;
        if (!placesOfOthers.has(entry.name)) walk(path, stack, take);
        else if (isTracked(path)) walk(path, stack, file => isTracked(file) && take(file));
        else if (holdsSource(path)) leftOut.add(path);
      } else if (entry.isFile()) {
        if (configFile.test(entry.name) || deploymentFileName.test(entry.name)) projectFiles.add(path);
        else if (looplensConfig.test(entry.name)) configFiles.add(path);
        else if (isSource(entry.name) && take(path) && !stack.ignores(path, false)) sources.add(path);
      }
    }
  };

  const unmatched = (path: string, message: string): void => {
    if (options.unmatchedIsProblem ?? true) problems.push({ path, message });
  };

  for (const file of options.otherFiles ?? []) collectAbove(dirname(resolve(options.cwd, file)), projectFiles, configFiles);
  for (const argument of paths) {
    const path = resolve(options.cwd, argument);
    const stats = statsOf(path);
    if (typeof stats === 'string') {
      problems.push({ path, message: `cannot be read (${stats})` });
    } else if (stats?.isDirectory()) {
      collectAbove(path, projectFiles, configFiles);
      walk(path, stackFor(path, options, ignorePatterns), () => true);
    } else if (stats?.isFile()) {
      collectAbove(dirname(path), projectFiles, configFiles);
      sources.add(path);
      named.add(path);
    } else if (stats) {
      problems.push({ path, message: 'is neither a file nor a folder' });
    } else if (/[*?[\]{}]/.test(argument)) {
      const { base, glob } = picomatch.scan(argument);
      const root = resolve(options.cwd, base || '.');
      const matches = picomatch(glob || '**');
      const before = sources.size;
      if (isFolder(root)) {
        collectAbove(root, projectFiles, configFiles);
        walk(root, stackFor(root, options, ignorePatterns), file => matches(relative(root, file).split(sep).join('/')));
      }
      if (sources.size === before) unmatched(argument, 'no file matches this pattern');
    } else {
      unmatched(argument, 'there is no such file or folder');
    }
  }
  const sorted = (set: Set<string>): string[] => [...set].sort();
  return { sources: sorted(sources), named, leftOut: sorted(leftOut), projectFiles: sorted(projectFiles), configFiles: sorted(configFiles), undecodable, problems };
}

/** Whether a path leads through a folder that holds what others wrote or a build made. */
export function isInPlaceOfOthers(path: string): boolean {
  return path.split(sep).slice(0, -1).some(name => placesOfOthers.has(name));
}

/** True for the names that Looplens reads: JavaScript and TypeScript, declarations and minified files left out. */
export function isSource(name: string): boolean {
  return sourceExtensions.has(extname(name).toLowerCase()) && !/\.d\.([cm]?ts|\w+\.ts)$/i.test(name) && !/[.-]min\.[cm]?js$/i.test(name);
}

/** So many entries of a folder that is left out are looked at for a source: whoever looks further takes longer than the walk. */
const mostPeeked = 200;

function holdsSource(folder: string): boolean {
  const waiting = [folder];
  for (let peeked = 0; waiting.length > 0; ) {
    const directory = waiting.shift()!;
    let entries;
    try {
      entries = readdirSync(directory, { withFileTypes: true });
    } catch {
      continue;
    }
    for (const entry of entries) {
      if (++peeked > mostPeeked) return false;
      if (entry.isFile() && isSource(entry.name)) return true;
      if (entry.isDirectory()) waiting.push(join(directory, entry.name));
    }
  }
  return false;
}

/** Whether Git tracks a file, or something in a folder (absolute paths). The index of a repository is read when it is first asked for. */
function createTrackedTest(): (path: string) => boolean {
  const byRoot = new Map<string, ReadonlySet<string>>();
  const roots = new Map<string, string | null>();
  return path => {
    const folder = dirname(path);
    let root = roots.get(folder);
    if (root === undefined) roots.set(folder, (root = gitRoot(folder)));
    if (root === null) return false;
    let tracked = byRoot.get(root);
    if (!tracked) {
      const found = new Set<string>();
      for (const file of trackedFiles(root) ?? []) {
        for (let end = file.indexOf('/'); end >= 0; end = file.indexOf('/', end + 1)) if (placesOfOthers.has(file.slice(file.lastIndexOf('/', end - 1) + 1, end))) found.add(file.slice(0, end)).add(file);
      }
      byRoot.set(root, (tracked = found));
    }
    return tracked.has(relative(root, path).split(sep).join('/'));
  };
}

function stackFor(directory: string, options: FindOptions, patterns: readonly string[]): IgnoreStack {
  return createIgnoreStack(directory, { gitignore: options.gitignore ?? true, patterns, patternsRoot: options.cwd });
}

/** The configs that hold for a folder stand in it or above it. */
function collectAbove(directory: string, projectFiles: Set<string>, configFiles: Set<string>): void {
  for (let current = directory; ; current = dirname(current)) {
    for (const name of ['package.json', 'tsconfig.json', 'tsconfig.base.json', 'jsconfig.json']) if (isFile(join(current, name))) projectFiles.add(join(current, name));
    for (const name of ['looplens.config.json', 'looplens.config.jsonc']) if (isFile(join(current, name))) configFiles.add(join(current, name));
    if (current === dirname(current)) return;
  }
}

function isFile(path: string): boolean {
  const stats = statsOf(path, lstatSync);
  return typeof stats === 'object' && stats.isFile();
}

function isFolder(path: string): boolean {
  const stats = statsOf(path);
  return typeof stats === 'object' && stats.isDirectory();
}
