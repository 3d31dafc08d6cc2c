import { statementsOf } from '../../facts/walk-statements.ts';
import type { CallFacts, ModuleFacts, Statement } from '../../facts/module-facts.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

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
  check({ graph, locale, report }) {
    for (const file of graph.linkedFiles) {
      const module = graph.module(file);
      for (const call of module.calls) {
        const limit = highLimit(module, call);
        if (limit !== null) report({ location: graph.locate(file, call.range), message: message(texts, 'high', locale, { limit }), confidence: 'certain', role: 'request', anchor: `${graph.functionOf(file, call.fn).displayName} ${call.text} ${limit}` });
        const [, listener] = call.args;
        if (call.callee.k !== 'get' || !adding.has(call.callee.name) || call.literalArgs[0] !== 'data' || listener?.k !== 'fn') continue;
        // What a server answers to us is another matter than what clients send.
        if (!graph.meaningsOf(file, call.callee).some(meaning => meaning.k === 'member' && meaning.type === 'http.IncomingMessage')) continue;
        const { body } = module.functions[listener.fn]!;
        if (!collects(module.calls.filter(({ fn }) => fn === listener.fn).map(({ callee }) => (callee.k === 'get' ? callee.name : '')), body)) continue;
        const fn = graph.functionOf(file, call.fn);
        const reach = graph.reaching(fn, ['request'])[0];
        // A length that is asked for before counts as a limit too.
        if (!reach || module.calls.some(other => other.fn === call.fn && /content-?length|limit/i.test(other.text)) || [...statementsOf(fn.facts.body)].some(({ statement }) => statement.k === 'if' && asksForLength(statement))) continue;
        const location = graph.locate(file, [call.range[0], call.argRanges[0]![1]]);
        report({ location, message: message(texts, 'collected', locale), confidence: reach.confidence === 'certain' ? 'certain' : 'likely', role: reach.entry.role, path: [...reach.path, { location, label: `${call.text}()` }], anchor: `${fn.displayName} ${call.text} data` });
      }
    }
  },
};

const parsers = /(?:^|\.)(?:json|urlencoded|raw|text|body[pP]arser|koaBody|[fF]astify)$/;
const bodyModules: ReadonlySet<string> = new Set(['express', 'body-parser', 'koa-bodyparser', '@koa/bodyparser', 'koa-body', 'co-body', 'fastify']);
const limitNames = ['limit', 'jsonLimit', 'formLimit', 'textLimit', 'bodyLimit'];
/** What the parsers take by default is 100 KiB to 1 MiB. */
const highBytes = 4 * 1024 * 1024;

/** The limit that is given to a body parser, as written, where it is high; null elsewhere. A parser of one route (`app.post('/upload', express.raw(…))`) may need it. */
function highLimit(module: ModuleFacts, call: CallFacts): string | null {
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
  return bytes > highBytes ? String(typeof limit === 'number' ? `${Math.round(limit / 1024 / 1024)} MB` : limit) : null;
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
