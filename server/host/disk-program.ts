import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, extname, join, resolve as resolvePath } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NodeMajor, ProgramSource } from '../core/order/run.ts';
import { readTsconfig, type TsconfigPaths } from '../core/graph/resolve/tsconfig.ts';
import { parseScript } from '../core/syntax/parse-script.ts';
import { moduleTypeOfExtension } from './explain-refusal.ts';
import { pureComputations } from './pure-computations.ts';
import { isInside, readText, sourceLimit, type Trust } from './read-file.ts';
import { workspaceRoot } from './project-root.ts';

const builtins = new Set(builtinModules);
/** A folder with more is not listed. */
const mostEntries = 2000;
/** Extensions that `require` tries, and those that TypeScript's loaders add. */
const requireExtensions = ['.js', '.json', '.node', '.ts', '.cts', '.tsx', '.mts', '.mjs', '.cjs', '.jsx'];
/** What a TypeScript file may mean by the extension of the file that it compiles to. */
const sourceOf: Readonly<Record<string, readonly string[]>> = { '.js': ['.ts', '.tsx'], '.mjs': ['.mts'], '.cjs': ['.cts'], '.jsx': ['.tsx'] };

/**
 * The program that starts at a file on disk. Packages in node_modules are no part of it (they resolve to null);
 * workspace packages, reached through links, are.
 * @param entry absolute path
 * @param overlay texts of files that an editor has open, by absolute path
 * @param readsOutside whether files outside of the workspace are read, too; else they are unknown code, like packages, since a
 *   stranger's program must not show what lies elsewhere on the disk
 * @param mapsPaths whether `paths` and `baseUrl` of tsconfig.json hold, which Node itself does not know
 */
export function createDiskProgram(entry: string, overlay: ReadonlyMap<string, string> = new Map(), readsOutside = false, mapsPaths = false): ProgramSource {
  const root = workspaceRoot(dirname(entry));
  const trust: Trust = readsOutside ? 'named' : { root };
  const texts = new Map<string, string | null>(overlay);
  const manifests = new Map<string, PackageManifest | null>();
  const moduleTypes = new Map<string, 'commonjs' | 'module'>();
  /** The machine asks in each of its runs. */
  const resolved = new Map<string, string | null>();

  const read = (file: string): string | null => {
    let text = texts.get(file);
    if (text === undefined) texts.set(file, (text = readText(file, file === entry ? 'named' : trust, sourceLimit)));
    return text;
  };
  const isAllowed = (file: string): boolean => readsOutside || isInside(file, root);
  const isFile = (file: string): boolean => overlay.has(file) || (isAllowed(file) && (statSync(file, { throwIfNoEntry: false })?.isFile() ?? false));

  const manifestIn = (directory: string): PackageManifest | null => {
    let manifest = manifests.get(directory);
    if (manifest === undefined) manifests.set(directory, (manifest = readManifest(join(directory, 'package.json'), trust)));
    return manifest;
  };
  const scopeOf = (file: string): { directory: string; manifest: PackageManifest } | null => {
    for (let directory = dirname(file); ; directory = dirname(directory)) {
      const manifest = manifestIn(directory);
      if (manifest) return { directory, manifest };
      if (directory === dirname(directory) || directory.endsWith('/node_modules')) return null;
    }
  };

  /** A path as it is written, or as `require` and TypeScript complete it. */
  const complete = (path: string, from: string, kind: 'import' | 'require'): string | null => {
    if (isFile(path)) return path;
    const typescript = /\.[cm]?tsx?$/.test(from);
    const extension = extname(path);
    if (typescript) {
      for (const source of sourceOf[extension] ?? []) {
        const candidate = path.slice(0, -extension.length) + source;
        if (isFile(candidate)) return candidate;
      }
    }
    if (kind === 'import' && !typescript) return null;
    for (const added of requireExtensions) if (isFile(path + added)) return path + added;
    const main = manifestIn(path)?.main;
    if (typeof main === 'string' && main !== '' && main !== '.') {
      const found = complete(join(path, main), from, kind);
      if (found) return found;
    }
    for (const added of requireExtensions) if (isFile(join(path, `index${added}`))) return join(path, `index${added}`);
    return null;
  };

  const resolveBare = (specifier: string, from: string, kind: 'import' | 'require'): string | null => {
    const parts = specifier.split('/');
    const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
    const subpath = `.${specifier.slice(name.length)}`;
    const scope = scopeOf(from);
    if (specifier.startsWith('#')) {
      const target = scope ? matchPattern(scope.manifest.imports, specifier, kind) : null;
      return target?.startsWith('.') ? complete(join(scope!.directory, target), from, kind) : null;
    }
    let directory = scope?.manifest.name === name && scope.manifest.exports !== undefined ? scope.directory : null;
    for (let at = dirname(from); directory === null; at = dirname(at)) {
      const linked = join(at, 'node_modules', name);
      if (existsSync(linked)) directory = realpathSync(linked);
      else if (at === dirname(at)) return null;
    }
    if (directory.includes('/node_modules/')) return null;
    const { exports } = manifestIn(directory) ?? {};
    if (exports === undefined) return complete(join(directory, subpath), from, 'require');
    const target = matchPattern(isSubpathMap(exports) ? exports : { '.': exports }, subpath, kind);
    return target === null ? null : complete(join(directory, target), from, kind);
  };

  const tsconfigs = new Map<string, TsconfigPaths | null>();
  const tsconfigTexts = {
    get: (path: string): string | undefined => readText(path, trust) ?? undefined,
    has: (path: string): boolean => isFile(path),
  };
  /** The nearest tsconfig.json that says anything of specifiers. */
  const tsconfigOf = (directory: string): TsconfigPaths | null => {
    let found = tsconfigs.get(directory);
    if (found !== undefined) return found;
    const own = ['tsconfig.json', 'jsconfig.json'].map(name => join(directory, name)).find(isFile);
    const read = own ? readTsconfig(own, tsconfigTexts, () => null) : null;
    found = read && (read.paths.length > 0 || read.baseUrl !== null) ? read : directory === root || directory === dirname(directory) ? null : tsconfigOf(dirname(directory));
    tsconfigs.set(directory, found);
    return found;
  };
  const resolveMapped = (specifier: string, from: string): string | null => {
    const config = tsconfigOf(dirname(from));
    if (!config) return null;
    for (const { pattern, targets } of config.paths) {
      const [start = '', end] = pattern.split('*');
      const matches = end === undefined ? specifier === pattern : specifier.length >= start.length + end.length && specifier.startsWith(start) && specifier.endsWith(end);
      const middle = matches && end !== undefined ? specifier.slice(start.length, specifier.length - end.length) : '';
      const found = matches ? targets.map(target => complete(target.replace('*', () => middle), from, 'require')).find(file => file !== null) : null;
      if (found) return found;
    }
    return config.baseUrl === null ? null : complete(join(config.baseUrl, specifier), from, 'require');
  };

  const resolveOnce: ProgramSource['resolve'] = (specifier, from, kind) => {
    if (specifier.startsWith('node:') || builtins.has(specifier)) return null;
    if (specifier.startsWith('file:')) return complete(fileURLToPath(specifier), from, kind);
    if (/^\.{0,2}\/|^\.{1,2}$/.test(specifier)) return complete(resolvePath(dirname(from), specifier), from, kind);
    return (mapsPaths && !specifier.startsWith('#') ? resolveMapped(specifier, from) : null) ?? resolveBare(specifier, from, kind);
  };

  return {
    entry,
    read,
    computations: pureComputations,
    resolve(specifier, from, kind) {
      const key = `${kind} ${from} ${specifier}`;
      let found = resolved.get(key);
      if (found === undefined) resolved.set(key, (found = resolveOnce(specifier, from, kind)));
      return found;
    },
    list(folder) {
      if (!isAllowed(folder)) return null;
      try {
        const entries = readdirSync(folder, { withFileTypes: true });
        return entries.length > mostEntries ? null : entries.map(one => ({ name: one.name, folder: one.isDirectory() })).sort((a, b) => (a.name < b.name ? -1 : 1));
      } catch {
        return null;
      }
    },
    moduleType(file, node) {
      const cached = moduleTypes.get(`${node} ${file}`);
      if (cached) return cached;
      const type = typeOf(file, scopeOf(file)?.manifest.type, read, node);
      moduleTypes.set(`${node} ${file}`, type);
      return type;
    },
  };
}

/** Node's rule: the extension, the nearest package.json, else the syntax (from Node 20.19 and 22.7; TypeScript's loaders on any). */
function typeOf(file: string, declared: unknown, read: (file: string) => string | null, node: NodeMajor): 'commonjs' | 'module' {
  const decided = moduleTypeOfExtension(file);
  if (decided) return decided;
  if (declared === 'module' || declared === 'commonjs') return declared;
  if (node < 20 && !/\.tsx?$/.test(file)) return 'commonjs';
  return parseScript(file, read(file) ?? '').hasModuleSyntax ? 'module' : 'commonjs';
}

interface PackageManifest {
  readonly name?: unknown;
  readonly type?: unknown;
  readonly main?: unknown;
  readonly exports?: unknown;
  readonly imports?: unknown;
}

function readManifest(path: string, trust: Trust): PackageManifest | null {
  const text = readText(path, trust);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

function isSubpathMap(exports: unknown): boolean {
  return exports !== null && typeof exports === 'object' && !Array.isArray(exports) && Object.keys(exports).some(key => key.startsWith('.'));
}

/** PACKAGE_IMPORTS_EXPORTS_RESOLVE of Node's ES-module documentation, with the conditions of Node. */
function matchPattern(map: unknown, key: string, kind: 'import' | 'require'): string | null {
  if (map === null || typeof map !== 'object') return null;
  const entries = Object.entries(map);
  const exact = entries.find(([pattern]) => pattern === key);
  if (exact) return targetOf(exact[1], '', kind);
  const patterns = entries.filter(([pattern]) => pattern.includes('*')).sort(([a], [b]) => b.indexOf('*') - a.indexOf('*') || b.length - a.length);
  for (const [pattern, target] of patterns) {
    const [start = '', end = ''] = pattern.split('*');
    if (key.length >= start.length + end.length && key.startsWith(start) && key.endsWith(end)) return targetOf(target, key.slice(start.length, key.length - end.length), kind);
  }
  return null;
}

function targetOf(target: unknown, match: string, kind: 'import' | 'require'): string | null {
  if (typeof target === 'string') return target.replaceAll('*', match);
  if (Array.isArray(target)) return target.map(item => targetOf(item, match, kind)).find(item => item !== null) ?? null;
  if (target === null || typeof target !== 'object') return null;
  for (const [condition, value] of Object.entries(target)) {
    if (condition !== 'default' && condition !== 'node' && condition !== kind && condition !== 'module-sync' && condition !== 'node-addons') continue;
    const found = targetOf(value, match, kind);
    if (found !== null) return found;
  }
  return null;
}
