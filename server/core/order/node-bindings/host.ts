import { ProcessExit, ProgramError, type Engine, type Origin, type Task } from '../event-loop/engine.ts';
import type { Cause } from '../agent.ts';
import type { AgentCluster, Member } from '../agent-cluster.ts';
import { EventLoop, type LoopCourse } from '../event-loop/loop.ts';
import type { VirtualClock } from '../event-loop/virtual-clock.ts';
import { capture, Repeats } from '../recurrence.ts';
import { moduleIdsOf, pathOfModule } from '../builtin-members/member-table.ts';
import { guestLibraries } from '../node-lib/registry.ts';
import type { MachineOptions, NodeMajor, ProgramSource } from '../run.ts';
import type { Phase } from '../timeline.ts';
import { inexactMark } from '../values.ts';
import { createAgentsBinding } from './agents-binding.ts';
import { createOrderBinding, createPollBinding, createTimersBinding } from './loop-bindings.ts';
import { createGlobals } from './globals.ts';
import { createPerformanceBinding, createProcessBinding } from './process-binding.ts';
import type { GuestValue, Realm } from './realm.ts';
import { createUrlBinding } from './url-binding.ts';

/** What Node's half needs of the machine around one run. */
export interface MachineHooks {
  readonly node: NodeMajor;
  readonly program: ProgramSource;
  readonly options: MachineOptions;
  choose(why: string, alternatives: readonly string[]): number;
  /** Runs code of Node's own that has its effects, whatever part of the program has asked for it. */
  asNode(run: () => void): void;
  hasMicrotasks(): boolean;
  /** Records a step of the timeline around `run`. */
  step(phase: Phase, origin: Origin, run: () => void): void;
  /** The step that runs, and the one that an error left last. */
  cause(): Cause | null;
  causeOfError(): Cause | null;
  /** Records a step for the listeners of an event of the process. */
  listenerStep(event: string, cause: Cause | null, run: () => void): void;
  /** Runs one job of the microtask queue; false when the queue is empty. Throws `ProgramError` when the job did. */
  runMicrotask(): boolean;
  /** A host job in the microtask queue; without an origin it is no step of the timeline. */
  enqueueMicrotask(origin: Origin | null, run: () => void): void;
  /** The reason is complete text. */
  incomplete(reason: string): void;
  state(roots: readonly unknown[]): string | null;
  /** Something that is taken for granted of the world around the program. */
  assume(what: string): void;
  /** An error that nobody handled ends the process. */
  failed(error: GuestValue): void;
  iteration(): void;
  tick(): void;
  describe(origin: Origin, withColumn?: boolean): string;
  /** The threads and processes of the program, and which of them this is. */
  readonly cluster: AgentCluster;
  readonly self: Member;
  readonly clock: VirtualClock;
  /** `require(specifier)` as the file would call it. */
  requireFrom(file: string, specifier: string): GuestValue;
}

/** The program's main script or module, ready to be entered. */
export interface MainEntry {
  /** CommonJS: runs the body. Module: puts the evaluation of the graph into the microtask queue. */
  readonly task: Task;
  readonly module: boolean;
  /** The phase in which the loop calls it, where it is a callback and not the main script. */
  readonly startsIn?: 'timers' | 'poll' | 'check' | 'close';
  /** For a module: whether its promise has settled; asked at the natural end (exit code 13). */
  readonly settled?: () => boolean;
}

/** Node around one run of the machine. */
export interface NodeHost {
  /** Runs the main task and the loop to the end. */
  run(main: MainEntry): LoopCourse;
  readonly loop: EventLoop;
  /** Something outside of the program that completes in a poll phase, whenever it likes. */
  startOutside(task: Task, name: string): void;
  /** Whether a tick is queued or the loop holds anything. */
  hasPending(): boolean;
  /** The exports of a built-in module, loaded at its first use; undefined when Node has no such module or it is not modelled. */
  requireBuiltin(id: string): GuestValue | undefined;
  /** Properties of globalThis that are Node's, made at their first use. */
  readonly globals: ReadonlyMap<string, () => GuestValue>;
  /** HostPromiseRejectionTracker. */
  rejectionTracker(operation: 'reject' | 'handle', promise: GuestValue, reason: GuestValue): void;
  /** Ms since the start of the program, as a clock shows it at the place that asks. */
  readClock(): number;
  /**
   * The promise of the main module was rejected; called from its reaction job. The loader's own async functions take two
   * more promise jobs (three from Node 22 on, measured) until the handlers run, or the process ends.
   */
  uncaught(error: GuestValue): void;
  /** The console wrote: the first write of a process is slow. */
  wroteOutput(): void;
}

/** Guest functions that `process` hands over (process.guest.js `setCallbacks`). */
type Callbacks = Readonly<Record<'fatalException' | 'exitOnError' | 'unhandledRejection' | 'rejectionError' | 'rejectionHandled' | 'emitExit', GuestValue>>;
const callbackNames = ['fatalException', 'exitOnError', 'unhandledRejection', 'rejectionError', 'rejectionHandled', 'emitExit'] as const;

export function createNodeHost(given: Realm, machine: MachineHooks): NodeHost {
  const realm = withPlainTexts(given);
  const { program } = machine;
  let unsettled = (): boolean => false;
  /** The main module while its body has not run to its end. */
  let body: MainEntry | null = null;
  const processObject = realm.object({});
  let callbacks: Callbacks | null = null;
  /** Listeners on process run in a step of their own, in the phase in which Node calls them. */
  const hook = (name: keyof Callbacks, event: string, cause: Cause | null, ...args: GuestValue[]): GuestValue => {
    let result: GuestValue;
    machine.listenerStep(event, cause, () => {
      result = realm.call(callbacks![name], undefined, args);
    });
    return result;
  };
  /** In which step a promise was rejected that nobody has handled yet. */
  const rejectedIn = new Map<GuestValue, Cause | null>();

  const uncaught = (error: GuestValue, origin: 'uncaughtException' | 'unhandledRejection', cause: Cause | null = machine.causeOfError()): void => {
    let handled: boolean;
    try {
      handled = realm.truthy(hook('fatalException', 'uncaughtException', cause, error, realm.primitive(origin)));
    } catch (thrown) {
      // A handler that throws: exit code 7, no 'exit' event (SEMANTICS S-72).
      if (!(thrown instanceof ProgramError)) throw thrown;
      realm.write('stderr', realm.primitive(`${realm.describeError(thrown.value)}\n`));
      throw new ProcessExit(7);
    }
    if (!handled) machine.failed(error);
    if (!handled) throw new ProcessExit(Number(realm.host(hook('exitOnError', 'exit', cause, error))));
  };

  const engine: Engine = {
    node: realm.node,
    choose: machine.choose,
    step: machine.step,
    runMicrotask() {
      const more = machine.runMicrotask();
      if (body !== null && body.settled?.() !== false) {
        body = null;
        loop.bodyEnded();
      }
      return more;
    },
    get hasMicrotasks() {
      return machine.hasMicrotasks();
    },
    iteration: machine.iteration,
    tick: machine.tick,
    describe: machine.describe,
    incomplete: machine.incomplete,
    state: roots => machine.state(roots),
    repeats: what => { throw new Repeats(what); },
    uncaught,
    emitRejection(kind, promise, reason) {
      const cause = rejectedIn.get(promise) ?? null;
      if (kind === 'rejectionHandled') hook('rejectionHandled', 'rejectionHandled', cause, promise);
      else if (!realm.truthy(hook('unhandledRejection', 'unhandledRejection', cause, promise, reason))) uncaught(hook('rejectionError', 'unhandledRejection', cause, reason), 'unhandledRejection', cause);
    },
    emitExit: event => Number(realm.host(hook('emitExit', event, null, realm.primitive(event), realm.primitive(unsettled())))),
  };
  // libuv reads the variable when the pool starts; what the program has put into process.env until then counts.
  const loop = new EventLoop(engine, () => {
    const size = Number(realm.host(realm.get(realm.get(processObject, 'env'), 'UV_THREADPOOL_SIZE')));
    return size >= 1 ? Math.min(size, 1024) : 4;
  }, machine.clock, machine.cluster.companyOf(machine.self));

  /** A callback of the guest in one of the loop's queues, with the async context of the call that put it there. */
  const task = (label: string, callback: GuestValue, run: () => void): Task => {
    const context = realm.asyncContext;
    return {
      origin: realm.origin(label, callback),
      run: capture(() => {
        realm.asyncContext = context;
        run();
      }, context, run),
    };
  };

  const bindings = new Map<string, GuestValue>();
  const internalBinding = realm.func('internalBinding', ([name]) => {
    const id = String(realm.host(name));
    const binding = bindings.get(id) ?? realm.binding(id);
    if (binding === undefined) throw new Error(`no binding ${id}`);
    return binding;
  });

  const exportsOf = new Map<string, GuestValue>();
  const load = (id: string): GuestValue | undefined => {
    const module = exportsOf.get(id);
    if (module !== undefined) return realm.get(module, 'exports');
    const text = guestLibraries.get(id);
    if (text === undefined) return undefined;
    const created = realm.object({ exports: id === 'process' ? processObject : realm.object({}) });
    exportsOf.set(id, created);
    machine.asNode(() => realm.call(realm.library(id, text), undefined, [realm.get(created, 'exports'), requireInternal, created, internalBinding, processObject]));
    if (!id.startsWith('internal/')) realm.complete(realm.get(created, 'exports'), pathOfModule(id));
    return realm.get(created, 'exports');
  };
  const requireInternal = realm.func('require', ([name]) => {
    const id = String(realm.host(name)).replace(/^node:/, '');
    const loaded = load(id);
    if (loaded !== undefined) return loaded;
    realm.incomplete(`require('${id}')`);
    return realm.unknown(`the module '${id}'`, 'object');
  });

  bindings.set('task_queue', realm.object({
    nextTick: realm.func('nextTick', ([callback, args]) => {
      const list = realm.elements(args);
      loop.queues.nextTick(task('process.nextTick', callback, capture(() => { realm.call(callback, undefined, list); }, callback, list)));
      return undefined;
    }),
    /** Whether ticks or microtasks wait. */
    waiting: realm.func('waiting', () => realm.primitive(loop.queues.hasTickScheduled || machine.hasMicrotasks())),
    setCallbacks: realm.func('setCallbacks', ([given]) => {
      callbacks = Object.fromEntries(callbackNames.map(name => [name, realm.get(given, name)])) as Callbacks;
      return undefined;
    }),
  }));
  bindings.set('async_context', realm.object({
    get: realm.func('get', () => realm.asyncContext),
    set: realm.func('set', ([value]) => { realm.asyncContext = value; }),
  }));
  bindings.set('files', realm.object({
    // A program that is explained as a whole starts in its own folder with nothing but its files; around a function of a server is more.
    whole: realm.primitive(machine.options.entryPoint.kind === 'file'),
    directory: realm.primitive(program.entry.slice(0, program.entry.lastIndexOf('/') + 1)),
    entry: realm.primitive(program.entry),
    assume: realm.func('assume', ([what]) => { machine.assume(String(realm.host(what))); }),
    /** Names with whether each is a folder; undefined where there is no such folder or it cannot be looked into. */
    list: realm.func('list', ([folder]) => {
      const entries = program.list?.(String(realm.host(folder))) ?? null;
      return entries === null ? undefined : realm.array(entries.map(entry => realm.array([realm.primitive(entry.name), realm.primitive(entry.folder)])));
    }),
    read: realm.func('read', ([path]) => realm.primitive(program.read(String(realm.host(path))))),
    isDirectory: realm.func('isDirectory', ([path]) => realm.primitive(isDirectoryOf(program.entry, String(realm.host(path))))),
  }));
  // `compute(operation, bytes, numbers)` gives bytes, an error code, or nothing where that is not known.
  bindings.set('computations', realm.object({
    compute: realm.func('compute', ([operation, inputs, numbers]) => {
      const bytes = realm.elements(inputs).map(one => realm.bytes(one));
      const given = realm.elements(numbers).map(one => (realm.isUnknown(one) ? NaN : Number(realm.host(one))));
      if (bytes.some(one => one === undefined) || given.some(Number.isNaN)) return undefined;
      const result = program.computations?.compute(String(realm.host(operation)), bytes as Uint8Array[], given) ?? null;
      if (result === null) return undefined;
      return typeof result === 'string' ? realm.primitive(result) : realm.array(Array.from(result, byte => realm.primitive(byte)));
    }),
  }));
  bindings.set('modules', realm.object({
    createRequire: realm.func('createRequire', ([file]) => {
      const from = String(realm.host(file));
      return realm.func('require', ([id]) => machine.requireFrom(from, String(realm.host(id))));
    }),
  }));
  // For classes that no export leads to.
  bindings.set('members', realm.object({ complete: realm.func('complete', ([object, path]) => { realm.complete(object, String(realm.host(path))); }), standsFor: realm.func('standsFor', ([object, path]) => { realm.complete(object, String(realm.host(path)), 'for another'); }) }));
  bindings.set('timers', createTimersBinding(realm, loop, task));
  bindings.set('poll', createPollBinding(realm, loop, task));
  bindings.set('order', createOrderBinding(realm, machine));
  bindings.set('url', createUrlBinding(realm));
  bindings.set('process', createProcessBinding(realm, loop, program, machine.self.started));
  bindings.set('agents', createAgentsBinding(realm, machine));
  bindings.set('performance', createPerformanceBinding(realm, loop));
  load('process');

  return {
    loop,
    run(main) {
      unsettled = () => main.settled !== undefined && !main.settled();
      if (main.module) body = main;
      // SEMANTICS S-15: up to Node 22.17 the loader of a module awaits an asynchronous read.
      return loop.run({ task: main.task, module: main.module, startsIn: main.startsIn ?? (main.module && realm.node < 22 ? 'poll' : 'main') });
    },
    startOutside(outside, name) {
      const context = realm.asyncContext;
      const run = (): void => {
        realm.asyncContext = context;
        outside.run();
      };
      loop.poll.start({ name, rounds: 0, within: Infinity, pool: false, ref: true, task: { origin: outside.origin, run } });
    },
    hasPending: () => loop.alive || loop.queues.hasTickScheduled,
    requireBuiltin(id) {
      const name = id.replace(/^node:/, '');
      const library = name.startsWith('internal/') ? undefined : load(name);
      if (library !== undefined || !moduleIdsOf('', realm.node).has(name) || (!id.startsWith('node:') && onlyWithScheme.has(name))) return library;
      if (machine.options.entryPoint.kind === 'function') return realm.unknown(`the module '${name}'`, 'object');
      // What it exports is known, not what that does.
      return realm.builtinAt(pathOfModule(name));
    },
    globals: createGlobals(realm, load, machine, task),
    rejectionTracker(operation, promise, reason) {
      if (operation === 'reject') rejectedIn.set(promise, machine.cause());
      if (operation === 'reject') loop.queues.unhandledRejection(promise, reason);
      else loop.queues.handledRejection(promise);
    },
    readClock: () => loop.clock.read(realm.place()),
    uncaught(error) {
      const hop = (left: number): void => {
        if (left === 0) uncaught(error, 'unhandledRejection');
        else machine.enqueueMicrotask(null, () => hop(left - 1));
      };
      hop(realm.node < 22 ? 2 : 3);
    },
    wroteOutput: () => loop.wroteOutput(),
  };
}

/** The realm, with the machine's marks of doubt taken out of the texts that the bindings work with. */
function withPlainTexts(realm: Realm): Realm {
  const host: Realm['host'] = value => {
    const plain = realm.host(value);
    return typeof plain === 'string' ? plain.replaceAll(inexactMark, '') : plain;
  };
  return Object.assign(Object.create(realm) as Realm, { host });
}

/** Modules that have no name without `node:`. */
const onlyWithScheme: ReadonlySet<string> = new Set(['test', 'test/reporters', 'sqlite', 'sea', 'ffi', 'quic', 'vfs', 'zlib/iter', 'stream/iter', 'dtls']);

/** `/a/b` is a directory of the program when its entry lies below. */
function isDirectoryOf(entry: string, path: string): boolean {
  return path === '/' || entry.startsWith(path.endsWith('/') ? path : `${path}/`);
}
