import type { CallFacts, ModuleFacts, Range, Value } from '../../facts/module-facts.ts';
import { assignmentsTo } from '../../facts/module-index.ts';
import { clusterSides, workerSide } from '../../graph/cluster-sides.ts';
import type { Entry, ProgramGraph } from '../../graph/program-graph.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';
import { accesses } from '../memory-accesses.ts';

const texts = {
  session: {
    en: 'Without a `store`, each worker keeps sessions in its own memory: the next request goes to another worker, and the user is logged out. Name a store that all of them share.',
    'zh-cn': '未指定 `store` 时，每个 worker 只在自己的内存中保存会话：下一个请求分到其他 worker，用户就被登出。请指定所有 worker 共用的存储。',
  },
  limit: {
    en: 'Without a `store`, each worker counts for itself: a client gets the limit once per worker. Name a store that all of them share.',
    'zh-cn': '未指定 `store` 时，每个 worker 各自计数：客户端在每个 worker 上都能用满一次限额。请指定所有 worker 共用的存储。',
  },
  memory: {
    en: 'Each worker has its own `{name}`: what {writer} puts there, {reader} finds only in the worker that got both requests. Keep it where all workers see it.',
    'zh-cn': '每个 worker 都有自己的 `{name}`：{writer} 存入的内容，只有同一个 worker 收到的 {reader} 才能读到。请存放在所有 worker 都能访问的地方。',
  },
} as const satisfies MessageTable;

/** Names of what clients expect to find again. A cache, or numbers for an operator, may well differ between workers. */
const shared = /session|token|login|user|cart|basket|room|game|order|account|balance|attempt|lock|online|visit|ticket|queue|job|upload|code/i;

/** Middleware that keeps what it knows of clients in its own process unless it is given a store. */
const keepers: Readonly<Record<string, keyof typeof texts>> = { 'express-session': 'session', 'express-rate-limit': 'limit' };

/** Sources: README of express-session ("MemoryStore is purposely not designed for a production environment"), of express-rate-limit ("MemoryStore … does not share state when an app has multiple processes"). */
export const rule: Rule = {
  meta: { id: 'cluster-shared-state-assumed', category: 'cluster', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check({ files, graph, locale, report }) {
    if (!clusterSides(graph).clustered) return;
    const sides = clusterSides(graph);
    for (const { name, file, range, writer, reader } of memories(graph)) {
      report({ location: graph.locate(file, range), message: message(texts, 'memory', locale, { name, writer, reader }), confidence: shared.test(name) ? 'likely' : 'possible', role: 'request', anchor: `memory ${name}` });
    }
    for (const file of files) {
      const module = graph.module(file);
      if (!module.imports.some(({ specifier }) => Object.hasOwn(keepers, specifier))) continue;
      for (const [index, call] of module.calls.entries()) {
        const key = keepers[moduleOf(module, call.callee, 0) ?? ''];
        if (!key || call.new || !(sides.ofCall(file, index).may & workerSide) || mayHaveStore(graph, file, call)) continue;
        report({ location: graph.locate(file, call.calleeRange), message: message(texts, key, locale), confidence: 'likely', role: 'startup', anchor: `${graph.functionOf(file, call.fn).displayName} ${call.text}` });
      }
    }
  },
};

interface Memory {
  readonly name: string;
  readonly file: string;
  /** Where it is written. */
  readonly range: Range;
  readonly writer: string;
  readonly reader: string;
}

/** Variables outside of handlers that one handler of a worker fills and another looks into. */
function memories(graph: ProgramGraph): Memory[] {
  const sides = clusterSides(graph);
  const byFile = new Map<string, Entry[]>();
  for (const entry of graph.entries) {
    const { file } = entry.function;
    if (entry.role !== 'request' || !(sides.ofFunction(entry.function).may & workerSide) && !sides.workerFiles.has(file)) continue;
    byFile.set(file, [...(byFile.get(file) ?? []), entry]);
  }
  const found: Memory[] = [];
  for (const [file, entries] of byFile) {
    const module = graph.module(file);
    const uses = entries.map(entry => ({ entry, ...accesses(module, entry.function.index) }));
    const reported = new Set<number>();
    for (const write of uses) {
      for (const [place, range] of write.filled) {
        const variable = module.variables[place]!;
        if (reported.has(place) || entries.some(({ function: fn }) => fn.index === variable.fn) || variable.kind === 'param') continue;
        const read = uses.find(other => other.entry.function !== write.entry.function && other.lookedInto.has(place));
        if (!read) continue;
        reported.add(place);
        found.push({ name: variable.name, file, range, writer: write.entry.label, reader: read.entry.label });
      }
    }
  }
  return found;
}

/** The package whose main function a value is. */
function moduleOf(module: ModuleFacts, value: Value, depth: number): string | null {
  if (depth > 3) return null;
  if (value.k === 'module') return value.specifier;
  if (value.k === 'get') return value.name === 'default' || value.name === 'rateLimit' ? moduleOf(module, value.object, depth + 1) : null;
  if (value.k !== 'var') return null;
  const assigned = assignmentsTo(module, value.var);
  return assigned.length === 1 ? moduleOf(module, assigned[0]!.value, depth + 1) : null;
}

function mayHaveStore(graph: ProgramGraph, file: string, { args }: CallFacts): boolean {
  const [options] = args;
  if (!options) return false;
  const objects = graph.meaningsOf(file, options).flatMap(meaning => (meaning.k === 'object' ? [meaning] : []));
  return objects.length === 0 || objects.some(({ file: from, obj }) => graph.module(from).objects[obj]!.properties.some(({ name, kind }) => name === 'store' || kind === 'spread')) || isExtended(graph.module(file), options);
}

/** `options.store = …` somewhere in the file. */
function isExtended(module: ModuleFacts, options: Value): boolean {
  return options.k === 'var' && module.assignments.some(assignment => assignment.to === 'property' && assignment.name === 'store' && assignment.object.k === 'var' && assignment.object.var === options.var);
}
