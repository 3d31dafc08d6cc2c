import type { Phase } from '../order/timeline.ts';
import type { ApiDescription } from './api.ts';

/** What a hover says, as templates; `{0}`, `{1}` are filled in. A translation is another table of this type. */
export interface HoverTexts {
  readonly blocks: string;
  readonly blocksWhen: string;
  readonly blocksWithoutCallback: string;
  readonly threadPool: string;
  readonly asynchronous: string;
  readonly onlyQueues: string;
  readonly callsBackNow: string;
  readonly callsBackIn: string;
  readonly callsBackManyTimes: string;
  readonly settlesIn: string;
  readonly insteadPromise: string;
  readonly insteadCallback: string;
  readonly since: string;
  readonly until: string;
  readonly source: string;
}

export const englishHoverTexts: HoverTexts = {
  blocks: '**Blocks the event loop**: nothing else runs on this thread until it returns.',
  blocksWhen: '**Blocks the event loop** where `{0}` is `{1}`.',
  blocksWithoutCallback: 'Without a callback it **blocks the event loop**.',
  threadPool: 'Its work is done by the **thread pool** (four threads unless `UV_THREADPOOL_SIZE` says otherwise).',
  asynchronous: 'Does not block: the work goes on outside of JavaScript.',
  onlyQueues: 'Does not block, and starts no work: it only puts the callback into a queue.',
  callsBackNow: 'Calls its callback before it returns.',
  callsBackIn: 'Calls back in: **{0}**.',
  callsBackManyTimes: 'Can call back many times.',
  settlesIn: 'Settles in: **{0}**; the continuation runs in the microtask queue right after.',
  insteadPromise: 'Instead: `await {0}(…)`',
  insteadCallback: 'Instead: `{0}(…, callback)`',
  since: 'Since version {0}.',
  until: 'Up to version {0}.',
  source: 'Source: {0}',
};

/** Node's and libuv's own names of the phases and queues. */
export const phaseNames: Readonly<Record<Phase, string>> = {
  main: 'main script',
  nextTick: 'nextTick queue',
  microtask: 'microtask queue',
  timers: 'timers',
  pending: 'pending callbacks',
  poll: 'poll',
  check: 'check',
  close: 'close callbacks',
  exit: 'exit',
};

const queuesOfJavaScript: ReadonlySet<Phase | 'sync'> = new Set(['nextTick', 'microtask', 'timers', 'check']);

/** The name that people write: `fs.readFileSync`, `execa.sync`, `setTimeout`, `StatementSync.all`. */
export function apiName(api: ApiDescription): string {
  return nameOf(api.module, api.member);
}

/** Markdown that says what a function does to the event loop, one fact a line, the name as a heading first. */
export function describeForHover(api: ApiDescription, texts: HoverTexts = englishHoverTexts): string {
  const { callback, asyncAlternative: other, blockingWhen: when } = api;
  const facts: string[] = [];
  if (api.blocking) facts.push(when ? fill(texts.blocksWhen, when.property, String(when.is)) : texts.blocks);
  else if (api.threadPool) facts.push(texts.threadPool);
  // What runs in poll or close is told by something outside; the other queues are filled by the call itself.
  else if (api.schedules && callback?.runsIn !== 'sync') facts.push(callback?.runsIn && queuesOfJavaScript.has(callback.runsIn) ? texts.onlyQueues : texts.asynchronous);
  if (api.blockingWithoutCallback) facts.push(texts.blocksWithoutCallback);
  if (callback?.runsIn === 'sync') facts.push(texts.callsBackNow);
  else if (callback?.runsIn) facts.push(fill(texts.callsBackIn, phaseNames[callback.runsIn]));
  if (callback?.times === 'many' && callback.runsIn !== 'sync') facts.push(texts.callsBackManyTimes);
  if (api.settlesIn) facts.push(fill(texts.settlesIn, phaseNames[api.settlesIn]));
  if (api.note) facts.push(api.note);
  if (other) facts.push(fill(other.style === 'promise' ? texts.insteadPromise : texts.insteadCallback, nameOf(other.module, other.member)));
  if (api.since) facts.push(fill(texts.since, api.since));
  if (api.until) facts.push(fill(texts.until, api.until));
  if (api.source) facts.push(fill(texts.source, api.source));
  return [`\`${apiName(api)}\``, ...facts].join('\n\n');
}

function nameOf(module: string, member: string): string {
  const path = member.replaceAll('#', '.').replaceAll('()', '').replace(/^\./, '');
  if (module === 'globals') return path;
  if (path === '') return module;
  // Members of classes are known by the class: `StatementSync.all`.
  return member.includes('#') ? path : `${module}.${path}`;
}

function fill(template: string, ...values: readonly string[]): string {
  return template.replace(/\{(\d)\}/g, (_match, index: string) => values[Number(index)] ?? '');
}
