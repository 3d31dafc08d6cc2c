import { ancestors, dirname, join, relativeInside } from '../../text/path.ts';
import { matchPattern, packageTargets } from './package-exports.ts';
import type { PackageInfo, PackageJson, ProjectFiles } from './project-files.ts';
import { isRecord, readTsconfig, type TsconfigPaths } from './tsconfig.ts';

/** Says which file of the program a specifier means. */
export interface Resolver {
  /** The file, or null for Node's own modules, packages that are not part of the program, and mistakes. */
  resolve(specifier: string, from: string): string | null;
  /** The nearest package.json at or above a file, with its directory. */
  packageOf(file: string): PackageInfo | null;
}

const noVersions: ReadonlyMap<string, string> = new Map();
const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.d.ts', '.json'];
/** What a TypeScript program may call its sources by: the names that they will have when compiled. */
const sourceOf: Readonly<Record<string, readonly string[]>> = { '.js': ['.ts', '.tsx', '.jsx'], '.jsx': ['.tsx'], '.mjs': ['.mts'], '.cjs': ['.cts'] };

/**
 * Builds the resolver over the known set of files: Node's ESM and CommonJS algorithms (nodejs.org/api/esm.html
 * and modules.html, "Resolution Algorithm") with TypeScript's extension and `paths` substitution, workspace
 * packages by name, package `exports` and `imports`. A specifier that names build output resolves to its source.
 */
export function createResolver(files: { has(path: string): boolean }, project: ProjectFiles): Resolver {
  const packagesByName = new Map<string, { directory: string; json: PackageJson }>();
  for (const [directory, json] of project.packageJsons) {
    if (typeof json.name === 'string' && !packagesByName.has(json.name)) packagesByName.set(json.name, { directory, json });
  }
  const tsconfigs = new Map<string, readonly TsconfigPaths[]>();
  const packages = new Map<string, PackageInfo | null>();
  const cache = new Map<string, string | null>();

  const packageAt = (directory: string): PackageInfo | null => {
    let found = packages.get(directory);
    if (found === undefined) {
      const json = project.packageJsons.get(directory);
      const parent = dirname(directory);
      found = json ? { directory, json, locked: project.lockedVersions?.get(directory) ?? noVersions } : parent === directory ? null : packageAt(parent);
      packages.set(directory, found);
    }
    return found;
  };

  const tsconfigsOf = (directory: string): readonly TsconfigPaths[] => {
    let found = tsconfigs.get(directory);
    if (!found) {
      const list: TsconfigPaths[] = [];
      for (const ancestor of ancestors(directory)) {
        for (const name of ['tsconfig.json', 'jsconfig.json', 'tsconfig.base.json', 'tsconfig.app.json', 'tsconfig.server.json', 'tsconfig.build.json']) {
          const path = join(ancestor, name);
          if (project.tsconfigs.has(path)) list.push(readTsconfig(path, project.tsconfigs, specifier => packageDirectory(specifier)));
        }
      }
      found = list;
      tsconfigs.set(directory, list);
    }
    return found;
  };

  const packageDirectory = (specifier: string): string | null => {
    const { name, subpath } = splitBare(specifier);
    const owner = packagesByName.get(name);
    return owner ? join(owner.directory, subpath) : null;
  };

  const asFile = (path: string): string | null => {
    if (files.has(path)) return path;
    const dot = path.lastIndexOf('.');
    const extension = dot > path.lastIndexOf('/') ? path.slice(dot) : '';
    for (const source of sourceOf[extension] ?? []) if (files.has(path.slice(0, dot) + source)) return path.slice(0, dot) + source;
    for (const added of extensions) if (files.has(path + added)) return path + added;
    return null;
  };

  const asDirectory = (path: string): string | null => {
    const json = project.packageJsons.get(path);
    const main = json && typeof json.main === 'string' ? join(path, json.main) : null;
    const fromMain = main ? (asFile(main) ?? asFile(join(main, 'index')) ?? sourceOfOutput(path, main)) : null;
    return fromMain ?? asFile(join(path, 'index'));
  };

  const asPath = (path: string): string | null => asFile(path) ?? asDirectory(path);

  /** `dist/x.js` of a package whose sources lie in `src/` (or where its tsconfig says). */
  const sourceOfOutput = (directory: string, path: string): string | null => {
    const inside = relativeInside(directory, path);
    const match = inside && /^(?:\.\/)?(dist|build|lib|out|output|esm|cjs|es)\/(?:(?:esm|cjs|src|node|types)\/)?(.*)$/.exec(inside);
    if (!match) return null;
    const rest = match[2]!.replace(/\.d\.([cm]?)ts$/, '.$1js');
    return asFile(join(directory, 'src', rest)) ?? asFile(join(directory, rest)) ?? asFile(join(directory, 'lib', rest)) ?? asFile(join(directory, 'source', rest));
  };

  const fromPackage = (owner: { directory: string; json: PackageJson }, subpath: string): string | null => {
    for (const target of packageTargets(owner.json, subpath)) {
      const path = join(owner.directory, target);
      const found = asPath(path) ?? sourceOfOutput(owner.directory, path);
      if (found && !found.endsWith('.d.ts')) return found;
    }
    if (subpath === '.') return asDirectory(owner.directory) ?? asFile(join(owner.directory, 'src/index'));
    return asPath(join(owner.directory, subpath)) ?? asPath(join(owner.directory, 'src', subpath));
  };

  const fromPaths = (specifier: string, directory: string): string | null => {
    for (const config of tsconfigsOf(directory)) {
      for (const { pattern, targets } of [...config.paths].sort((a, b) => prefixLength(b.pattern) - prefixLength(a.pattern))) {
        const rest = matchPattern(pattern, specifier);
        if (rest === null) continue;
        for (const target of targets) {
          const found = asPath(target.replace('*', rest));
          if (found) return found;
        }
      }
      if (config.baseUrl !== null) {
        const found = asPath(join(config.baseUrl, specifier));
        if (found) return found;
      }
    }
    return null;
  };

  const compute = (specifier: string, directory: string): string | null => {
    if (specifier === '' || /^(node:|data:|https?:)/.test(specifier)) return null;
    if (/^\.\.?(\/|$)/.test(specifier)) {
      const path = join(directory, specifier);
      const found = asPath(path);
      if (found) return found;
      for (const config of tsconfigsOf(directory)) {
        const root = config.rootDirs.find(item => relativeInside(item, path) !== null);
        if (root === undefined) continue;
        for (const other of config.rootDirs) {
          const moved = asPath(join(other, relativeInside(root, path)!));
          if (moved) return moved;
        }
      }
      const owner = packageAt(directory);
      return owner ? sourceOfOutput(owner.directory, path) : null;
    }
    if (specifier.startsWith('/')) return asPath(join(specifier));
    if (specifier.startsWith('#')) {
      const owner = packageAt(directory);
      const targets = owner && isRecord(owner.json.imports) ? packageTargets({ exports: owner.json.imports }, specifier) : [];
      for (const target of targets) {
        const found = target.startsWith('.') ? (asPath(join(owner!.directory, target)) ?? sourceOfOutput(owner!.directory, join(owner!.directory, target))) : compute(target, directory);
        if (found) return found;
      }
      return fromPaths(specifier, directory);
    }
    const mapped = fromPaths(specifier, directory);
    if (mapped) return mapped;
    const { name, subpath } = splitBare(specifier);
    const owner = packagesByName.get(name);
    return owner ? fromPackage(owner, subpath) : null;
  };

  return {
    resolve(specifier, from) {
      const directory = dirname(from);
      const key = `${directory}\0${specifier}`;
      let found = cache.get(key);
      if (found === undefined) {
        // Query strings are a bundler's business: `./x.js?raw` is not a module of ours.
        found = compute(specifier, directory);
        if (found?.endsWith('.d.ts')) found = null;
        cache.set(key, found);
      }
      return found;
    },
    packageOf(file) {
      return packageAt(dirname(file));
    },
  };
}

function splitBare(specifier: string): { name: string; subpath: string } {
  const parts = specifier.split('/');
  const count = specifier.startsWith('@') ? 2 : 1;
  const rest = parts.slice(count).join('/');
  return { name: parts.slice(0, count).join('/'), subpath: rest ? `./${rest}` : '.' };
}

function prefixLength(pattern: string): number {
  const star = pattern.indexOf('*');
  return star < 0 ? pattern.length + 1 : star;
}
