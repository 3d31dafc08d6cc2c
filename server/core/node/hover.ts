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
  /** When a queue that JavaScript itself fills is emptied. */
  readonly emptied: Readonly<Record<Queue, string>>;
  readonly constructs: Readonly<Record<Construct, string>>;
}

/** Phases and queues whose callbacks wait for nothing outside of JavaScript, but for time. */
export type Queue = 'nextTick' | 'microtask' | 'timers' | 'check';
/** Parts of the language that suspend a function or queue a job. */
export type Construct = 'await' | 'for await' | 'yield' | 'yield in an async generator' | 'then' | 'catch' | 'finally';

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
  emptied: {
    nextTick: 'It is emptied as soon as the running callback has ended, before the event loop goes on to anything else: a tick that queues ticks for ever starves the loop.',
    microtask: 'It is emptied as soon as the running callback and the ticks behind it have ended, before the event loop goes on to anything else: jobs that queue jobs for ever starve the loop.',
    timers: 'What is due runs when the event loop next gets to its timers: never before the code that runs now has ended, and later where callbacks take their time.',
    check: 'Check comes right after poll in each iteration of the event loop; what is added while it runs waits for the next iteration.',
  },
  constructs: {
    await: '`await` suspends this function and returns to its caller. It blocks nothing. When the value has settled, the rest runs as a job in the **microtask queue**, never at once: also where the value is no promise or has settled already.',
    'for await': '`for await` suspends this function at each element. The body runs as a job in the **microtask queue** when the promise of the element has settled. Where elements are there already, nothing but microtasks and ticks runs between two rounds.',
    yield: '`yield` suspends this generator until somebody calls its `next()`. No queue is involved: it goes on within that call.',
    'yield in an async generator': '`yield` in an async generator first awaits the value (**microtask queue**), then suspends the generator until somebody calls its `next()`.',
    then: '`.then()` never calls its callbacks at once. They run as jobs in the **microtask queue** when the promise has settled, also where it has settled already.',
    catch: '`.catch()` never calls its callback at once. It runs as a job in the **microtask queue** when the promise has been rejected; one that is fulfilled goes on by the same queue, one job later.',
    finally: '`.finally()` never calls its callback at once. It runs as a job in the **microtask queue** when the promise has settled; what follows it waits for what it returns.',
  },
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

/** Whether a function only puts its callback into a queue: timers, ticks, immediates, jobs. Others that call back in the same queues do work. */
function onlyQueues({ module, member, threadPool }: ApiDescription): boolean {
  return threadPool !== true && (module === 'timers' || module === 'timers/promises' || (module === 'process' && member === 'nextTick') || (module === 'globals' && /^(?:setTimeout|setInterval|setImmediate|queueMicrotask|process\.nextTick|Promise#)/.test(member)));
}

function isQueue(phase: Phase | 'sync' | undefined | null): phase is Queue {
  return phase === 'nextTick' || phase === 'microtask' || phase === 'timers' || phase === 'check';
}

/** Markdown that says what a part of the language does to the function that it stands in. */
export function describeConstruct(construct: Construct, texts: HoverTexts = englishHoverTexts): string {
  const { constructs, emptied } = texts;
  return construct === 'yield' ? constructs.yield : `${constructs[construct]}\n\n${emptied.microtask}`;
}

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
  else if (onlyQueues(api)) facts.push(texts.onlyQueues);
  // What runs in poll or close is told by something outside.
  else if (api.schedules && callback?.runsIn !== 'sync' && !isQueue(callback?.runsIn)) facts.push(texts.asynchronous);
  if (api.blockingWithoutCallback) facts.push(texts.blocksWithoutCallback);
  if (callback?.runsIn === 'sync') facts.push(texts.callsBackNow);
  else if (callback?.runsIn) facts.push(fill(texts.callsBackIn, phaseNames[callback.runsIn]));
  const queue = callback?.runsIn ?? api.settlesIn;
  if (onlyQueues(api) && isQueue(queue)) facts.push(texts.emptied[queue]);
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
