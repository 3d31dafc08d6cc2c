import { clusterSides, workerSide } from '../../graph/cluster-sides.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  polling: {
    en: 'Socket.IO begins with several HTTP requests that belong together, and in a cluster they go to different workers: clients fail with "Session ID unknown". Use `@socket.io/sticky`, or `transports: [\'websocket\']`.',
    'zh-cn': 'Socket.IO 以多个相互关联的 HTTP 请求开始，而在集群中它们会分到不同的 worker：客户端会报 “Session ID unknown”。请使用 `@socket.io/sticky`，或设置 `transports: [\'websocket\']`。',
  },
} as const satisfies MessageTable;

const stickyPackage = /sticky/;

/** Sources: Socket.IO docs "Using multiple nodes" (sticky sessions are required for HTTP long-polling); Node docs, cluster "How it works" (round-robin). */
export const rule: Rule = {
  meta: { id: 'cluster-sticky-missing', category: 'cluster', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check({ files, graph, locale, report }) {
    if (!clusterSides(graph).clustered) return;
    if (graph.linkedFiles.some(file => graph.module(file).imports.some(({ specifier }) => stickyPackage.test(specifier)))) return;
    const sides = clusterSides(graph);
    for (const file of files) {
      const module = graph.module(file);
      if (!module.imports.some(({ specifier }) => specifier === 'socket.io')) continue;
      for (const [index, call] of module.calls.entries()) {
        if (!(sides.ofCall(file, index).may & workerSide)) continue;
        const makesServer = graph.meaningsOf(file, call.callee).some(meaning => meaning.k === 'external' && meaning.module === 'socket.io' && (meaning.path === '' || meaning.path === 'Server'));
        if (!makesServer || call.text === 'require') continue;
        const options = graph.text(file)?.slice(...call.range) ?? '';
        if (/transports/.test(options) || call.args.slice(1).some(arg => arg.k !== 'obj')) continue;
        report({ location: graph.locate(file, call.range), message: message(texts, 'polling', locale), confidence: 'likely', role: 'startup', anchor: `${graph.functionOf(file, call.fn).displayName} ${call.text}` });
      }
    }
  },
};
