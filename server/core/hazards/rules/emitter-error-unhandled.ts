import { reachOfEmitter, unwatchedEmitters, type EmitterKind, type UnwatchedEmitter } from '../error-emitters.ts';
import { message, sentences, type MessageTable } from '../messages.ts';
import type { Rule, RuleContext } from '../rule.ts';

const texts = {
  readStream: { en: 'If the file cannot be opened or read,', 'zh-cn': '如果文件无法打开或读取，' },
  writeStream: { en: 'If the file cannot be opened or written,', 'zh-cn': '如果文件无法打开或写入，' },
  decompressor: { en: 'If the data is not what it should be,', 'zh-cn': '如果数据格式不正确，' },
  decipher: { en: 'If the data cannot be deciphered,', 'zh-cn': '如果数据无法解密，' },
  connection: { en: 'If the connection fails or is reset,', 'zh-cn': '如果连接失败或被重置，' },
  request: { en: 'If the server cannot be reached or breaks off,', 'zh-cn': '如果服务器无法访问或中断连接，' },
  process: { en: 'If the program cannot be started,', 'zh-cn': '如果程序无法启动，' },
  worker: { en: 'If the worker throws,', 'zh-cn': '如果工作线程抛出异常，' },
  webSocket: { en: 'If the connection fails or breaks,', 'zh-cn': '如果连接失败或中断，' },
  redis: { en: 'If the connection to the server fails or breaks,', 'zh-cn': '如果与服务器的连接失败或中断，' },
  pool: { en: 'If the database drops an idle connection,', 'zh-cn': '如果数据库断开某个空闲连接，' },
  accepted: { en: 'If a client resets its connection,', 'zh-cn': '如果客户端重置连接，' },
  upgraded: { en: 'If a client resets its connection,', 'zh-cn': '如果客户端重置连接，' },
  acceptedWebSocket: { en: 'If a client sends an invalid frame,', 'zh-cn': '如果客户端发送无效帧，' },
  crash: {
    en: 'the `error` event has no listener: it is thrown as an uncaught exception, which ends the process for everybody. Listen for `error`.',
    'zh-cn': '`error` 事件没有监听器：它会作为未捕获异常抛出，使整个进程结束。请监听 `error`。',
  },
  misspelled: {
    en: 'Nothing emits `err`: the event is called `error`. This listener never runs, and the error is thrown as an uncaught exception.',
    'zh-cn': '没有任何代码触发 `err`：该事件名为 `error`。此监听器永远不会运行，错误会作为未捕获异常抛出。',
  },
  rename: { en: 'Listen for `error`', 'zh-cn': '改为监听 `error`' },
} as const satisfies MessageTable;

/** Types of Node and of libraries whose failures are called `error`. */
const nodeEmitter = /^(?:stream|net|http|http2|child_process|worker_threads|cluster|dgram|fs|ws|redis|pg|readline)\./;
const listening: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']);

/**
 * Sources: Node docs, events.html "Error events"; lib/events.js emit: an `error` without listener is thrown. Measured on Node 20 and 24
 * for each kind; for `redis` and `pg` their documentation says so.
 */
export const rule: Rule = {
  meta: { id: 'emitter-error-unhandled', about: 'program', category: 'process', defaultSeverity: 'warn', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    for (const emitter of unwatchedEmitters(context.graph)) {
      // Streams that are piped are the matter of stream-pipe-unhandled-error.
      if (!emitter.uses.calls.some(({ method }) => method === 'pipe' || method === 'pipe to it')) report(context, emitter);
    }
    for (const file of context.graph.linkedFiles) reportMisspelled(context, file);
  },
};

function report({ graph, locale, report }: RuleContext, { kind, function: fn, call, file, range, uses }: UnwatchedEmitter): void {
  const reach = reachOfEmitter(graph, kind, fn);
  if (!reach) return;
  const location = graph.locate(file, range);
  const worst = reach === 'always' ? null : reach.worst;
  report({
    location,
    message: sentences(locale, [message(texts, kind satisfies EmitterKind, locale), message(texts, 'crash', locale)]),
    confidence: uses.indirect || worst?.confidence === 'likely' ? 'likely' : 'certain',
    role: worst?.reach.entry.role ?? 'startup',
    path: worst ? [...worst.reach.path, { location, label: `${call.text}()` }] : [],
    anchor: `${fn.displayName} ${call.text}`,
  });
}

function reportMisspelled({ graph, locale, report }: RuleContext, file: string): void {
  const module = graph.module(file);
  for (const call of module.calls) {
    if (call.callee.k !== 'get' || !listening.has(call.callee.name) || call.literalArgs[0] !== 'err') continue;
    if (!graph.meaningsOf(file, call.callee).some(meaning => meaning.k === 'member' && nodeEmitter.test(meaning.type))) continue;
    const [start, end] = call.argRanges[0]!;
    report({
      location: graph.locate(file, [start, end]),
      message: message(texts, 'misspelled', locale),
      confidence: 'certain',
      role: 'startup',
      fixes: [{ title: message(texts, 'rename', locale), kind: 'suggestion', edits: [{ file, start: start + 1, end: end - 1, text: 'error' }] }],
      anchor: `${graph.functionOf(file, call.fn).displayName} ${call.text} err`,
    });
  }
}
