import type { TSESTree } from '../../syntax/source-file.ts';
import { locationOf, surroundingAgent, type ExecutionContext } from '../agent.ts';
import { children } from '../evaluation/static-semantics.ts';
import { ErrorObject } from '../exotic-objects.ts';
import type { StepAction } from '../timeline.ts';
import { ObjectValue, UnknownValue, type Value } from '../values.ts';

// What a step of an explained function does, as its author would tell it: the calls that leave the program, what it waits for,
// how it answers.

/** An action while the run goes on: a call that is continued (`res.status().json()`) or awaited changes what it is. */
export interface RecordedAction {
  kind: StepAction['kind'];
  text: string;
  location: StepAction['location'];
  cost?: string;
  /** What the call gave. */
  readonly value: Value;
  /** Whether it is told though nobody waits for it. */
  readonly shown: boolean;
}

/** Parameters by which frameworks hand over what a handler answers with. */
const answering = /^_?(?:res|response|reply|ctx|context|c|h|socket|ws|NextResponse|HttpResponse)$/i;
/** Of these nearly all that is called answers; the others do much else. */
const onlyAnswers = /^_?(?:res|response|reply|NextResponse|HttpResponse)$/i;
const answers = /^(?:json|text|html|body|redirect|render|send|emit|notFound|response|reply|end|write|newResponse|view|throw)$/;
/** What of these only prepares or reads. */
const preparing = /^(?:status|code|header|headers|set|get|type|vary|cookie|clearCookie|setCookie|setHeader|getHeader|removeHeader|append|links|location|assert|append|is|on|once|off|removeListener|join|leave|to|in|param|query|req|json\.parse|accepts|hijack)$/;
const logging = /(?:^|\.)_?(?:log|logger|console|debug|winston|pino|Sentry|newrelic|statsd|metrics|tracer)(?:\.|\(|$)/i;
const logMethods = /\.(?:log|debug|info|warn|error|trace|verbose|silly|fatal|child)$/;

/** Notes a call of code outside of the program. */
export function noteOutsideCall(fn: UnknownValue, args: readonly Value[], value: Value): void {
  const agent = surroundingAgent;
  if (agent.startingUp > 0 || agent.inLibrary) return;
  const actions = agent.currentActions();
  const context = agent.userContext();
  if (!actions || !context?.unit || !context.node || logging.test(fn.origin) || (/log/i.test(fn.origin) && logMethods.test(fn.origin))) return;
  const location = locationOf(context.unit, context.node);
  // `res.status(200)` goes on as `.json()`: one action.
  const kind = kindOf(fn, args);
  // What answers is taken to be no promise: nobody waits for a response that is being sent.
  if (value instanceof UnknownValue && (kind === 'passes on' ? !/^next$/.test(fn.origin) || args.length > 0 : kind === 'answers' && (onlyAnswers.test(rootName(fn)) || rootName(fn) === 'c'))) value.settled = true;
  const before = fn.member ? actions.findLastIndex(action => action.value === fn.member!.owner) : -1;
  // What goes on with an answer is still that answer: `res.json().status(200)`.
  const isAnswer = before >= 0 && actions[before]!.kind === 'answers';
  if (before >= 0) actions.splice(before, 1);
  if (isAnswer && value instanceof UnknownValue) value.settled = true;
  actions.push({ kind: isAnswer ? 'answers' : kind, text: callText(fn, args), location, value, shown: isStatement(context.unit.source.ast, context.node) });
}

/** Notes a call of Node's own function, or of a combinator, that gave a promise. */
export function noteNodeCall(text: string, node: TSESTree.Node, { unit }: ExecutionContext, value: Value): void {
  const agent = surroundingAgent;
  if (agent.startingUp > 0 || agent.inLibrary || !unit || unit.internal) return;
  agent.currentActions()?.push({ kind: 'calls', text, location: locationOf(unit, node), value, shown: isStatement(unit.source.ast, node) });
}

/** Notes that the program waits for what a call gave. */
export function noteAwait(value: Value): void {
  const agent = surroundingAgent;
  if (agent.startingUp > 0) return;
  const action = agent.currentActions()?.findLast(one => one.value === value);
  if (action) action.kind = 'awaits';
}

/** Notes what blocks the event loop, where it begins. */
export function noteStall(node: TSESTree.Node, { unit }: ExecutionContext): void {
  const agent = surroundingAgent;
  if (!unit || unit.internal || agent.startingUp > 0) return;
  const location = locationOf(unit, node);
  const stall = agent.stalls!.get(`${unit.file}:${location.line}:${location.column}`);
  const actions = stall && agent.currentActions();
  // A loop comes by many times.
  if (actions && !actions.some(action => action.kind === 'blocks' && action.location.line === location.line)) actions.push({ kind: 'blocks', text: stall.text, ...(stall.cost === '' ? {} : { cost: stall.cost }), location, value: undefined, shown: true });
}

/** Notes an assignment by which a framework answers: `ctx.body = …`. */
export function noteAssignment(object: UnknownValue, key: string): void {
  const agent = surroundingAgent;
  if (key !== 'body' || !answering.test(object.origin) || agent.startingUp > 0 || agent.inLibrary) return;
  const location = agent.userLocation();
  if (location) agent.currentActions()?.push({ kind: 'answers', text: `${object.origin}.${key} = …`, location, value: undefined, shown: true });
}

/** Notes how an explained function ended: with a value that its caller answers with, or with an error. */
export function noteEnd(kind: 'returns' | 'throws', value: Value): void {
  const agent = surroundingAgent;
  if (agent.ended) return;
  const actions = agent.lastActions();
  const at = agent.endedAt ?? (kind === 'throws' && value instanceof ErrorObject ? value.madeAt : value instanceof UnknownValue ? value.place : null) ?? (kind === 'throws' ? agent.lastLocation : null);
  agent.ended = { how: kind, at };
  if (!actions || !at || (kind === 'returns' && (value === undefined || actions.some(action => action.value === value)))) return;
  actions.push({ kind, text: endText(kind, value), location: at, value, shown: true });
}

function endText(kind: 'returns' | 'throws', value: Value): string {
  if (value instanceof UnknownValue) return value.origin.replace(/\(\)$/, '');
  if (!(value instanceof ObjectValue)) return typeof value === 'string' && value.length <= 40 ? `'${value}'` : String(value as boolean);
  const name = classNameOf(value);
  if (kind === 'returns') return value.kind === 'Array' ? '[…]' : name === 'Object' ? '{…}' : name;
  const message = value instanceof ErrorObject ? value.properties.get('message')?.value : undefined;
  return typeof message === 'string' && message !== '' ? `${name}: ${message}` : name;
}

function classNameOf(value: ObjectValue): string {
  for (let at: ObjectValue | null = value; at !== null; at = at.prototype) {
    const constructor = at.properties.get('constructor')?.value;
    const name = constructor instanceof ObjectValue ? constructor.properties.get('name')?.value : undefined;
    if (typeof name === 'string' && name !== '') return name;
  }
  return 'Object';
}

function kindOf(fn: UnknownValue, args: readonly Value[]): StepAction['kind'] {
  if (!fn.member) return /^(?:next|done|cb|callback)$/.test(fn.origin) ? 'passes on' : 'calls';
  const key = String(fn.member.key);
  if (key === 'emit' && args.length > 0) return 'emits';
  const name = rootName(fn);
  return onlyAnswers.test(name) ? (preparing.test(key) ? 'calls' : 'answers') : answering.test(name) && answers.test(key) ? 'answers' : 'calls';
}

/** The variable at the start of a chain of members and calls: `res` of `res.status().json`. */
function rootName(fn: UnknownValue): string {
  let root = fn;
  while (root.member) root = root.member.owner;
  return root.origin.split(/[.(]/)[0]!;
}

function callText(fn: UnknownValue, args: readonly Value[]): string {
  const [first] = args;
  if (!fn.member && /^(?:next|done|cb|callback)$/.test(fn.origin)) return `${fn.origin}(${first instanceof UnknownValue ? first.origin.replace(/^the error of .*/, 'error') : first instanceof ObjectValue ? 'error' : ''})`;
  return `${fn.origin}(${typeof first === 'string' && first.length <= 24 && /^[\w :./@-]*$/.test(first) ? `'${first}'` : ''})`;
}

const statements = new WeakMap<TSESTree.Node, ReadonlySet<TSESTree.Node>>();

/** Whether a call is a statement of its own, or returned. */
function isStatement(program: TSESTree.Node, node: TSESTree.Node): boolean {
  let found = statements.get(program);
  if (!found) {
    const calls = new Set<TSESTree.Node>();
    const visit = (at: TSESTree.Node): void => {
      const value = at.type === 'ExpressionStatement' ? at.expression : at.type === 'ReturnStatement' ? at.argument : at.type === 'ArrowFunctionExpression' && at.body.type !== 'BlockStatement' ? at.body : null;
      if (value) calls.add(value.type === 'ChainExpression' ? value.expression : value);
      for (const child of children(at)) visit(child);
    };
    visit(program);
    statements.set(program, (found = calls));
  }
  return found.has(node);
}

/** What is told of the actions of a step. */
export function toldActions(actions: readonly RecordedAction[]): StepAction[] {
  return actions.filter(({ kind, shown }) => kind !== 'calls' || shown).map(({ kind, text, cost, location }) => ({ kind, text, ...(cost === undefined ? {} : { cost }), location }));
}
