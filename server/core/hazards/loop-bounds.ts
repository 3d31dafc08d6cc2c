import { statementsOf, termsOf } from '../facts/walk-statements.ts';
import type { Condition, LoopFacts, ModuleFacts, Statement, Term, Value } from '../facts/module-facts.ts';

/** A loop that counts up or down to a bound. */
export interface CountedLoop {
  /** What decides how often it runs. */
  readonly bound: Term;
  /** Turns, where all is constant. */
  readonly turns: number | null;
  /** Calls in one turn. */
  readonly calls: number;
}

interface LoopPlace {
  readonly body: readonly Statement[];
  readonly around: readonly Statement[];
}

const places = new WeakMap<ModuleFacts, ReadonlyMap<LoopFacts, LoopPlace>>();

/** The statement of a loop and what stands around it. */
export function loopPlace(module: ModuleFacts, loop: LoopFacts): LoopPlace {
  let known = places.get(module);
  if (!known) {
    const found = new Map<LoopFacts, LoopPlace>();
    for (const fn of module.functions) for (const { statement, around } of statementsOf(fn.body)) if (statement.k === 'loop') found.set(module.loops[statement.loop]!, { body: statement.body, around });
    places.set(module, (known = found));
  }
  return known.get(loop) ?? { body: [], around: [] };
}

/** Methods that move a date or grow a list. */
const stepMethods = /^(?:set[A-Z]\w*|add|plus|push|unshift)$/;

/**
 * Reads a loop's test as counting to a bound: a variable that each turn moves by a constant, compared with something that the loop
 * leaves alone. Null where something else can end it sooner: another condition, a `break` or `return` that looks at data.
 */
export function countedLoop(module: ModuleFacts, loop: LoopFacts): CountedLoop | null {
  if (!loop.test || loop.yields) return null;
  const { body } = loopPlace(module, loop);
  const statements = [...statementsOf(body)];
  const steps = stepsOf(module, statements.map(({ statement }) => statement));
  const bound = boundOf(module, loop.test, steps);
  if (!bound) return null;
  const own = new Set([...bound.counters, ...variablesIn(bound.term.value)]);
  for (const { statement, around } of statements) {
    const leavesLoop = statement.k === 'return' || statement.k === 'throw' || (statement.k === 'break' && !around.some(({ k }) => k === 'loop' || k === 'switch'));
    if (!leavesLoop) continue;
    const tests = around.flatMap(item => (item.k === 'if' ? [item.test] : item.k === 'switch' ? [null] : []));
    if (!tests.some(test => test !== null && termsOf(test).every(term => onlyOf(term.value, own)) && !isCap(test, bound.counters))) return null;
  }
  const calls = statements.filter(({ statement }) => statement.k === 'call').length;
  return { bound: bound.term, turns: turnsOf(module, loop, bound, steps), calls };
}

interface Steps {
  /** By variable: how far one turn moves it; null where it is not a constant. */
  readonly by: ReadonlyMap<number, number | null>;
}

function stepsOf(module: ModuleFacts, statements: readonly Statement[]): Steps {
  const by = new Map<number, number | null>();
  const scaled = new Set<number>();
  for (const statement of statements) {
    if (statement.k === 'call') {
      const { callee } = module.calls[statement.call]!;
      if (callee.k === 'get' && callee.object.k === 'var' && stepMethods.test(callee.name)) by.set(callee.object.var, null);
    }
    if (statement.k !== 'write' || statement.target?.k !== 'var') continue;
    const variable = statement.target.var;
    const { operator, term } = statement;
    const constant = typeof term?.constant === 'number' ? term.constant : null;
    if (operator === '++' || operator === '--') by.set(variable, operator === '++' ? 1 : -1);
    else if (operator === '+=' || operator === '-=') by.set(variable, constant === null ? null : operator === '+=' ? constant : -constant);
    else if (operator === '=' && term?.value?.k === 'derived' && term.value.by && /^[+-]$/.test(term.value.by.operator) && variablesIn(term.value).has(variable)) by.set(variable, term.value.by.operator === '+' ? term.value.by.constant : -term.value.by.constant);
    // Halving and doubling end soon.
    else if (!statement.declares) scaled.add(variable);
  }
  for (const variable of scaled) by.delete(variable);
  return { by };
}

interface Bound {
  readonly term: Term;
  readonly operator: string;
  readonly counters: readonly number[];
}

function boundOf(module: ModuleFacts, test: Condition, { by }: Steps): Bound | null {
  const counterOf = (term: Term): number | null => [...variablesIn(withoutLength(term.value))].find(variable => by.has(variable)) ?? null;
  if (test.k === 'truthy') {
    const counter = counterOf(test.of);
    return counter !== null && (by.get(counter) ?? 0) < 0 ? { term: { ...test.of, value: { k: 'var', var: counter } }, operator: '>', counters: [counter] } : null;
  }
  if (test.k !== 'compare' || !/^(?:[<>]=?|!==?)$/.test(test.operator)) return null;
  const [left, right] = [counterOf(test.left), counterOf(test.right)];
  if (left !== null && right !== null) return null;
  const counter = left ?? right;
  if (counter === null) return null;
  const [counting, other, operator] = left !== null ? [test.left, test.right, test.operator] : [test.right, test.left, test.operator.replace(/[<>]/, sign => (sign === '<' ? '>' : '<'))];
  const step = by.get(counter);
  // `n > 0` with `n--`: where it starts decides.
  if (operator[0] !== '<' && typeof step === 'number' && step < 0) return { term: { ...counting, value: { k: 'var', var: counter } }, operator, counters: [counter] };
  if (operator[0] === '>' || (typeof step === 'number' && step <= 0)) return null;
  return { term: other, operator, counters: [counter] };
}

/** How often a loop between constants turns. */
function turnsOf(module: ModuleFacts, loop: LoopFacts, { term, operator, counters }: Bound, { by }: Steps): number | null {
  const [counter] = counters;
  const step = by.get(counter!);
  if (typeof step !== 'number' || step === 0) return null;
  const starts = [...statementsOf(module.functions[loop.fn]!.body)].flatMap(({ statement }) => (statement.k === 'write' && statement.target?.k === 'var' && statement.target.var === counter && statement.operator === '=' && typeof statement.term?.constant === 'number' && statement.range[0] < loop.testRange![0] ? [statement.term.constant] : []));
  const start = starts.at(-1);
  if (start === undefined) return null;
  if (step < 0) return typeof term.constant === 'number' ? null : Math.max(0, start / -step);
  if (typeof term.constant !== 'number' || operator[0] !== '<') return null;
  return Math.max(0, (term.constant - start) / step);
}

/** `i > 100`: a counter that is compared with something else of its own. */
function isCap(test: Condition, counters: readonly number[]): boolean {
  switch (test.k) {
    case 'not':
      return isCap(test.of, counters);
    case 'and':
    case 'or':
      return isCap(test.left, counters) || isCap(test.right, counters);
    case 'compare': {
      const bare = [test.left, test.right].some(({ value }) => value?.k === 'var' && counters.includes(value.var));
      return bare && (/^[<>]/.test(test.operator) || [test.left, test.right].some(({ constant }) => constant !== undefined));
    }
    case 'truthy':
      return false;
  }
}

function withoutLength(value: Value | null): Value | null {
  return value?.k === 'get' && (value.name === 'length' || value.name === 'size') ? value.object : value;
}

/** The variables that a computed value is made of. */
export function variablesIn(value: Value | null): ReadonlySet<number> {
  const found = new Set<number>();
  const visit = (item: Value | null): void => {
    if (item?.k === 'var') found.add(item.var);
    else if (item?.k === 'derived' || item?.k === 'union') item.of.forEach(visit);
  };
  visit(value);
  return found;
}

/** True for what is made of the variables and of constants alone. */
function onlyOf(value: Value | null, variables: ReadonlySet<number>): boolean {
  if (value === null) return true;
  if (value.k === 'var') return variables.has(value.var);
  return (value.k === 'derived' || value.k === 'union') && value.of.every(part => onlyOf(part, variables));
}
