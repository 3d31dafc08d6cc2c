import type { CallFacts, ModuleFacts, Statement, Value } from '../facts/module-facts.ts';
import { assignmentsTo } from '../facts/module-index.ts';
import { statementsOf } from '../facts/walk-statements.ts';
import type { FunctionNode, ProgramGraph } from '../graph/program-graph.ts';

/** A function that calls itself (directly, or through another that calls back) more than once on one way through it, each time with less. */
export interface BranchingRecursion {
  readonly function: FunctionNode;
  /** The functions of the cycle. */
  readonly cycle: readonly FunctionNode[];
  /** The call to underline: the second of those that go on. */
  readonly call: CallFacts;
  /** Index of the parameter that each call makes smaller by a constant. */
  readonly parameter: number;
}

interface SmallerCall {
  readonly index: number;
  readonly call: CallFacts;
  readonly to: FunctionNode;
  readonly parameter: number;
}

/** Every function of a module whose recursion doubles with each step. */
export function branchingRecursions(graph: ProgramGraph, file: string): readonly BranchingRecursion[] {
  const module = graph.module(file);
  const byFunction = new Map<number, SmallerCall[]>();
  module.calls.forEach((call, index) => {
    const parameter = smallerArgument(module, call);
    if (parameter < 0 || !onlyParameters(module, call)) return;
    for (const meaning of graph.meaningsOf(file, call.callee)) {
      if (meaning.k === 'function' && meaning.function.file === file) byFunction.set(call.fn, [...(byFunction.get(call.fn) ?? []), { index, call, to: meaning.function, parameter }]);
    }
  });
  const reported = new Set<FunctionNode>();
  return [...byFunction].flatMap(([fn, calls]): BranchingRecursion[] => {
    const node = graph.functionOf(file, fn);
    if (reported.has(node)) return [];
    if (node.facts.async || node.facts.generator || keepsResults(module, fn)) return [];
    const toSelf = calls.filter(({ to }) => to === node);
    // Through another function: what that one calls back counts as often as it is called.
    const backFrom = (other: FunctionNode): number => (other === node || keepsResults(module, other.index) ? 0 : mostOnOneWay(other.facts.body, new Set((byFunction.get(other.index) ?? []).filter(({ to }) => to === node).map(({ index }) => index))));
    const weights = new Map(calls.map(({ index, to }) => [index, to === node ? 1 : backFrom(to)]));
    if (mostOnOneWay(node.facts.body, weights) < 2) return [];
    const counted = calls.filter(({ index }) => weights.get(index)! > 0);
    const last = counted.at(-1)!;
    const cycle = [node, ...counted.map(({ to }) => to)];
    for (const member of cycle) reported.add(member);
    return [{ function: node, cycle, call: last.call, parameter: (toSelf[0] ?? last).parameter }];
  });
}

/** The first argument that is a parameter of the calling function less a constant, or -1. */
function smallerArgument(module: ModuleFacts, call: CallFacts): number {
  const { params } = module.functions[call.fn]!;
  return call.args.findIndex(arg => {
    if (arg.k !== 'derived' || arg.by?.operator !== '-' || arg.by.constant <= 0) return false;
    const [of] = arg.of;
    return arg.of.length === 1 && of?.k === 'var' && params.includes(of.var);
  });
}

/** Whether the arguments are made of parameters and constants alone: what walks a tree takes a part of it. */
function onlyParameters(module: ModuleFacts, call: CallFacts): boolean {
  const { params } = module.functions[call.fn]!;
  const isPlain = (value: Value): boolean => {
    switch (value.k) {
      case 'var':
        return params.includes(value.var);
      case 'derived':
      case 'union':
        return value.of.every(isPlain);
      case 'string':
        return true;
      case 'call':
        // The result of the recursion itself, as in Ackermann's function.
        return module.calls[value.call]!.text === call.text;
      default:
        return false;
    }
  };
  return call.args.every(isPlain);
}

/** Whether a function keeps what it has computed: it writes to a table, or is handed to something that does. */
function keepsResults(module: ModuleFacts, fn: number): boolean {
  for (const { statement } of statementsOf(module.functions[fn]!.body)) {
    if (statement.k === 'write' && statement.target?.k === 'get' && statement.target.name === '*') return true;
    if (statement.k !== 'call') continue;
    const call = module.calls[statement.call]!;
    if (call.guards.includes('memoised') || call.guards.includes('memoised-per-key') || (call.callee.k === 'get' && /^(?:set|has|get)$/.test(call.callee.name))) return true;
  }
  return module.calls.some(({ args, text }) => /memo|cache/i.test(text) && args.some(arg => (arg.k === 'fn' && arg.fn === fn) || (arg.k === 'var' && assignmentsTo(module, arg.var).some(item => item.value.k === 'fn' && item.value.fn === fn))));
}

/** How often calls happen at most on one way through a body, each by its weight. Loops are taken to turn once. */
function mostOnOneWay(body: readonly Statement[], weights: ReadonlyMap<number, number> | ReadonlySet<number>): number {
  const weightOf = (call: number): number => (weights instanceof Map ? (weights.get(call) ?? 0) : Number(weights.has(call)));
  /** `on`: of the ways that go on, -Infinity where none does; `out`: of those that leave. */
  const through = (statements: readonly Statement[]): { on: number; out: number } => {
    let on = 0;
    let out = -Infinity;
    const add = (ways: { on: number; out: number }): void => {
      out = Math.max(out, on + ways.out);
      on += ways.on;
    };
    for (const statement of statements) {
      if (on === -Infinity) break;
      switch (statement.k) {
        case 'call':
          on += weightOf(statement.call);
          break;
        case 'return':
        case 'throw':
          add({ on: -Infinity, out: 0 });
          break;
        case 'if':
          add(either([statement.then, statement.otherwise]));
          break;
        case 'switch':
          add(either([...statement.cases.map(clause => clause.body), []]));
          break;
        case 'loop':
        case 'label':
          add(through(statement.body));
          break;
        case 'try':
          add(either([statement.block, statement.handler ?? []]));
          add(through(statement.finalizer ?? []));
          break;
      }
    }
    return { on, out };
  };
  const either = (bodies: readonly (readonly Statement[])[]): { on: number; out: number } => {
    const ways = bodies.map(through);
    return { on: Math.max(...ways.map(({ on }) => on)), out: Math.max(...ways.map(({ out }) => out)) };
  };
  const { on, out } = through(body);
  return Math.max(on, out);
}
