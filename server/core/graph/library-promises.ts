import type { CallFacts, Value } from '../facts/module-facts.ts';
import { assignmentsTo } from '../facts/module-index.ts';
import { promisedMembers } from '../node/promised-members.ts';
import type { ProgramGraph } from './program-graph.ts';

/**
 * What a call of a library's object gives: the promise of work that has begun (`started`), or one whose work only begins when somebody
 * waits for it (`lazy`); null where that is not known.
 */
export function libraryPromise(graph: ProgramGraph, file: string, index: number): 'started' | 'lazy' | null {
  const call = graph.module(file).calls[index]!;
  if (call.new) return null;
  if (isNextOfKoa(graph, file, call) || isSaveOfDocument(graph, file, call)) return 'started';
  const meanings = graph.meaningsOf(file, call.callee);
  const found = new Set(
    // A value of a module and what it is typed as stand side by side.
    meanings.filter(({ k }) => k !== 'external').map(meaning => (meaning.k === 'member' ? kindOf(graph, file, meaning.type, meaning.name, call.args) : meaning.k === 'typed' ? kindOf(graph, file, meaning.type, '', call.args) : null)),
  );
  const [kind] = found;
  return found.size === 1 ? (kind ?? null) : null;
}

/** `next()` of a Koa middleware is the promise of all that comes after it (Koa docs, cascading). */
function isNextOfKoa(graph: ProgramGraph, file: string, { callee, args }: CallFacts): boolean {
  if (callee.k !== 'var' || args.length > 0) return false;
  const facts = graph.module(file);
  const { kind, fn } = facts.variables[callee.var]!;
  return kind === 'param' && facts.functions[fn]!.params[1] === callee.var && graph.entriesOf(graph.functionOf(file, fn)).some(({ label }) => /^Koa /.test(label));
}

/** `const user = new User(…); user.save();` of mongoose. */
function isSaveOfDocument(graph: ProgramGraph, file: string, { callee, args }: CallFacts): boolean {
  if (callee.k !== 'get' || callee.name !== 'save' || callee.object.k !== 'var' || args.some(({ k }) => k === 'fn')) return false;
  const facts = graph.module(file);
  const { calls } = facts;
  const variable = callee.object.var;
  const values = assignmentsTo(facts, variable).map(assignment => assignment.value);
  const isDocument = (value: Value): boolean => value.k === 'call' && calls[value.call]!.new && graph.meaningsOf(file, calls[value.call]!.callee).some(meaning => meaning.k === 'typed' && meaning.type === 'mongoose.Model');
  return values.length > 0 && values.every(isDocument);
}

function kindOf(graph: ProgramGraph, file: string, type: string, name: string, args: readonly Value[]): 'started' | 'lazy' | null {
  const members = Object.hasOwn(promisedMembers, type) ? promisedMembers[type]! : null;
  const kind = members?.started?.includes(name) ? 'started' : members?.lazy?.includes(name) ? 'lazy' : null;
  if (!members || !kind) return null;
  if (members.callback && args.length > 0 && mayBeFunction(graph, file, args.at(-1)!)) return null;
  for (const [name, major] of Object.entries(members.since ?? {})) if ((majorOf(graph, file, name) ?? major) < major) return null;
  return kind;
}

/** An argument that can be a callback: a function, or a name that says so. */
function mayBeFunction(graph: ProgramGraph, file: string, value: Value): boolean {
  if (value.k === 'fn') return true;
  if (value.k === 'var' && /^(?:cb|callback|done|next|fn)$/.test(graph.module(file).variables[value.var]!.name)) return true;
  return graph.meaningsOf(file, value).some(({ k }) => k === 'function');
}

function majorOf(graph: ProgramGraph, file: string, name: string): number | null {
  const json = graph.packageOf(file)?.json;
  for (const group of [json?.dependencies, json?.devDependencies]) {
    const range = (group as Readonly<Record<string, unknown>> | undefined)?.[name];
    const major = typeof range === 'string' ? /\d+/.exec(range)?.[0] : undefined;
    if (major !== undefined) return Number(major);
  }
  return null;
}
