import type { ApiDescription, AsyncAlternative, CallbackDescription, ClassReference } from '../../server/core/node/api.ts';
import { fsOverlay } from '../../server/core/node/overlay/fs.ts';
import { cryptoOverlay, zlibOverlay } from '../../server/core/node/overlay/crypto-zlib.ts';
import { globalsOverlay } from '../../server/core/node/overlay/globals.ts';
import { networkOverlay } from '../../server/core/node/overlay/network.ts';
import { processesOverlay } from '../../server/core/node/overlay/processes.ts';
import type { OverlayRule } from '../../server/core/node/overlay/rule.ts';
import { streamsOverlay } from '../../server/core/node/overlay/streams.ts';
import { moduleAlias } from '../../server/core/node/aliases.ts';
import { compareVersions } from '../../server/core/node/version.ts';
import type { TypedFunction, TypeTable } from './types.ts';

/** What probe.cjs prints. Keys are `module\tmember`. */
export interface Probe {
  readonly version: string;
  readonly functions: Readonly<Record<string, { readonly params: readonly string[]; readonly class?: true; readonly same?: string }>>;
  readonly bases: Readonly<Record<string, string>>;
}

export interface Derived {
  /** Sorted by module and member. */
  readonly apis: readonly ApiDescription[];
  /** Base of each class, or the class that another name stands for; `module\tClass`. Sorted. */
  readonly bases: readonly (readonly [string, string])[];
  /** Members of overlay rules that match no function: a misspelt or outdated rule. */
  readonly unmatched: readonly string[];
}

export const overlay: readonly OverlayRule[] = [...fsOverlay, ...cryptoOverlay, ...zlibOverlay, ...networkOverlay, ...globalsOverlay, ...streamsOverlay, ...processesOverlay];

/** Names by which Node's sources call a function parameter; for functions that @types/node does not know. */
const callbackName = /^(cb|callback|listener|callbackfn)$/;

/** The rows for the functions that the probed versions have, oldest version first. */
export function derive(probes: readonly Probe[], types: TypeTable): Derived {
  const keys = new Set<string>();
  for (const probe of probes) for (const key of Object.keys(probe.functions)) if (!moduleAlias(...split(key))) keys.add(key);
  const typedOnly = returnedOnly(keys, types);
  for (const key of typedOnly.keys()) keys.add(key);
  const matched = new Set<string>();
  const rules = compile(overlay);
  const defined = new Set<string>();
  for (const rule of overlay) if (rule.defines) for (const module of modulesOf(rule)) for (const member of rule.members) {
    defined.add(`${module}\t${member}`);
    keys.add(`${module}\t${member}`);
  }

  const apis: ApiDescription[] = [];
  for (const key of keys) {
    const api = describe(key, probes, types, rules, matched, defined.has(key), typedOnly.get(key) ?? []);
    if (api) apis.push(api);
  }
  const known = new Set([...keys].map(key => key.replace(/#.*/, '')));
  const bases = new Map<string, string>();
  for (const [name, base] of types.bases) if (used(name, apis) && base !== name) bases.set(name, base);
  for (const probe of probes) for (const [name, base] of Object.entries(probe.bases)) if (known.has(name)) bases.set(name, base);
  for (const probe of probes) for (const [key, fn] of Object.entries(probe.functions)) if (fn.same && !moduleAlias(...split(key))) bases.set(key, fn.same);

  const useful = usefulClasses(apis, bases);
  const kept = apis.map(api => (api.returns && !useful(`${api.returns.module}\t${api.returns.name}`) ? { ...api, returns: undefined } : api)).filter(matters);
  const withAlternatives = new Map(kept.map(api => [`${api.module}\t${api.member}`, api]));
  const unmatched = overlay.flatMap(rule => modulesOf(rule).length > 1 ? [] : rule.members.map(member => `${modulesOf(rule)[0]}\t${member}`)).filter(pattern => !matched.has(pattern));
  return {
    apis: kept.map(api => addAlternative(api, withAlternatives)).sort((a, b) => compare(a.module, b.module) || compare(a.member, b.member)),
    bases: [...bases].sort((a, b) => compare(a[0], b[0])),
    unmatched,
  };
}

/** Has something to say: about the event loop, or what class its result is. */
function matters(api: ApiDescription): boolean {
  return api.callback !== undefined || api.settlesIn !== undefined || api.blocking || api.schedules || (api.returns !== undefined && api.kind !== 'constructor');
}

/** Classes that have a method of interest, their own or inherited. */
function usefulClasses(apis: readonly ApiDescription[], bases: ReadonlyMap<string, string>): (home: string) => boolean {
  const owners = new Set(apis.filter(api => api.kind === 'method' && (api.callback || api.settlesIn !== undefined || api.blocking || api.schedules)).map(api => `${api.module}\t${api.member.replace(/#.*/, '')}`));
  return home => {
    for (let name: string | undefined = home; name; name = bases.get(name)) if (owners.has(name)) return true;
    return false;
  };
}

/**
 * Methods of classes that no module exports but functions of ours return (Http2Session, SQLTagStore), which types alone
 * show; with those functions.
 */
function returnedOnly(keys: ReadonlySet<string>, types: TypeTable): Map<string, readonly string[]> {
  const returned = new Map<string, string[]>();
  for (const key of keys) {
    for (let name = typedOf(key, types)?.returns; name; name = types.bases.get(name)) returned.set(name, [...(returned.get(name) ?? []), key]);
  }
  const found = new Map<string, readonly string[]>();
  for (const key of types.functions.keys()) {
    const owner = key.split('#')[0]!;
    const givers = returned.get(owner);
    if (givers && key.includes('#') && !keys.has(owner) && !keys.has(key) && !/^(globals|buffer|stream\/web|url|util)\t/.test(key)) found.set(key, givers);
  }
  return found;
}

/** Undefined where one of them has always been there. */
function earliest(versions: readonly (string | undefined)[]): string | undefined {
  return versions.includes(undefined) ? undefined : (versions as string[]).sort(compareVersions)[0];
}

/** A class is listed for its base only where a function of ours returns it. */
function used(name: string, apis: readonly ApiDescription[]): boolean {
  return apis.some(api => api.returns && `${api.returns.module}\t${api.returns.name}` === name);
}

function describe(key: string, probes: readonly Probe[], types: TypeTable, rules: readonly CompiledRule[], matched: Set<string>, defined: boolean, givers: readonly string[]): ApiDescription | null {
  const [module, member] = split(key);
  const having = probes.filter(probe => probe.functions[key]);
  const newest = having.at(-1)?.functions[key];
  const typed = typedOf(key, types);
  const runtimeCallback = typed ? -1 : (newest?.params.findIndex(name => callbackName.test(name)) ?? -1);
  const hasCallback = (typed?.callback ?? runtimeCallback) >= 0;
  const isPromise = (typed?.returnsPromise || typed?.returnsAsyncIterator) ?? false;

  let set: Partial<OverlayRule> = {};
  for (const rule of rules) {
    if (!rule.modules.has(module)) continue;
    const pattern = rule.patterns.find(([, regex]) => regex.test(member));
    if (!pattern) continue;
    matched.add(`${module}\t${pattern[0]}`);
    if (rule.rule.only === 'callback' && !hasCallback) continue;
    if (rule.rule.only === 'promise' && !isPromise) continue;
    set = { ...set, ...rule.rule };
  }
  const position = set.callback ?? typed?.callback ?? runtimeCallback;
  const callback: CallbackDescription | undefined =
    !set.drop && (position >= 0 || set.callback === -1)
      ? {
          position: trailing(typed, position) ? -1 : position,
          runsIn: set.runsIn ?? null,
          times: set.times ?? 'once',
          errorFirst: set.errorFirst ?? typed?.errorFirst ?? true,
        }
      : undefined;
  const blocking = set.blocking ?? false;
  const schedules = set.schedules ?? (isPromise || (callback !== undefined && callback.runsIn !== 'sync'));
  const since = set.since ?? (having.length > 0 || defined ? sinceOf(typed, having, probes) : sinceTyped(typed, probes[0]!, earliest(givers.map(giver => sinceOf(typedOf(giver, types), probes.filter(probe => probe.functions[giver]), probes)))));
  const until = having.length > 0 && having.at(-1) !== probes.at(-1) ? having.at(-1)!.version : undefined;
  return {
    module,
    member,
    kind: member.includes('#') ? 'method' : newest?.class ? 'constructor' : 'function',
    blocking,
    ...(set.blockingKind && { blockingKind: set.blockingKind }),
    threadPool: !blocking && (set.threadPool ?? false),
    returnsPromise: typed?.returnsPromise ?? false,
    ...(isPromise && { settlesIn: set.settlesIn ?? null }),
    ...(set.blockingWithoutCallback && callback && { blockingWithoutCallback: true }),
    schedules,
    ...(callback && { callback }),
    ...(since && !defined && { since }),
    ...(until && !defined && { until }),
    ...(set.asyncAlternative && { asyncAlternative: set.asyncAlternative }),
    ...(set.returns ? { returns: set.returns } : typed?.returns && classOf(typed.returns, key)),
    ...(set.note && { note: set.note }),
    evidence: set.evidence ?? (set.source ? 'documented' : 'derived'),
    ...(set.source && { source: set.source }),
  };
}

/** The callback is the last parameter and others before it can be left out, so that only its place from the end is fixed. */
function trailing(typed: TypedFunction | undefined, position: number): boolean {
  return typed !== undefined && position > 0 && position === typed.parameters.length - 1;
}

function classOf(home: string, key: string): { readonly returns: ClassReference } | undefined {
  const [module, name] = split(home);
  // Buffers are values here; a constructor gives its own class, and methods that return their own object add nothing.
  if (module === 'buffer' || home === key || home === key.split('#')[0]) return undefined;
  return { returns: { module, name } };
}

/** Members that @types/node declares under a base or another name of the class. */
function typedOf(key: string, types: TypeTable): TypedFunction | undefined {
  for (let name: string | undefined = key; name; ) {
    const typed = types.functions.get(name);
    if (typed) return typed;
    const [owner, member] = name.split('#') as [string, string | undefined];
    const base = member && types.bases.get(owner);
    name = base ? `${base}#${member}` : undefined;
  }
  return undefined;
}

function sinceOf(typed: TypedFunction | undefined, having: readonly Probe[], probes: readonly Probe[]): string | undefined {
  const first = having[0];
  if (!first || first === probes[0]) return undefined;
  const major = first.version.split('.')[0]!;
  return typed?.since?.split('.')[0] === major ? typed.since : `${major}.0.0`;
}

/**
 * For what only the types know: the version that they name, if the oldest Node that we support does not have it. Types
 * name the newest line where something was brought to several; then the functions that give the object are the better witness.
 */
function sinceTyped(typed: TypedFunction | undefined, oldest: Probe, giver: string | undefined): string | undefined {
  const tag = typed?.since && Number.parseInt(typed.since) > Number.parseInt(oldest.version) ? typed.since : undefined;
  return giver && tag ? earliest([giver, tag]) : (tag ?? giver);
}

/** fs: the same name in fs.promises, else the callback form; crypto and zlib: the callback form; classes: the method without Sync. */
function addAlternative(api: ApiDescription, apis: ReadonlyMap<string, ApiDescription>): ApiDescription {
  if (!api.blocking || api.asyncAlternative) return api;
  const name = api.member.replace(/Sync(?=$|\.)/, '');
  if (name === api.member) return api;
  const promised = api.module === 'fs' && apis.get(`fs/promises\t${name}`);
  const alternative: AsyncAlternative | null = promised
    ? { module: 'fs', member: `promises.${name}`, style: 'promise', sameSignature: true }
    : apis.has(`${api.module}\t${name}`)
      ? { module: api.module, member: name, style: apis.get(`${api.module}\t${name}`)!.returnsPromise ? 'promise' : 'callback', sameSignature: true }
      : null;
  return alternative ? { ...api, asyncAlternative: alternative } : api;
}

interface CompiledRule {
  readonly rule: OverlayRule;
  readonly modules: ReadonlySet<string>;
  readonly patterns: readonly (readonly [string, RegExp])[];
}

function compile(rules: readonly OverlayRule[]): CompiledRule[] {
  return rules.map(rule => ({
    rule,
    modules: new Set(modulesOf(rule)),
    patterns: rule.members.map(member => [member, new RegExp(`^${member.replace(/[.$()#]/g, '\\$&').replaceAll('*', '.*')}$`)] as const),
  }));
}

function modulesOf(rule: OverlayRule): readonly string[] {
  return typeof rule.module === 'string' ? [rule.module] : rule.module;
}

function split(key: string): [module: string, member: string] {
  const tab = key.indexOf('\t');
  return [key.slice(0, tab), key.slice(tab + 1)];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
