import { isForAdministrators, isForSignedIn } from '../graph/administrators.ts';
import type { Entry, ProgramGraph, Role } from '../graph/program-graph.ts';
import { clientDecides, type Cost } from '../node/costs.ts';
import type { Confidence, Exposure, Impact, Severity } from './finding.ts';
import { message, type Locale, type MessageTable } from './messages.ts';

/** Rules whose findings end the process, lose work or leave somebody waiting for ever: time is not what they cost. */
const endings: ReadonlySet<string> = new Set([
  'floating-promise', 'async-listener-unhandled', 'async-in-http-create-server', 'async-callback-in-sync-iterator', 'async-promise-executor', 'throw-in-async-callback', 'emitter-error-unhandled', 'stream-pipe-unhandled-error', 'server-error-unhandled',
  'process-exit-in-handler', 'async-express4-handler', 'uncaught-exception-handler-throws', 'cluster-handler-unresolved-name', 'finally-async', 'callback-called-twice', 'recursive-nexttick-starvation',
]);
const hangs: ReadonlySet<string> = new Set(['promise-never-settles', 'uncaught-exception-swallowed', 'unhandled-rejection-swallowed', 'process-exit-truncates', 'async-work-in-exit-handler', 'try-around-unawaited', 'busy-wait', 'worker-disconnect-no-deadline', 'cluster-no-refork', 'cluster-double-refork']);
/** How long it takes is what a client sends. */
const byClient: ReadonlySet<string> = new Set(['redos-literal', 'redos-dynamic', 'route-pattern-redos', 'cpu-loop-bound-by-input', 'cpu-recursion-in-handler', 'child-process-per-request', 'body-limit-missing', 'promise-all-unbounded', 'zlib-per-message', 'json-large-sync']);

/** What it weighs on the scale of `10 × log10(microseconds)`: 10 is 10 µs, 60 a second. */
const endingWeight = 65;
const hangWeight = 58;
const unknownWeight: Readonly<Record<Severity, number>> = { error: 45, warn: 30, info: 10 };

const exposureWeight: Readonly<Record<Exposure, number>> = { anybody: 20, 'signed-in': 16, jobs: 9, administrators: 6, once: 0 };
const confidenceWeight: Readonly<Record<Confidence, number>> = { certain: 10, likely: 5, possible: 0 };

/** Who can bring it about: the entry's role, and of requests what guards their route. */
export function exposureOf(graph: ProgramGraph, entry: Entry): Exposure {
  if (entry.role !== 'request') return exposureOfRole(entry.role);
  return isForAdministrators(graph, entry) ? 'administrators' : isForSignedIn(graph, entry) ? 'signed-in' : 'anybody';
}

/** As `exposureOf`, where only the role is known. */
export function exposureOfRole(role: Role | string): Exposure {
  return role === 'request' ? 'anybody' : role === 'timer' || role === 'background' || role === 'stream' ? 'jobs' : 'once';
}

/** What a finding weighs: what it costs, for whom, and how sure that is. `rank`: 0 to 100, higher is worse. */
export function impactOf(rule: string, severity: Severity, confidence: Confidence, exposure: Exposure, cost: Cost | null): Impact {
  const effect = endings.has(rule) ? 'ends' : hangs.has(rule) ? 'hangs' : null;
  const time = cost ?? (byClient.has(rule) ? clientDecides : null);
  const weight = effect === 'ends' ? endingWeight : effect === 'hangs' ? hangWeight : time ? 10 * Math.log10(Math.max(1, time.micros)) : unknownWeight[severity];
  const rank = Math.max(0, Math.min(100, Math.round(weight + exposureWeight[exposure] + confidenceWeight[confidence])));
  return { cost: effect ?? (time ? costName(time) : 'unknown'), exposure, rank };
}

/** `10 µs`, `100 ms`, `1 ms per MB`, `as long as a client likes`. */
function costName(cost: Cost): string {
  if (cost.per === 'client') return 'as long as a client likes';
  return `${duration(cost.micros)}${cost.per === 'megabyte' ? ' per MB' : ''}`;
}

/** The order of magnitude: `10 µs`, `1 ms`, `2 s`. */
export function duration(micros: number): string {
  const rounded = Number(micros.toPrecision(1));
  return rounded < 1000 ? `${rounded} µs` : rounded < 1_000_000 ? `${rounded / 1000} ms` : `${rounded / 1_000_000} s`;
}

export const costTexts = {
  call: { en: 'It takes about {time} each time.', 'zh-cn': '每次大约需要 {time}。' },
  megabyte: { en: 'It takes about {time} for each megabyte.', 'zh-cn': '每兆字节大约需要 {time}。' },
} as const satisfies MessageTable;

/** What it costs, in a sentence; empty where a message of its own says so. */
export function costSentence(cost: Cost | null, locale: Locale): string {
  return cost && cost.per !== 'client' ? message(costTexts, cost.per, locale, { time: duration(cost.micros) }) : '';
}

/** A loop goes round so often, as far as is known. */
const loopRounds = 10;
const deepestLoop = 2;

/** The cost of an operation in loops. */
export function inLoops(cost: Cost, loopDepth: number): Cost {
  return loopDepth > 0 && cost.per !== 'client' ? { ...cost, micros: cost.micros * loopRounds ** Math.min(loopDepth, deepestLoop) } : cost;
}

/** Less than this is worth knowing and no more; from the second on others notice it, from the third on it hurts wherever it is. */
const noticeable = 100;
const stalls = 1000;
const hurts = 10_000;

/** The highest severity that a stall deserves: in microseconds for each request, whoever sends it. `direct`: the handler shows what it does. */
export function severityOfStall({ micros }: Cost, exposure: Exposure, direct: boolean): Severity {
  if (micros < noticeable) return 'info';
  if (micros < stalls || exposure === 'administrators' || exposure === 'jobs' || exposure === 'once') return 'warn';
  return direct || micros >= hurts ? 'error' : 'warn';
}
