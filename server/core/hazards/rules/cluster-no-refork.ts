import { loopsIn } from '../../facts/module-index.ts';
import type { ForkSite } from '../../graph/cluster.ts';
import type { Fix } from '../finding.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { unreplacedForks } from '../unreplaced-workers.ts';

const texts = {
  noRefork: {
    en: 'Nothing replaces a worker that dies: each crash leaves one less, until nobody serves. Listen for `exit` and fork another.',
    'zh-cn': '没有代码补充退出的 worker：每次崩溃都会少一个，直到无人提供服务。请监听 `exit` 并重新 fork。',
  },
  add: { en: 'Fork a replacement when a worker dies', 'zh-cn': '在 worker 退出时补充一个' },
} as const satisfies MessageTable;

/** Source: Node docs, cluster "How it works": "Node.js does not automatically manage the number of workers"; "Event: 'exit'". */
export const rule: Rule = {
  meta: { id: 'cluster-no-refork', about: 'program', category: 'cluster', defaultSeverity: 'warn', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const fork of unreplacedForks(graph)) {
      const fix = listenerFix(context, fork);
      context.report({
        location: graph.locate(fork.file, fork.call.range),
        message: message(texts, 'noRefork', locale),
        confidence: 'likely',
        role: 'cluster-primary',
        fixes: fix ? [fix] : [],
        anchor: `${graph.functionOf(fork.file, fork.call.fn).displayName} ${fork.call.text}`,
      });
    }
  },
};

/** Registers a listener before the fork, or before the loop around it. */
function listenerFix({ graph, locale }: RuleContext, { file, call }: ForkSite): Fix | null {
  const text = graph.text(file);
  const receiver = /^([\w$]+)\.fork$/.exec(call.text)?.[1];
  const module = graph.module(file);
  // In a function that starts one worker each time, the listener would be registered as often.
  if (text === null || !receiver || call.args.length > 0 || (call.fn !== 0 && call.loopDepth === 0)) return null;
  const around = loopsIn(module, call.fn).filter(({ range }) => range[0] <= call.range[0] && range[1] >= call.range[1]);
  const start = Math.min(call.range[0], ...around.map(({ range }) => range[0]));
  const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  if (indent.trim() !== '') return null;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = /^\t/m.test(text) ? '\t' : '  ';
  const lines = [`${receiver}.on('exit', worker => {`, `${unit}if (!worker.exitedAfterDisconnect) setTimeout(() => ${receiver}.fork(), 1000);`, '});'];
  return { title: message(texts, 'add', locale), kind: 'suggestion', edits: [{ file, start, end: start, text: lines.map(line => line + eol + indent).join('') }] };
}
