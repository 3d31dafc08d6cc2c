import type { FunctionNode, Reach } from '../graph/program-graph.ts';
import type { Cost } from '../node/costs.ts';
import type { Fix, Severity, SourceLocation } from './finding.ts';
import { list, message, sentences, type MessageTable } from './messages.ts';
import { costSentence, exposureOf, severityOfStall } from './impact.ts';
import { milder, worstReach } from './reach-ranking.ts';
import type { RuleContext } from './rule.ts';

/** Texts that the blocking rules share. */
export const reachTexts = {
  request: {
    en: '{what} blocks the event loop in {entry}{through}: every other request waits.',
    'zh-cn': '{what} 在 {entry} 中{through}阻塞事件循环：其他请求都必须等待。',
  },
  other: {
    en: '{what} blocks the event loop in {entry}{through}: everything else in this process waits.',
    'zh-cn': '{what} 在 {entry} 中{through}阻塞事件循环：本进程中的其他任务都必须等待。',
  },
  through: { en: ', through {functions}', 'zh-cn': '（经由 {functions}）' },
  memoised: { en: 'It is cached after the first call.', 'zh-cn': '首次调用之后结果会被缓存。' },
  'memoised-per-key': { en: 'Its result is cached per key: each new key waits for it.', 'zh-cn': '结果按键缓存：每个新键都要等待一次。' },
  development: { en: 'It runs in development only.', 'zh-cn': '仅在开发环境中运行。' },
  test: { en: 'It runs in tests only.', 'zh-cn': '仅在测试中运行。' },
  oneMore: { en: 'One more entry reaches it.', 'zh-cn': '另有 1 个入口可到达此处。' },
  more: { en: '{count} more entries reach it.', 'zh-cn': '另有 {count} 个入口可到达此处。' },
} as const satisfies MessageTable;

/** Something that holds the thread, and where it stands. */
export interface BlockingSite {
  readonly location: SourceLocation;
  readonly function: FunctionNode;
  /** For the message: `` `fs.readFileSync()` ``. */
  readonly what: string;
  /** The code, for the fingerprint. */
  readonly code: string;
  /** What to do, in the language of the context. */
  readonly advice: string;
  readonly atMost?: Severity;
  /** What it costs, in its loops; absent where nothing was measured. */
  readonly cost?: Cost | null;
  /** Made only where the site is reported. */
  readonly fixes?: () => readonly Fix[];
  readonly confidence?: 'possible';
}

/** Reports the site once, with the worst of the ways in which it is reached and the number of the others. */
export function reportReached(context: RuleContext, site: BlockingSite, reaches: readonly Reach[]): void {
  const found = worstReach(context.graph, reaches);
  if (!found) return;
  const { worst, others } = found;
  const { entry, path } = worst.reach;
  const { locale } = context;
  const cost = site.cost ?? null;
  const exposure = exposureOf(context.graph, entry);
  const stall = cost && severityOfStall(cost, exposure, worst.atMost === 'error');
  const atMost = stall === null ? worst.atMost : worst.remark ? milder(worst.atMost, stall) : worst.atMost === 'info' ? 'info' : stall;
  const between = functionsBetween(worst.reach, site.function);
  const through = between.length > 0 ? message(reachTexts, 'through', locale, { functions: list(locale, between) }) : '';
  context.report({
    location: site.location,
    message: sentences(locale, [
      message(reachTexts, entry.role === 'request' ? 'request' : 'other', locale, { what: site.what, entry: entry.label, through }),
      costSentence(cost, locale),
      worst.remark ? message(reachTexts, worst.remark, locale) : '',
      site.advice,
      others === 0 ? '' : others === 1 ? message(reachTexts, 'oneMore', locale) : message(reachTexts, 'more', locale, { count: others }),
    ]),
    confidence: site.confidence ?? worst.confidence,
    role: entry.role,
    path,
    fixes: site.fixes?.() ?? [],
    atMost: site.atMost ? milder(site.atMost, atMost) : atMost,
    cost,
    exposure,
    cause: causeOf(worst.reach, site.function),
    anchor: `${site.function.displayName} ${site.code}`,
  });
}

/** Operations of one function are one cause, and so are those that one function of another file leads to: a database layer. */
function causeOf({ path }: Reach, { file, displayName, index }: FunctionNode): string {
  return path.length > 2 || index > 0 ? `${file} ${displayName}` : file;
}

/** Names of the functions between the entry and the site, read off the labels of graph/link-program.ts; of many only the first and the last. */
function functionsBetween(reach: Reach, target: FunctionNode): string[] {
  if (target === reach.entry.function) return [];
  const names = reach.path.slice(1, -1).map(step => /^(?:calls|constructs) (.*)$/.exec(step.label)?.[1]).filter(name => name !== undefined);
  return names.length <= 3 ? names : [names[0]!, '…', names[names.length - 1]!];
}
