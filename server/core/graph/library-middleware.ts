import { relativeInside } from '../text/path.ts';
import type { EntryFacts } from './entries.ts';
import { functionKey } from './function-key.ts';
import { isRecord } from './resolve/tsconfig.ts';
import { propertyNode, type Flow, type FlowModule } from './flow.ts';
import type { ValueId } from './solver.ts';

// A package that exports functions of (request, response, next) has no server: whoever uses it calls them once a request.

const request = /^_?(?:req|request)$/;
const response = /^_?(?:res|response|reply)$/;
const next = /^_?(?:next|done)$/;
const failure = /^_?(?:err|error)$/;
const context = /^_?(?:ctx|context|c)$/;

/** Whether the parameters are those of a middleware of Express and its like, or of Koa and Hono. */
function isMiddleware(names: readonly string[]): boolean {
  const [first = '', second = '', third = '', fourth = ''] = names;
  if (names.length === 2) return context.test(first) && next.test(second);
  if (names.length === 3) return request.test(first) && response.test(second) && next.test(third);
  return names.length === 4 && failure.test(first) && request.test(second) && response.test(third) && next.test(fourth);
}

/**
 * The functions that a published package hands to the servers of others: what its own files of entry export, or what such an
 * export returns, with the parameters of a middleware. None for packages that nobody can import, and for those that start something.
 */
export function libraryMiddleware(flow: Flow, module: FlowModule): EntryFacts[] {
  const { facts } = module;
  const owner = flow.resolver.packageOf(facts.file);
  if (!owner || !isPublished(owner.json) || !isEntryFile(owner.json, relativeInside(owner.directory, facts.file) ?? facts.file)) return [];
  const namespace = flow.values.id({ k: 'namespace', m: module.index });
  const entries = new Map<number, EntryFacts>();
  const take = (id: ValueId, name: string, depth: number): void => {
    const value = flow.values.get(id);
    if (value.k !== 'fn') return;
    const target = flow.modules[value.m]!;
    const fn = target.facts.functions[value.fn]!;
    const key = functionKey(value.m, value.fn);
    if (isMiddleware(fn.paramNames)) {
      if (!entries.has(key)) entries.set(key, { fn: key, role: 'request', label: `exported middleware${name === 'default' ? '' : ` ${name}`}`, confidence: 'likely', at: null });
    } else if (depth < 2) {
      for (const inner of flow.solver.values(target.returns[value.fn]!)) take(inner, name, depth + 1);
    }
  };
  for (const id of flow.solver.values(module.whole)) {
    take(id, 'default', 0);
    for (const [name, node] of flow.properties.get(id) ?? []) for (const item of flow.solver.values(node)) take(item, name, 0);
  }
  for (const name of [...(flow.properties.get(namespace)?.keys() ?? [])].sort()) for (const id of flow.solver.values(propertyNode(flow, namespace, name))) take(id, name, 0);
  return [...entries.values()];
}

function isPublished(json: { readonly main?: unknown; readonly exports?: unknown; readonly module?: unknown; readonly scripts?: unknown; readonly private?: unknown }): boolean {
  if (json.private === true || (json.main === undefined && json.exports === undefined && json.module === undefined)) return false;
  return !(isRecord(json.scripts) && typeof json.scripts.start === 'string');
}

/** Whether package.json names the file as what is imported, as it stands or as the source of what a build writes. */
function isEntryFile(json: { readonly main?: unknown; readonly exports?: unknown; readonly module?: unknown }, file: string): boolean {
  const plain = (path: string): string => path.replace(/^\.\//, '').replace(/^(?:dist|lib|build|out|src|es|esm|cjs)\/(?:(?:esm|cjs|es|src)\/)?/, '').replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '').replace(/(?:^|\/)index$/, '');
  const named: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string') named.push(plain(value));
    else if (Array.isArray(value)) value.forEach(visit);
    else if (isRecord(value)) Object.values(value).forEach(visit);
  };
  [json.main, json.module, json.exports].forEach(visit);
  return named.includes(plain(file));
}
