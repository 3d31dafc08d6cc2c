import type { TypeName } from '../node/registration.ts';
import type { ValueId } from './solver.ts';

/** What the analysis tells apart at run time. `m` is the index of a module. */
export type AbstractValue =
  /** `site`: of a closure that a wrapper returned, the call that made it (graph/wrapper-sites.ts). */
  | { readonly k: 'fn'; readonly m: number; readonly fn: number; readonly site?: number }
  | { readonly k: 'class'; readonly m: number; readonly class: number }
  /** An object of the class; `exact` where it was made by `new`, else it can be of a subclass. */
  | { readonly k: 'instance'; readonly m: number; readonly class: number; readonly exact: boolean }
  /** The prototype of a constructor function and the objects made by it, taken as one. */
  | { readonly k: 'prototype'; readonly m: number; readonly fn: number }
  /** An object or array literal of the text. */
  | { readonly k: 'object'; readonly m: number; readonly obj: number }
  /** A collection made by a call: `new Map()`, `list.map(f)`, rest parameters (call -1 - fn); with `pair` what iterating over its entries gives, `[name, value]`. */
  | { readonly k: 'collection'; readonly m: number; readonly call: number; readonly pair?: true }
  | { readonly k: 'namespace'; readonly m: number }
  | { readonly k: 'regex'; readonly m: number; readonly regex: number }
  /** Something of a module that is not part of the program. The path is as in ApiDescription.member. */
  | { readonly k: 'external'; readonly module: string; readonly path: string }
  /** An object of an abstract type of node/registration.ts. */
  | { readonly k: 'typed'; readonly type: TypeName }
  /** A member of such an object. */
  | { readonly k: 'member'; readonly type: TypeName; readonly name: string };

/** Interns abstract values, so that sets of them are sets of small integers. */
export interface ValueTable {
  id(value: AbstractValue): ValueId;
  get(id: ValueId): AbstractValue;
}

export function createValueTable(): ValueTable {
  const values: AbstractValue[] = [];
  /** Ids by kind and module, then by the number inside the module: most values are such. */
  const inModules = new Map<string, (ValueId | undefined)[][]>();
  const byText = new Map<string, ValueId>();
  const add = (value: AbstractValue): ValueId => values.push(value) - 1;
  const inModule = (kind: string, m: number, index: number, value: AbstractValue): ValueId => {
    let modules = inModules.get(kind);
    if (!modules) inModules.set(kind, (modules = []));
    const ids = (modules[m] ??= []);
    return (ids[index] ??= add(value));
  };
  const named = (text: string, value: AbstractValue): ValueId => {
    let id = byText.get(text);
    if (id === undefined) byText.set(text, (id = add(value)));
    return id;
  };
  return {
    id(value) {
      switch (value.k) {
        case 'fn':
          return value.site === undefined ? inModule('fn', value.m, value.fn, value) : named(`f${value.m} ${value.fn} ${value.site}`, value);
        case 'prototype':
          return inModule(value.k, value.m, value.fn, value);
        case 'class':
          return inModule('class', value.m, value.class, value);
        case 'instance':
          return inModule(value.exact ? 'exact' : 'instance', value.m, value.class, value);
        case 'object':
          return inModule('object', value.m, value.obj, value);
        case 'collection':
          return value.pair ? inModule('pair', value.m, value.call, value) : value.call >= 0 ? inModule('collection', value.m, value.call, value) : inModule('rest', value.m, -1 - value.call, value);
        case 'regex':
          return inModule('regex', value.m, value.regex, value);
        case 'namespace':
          return inModule('namespace', value.m, 0, value);
        case 'external':
          return named(`e${value.module}\0${value.path}`, value);
        case 'typed':
          return named(`t${value.type}`, value);
        case 'member':
          return named(`m${value.type}\0${value.name}`, value);
      }
    },
    get: id => values[id]!,
  };
}

/** Calls in a row that are followed into a library; deeper chains are one opaque object. */
const externalDepth = 4;

/** The path of a member of an external thing: `fs` + `readFileSync`, `DatabaseSync#` + `prepare`. */
export function externalMember(path: string, name: string): string {
  // `import x from 'cjs'` and `require('esm').default` both mean the module itself.
  if (name === 'default' && path === '') return '';
  return path === '' || path.endsWith('#') ? path + name : `${path}.${name}`;
}

/** The path of what a call (or `new`) of an external function gives, or null where the chain is too long. */
export function externalResult(path: string, isNew: boolean): string | null {
  if (path.split('#').length > externalDepth) return null;
  return isNew ? `${path}#` : `${path}()#`;
}
