import type { ApiIndex } from '../node/lookup.ts';
import type { FrameworkModel } from '../node/registration.ts';

/** Functions of the language through which values flow; graph/flow.ts knows what they do. */
const languageFunctions = ['Object', 'Promise', 'Array', 'Map', 'Set', 'WeakMap', 'WeakSet', 'Proxy', 'structuredClone', 'module', 'module.exports', 'global', 'globalThis'];

/** What decides of a program in which of its processes it runs; graph/cluster.ts asks for them. */
const clusterMembers = ['isPrimary', 'isMaster', 'isWorker', 'setupPrimary', 'setupMaster', 'disconnect', 'schedulingPolicy', 'SCHED_RR', 'SCHED_NONE', ...['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']];

/**
 * Says of a member of a module outside the program whether anything is known of it or of what can be reached
 * through it. Values that nothing is known of are not followed: most members of most libraries.
 */
export function createKnownExternals(apis: ApiIndex, frameworks: readonly FrameworkModel[]): (module: string, path: string) => boolean {
  const named = new Map<string, Set<string>>();
  const name = (module: string, member: string): void => {
    let set = named.get(module);
    if (!set) named.set(module, (set = new Set(['', 'default'])));
    for (const prefix of prefixes(member)) set.add(prefix);
  };
  for (const model of frameworks) {
    const groups = [
      ...(model.producers ?? []),
      ...(model.registrations ?? []).map(item => ({ modules: item.modules ?? [], members: item.members })),
      ...(model.wrappers ?? []),
      ...(model.decorators ?? []).map(item => ({ modules: item.modules, members: item.names })),
      ...(model.classes ?? []).map(item => ({ modules: item.modules, members: item.names })),
      ...(model.types ?? []).flatMap(type => type.annotations ?? []).map(item => ({ modules: item.modules, members: item.names })),
    ];
    for (const { modules, members } of groups) for (const module of modules) for (const member of members) name(module, member);
  }
  for (const member of languageFunctions) name('globals', member);
  name('util', 'inherits');
  for (const member of clusterMembers) name('cluster', member);
  name('os', 'cpus');
  // Their members are rows of modules of their own: `fs/promises`.
  for (const module of ['fs', 'dns', 'timers', 'stream', 'readline']) name(module, 'promises');
  const rowPrefixes = new Map<string, Set<string>>();
  const answers = new Map<string, boolean>();

  const compute = (module: string, path: string): boolean => {
    if (named.get(module)?.has(path)) return true;
    if (module === 'globals' && /^(Object|Promise|Array)\.\w+$/.test(path)) return true;
    if (!apis.knows(module)) return false;
    if (path === '') return true;
    let known = rowPrefixes.get(module);
    if (!known) {
      known = new Set(apis.rows(module).flatMap(row => prefixes(row.member)));
      rowPrefixes.set(module, known);
    }
    if (known.has(path) || apis.find(module, path) !== null) return true;
    // An instance or a result, whose members may be described under its class.
    return path.endsWith('#') && path.split('#').length <= 2 && apis.find(module, path.replace(/(\(\))?#$/, '')) !== null;
  };
  return (module, path) => {
    const key = `${module}\0${path}`;
    let answer = answers.get(key);
    if (answer === undefined) answers.set(key, (answer = compute(module, path)));
    return answer;
  };
}

/** `a.b#c()#d` → '', `a`, `a.b`, `a.b#`, `a.b#c`, `a.b#c()#`, the whole. */
function prefixes(member: string): string[] {
  const result = [''];
  for (let i = 0; i < member.length; i++) {
    if (member[i] === '.') result.push(member.slice(0, i));
    else if (member[i] === '#') result.push(member.slice(0, i).replace(/\(\)$/, ''), member.slice(0, i + 1));
  }
  result.push(member);
  // A described result: the function that gives it, and the value itself.
  if (member.endsWith('()')) result.push(member.slice(0, -2), `${member}#`);
  return result;
}
