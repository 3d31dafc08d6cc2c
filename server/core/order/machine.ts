import { Agent, BudgetEnd, locationOf, setSurroundingAgent, surroundingAgent, type StepOrigin } from './agent.ts';
import { AgentCluster, type MadeAgent, type Member } from './agent-cluster.ts';
import { ObjectEnvironment } from './environment-records.ts';
import { ProcessExit, ProgramError } from './event-loop/engine.ts';
import type { VirtualClock } from './event-loop/virtual-clock.ts';
import { ErrorObject } from './exotic-objects.ts';
import { createGuestRealm, describeError } from './guest-realm.ts';
import { addNodeGlobals, createGlobalObject, intrinsicGroups } from './intrinsics/global-object.ts';
import { Intrinsics } from './intrinsics/intrinsics.ts';
import { ReferenceParserNeeded } from '../syntax/parse-script.ts';
import { parseOnce } from './modules/code-unit.ts';
import { ModuleLoader } from './modules/loader.ts';
import { createNodeHost, type MainEntry, type NodeHost } from './node-bindings/host.ts';
import type { Run, RunProgram, RunStep } from './run.ts';
import { RunRecord } from './run-record.ts';
import { addReactions, type PromiseObject } from './abstract-operations/promise-operations.ts';
import { call } from './abstract-operations/operations-on-objects.ts';
import { UnknownOperand } from './abstract-operations/unknown-values.ts';
import { enterFunction } from './modules/function-entry.ts';
import { toldActions } from './abstract-operations/step-actions.ts';
import { neverReached } from './never-reached.ts';
import { Repeats } from './recurrence.ts';
import type { End, TimelineLocation } from './timeline.ts';
import { inexactMark, type Value } from './values.ts';

/**
 * Runs a program once on the abstract machine: an interpreter of ECMAScript with its own heap, realm and jobs, inside
 * Node's event loop (event-loop/). Never throws for anything that the program does: where the machine has to stop or
 * to guess, `incompleteBecause` says why.
 */
export const runProgram: RunProgram = (program, options, decide) => {
  const record = new RunRecord(options.budget, decide);
  let exitCode: number | null = null;
  let end: End | null = null;
  const loops: { readonly wasEnded: boolean }[] = [];
  let endBecause: string | undefined;
  const incomplete = (reason: string): void => void record.incompleteReasons.add(reason);
  const agents: Agent[] = [];
  try {
    exitCode = new AgentCluster(record, (cluster, self, clock, outlet) => {
      const agent = new Agent(self.started?.program ?? program, self.started?.options ?? options, record, self.name, outlet);
      agents.push(agent);
      const made = makeAgent(agent, cluster, self, clock);
      loops.push(made.loop);
      return made;
    }).run();
  } catch (error) {
    // Not of the program: it runs again when the parser is there.
    if (error instanceof ReferenceParserNeeded) throw error;
    end = 'cut off';
    if (error instanceof Repeats) {
      end = 'repeats';
      showTwoRounds(record.steps);
      endBecause = error.what;
    } else if (error instanceof BudgetEnd) incomplete(error.reason);
    else if (error instanceof ProcessExit) {
      exitCode = error.code;
      end = 'exit';
    }
    else if (error instanceof ProgramError) incomplete('an exception left the event loop');
    else if (error instanceof RangeError && /call stack/.test(error.message)) incomplete('the program is nested too deeply for the machine');
    else if (error instanceof UnknownOperand) incomplete(`${error.operand.origin}, whose value is unknown`);
    else incomplete(`the machine failed: ${error instanceof Error ? error.message : String(error)}`);
    agents[0]?.flush();
  }
  // Of several threads, and around a single function, who would go on is not known.
  const isWhole = agents.length === 1 && options.entryPoint.kind === 'file' && record.incompleteReasons.size === 0 && (end ?? (exitCode === null ? 'waits' : 'exit')) === 'exit';
  const unreached = isWhole ? neverReached(agents[0]!.reach, loops[0]!.wasEnded ? 'ended' : 'unsettled') : [];
  return {
    output: record.output, exitCode, end: end ?? (exitCode === null ? 'waits' : 'exit'), ...(endBecause === undefined ? {} : { endBecause }),
    ...(record.failure === undefined || exitCode === 0 ? {} : { failure: record.failure }), ...(unreached.length === 0 ? {} : { neverReached: unreached }), ...(record.assumptions.size === 0 ? {} : { assumptions: [...record.assumptions] }),
    ...(options.entryPoint.kind === 'function' ? storyOf(agents[0], record) : { steps: record.steps }), decisions: record.decisions, incompleteBecause: [...record.incompleteReasons],
  } satisfies Run;
};

/** What is told of an explained function beside its output. */
function storyOf(agent: Agent | undefined, record: RunRecord): Pick<Run, 'steps' | 'evaluated' | 'ended' | 'doubtful'> {
  const steps = record.steps.map(step => {
    const actions = agent ? toldActions(agent.actionsOf(step)) : [];
    return actions.length === 0 ? step : { ...step, actions };
  });
  return { steps, evaluated: record.evaluated, ended: agent?.ended ?? null, ...(agent?.doubtful ? { doubtful: agent.doubtful } : {}) };
}

/** Cuts off all but two rounds of what goes round at the end. */
function showTwoRounds(steps: RunStep[]): void {
  const round = new Set(steps.slice(-12).map(({ key }) => key));
  let start = steps.length;
  while (start > 0 && round.has(steps[start - 1]!.key) && steps[start - 1]!.output.length === 0) start--;
  const shown = new Map<string, number>();
  let end = start;
  while (end < steps.length && (shown.get(steps[end]!.key) ?? 0) < 2) {
    shown.set(steps[end]!.key, (shown.get(steps[end]!.key) ?? 0) + 1);
    end++;
  }
  steps.splice(end);
}

/** The agent's realm and the host around it; `begin` enters its main script. */
function makeAgent(agent: Agent, cluster: AgentCluster, self: Member, clock: VirtualClock): MadeAgent {
  setSurroundingAgent(agent);
  const { program, options } = agent;
  agent.intrinsics = new Intrinsics(intrinsicGroups);
  const realm = createGuestRealm(agent);
  let node: NodeHost | null = null;
  agent.host = {
    promiseRejectionTracker: (promise, operation, reason) => node?.rejectionTracker(operation, promise, reason),
    readClock: () => node?.readClock() ?? 0,
    wroteOutput: () => node?.wroteOutput(),
    waiting: () => node?.loop.waiting ?? [],
    started: () => node?.loop.queues.rest.started() ?? [],
    alone: () => cluster.isAlone,
    startOutside: (origin, name, run) => node!.startOutside({ origin, run }, name),
    othersWait: () => agent.hasMicrotasks || node!.hasPending(),
    importDynamically: (unit, specifier, attributes) => loader.importDynamically(unit, specifier, attributes),
    importMeta: unit => loader.importMeta(unit),
  };
  // Libraries of Node see the global object while the host is being made: it is filled as soon as the globals are known.
  const laterInLoop = (callback: () => void): void => void call(agent.globalObject.get('setImmediate', agent.globalObject), undefined, [agent.intrinsics.builtin('', 0, () => {
    callback();
    return undefined;
  })]);
  const loader: ModuleLoader = new ModuleLoader(id => node!.requireBuiltin(id) as Value | undefined, laterInLoop);
  const globalObject = createGlobalObject();
  agent.globalObject = globalObject;
  agent.globalEnv = new ObjectEnvironment(null, globalObject, false);
  const entry = options.entryPoint;
  const host = createNodeHost(realm, {
    node: options.node, program, options, cluster, self, clock,
    choose: (why, alternatives) => agent.choose(why, alternatives),
    asNode: run => agent.asNode(run),
    cause: () => agent.cause,
    causeOfError: () => agent.causeOfError,
    listenerStep: (event, cause, body) => agent.listenerStep(event, cause, body),
    step: (phase, origin, body) => agent.step(phase === 'main' && entry.kind === 'function' ? entry.phase ?? 'poll' : phase, origin, body),
    runMicrotask: () => agent.runMicrotask(),
    hasMicrotasks: () => agent.hasMicrotasks,
    enqueueMicrotask: (origin, body) => agent.enqueue(origin as StepOrigin, body),
    incomplete: reason => agent.incompleteText(reason),
    assume: what => agent.assume(what),
    state: roots => agent.state(roots),
    failed: error => agent.failed(...failureOf(error as Value)),
    iteration: () => agent.nextIteration(),
    tick: () => agent.nextTick(),
    describe: (origin, withColumn) => describe(origin as StepOrigin, withColumn),
    requireFrom: (file, specifier) => loader.commonJs.require(specifier, file, null),
  });
  node = host;
  addNodeGlobals(globalObject, host.globals);
  return { agent, loop: host.loop, begin: () => host.run(mainEntry(agent, loader, host, self)) };
}

/** The first line of what Node prints of an error, and where the error was made, if the program's own code made it. */
function failureOf(error: Value): [string, TimelineLocation | null] {
  const [first = ''] = describeError(error).replaceAll(inexactMark, '').split('\n');
  return [first, error instanceof ErrorObject ? error.madeAt : surroundingAgent.userLocation()];
}

/** `the setTimeout callback (line 3)`; with the column where one line has several. */
function describe({ label, location }: StepOrigin, withColumn = false): string {
  return location ? `${label} (line ${location.line}${withColumn ? `, column ${location.column}` : ''})` : label;
}

function mainEntry(agent: Agent, loader: ModuleLoader, node: NodeHost, self: Member): MainEntry {
  const { program, options } = agent;
  const text = program.read(program.entry) ?? '';
  const source = parseOnce(program.entry, text);
  const location = locationOf({ file: program.entry, source, internal: false, strict: false, legacyDecorators: false }, source.ast);
  const entry = options.entryPoint;
  if (entry.kind === 'function') {
    const { fn, invoke } = enterFunction(agent, entry, id => node.requireBuiltin(id) as Value | undefined);
    const phase = entry.phase ?? 'poll';
    const startsIn = phase === 'timers' || phase === 'poll' || phase === 'check' || phase === 'close' ? phase : undefined;
    return { module: false, startsIn, task: { origin: agent.origin(entry.label ?? 'function', fn), run: invoke } };
  }
  const origin = agent.origin(options.module === 'module' ? 'main module' : 'main script', location);
  // SEMANTICS S-17: the main script of a worker is loaded by a message.
  const startsIn = self.kind === 'thread' ? 'poll' : undefined;
  if (options.module === 'commonjs') return { module: false, startsIn, task: { origin, run: () => void loader.commonJs.load(program.entry, null) } };
  let promise: PromiseObject | null = null;
  const evaluate = (): void => {
    promise = loader.loadMain(program.entry).evaluate();
    addReactions(promise, { host: () => {} }, { host: reason => node.uncaught(reason) }, null);
  };
  return {
    module: true,
    startsIn,
    settled: () => promise !== null && promise.state !== 'pending',
    task: { origin, run: () => agent.enqueue(null, () => agent.step('main', origin, evaluate)) },
  };
}
