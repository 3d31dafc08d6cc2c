import { Environment } from './environment-records.ts';
import { BuiltinIterator } from './exotic-objects.ts';
import type { ExecutionContext } from './agent.ts';
import { children } from './evaluation/static-semantics.ts';
import { ObjectValue, UnknownValue } from './values.ts';

// A program whose state comes back does the same for ever. The state is what the code that is to run can reach: written down with
// objects numbered in the order in which they are met, two states that differ in the names of their objects only are one text.

/** The run is known to go round for ever. */
export class Repeats {
  /** @param what goes round, for a person */
  constructor(readonly what: string) {}
}

const captured = new WeakMap<object, readonly unknown[]>();

/** Says what a function of the machine has in its closure, so that states which hold it can be compared. Returns the function. */
export function capture<F extends object>(fn: F, ...state: readonly unknown[]): F {
  captured.set(fn, state);
  return fn;
}

const identities = new WeakMap<object, number>();
const symbols = new Map<symbol, number>();
let lastIdentity = 0;
function identityOf(value: object): number {
  let identity = identities.get(value);
  if (identity === undefined) identities.set(value, (identity = ++lastIdentity));
  return identity;
}

const mostObjects = 40_000;
/** Fields that say who scheduled something: they differ each time and decide nothing. */
const ignored: ReadonlySet<string> = new Set(['origin', 'madeAt', 'pendingStack']);

/** Statements and expressions around an await that keep nothing but variables while it waits. */
const plain = /^(?:ExpressionStatement|BlockStatement|WhileStatement|DoWhileStatement|ForStatement|IfStatement|VariableDeclaration|VariableDeclarator|AwaitExpression|TryStatement|LabeledStatement)$/;

function holdsNothing(context: ExecutionContext): boolean {
  const { node, fn, unit } = context;
  const whole = fn && 'node' in fn ? (fn.node as { body: never } | null)?.body : unit?.source.ast;
  if (!node || !whole) return false;
  const inside = (outer: never): boolean => outer === node || (plain.test((outer as { type: string }).type) && children(outer).some(child => inside(child as never)));
  return whole === node || children(whole as never).some(child => inside(child as never)) || (whole as { type: string }).type === 'AwaitExpression';
}

/** The state that the roots lead to, as a text that does not depend on the names of objects; null where it cannot be told. */
export function stateOf(roots: readonly unknown[]): string | null {
  const numbers = new Map<object, number>();
  const queue: object[] = [];
  let hash1 = 0x811c9dc5;
  let hash2 = 0x1234567;
  let length = 0;
  const put = (text: string): void => {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      hash1 = Math.imul(hash1 ^ code, 0x01000193);
      hash2 = Math.imul(hash2 + code, 0x85ebca6b) ^ (hash2 >>> 13);
    }
    length += text.length + 1;
    hash1 = Math.imul(hash1 ^ 0xff, 0x01000193);
  };
  const refer = (value: unknown): void => {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) {
      if (typeof value === 'symbol') {
        if (!symbols.has(value)) symbols.set(value, symbols.size);
        put(`y${symbols.get(value)}`);
      } else put(Object.is(value, -0) ? '-0' : `${typeof value}:${String(value)}`);
      return;
    }
    const known = numbers.get(value);
    if (known !== undefined) put(`#${known}`);
    else {
      numbers.set(value, numbers.size);
      queue.push(value);
      put('new');
    }
  };
  for (const root of roots) refer(root);
  for (let at = 0; at < queue.length; at++) {
    if (queue.length > mostObjects) return null;
    const value = queue[at]!;
    if (typeof value === 'function' || captured.has(value)) {
      const state = captured.get(value);
      put(state ? 'captured' : `function ${identityOf(value)}`);
      state?.forEach(refer);
      continue;
    }
    if (value instanceof BuiltinIterator && value.step !== null) return null;
    if (Object.prototype.toString.call(value).endsWith('Generator]')) return null;
    if (ArrayBuffer.isView(value)) {
      put(`bytes ${(value as Uint8Array).join()}`);
      continue;
    }
    const constructor = (Object.getPrototypeOf(value) as { constructor?: unknown } | null)?.constructor;
    if (value instanceof Map) {
      for (const [key, item] of value) {
        refer(key);
        refer(item);
      }
      put('map');
      continue;
    }
    if (value instanceof Set || Array.isArray(value)) {
      for (const item of value) refer(item);
      put('list');
      continue;
    }
    if (value instanceof UnknownValue || (value as { coroutine?: unknown; node?: unknown }).coroutine !== undefined && 'varEnv' in value && !isWalkable(value as ExecutionContext)) {
      if (value instanceof UnknownValue) put(`unknown ${identityOf(value)} ${String(value.truthy)}`);
      else return null;
      continue;
    }
    const isNode = 'type' in value && 'loc' in value;
    const walked = value instanceof ObjectValue || value instanceof Environment || constructor === Object || constructor === undefined || /^(?:GuestMap|LazyProperty|PrivateName|PrivateEnvironment)$/.test((constructor as { name?: string }).name ?? '');
    if (isNode || 'source' in value || !walked) {
      put(`same ${identityOf(value)}`);
      continue;
    }
    put((constructor as { name?: string } | undefined)?.name ?? '');
    for (const key of Object.keys(value)) {
      if (ignored.has(key)) continue;
      put(key);
      refer((value as Record<string, unknown>)[key]);
    }
  }
  return `${length}:${numbers.size}:${hash1 >>> 0}:${hash2 >>> 0}`;
}

/** Contexts of running functions are compared by their variables; those of waiting ones only where they hold nothing else. */
function isWalkable(context: ExecutionContext): boolean {
  return context.coroutine === null || holdsNothing(context);
}

/** Watches one thing go round: whether what decides how it goes on is as it was before. */
export class RecurrenceWatch {
  private rounds = 0;
  private base: { readonly round: number; readonly state: string } | null = null;
  private next: number;

  /** @param first round from which on it is worth to look */
  constructor(first: number) {
    this.next = first;
  }

  /**
   * A round begins.
   * @param state what is asked where a round is compared; null where nothing can be said
   * @returns whether the state has come back
   */
  observe(state: () => string | null): boolean {
    const round = ++this.rounds;
    if (this.base === null) {
      if (round < this.next) return false;
      const now = state();
      this.next = round * 20;
      if (now !== null) this.base = { round, state: now };
      return false;
    }
    if (state() === this.base.state) return true;
    if (round - this.base.round >= longestPeriod) this.base = null;
    return false;
  }
}

const longestPeriod = 24;
