import type { CallFacts } from '../../facts/module-facts.ts';
import type { FunctionNode, ProgramGraph } from '../../graph/program-graph.ts';
import { reachOfEmitter, unwatchedEmitters, type EmitterKind, type UnwatchedEmitter } from '../error-emitters.ts';
import type { Fix, SourceLocation } from '../finding.ts';
import { bindExport } from '../fix/bindings.ts';
import { list, message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  crash: {
    en: '`pipe()` does not pass errors on: nobody listens for `error` of {streams}, and the first one is thrown as an uncaught exception, which ends the process for everybody. Use `pipeline()` of `node:stream`.',
    'zh-cn': '`pipe()` 不会传递错误：{streams} 的 `error` 事件无人监听，第一个错误就会作为未捕获异常抛出，使整个进程结束。请改用 `node:stream` 的 `pipeline()`。',
  },
  fix: { en: 'Use pipeline(), and answer for errors in its callback', 'zh-cn': '改用 pipeline()，并在其回调中处理错误' },
} as const satisfies MessageTable;

/** Pipes from one function that begin at the same expression: `a.pipe(b).pipe(c)`. */
interface Chain {
  readonly file: string;
  readonly function: FunctionNode;
  readonly kind: EmitterKind;
  /** The calls of pipe(), the first of the chain first. */
  calls: CallFacts[];
  readonly streams: Set<string>;
  indirect: boolean;
}

/**
 * Sources: Node docs, stream.html readable.pipe ("if the Readable stream emits an error during processing, the Writable destination is
 * not closed automatically") and stream.pipeline; lib/events.js emit. Measured on Node 20 and 24: a file that is missing, a directory
 * that cannot be written, and a body that is no gzip each end the process.
 */
export const rule: Rule = {
  meta: { id: 'stream-pipe-unhandled-error', about: 'program', category: 'process', defaultSeverity: 'warn', fix: 'suggestion', since: '0.2.0' },
  texts,
  check({ graph, locale, report }) {
    for (const chain of chainsOf(graph)) {
      const reach = reachOfEmitter(graph, chain.kind, chain.function);
      if (!reach) continue;
      const worst = reach === 'always' ? null : reach.worst;
      const last = chain.calls.at(-1)!;
      const location = graph.locate(chain.file, last.range);
      const fix = pipelineFix(graph, chain, location, message(texts, 'fix', locale));
      report({
        location,
        message: message(texts, 'crash', locale, { streams: list(locale, [...chain.streams].map(stream => `\`${stream}\``)) }),
        confidence: chain.indirect || worst?.confidence === 'likely' ? 'likely' : 'certain',
        role: worst?.reach.entry.role ?? 'startup',
        path: worst ? [...worst.reach.path, { location, label: 'pipe()' }] : [],
        fixes: fix ? [fix] : [],
        anchor: `${chain.function.displayName} pipe`,
      });
    }
  },
};

/** The chains of pipes in which some stream has nobody to listen for its errors. */
function chainsOf(graph: ProgramGraph): readonly Chain[] {
  const chains = new Map<string, Chain>();
  for (const emitter of unwatchedEmitters(graph)) {
    for (const { file, call, method } of emitter.uses.calls) {
      if (method !== 'pipe' && method !== 'pipe to it') continue;
      const key = `${file} ${call.range[0]}`;
      let chain = chains.get(key);
      if (!chain) chains.set(key, (chain = { file, function: graph.functionOf(file, call.fn), kind: emitter.kind, calls: pipesFrom(graph, file, call), streams: new Set(), indirect: false }));
      chain.streams.add(nameOf(emitter));
      chain.indirect ||= emitter.uses.indirect;
    }
  }
  return [...chains.values()];
}

/** All calls of pipe() that begin where the call begins, inner before outer. */
function pipesFrom(graph: ProgramGraph, file: string, call: CallFacts): CallFacts[] {
  return graph
    .module(file)
    .calls.filter(other => other.range[0] === call.range[0] && other.callee.k === 'get' && other.callee.name === 'pipe')
    .sort((a, b) => a.range[1] - b.range[1]);
}

function nameOf({ call }: UnwatchedEmitter): string {
  return `${call.text.split('.').pop()!}()`;
}

/** `a.pipe(b).pipe(c);` → `pipeline(a, b, c, error => …);`, where it is a statement of nothing but pipes with one argument each. */
function pipelineFix(graph: ProgramGraph, { file, function: fn, calls }: Chain, location: SourceLocation, title: string): Fix | null {
  const text = graph.text(file);
  const last = calls.at(-1)!;
  if (text === null || last.context !== 'statement' || calls.some(call => call.args.length !== 1 || call.spread || call.optional)) return null;
  const first = calls[0]!;
  const head = text.slice(first.range[0], first.calleeRange[1]).replace(/(?<!\s)\s*\.\s*pipe$/, '');
  const between = calls.slice(1).every((call, index) => /^\s*\.\s*pipe$/.test(text.slice(calls[index]!.range[1], call.calleeRange[1])));
  const parts = [head, ...calls.map(call => text.slice(...call.argRanges[0]!))];
  if (!between || head === '' || parts.some(part => /\n|\/\/|^process\.std/.test(part))) return null;
  const binding = bindExport(graph.module(file), text, fn.index, 'stream', 'pipeline');
  if (!binding) return null;
  return { title, kind: 'suggestion', edits: [...binding.edits, { file, start: location.start, end: location.end, text: `${binding.text}(${parts.join(', ')}, error => error && console.error(error))` }] };
}
