import { locationOf, surroundingAgent } from '../agent.ts';
import { ErrorObject } from '../exotic-objects.ts';
import { BuiltinFunction, ECMAScriptFunction, type BuiltinSteps } from '../function-objects.ts';
import { inexactMark, ObjectValue, UnknownValue, type PropertyKey, type Value } from '../values.ts';
import { ProgramError } from '../event-loop/engine.ts';
import { unknownText } from '../abstract-operations/unknown-values.ts';
import { createBuiltinFunction } from '../abstract-operations/operations-on-objects.ts';
import { completeMembers } from '../builtin-members/complete-members.ts';

/** Well-known symbols that not every host has. */
const dispose = Symbol('Symbol.dispose');
const asyncDispose = Symbol('Symbol.asyncDispose');

type Method = readonly [length: number, steps: BuiltinSteps];
/** Makes a group of intrinsics, `Map` and all that belongs to it, on first use. */
export type IntrinsicGroup = (intrinsics: Intrinsics) => void;

/** The intrinsic objects of the realm (ECMA-262 §6.1.7.4), each made when it is first asked for. */
export class Intrinsics {
  private readonly objects = new Map<string, ObjectValue>();
  readonly wellKnown = { dispose, asyncDispose };
  private readonly nexts = new Map<string, ObjectValue>();

  constructor(private readonly groups: Readonly<Record<string, IntrinsicGroup>>) {}

  /** Names that the groups in the making have defined. */
  private fresh: string[] = [];
  private making = 0;

  /** `%Array.prototype%`. */
  get(name: string): ObjectValue {
    const known = this.objects.get(name);
    if (known) return known;
    const group = this.groups[name] ?? this.groups[/^%([A-Za-z0-9]+)/.exec(name)![1]!];
    if (!group) throw new Error(`no intrinsic ${name}`);
    this.making++;
    group(this);
    this.making--;
    if (this.making === 0) this.complete();
    return this.objects.get(name)!;
  }
  /** What the groups have made gets the names that it has not. */
  private complete(): void {
    for (let name = this.fresh.shift(); name !== undefined; name = this.fresh.shift()) completeMembers(this.objects.get(name)!, pathOfIntrinsic(name), 'drop');
  }
  /** Whether there is an intrinsic of that name, made or not. */
  knows(name: string): boolean {
    return this.objects.has(name) || this.groups[name] !== undefined || this.groups[/^%([A-Za-z0-9]+)/.exec(name)?.[1] ?? ''] !== undefined;
  }
  has(name: string): boolean {
    return this.objects.has(name);
  }
  define(name: string, object: ObjectValue): void {
    this.objects.set(name, object);
    if (this.making > 0) this.fresh.push(name);
  }

  builtin(name: PropertyKey, length: number, steps: BuiltinSteps, prefix?: 'get' | 'set'): BuiltinFunction {
    return createBuiltinFunction(name, length, steps, prefix ? { prefix } : {});
  }

  /** Defines methods: `{ name: [length, steps] }`; a symbol goes through `method`. */
  methods<Name extends string>(object: ObjectValue, methods: { readonly [name in Name]?: Method }): void {
    for (const name in methods) this.method(object, name, methods[name]![0], methods[name]![1]);
  }
  method(object: ObjectValue, name: PropertyKey, length: number, steps: BuiltinSteps): BuiltinFunction {
    const fn = this.builtin(name, length, steps);
    object.properties.set(name, { value: fn, writable: true, enumerable: false, configurable: true });
    return fn;
  }
  getter(object: ObjectValue, name: PropertyKey, steps: (self: Value) => Value): BuiltinFunction {
    const fn = this.builtin(name, 0, steps, 'get');
    object.properties.set(name, { get: fn, set: undefined, enumerable: false, configurable: true });
    return fn;
  }
  value(object: ObjectValue, name: PropertyKey, value: Value, attributes: 'constant' | 'hidden' | 'tag' = 'hidden'): void {
    object.properties.set(name, { value, writable: attributes === 'hidden', enumerable: false, configurable: attributes !== 'constant' });
  }

  /** A constructor with its prototype object, defined as `%Name%` and `%Name.prototype%`. */
  constructorAndPrototype(name: string, length: number, steps: BuiltinSteps, options: { parent?: ObjectValue; prototypeParent?: ObjectValue; prototype?: ObjectValue } = {}): { constructor: BuiltinFunction; prototype: ObjectValue } {
    const prototype = options.prototype ?? new ObjectValue(options.prototypeParent ?? this.get('%Object.prototype%'));
    this.define(`%${name}.prototype%`, prototype);
    const constructor = createBuiltinFunction(name, length, steps, { constructible: true });
    if (options.parent) constructor.prototype = options.parent;
    this.define(`%${name}%`, constructor);
    this.value(constructor, 'prototype', prototype, 'constant');
    this.value(prototype, 'constructor', constructor);
    return { constructor, prototype };
  }

  /** `get [Symbol.species]`, one function for all, so that speciesConstructor sees that it is untouched. */
  species(constructor: ObjectValue): void {
    if (!this.objects.has('%speciesGetter%')) this.define('%speciesGetter%', this.builtin(Symbol.species, 0, self => self, 'get'));
    constructor.properties.set(Symbol.species, { get: this.get('%speciesGetter%'), set: undefined, enumerable: false, configurable: true });
  }

  /** The `next` function of a kind of builtin iterators, for the short way of loops. */
  nextOf(kind: string): ObjectValue | undefined {
    return this.nexts.get(kind);
  }
  setNextOf(kind: string, next: ObjectValue): void {
    this.nexts.set(kind, next);
  }

  /** A new error of the program. */
  makeError(type: string, message: string): ObjectValue {
    const error = new ErrorObject(this.get(`%${type}.prototype%`));
    installErrorStack(error);
    this.value(error, 'message', message);
    return error;
  }

  makeSuppressedError(error: Value, suppressed: Value): ObjectValue {
    const result = this.makeError('SuppressedError', 'An error was suppressed during disposal');
    this.value(result, 'error', error);
    this.value(result, 'suppressed', suppressed);
    return result;
  }
}

/** Intrinsics that no property of the global object leads to. */
const intrinsicPaths: Readonly<Record<string, string>> = {
  inspect: 'node:util.inspect',
  TypedArray: '%TypedArray%', 'TypedArray.prototype': '%TypedArray%.prototype',
  GeneratorPrototype: '%GeneratorFunction%.prototype.prototype', AsyncGeneratorPrototype: '%AsyncGeneratorFunction%.prototype.prototype',
};

/** Its path in the table of members: `%Array.prototype%` is `Array.prototype`. */
function pathOfIntrinsic(name: string): string {
  const inner = name.replaceAll('%', '');
  return intrinsicPaths[inner] ?? (/^(?:AsyncFunction|GeneratorFunction|AsyncGeneratorFunction)(?:\.prototype)?$/.test(inner) ? inner.replace(/^\w+/, '%$&%') : inner.endsWith('Prototype') ? name : inner);
}

/** Captures the frames of `stack`; its first line is made when it is read, and exact; frames are marked as not. */
export function installErrorStack(error: ObjectValue, skip?: ObjectValue): void {
  const frames = stackFrames(skip);
  error.properties.set('stack', { value: undefined, writable: true, enumerable: false, configurable: true });
  const make = (): string => errorHeader(error) + frames;
  if (error instanceof ErrorObject) error.pendingStack = make;
  else error.properties.get('stack')!.value = make();
}

/** ErrorUtils::ToString of V8, without the program's code. */
function errorHeader(error: ObjectValue): string {
  const read = (key: string, missing: string): string => {
    try {
      const value = error.get(key, error);
      return value === undefined ? missing : typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' || value === null ? String(value) : value instanceof UnknownValue ? unknownText(value) : '';
    } catch (failure) {
      if (failure instanceof ProgramError) return missing;
      throw failure;
    }
  };
  const name = read('name', 'Error');
  const message = read('message', '');
  return message === '' ? name : name === '' ? message : `${name}: ${message}`;
}

function stackFrames(skip?: ObjectValue): string {
  const { contexts } = surroundingAgent;
  let text = '';
  let shown = 0;
  let top = contexts.length - 1;
  if (skip) {
    const at = contexts.findLastIndex(context => context.fn === skip);
    if (at >= 0) top = at - 1;
  }
  const limit = stackTraceLimit();
  for (let i = top; i >= 0 && shown < limit; i--) {
    const { fn, unit, node } = contexts[i]!;
    if (!unit || !node) continue;
    shown++;
    const place = unit.internal ? `node:${unit.file}` : `${unit.file}:${locationOf(unit, node).line}:${locationOf(unit, node).column}`;
    const name = frameName(fn);
    text += `\n    at ${inexactMark}${name}${name === '' ? place : ` (${place})`}`;
  }
  return shown === 0 ? `\n    at ${inexactMark}<anonymous>` : text;
}

function stackTraceLimit(): number {
  const limit = surroundingAgent.intrinsics.get('%Error%').properties.get('stackTraceLimit')?.value;
  return typeof limit === 'number' ? limit : 10;
}

function frameName(fn: ObjectValue | null): string {
  if (!fn) return 'Object.<anonymous>';
  const name = fn.properties.get('name')?.value;
  const text = typeof name === 'string' ? name : '';
  if (fn instanceof ECMAScriptFunction && fn.isClassConstructor) return `new ${text}`;
  return text;
}
