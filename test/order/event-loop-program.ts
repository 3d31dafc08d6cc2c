import { ProcessExit, ProgramError, type Engine } from '../../server/core/order/event-loop/engine.ts';
import { EventLoop } from '../../server/core/order/event-loop/loop.ts';
import { coerceDelay, type Timer } from '../../server/core/order/event-loop/timers.ts';
import type { OperationKind } from '../../server/core/order/event-loop/poll.ts';
import type { NodeMajor } from '../../server/core/order/run.ts';

/** What a test program may call: the loop's queues with host functions as callbacks, no interpreter. */
export interface Program {
  log(text: string): void;
  timeout(callback: () => void, ms: number): Timer;
  interval(callback: () => void, ms: number): Timer;
  clear(timer: Timer): void;
  immediate(callback: () => void): void;
  tick(callback: () => void): void;
  microtask(callback: () => void): void;
  reject(reason: string): void;
  operation(kind: Partial<OperationKind>, callback: () => void): void;
  close(callback: () => void): void;
  /** Waits on the clock. */
  busy(ms: number): void;
  on(event: 'uncaughtException' | 'unhandledRejection' | 'exit' | 'beforeExit', listener: (value: unknown) => void): void;
}

/** Runs the program under every answer to every choice; returns the distinct outputs, the likeliest first. */
export function outcomes(main: (program: Program) => void, { node = 24, inPoll = false, module = false }: { node?: NodeMajor; inPoll?: boolean; module?: boolean } = {}): string[] {
  const results: string[] = [];
  const prefixes: number[][] = [[]];
  for (let runs = 0; prefixes.length > 0; runs++) {
    if (runs > 5000) throw new Error('too many runs');
    const prefix = prefixes.shift()!;
    const taken: number[] = [];
    const lines = runOnce(main, node, inPoll, module, count => {
      const index = prefix[taken.length] ?? 0;
      if (taken.length >= prefix.length) for (let other = 1; other < count; other++) prefixes.push([...taken, other]);
      taken.push(index);
      return index;
    });
    const text = lines.join(' ');
    if (!results.includes(text)) results.push(text);
  }
  return results;
}

function runOnce(main: (program: Program) => void, node: NodeMajor, inPoll: boolean, module: boolean, choose: (count: number) => number): string[] {
  const lines: string[] = [];
  const jobs: (() => void)[] = [];
  const listeners = new Map<string, (value: unknown) => void>();
  const task = (name: string, callback: () => void) => ({ origin: name, run: () => guard(callback) });
  const engine: Engine = {
    node,
    choose: (why, alternatives) => choose(alternatives.length),
    step: (phase, origin, run) => run(),
    get hasMicrotasks() {
      return jobs.length > 0;
    },
    runMicrotask() {
      const job = jobs.shift();
      if (job === undefined) return false;
      guard(job);
      return true;
    },
    uncaught(error) {
      const listener = listeners.get('uncaughtException');
      if (listener === undefined) throw new ProcessExit(1);
      guard(() => listener(error));
    },
    emitRejection(kind, promise, reason) {
      const listener = listeners.get(kind);
      if (listener) guard(() => listener(reason));
      else if (kind === 'unhandledRejection') this.uncaught(reason, 'unhandledRejection');
    },
    emitExit(event) {
      const listener = listeners.get(event);
      if (listener) guard(() => listener(0));
      return 0;
    },
    incomplete: reason => lines.push(`incomplete: ${reason}`),
    iteration() {},
    tick() {},
    state: () => null,
    repeats(what) { throw new Error(what); },
    describe: origin => String(origin),
  };
  const loop = new EventLoop(engine);
  const timer = (callback: () => void, ms: number, repeats: boolean): Timer => {
    const created: Timer = { task: task(`the ${ms} ms timer`, callback), ms: coerceDelay(ms), repeats: () => repeats && !cleared.has(created), ref: true, list: null, start: 0 };
    loop.timers.insert(created);
    return created;
  };
  const cleared = new Set<Timer>();
  const program: Program = {
    log: text => { lines.push(text); },
    timeout: (callback, ms) => timer(callback, ms, false),
    interval: (callback, ms) => timer(callback, ms, true),
    clear(one) {
      cleared.add(one);
      loop.timers.remove(one);
    },
    immediate: callback => loop.immediates.add({ task: task('an immediate', callback), ref: true, destroyed: false }),
    tick: callback => loop.queues.nextTick(task('a tick', callback)),
    microtask: callback => { jobs.push(callback); },
    reject: reason => loop.queues.unhandledRejection({}, reason),
    operation: (kind, callback) => loop.poll.start({ name: 'an operation', rounds: 0, within: 15, pool: true, ...kind, ref: true, task: task(kind.name ?? 'an operation', callback) }),
    close: callback => loop.close(task('a close callback', callback)),
    busy(ms) {
      for (const start = loop.clock.read('busy'); loop.clock.read('busy') - start < ms;);
    },
    on: (event, listener) => { listeners.set(event, listener); },
  };
  const run = () => main(program);
  const course = loop.run({ module, startsIn: inPoll ? 'poll' : 'main', task: module ? { origin: 'main', run: () => { jobs.push(run); } } : task('main', run) });
  while (!course.next([]).done);
  return lines;
}

function guard(callback: () => void): void {
  try {
    callback();
  } catch (error) {
    if (error instanceof ProcessExit || error instanceof ProgramError) throw error;
    throw new ProgramError(error);
  }
}
