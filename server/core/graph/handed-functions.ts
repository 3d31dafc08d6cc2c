import type { CallFacts, ModuleFacts, Value } from '../facts/module-facts.ts';
import { assignmentsTo } from '../facts/module-index.ts';
import { canonicalModule, type FrameworkIndex } from './framework-index.ts';
import type { ApiIndex } from '../node/lookup.ts';
import { isCoreModule } from '../node/core-modules.ts';
import { knownGlobals } from '../node/known-globals.ts';
import type { AbstractValue } from './values.ts';

/** How sure it is that a function that is handed over is called. */
export type HandedCertainty = 'certain' | 'likely' | 'possible';

/** How a function is handed over: written at the place, named there, as a property of an object that is, or as an element of an array. */
export type HandedForm = 'literal' | 'reference' | 'option' | 'element';

/** What is known of whom a call leads to. */
export interface OutsideCallee {
  readonly facts: ModuleFacts;
  readonly call: CallFacts;
  /** What the callee can be, without the functions of the program. */
  readonly callees: readonly AbstractValue[];
  /** What the receiver can be; empty for plain functions. */
  readonly receivers: readonly AbstractValue[];
}

/** They give a function that calls theirs, or look at it: they do not call it themselves. */
const callsLater = /(?:^|[.#])(?:promisify|callbackify|timerify|bind|queryObjects)$/;

/** Take something away, whatever it is taken from. */
const removing: ReadonlySet<string> = new Set(['off', 'removeListener', 'removeEventListener', 'removeAllListeners', 'removeHandler', 'unsubscribe', 'unregister', 'detach', 'clearTimeout', 'clearInterval', 'clearImmediate', 'listenerCount', 'eventNames']);

/** Look for a value or keep it (ECMA-262 §23.1.3, §24): whoever takes it out again may call it, and the flow of values knows who does. */
const keeping: ReadonlySet<string> = new Set(['push', 'unshift', 'includes', 'indexOf', 'lastIndexOf', 'concat', 'fill', 'with', 'splice', 'has', 'delete', 'set', 'get', 'at', 'toString', 'hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable']);

/** Methods of arrays, promises, maps and strings that call an argument, by position (ECMA-262 §22.1.3, §23.1.3, §24, §27.2.5). */
const builtinCallers: Readonly<Record<string, readonly number[]>> = {
  ...Object.fromEntries(['every', 'some', 'forEach', 'map', 'flatMap', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'reduce', 'reduceRight', 'sort', 'toSorted', 'catch', 'finally'].map(name => [name, [0]])),
  then: [0, 1],
  replace: [1],
  replaceAll: [1],
};

/** Positions that the rows of a module leave open, and names that no row has. */
const globalCallers: Readonly<Record<string, readonly number[]>> = { 'JSON.parse': [1], 'JSON.stringify': [1], 'Array.from': [1], 'Array.fromAsync': [1], 'Map.groupBy': [1], 'Object.groupBy': [1], Promise: [0], 'Promise.try': [0], FinalizationRegistry: [0], PerformanceObserver: [0], 'Reflect.apply': [0], 'Reflect.construct': [0] };

/** Objects whose functions are called by what takes them: traps, sources and sinks. */
const globalOptions: ReadonlySet<string> = new Set(['Proxy', 'ReadableStream', 'WritableStream', 'TransformStream']);

/** Modules of Node whose functions call nothing that stands in an options object. */
const withoutOptions: ReadonlySet<string> = new Set(['path', 'path/posix', 'path/win32', 'url', 'querystring', 'os', 'buffer', 'console', 'v8', 'string_decoder', 'punycode', 'constants', 'util', 'assert', 'assert/strict', 'events', 'globals']);

/** Methods of answers to a client: the last function that they are handed is told of the end, and nothing else is called. */
const answered: ReadonlySet<string> = new Set(['end', 'write', 'sendFile', 'sendfile', 'download', 'render', 'format', 'writeProcessing', 'writeContinue']);
const answerType = /(?:Response|Reply|ResponseToolkit)$/;

/** Names of functions that call a function they are handed: `each`, `withLock`, `runInTransaction`. */
const callingName = /^(?:\$|_)*(?:(?:for)?each|map|flatMap|filter|reduce|some|every|find|iterate|walk|visit|traverse|times|tap|with|use|run|exec|execute|call|invoke|apply|try|attempt|retry|repeat|until|wait|wrap|schedule|queue|enqueue|defer|debounce|throttle|process|handle|transaction|tx|atomic|batch|series|parallel|waterfall|concurrent|limit|lock|acquire|synchroni[sz]ed?|mutex|guard|protect|measure|time|trace|span|profile|instrument|memoi[sz]e|cache|cached|remember|getOr|fetchOr|compute|lazy|then|catch|finally|done|always|fail|ready|nextTick|setTimeout|setImmediate|setInterval|listen|close|connect)(?![a-z])|(?:Each|Map|Transaction|Lock|Retry|Series|Limit|Within|InContext)$/;

/** Names that say that it is only registered: who calls it, and when, is another matter. */
const registeringName: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'addEventListener', 'prependListener', 'prependOnceListener', 'subscribe', 'observe', 'watch', 'register', 'bind', 'hook', 'addHook', 'setHandler', 'extend', 'defineProperty']);

const listening: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'addEventListener']);

const optionName = /^(?:on[A-Z]\w*|success|error|complete|callback|cb|done|fn|func|handler|run|execute|transform|flush|read|write|final|start|pull|iterator|predicate|then)$/;
const errorName = /^_?(?:e|er|err|error|ex|exception)$/;

/**
 * Says whether a call that leaves the program calls a function at one of its arguments, and how sure that is; null where it is known not to. What is
 * described decides: rows of Node, of modelled libraries, functions of the language. For the rest at most `likely`, and only where
 * the function is the last thing that is handed over and the call says so: by its name, by an error as the first parameter, or
 * because somebody waits for what it gives.
 */
export function createHandedTest(apis: Pick<ApiIndex, 'find'>, frameworks: Pick<FrameworkIndex, 'wrapper'>): (callee: OutsideCallee, position: number, form: HandedForm, name: string) => HandedCertainty | null {
  return (outside, position, form, name) => {
    const { facts, call } = outside;
    const method = methodName(call);
    if (removing.has(method)) return null;
    const known = outside.callees.filter(item => item.k === 'external');
    const named = known.length > 0 ? known : namedCallee(facts, call.callee);
    let answer: HandedCertainty | null = null;
    let asked = false;
    for (const { module, path } of named) {
      const told = described(apis, frameworks, module, path, call, position, form);
      if (told === undefined) continue;
      asked = true;
      answer = surer(answer, told);
    }
    if (asked) return answer;
    const types = [...outside.callees, ...outside.receivers].flatMap(item => (item.k === 'member' || item.k === 'typed' ? [item.type] : []));
    if (types.some(type => answerType.test(type))) return answered.has(method) && position === call.args.length - 1 && (form === 'literal' || form === 'reference') ? 'likely' : null;
    return guessed(outside, method, position, form, name);
  };
}

/** Undefined where nothing is known of the callee. */
function described(apis: Pick<ApiIndex, 'find'>, frameworks: Pick<FrameworkIndex, 'wrapper'>, module: string, path: string, call: CallFacts, position: number, form: HandedForm): HandedCertainty | null | undefined {
  const isGlobal = module === 'globals';
  const isCore = isGlobal || isCoreModule(module);
  const member = path.replace(/^default(?:\.|$)/, '');
  if (frameworks.wrapper(module, path)) return null;
  if (isGlobal) {
    if (!knownGlobals.has(member.split(/[.#(]/, 1)[0]!)) return undefined;
    const positions = globalCallers[member];
    if (positions) return positions.includes(position) && form !== 'option' ? 'certain' : null;
    if (form === 'option') return globalOptions.has(member) ? 'likely' : null;
  }
  const api = apis.find(module, path);
  if (api?.callback && !callsLater.test(api.member)) {
    const at = api.callback.position < 0 ? call.args.length - 1 : api.callback.position;
    if (form === 'literal' || form === 'reference') {
      if (at === position) return 'certain';
      return isCore ? null : undefined;
    }
  }
  if (!isCore) return undefined;
  // Of an object of Node more is known than of its class: `app.listen(port, cb)`.
  if (form === 'option') return withoutOptions.has(module) ? null : 'likely';
  return api || !member.includes('#') ? null : undefined;
}

/** What the name of a callee says where no value reaches it: a global of the platform, or a member of a module of Node that no row describes. */
function namedCallee(facts: ModuleFacts, callee: Value, depth = 0): { readonly module: string; readonly path: string }[] {
  if (depth > 4) return [];
  switch (callee.k) {
    case 'global':
      return [{ module: 'globals', path: callee.name }];
    case 'module':
      return isCoreModule(callee.specifier) ? [{ module: canonicalModule(callee.specifier), path: '' }] : [];
    case 'get':
      return namedCallee(facts, callee.object, depth + 1).map(({ module, path }) => ({ module, path: path === '' || path === 'globalThis' ? callee.name : `${path}.${callee.name}` }));
    case 'var': {
      const given = assignmentsTo(facts, callee.var);
      return given.length === 1 && facts.variables[callee.var]!.kind !== 'param' ? namedCallee(facts, given[0]!.value, depth + 1) : [];
    }
    default:
      return [];
  }
}

function guessed({ facts, call, receivers }: OutsideCallee, method: string, position: number, form: HandedForm, name: string): HandedCertainty | null {
  const direct = form === 'literal' || form === 'reference';
  const ofMethod = call.callee.k === 'get';
  if (ofMethod && Object.hasOwn(builtinCallers, method)) {
    if (direct && builtinCallers[method]!.includes(position)) return 'certain';
    return receivers.some(isCollection) ? null : direct ? 'possible' : null;
  }
  if (ofMethod && keeping.has(method) && (receivers.some(isCollection) || method !== 'push' && method !== 'set' && method !== 'get' && method !== 'with')) return null;
  // A listener for an event that is named: whatever it listens to, it is there to be called.
  if (listening.has(method) && form === 'literal' && position === 1 && call.args.length === 2 && typeof call.literalArgs[0] === 'string') return 'likely';
  if (registeringName.has(method) || call.new) return 'possible';
  const waitedFor = call.awaited || call.context === 'returned';
  if (form === 'option') return waitedFor && optionName.test(name) ? 'likely' : 'possible';
  if (!direct || position !== call.args.length - 1) return 'possible';
  if (form === 'literal') return callingName.test(method) || waitedFor || takesError(facts, call.args[position]!) ? 'likely' : 'possible';
  return callingName.test(method) || takesError(facts, call.args[position]!) ? 'likely' : 'possible';
}

function isCollection(value: AbstractValue): boolean {
  return value.k === 'collection' || value.k === 'object';
}

/** `(err, rows) => …`: the callback of an asynchronous call (Node docs, Errors, "Error-first callbacks"). */
function takesError(facts: ModuleFacts, arg: Value): boolean {
  return arg.k === 'fn' && errorName.test(facts.functions[arg.fn]!.paramNames[0] ?? '');
}

function methodName(call: CallFacts): string {
  return call.callee.k === 'get' ? call.callee.name : (call.text.split('.').pop() ?? call.text);
}

const ranks: readonly (HandedCertainty | null)[] = [null, 'possible', 'likely', 'certain'];

/** The surer of two. */
export function surer(a: HandedCertainty | null, b: HandedCertainty | null): HandedCertainty | null {
  return ranks.indexOf(a) >= ranks.indexOf(b) ? a : b;
}

/** The less sure of two. */
export function lessSure(a: HandedCertainty, b: HandedCertainty): HandedCertainty {
  return ranks.indexOf(a) <= ranks.indexOf(b) ? a : b;
}
