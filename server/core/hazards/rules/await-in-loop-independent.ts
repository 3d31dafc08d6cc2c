import type { ModuleFacts, Statement, Value } from '../../facts/module-facts.ts';
import { statementsOf } from '../../facts/walk-statements.ts';
import type { Operation, ProgramGraph } from '../../graph/program-graph.ts';
import { message, type MessageTable } from '../messages.ts';
import { worstReach } from '../reach-ranking.ts';
import type { Rule } from '../rule.ts';

const texts = {
  serial: {
    en: 'The turns of this loop wait for each other, and none needs what another found: {entry} takes as long as all {count} calls of `{operation}()` together. `Promise.all()` of a `map()` takes as long as the slowest.',
    'zh-cn': '此循环的各轮相互等待，却互不依赖：{entry} 的耗时是 {count} 次 `{operation}()` 调用之和。改用 `map()` 与 `Promise.all()`，耗时只取决于最慢的一次。',
  },
} as const satisfies MessageTable;

/** More at once would be another hazard: threadpool-exhaustion, promise-all-unbounded. */
const most = 16;
/** Functions that only read, so that their order cannot matter. */
const readers: Readonly<Record<string, RegExp>> = {
  fs: /^promises\.(?:readFile|stat|lstat|readdir|access|realpath|readlink)$/,
  'fs/promises': /^(?:readFile|stat|lstat|readdir|access|realpath|readlink)$/,
  dns: /^promises\.(?:lookup|resolve\w*|reverse)$/,
  'dns/promises': /^(?:lookup|resolve\w*|reverse)$/,
};

/** Source: ECMA-262 §27.7.5.3 Await, §27.2.4.1 Promise.all: work that has begun goes on while others are awaited. */
export const rule: Rule = {
  meta: { id: 'await-in-loop-independent', category: 'promise', defaultSeverity: 'info', fix: 'none', since: '0.2.0' },
  texts,
  check({ files, graph, locale, report }) {
    for (const operation of graph.operationsIn(files)) {
      const { call, function: fn, location, name } = operation;
      if (!call.awaited || call.loopDepth !== 1 || !readers[operation.api.module]?.test(operation.api.member)) continue;
      const count = turnsOf(graph, operation);
      if (count === null) continue;
      const found = worstReach(graph, graph.reachingOperation(operation, ['request']))?.worst;
      if (!found || found.confidence === 'possible' || found.remark !== null) continue;
      const { entry, path } = found.reach;
      report({ location, message: message(texts, 'serial', locale, { entry: entry.label, count, operation: name }), confidence: 'likely', role: entry.role, path, anchor: `${fn.displayName} ${name}` });
    }
  },
};

/** How often the loop around the call runs, where it is written out and each turn stands for itself; null for all others. */
function turnsOf(graph: ProgramGraph, { call, location: { file }, function: fn }: Operation): number | null {
  const module = graph.module(file);
  const index = module.calls.indexOf(call);
  const around = [...statementsOf(fn.facts.body)].find(({ statement }) => statement.k === 'call' && statement.call === index)?.around;
  const loop = around?.findLast(statement => statement.k === 'loop');
  if (loop?.k !== 'loop' || around!.at(-1) !== loop) return null;
  const { kind, over } = module.loops[loop.loop]!;
  const count = kind === 'for-of' && over?.value ? lengthOf(module, over.value) : null;
  return count !== null && count > 1 && count <= most && loop.body.every(statement => standsAlone(module, statement, index)) && !readsCollected(module, loop.body) ? count : null;
}

/** A turn that leaves the loop, catches, or writes what is not its own, may decide what the next one does. */
function standsAlone({ calls }: ModuleFacts, statement: Statement, read: number): boolean {
  switch (statement.k) {
    case 'await':
    case 'drop':
      return true;
    case 'write':
      return statement.declares;
    case 'call': {
      const { callee } = calls[statement.call]!;
      return statement.call === read || (callee.k === 'get' && callee.name === 'push' && callee.object.k === 'var') || /^(?:path\.(?:join|resolve)|join|resolve|JSON\.parse|String)$/.test(calls[statement.call]!.text);
    }
    default:
      return false;
  }
}

/** Whether a turn asks for the list that the turns before it pushed to: what they found then decides what it does. */
function readsCollected({ calls, objects }: ModuleFacts, body: readonly Statement[]): boolean {
  const made = body.flatMap(statement => (statement.k === 'call' ? [calls[statement.call]!] : []));
  const collected = new Set(made.flatMap(({ callee }) => (callee.k === 'get' && callee.name === 'push' && callee.object.k === 'var' ? [callee.object.var] : [])));
  const asks = (value: Value): boolean => {
    switch (value.k) {
      case 'var':
        return collected.has(value.var);
      case 'get':
        return asks(value.object);
      case 'derived':
      case 'union':
        return value.of.some(asks);
      case 'obj':
        return objects[value.obj]!.properties.some(property => asks(property.value));
      default:
        return false;
    }
  };
  if (collected.size === 0) return false;
  // What a spread argument is made of is not in the facts.
  return made.some(({ args, spread }) => spread || args.some(asks)) || body.some(statement => statement.k === 'write' && statement.term?.value && asks(statement.term.value));
}

function lengthOf(module: ModuleFacts, value: Value): number | null {
  const { objects, assignments, variables, calls } = module;
  if (value.k === 'obj') {
    const { array, properties } = objects[value.obj]!;
    return array && properties.every(({ kind, name }) => kind === 'init' && name !== '*') ? properties.length : null;
  }
  if (value.k !== 'var' || variables[value.var]!.kind !== 'const') return null;
  const changes = calls.some(({ callee }) => callee.k === 'get' && callee.object.k === 'var' && callee.object.var === value.var && /^(?:push|unshift|splice)$/.test(callee.name));
  const assigned = assignments.flatMap(assignment => (assignment.to === 'var' && assignment.var === value.var ? [assignment.value] : []));
  return changes || assigned.length !== 1 || assigned[0]!.k !== 'obj' ? null : lengthOf(module, assigned[0]!);
}
