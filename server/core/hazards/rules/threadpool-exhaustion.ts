import type { CallFacts, ModuleFacts, Value } from '../../facts/module-facts.ts';
import { assignmentsTo, callIndicesIn, loopsIn, memberCalls } from '../../facts/module-index.ts';
import { deploymentOf } from '../../graph/deployment.ts';
import type { FunctionNode, Operation, ProgramGraph } from '../../graph/program-graph.ts';
import { message, type MessageTable } from '../messages.ts';
import { worstReach } from '../reach-ranking.ts';
import type { Rule, RuleContext } from '../rule.ts';

const texts = {
  long: {
    en: '`{operation}()` is started for every item at once in {entry}: the {size} threads of the pool are taken until all are done, and file accesses and `dns.lookup()` of every other request wait behind them. Let only a few run at a time.',
    'zh-cn': '在 {entry} 中，`{operation}()` 会同时对每一项启动：线程池的 {size} 个线程会一直被占用到全部完成，其他请求的文件访问和 `dns.lookup()` 都要排在后面。请限制同时运行的数量。',
  },
  files: {
    en: '`{operation}()` is started for every item at once in {entry}: with many items they queue for the {size} threads of the pool, before what other requests want of it. Let only a few run at a time.',
    'zh-cn': '在 {entry} 中，`{operation}()` 会同时对每一项启动：项目较多时，它们会排队占用线程池的 {size} 个线程，其他请求的任务只能排在其后。请限制同时运行的数量。',
  },
} as const satisfies MessageTable;

/** Threads of libuv's pool where nothing says otherwise (libuv src/threadpool.c default_threads). */
const defaultSize = 4;

/** Each keeps a thread for milliseconds and more. */
const longTasks: Readonly<Record<string, RegExp>> = {
  crypto: /^(?:pbkdf2|scrypt|argon2|generateKeyPair|generatePrime|checkPrime|subtle\.(?:deriveBits|deriveKey|generateKey))$/,
  zlib: /^/,
  dns: /^lookup(?:Service)?$/,
  'dns/promises': /^lookup(?:Service)?$/,
  bcrypt: /^(?:hash|compare)$/,
  '@node-rs/bcrypt': /^/,
  '@node-rs/argon2': /^/,
  argon2: /^/,
  scrypt: /^/,
  'scrypt-kdf': /^/,
  sharp: /#to(?:Buffer|File)$/,
  snappy: /^/,
};
const wholeFiles = /^(?:promises\.)?(?:readFile|writeFile|copyFile|cp)$/;

const iterating: ReadonlySet<string> = new Set(['map', 'forEach', 'flatMap']);
/** Something on the way hands out permits. */
const limiting = /limit|semaphore|mutex|acquire|throttl|queue|\block|batch|chunk|concurren/i;
/** Calls between the loop and the task. */
const maximalDepth = 3;

/**
 * Sources: Node docs, cli.html UV_THREADPOOL_SIZE; guide "Don't block the event loop (or the worker pool)"; libuv src/threadpool.c.
 * Measured: `fs.stat()` behind four `pbkdf2()` takes as long as they do.
 */
export const rule: Rule = {
  meta: { id: 'threadpool-exhaustion', category: 'threadpool', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph } = context;
    for (const file of context.files) {
      const module = graph.module(file);
      for (const [index, call] of module.calls.entries()) {
        const callback = itemCallback(module, call);
        if (callback >= 0) {
          const task = taskOf(graph, graph.functionOf(file, callback), maximalDepth, new Set());
          if (task) report(context, file, call, task);
        } else if (call.loopDepth > 0 && !call.awaited && !inBoundedLoop(module, call)) {
          const task = graph.operationAt(file, index);
          if (task && lengthOf(task)) report(context, file, call, task);
        }
      }
    }
  },
};

function report({ graph, locale, report }: RuleContext, file: string, call: CallFacts, task: Operation): void {
  const length = lengthOf(task)!;
  const fn = graph.functionOf(file, call.fn);
  const found = worstReach(graph, graph.reaching(fn, ['request', 'background']));
  const size = poolSize(graph);
  if (!found || found.worst.confidence === 'possible' || found.worst.remark !== null) return;
  const { reach, confidence } = found.worst;
  const location = graph.locate(file, [call.range[0], call.calleeRange[1]]);
  report({
    location,
    message: message(texts, length, locale, { operation: task.name, entry: reach.entry.label, size }),
    confidence: length === 'files' ? 'possible' : task.call === call ? confidence : 'likely',
    role: reach.entry.role,
    path: [...reach.path, { location, label: `${task.name}()` }],
    ...(length === 'files' && { atMost: 'info' as const }),
    anchor: `${fn.displayName} ${task.name}`,
  });
}

/** How long a task keeps its thread; null for what is quickly done, and for what is not done by the pool. */
function lengthOf({ api }: Operation): 'long' | 'files' | null {
  if (!api.threadPool) return null;
  if (longTasks[api.module]?.test(api.member)) return 'long';
  return (api.module === 'fs' || api.module === 'fs/promises' || api.module === 'fs-extra') && wholeFiles.test(api.member) ? 'files' : null;
}

/** The function that a call runs for each item of a list that is not known to be short, all in the same tick; -1 for other calls. */
function itemCallback(module: ModuleFacts, call: CallFacts): number {
  const { callee, args } = call;
  // Inside of a loop the list is one batch of several.
  if (callee.k !== 'get' || !iterating.has(callee.name) || args[0]?.k !== 'fn' || call.loopDepth > 0) return -1;
  return isShort(module, callee.object) || limiting.test(call.text) ? -1 : args[0].fn;
}

/** A literal list, or a piece of a list, with no more items than the pool has threads. */
function isShort(module: ModuleFacts, list: Value, depth = 0): boolean {
  if (depth > 4) return false;
  switch (list.k) {
    case 'obj': {
      const { properties } = module.objects[list.obj]!;
      return properties.length <= defaultSize && properties.every(({ kind }) => kind !== 'spread');
    }
    case 'var': {
      const values = assignmentsTo(module, list.var).map(assignment => assignment.value);
      const grows = ['push', 'unshift'].some(name => memberCalls(module, name).some(index => isMemberOf(module.calls[index]!, list.var)));
      return values.length > 0 && !grows && values.every(value => isShort(module, value, depth + 1));
    }
    case 'call': {
      const { callee, literalArgs, args } = module.calls[list.call]!;
      if (callee.k !== 'get') return false;
      const [from, to] = literalArgs;
      if (callee.name === 'slice' || callee.name === 'splice') return (typeof from === 'number' && typeof to === 'number') || args.length === 2;
      if (/^(?:keys|values|entries)$/.test(callee.name)) return args[0] !== undefined && isShort(module, args[0], depth + 1);
      return /^(?:filter|map|sort|reverse|toSorted)$/.test(callee.name) && isShort(module, callee.object, depth + 1);
    }
    default:
      return false;
  }
}

function isMemberOf({ callee }: CallFacts, variable: number): boolean {
  return callee.k === 'get' && callee.object.k === 'var' && callee.object.var === variable;
}

/** A loop of few turns, or one that waits in between or leaves. */
function inBoundedLoop(module: ModuleFacts, call: CallFacts): boolean {
  return loopsIn(module, call.fn).some(
    ({ range, yields, over, test }) =>
      range[0] <= call.range[0] &&
      call.range[1] <= range[1] &&
      (yields || (over?.value != null && isShort(module, over.value)) || (test?.k === 'compare' && typeof test.right.constant === 'number' && test.right.constant <= defaultSize)),
  );
}

/** The first task for the pool that a call of the function starts, in it or in what it calls; null where something limits them. */
function taskOf(graph: ProgramGraph, fn: FunctionNode, depth: number, seen: Set<FunctionNode>): Operation | null {
  if (seen.has(fn)) return null;
  seen.add(fn);
  const module = graph.module(fn.file);
  const own = callIndicesIn(module, fn.index);
  if (own.some(index => limiting.test(module.calls[index]!.text))) return null;
  for (const index of own) {
    const { guards } = module.calls[index]!;
    const operation = graph.operationAt(fn.file, index);
    if (operation && guards.length === 0 && lengthOf(operation)) return operation;
  }
  if (depth === 0) return null;
  for (const { kind, to, call } of graph.callsFrom(fn)) {
    const task = kind === 'call' && call.guards.length === 0 ? taskOf(graph, to, depth - 1, seen) : null;
    if (task) return task;
  }
  return null;
}

/** What the scripts of the package say, or the default. */
function poolSize(graph: ProgramGraph): number {
  const sizes = deploymentOf(graph).environment('UV_THREADPOOL_SIZE').map(Number).filter(size => size >= 1 && size <= 1024);
  return sizes.length > 0 ? Math.max(...sizes) : defaultSize;
}
