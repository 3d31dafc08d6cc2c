import type { ModuleFacts, Range, Value } from '../facts/module-facts.ts';
import { statementsOf, valuesReadBy } from '../facts/walk-statements.ts';

const filling: ReadonlySet<string> = new Set(['set', 'push', 'add', 'unshift']);
const lookingInto: ReadonlySet<string> = new Set(['get', 'has', 'includes', 'find', 'some', 'indexOf', 'at', 'values', 'entries', 'keys']);

/** What a function's own body does to collections that variables hold: those it puts something into (with the place), and those it looks into. */
export function accesses(module: ModuleFacts, fn: number): { readonly filled: ReadonlyMap<number, Range>; readonly lookedInto: ReadonlySet<number> } {
  const filled = new Map<number, Range>();
  const lookedInto = new Set<number>();
  const note = (value: Value, depth = 0): void => {
    if (depth > 4) return;
    if (value.k === 'get') {
      if (value.object.k === 'var' && (value.name === '*' || value.name === 'length' || value.name === 'size')) lookedInto.add(value.object.var);
      else note(value.object, depth + 1);
    } else if (value.k === 'obj') for (const { value: part } of module.objects[value.obj]!.properties) note(part, depth + 1);
    else if (value.k === 'union' || value.k === 'derived') for (const part of value.of) note(part, depth + 1);
  };
  for (const { statement } of statementsOf(module.functions[fn]!.body)) {
    if (statement.k === 'write') {
      const { target } = statement;
      if (target?.k === 'get' && target.object.k === 'var' && target.name === '*') filled.set(target.object.var, statement.range);
    } else if (statement.k === 'call') {
      const { callee, range } = module.calls[statement.call]!;
      if (callee.k === 'get' && callee.object.k === 'var') {
        if (filling.has(callee.name)) filled.set(callee.object.var, range);
        else if (lookingInto.has(callee.name)) lookedInto.add(callee.object.var);
      }
    }
    for (const value of valuesReadBy(module, statement)) note(value);
  }
  return { filled, lookedInto };
}
