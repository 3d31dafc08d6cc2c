import type { Range, Statement, Term, Value } from '../facts/module-facts.ts';
import { statementsOf } from '../facts/walk-statements.ts';
import { clusterCall, isClusterModule } from './cluster.ts';
import { functionSteps } from './process-handlers.ts';
import type { FunctionNode, ProgramGraph } from './program-graph.ts';

/** An assignment to `cluster.schedulingPolicy`. */
export interface PolicyWrite {
  readonly function: FunctionNode;
  /** Of the assigned property. */
  readonly range: Range;
  readonly term: Term | null;
  /** What started the workers before it in the same function: the call, and the statement of its block that holds it. */
  readonly after: { readonly range: Range; readonly text: string; readonly statement: Range } | null;
}

/** Every assignment to `cluster.schedulingPolicy`, in order of the files. */
export function policyWrites(graph: ProgramGraph): readonly PolicyWrite[] {
  return graph.linkedFiles.flatMap(file => {
    const module = graph.module(file);
    if (!module.assignments.some(assignment => assignment.to === 'property' && assignment.name === 'schedulingPolicy') && !module.imports.some(item => isClusterModule(item.specifier))) return [];
    return module.functions.flatMap((facts, index) => {
      const fn = graph.functionOf(file, index);
      return [...statementsOf(facts.body)].flatMap(({ statement, around }): PolicyWrite[] => {
        if (statement.k !== 'write' || statement.operator !== '=' || !isPolicy(graph, file, statement.target)) return [];
        return [{ function: fn, range: statement.range, term: statement.term, after: forkBefore(graph, fn, statement, around) }];
      });
    });
  });
}

function isPolicy(graph: ProgramGraph, file: string, target: Value | null): boolean {
  if (target?.k !== 'get' || target.name !== 'schedulingPolicy') return false;
  return graph.meaningsOf(file, target.object).some(meaning => (meaning.k === 'typed' && meaning.type === 'cluster.Cluster') || (meaning.k === 'external' && meaning.module === 'cluster' && meaning.path === ''));
}

/** The first call before a statement, in its block or one around it, that starts or sets up workers. */
function forkBefore(graph: ProgramGraph, fn: FunctionNode, statement: Statement, around: readonly Statement[]): PolicyWrite['after'] {
  const module = graph.module(fn.file);
  const blocks = [fn.facts.body, ...around.flatMap(outer => (outer.k === 'if' ? [outer.then, outer.otherwise] : 'body' in outer ? [outer.body] : outer.k === 'try' ? [outer.block] : []))];
  for (const block of blocks) {
    const position = block.findIndex(item => item === statement || around.includes(item));
    for (const before of block.slice(0, Math.max(0, position))) {
      for (const { statement: inner } of [{ statement: before }, ...statementsOf([before])]) {
        if (inner.k !== 'call') continue;
        const call = module.calls[inner.call]!;
        if (!forks(graph, fn, inner.call)) continue;
        const own = before.k === 'call' ? module.calls[before.call]!.range : before.k === 'loop' ? module.loops[before.loop]!.range : 'range' in before ? before.range : call.range;
        return { range: call.range, text: call.text, statement: own };
      }
    }
  }
  return null;
}

/** Whether a call sets up workers, itself or in a function that it calls, before it returns and whatever holds. */
function forks(graph: ProgramGraph, fn: FunctionNode, index: number): boolean {
  const call = graph.module(fn.file).calls[index]!;
  const isSetup = (file: string, candidate: typeof call): boolean => ['fork', 'setupPrimary', 'setupMaster'].includes(clusterCall(graph, file, candidate) ?? '');
  if (isSetup(fn.file, call)) return true;
  const called = graph.callsFrom(fn).filter(edge => edge.call === call && edge.kind === 'call');
  return called.length === 1 && functionSteps(graph, called[0]!.to).some(step => step.timing === 'now' && step.call !== null && isSetup(step.function.file, step.call));
}
