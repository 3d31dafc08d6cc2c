import { moduleAlias } from './aliases.ts';
import type { ApiDescription, ClassReference } from './api.ts';
import { classes, modules, probedVersions, texts } from './generated/node-apis.ts';
import { fsLookalikes } from './libraries/like-fs.ts';
import { libraryModels } from './libraries.ts';
import { decodeModule } from './table.ts';
import { compareVersions } from './version.ts';

/** Finds what a function of Node or of a modelled library does. */
export interface ApiIndex {
  /**
   * The description of a member of a module, or null where nothing is known of it.
   * Understands `node:` prefixes, the several names of one function (`fs.promises.readFile`, `process` and `console` as globals or
   * modules), default-import and namespace interop (`default.readFile`), members of results (`open()#read`), of instances
   * (`DatabaseSync#exec`), inherited ones (`Server#on`), subpaths of libraries (`graceful-fs/fs`), and global names (module `globals`).
   */
  find(module: string, member: string): ApiDescription | null;
  /** Whether `find` can know anything about members of the module. */
  knows(module: string): boolean;
  /** Class of the value that calling (or constructing) the member gives, where it is known. */
  classOfResult(module: string, member: string): ClassReference | null;
  /** All rows of a module, in no particular order of meaning; for generators of tables and documentation. */
  rows(module: string): readonly ApiDescription[];
}

export interface ApiIndexOptions {
  /** Node's version (`20.11.0` or `20`): functions that it does not have are not found. Absent: every supported version. */
  readonly nodeVersion?: string;
}

/** Versions of Node that the data was derived from, oldest first. */
export const dataVersions: readonly string[] = probedVersions;

/** Modules of Node for which there are rows, without `node:`; `globals` is not among them. */
export const coreModules: readonly string[] = Object.keys(modules).filter(name => name !== 'globals');

/** An index over Node's core and the modelled libraries. Cheap: a module is decoded when it is first asked for. */
export function createApiIndex(options: ApiIndexOptions = {}): ApiIndex {
  const { nodeVersion } = options;
  const decoded = new Map<string, ReadonlyMap<string, ApiDescription>>();
  const bases = decodeClasses();

  function rowsOf(module: string): ReadonlyMap<string, ApiDescription> {
    let rows = decoded.get(module);
    if (rows) return rows;
    const lines = modules[module];
    const described = lines ? decodeModule(module, lines, texts).filter(api => existsIn(api, nodeVersion)) : (libraryModels.get(module)?.() ?? []);
    rows = new Map(described.map(api => [api.member, api]));
    decoded.set(module, rows);
    return rows;
  }

  function find(specifier: string, path: string): ApiDescription | null {
    const [module, member] = canonical(specifier, path);
    const direct = rowsOf(module).get(member);
    if (direct) return direct;
    if (member.startsWith('promises.') && fsLookalikes.includes(module)) return find('fs', member);
    const at = member.lastIndexOf('#');
    if (at < 0) return null;
    const [owner, name] = [member.slice(0, at), member.slice(at + 1)];
    // `X()` is what calling X gives; `X` itself, and the module itself, are classes.
    if (owner !== '' && !owner.endsWith('()')) return findInherited(module, owner, name);
    const result = classOfResult(module, owner.replace(/\(\)$/, ''));
    return result && findMember(result, name);
  }

  function classOfResult(specifier: string, path: string): ClassReference | null {
    const [module, member] = canonical(specifier, path);
    const api = find(module, member);
    if (api?.returns) return api.returns;
    return member.includes('#') || member === '' ? null : { module, name: member };
  }

  function findMember(owner: ClassReference, name: string): ApiDescription | null {
    const [module, className] = canonical(owner.module, owner.name);
    return rowsOf(module).get(`${className}#${name}`) ?? findInherited(module, className, name);
  }

  function findInherited(module: string, className: string, name: string): ApiDescription | null {
    const base = bases.get(`${module}|${className}`);
    return base ? findMember(base, name) : null;
  }

  return {
    find,
    knows: specifier => {
      const [module] = canonical(specifier, '');
      return module in modules || libraryModels.has(module);
    },
    classOfResult,
    rows: specifier => [...rowsOf(canonical(specifier, '')[0]).values()],
  };
}

/** The key under which a member is described: no `node:`, no `default`, the first of its names. */
function canonical(specifier: string, path: string): [module: string, member: string] {
  let module = specifier.startsWith('node:') ? specifier.slice(5) : specifier;
  let member = path.replace(/^default(?:\.|$)/, '').replace(/^(?=#|\(\)#)/, () => defaultClass(module));
  // Aliases can lead to aliases: globalThis.process.nextTick. None is circular.
  for (let alias = moduleAlias(module, member); alias; alias = moduleAlias(module, member)) [module, member] = alias;
  return [module, member];
}

/** The class that `module.exports` is, for the modules whose rows name it: `new (require('events'))()`. */
function defaultClass(module: string): string {
  return { events: 'EventEmitter', stream: 'Stream', module: 'Module' }[module] ?? '';
}

function decodeClasses(): ReadonlyMap<string, ClassReference> {
  const bases = new Map<string, ClassReference>();
  for (const line of classes.trim().split('\n')) {
    const [module, name, baseModule, base] = line.split('|');
    bases.set(`${module}|${name}`, { module: baseModule!, name: base! });
  }
  return bases;
}

function existsIn(api: ApiDescription, version: string | undefined): boolean {
  if (version === undefined) return true;
  // A major alone stands for its newest release.
  const wanted = version.includes('.') ? version : `${version}.999.999`;
  if (api.since && compareVersions(wanted, api.since) < 0) return false;
  return !api.until || compareVersions(version.split('.')[0]!, api.until.split('.')[0]!) <= 0;
}
