import type { CallFacts, ModuleFacts, Range, Value } from '../core/facts/module-facts.ts';
import type { Operation, ProgramGraph } from '../core/graph/program-graph.ts';
import type { ApiDescription } from '../core/node/api.ts';
import type { ApiIndex } from '../core/node/lookup.ts';

/** A call of a described function, and the range of what is called. */
export interface ApiCall {
  readonly api: ApiDescription;
  readonly range: Range;
  /** Where the program graph knows the call. */
  readonly operation: Operation | null;
}

/**
 * The described function whose name stands at a 0-based offset: as the graph resolved it over all files, else as the
 * file's own imports say (the graph leaves out files in which nothing can block).
 */
export function apiAt(graph: ProgramGraph, apis: ApiIndex, file: string, offset: number): ApiCall | null {
  const module = graph.module(file);
  const call = module.calls.filter(({ calleeRange: [start, end] }) => start <= offset && offset <= end).sort((a, b) => length(a) - length(b))[0];
  if (!call) return null;
  const operation = graph.operations.find(candidate => candidate.function.file === file && candidate.location.start === call.range[0] && candidate.location.end === call.range[1]) ?? null;
  if (operation) return { api: operation.api, range: call.calleeRange, operation };
  const named = resolve(module, call.callee, 0);
  const api = named && apis.find(named.module, named.member);
  return api ? { api, range: call.calleeRange, operation: null } : null;
}

function length({ calleeRange }: CallFacts): number {
  return calleeRange[1] - calleeRange[0];
}

/** Chains of names longer than this are no imports. */
const maxDepth = 12;

function resolve(facts: ModuleFacts, value: Value, depth: number): { module: string; member: string } | null {
  if (depth > maxDepth) return null;
  switch (value.k) {
    case 'global':
      return { module: 'globals', member: value.name };
    case 'module':
      return { module: value.specifier, member: '' };
    case 'get': {
      const owner = resolve(facts, value.object, depth + 1);
      return owner && { module: owner.module, member: owner.member === '' || owner.member.endsWith('#') ? owner.member + value.name : `${owner.member}.${value.name}` };
    }
    case 'call': {
      const call = facts.calls[value.call]!;
      const owner = resolve(facts, call.callee, depth + 1);
      return owner && { module: owner.module, member: call.new ? `${owner.member}#` : `${owner.member}()#` };
    }
    case 'var': {
      const assigned = facts.assignments.filter(assignment => assignment.to === 'var' && assignment.var === value.var);
      return assigned.length === 1 ? resolve(facts, assigned[0]!.value, depth + 1) : null;
    }
    default:
      return null;
  }
}
