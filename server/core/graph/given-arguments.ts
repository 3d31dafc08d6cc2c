import type { CallFacts, Condition, ModuleFacts, Value } from '../facts/module-facts.ts';
import { assignmentsTo } from '../facts/module-index.ts';
import type { FunctionNode } from './program-graph.ts';

/** What is known of a function's parameters in one call: which hold something true, which nothing or something false. */
export interface GivenArguments {
  /** Equal where the same is known. */
  readonly id: string;
  readonly truths: ReadonlyMap<number, boolean>;
  /** Parameters for which an object literal was handed over: its properties, undefined where one is not constant. */
  readonly objects: ReadonlyMap<number, ReadonlyMap<string, boolean | undefined>>;
}

/** Null where nothing is known. `from`: the module of the call. */
export function givenArguments(facts: ModuleFacts, fn: FunctionNode, call: CallFacts, from: ModuleFacts): GivenArguments | null {
  if (call.spread) return null;
  const truths = new Map<number, boolean>();
  const objects = new Map<number, ReadonlyMap<string, boolean | undefined>>();
  fn.facts.params.forEach((variable, position) => {
    if (variable < 0 || position === fn.facts.restParam) return;
    const isPattern = facts.variables[variable]!.name === '';
    const written = assignmentsTo(facts, variable).filter(({ value }) => value.k !== 'instance');
    if (position >= call.args.length) {
      // With a default that may be true nothing is known.
      if (!isPattern && written.length === 0 && !fn.facts.defaulted?.includes(position)) truths.set(variable, false);
      return;
    }
    const literal = call.literalArgs[position];
    if (literal !== null && literal !== undefined) {
      if (written.length === 0) truths.set(variable, Boolean(literal));
      return;
    }
    const arg = call.args[position]!;
    if (arg.k !== 'obj' || from.objects[arg.obj]!.array || written.some(({ value }) => value.k !== 'obj')) return;
    const properties = propertiesOf(from, arg.obj);
    if (!properties) return;
    objects.set(variable, properties);
    for (const [part, name] of partsOf(facts, variable)) if (properties.get(name) !== undefined) truths.set(part, properties.get(name)!);
  });
  if (truths.size + objects.size === 0) return null;
  const id = [...truths, ...[...objects].map(([variable, properties]) => [variable, [...properties].join()])].join(';');
  return { id, truths, objects };
}

/** Null where a spread can bring anything. */
function propertiesOf(facts: ModuleFacts, obj: number): ReadonlyMap<string, boolean | undefined> | null {
  const { properties, constants } = facts.objects[obj]!;
  if (properties.some(({ kind, name }) => kind === 'spread' || name === '*')) return null;
  const found = new Map<string, boolean | undefined>();
  for (const { name, value } of properties) found.set(name, value.k === 'fn' || value.k === 'obj' ? true : value.k === 'string' ? value.value !== '' : undefined);
  for (const [name, constant] of Object.entries(constants ?? {})) found.set(name, Boolean(constant));
  return found;
}

/** `({ strict })`, `const { strict } = opts`: the variables that hold a property and nothing else. */
function partsOf(facts: ModuleFacts, variable: number): [number, string][] {
  return facts.assignments.flatMap((item): [number, string][] => (item.to === 'var' && item.value.k === 'get' && isVariable(item.value.object, variable) && assignmentsTo(facts, item.var).length === 1 ? [[item.var, item.value.name]] : []));
}

function isVariable(value: Value, variable: number): boolean {
  return value.k === 'var' && value.var === variable;
}

/** Whether a condition holds in a call; null where that is not known. */
export function holdsGiven(test: Condition, given: GivenArguments): boolean | null {
  switch (test.k) {
    case 'not': {
      const inner = holdsGiven(test.of, given);
      return inner === null ? null : !inner;
    }
    case 'and':
    case 'or': {
      const [left, right] = [holdsGiven(test.left, given), holdsGiven(test.right, given)];
      const decides = test.k === 'or';
      return left === decides || right === decides ? decides : left === null || right === null ? null : !decides;
    }
    case 'truthy': {
      const { value } = test.of;
      if (value?.k === 'var') return given.truths.get(value.var) ?? (given.objects.has(value.var) ? true : null);
      if (value?.k !== 'get' || value.object.k !== 'var') return null;
      const properties = given.objects.get(value.object.var);
      if (!properties) return given.truths.get(value.object.var) === false ? false : null;
      return properties.has(value.name) ? (properties.get(value.name) ?? null) : false;
    }
    case 'compare':
      return null;
  }
}
