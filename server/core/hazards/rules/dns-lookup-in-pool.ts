import type { CallFacts, ModuleFacts, Value } from '../../facts/module-facts.ts';
import { callsIn } from '../../facts/module-index.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import { message, type MessageTable } from '../messages.ts';
import { worstReach } from '../reach-ranking.ts';
import type { Rule } from '../rule.ts';

const texts = {
  lookup: {
    en: '`{operation}()` is started for every `{url}` at once in {entry}: each host name is looked up by `getaddrinfo()` in a thread of the pool, and a resolver that is slow holds up the files and the look-ups of all others. Let only a few run at a time, or cache the addresses by the `lookup` option.',
    'zh-cn': '在 {entry} 中，`{operation}()` 会同时对每个 `{url}` 启动：每个主机名都由线程池中的 `getaddrinfo()` 解析，解析器变慢会拖住其他请求的文件访问和解析。请限制同时运行的数量，或通过 `lookup` 选项缓存地址。',
  },
} as const satisfies MessageTable;

const iterating: ReadonlySet<string> = new Set(['map', 'forEach', 'flatMap']);
/** Functions that ask for a URL. All of them look up by `dns.lookup()` unless they are told otherwise. */
const clients: Readonly<Record<string, RegExp>> = {
  globals: /^fetch$/,
  http: /^(?:get|request)$/,
  https: /^(?:get|request)$/,
  axios: /^(?:default\.)?(?:|get|head|post|put|delete|request)$/,
  got: /^(?:default\.)?(?:|get|head|post|put|delete|stream)$/,
  'node-fetch': /^(?:default)?$/,
  undici: /^(?:fetch|request)$/,
};
/** Addresses are kept, or come from elsewhere; or something on the way hands out permits. */
const otherwise = /agent|lookup|dispatcher|limit|semaphore|mutex|acquire|throttl|queue|batch|chunk|concurren/i;
const resolvers = /^(?:cacheable-lookup|dnscache|lookup-dns-cache|better-lookup|dns-lookup-cache)$/;

/** Sources: Node docs, dns "Implementation considerations"; libuv src/threadpool.c (slow work gets half of the pool); nodejs/node#8436. */
export const rule: Rule = {
  meta: { id: 'dns-lookup-in-pool', category: 'threadpool', defaultSeverity: 'info', fix: 'none', since: '0.2.0' },
  texts,
  check({ files, graph, locale, report }) {
    if (hasOwnResolver(graph)) return;
    for (const file of files) {
      const module = graph.module(file);
      for (const outer of module.calls) {
        const { callee, args } = outer;
        // In a loop the list is one batch of several; a literal list is short.
        if (callee.k !== 'get' || !iterating.has(callee.name) || args[0]?.k !== 'fn' || outer.loopDepth > 0 || callee.object.k === 'obj' || otherwise.test(outer.text)) continue;
        const [item] = module.functions[args[0].fn]!.params;
        if (item === undefined || item < 0) continue;
        const call = callsIn(module, args[0].fn).find(inner => isClient(graph, file, inner) && namesHost(graph, module, inner, item));
        if (!call || otherwise.test(graph.text(file)?.slice(...call.range) ?? '')) continue;
        const fn = graph.functionOf(file, outer.fn);
        const found = worstReach(graph, graph.reaching(fn, ['request', 'background']))?.worst;
        if (!found || found.confidence === 'possible' || found.remark !== null) continue;
        const { entry, path } = found.reach;
        const location = graph.locate(file, [call.range[0], call.calleeRange[1]]);
        const url = graph.text(file)?.slice(...call.argRanges[0]!) ?? module.variables[item]!.name;
        report({
          location,
          message: message(texts, 'lookup', locale, { operation: call.text, url, entry: entry.label }),
          confidence: 'likely',
          role: entry.role,
          path: [...path, { location, label: `${call.text}()` }],
          anchor: `${fn.displayName} ${call.text}`,
        });
      }
    }
  },
};

function isClient(graph: ProgramGraph, file: string, { callee }: CallFacts): boolean {
  if (callee.k === 'global') return callee.name === 'fetch';
  return graph.meaningsOf(file, callee).some(meaning => meaning.k === 'external' && (clients[meaning.module]?.test(meaning.path) ?? false));
}

/** Whether the item decides which host is asked: it is the URL, or a part of it that is called so, or it begins the text behind the scheme. */
function namesHost(graph: ProgramGraph, module: ModuleFacts, { args, argRanges }: CallFacts, item: number): boolean {
  const [url] = args;
  if (!url || !isPartOf(url, item)) return false;
  if (url.k !== 'derived') return url.k === 'var' || (url.k === 'get' && /ur[il]|href|host|link|endpoint|origin|webhook|address/i.test(url.name));
  return /^`(?:https?:\/\/)?\$\{/.test(graph.text(module.file)?.slice(...argRanges[0]!) ?? '') && isPartOf(url.of[0]!, item);
}

function isPartOf(value: Value, item: number): boolean {
  switch (value.k) {
    case 'var':
      return value.var === item;
    case 'get':
      return isPartOf(value.object, item);
    case 'derived':
      return value.of.some(part => isPartOf(part, item));
    default:
      return false;
  }
}

const withResolver = new WeakMap<ProgramGraph, boolean>();

function hasOwnResolver(graph: ProgramGraph): boolean {
  let answer = withResolver.get(graph);
  if (answer === undefined) withResolver.set(graph, (answer = graph.linkedFiles.some(file => graph.module(file).imports.some(({ specifier }) => resolvers.test(specifier)))));
  return answer;
}
