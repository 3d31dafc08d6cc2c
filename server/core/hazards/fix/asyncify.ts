import type { CallFacts, FunctionFacts } from '../../facts/module-facts.ts';
import { callsIn } from '../../facts/module-index.ts';
import type { CallEdge, FunctionNode, ProgramGraph, Role } from '../../graph/program-graph.ts';
import type { TextEdit } from '../../text/edit.ts';

/** A change that is spread over more functions than this is no quick fix. */
const functionLimit = 12;

const allRoles: readonly Role[] = ['request', 'timer', 'stream', 'background', 'startup', 'shutdown', 'worker', 'cluster-primary', 'cli', 'test', 'build'];

/** Edits that put `await` before a call and make what is around it asynchronous. */
export interface Asyncified {
  readonly edits: readonly TextEdit[];
  /** The functions that become `async`, the innermost first; empty where the function is async already. */
  readonly functions: readonly FunctionNode[];
}

/**
 * Puts `await` before a call of a function, makes the function `async`, and does the same at each place that calls it, until
 * functions are reached that are async or that a framework calls. Null where a place cannot wait: a getter, a constructor,
 * a generator, a callback that is called synchronously or by code that is not known, a default parameter, a class
 * field, the top level of a script. Works on facts and texts only; the result parses where the input did.
 */
export function asyncify(graph: ProgramGraph, fn: FunctionNode, call: CallFacts, afterAwait: string): Asyncified | null {
  const edits: TextEdit[] = [];
  const awaits: { readonly end: number; readonly edits: readonly TextEdit[] }[] = [];
  const functions: FunctionNode[] = [];
  const done = new Set<CallFacts>();
  const pending: { readonly fn: FunctionNode; readonly call: CallFacts; readonly afterAwait: string }[] = [{ fn, call, afterAwait }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (done.has(next.call)) continue;
    done.add(next.call);
    const awaited = awaitEdits(graph, next.fn.file, next.call, next.afterAwait);
    if (!awaited) return null;
    awaits.push({ end: next.call.range[1], edits: awaited });
    if (next.fn.facts.async || functions.includes(next.fn)) continue;
    if (next.fn.index === 0) {
      if (awaitsAtTopLevel(graph, next.fn.file)) continue;
      return null;
    }
    const made = asyncEdits(graph, next.fn);
    const callers = made && waitingCallers(graph, next.fn);
    if (!callers || functions.push(next.fn) > functionLimit) return null;
    edits.push(...made);
    pending.push(...callers.map(edge => ({ fn: edge.from, call: edge.call, afterAwait: '' })));
  }
  // `a().b()`: both calls start at the same place, and the outer `await` comes first.
  awaits.sort((a, b) => b.end - a.end);
  return { edits: [...edits, ...awaits.flatMap(item => item.edits)], functions };
}

/** The call sites that must wait for the function, or null where one cannot. What a framework calls may return a promise. */
function waitingCallers(graph: ProgramGraph, fn: FunctionNode): readonly CallEdge[] | null {
  const entries = graph.entriesOf(fn);
  // An 'exit' listener and its like must have done their work when they return.
  if (entries.some(entry => entry.role === 'shutdown')) return null;
  const callers = graph.callersOf(fn);
  // Callers of an entry are not listed; where code of the program is seen to reach it as well, they exist.
  if (!callers) return entries.length > 0 && graph.reaching(fn, allRoles).every(reach => reach.path.length === 1) ? [] : null;
  return callers.every(edge => edge.kind === 'call' && !edge.call.new) ? callers : null;
}

/** `async`, and `Promise<…>` around the return type; null where the function cannot be async or others fix its type. */
function asyncEdits(graph: ProgramGraph, fn: FunctionNode): TextEdit[] | null {
  const { file, facts } = fn;
  const text = graph.text(file);
  if (facts.asyncInsertAt < 0 || facts.generator || text === null) return null;
  const owner = facts.class >= 0 ? graph.module(file).classes[facts.class]! : null;
  const declaredElsewhere = owner !== null && (owner.superClass !== null || owner.implements.length > 0);
  if (declaredElsewhere && graph.entriesOf(fn).length === 0) return null;
  const edits: TextEdit[] = [{ file, start: facts.asyncInsertAt, end: facts.asyncInsertAt, text: 'async ' }];
  if (!facts.returnType) return edits;
  const [start, end] = facts.returnType;
  const written = text.slice(start, end);
  if (/^(?:asserts\b|\w+ is\b)/.test(written)) return null;
  if (/^Promise\s*</.test(written)) return edits;
  return [...edits, { file, start, end: start, text: 'Promise<' }, { file, start: end, end, text: '>' }];
}

/** `await call`, in brackets where something that binds tighter follows or precedes; null where a promise cannot be awaited. */
function awaitEdits(graph: ProgramGraph, file: string, call: CallFacts, afterAwait: string): TextEdit[] | null {
  const text = graph.text(file);
  if (text === null || call.context === 'class-field' || inParameters(text, graph.module(file).functions[call.fn]!, call)) return null;
  const [start, end] = call.range;
  if (call.awaited) return afterAwait === '' ? [] : null;
  const brackets = afterAwait !== '' || call.context === 'member' || bindsTighter(text, start, end);
  if (brackets && startsLine(text, start)) return null;
  return [
    { file, start, end: start, text: brackets ? '(await ' : 'await ' },
    ...(brackets ? [{ file, start: end, end, text: `)${afterAwait}` }] : []),
  ];
}

/** Whether the call stands among the parameters of its function, where `await` is a syntax error. */
function inParameters(text: string, fn: FunctionFacts, call: CallFacts): boolean {
  const [start] = call.range;
  if (call.context === 'default-parameter') return true;
  if (fn.kind === 'module') return false;
  // Without a name the head of the function stands for it: parameters included, body not.
  if (fn.kind !== 'method' && fn.nameRange[0] === fn.range[0]) return start < fn.nameRange[1];
  let depth = 0;
  for (let at = fn.nameRange[1]; at < start; at++) {
    const character = text[at];
    if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === '{' && depth === 0) return false;
  }
  return true;
}

function bindsTighter(text: string, start: number, end: number): boolean {
  return /^\s*(?:\?\.|\.(?!\.)|\[|\(|`|\*\*|!(?!=))/.test(text.slice(end, end + 200)) || /\b(?:new|extends)\s+$/.test(text.slice(Math.max(0, start - 20), start));
}

/** A bracket at the start of a line goes on with the line before it where that has no semicolon. */
function startsLine(text: string, start: number): boolean {
  const before = text.slice(0, start);
  if (!/(?:^|\n)[ \t]*$/.test(before)) return false;
  const ended = /;[ \t]*\r?$/m.test(text) ? /(?:^|[;{}(,[=:?&|+>])\s*$/ : /(?:^|[{(,[=:?&|+>])\s*$/;
  return !ended.test(before);
}

/** Whether the file is surely a module whose top level may wait. */
function awaitsAtTopLevel(graph: ProgramGraph, file: string): boolean {
  return /\.m[jt]s$/.test(file) || callsIn(graph.module(file), 0).some(call => call.awaited);
}
