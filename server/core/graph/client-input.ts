import type { CallFacts, ModuleFacts, Value } from '../facts/module-facts.ts';
import { convertingPipe, decoratedInput, inputByParameterName } from '../node/request-input.ts';
import type { InputKind } from '../node/registration.ts';
import { isForAdministratorsOnly } from './administrators.ts';
import type { CallEdge, FunctionNode, ProgramGraph } from './program-graph.ts';
import { accessOf, isLimited, lastWrites, type Access, type Place } from './value-limits.ts';

/** What a client sent, as a value of the program has it. */
export interface ClientInput {
  /** As in `req.query.n`. */
  readonly text: string;
  readonly kind: InputKind;
  /** Only how much was sent: the length of a list or of a text, which the limits of the request bound. */
  readonly size: boolean;
  /** The function in which it is read off the request (or that calls a helper which reads it), or the outermost of those that it is handed through. */
  readonly function: FunctionNode;
  /** The calls that hand it on, the outermost first. */
  readonly calls: readonly CallEdge[];
}

/**
 * What the value is used as. A `number` can be large, a `text` or a `list` long; the `depth` of a recursion is much sooner too
 * large. A `pattern` is one until it is escaped. Of `anything` limits are not asked.
 */
export type Use = 'number' | 'depth' | 'text' | 'list' | 'pattern' | 'anything';

/** Limits above these do not help against the use, unless the caller knows better. */
const mostAllowed: Readonly<Record<Use, number>> = { number: 1e7, depth: 40, text: 1e4, list: 1e4, pattern: 10, anything: -Infinity };

const stepLimit = 300;
const depthLimit = 8;
const callerLimit = 20;

/** Methods whose result holds what the receiver holds. */
const keepingMethods: ReadonlySet<string> = new Set([
  ...['trim', 'trimStart', 'trimEnd', 'toLowerCase', 'toUpperCase', 'toLocaleLowerCase', 'toLocaleUpperCase', 'toString', 'valueOf', 'normalize', 'replace', 'replaceAll', 'slice', 'substring', 'substr', 'split', 'concat', 'repeat', 'padStart', 'padEnd', 'at', 'charAt', 'match', 'matchAll'],
  ...['map', 'filter', 'flat', 'flatMap', 'reverse', 'sort', 'toSorted', 'toReversed', 'join', 'pop', 'shift', 'find', 'keys', 'values', 'entries', 'from'],
  ...['get', 'getAll', 'getTime', 'toFixed', 'then', 'catch'],
]);
/** Functions whose result holds what their arguments hold. */
const keepingFunctions = /^(?:Number|String|BigInt|parseInt|parseFloat|Number\.parse(?:Int|Float)|Math\.(?:floor|ceil|round|trunc|abs|max|min|pow|sqrt|fround)|JSON\.(?:parse|stringify)|(?:de|en)codeURI(?:Component)?|unescape|escape|structuredClone|Object\.(?:keys|values|entries|assign|fromEntries|freeze)|Array\.from|Buffer\.from|Buffer\.concat|(?:url\.)?URL(?:SearchParams)?|Date|Date\.parse|Set|Promise\.resolve|path\.(?:join|resolve|normalize|basename|extname)|(?:url|qs|querystring|query-string)(?:\.parse)?)$/;
const numberFunctions = /^(?:Number|BigInt|parseInt|parseFloat|Number\.\w+|Math\.\w+|Date|Date\.parse)$/;
const elementCallbacks: ReadonlySet<string> = new Set(['forEach', 'map', 'filter', 'some', 'every', 'find', 'findIndex', 'findLast', 'flatMap', 'sort', 'then']);
const parameterList = /\b(?:query|params|cookies|headers|\w+Parameters)(?:\(\))?$/;
const sizes: ReadonlySet<string> = new Set(['length', 'size', 'byteLength']);

interface Step extends Place {
  readonly file: string;
  readonly value: Value;
  /** The properties that are read from the value, nearest first. */
  readonly path: readonly string[];
  readonly calls: readonly CallEdge[];
  /** The calls whose results are looked into, innermost last. */
  readonly results: readonly { readonly call: CallFacts; readonly from: Step }[];
  /** Where the value came along. */
  readonly trail: readonly { readonly place: Place; readonly access: Access }[];
}

/**
 * Asks where a value comes from, only when asked: through variables, destructuring, operators, conversions, properties of
 * object literals, calls of functions of the program (arguments and results, across files), up to a member of a request
 * that holds what the client sent. What a check or a clamp limits on the way is no input any more.
 */
export function clientInputOf(graph: ProgramGraph, start: FunctionNode, from: Value, at: number, use: Use, most = mostAllowed[use]): ClientInput | null {
  const isText = use === 'text' || use === 'pattern';
  let steps = 0;
  const seen = new Set<string>();
  // What anybody sends comes before what only administrators do.
  let anybody = true;
  let passedOver = false;
  return ask() ?? (passedOver ? ((anybody = false), ask()) : null);

  function ask(): ClientInput | null {
    steps = 0;
    seen.clear();
    return visit({ file: start.file, module: graph.module(start.file), fn: start.index, at, value: from, path: [], calls: [], results: [], trail: [] });
  }

  function visit(step: Step): ClientInput | null {
    if (++steps > stepLimit || step.calls.length + step.results.length > depthLimit) return null;
    const key = `${step.file} ${step.fn} ${step.path.join('.')} ${JSON.stringify(step.value)} ${step.results.length} ${step.calls.at(-1)?.call.range[0] ?? ''}`;
    if (seen.has(key)) return null;
    seen.add(key);
    const access = accessOf(step.value, step.path);
    const here: Step = access ? { ...step, trail: [...step.trail, { place: step, access }] } : step;
    return inputAt(here) ?? backwards(here);
  }

  function backwards(step: Step): ClientInput | null {
    const { module, value, path } = step;
    switch (value.k) {
      case 'get':
        return visit({ ...step, value: value.object, path: [value.name, ...path] });
      case 'var':
        return fromVariable(step, value.var);
      case 'call':
        return fromCall(step, module.calls[value.call]!);
      case 'derived':
        if (value.by && !grows(value.by)) return null;
        return path.length > 0 && !sizes.has(path[0]!) ? null : first(value.of, part => visit({ ...step, value: part }));
      case 'union':
        return first(value.of, part => visit({ ...step, value: part }));
      case 'obj': {
        const [name, ...rest] = path;
        if (name === undefined) return null;
        return first(module.objects[value.obj]!.properties, property => {
          if (property.kind === 'spread') return visit({ ...step, value: property.value });
          return property.kind === 'init' && (property.name === name || name === '*') ? visit({ ...step, value: property.value, path: rest }) : null;
        });
      }
      case 'this': {
        const [name, ...rest] = path;
        const owner = module.functions[value.fn]!.class;
        if (name === undefined || owner < 0) return null;
        const isOwn = (object: Value): boolean => object.k === 'this' && module.functions[object.fn]!.class === owner;
        return first(module.assignments, item => (item.to === 'property' && item.name === name && isOwn(item.object) && item.object.k === 'this' ? visit({ ...step, fn: item.object.fn, at: module.length, value: item.value, path: rest }) : null));
      }
      default:
        return null;
    }
  }

  /** Remainders and masks are smaller than their constant. */
  function grows({ operator, constant }: { readonly operator: string; readonly constant: number }): boolean {
    if (operator === '%' || operator === '&') return (use === 'number' || use === 'depth') && Math.abs(constant) > most;
    return !isText || operator === '+';
  }

  function fromVariable(step: Step, variable: number): ClientInput | null {
    const { module, path } = step;
    const { kind, fn } = module.variables[variable]!;
    const written = lastWrites(step, variable);
    const values = written ?? assignedTo(module, variable);
    const [name, ...rest] = path;
    return (
      first(values, value => (value ? visit({ ...step, value }) : null)) ??
      (name === undefined ? null : first(module.assignments, item => (item.to === 'property' && item.name === name && item.object.k === 'var' && item.object.var === variable ? visit({ ...step, value: item.value, path: rest }) : null))) ??
      (kind === 'param' ? fromParameter(step, variable, fn) : null)
    );
  }

  function fromParameter(step: Step, variable: number, fn: number): ClientInput | null {
    const { file, module, path, results } = step;
    const position = module.functions[fn]!.params.indexOf(variable);
    if (position < 0) return null;
    const result = results.at(-1);
    if (result) {
      const arg = result.call.args[position];
      return arg ? visit({ ...result.from, value: arg, path, trail: step.trail, results: results.slice(0, -1) }) : null;
    }
    return first(graph.callsInto(graph.functionOf(file, fn)).slice(0, callerLimit), edge => {
      const caller = { file: edge.from.file, module: graph.module(edge.from.file), fn: edge.from.index, at: edge.call.range[0], calls: [edge, ...step.calls], results: [], trail: step.trail };
      const arg = edge.call.args[position];
      if (edge.kind === 'call') return arg ? visit({ ...caller, value: arg, path }) : null;
      const { callee } = edge.call;
      return callee.k === 'get' && position === 0 && elementCallbacks.has(callee.name) ? visit({ ...caller, value: callee.object, path: callee.name === 'then' ? path : ['*', ...path] }) : null;
    });
  }

  function fromCall(step: Step, call: CallFacts): ClientInput | null {
    const { file, module, path } = step;
    const { callee } = call;
    if (use === 'pattern' && isEscaping(module, call)) return null;
    const functions = graph.meaningsOf(file, callee).flatMap(meaning => (meaning.k === 'function' ? [meaning.function] : []));
    if (functions.length > 0) {
      return first(functions, fn => {
        const target = graph.module(fn.file);
        return first(fn.facts.returns, value => visit({ ...step, file: fn.file, module: target, fn: fn.index, at: fn.facts.range[1], value, results: [...step.results, { call, from: step }] }));
      });
    }
    const name = globalName(graph, file, callee);
    if (name !== null && keepingFunctions.test(name)) {
      if (isText && numberFunctions.test(name)) return null;
      // What a parser gives has the properties of what was sent.
      const inner = name === 'Object.assign' ? path : numberFunctions.test(name) ? [] : path.filter(item => sizes.has(item));
      const inputs = call.args.map(arg => visit({ ...step, value: arg, path: inner }));
      // The least of several is a client's to choose only where each of them is.
      if (name === 'Math.min' && inputs.includes(null)) return null;
      return inputs.find(input => input !== null) ?? null;
    }
    if (callee.k !== 'get' || !keepingMethods.has(callee.name)) return null;
    // `slice(0, 100)` is no longer than that.
    if (/^(?:slice|substring|substr)$/.test(callee.name) && typeof call.literalArgs[1] === 'number' && call.literalArgs[1] <= most) return null;
    return visit({ ...step, value: callee.object, path: path.filter(item => sizes.has(item)) });
  }

  /** Whether the value is a member of a request; what is read from it then was sent by the client. */
  function inputAt(step: Step): ClientInput | null {
    const { file, module, value, path } = step;
    const [name] = path;
    if (value.k === 'call') {
      const { callee } = module.calls[value.call]!;
      if (callee.k !== 'get') return null;
      const kind = memberKind(step, callee.object, callee.name);
      return kind && found(step, `${textOf(step, callee)}()`, kind, path);
    }
    if (value.k !== 'var' && value.k !== 'get' && value.k !== 'this') return null;
    const decorated = value.k === 'var' ? decoratedParameter(step, value) : null;
    if (decorated) return found(step, decorated.text, decorated.kind, path);
    const whole = wholeKind(file, value);
    if (whole) return found(step, textOf(step, value), whole, path);
    if (name === undefined) return null;
    const kind = memberKind(step, value, name);
    return kind && found(step, textOf(step, { k: 'get', object: value, name }), kind, path.slice(1));
  }

  /** `@Query('n') n: number` of Nest and its relatives. */
  function decoratedParameter({ file, module }: Step, value: Value & { readonly k: 'var' }): { readonly text: string; readonly kind: InputKind } | null {
    const { kind: variableKind, fn } = module.variables[value.var]!;
    if (variableKind !== 'param') return null;
    const { params, paramDecorators = [] } = module.functions[fn]!;
    return first(paramDecorators, ({ param, callee, args }) => {
      const [library, name] = params[param] === value.var ? (globalName(graph, file, callee)?.split('.') ?? []) : [];
      const kinds = library !== undefined && Object.hasOwn(decoratedInput, library) ? decoratedInput[library]! : {};
      const kind = name !== undefined && Object.hasOwn(kinds, name) ? kinds[name] : undefined;
      if (!kind || args.some(arg => isChecking(file, module, arg)) || isCheckedClass(file, value)) return null;
      const [property] = args;
      return { text: `@${name}(${property?.k === 'string' ? `'${property.value}'` : ''})`, kind };
    });
  }

  function isChecking(file: string, module: ModuleFacts, arg: Value): boolean {
    const pipe = arg.k === 'call' ? module.calls[arg.call]!.callee : arg;
    return (pipe.k === 'var' || pipe.k === 'get') && !convertingPipe.test(globalName(graph, file, pipe)?.split('.').pop() ?? '');
  }

  /** A class whose properties class-validator checks. */
  function isCheckedClass(file: string, value: Value): boolean {
    return graph.meaningsOf(file, value).some(meaning => meaning.k === 'instance' && graph.module(meaning.file).imports.some(({ specifier }) => /validator|joi|zod/.test(specifier)));
  }

  function wholeKind(file: string, value: Value): InputKind | null {
    return first(graph.meaningsOf(file, value), meaning => (meaning.k === 'typed' ? graph.inputOf(meaning.type, '') : null));
  }

  function memberKind(step: Step, object: Value, name: string): InputKind | null {
    const { file, module } = step;
    const types = graph.meaningsOf(file, object).flatMap(meaning => (meaning.k === 'typed' ? [meaning.type] : []));
    if (types.length > 0) return first(types, type => graph.inputOf(type, name));
    if (object.k !== 'var') return null;
    const variable = module.variables[object.var]!;
    const table = Object.hasOwn(inputByParameterName, variable.name) ? inputByParameterName[variable.name]! : null;
    if (variable.kind !== 'param' || !table || !Object.hasOwn(table, name)) return null;
    return graph.entriesOf(graph.functionOf(file, variable.fn)).some(entry => entry.role === 'request') ? table[name]! : null;
  }

  function found(step: Step, text: string, kind: InputKind, rest: readonly string[]): ClientInput | null {
    const last = rest.at(-1);
    // `req.query.size` is a parameter of that name.
    const isParameter = rest.length === 1 && (parameterList.test(text) || (last === 'size' && /\b(?:body|payload)$/.test(text)));
    const size = last !== undefined && sizes.has(last) && !isParameter;
    if (size && isText) return null;
    if (use !== 'anything' && step.trail.some(({ place, access }) => isLimited(place, access, most, use === 'pattern'))) return null;
    const names = rest.map(name => (name === '*' ? '[…]' : /^\d+$/.test(name) ? `[${name}]` : `.${name}`)).join('');
    // A helper that reads the request, `const body = reqBody(request)`, is called by many: it is this caller's request.
    const { file, fn } = step.results[0]?.from ?? step;
    const reader = graph.functionOf(file, fn);
    if (anybody && isForAdministratorsOnly(graph, reader)) {
      passedOver = true;
      return null;
    }
    return { text: `${text}${names}`, kind, size, function: reader, calls: step.calls };
  }
}

/** `RegExp.escape(x)`, `escapeStringRegexp(x)`, `x.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')`. */
function isEscaping(module: ModuleFacts, { callee, args, text }: CallFacts): boolean {
  if (/escape|quotemeta/i.test(text) && !/unescape/i.test(text)) return true;
  const [pattern] = args;
  if (callee.k !== 'get' || !callee.name.startsWith('replace') || pattern?.k !== 'regex') return false;
  const { source } = module.regexes[pattern.regex]!;
  const [, negated, members] = /\[(\^?)((?:\\.|[^\]\\]){0,1000})\]/.exec(source) ?? [];
  if (members === undefined) return source === '\\W';
  // Without repetitions nothing is exponential: they are quoted or taken out.
  return ['*', '+'].every(character => members.includes(character) !== (negated === '^'));
}

const assigned = new WeakMap<ModuleFacts, ReadonlyMap<number, readonly Value[]>>();

/** Every value that is assigned to the variable, wherever. */
function assignedTo(module: ModuleFacts, variable: number): readonly Value[] {
  let known = assigned.get(module);
  if (!known) {
    const found = new Map<number, Value[]>();
    for (const item of module.assignments) if (item.to === 'var') found.set(item.var, [...(found.get(item.var) ?? []), item.value]);
    assigned.set(module, (known = found));
  }
  return known.get(variable) ?? [];
}

function first<T, R>(items: readonly T[], ask: (item: T) => R | null): R | null {
  for (const item of items) {
    const answer = ask(item);
    if (answer !== null) return answer;
  }
  return null;
}

/** `req.query.n` as the program writes it; `request` where the object has no name. */
function textOf(step: Step, value: Value): string {
  const { module } = step;
  switch (value.k) {
    case 'get':
      return value.name === '*' ? `${textOf(step, value.object)}[…]` : `${textOf(step, value.object)}.${value.name}`;
    case 'var':
      return module.variables[value.var]!.name || 'request';
    case 'this':
      return 'this';
    case 'call':
      return `${module.calls[value.call]!.text}()`;
    default:
      return 'request';
  }
}

/** The dotted name of something global or imported: `Math.min`, `qs.parse`, `lodash.clamp`; null where it is anything else. */
export function globalName(graph: ProgramGraph, file: string, value: Value): string | null {
  switch (value.k) {
    case 'global':
      return value.name;
    case 'module':
      return value.specifier.replace(/^node:/, '');
    case 'get': {
      const object = globalName(graph, file, value.object);
      return object === null ? null : value.name === 'default' ? object : `${object}.${value.name}`;
    }
    case 'var': {
      const module = graph.module(file);
      const { kind } = module.variables[value.var]!;
      if (kind !== 'import' && kind !== 'const') return null;
      const [only, ...others] = assignedTo(module, value.var);
      return only && others.length === 0 && only.k !== 'var' ? globalName(graph, file, only) : null;
    }
    default:
      return null;
  }
}
