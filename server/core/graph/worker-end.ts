import type { Condition, Constant, ModuleFacts, Term, Value } from '../facts/module-facts.ts';
import { assignmentsTo } from '../facts/module-index.ts';
import { clusterMember } from './cluster.ts';
import type { HandlerStep, StepCondition } from './process-handlers.ts';
import type { ProgramGraph } from './program-graph.ts';

/** How a worker ended, as its primary can see it. */
export interface WorkerEnd {
  /** `worker.exitedAfterDisconnect`: the primary (or the worker itself) asked for it. */
  readonly voluntary: boolean;
  /** `worker.isDead()`: not yet while it is only disconnected. */
  readonly dead: boolean | null;
  readonly code: number | null;
  readonly signal: string | null;
}

/** By an exception that nobody caught: Node docs, cluster "Event: 'exit'". */
export const crash: WorkerEnd = { voluntary: false, dead: true, code: 1, signal: null };
/** By `worker.disconnect()` or `cluster.disconnect()`: it ends when nothing is left to do. */
export const disconnected: WorkerEnd = { voluntary: true, dead: true, code: 0, signal: null };
/** By a signal. `worker.kill()` in the primary is no more than that: it leaves `exitedAfterDisconnect` false (measured on Node 18, 20 and 24; primary.js Worker.prototype.destroy). */
export const signalled: WorkerEnd = { voluntary: false, dead: true, code: null, signal: 'SIGTERM' };

type Answer = 'yes' | 'no' | 'unknown';

/** Whether a step of a listener is taken when a worker ends in this way: `unknown` where something else has a say. */
export function isTaken(graph: ProgramGraph, step: HandlerStep, end: WorkerEnd): Answer {
  const answers = step.conditions.map(condition => holds(graph, condition, end));
  return answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes';
}

function holds(graph: ProgramGraph, { test, file }: StepCondition, end: WorkerEnd): Answer {
  return test ? answer({ graph, module: graph.module(file), end }, test) : 'unknown';
}

interface Asked {
  readonly graph: ProgramGraph;
  readonly module: ModuleFacts;
  readonly end: WorkerEnd;
}

const opposite: Readonly<Record<Answer, Answer>> = { yes: 'no', no: 'yes', unknown: 'unknown' };

function answer(asked: Asked, condition: Condition): Answer {
  switch (condition.k) {
    case 'not':
      return opposite[answer(asked, condition.of)];
    case 'and':
    case 'or': {
      const decisive = condition.k === 'and' ? 'no' : 'yes';
      const answers = [answer(asked, condition.left), answer(asked, condition.right)];
      return answers.includes(decisive) ? decisive : answers.includes('unknown') ? 'unknown' : opposite[decisive];
    }
    case 'truthy': {
      const value = valueOf(asked, condition.of);
      return value === undefined ? 'unknown' : value ? 'yes' : 'no';
    }
    case 'compare':
      return compare(condition.operator, valueOf(asked, condition.left), valueOf(asked, condition.right));
  }
}

function compare(operator: string, left: Constant | undefined, right: Constant | undefined): Answer {
  if (left === undefined || right === undefined) return 'unknown';
  const negated = operator[0] === '!';
  if (operator === '===' || operator === '==' || negated) {
    // Which number a crash ends with is not known, only that it is not 0.
    const equal = left === right ? (left === crash.code ? 'unknown' : 'yes') : typeof left === 'number' && typeof right === 'number' && left !== 0 && right !== 0 ? 'unknown' : 'no';
    return negated ? opposite[equal] : equal;
  }
  if (typeof left !== 'number' || typeof right !== 'number' || (left !== 0 && right !== 0)) return 'unknown';
  switch (operator) {
    case '>':
      return left > right ? 'yes' : 'no';
    case '<':
      return left < right ? 'yes' : 'no';
    case '>=':
      return left >= right ? 'yes' : 'no';
    case '<=':
      return left <= right ? 'yes' : 'no';
    default:
      return 'unknown';
  }
}

/** What a term is when a worker has ended so; undefined where that is not known. */
function valueOf(asked: Asked, term: Term): Constant | undefined {
  if (term.constant !== undefined) return term.constant;
  if (term.text === 'undefined') return null;
  return term.value === null ? undefined : known(asked, term.value, 0);
}

const codeName = /^(?:exit_?|status_?)?code$|^exitStatus$|^status$/i;
const signalName = /^(?:exit_?|kill_?)?sig(?:nal)?(?:_?name|_?code)?$/i;

function known(asked: Asked, value: Value, depth: number): Constant | undefined {
  const { graph, module, end } = asked;
  if (depth > 4) return undefined;
  const member = clusterMember(graph, module.file, value);
  if (member === 'isPrimary' || member === 'isMaster') return true;
  if (member === 'isWorker') return false;
  switch (value.k) {
    case 'get':
      switch (value.name) {
        case 'exitedAfterDisconnect':
        case 'suicide':
          return end.voluntary;
        case 'exitCode':
          return end.code;
        case 'signalCode':
          return end.signal;
        default:
          return undefined;
      }
    case 'call': {
      const { callee } = module.calls[value.call]!;
      if (callee.k !== 'get') return undefined;
      if (callee.name === 'isDead') return end.dead ?? undefined;
      return callee.name === 'isConnected' ? false : undefined;
    }
    case 'var': {
      const { name, kind } = module.variables[value.var]!;
      if (kind === 'param') return codeName.test(name) ? end.code : signalName.test(name) ? end.signal : undefined;
      const assigned = assignmentsTo(module, value.var);
      return kind === 'const' && assigned.length === 1 ? known(asked, assigned[0]!.value, depth + 1) : undefined;
    }
    default:
      return undefined;
  }
}
