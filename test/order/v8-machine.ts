import { dirname } from 'node:path';
import util from 'node:util';
import vm from 'node:vm';
import { ProcessExit, ProgramError, type Origin } from '../../server/core/order/event-loop/engine.ts';
import { createNodeHost, type NodeHost } from '../../server/core/order/node-bindings/host.ts';
import type { GuestValue, Primitive, Realm } from '../../server/core/order/node-bindings/realm.ts';
import type { Decision, RunProgram } from '../../server/core/order/run.ts';
import type { OutputLine, Phase } from '../../server/core/order/timeline.ts';

/**
 * Node's half of the machine (loop, libraries, bindings) with V8 in place of our interpreter: CommonJS programs of the
 * tests run in a context with a microtask queue of its own, which only the loop drains. It tells a fault of the loop from
 * one of the interpreter. What V8 does not let us see is missing: unhandled rejections, single promise jobs.
 */
export const runOnV8: RunProgram = (program, options, decide) => {
  const context = vm.createContext({}, { microtaskMode: 'afterEvaluate' });
  const makeFunction = vm.runInContext('body => function (...args) { return body(args, this); }', context) as (body: (args: unknown[], self: unknown) => unknown) => GuestValue;
  const makeObject = vm.runInContext('() => ({})', context) as () => Record<string, unknown>;
  const makeArray = vm.runInContext('values => Array.from(values)', context) as (values: readonly unknown[]) => GuestValue;
  const makeJob = vm.runInContext('run => { Promise.resolve().then(() => { run(); }); }', context) as (run: () => void) => void;
  const makeNumber = vm.runInContext('() => Object(0)', context) as () => object;
  const output: OutputLine[] = [];
  const partial = { stdout: '', stderr: '' };
  const incomplete = new Set<string>();
  const decisions: Decision[] = [];
  const doubtful = new WeakSet<object>();
  let asyncContext: GuestValue;

  const call: Realm['call'] = (fn, self, args) => {
    try {
      return Reflect.apply(fn as () => unknown, self, args);
    } catch (error) {
      throw error instanceof ProcessExit || error instanceof ProgramError ? error : new ProgramError(error);
    }
  };
  const object = (properties: Readonly<Record<string, GuestValue>>): GuestValue => Object.assign(makeObject(), properties);
  const realm: Realm = {
    node: options.node,
    func: (name, body) => makeFunction((args, self) => {
      try {
        return body(args, self);
      } catch (error) {
        throw error instanceof ProgramError ? error.value : error;
      }
    }),
    object,
    array: makeArray,
    primitive: value => value,
    host: value => ((typeof value === 'object' && value !== null) || typeof value === 'function' || typeof value === 'symbol' ? undefined : (value as Primitive)),
    get: (target, key) => (target as Record<string, unknown>)[key],
    set(target, key, value) {
      (target as Record<string, unknown>)[key] = value;
    },
    elements: array => [...(array as unknown[])],
    call,
    truthy: Boolean,
    library: (id, text) => vm.compileFunction(text, ['exports', 'require', 'module', 'internalBinding', 'process'], { parsingContext: context, filename: id }),
    unknown(origin, type) {
      if (type === 'string') return `<${origin}>`;
      const value = type === 'number' ? makeNumber() : makeObject();
      doubtful.add(value);
      return value;
    },
    isUnknown: value => typeof value === 'object' && value !== null && doubtful.has(value),
    originOf: () => '',
    isOpen: value => typeof value === 'object' && value !== null && doubtful.has(value),
    inexact: value => value,
    get asyncContext() {
      return asyncContext;
    },
    set asyncContext(value) {
      asyncContext = value;
    },
    origin: label => label,
    place: () => 'program',
    write(stream, text) {
      const lines = (partial[stream] + String(text)).split('\n');
      partial[stream] = lines.pop()!;
      for (const line of lines) output.push({ stream, text: line, exact: true });
    },
    describeError: error => String((error as Error | null)?.stack ?? error),
    incomplete: what => void incomplete.add(what),
    binding: name => (name === 'inspect' ? { inspect: util.inspect, format: util.format, formatWithOptions: util.formatWithOptions } : name === 'types' ? util.types : undefined),
  };

  const require = (from: string, specifier: string): GuestValue => {
    const builtin = host.requireBuiltin(specifier);
    if (builtin !== undefined) return builtin;
    const file = program.resolve(specifier, from, 'require');
    if (file === null) throw new Error(`Cannot find module '${specifier}'`);
    return load(file);
  };
  const modules = new Map<string, GuestValue>();
  const load = (file: string): GuestValue => {
    const loaded = modules.get(file);
    if (loaded !== undefined) return realm.get(loaded, 'exports');
    const module = object({ exports: object({}) });
    modules.set(file, module);
    const body = vm.compileFunction((program.read(file) ?? '').replace(/^#!/, '//'), ['exports', 'require', 'module', '__filename', '__dirname'], { parsingContext: context, filename: file });
    call(body, realm.get(module, 'exports'), [realm.get(module, 'exports'), makeFunction(([specifier]) => require(file, String(specifier))), module, file, dirname(file)]);
    return realm.get(module, 'exports');
  };

  const host: NodeHost = createNodeHost(realm, {
    node: options.node,
    program,
    options,
    choose(why, alternatives) {
      const taken = decide(alternatives.length, decisions.length);
      decisions.push({ n: alternatives.length, taken, why, alternatives });
      return alternatives.length === 1 ? 0 : taken;
    },
    step: (phase: Phase, origin: Origin, run: () => void) => run(),
    runMicrotask() {
      vm.runInContext('0', context);
      return false;
    },
    enqueueMicrotask: (origin, run) => makeJob(() => {
      try {
        run();
      } catch (error) {
        if (error instanceof ProgramError) host.uncaught(error.value);
        else throw error;
      }
    }),
    incomplete: reason => void incomplete.add(reason),
    iteration() {},
    tick() {},
    describe: String,
    requireFrom: require,
  });
  const globals = vm.runInContext('globalThis', context) as Record<string, unknown>;
  globals.global = globals;
  const log = (stream: 'stdout' | 'stderr') => makeFunction(args => {
    host.wroteOutput();
    realm.write(stream, `${util.format(...args)}\n`);
  });
  globals.console = { log: log('stdout'), info: log('stdout'), error: log('stderr'), warn: log('stderr') };
  (globals.Date as { now(): number }).now = () => 1e12 + host.readClock();
  for (const [name, make] of host.globals) Object.defineProperty(globals, name, { configurable: true, get: make });

  let exitCode: number | null = null;
  try {
    exitCode = host.run({ module: false, task: { origin: 'main script', run: () => { load(program.entry); } } });
  } catch (error) {
    incomplete.add(`V8: ${String((error as Error).stack ?? error)}`);
  }
  return { output, exitCode, steps: [], decisions, incompleteBecause: [...incomplete] };
};
