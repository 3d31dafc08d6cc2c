import { workerSide } from '../../graph/cluster-sides.ts';
import { listenCalls } from '../cluster-servers.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  descriptor: {
    en: 'In a worker this is a descriptor of the primary: the worker asks it to listen, and the number means what is open there. Open it in the primary, or listen on a port or a path.',
    'zh-cn': '在 worker 中，这是主进程的文件描述符：worker 请求主进程监听，该数字指的是主进程中打开的描述符。请在主进程中打开，或改为监听端口或路径。',
  },
} as const satisfies MessageTable;

/** Source: Node docs, cluster "How it works": "server.listen({fd: 7}) … file descriptor 7 in the parent will be listened on". */
export const rule: Rule = {
  meta: { id: 'cluster-listen-fd', about: 'program', category: 'cluster', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check({ graph, locale, report }) {
    for (const { file, call, sides } of listenCalls(graph)) {
      const [options] = call.args;
      if (sides.may !== workerSide || options?.k !== 'obj') continue;
      const { properties, constants } = graph.module(file).objects[options.obj]!;
      if (!Object.hasOwn(constants ?? {}, 'fd') && !properties.some(({ name }) => name === 'fd')) continue;
      report({ location: graph.locate(file, call.range), message: message(texts, 'descriptor', locale), confidence: 'likely', role: 'startup', anchor: `${graph.functionOf(file, call.fn).displayName} ${call.text}` });
    }
  },
};
