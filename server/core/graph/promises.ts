import type { CallFacts, ModuleFacts, Statement, Term, Value } from '../facts/module-facts.ts';
import { canMiss, statementsOf } from '../facts/walk-statements.ts';
import { createFixpoint } from './fixpoint.ts';
import { libraryPromise } from './library-promises.ts';
import { givenArguments, holdsGiven, type GivenArguments } from './given-arguments.ts';
import type { FunctionNode, Meaning, ProgramGraph } from './program-graph.ts';

// What is surely a promise, without types. Everything here errs on the side of "not known": a value counts as a promise only where
// each thing that it can be is one.

/**
 * Whether a promise can reject (or a function throw): `never` where everything that can fail is caught; `maybe` where only calls that are not
 * known, and that do not wait, could throw; `yes` where it awaits something that can fail, or throws.
 */
export type Rejection = 'never' | 'maybe' | 'yes';

/** What is known of the promises of a program. */
export interface Promises {
  /** Whether a call surely returns a promise that nobody has awaited yet. */
  isPromiseCall(file: string, call: number): boolean;
  isPromise(file: string, value: Value): boolean;
  /** Whether a callee reads the body of what `fetch()` gave: `response.json`. */
  isBodyOfResponse(file: string, callee: Value): boolean;
  /** Whether each call of the function gives a promise. */
  returnsPromise(fn: FunctionNode): boolean;
  rejectionOf(file: string, value: Value): Rejection;
  /** Of the promise that a function returns. */
  rejectionOfFunction(fn: FunctionNode): Rejection;
  /** Functions of the program that a value can be; null where it can be something else too, or nothing is known. */
  functionsOf(file: string, value: Value): readonly FunctionNode[] | null;
}

/** Static methods of `Promise` that return one. */
const combinators: ReadonlySet<string> = new Set(['all', 'allSettled', 'any', 'race', 'reject', 'resolve', 'try']);
/** ECMA-262 §27.2.5: what a promise has. */
export const promiseMethods: ReadonlySet<string> = new Set(['then', 'catch', 'finally']);

/** What reads the body of a response. */
const bodyMethods: ReadonlySet<string> = new Set(['json', 'text', 'arrayBuffer', 'blob', 'formData', 'bytes']);

/** What leaves a body: errors that are thrown, promises that are returned, or (of an async function, which turns one into the other) all. */
type What = 'throws' | 'promises' | 'all';

const ranks: Readonly<Record<Rejection, number>> = { never: 0, maybe: 1, yes: 2 };

function worse(a: Rejection, b: Rejection): Rejection {
  return ranks[a] >= ranks[b] ? a : b;
}

const known = new WeakMap<ProgramGraph, Promises>();

/** The promises of a program; found out once for all rules. */
export function promisesOf(graph: ProgramGraph): Promises {
  let promises = known.get(graph);
  if (!promises) known.set(graph, (promises = createPromises(graph)));
  return promises;
}

/** What all ways to a value say of it: nothing so far, that it is a promise, or that it can be something else. */
type Kind = 'open' | 'promise' | 'other';

const kinds: Readonly<Record<Kind, number>> = { open: 0, promise: 1, other: 2 };

function either(a: Kind, b: Kind): Kind {
  return kinds[a] >= kinds[b] ? a : b;
}

type PromiseQuestion = { readonly k: 'call'; readonly file: string; readonly call: number } | { readonly k: 'var'; readonly file: string; readonly var: number } | { readonly k: 'fn'; readonly fn: FunctionNode };

type RejectionQuestion =
  | { readonly k: 'call'; readonly file: string; readonly call: number }
  | { readonly k: 'var'; readonly file: string; readonly var: number }
  /** Of what a function returns; `given`: where a call says so much of its parameters. */
  | { readonly k: 'fn'; readonly fn: FunctionNode; readonly given: GivenArguments | null }
  /** Of the call of a function itself. */
  | { readonly k: 'throws'; readonly fn: FunctionNode };

function createPromises(graph: ProgramGraph): Promises {
  const promise = createFixpoint<PromiseQuestion, Kind>({
    keyOf: question => (question.k === 'call' ? graph.module(question.file).calls[question.call]! : question.k === 'var' ? `${question.file} ${question.var}` : question.fn),
    initial: 'open',
    unknown: 'other',
    answer(question) {
      switch (question.k) {
        case 'call': {
          const call = graph.module(question.file).calls[question.call]!;
          return call.awaited ? 'other' : kindOfCall(question.file, call, question.call);
        }
        case 'var': {
          const terms = termsWrittenTo(graph.module(question.file), question.var);
          return terms === null || terms.length === 0 ? 'other' : terms.map(term => (term.value === null || isAwait(term) ? 'other' : kindOf(question.file, term.value))).reduce(either, 'open');
        }
        case 'fn':
          return kindOfReturned(question.fn);
      }
    },
  });
  const rejections = createFixpoint<RejectionQuestion, Rejection>({
    keyOf: question => (question.k === 'call' ? graph.module(question.file).calls[question.call]! : question.k === 'var' ? `${question.file} ${question.var}` : question.k === 'throws' ? question.fn : question.given ? `${question.given.id} ${question.fn.file} ${question.fn.index}` : `${question.fn.file} ${question.fn.index}`),
    initial: 'never',
    unknown: 'maybe',
    answer(question) {
      switch (question.k) {
        case 'call':
          return rejectionOfCall(question.file, graph.module(question.file).calls[question.call]!, question.call);
        case 'var': {
          const terms = termsWrittenTo(graph.module(question.file), question.var);
          return terms?.every(term => term.value !== null && term.value.k === 'call') ? terms.map(term => rejectionOf(question.file, term.value!)).reduce(worse, 'never') : 'yes';
        }
        case 'fn': {
          const { fn } = question;
          given = question.given;
          return rejectionOfBody(fn, fn.facts.body, 'open', fn.facts.async ? 'all' : 'promises');
        }
        case 'throws':
          given = null;
          return rejectionOfBody(question.fn, question.fn.facts.body, 'open', 'throws');
      }
    },
  });
  /** What the call at hand says of the parameters. */
  let given: GivenArguments | null = null;
  /** What a `catch` is given, by file and variable: as much as its block throws. */
  const rethrown = new Map<string, Rejection>();

  const functionsOf = (file: string, value: Value): readonly FunctionNode[] | null => {
    const meanings: readonly Meaning[] = graph.meaningsOf(file, value);
    const functions = meanings.flatMap(meaning => (meaning.k === 'function' ? [meaning.function] : []));
    return functions.length > 0 && functions.length === meanings.length ? functions : null;
  };

  const isPromiseCall = (file: string, call: number): boolean => promise.ask({ k: 'call', file, call }) === 'promise';

  const kindOfCall = (file: string, call: CallFacts, index: number): Kind => {
    const { callee } = call;
    const when = (holds: boolean): Kind => (holds ? 'promise' : 'other');
    if (call.new) return when(isGlobal(callee, 'Promise'));
    if (callee.k === 'get') {
      if (isGlobal(callee.object, 'Promise')) return when(combinators.has(callee.name));
      if (promiseMethods.has(callee.name)) return kindOf(file, callee.object);
      if (callee.name === 'call' || callee.name === 'apply') return 'other';
    }
    if (isWrapped(file, callee)) return 'other';
    if (isBodyOfResponse(file, callee) || libraryPromise(graph, file, index) === 'started') return 'promise';
    const api = graph.operationAt(file, index)?.api;
    if (api) return when(api.returnsPromise && !neverAwaited.has(api.module) && !(api.callback && call.args.length > 0 && handsFunction(file, call.args[call.args.length - 1]!)));
    return functionsOf(file, callee)?.map(fn => (takes(fn, call) ? kindOfFunction(fn) : 'other')).reduce(either, 'open') ?? 'other';
  };

  /** `(await fetch(url)).json()` (Fetch §5.3 Body mixin). */
  const isBodyOfResponse = (file: string, callee: Value): boolean => {
    if (callee.k !== 'get' || !bodyMethods.has(callee.name)) return false;
    const facts = graph.module(file);
    const isResponse = ({ call }: { readonly call: number }): boolean => isGlobal(facts.calls[call]!.callee, 'fetch');
    if (callee.object.k === 'call') return facts.calls[callee.object.call]!.awaited && isResponse(callee.object);
    if (callee.object.k !== 'var') return false;
    const terms = termsWrittenTo(facts, callee.object.var);
    return terms !== null && terms.length > 0 && terms.every(term => term.value?.k === 'call' && isAwait(term) && isResponse(term.value));
  };

  /** `const save = debounce(async () => …)`: what a wrapper makes of a function gives what the wrapper likes. */
  const isWrapped = (file: string, callee: Value): boolean => {
    const facts = graph.module(file);
    const wraps = (value: Value | null, byName: boolean): boolean => {
      if (value?.k !== 'call') return false;
      const call = facts.calls[value.call]!;
      return (byName && call.callee.k !== 'get') || (!call.new && call.args.some(({ k }) => k === 'fn')) ? !functionsOf(file, call.callee) : false;
    };
    if (callee.k === 'var') return termsWrittenTo(facts, callee.var)?.some(({ value }) => wraps(value, true)) ?? false;
    return callee.k === 'get' && (membersOf(facts).get(callee.name)?.some(value => wraps(value, false)) ?? false);
  };

  const handsFunction = (file: string, value: Value): boolean => value.k === 'fn' || value.k === 'var' || value.k === 'get' || graph.meaningsOf(file, value).some(meaning => meaning.k === 'function');

  const kindOf = (file: string, value: Value): Kind => {
    switch (value.k) {
      case 'call':
        return promise.ask({ k: 'call', file, call: value.call });
      case 'union':
        // A union of nothing is a value that is no call: `null`, a number.
        return value.of.length === 0 ? 'other' : value.of.map(item => kindOf(file, item)).reduce(either, 'open');
      case 'var':
        return promise.ask({ k: 'var', file, var: value.var });
      default:
        return 'other';
    }
  };

  const isPromise = (file: string, value: Value): boolean => kindOf(file, value) === 'promise';

  const kindOfFunction = (fn: FunctionNode): Kind => {
    const { facts } = fn;
    if (facts.generator) return 'other';
    if (facts.async || facts.promised) return 'promise';
    return facts.kind === 'function' || facts.kind === 'arrow' || facts.kind === 'method' ? promise.ask({ k: 'fn', fn }) : 'other';
  };

  const returnsPromise = (fn: FunctionNode): boolean => kindOfFunction(fn) === 'promise';

  /** Of a function whose head says nothing: each way through it must return a promise. */
  const kindOfReturned = ({ file, facts }: FunctionNode): Kind => {
    const returns = [...statementsOf(facts.body)].flatMap(({ statement }) => (statement.k === 'return' ? [statement] : []));
    if (returns.length === 0 || canMiss(facts.body, statement => statement.k === 'return')) return 'other';
    return returns.map(statement => (statement.value === null ? 'other' : kindOf(file, statement.value))).reduce(either, 'open');
  };

  const rejectionOf = (file: string, value: Value): Rejection => {
    switch (value.k) {
      case 'call':
        return rejections.ask({ k: 'call', file, call: value.call });
      case 'union':
        return value.of.map(item => rejectionOf(file, item)).reduce(worse, 'never');
      case 'var':
        return rejections.ask({ k: 'var', file, var: value.var });
      default:
        return 'yes';
    }
  };

  const rejectionOfCall = (file: string, call: CallFacts, index: number): Rejection => {
    const { callee, args } = call;
    if (call.new && isGlobal(callee, 'Promise')) return rejectionOfExecutor(file, args[0]);
    if (callee.k === 'get') {
      const { object, name } = callee;
      if (isGlobal(object, 'Promise')) {
        if (name === 'allSettled') return 'never';
        if (name === 'reject') return 'yes';
        if (name === 'resolve') return args[0]?.k === 'call' ? rejectionOf(file, args[0]) : 'never';
        return name !== 'try' && args[0] ? rejectionOfElements(file, args[0]) : 'yes';
      }
      if (name === 'catch' && args[0]) return rejectionOfHandler(file, args[0]);
      if (name === 'then' && args[1]) return worse(rejectionOfHandler(file, args[1]), worse(rejectionOfHandler(file, args[0]!), 'never') === 'never' ? 'never' : 'maybe');
      if (name === 'then' && args[0]) return worse(rejectionOf(file, object), rejectionOfHandler(file, args[0]));
      if (name === 'catch') return rejectionOf(file, object);
      if (name === 'finally') return worse(rejectionOf(file, object), args[0] ? rejectionOfHandler(file, args[0]) : 'never');
    }
    const api = graph.operationAt(file, index)?.api;
    if (api?.module === 'globals' && api.member === 'Promise.resolve') return args[0]?.k === 'call' ? rejectionOf(file, args[0]) : 'never';
    if (api) return neverRejecting.has(`${api.module} ${api.member}`) ? 'never' : 'yes';
    return functionsOf(file, callee)?.map(fn => rejectionOfCalled(fn, call, file)).reduce(worse, 'never') ?? 'yes';
  };

  /** Of a function as it is called: `stop()` and `stop({ strict: false })` do not take the way of `if (options && options.strict) throw error`. */
  const rejectionOfCalled = (fn: FunctionNode, call: CallFacts, from: string): Rejection => {
    const rejection = rejectionOfFunction(fn);
    const known = rejection === 'never' ? null : givenArguments(graph.module(fn.file), fn, call, graph.module(from));
    return known === null ? rejection : rejections.ask({ k: 'fn', fn, given: known });
  };

  /** Of a reaction of a promise: what it throws, or the promise that it returns rejects with. */
  const rejectionOfHandler = (file: string, handler: Value): Rejection => functionsOf(file, handler)?.map(fn => worse(rejectionOfFunction(fn), throwsOf(fn))).reduce(worse, 'never') ?? 'never';

  /** Of `Promise.all([…])`, `Promise.all(list.map(f))`. */
  const rejectionOfElements = (file: string, elements: Value): Rejection => {
    const facts = graph.module(file);
    if (elements.k === 'obj') return facts.objects[elements.obj]!.properties.map(property => rejectionOf(file, property.value)).reduce(worse, 'never');
    if (elements.k !== 'call') return 'yes';
    const { callee, args } = facts.calls[elements.call]!;
    return callee.k === 'get' && callee.name === 'map' && args[0] ? (functionsOf(file, args[0])?.map(rejectionOfFunction).reduce(worse, 'never') ?? 'yes') : 'yes';
  };

  /** `new Promise(resolve => setTimeout(resolve, ms))` never rejects. */
  const rejectionOfExecutor = (file: string, executor: Value | undefined): Rejection => {
    const [fn, ...others] = (executor && functionsOf(file, executor)) ?? [];
    if (!fn || others.length > 0) return 'yes';
    const reject = fn.facts.params[1];
    if (reject !== undefined && (reject < 0 || !graph.module(file).variables[reject]!.unread)) return 'yes';
    return fn.facts.async ? 'never' : throwsOf(fn);
  };

  const rejectionOfFunction = (fn: FunctionNode): Rejection => rejections.ask({ k: 'fn', fn, given: null });

  /** Whether a call of a function that is not async throws at once. */
  const throwsOf = (fn: FunctionNode): Rejection => (fn.facts.async || fn.facts.generator ? 'never' : rejections.ask({ k: 'throws', fn }));

  /**
   * What leaves a body as an error. `caught`: inside a `try` with a `catch`; `handling`: in a `catch` or `finally` block, whose calls report and clean up and are
   * taken to succeed.
   */
  const rejectionOfBody = (fn: FunctionNode, body: readonly Statement[], where: 'open' | 'caught' | 'handling', what: What): Rejection => {
    let found: Rejection = 'never';
    for (const statement of body) {
      if (found === 'yes') break;
      found = worse(found, rejectionOfStatement(fn, statement, where, what));
    }
    return found;
  };

  const rejectionOfStatement = (fn: FunctionNode, statement: Statement, where: 'open' | 'caught' | 'handling', what: What): Rejection => {
    const inside = (body: readonly Statement[]): Rejection => rejectionOfBody(fn, body, where, what);
    switch (statement.k) {
      case 'throw':
        if (where === 'caught' || what === 'promises') return 'never';
        return (statement.value?.k === 'var' && rethrown.get(`${fn.file} ${statement.value.var}`)) || 'yes';
      case 'await': {
        if (where === 'caught') return 'never';
        const rejection = statement.each ? rejectionOfEach(fn.file, statement.of) : statement.of ? rejectionOfAwaited(fn.file, statement.of) : 'yes';
        return where === 'handling' && rejection === 'yes' ? 'maybe' : rejection;
      }
      case 'call':
        return where === 'open' && what !== 'promises' ? throwOfCall(fn.file, statement.call) : 'never';
      case 'return':
        // What is returned without `await` rejects outside of every `try` of the function.
        if (what === 'throws' || statement.value === null) return 'never';
        if (statement.value.k !== 'call' || !isPromiseCall(fn.file, statement.value.call)) return what === 'promises' && statement.value.k === 'call' ? rejectionOfResult(fn.file, statement.value.call) : 'never';
        return rejectionOf(fn.file, statement.value) === 'yes' ? (where === 'handling' ? 'maybe' : 'yes') : 'never';
      case 'if':
        switch (given === null ? null : holdsGiven(statement.test, given)) {
          case true:
            return inside(statement.then);
          case false:
            return inside(statement.otherwise);
          default:
            return worse(inside(statement.then), inside(statement.otherwise));
        }
      case 'loop':
      case 'label':
        return inside(statement.body);
      case 'switch':
        return statement.cases.map(({ body }) => inside(body)).reduce(worse, 'never');
      case 'try': {
        const block = rejectionOfBody(fn, statement.block, statement.handler ? 'caught' : where, what);
        const handling = where === 'caught' ? where : 'handling';
        // `catch (error) { log(error); throw error; }` adds nothing to what the block throws.
        if (statement.param >= 0 && where !== 'caught') rethrown.set(`${fn.file} ${statement.param}`, worse('maybe', rejectionOfBody(fn, statement.block, where, what)));
        return worse(block, worse(rejectionOfBody(fn, statement.handler ?? [], handling, what), rejectionOfBody(fn, statement.finalizer ?? [], handling, what)));
      }
      default:
        return 'never';
    }
  };

  /** Of `for await`: streams fail; an iteration over the events of one name (`socket.listener('end')`), or over what an object keeps, seldom does. */
  const rejectionOfEach = (file: string, value: Value | null): Rejection => {
    if (value === null) return 'maybe';
    if (value.k === 'call') return typeof graph.module(file).calls[value.call]!.literalArgs[0] === 'string' && !graph.operationAt(file, value.call) ? 'maybe' : 'yes';
    return value.k === 'get' && !graph.meaningsOf(file, value).some(({ k }) => k === 'typed' || k === 'external') ? 'maybe' : 'yes';
  };

  /** Of what a function that is awaited returns, where that is not known to be a promise. */
  const rejectionOfResult = (file: string, index: number): Rejection => {
    const { callee } = graph.module(file).calls[index]!;
    const functions = functionsOf(file, callee);
    if (functions) return functions.map(rejectionOfFunction).reduce(worse, 'never');
    return libraryPromise(graph, file, index) ? 'yes' : 'never';
  };

  const rejectionOfAwaited = (file: string, value: Value): Rejection => {
    // `import('mime')` fails where the installation is broken.
    if (value.k === 'module') return 'maybe';
    if (value.k !== 'call') return value.k === 'var' ? rejectionOf(file, value) : 'yes';
    return rejectionOf(file, value);
  };

  const throwOfCall = (file: string, index: number): Rejection => {
    const facts = graph.module(file);
    const call = facts.calls[index]!;
    if (call.awaited || isHarmless(call)) return 'never';
    if (call.callee.k === 'get' && promiseMethods.has(call.callee.name)) return 'never';
    if (call.new && isGlobal(call.callee, 'Promise')) return 'never';
    const functions = functionsOf(file, call.callee);
    if (!functions) return 'maybe';
    const thrown = functions.map(throwsOf).reduce(worse, 'never');
    // A check of arguments far away is no reason to expect an error here.
    return thrown === 'yes' ? 'maybe' : thrown;
  };

  return { isPromiseCall, isPromise, isBodyOfResponse, returnsPromise, rejectionOf, rejectionOfFunction, functionsOf };
}

const members = new WeakMap<ModuleFacts, ReadonlyMap<string, readonly Value[]>>();

/** Everything that a file puts into properties and class members, by name. */
function membersOf(facts: ModuleFacts): ReadonlyMap<string, readonly Value[]> {
  let found = members.get(facts) as Map<string, Value[]> | undefined;
  if (!found) {
    found = new Map();
    const put = ({ name, value }: { readonly name: string; readonly value: Value }): void => void (found!.get(name)?.push(value) ?? found!.set(name, [value]));
    for (const { properties } of facts.objects) properties.forEach(put);
    for (const item of facts.classes) item.members.forEach(put);
    for (const assignment of facts.assignments) if (assignment.to === 'property') put(assignment);
    members.set(facts, found);
  }
  return found;
}

/** What reports and schedules, and never fails with arguments that make sense. */
const harmless = /^(?:console\.\w+|(?:this\.)?(?:log|logger|_logger|winston)(?:\.\w+)?|Date\.now|set(?:Timeout|Interval|Immediate)|clear(?:Timeout|Interval|Immediate)|process\.(?:nextTick|hrtime|exit|uptime|memoryUsage)|performance\.now|Math\.\w+|String|Number|Boolean|Date|Map|Set|WeakMap|Error|AbortController|\w+\.(?:push|toString|has|get|set|delete|add|unref|includes|startsWith|endsWith|trim))$/;

export function isHarmless({ text }: CallFacts): boolean {
  return harmless.test(text);
}

/** More arguments than a function takes are for something around it: a callback for what `util.callbackify()` or its like made of it. */
function takes({ facts }: FunctionNode, { args, spread }: CallFacts): boolean {
  return spread || facts.restParam >= 0 || args.length <= facts.params.length || !args.slice(facts.params.length).some(arg => arg.k === 'fn' || arg.k === 'var');
}

/** Of node:test people are told not to await what `test()` returns (Node docs, test). */
const neverAwaited: ReadonlySet<string> = new Set(['test']);

/** Promises of Node that do not reject where the arguments are right. */
const neverRejecting: ReadonlySet<string> = new Set(['timers/promises setTimeout', 'timers/promises setImmediate', 'timers/promises scheduler.wait', 'timers/promises scheduler.yield', 'worker_threads Worker#terminate', 'globals Promise.allSettled']);

/** Whether a value is a name of the language that the file does not declare. */
export function isGlobal(value: Value, name: string): boolean {
  return value.k === 'global' ? value.name === name : value.k === 'get' && value.name === name && value.object.k === 'global' && (value.object.name === 'globalThis' || value.object.name === 'global');
}

function isAwait({ text }: Term): boolean {
  return /^await\b/.test(text);
}

const written = new WeakMap<ModuleFacts, ReadonlyMap<number, readonly Term[] | null>>();

/** Everything that is written to a `const` or `let` as a whole; null where some of it is not known. */
export function termsWrittenTo(facts: ModuleFacts, variable: number): readonly Term[] | null {
  const { kind } = facts.variables[variable]!;
  if (kind !== 'const' && kind !== 'let') return null;
  let byVariable = written.get(facts);
  if (!byVariable) {
    const found = new Map<number, Term[] | null>();
    for (const fn of facts.functions) {
      for (const { statement } of statementsOf(fn.body)) {
        if (statement.k !== 'write' || statement.target?.k !== 'var') continue;
        const terms = found.get(statement.target.var);
        if (terms === null) continue;
        if (statement.operator !== '=' || statement.term === null) found.set(statement.target.var, null);
        else if (terms) terms.push(statement.term);
        else found.set(statement.target.var, [statement.term]);
      }
    }
    written.set(facts, (byVariable = found));
  }
  return byVariable.get(variable) ?? null;
}
