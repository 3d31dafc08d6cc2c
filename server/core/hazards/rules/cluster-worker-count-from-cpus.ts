import type { Term, Value } from '../../facts/module-facts.ts';
import { assignmentsTo } from '../../facts/module-index.ts';
import { termsOf } from '../../facts/walk-statements.ts';
import { clusterUse, type ForkSite } from '../../graph/cluster.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import { isRecord } from '../../graph/resolve/tsconfig.ts';
import type { Fix } from '../finding.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule, RuleContext } from '../rule.ts';

const texts = {
  count: {
    en: '`os.cpus()` counts the processors of the machine, not those that this process may use: in a container it starts too many workers. `os.availableParallelism()` (Node 18.14) knows.',
    'zh-cn': '`os.cpus()` 给出的是整台机器的处理器数，而不是本进程可用的数量：在容器中会启动过多 worker。请使用 `os.availableParallelism()`（Node 18.14）。',
  },
  change: { en: 'Count with `os.availableParallelism()`', 'zh-cn': '改用 `os.availableParallelism()` 计数' },
} as const satisfies MessageTable;

/** Source: Node docs, os.cpus ("should not be used to calculate the amount of parallelism available to an application. Use os.availableParallelism() for this purpose"). */
export const rule: Rule = {
  meta: { id: 'cluster-worker-count-from-cpus', about: 'program', category: 'cluster', defaultSeverity: 'info', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    const reported = new Set<string>();
    for (const fork of clusterUse(graph).forks) {
      const count = countOf(graph, fork);
      if (count === null || reported.has(`${fork.file}:${count}`)) continue;
      reported.add(`${fork.file}:${count}`);
      const call = graph.module(fork.file).calls[count]!;
      const fix = changed(context, fork.file, count);
      context.report({
        location: graph.locate(fork.file, call.range),
        message: message(texts, 'count', locale),
        confidence: 'certain',
        role: 'startup',
        fixes: fix ? [fix] : [],
        anchor: `${graph.functionOf(fork.file, call.fn).displayName} ${call.text}`,
      });
    }
  },
};

/** The call of `os.cpus()` whose length says how often a loop around the fork runs; null where anything else has a say. */
function countOf(graph: ProgramGraph, { file, call }: ForkSite): number | null {
  const module = graph.module(file);
  for (const loop of module.loops) {
    if (loop.fn !== call.fn || loop.range[0] > call.range[0] || loop.range[1] < call.range[1] || !loop.test) continue;
    for (const { value } of termsOf(loop.test) as readonly Term[]) {
      const found = value && cpusLength(graph, file, value, 0);
      if (found !== null) return found;
    }
  }
  return null;
}

function cpusLength(graph: ProgramGraph, file: string, value: Value, depth: number): number | null {
  const module = graph.module(file);
  if (depth > 4) return null;
  if (value.k === 'var') {
    const assigned = assignmentsTo(module, value.var);
    return assigned.length === 1 ? cpusLength(graph, file, assigned[0]!.value, depth + 1) : null;
  }
  if (value.k !== 'get' || value.name !== 'length') return null;
  return cpusCall(graph, file, value.object, depth);
}

function cpusCall(graph: ProgramGraph, file: string, value: Value, depth: number): number | null {
  const module = graph.module(file);
  if (value.k === 'var' && depth <= 4) {
    const assigned = assignmentsTo(module, value.var);
    return assigned.length === 1 ? cpusCall(graph, file, assigned[0]!.value, depth + 1) : null;
  }
  if (value.k !== 'call') return null;
  return graph.meaningsOf(file, module.calls[value.call]!.callee).some(meaning => meaning.k === 'external' && meaning.module === 'os' && meaning.path === 'cpus') ? value.call : null;
}

/** `os.cpus().length` → `os.availableParallelism()`, where every Node that the package allows has it. */
function changed(context: RuleContext, file: string, index: number): Fix | null {
  const { graph, locale } = context;
  const call = graph.module(file).calls[index]!;
  const text = graph.text(file);
  if (text === null || call.callee.k !== 'get' || !hasAvailableParallelism(context, file)) return null;
  const [, end] = call.calleeRange;
  const tail = /^\s*\(\s*\)\s*\.length\b/.exec(text.slice(end));
  if (!tail || !text.slice(0, end).endsWith('.cpus')) return null;
  return { title: message(texts, 'change', locale), kind: 'suggestion', edits: [{ file, start: end - 'cpus'.length, end: end + tail[0].length, text: 'availableParallelism()' }] };
}

function hasAvailableParallelism({ graph, oldestNode }: RuleContext, file: string): boolean {
  const oldest = oldestNode(file);
  if (oldest !== 18) return oldest !== null && oldest > 18;
  const engines = graph.packageOf(file)?.json.engines;
  const range = isRecord(engines) && typeof engines['node'] === 'string' ? engines['node'] : '';
  return Number(/(?:^|[\s|>=^~v])18\.(\d+)/.exec(range)?.[1] ?? 0) >= 14;
}
