import { statementsOf } from '../../facts/walk-statements.ts';
import type { CallFacts, LoopFacts, ModuleFacts, Range, Statement, Value } from '../../facts/module-facts.ts';
import { callHanding, callsHanding, callsIn as callsOfFunction, memberCalls } from '../../facts/module-index.ts';
import type { FunctionNode, ProgramGraph } from '../../graph/program-graph.ts';
import type { SourceLocation } from '../finding.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule, RuleContext } from '../rule.ts';

const texts = {
  collected: {
    en: 'All that a client sends is collected here, however much that is: one request can use up the memory, and what is done with the text blocks everybody. Count the bytes, and answer 413 above a limit.',
    'zh-cn': '客户端发送的全部内容都会在此累积，不论多少：一个请求就能耗尽内存，而对这些内容的处理会阻塞所有请求。请统计字节数，超过上限时返回 413。',
  },
  high: {
    en: 'Up to {limit} of a body are read, parsed and kept for each request: parsing {limit} of JSON holds the event loop for tens to hundreds of milliseconds. Raise the limit only on the routes that need it.',
    'zh-cn': '每个请求最多会读取、解析并保留 {limit} 的正文：解析 {limit} 的 JSON 会占用事件循环几十到几百毫秒。请仅在确有需要的路由上提高限制。',
  },
} as const satisfies MessageTable;

const adding: ReadonlySet<string> = new Set(['on', 'addListener']);

/** Source: Node guide "Don't block the event loop", "JSON DOS"; CWE-770. Node itself limits headers (16 KiB), not bodies. */
export const rule: Rule = {
  meta: { id: 'body-limit-missing', category: 'cpu', defaultSeverity: 'info', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale, report } = context;
    for (const file of context.files) {
      const module = graph.module(file);
      for (const call of module.calls) {
        const limit = highLimit(module, call);
        if (limit !== null) report({ location: graph.locate(file, call.range), message: message(texts, 'high', locale, { limit: limit.text }), confidence: limit.bytes >= endlessBytes ? 'certain' : 'possible', role: 'request', anchor: `${graph.functionOf(file, call.fn).displayName} ${call.text} ${limit.text}` });
        const [, listener] = call.args;
        if (call.callee.k !== 'get' || !adding.has(call.callee.name) || call.literalArgs[0] !== 'data' || listener?.k !== 'fn') continue;
        if (!isRequest(graph, file, call.callee)) continue;
        const { body } = module.functions[listener.fn]!;
        if (!collects(callsOfFunction(module, listener.fn).map(({ callee }) => (callee.k === 'get' ? callee.name : '')), body)) continue;
        const location = graph.locate(file, [call.range[0], call.argRanges[0]![1]]);
        reportCollected(context, graph.functionOf(file, call.fn), location, `${call.text}()`, `${call.text} data`);
      }
      for (const [index, loop] of module.loops.entries()) {
        const request = loop.kind === 'for-of' ? (loop.over?.value ?? null) : null;
        if (!request || !isRequest(graph, file, request)) continue;
        const fn = graph.functionOf(file, loop.fn);
        const body = [...statementsOf(fn.facts.body)].find(({ statement }) => statement.k === 'loop' && statement.loop === index)?.statement;
        if (body?.k !== 'loop' || !collects(callsIn(module, body.body), body.body)) continue;
        const { text } = loop.over!;
        reportCollected(context, fn, graph.locate(file, headOf(loop)), `for await … of ${text}`, `for ${text}`);
      }
    }
  },
};

/** What a server answers to us is another matter than what clients send. */
function isRequest(graph: ProgramGraph, file: string, value: Value): boolean {
  return graph.meaningsOf(file, value).some(meaning => (meaning.k === 'member' || meaning.k === 'typed') && meaning.type === 'http.IncomingMessage');
}

/** `for await (` stands for the loop. */
function headOf({ range }: LoopFacts): Range {
  return [range[0], range[0] + 'for await'.length];
}

function callsIn(module: ModuleFacts, body: readonly Statement[]): readonly string[] {
  return [...statementsOf(body)].flatMap(({ statement }) => {
    const callee = statement.k === 'call' ? module.calls[statement.call]!.callee : null;
    return callee?.k === 'get' ? [callee.name] : [];
  });
}

/**
 * Whether the server is closed by the function that made it, or by its own listener: it waits for one answer (a sign-in, a set-up) and
 * serves nobody else.
 */
function isForOneAnswer(graph: ProgramGraph, listener: FunctionNode): boolean {
  const module = graph.module(listener.file);
  const made = callHanding(module, listener.index);
  if (made < 0) return false;
  const kept = module.assignments.find(item => item.to === 'var' && item.value.k === 'call' && item.value.call === made);
  if (kept?.to !== 'var') return false;
  const isExecutor = (fn: number): boolean => callsHanding(module, fn).some(call => call.new && call.text === 'Promise' && call.args[0]?.k === 'fn' && call.args[0].fn === fn);
  return memberCalls(module, 'close').some(index => {
    const { callee, fn } = module.calls[index]!;
    if (callee.k !== 'get' || callee.object.k !== 'var' || callee.object.var !== kept.var) return false;
    for (let current = fn; current > 0; current = module.functions[current]!.parent) {
      if (current === listener.index || current === module.variables[kept.var]!.fn) return true;
      if (!isExecutor(current)) return false;
    }
    return false;
  });
}

/** Unless a length is asked for before: that counts as a limit too. */
function reportCollected({ graph, locale, report }: RuleContext, fn: FunctionNode, location: SourceLocation, label: string, code: string): void {
  const [reach] = graph.reaching(fn, ['request']);
  if (!reach || isForOneAnswer(graph, reach.entry.function) || callsOfFunction(graph.module(fn.file), fn.index).some(other => /content-?length|limit/i.test(other.text)) || [...statementsOf(fn.facts.body)].some(({ statement }) => statement.k === 'if' && asksForLength(statement))) return;
  report({ location, message: message(texts, 'collected', locale), confidence: reach.confidence === 'certain' ? 'certain' : 'likely', role: reach.entry.role, path: [...reach.path, { location, label }], anchor: `${fn.displayName} ${code}` });
}

const parsers = /(?:^|\.)(?:json|urlencoded|raw|text|body[pP]arser|koaBody|[fF]astify)$/;
const bodyModules: ReadonlySet<string> = new Set(['express', 'body-parser', 'koa-bodyparser', '@koa/bodyparser', 'koa-body', 'co-body', 'fastify']);
const limitNames = ['limit', 'jsonLimit', 'formLimit', 'textLimit', 'bodyLimit'];
/** What the parsers take by default is 100 KiB to 1 MiB. */
const highBytes = 4 * 1024 * 1024;

/** Longer texts than V8 has: as good as no limit. A lower one was chosen by somebody who knows what is sent. */
const endlessBytes = 512 * 1024 * 1024;

/** The limit that is given to a body parser, as written, where it is high; null elsewhere. A parser of one route (`app.post('/upload', express.raw(…))`) may need it. */
function highLimit(module: ModuleFacts, call: CallFacts): { readonly bytes: number; readonly text: string } | null {
  const options = call.args.at(-1);
  if (options?.k !== 'obj') return null;
  const { properties, constants = {} } = module.objects[options.obj]!;
  const name = limitNames.find(item => Object.hasOwn(constants, item) || properties.some(property => property.name === item));
  if (!name) return null;
  const isParser = parsers.test(call.text) && module.imports.some(({ specifier }) => bodyModules.has(specifier));
  if (!isParser || module.calls.some(other => typeof other.literalArgs[0] === 'string' && other.literalArgs[0].startsWith('/') && other.args.some(arg => arg.k === 'call' && module.calls[arg.call] === call))) return null;
  const written = properties.find(property => property.name === name)?.value;
  const limit = constants[name] ?? (written?.k === 'string' ? written.value : null);
  const bytes = typeof limit === 'number' ? limit : typeof limit === 'string' ? bytesOf(limit) : 0;
  return bytes > highBytes ? { bytes, text: String(typeof limit === 'number' ? `${Math.round(limit / 1024 / 1024)} MB` : limit) } : null;
}

function bytesOf(text: string): number {
  const [, number, unit = ''] = /^([\d.]+)\s*([kmg]?)b?$/i.exec(text.trim()) ?? [];
  return number === undefined ? 0 : Number(number) * { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[unit.toLowerCase()]!;
}

/** `body += chunk` or `chunks.push(chunk)` without any condition, and nothing that stops the request. */
function collects(calls: readonly string[], body: readonly Statement[]): boolean {
  if (calls.some(name => name === 'destroy' || name === 'pause')) return false;
  const all = [...statementsOf(body)].map(({ statement }) => statement);
  if (all.some(({ k }) => k === 'if' || k === 'throw')) return false;
  return calls.includes('push') || all.some(statement => statement.k === 'write' && statement.operator === '+=' && statement.target?.k === 'var' && statement.term?.value?.k !== 'get');
}

function asksForLength(statement: Statement & { readonly k: 'if' }): boolean {
  return /length|size|limit/i.test(JSON.stringify(statement.test));
}
