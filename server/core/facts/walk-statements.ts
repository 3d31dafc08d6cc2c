import type { Condition, ModuleFacts, Statement, Term, Value } from './module-facts.ts';

/** The blocks directly inside a statement, in order of the text. */
export function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.k) {
    case 'if':
      return [statement.then, statement.otherwise];
    case 'loop':
    case 'label':
      return [statement.body];
    case 'switch':
      return statement.cases.map(({ body }) => body);
    case 'try':
      return [statement.block, statement.handler ?? [], statement.finalizer ?? []];
    default:
      return [];
  }
}

/** Every statement of a body, outer before inner, with those around it (outermost first). */
export function* statementsOf(body: readonly Statement[], around: readonly Statement[] = []): Generator<{ readonly statement: Statement; readonly around: readonly Statement[] }> {
  for (const statement of body) {
    yield { statement, around };
    const blocks = blocksOf(statement);
    if (blocks.length === 0) continue;
    const inside = [...around, statement];
    for (const block of blocks) yield* statementsOf(block, inside);
  }
}

/** The terms that a condition asks about, in order. */
export function termsOf(condition: Condition): readonly Term[] {
  switch (condition.k) {
    case 'not':
      return termsOf(condition.of);
    case 'and':
    case 'or':
      return [...termsOf(condition.left), ...termsOf(condition.right)];
    case 'compare':
      return [condition.left, condition.right];
    case 'truthy':
      return [condition.of];
  }
}

/** The values that a statement itself looks at: what it writes, hands over, tests or returns. */
export function valuesReadBy(module: ModuleFacts, statement: Statement): readonly Value[] {
  switch (statement.k) {
    case 'write':
      return statement.term?.value ? [statement.term.value] : [];
    case 'call':
      return module.calls[statement.call]!.args;
    case 'if':
      return termsOf(statement.test).flatMap(({ value }) => (value ? [value] : []));
    case 'return':
      return statement.value ? [statement.value] : [];
    default:
      return [];
  }
}

/** The ways through a body on which nothing matched so far. */
interface Ways {
  /** One goes on behind the body. */
  readonly on: boolean;
  /** One returns. */
  readonly returns: boolean;
  /** One throws by a `throw` statement. */
  readonly throws: boolean;
  /** One leaves the loop or switch around it. */
  readonly breaks: boolean;
}

const goesOn: Ways = { on: true, returns: false, throws: false, breaks: false };
const stops: Ways = { on: false, returns: false, throws: false, breaks: false };

/**
 * Whether some way through the body ends, by its end or by `return`, without a statement that matches. A `throw` that the body
 * does not catch is such an end only with `throws`. Loops are expected to run at least once where their test does not say how often.
 */
export function canMiss(body: readonly Statement[], matches: (statement: Statement) => boolean, { throws = false }: { readonly throws?: boolean } = {}): boolean {
  const ways = waysThrough(body, matches);
  return ways.on || ways.returns || (throws && ways.throws);
}

function waysThrough(body: readonly Statement[], matches: (statement: Statement) => boolean): Ways {
  let found = goesOn;
  for (const statement of body) {
    if (!found.on) break;
    const ways = matches(statement) ? stops : waysOf(statement, matches);
    found = { on: ways.on, returns: found.returns || ways.returns, throws: found.throws || ways.throws, breaks: found.breaks || ways.breaks };
  }
  return found;
}

function waysOf(statement: Statement, matches: (statement: Statement) => boolean): Ways {
  switch (statement.k) {
    case 'return':
      return { ...stops, returns: true };
    case 'throw':
      return { ...stops, throws: true };
    case 'break':
    case 'continue':
      return { ...stops, breaks: true };
    case 'if':
      return either(waysThrough(statement.then, matches), waysThrough(statement.otherwise, matches));
    case 'loop': {
      const ways = waysThrough(statement.body, matches);
      return { ...ways, on: ways.on || ways.breaks, breaks: false };
    }
    case 'label': {
      const ways = waysThrough(statement.body, matches);
      return { ...ways, on: ways.on || ways.breaks, breaks: false };
    }
    case 'switch': {
      let found = statement.cases.some(({ test }) => test === null) ? stops : goesOn;
      // Each case can be where it starts; what falls out of it goes on in the next.
      for (const index of statement.cases.keys()) found = either(found, waysThrough(statement.cases.slice(index).flatMap(({ body }) => body), matches));
      return { ...found, on: found.on || found.breaks, breaks: false };
    }
    case 'try': {
      const block = waysThrough(statement.block, matches);
      const handled = statement.handler ? either({ ...block, throws: false }, waysThrough(statement.handler, matches)) : block;
      if (!statement.finalizer) return handled;
      const last = waysThrough(statement.finalizer, matches);
      if (last.on) return either(handled, { ...last, on: false });
      return last;
    }
    default:
      return goesOn;
  }
}

function either(a: Ways, b: Ways): Ways {
  return { on: a.on || b.on, returns: a.returns || b.returns, throws: a.throws || b.throws, breaks: a.breaks || b.breaks };
}
