import type { CallFacts, ModuleFacts, Statement, Value } from '../../facts/module-facts.ts';
import { assignmentsTo } from '../../facts/module-index.ts';
import { blocksOf } from '../../facts/walk-statements.ts';
import { processMember } from '../../graph/process-handlers.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import type { Fix } from '../finding.ts';
import { message, type Locale, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  send: {
    en: 'The process exits before this message has left: a large one never arrives. Exit in the callback of `{call}()`.',
    'zh-cn': '进程在该消息发出之前就已退出：较大的消息永远不会到达。请在 `{call}()` 的回调中退出。',
  },
  write: {
    en: 'The process exits before this is written: where the output is a pipe, what exceeds 64 KiB is lost. Exit in the callback of `process.stdout.write()`, or set `process.exitCode` and let the process end.',
    'zh-cn': '进程在写完之前就已退出：当输出为管道时，超过 64 KiB 的部分会丢失。请在 `process.stdout.write()` 的回调中退出，或设置 `process.exitCode` 让进程自然结束。',
  },
  fix: { en: 'Exit when it is written', 'zh-cn': '写完之后再退出' },
} as const satisfies MessageTable;

/**
 * Sources: Node docs, process "A note on process I/O" and process.exit(); measured on Node 18, 20 and 24 (Linux): of 3 MB written to a
 * pipe 65,536 bytes arrive, of 20 messages of 5 MB none; small messages arrive.
 */
export const rule: Rule = {
  meta: { id: 'process-exit-truncates', category: 'process', defaultSeverity: 'warn', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const file of context.files) {
      const module = graph.module(file);
      if (!module.calls.some(({ text }) => text.endsWith('exit'))) continue;
      for (const [index, fn] of module.functions.entries()) {
        for (const { output, exit } of outputsBeforeExit(graph, file, module, fn.body)) {
          const kind = outputKind(graph, file, output)!;
          const location = graph.locate(file, output.range);
          context.report({
            location,
            message: message(texts, kind, locale, { call: output.text }),
            confidence: output.args[0] && isLarge(module, output.args[0]) ? 'likely' : 'possible',
            role: graph.roleOf(file) ?? 'shutdown',
            fixes: fixOf(graph, file, output, exit, locale),
            anchor: `${graph.functionOf(file, index).displayName} ${output.text}`,
          });
        }
      }
    }
  },
};

/** Outputs that are followed by an exit in the same block with nothing but calls between them. */
function* outputsBeforeExit(graph: ProgramGraph, file: string, module: ModuleFacts, block: readonly Statement[]): Generator<{ readonly output: CallFacts; readonly exit: CallFacts }> {
  let output: CallFacts | null = null;
  for (const statement of block) {
    for (const inner of blocksOf(statement)) yield* outputsBeforeExit(graph, file, module, inner);
    if (statement.k === 'call') {
      const call = module.calls[statement.call]!;
      if (output && graph.meaningsOf(file, call.callee).some(meaning => processMember(meaning) === 'exit')) {
        yield { output, exit: call };
        output = null;
      } else if (outputKind(graph, file, call)) output = call;
    } else if (statement.k !== 'write' && statement.k !== 'drop') output = null;
  }
}

/** A message to the parent, or a write to standard output, that nobody waits for. */
function outputKind(graph: ProgramGraph, file: string, call: CallFacts): 'send' | 'write' | null {
  if (call.awaited || !/(?:^|\.)(?:send|write|log)$/.test(call.text) || call.args.some(arg => arg.k === 'fn') || call.literalArgs.every(literal => literal !== null)) return null;
  if (call.text === 'console.log' || call.text === 'process.stdout.write') return 'write';
  return graph.meaningsOf(file, call.callee).some(meaning => processMember(meaning) === 'send') ? 'send' : null;
}

/** The whole of something, in one text: `JSON.stringify(report)`. A line, an error or a small object fits. */
function isLarge(module: ModuleFacts, value: Value): boolean {
  switch (value.k) {
    case 'call':
      return !isShort(module, module.calls[value.call]!.args[0]) && /(?:^|\.)(?:stringify|inspect|render\w*|generate\w*|build\w*|serialize\w*)$/.test(module.calls[value.call]!.text);
    case 'var': {
      const assigned = assignmentsTo(module, value.var);
      return assigned.length > 0 && assigned.every(({ value: source }) => source.k === 'call' && isLarge(module, source));
    }
    default:
      return false;
  }
}

/** An error, as `JSON.stringify(err)`: a line. */
function isShort(module: ModuleFacts, value: Value | undefined): boolean {
  if (value?.k !== 'var') return false;
  const { name, kind } = module.variables[value.var]!;
  return kind === 'catch' || /^(?:e|er|err|error|ex|exception|reason)$/.test(name);
}

/** Hands the exit over as the callback; only where it is the next thing. */
function fixOf(graph: ProgramGraph, file: string, output: CallFacts, exit: CallFacts, locale: Locale): readonly Fix[] {
  const text = graph.text(file);
  const between = text?.slice(output.range[1], exit.range[0]);
  if (!text || !/^;?\s*$/.test(between!) || output.text === 'console.log' || output.args.length !== 1) return [];
  const end = output.argRanges[0]![1];
  return [
    {
      title: message(texts, 'fix', locale),
      kind: 'suggestion',
      edits: [
        { file, start: end, end, text: `, () => ${text.slice(...exit.range)}` },
        { file, start: output.range[1], end: exit.range[1], text: '' },
      ],
    },
  ];
}
