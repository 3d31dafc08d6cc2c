import type { SourceFile, TSESTree } from '../syntax/source-file.ts';
import { ProgramError } from './event-loop/engine.ts';
import type { RecordedAction } from './abstract-operations/step-actions.ts';
import type { MachineOptions, ProgramSource, Run, RunStep } from './run.ts';
import type { RunRecord } from './run-record.ts';
import type { OutputLine, Phase, TimelineLocation } from './timeline.ts';
import { stateOf } from './recurrence.ts';
import { inexactMark, setAllocator, type ObjectValue, type UnknownValue, type Value } from './values.ts';
import type { Environment, PrivateEnvironment } from './environment-records.ts';
import { createReach } from './never-reached.ts';
import type { Intrinsics } from './intrinsics/intrinsics.ts';

/** One parsed text that is being run: a script, a module, or a library of the machine (whose frames are not shown). */
export interface CodeUnit {
  readonly file: string;
  readonly source: SourceFile;
  readonly internal: boolean;
  readonly strict: boolean;
  /** Decorators follow TypeScript's `experimentalDecorators` in this file. */
  readonly legacyDecorators: boolean;
  /** What `import.meta` and `import()` of this unit need; set by modules/. */
  host?: unknown;
}

/** Execution context (ECMA-262 §9.4). */
export interface ExecutionContext {
  readonly fn: ObjectValue | null;
  readonly unit: CodeUnit | null;
  readonly strict: boolean;
  env: Environment;
  readonly varEnv: Environment;
  privateEnv: PrivateEnvironment | null;
  /** The node that is being evaluated, for locations. */
  node: TSESTree.Node | null;
  /** 'generator', 'async', 'asyncGenerator' or null: what yield and await mean here. */
  readonly coroutine: 'generator' | 'async' | 'asyncGenerator' | null;
}

/** Where a callback comes from and what it is called: `Origin` of the event loop. */
export interface StepOrigin {
  readonly label: string;
  readonly location: TimelineLocation | null;
  readonly scheduledBy: number;
  readonly scheduledAt: TimelineLocation | null;
  readonly resumes?: string;
  /** The event of the process whose listeners run: what the step is called. */
  readonly listenersOf?: string;
}

/** The step that something happened in. */
export interface Cause {
  readonly id: number;
  readonly phase: Phase;
  readonly location: TimelineLocation | null;
}

/** A step that has not been recorded. */
interface LibraryStep extends StepOrigin {
  readonly phase: Phase;
  readonly iteration: number;
  readonly tick: number;
}

const machineJob: StepOrigin = { label: 'job', location: null, scheduledBy: 0, scheduledAt: null };

/** A Job of ECMA-262 §9.5 in the microtask queue. */
export interface Job {
  /** Null where only the machine's own code runs. */
  readonly origin: StepOrigin | null;
  readonly run: () => void;
  readonly asyncContext: Value;
}

/** A budget ended: no code of the program can see it. */
export class BudgetEnd {
  constructor(readonly reason: string) {}
}

/** What the host environment provides (ECMA-262 "Host" operations); set by the assembly. */
export interface HostHooks {
  promiseRejectionTracker(promise: ObjectValue, operation: 'reject' | 'handle', reason: Value): void;
  readClock(): number;
  wroteOutput(): void;
  /** What waits in the loop, in words. */
  waiting(): readonly string[];
  /** How much was ever put into the loop, and how often the clock was read. */
  started(): readonly number[];
  /** Whether no other thread or process runs beside this one. */
  alone(): boolean;
  /** Starts something outside of the program that completes in a poll phase. */
  startOutside(origin: StepOrigin, name: string, run: () => void): void;
  /** Whether anything is queued or pending that could run before what is started now. */
  othersWait(): boolean;
  /** HostLoadImportedModule for `import()`; resolves or rejects the promise. */
  importDynamically(unit: CodeUnit, specifier: Value, options: Value): Value;
  importMeta(unit: CodeUnit): ObjectValue;
}

/** Where the lines go that an agent prints. */
export interface Outlet {
  line(line: OutputLine): void;
  /** The descriptors of its process. */
  readonly directly: { line(line: OutputLine): void };
}

/** An agent (ECMA-262 §9.7): the heap and the jobs of one thread. */
export class Agent {
  readonly contexts: ExecutionContext[] = [];
  private readonly jobs: Job[] = [];
  private firstJob = 0;
  readonly globalSymbols = new Map<string, symbol>();
  readonly templates = new Map<TSESTree.Node, ObjectValue>();
  intrinsics!: Intrinsics;
  globalObject!: ObjectValue;
  globalEnv!: Environment;
  host!: HostHooks;
  asyncContext: Value = undefined;
  /** Built-in objects that have all names of the real ones, with the paths of these (builtin-members/). */
  readonly completed = new Map<ObjectValue, string>();
  /** The same objects by their paths. */
  readonly builtins = new Map<string, ObjectValue>();
  /** A function is explained without its program: names that are not bound are unknown, and so is the code that it calls. */
  withoutProgram = false;
  /** Above 0 while values are made that the program's start-up has left: what has effects has had them. */
  startingUp = 0;
  /** Above 0 while decorators are evaluated. */
  decorating = 0;
  /** The object that stands for the instance of a class of the program; null where the program itself makes them. */
  instanceOf: ((constructor: ObjectValue) => ObjectValue | undefined) | null = null;
  /** Operations that block, by where they begin; null where none are known. */
  stalls: ReadonlyMap<string, { readonly text: string; readonly cost: string }> | null = null;
  /** The function of the program that a call leads into, by where the call begins; null where none are known. */
  calleeAt: ((file: string, start: number) => { readonly fn: Value; readonly self: Value } | null) | null = null;
  /** What could not be told in the value that is being made. */
  reasonsInStartUp = 0;
  /** Objects that may have more members than are known, with what the unknown ones are members of. */
  readonly openObjects = new WeakMap<ObjectValue, UnknownValue>();
  /** How often something was put into a queue. */
  scheduled = 0;
  private iteration = 0;
  private tick = 0;
  /** Of an explained function: where it returned last, and how it ended. */
  endedAt: TimelineLocation | null = null;
  entryFunction: Value = undefined;
  ended: Run['ended'] = null;
  /** Actions of the steps, until the run is told. */
  private readonly actions = new WeakMap<object, RecordedAction[]>();
  private currentStep: (RunStep & { output: OutputLine[] }) | null = null;
  private lastStep: RunStep | null = null;
  private libraryStep: LibraryStep | null = null;
  /** Unfinished last lines of the two streams. */
  private readonly partial = { stdout: '', stderr: '' };

  /**
   * @param name what its steps say of where they run: `worker 1`; '' for the main thread of the program's process
   * @param outlet where whole lines of its streams go
   */
  /** What of the program has begun, and where it waits. */
  readonly reach = createReach();

  constructor(readonly program: ProgramSource, readonly options: MachineOptions, private readonly record: RunRecord, private readonly name: string, private readonly outlet: Outlet) {}

  /** An outside decision: index of the alternative taken. */
  choose(why: string, alternatives: readonly string[]): number {
    return this.record.choose(why, alternatives);
  }

  /** Counts one evaluation step. */
  count(): void {
    if (!this.record.count()) throw new BudgetEnd(`the budget of ${this.options.budget.steps} evaluation steps ended${this.here()}`);
  }

  allocate(units: number): void {
    if (!this.record.allocate(units)) throw new BudgetEnd(`the budget of ${this.options.budget.heap} heap units ended${this.here()}`);
  }

  /** Records why the answer is not the whole truth, with the current place of the program. */
  incomplete(what: string): void {
    if (this.startingUp > 0) this.reasonsInStartUp++;
    else this.record.incompleteReasons.add(`${what}${this.here()}`);
  }

  incompleteText(reason: string): void {
    if (this.startingUp > 0) this.reasonsInStartUp++;
    else this.record.incompleteReasons.add(reason);
  }

  /** Records what is taken for granted of the world around the program. */
  assume(what: string): void {
    this.record.assumptions.add(what);
  }

  /** An error that nobody handled ends the process. Only the main thread's says why the program ended. */
  failed(message: string, location: TimelineLocation | null): void {
    if (this.name === '') this.record.failure ??= { message, location };
  }

  /** Runs code of Node's own, which has its effects also where those of the program's start-up are not wanted. */
  asNode(run: () => void): void {
    const { startingUp, decorating } = this;
    this.startingUp = this.decorating = 0;
    try {
      run();
    } finally {
      this.startingUp = startingUp;
      this.decorating = decorating;
    }
  }

  private here(): string {
    const place = this.userLocation();
    return place ? ` (${place.file}:${place.line})` : '';
  }

  get context(): ExecutionContext {
    return this.contexts[this.contexts.length - 1]!;
  }

  /** Place of the nearest frame that is the program's own. */
  userLocation(): TimelineLocation | null {
    const context = this.userContext();
    return context?.unit && context.node ? locationOf(context.unit, context.node) : null;
  }

  userContext(): ExecutionContext | null {
    for (let i = this.contexts.length - 1; i >= 0; i--) {
      const context = this.contexts[i]!;
      if (context.unit && !context.unit.internal && context.node) return context;
    }
    return null;
  }

  /** A StepOrigin for something that is scheduled right now. */
  origin(label: string, location: TimelineLocation | null, resumes?: string): StepOrigin {
    this.scheduled++;
    const scheduledAt = this.userLocation();
    const step = scheduledAt ? this.theStep() : this.currentStep;
    // What Node's own code goes on with belongs to whoever started it.
    return step ? { label, location, scheduledBy: step.id, scheduledAt, resumes } : { label, location, scheduledBy: this.libraryStep?.scheduledBy ?? 0, scheduledAt: scheduledAt ?? this.libraryStep?.scheduledAt ?? null, resumes };
  }

  /** HostEnqueuePromiseJob (ECMA-262 §9.5.5). */
  enqueue(origin: StepOrigin | null, run: () => void, asyncContext: Value = this.asyncContext): void {
    if (this.startingUp > 0) return;
    this.allocate(1);
    this.jobs.push({ origin, run, asyncContext });
  }

  /** The state of the program at a moment at which none of its code runs but what the contexts hold; null where it cannot be told. */
  state(roots: readonly unknown[]): string | null {
    const { decisions, output } = this.record;
    const state = stateOf([...roots, this.jobs.slice(this.firstJob), this.contexts, this.globalObject, this.asyncContext]);
    return state === null ? null : `${state} ${decisions.length} ${output.length}`;
  }

  get hasMicrotasks(): boolean {
    return this.firstJob < this.jobs.length;
  }

  /** Whether Node's own library code runs, not the program's. */
  get inLibrary(): boolean {
    for (let i = this.contexts.length - 1; i >= 0; i--) if (this.contexts[i]!.unit) return this.contexts[i]!.unit!.internal;
    return false;
  }

  /** Runs the first job of the microtask queue; false when it is empty. */
  runMicrotask(): boolean {
    const job = this.jobs[this.firstJob];
    if (!job) return false;
    this.firstJob++;
    if (this.firstJob > 1000) {
      this.jobs.splice(0, this.firstJob);
      this.firstJob = 0;
    }
    const saved = this.asyncContext;
    this.asyncContext = job.asyncContext;
    try {
      this.step('microtask', job.origin ?? machineJob, job.run);
    } finally {
      this.asyncContext = saved;
    }
    return true;
  }

  /**
   * Records a RunStep around `run`. What Node's own code was put into a queue for is no step of its own, until it calls code
   * of the program that prints or schedules something.
   */
  step(phase: Phase, origin: unknown, run: () => void): void {
    const outer = [this.currentStep, this.libraryStep] as const;
    const given = { ...(origin as StepOrigin), phase, iteration: this.iteration, tick: this.tick };
    this.libraryStep = null;
    this.currentStep = null;
    if (given.location) this.currentStep = this.newStep({ ...given, location: given.location });
    else this.libraryStep = given;
    try {
      run();
    } catch (error) {
      if (error instanceof ProgramError && this.thrown?.error !== error) this.thrown = { error, cause: this.cause };
      throw error;
    } finally {
      [this.currentStep, this.libraryStep] = outer;
    }
  }

  private newStep({ label, location, scheduledBy, scheduledAt, resumes, phase, iteration, tick }: LibraryStep & { readonly location: TimelineLocation }): RunStep & { output: OutputLine[] } {
    const key = `${this.name}${label}@${location.file}:${location.line}:${location.column}`;
    return this.lastStep = this.record.addStep({
      key, iteration, tick, phase, label, location, scheduledBy, scheduledAt, output: [] as OutputLine[],
      ...(resumes === undefined ? {} : { resumes }), ...(this.name === '' ? {} : { thread: this.name }),
    });
  }

  /** The step that runs; one that Node's own code leads becomes a step by what the program does in it. */
  private theStep(): (RunStep & { output: OutputLine[] }) | null {
    if (this.currentStep || !this.libraryStep) return this.currentStep;
    const context = this.contexts.find(one => one.unit && !one.unit.internal && one.node);
    if (!context) return null;
    const { fn, unit, node } = context;
    const name = fn?.properties.get('name')?.value;
    const { listenersOf } = this.libraryStep;
    const label = listenersOf !== undefined ? `${listenersOf} listener` : typeof name === 'string' && name !== '' ? `callback ${name}` : 'callback';
    const location = locationOf(unit!, fn && 'place' in fn ? (fn.place as TSESTree.Node) : node!);
    this.currentStep = this.newStep({ ...this.libraryStep, label, location });
    return this.currentStep;
  }

  /** Where what the running step does is noted; null where no function is explained. */
  currentActions(): RecordedAction[] | null {
    const step = this.withoutProgram ? this.theStep() : null;
    return step && this.actionsOf(step);
  }

  /** Where the last step is. */
  get lastLocation(): TimelineLocation | null {
    return this.lastStep?.location ?? null;
  }

  /** The same, of the last step where Node's own code runs. */
  lastActions(): RecordedAction[] | null {
    const step = this.theStep() ?? this.lastStep;
    return step && this.actionsOf(step);
  }

  actionsOf(step: object): RecordedAction[] {
    let actions = this.actions.get(step);
    if (!actions) this.actions.set(step, (actions = []));
    return actions;
  }

  /** An error that the language raised in an explained function; null where there was none. */
  doubtful: string | null = null;

  /** Around a function little is known: an error that its author did not write may stem from that. */
  doubt(message: string): void {
    if (this.withoutProgram && this.startingUp === 0 && !this.inLibrary) this.doubtful ??= `${message}${this.here()}`;
  }

  /** What left a step last. */
  private thrown: { readonly error: ProgramError; readonly cause: Cause | null } | null = null;

  /** The step that runs. */
  get cause(): Cause | null {
    const step = this.currentStep ?? this.libraryStep;
    return step && { id: 'id' in step ? step.id as number : step.scheduledBy, phase: step.phase, location: this.userLocation() ?? ('id' in step ? step.location : step.scheduledAt) };
  }

  /** The step that an error left last. */
  get causeOfError(): Cause | null {
    return this.thrown?.cause ?? null;
  }

  /** Listeners of an event of the process: a step of its own, in the phase of what caused it. */
  listenerStep(event: string, cause: Cause | null, run: () => void): void {
    const phase = /[eE]xit$/.test(event) ? 'exit' : cause?.phase ?? 'main';
    this.step(phase, { label: `${event} listener`, location: null, scheduledBy: cause?.id ?? 0, scheduledAt: cause?.location ?? null, listenersOf: event } satisfies StepOrigin, run);
  }

  nextIteration(): void {
    this.iteration++;
  }
  nextTick(): void {
    this.tick++;
  }

  /** Text on a stream of the thread; whole lines become output lines. */
  write(stream: 'stdout' | 'stderr', text: string): void {
    this.writeTo(stream, text, this.outlet);
    this.host.wroteOutput();
  }

  /** Text on a file descriptor, which passes by the stream of the thread. */
  writeDirectly(stream: 'stdout' | 'stderr', text: string): void {
    this.writeTo(stream, text, this.outlet.directly);
    this.host.wroteOutput();
  }

  private writeTo(stream: 'stdout' | 'stderr', text: string, outlet: { line(line: OutputLine): void }): void {
    if (this.startingUp > 0) return;
    this.allocate(1 + (text.length >> 3));
    const lines = (this.partial[stream] + text).split('\n');
    this.partial[stream] = lines.pop()!;
    for (const line of lines) this.putLine(stream, line, outlet);
  }

  private putLine(stream: 'stdout' | 'stderr', text: string, outlet: { line(line: OutputLine): void }): void {
    const exact = !text.includes(inexactMark);
    const line: OutputLine = { stream, text: exact ? text : text.replaceAll(inexactMark, ''), exact };
    if (!exact && stream === 'stdout' && /^\s+at .*[:)]/.test(text)) this.incompleteText('the stack of an error is printed, whose frames are not known');
    outlet.line(line);
    this.theStep()?.output.push(line);
  }

  /** Lines that were not ended when the program ended. */
  flush(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      if (this.partial[stream] !== '') this.putLine(stream, this.partial[stream], this.outlet);
      this.partial[stream] = '';
    }
  }
}

/** The agent whose code runs (ECMA-262's surrounding agent). */
export let surroundingAgent: Agent;

export function setSurroundingAgent(agent: Agent): void {
  surroundingAgent = agent;
  setAllocator(units => agent.allocate(units));
}

export function locationOf(unit: CodeUnit, node: TSESTree.Node): TimelineLocation {
  const { start, end } = node.loc;
  return { file: unit.file, line: start.line, column: start.column + 1, endLine: end.line, endColumn: end.column + 1 };
}

/** The throw completion of an error of the program. */
export function throwError(type: 'Error' | 'TypeError' | 'RangeError' | 'ReferenceError' | 'SyntaxError' | 'EvalError' | 'URIError', message: string): never {
  surroundingAgent.doubt(`${type}: ${message}`);
  throw new ProgramError(surroundingAgent.intrinsics.makeError(type, message));
}

export type { UnknownValue };
