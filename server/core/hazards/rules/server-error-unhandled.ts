import { isBesideProgram } from '../../graph/beside.ts';
import type { CallFacts, ModuleFacts, Value } from '../../facts/module-facts.ts';
import { assignmentsTo } from '../../facts/module-index.ts';
import { statementsOf, termsOf } from '../../facts/walk-statements.ts';
import { clusterUse } from '../../graph/cluster.ts';
import { emitterUses, type EmitterSeed } from '../../graph/emitter-uses.ts';
import type { Meaning, ProgramGraph } from '../../graph/program-graph.ts';
import { runTogether } from '../../graph/same-program.ts';
import { crashHandlers, endsElsewhere, mayEnd } from '../crash-handlers.ts';
import { dependencyVersion } from '../dependency-version.ts';
import { message, type MessageTable } from '../messages.ts';
import { servingRoles, worstReach } from '../reach-ranking.ts';
import type { Rule } from '../rule.ts';

const texts = {
  swallowed: {
    en: 'If the port is taken, `error` has no listener here, and the handler for uncaught exceptions in {handler} keeps the process alive: it runs on without its server. Listen for `error` and `process.exit(1)`.',
    'zh-cn': '如果端口被占用，此处的 `error` 没有监听器，而 {handler} 中的未捕获异常处理函数会让进程继续存活：进程将在没有服务器的情况下运行。请监听 `error` 并调用 `process.exit(1)`。',
  },
  refork: {
    en: 'If the port is taken, `error` has no listener here: each worker ends by it, and the primary forks the next one, which fails alike. Listen for `error`, and tell the primary not to fork again.',
    'zh-cn': '如果端口被占用，此处的 `error` 没有监听器：每个工作进程都会因此结束，而主进程会再派生一个同样失败的进程。请监听 `error`，并通知主进程不要再派生。',
  },
  later: {
    en: 'If the port is taken, `error` has no listener here: the exception ends the process, which already serves others, from {entry}. Listen for `error`.',
    'zh-cn': '如果端口被占用，此处的 `error` 没有监听器：由 {entry} 引发的异常会结束已在为他人服务的进程。请监听 `error`。',
  },
  start: {
    en: 'If the port is taken, `error` has no listener here, and the process ends with an uncaught exception. Listen for `error` to say what is wrong.',
    'zh-cn': '如果端口被占用，此处的 `error` 没有监听器，进程会因未捕获异常而结束。请监听 `error` 并说明原因。',
  },
} as const satisfies MessageTable;

const servers: ReadonlySet<string> = new Set(['http.Server', 'net.Server']);
/** Applications whose listen() makes a server, and gives it back. */
const applications: ReadonlySet<string> = new Set(['express.Application', 'koa.Application']);

/**
 * Sources: Node docs, net.html server.listen() and Event 'error' (EADDRINUSE); lib/net.js setupListenHandle emits the error on nextTick,
 * lib/events.js emit throws it where nobody listens. Express 5 hands it to the callback of listen() (lib/application.js app.listen).
 */
export const rule: Rule = {
  meta: { id: 'server-error-unhandled', about: 'program', category: 'process', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check({ graph, locale, report }) {
    const keepsAlive = crashHandlers(graph).find(handler => !handler.unknown && !handler.removed && mayEnd(graph, handler) === 'no' && !endsElsewhere(graph, handler));
    const knowing = graph.linkedFiles.filter(file => looksAtTakenPorts(graph, file));
    for (const file of graph.linkedFiles) {
      const role = graph.roleOf(file);
      if (role === 'test' || role === 'build' || role === 'cli' || isBesideProgram(graph, file)) continue;
      if (knowing.some(other => runTogether(graph, other, file))) continue;
      for (const [index, call] of graph.module(file).calls.entries()) {
        if (!isUnwatchedListen(graph, file, call, index) || call.guards.includes('cluster-primary')) continue;
        const fn = graph.functionOf(file, call.fn);
        const reach = worstReach(graph, graph.reaching(fn, servingRoles))?.worst;
        const later = reach && reach.confidence !== 'possible' ? reach : null;
        const reforks = clusterUse(graph).reforks.length > 0;
        // Another file may be a program of its own.
        const together = keepsAlive && runTogether(graph, keepsAlive.file, file);
        const key = later ? 'later' : together ? 'swallowed' : reforks ? 'refork' : 'start';
        const location = graph.locate(file, [call.range[0], call.calleeRange[1]]);
        report({
          location,
          message: message(texts, key, locale, { handler: keepsAlive?.file ?? '', entry: later?.reach.entry.label ?? '' }),
          confidence: key === 'start' ? 'possible' : 'likely',
          role: later?.reach.entry.role ?? 'startup',
          path: later ? [...later.reach.path, { location, label: 'listen()' }] : [],
          anchor: `${fn.displayName} ${call.text}`,
        });
      }
    }
  },
};

/** Whether a listener of the process for all exceptions asks for this one: then it is answered there. */
function looksAtTakenPorts(graph: ProgramGraph, file: string): boolean {
  const asks = crashHandlers(graph).filter(handler => handler.file === file).flatMap(({ listeners }) => listeners);
  return asks.some(({ facts: { body } }) => [...statementsOf(body)].some(({ statement }) => (statement.k === 'if' && termsOf(statement.test).some(({ constant }) => constant === 'EADDRINUSE')) || (statement.k === 'switch' && statement.cases.some(({ test }) => test?.constant === 'EADDRINUSE'))));
}

/** A call of listen() on a server whose errors nobody hears, as far as it can be followed. */
function isUnwatchedListen(graph: ProgramGraph, file: string, call: CallFacts, index: number): boolean {
  const { callee } = call;
  if (callee.k !== 'get' || callee.name !== 'listen') return false;
  const types = graph.meaningsOf(file, callee).flatMap((meaning: Meaning) => (meaning.k === 'member' ? [meaning.type] : []));
  if (types.some(type => applications.has(type))) {
    // Express 5 tells the callback.
    if (types.includes('express.Application') && call.args.some(arg => graph.meaningsOf(file, arg).some(({ k }) => k === 'function')) && expressMajor(graph, file) !== 4) return false;
    const { handlesErrors, escapes } = emitterUses(graph, { file, value: { k: 'call', call: index } });
    return !handlesErrors && !escapes;
  }
  const value = types.some(type => servers.has(type)) ? originOf(graph.module(file), callee.object) : null;
  if (value?.k !== 'var' && value?.k !== 'call' && value?.k !== 'get') return false;
  return isUnwatched(graph, file, value, 0);
}

/** Functions in a row through which a server is handed. */
const handedDepth = 3;

/** Whether nobody hears the errors of a server: neither where it is used nor, where it is a parameter, any of those who hand it over. */
function isUnwatched(graph: ProgramGraph, file: string, value: EmitterSeed['value'], depth: number): boolean {
  const { handlesErrors, escapes } = emitterUses(graph, { file, value });
  if (handlesErrors || escapes) return false;
  const module = graph.module(file);
  const variable = value.k === 'var' ? module.variables[value.var]! : null;
  const position = variable?.kind === 'param' ? module.functions[variable.fn]!.params.indexOf((value as { readonly var: number }).var) : -1;
  if (position < 0 || depth >= handedDepth) return true;
  return graph.callsInto(graph.functionOf(file, variable!.fn)).every(({ call, from, kind }) => {
    const arg = kind === 'call' ? call.args[position] : undefined;
    const origin = arg && originOf(graph.module(from.file), arg);
    return origin?.k !== 'var' && origin?.k !== 'call' && origin?.k !== 'get' ? true : isUnwatched(graph, from.file, origin, depth + 1);
  });
}

/** Where a server comes from: `createServer().on(…)` from the first call, a variable from the one thing that it is set to. */
function originOf(module: ModuleFacts, value: Value, depth = 0): Value {
  if (depth > 8) return value;
  if (value.k === 'call') {
    const { callee } = module.calls[value.call]!;
    return callee.k === 'get' && callee.object.k !== 'module' && /^(?:on|once|addListener|setTimeout|unref|ref)$/.test(callee.name) ? originOf(module, callee.object, depth + 1) : value;
  }
  if (value.k !== 'var') return value;
  const values = assignmentsTo(module, value.var).map(assignment => assignment.value);
  return values.length === 1 && (values[0]!.k === 'call' || values[0]!.k === 'var') ? originOf(module, values[0]!, depth + 1) : value;
}

/** Major version of Express that the package has or asks for; null where it does not say. */
function expressMajor(graph: ProgramGraph, file: string): number | null {
  const major = /\d+/.exec(dependencyVersion(graph, file, 'express') ?? '')?.[0];
  return major === undefined ? null : Number(major);
}
