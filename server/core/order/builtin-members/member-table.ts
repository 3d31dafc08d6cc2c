import type { NodeMajor } from '../run.ts';
import { unreadOptionNames } from './generated/unread-options.ts';
import { instanceMembers, memberMajors, moduleAliases, moduleNames, objectMembers, readOptions } from './generated/members.ts';

/** One own property that a built-in object has on one version of Node. */
export interface Member {
  /** `@@iterator` is a well-known symbol, `@name` one of the symbol registry. */
  readonly name: string;
  readonly kind: 'function' | 'constructor' | 'object' | 'number' | 'string' | 'boolean' | 'undefined' | 'null' | 'symbol' | 'bigint' | 'accessor';
  /** What a getter gives is a function; whether there is a setter. */
  readonly givesFunction: boolean;
  readonly settable: boolean;
  readonly writable: boolean;
  readonly enumerable: boolean;
  readonly configurable: boolean;
  /** The value, where it is the same in each process; of functions, `length`. */
  readonly constant: number | string | boolean | undefined;
  /** What a function is called, where that is not the name of the property. */
  readonly functionName: string | undefined;
  /** Path under which the value is described. */
  readonly child: string;
}

const kinds: Readonly<Record<string, Member['kind']>> = {
  f: 'function', c: 'constructor', o: 'object', n: 'number', s: 'string', b: 'boolean', u: 'undefined', l: 'null', y: 'symbol', i: 'bigint', a: 'accessor', A: 'accessor', g: 'accessor', G: 'accessor',
};
const pattern = /^(.+):([a-zA-Z])(\d)([\da-v]+)(?:\(([^)]*)\))?(?:=(.+))?$/;

/** Whether the version is in a set of versions (generated/members.ts). */
function holds(versions: string, node: NodeMajor): boolean {
  return ((parseInt(versions, 32) >> memberMajors.indexOf(node)) & 1) === 1;
}

function decodeConstant(text: string | undefined): Member['constant'] {
  if (text === undefined || text === '') return undefined;
  const value = JSON.parse(decodeURIComponent(text)) as number | string | boolean;
  return value === 'Infinity' ? Infinity : value;
}

function decode(path: string, token: string, node: NodeMajor): Member | null {
  const [, name = '', letter = '', digit, versions = '', constant, alias] = pattern.exec(token) ?? [];
  if (!holds(versions, node)) return null;
  const attributes = Number(digit);
  const value = decodeConstant(constant);
  const named = (letter === 'f' || letter === 'c') && typeof value === 'string' ? /^(\d+)\|(.*)$/.exec(value) : null;
  return {
    name, kind: kinds[letter]!, givesFunction: letter === 'g' || letter === 'G', settable: letter === 'A' || letter === 'G',
    writable: (attributes & 1) !== 0, enumerable: (attributes & 2) !== 0, configurable: (attributes & 4) !== 0,
    constant: named ? Number(named[1]) : value, functionName: named?.[2], child: alias ?? (path === 'global' ? name : `${path}.${name}`),
  };
}

const tokens = (row: string): string[] => row.split(' ').filter(token => !/^(?:[<^*]|$)/.test(token));

/** Computes an answer for a path and a version once. */
function remembered<T>(compute: (path: string, node: NodeMajor) => T): (path: string, node: NodeMajor) => T {
  const known = new Map<string, T>();
  return (path, node) => {
    const key = `${node} ${path}`;
    if (!known.has(key)) known.set(key, compute(path, node));
    return known.get(key)!;
  };
}

/** The own properties of the object that the path leads to, in the order of the real object; undefined where that Node has no such object. */
export const membersOf = remembered((path, node): readonly Member[] | undefined => {
  if (!Object.hasOwn(objectMembers, path)) return undefined;
  const members = tokens(objectMembers[path]!).map(token => decode(path, token, node)).filter(member => member !== null);
  return members.length > 0 || parentOf(path, node) !== undefined ? members : undefined;
});

/** The path of the object that it inherits from, where that is neither %Object.prototype% nor %Function.prototype%. */
export const parentOf = remembered((path, node): string | undefined => {
  for (const [, parent, versions] of (objectMembers[path] ?? '').matchAll(/(?:^| )<(\S+):([\da-v]+)(?= )/g)) if (holds(versions!, node)) return parent;
  return undefined;
});

/** Whether that object inherits from nothing. */
export const hasNullPrototype = remembered((path, node): boolean => {
  const [, versions] = /(?:^| )\^([\da-v]+) /.exec(objectMembers[path] ?? '') ?? [];
  return versions !== undefined && holds(versions, node);
});

function namesIn(table: Readonly<Record<string, string>>): (path: string, node: NodeMajor) => ReadonlySet<string> | undefined {
  return remembered((path, node) => {
    if (!Object.hasOwn(table, path)) return undefined;
    return new Set(tokens(table[path]!).flatMap(token => {
      const at = token.lastIndexOf(':');
      return holds(token.slice(at + 1), node) ? [token.slice(0, at)] : [];
    }));
  });
}

/** Names that instances have as their own, by the path of their prototype. */
export const instanceNamesOf = namesIn(instanceMembers);

/** Names that a function reads in a bag of options. */
export const optionNamesOf = namesIn(readOptions);

/** Those of them that the machine's function does not look at. */
export const unreadOptions = namesIn(unreadOptionNames);

/** The path of what `require(id)` gives. */
export function pathOfModule(id: string): string {
  return moduleAliases[`node:${id}`] ?? `node:${id}`;
}

/** Ids of the modules of that Node, without `node:`. */
export const moduleIdsOf = remembered((_, node): ReadonlySet<string> => new Set(tokens(moduleNames).flatMap(token => {
  const at = token.lastIndexOf(':');
  return holds(token.slice(at + 1), node) ? [token.slice(0, at)] : [];
})));

/** Whether the object at the path is a function. */
export function isFunctionPath(path: string): boolean {
  return objectMembers[path]?.startsWith('* ') === true;
}
