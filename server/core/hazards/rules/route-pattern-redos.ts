import type { CallFacts } from '../../facts/module-facts.ts';
import { globalName } from '../../graph/client-input.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import { compareVersions, newestAllowed } from '../../node/version.ts';
import { dependencyVersion } from '../dependency-version.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule, RuleContext } from '../rule.ts';

const texts = {
  slow: {
    en: 'Matching `{path}` takes time that grows with the {power} of the path that a client requests: {count} parameters stand in one segment, and `{name}` {range} makes an expression of them that tries every way to divide it (CVE-2024-45296, CVE-2024-52798). Update to {fixed} or later, or say what each may hold, as in `:from([^-/]+)`.',
    'zh-cn': '匹配 `{path}` 的耗时随客户端请求路径的长度按{power}增长：同一段中有 {count} 个参数，而 `{name}` {range} 由此生成的表达式会尝试所有划分方式（CVE-2024-45296、CVE-2024-52798）。请升级到 {fixed} 或更高版本，或限定每个参数的内容，例如 `:from([^-/]+)`。',
  },
  square: { en: 'square', 'zh-cn': '平方' },
  cube: { en: 'cube', 'zh-cn': '立方' },
  power: { en: '{count}th power', 'zh-cn': ' {count} 次方' },
} as const satisfies MessageTable;

/** Measured: the expressions of path-to-regexp 0.1.10 and 0.1.11 are still slow; express has 0.1.12 from 4.21.2 on. */
const fixedIn = { express: '4.21.2', 'path-to-regexp': '0.1.12' } as const;

const routeMethods = /^(?:get|post|put|patch|delete|del|options|head|all|use|route)$/;

/** Route patterns that old versions of Express make slow expressions of. Source: CVE-2024-45296, CVE-2024-52798. */
export const rule: Rule = {
  meta: { id: 'route-pattern-redos', category: 'cpu', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph } = context;
    for (const file of context.files) for (const call of graph.module(file).calls) checkCall(context, file, call);
  },
};

function checkCall(context: RuleContext, file: string, call: CallFacts): void {
  const { graph, locale } = context;
  const path = call.literalArgs[0];
  if (typeof path !== 'string') return;
  const count = parametersInOneSegment(path);
  if (count < 2) return;
  const name = libraryOf(graph, file, call);
  const range = name && dependencyVersion(graph, file, name);
  if (!name || !range) return;
  const newest = newestAllowed(range);
  // The range lets a version be installed that is fixed; which one is, it does not say.
  const mayBeFixed = newest === null || compareVersions(newest, fixedIn[name]) >= 0;
  if (newest === null || (mayBeFixed && compareVersions(oldest(range), fixedIn[name]) >= 0)) return;
  const fn = graph.functionOf(file, call.fn);
  const power = count === 2 ? message(texts, 'square', locale) : count === 3 ? message(texts, 'cube', locale) : message(texts, 'power', locale, { count });
  context.report({
    location: graph.locate(file, call.argRanges[0]!),
    message: message(texts, 'slow', locale, { path, power, count, name, range, fixed: fixedIn[name] }),
    confidence: mayBeFixed ? 'possible' : 'certain',
    role: 'request',
    // A square of 16 KiB is less than a tenth of a second.
    atMost: count === 2 ? 'info' : 'warn',
    anchor: `${fn.displayName} ${path}`,
  });
}

/** How many parameters without a pattern of their own stand in one segment, with anything but a dot between them. */
function parametersInOneSegment(path: string): number {
  let most = 0;
  for (const segment of path.split('/')) {
    for (const part of segment.split('.')) most = Math.max(most, [...part.matchAll(/:\w+(\()?/g)].filter(match => match[1] === undefined).length);
  }
  return most;
}

function libraryOf(graph: ProgramGraph, file: string, { callee }: CallFacts): keyof typeof fixedIn | null {
  const isExpress = callee.k === 'get' && routeMethods.test(callee.name) && graph.meaningsOf(file, callee.object).some(meaning => meaning.k === 'typed' && /^express\.(?:Application|Router|Route)$/.test(meaning.type));
  if (isExpress) return 'express';
  return globalName(graph, file, callee) === 'path-to-regexp' ? 'path-to-regexp' : null;
}

/** The version that a range starts with. */
function oldest(range: string): string {
  return /\d+(?:\.\d+){0,2}/.exec(range)?.[0] ?? '0';
}
