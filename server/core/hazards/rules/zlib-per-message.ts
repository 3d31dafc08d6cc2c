import type { CallFacts, ModuleFacts, Range } from '../../facts/module-facts.ts';
import { termsOf } from '../../facts/walk-statements.ts';
import type { Operation, ProgramGraph } from '../../graph/program-graph.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';
import { placeOfCall } from '../scheduling-calls.ts';

const texts = {
  deflate: {
    en: '`perMessageDeflate` compresses each message in the thread pool, the short ones too, and keeps memory for each connection. Leave it off, or give it a `threshold` and `serverNoContextTakeover`.',
    'zh-cn': '`perMessageDeflate` 会在线程池中压缩每条消息（短消息也不例外），并为每个连接占用内存。请关闭它，或设置 `threshold` 和 `serverNoContextTakeover`。',
  },
  message: {
    en: '`{operation}()` takes a thread of the pool for each message in {entry}, however short the message is. Compress from some size on only.',
    'zh-cn': '在 {entry} 中，`{operation}()` 会为每条消息占用一个线程池线程，无论消息多短。请仅在达到一定大小时才压缩。',
  },
} as const satisfies MessageTable;

/** Servers of WebSockets that take the option. */
const servers: Readonly<Record<string, RegExp>> = { ws: /^(?:default\.)?(?:WebSocketServer|Server|WebSocket\.Server)$/, 'socket.io': /^(?:default\.)?(?:Server)?$/ };

/** Sources: ws README "WebSocket compression" and doc/ws.md; Node docs, zlib "Threadpool usage and performance considerations". */
export const rule: Rule = {
  meta: { id: 'zlib-per-message', category: 'threadpool', defaultSeverity: 'info', fix: 'none', since: '0.2.0' },
  texts,
  check({ files, graph, locale, report }) {
    for (const file of files) {
      const module = graph.module(file);
      if (!module.imports.some(({ specifier }) => Object.hasOwn(servers, specifier))) continue;
      for (const call of module.calls) {
        const range = isServer(graph, file, call) ? deflateOption(module, call) : null;
        if (range) report({ location: graph.locate(file, range), message: message(texts, 'deflate', locale), confidence: 'certain', role: 'startup', anchor: `${call.text} perMessageDeflate` });
      }
    }
    for (const operation of graph.operationsIn(files)) {
      if (operation.api.module !== 'zlib' || !operation.api.threadPool || asksForSize(graph, operation)) continue;
      const reach = graph.reachingOperation(operation, ['request', 'background']).find(({ entry, confidence }) => / message |\bmessages?\b.*(?:listener|handler)/i.test(entry.label) && confidence !== 'possible');
      if (!reach) continue;
      const { location, name, function: fn } = operation;
      report({ location, message: message(texts, 'message', locale, { operation: name, entry: reach.entry.label }), confidence: 'likely', role: reach.entry.role, path: reach.path, anchor: `${fn.displayName} ${name}` });
    }
  },
};

function isServer(graph: ProgramGraph, file: string, { callee }: CallFacts): boolean {
  return graph.meaningsOf(file, callee).some(meaning => meaning.k === 'external' && (servers[meaning.module]?.test(meaning.path) ?? false));
}

/** Where `perMessageDeflate` is on without a threshold, among the options of a server. */
function deflateOption(module: ModuleFacts, { args, argRanges }: CallFacts): Range | null {
  for (const [position, arg] of args.entries()) {
    if (arg.k !== 'obj') continue;
    const { properties, constants } = module.objects[arg.obj]!;
    if (constants?.['perMessageDeflate'] === true) return argRanges[position]!;
    const value = properties.find(({ name }) => name === 'perMessageDeflate')?.value;
    if (value?.k !== 'obj') continue;
    const options = module.objects[value.obj]!;
    if (!options.properties.some(({ name, kind }) => name === 'threshold' || kind === 'spread') && options.constants?.['threshold'] === undefined) return options.range;
  }
  return null;
}

/** A condition on the way asks how long something is. */
function asksForSize(graph: ProgramGraph, { call, location: { file }, function: fn }: Operation): boolean {
  const place = placeOfCall(fn.facts.body, graph.module(file).calls.indexOf(call));
  return place?.around.concat(place.before).some(statement => statement.k === 'if' && termsOf(statement.test).some(({ text }) => /length|size|threshold/i.test(text))) ?? false;
}
