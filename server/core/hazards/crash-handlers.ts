import type { ModuleFacts, Range, Value } from '../facts/module-facts.ts';
import { assignmentsTo } from '../facts/module-index.ts';
import { clusterSides, type Sides } from '../graph/cluster-sides.ts';
import type { HandlerStep, ProcessHandler } from '../graph/process-handlers.ts';
import { handlerSteps, processHandlers } from '../graph/process-handlers.ts';
import type { ProgramGraph } from '../graph/program-graph.ts';
import { isRecord } from '../graph/resolve/tsconfig.ts';

/** Events in whose listeners an exception that nobody caught arrives. */
const uncaughtEvents: ReadonlySet<string> = new Set(['uncaughtException', 'capture callback', 'domain error']);

/** The listeners for uncaught exceptions (or for another event) in code that serves somebody. */
export function crashHandlers(graph: ProgramGraph, events: ReadonlySet<string> = uncaughtEvents): ProcessHandler[] {
  return processHandlers(graph).filter(handler => events.has(handler.event) && isServing(graph, handler.file));
}

/** Not a test, a build, a command line without a server, or a desktop application: those have other customs. */
export function isServing(graph: ProgramGraph, file: string): boolean {
  const role = graph.roleOf(file);
  if (role === 'test' || role === 'build' || role === 'cli' || graph.module(file).shebang) return false;
  const json = graph.packageOf(file)?.json;
  if (!json) return true;
  const tables = [json.dependencies, json.devDependencies, json.peerDependencies];
  if (tables.some(table => isRecord(table) && Object.hasOwn(table, 'electron'))) return false;
  return json['bin'] === undefined || graph.hasEntry('request') || graph.hasEntry('background');
}

/** Words in the name of a function that ends the process. */
const endingWord = /(?:^|[a-z_])(?:exit|quit|die|abort|terminat\w*|kill|shut_?down|crash|bail|halt|panic|graceful\w*|restart|reboot|clean_?up|teardown)(?=$|[A-Z_])/i;
/** Words of functions that let a process run out where they are said of a server or an application, and of what else is to be ended elsewhere. */
const stoppingWord = /^(?:stop|end|close|destroy|dispose|drain)(?=$|[A-Z_])/;
const serverName = /^(?:this|self|app|application|server|\w*Server|service|\w*Service|http|https|io|fastify|nest|context|container|worker|daemon|bot|main)$/;
/** Objects that take reports, and functions that make them. */
const reporting = /(?:^|\.)(?:console|log|logs|logger|\w*Log|\w*Logger|winston|pino|bunyan|log4js|debug|sentry|bugsnag|rollbar|newrelic|honeybadger|airbrake|raygun|appInsights|telemetry|metrics?|statsd|tracker|reporter)(?:$|\.)|(?:^|[._])(?:log|print|write|notify|report|track|capture|record|send)\w*$/i;

/** What is known of whether a step ends the process. */
export function endsProcess(graph: ProgramGraph, step: HandlerStep): 'yes' | 'no' | 'unknown' {
  switch (step.kind) {
    case 'exit':
    case 'abort':
    case 'kill':
    case 'throw':
    case 'close':
    case 'disconnect':
      return 'yes';
    case 'call':
      return endsByName(graph, step);
    default:
      return 'no';
  }
}

/** Whether a call only takes note of something, as far as its name tells. */
export function onlyReports(step: HandlerStep): boolean {
  return step.call !== null && reporting.test(step.call.text);
}

/** Functions that are not part of the program are known by their names alone. */
function endsByName(graph: ProgramGraph, step: HandlerStep): 'yes' | 'no' | 'unknown' {
  const { callee, text } = step.call!;
  const { file } = step.function;
  const name = callee.k === 'get' ? callee.name : (text.split('.').pop() ?? text);
  const receiver = callee.k === 'get' ? (text.slice(0, -name.length - 1).split('.').pop() ?? '') : '';
  if (reporting.test(text)) return 'no';
  if (endingWord.test(name)) return 'yes';
  const meanings = graph.meaningsOf(file, callee);
  if (stoppingWord.test(name)) {
    if (callee.k !== 'get' || serverName.test(receiver)) return 'yes';
    return meanings.length > 0 || name === 'end' ? 'no' : 'unknown';
  }
  if (name === 'emit') return receiver === 'process' ? 'yes' : 'unknown';
  // What a library or the language offers is named for what it does; a function of the program that was not found can do anything.
  if (graph.operationAt(file, step.callIndex) !== null || meanings.some(({ k }) => k === 'external' || k === 'member')) return 'no';
  if (callee.k === 'get' && callee.object.k !== 'this') return 'no';
  return callee.k === 'global' || isImported(graph.module(file), callee) ? 'no' : 'unknown';
}

/** Whether a value comes from a package. */
function isImported(module: ModuleFacts, value: Value, depth = 0): boolean {
  if (depth > 4) return false;
  switch (value.k) {
    case 'module':
      return !/^[./]/.test(value.specifier);
    case 'get':
      return isImported(module, value.object, depth + 1);
    case 'union':
      return value.of.length > 0 && value.of.every(item => isImported(module, item, depth + 1));
    case 'call':
      return isImported(module, module.calls[value.call]!.callee, depth + 1);
    case 'var':
      return assignmentsTo(module, value.var).some(assignment => isImported(module, assignment.value, depth + 1));
    default:
      return false;
  }
}

/** Whether some way through the handler ends the process; `unknown` where a call that was not found may do it. */
export function mayEnd(graph: ProgramGraph, handler: ProcessHandler): 'yes' | 'no' | 'unknown' {
  if (handler.unknown) return 'unknown';
  const answers = handlerSteps(graph, handler).map(step => endsProcess(graph, step));
  return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
}

/** Handlers that take turns with others: one that ends the same processes makes up for those that only report. */
export function endsElsewhere(graph: ProgramGraph, handler: ProcessHandler): boolean {
  const directoryOf = (file: string): string => graph.packageOf(file)?.directory ?? '';
  const sidesOf = ({ file, call }: ProcessHandler): Sides => clusterSides(graph).ofCall(file, call).may;
  const [directory, role, sides] = [directoryOf(handler.file), graph.roleOf(handler.file), sidesOf(handler)];
  const others = processHandlers(graph).filter(other => other !== handler && other.event === handler.event && directoryOf(other.file) === directory && graph.roleOf(other.file) === role);
  return others.some(other => (sidesOf(other) & sides) === sides && mayEnd(graph, other) !== 'no');
}

/** What to underline of a registration: the call up to the event's name. */
export function registrationRange({ callFacts: call }: ProcessHandler): Range {
  return [call.range[0], call.argRanges[0]?.[1] ?? call.range[1]];
}

/** Whether every way through the handler that is no branch ends the process before the handler returns. */
export function exitsAtOnce(steps: readonly HandlerStep[]): boolean {
  return steps.some(step => (step.kind === 'exit' || step.kind === 'abort' || step.kind === 'kill' || step.kind === 'throw') && step.timing === 'now' && !step.caught && step.conditions.every(({ rest }) => rest));
}

/** Names of functions that end what others use: they wait for it to become idle. */
const waitingName = /^(?:close|stop|shut_?down|end|quit|disconnect|drain|destroy|terminate|dispose|teardown|flush|graceful\w*)(?=$|[A-Z_])/i;

/** What ends the process only after something that may never come: the exit that waits, and the first thing that it waits for. */
export function waitingExit(steps: readonly HandlerStep[]): { readonly exit: HandlerStep; readonly waitsFor: HandlerStep } | null {
  const exit = steps.find(step => step.kind === 'exit' && step.timing === 'later');
  const waitsFor = steps.find(step => step.kind === 'close' || (step.kind === 'call' && waitingName.test(step.call!.text.split('.').pop()!)));
  return exit && waitsFor ? { exit, waitsFor } : null;
}

/** Whether the handler stops to accept work, as far as names tell. */
export function stopsAccepting(steps: readonly HandlerStep[]): boolean {
  return steps.some(step => step.kind === 'close' || step.kind === 'disconnect' || (step.kind === 'call' && waitingName.test(step.call!.text.split('.').pop()!)));
}
