import type { ModuleFacts, Range, Statement, Value } from '../../facts/module-facts.ts';
import type { FunctionNode } from '../../graph/program-graph.ts';
import { message, type MessageTable } from '../messages.ts';
import { filesOnNode, pathTo, situationOf } from '../promise-site.ts';
import type { Rule } from '../rule.ts';

const texts = {
  compound: {
    en: '`{place}` is read before the `await` and written after it: what other requests add to it meanwhile is lost. Await first, then change it in one step.',
    'zh-cn': '`{place}` 在 `await` 之前读取、之后写入：期间其他请求对它的修改会丢失。请先等待，再一步完成修改。',
  },
  kept: {
    en: '`{place}` was read into `{copy}` before an `await` and is written from it after: what other requests changed meanwhile is lost. Read it again after the `await`.',
    'zh-cn': '`{place}` 在 `await` 之前读入 `{copy}`，之后又由其写回：期间其他请求的修改会丢失。请在 `await` 之后重新读取。',
  },
} as const satisfies MessageTable;

/** Source: ECMA-262 §13.15.2: `x += await f()` takes the value of x before it awaits; other jobs run during an await. */
export const rule: Rule = {
  meta: { id: 'await-race-read-modify-write', category: 'promise', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const file of filesOnNode(graph, context.files)) {
      const facts = graph.module(file);
      for (const [index, { async, generator, body }] of facts.functions.entries()) {
        if (!async || generator) continue;
        const fn = graph.functionOf(file, index);
        for (const race of racesIn(facts, fn, body)) {
          const situation = situationOf(graph, fn);
          // Only what requests share can race.
          if (situation.role !== 'request') continue;
          const location = graph.locate(file, race.range);
          context.report({
            location,
            message: message(texts, race.copy === null ? 'compound' : 'kept', locale, { place: race.place, copy: race.copy ?? '' }),
            // Without dependency injection an object may be made for each request.
            confidence: race.place.startsWith('this.') && facts.classes[fn.facts.class]!.decorators.length === 0 ? 'possible' : 'likely',
            role: situation.role,
            path: pathTo(situation, location, race.place),
            anchor: `${fn.displayName} ${race.place}`,
          });
        }
      }
    }
  },
};

interface Race {
  readonly place: string;
  /** Local that kept the old value; null for `x += await f()`. */
  readonly copy: string | null;
  readonly range: Range;
}

/** Stale writes of a straight line of statements: the copy, an `await`, the write from the copy, with no other write or read between. */
function racesIn(facts: ModuleFacts, fn: FunctionNode, body: readonly Statement[]): Race[] {
  const found: Race[] = [];
  /** Locals that hold the old value of a shared place, and whether something was awaited since. */
  const copies = new Map<number, { readonly place: string; awaited: boolean }>();
  const walk = (block: readonly Statement[]): void => {
    let lastAwait: Range | null = null;
    for (const statement of block) {
      switch (statement.k) {
        case 'await':
          lastAwait = statement.range;
          for (const copy of copies.values()) copy.awaited = true;
          break;
        case 'write': {
          const { target, operator, term } = statement;
          const place = target && sharedPlace(facts, fn, target);
          if (statement.declares && target?.k === 'var' && term) {
            const read = term.value && sharedPlace(facts, fn, term.value);
            if (read !== null && !/\bawait\b/.test(term.text)) copies.set(target.var, { place: read, awaited: false });
            break;
          }
          if (!place) break;
          const waits = term !== null && /\bawait\b/.test(term.text);
          if (waits && /^[-+*/]=$/.test(operator)) found.push({ place, copy: null, range: statement.range });
          else if (waits && operator === '=' && readsFirst(term!.text, place)) found.push({ place, copy: null, range: statement.range });
          else if (operator === '=' && term && lastAwait) {
            for (const [variable, copy] of copies) {
              if (copy.awaited && copy.place === place && isComputedFrom(term.value, variable)) found.push({ place, copy: facts.variables[variable]!.name, range: statement.range });
            }
          }
          // What has been written anew is no stale value.
          for (const [variable, copy] of copies) if (copy.place === place) copies.delete(variable);
          break;
        }
        default:
          break;
      }
    }
  };
  walk(body);
  return found;
}

/** `total = total + await price()`: the left operand is taken before the wait. */
function readsFirst(text: string, place: string): boolean {
  return text.startsWith(`${place} +`) || text.startsWith(`${place} -`) || text.startsWith(`${place} *`);
}

/** The name of a variable of the module or of a property of `this` of a class: what calls that run at the same time share. */
function sharedPlace(facts: ModuleFacts, fn: FunctionNode, value: Value): string | null {
  if (value.k === 'var') {
    const { fn: declaredIn, kind, name } = facts.variables[value.var]!;
    return declaredIn === 0 && kind === 'let' ? name : null;
  }
  if (value.k !== 'get' || value.object.k !== 'this' || value.name === '*') return null;
  return fn.facts.class >= 0 && fn.facts.kind === 'method' ? `this.${value.name}` : null;
}


/** A number or text that operators made of the variable: not an object that was handed back. */
function isComputedFrom(value: Value | null, variable: number): boolean {
  return value?.k === 'derived' && value.of.some(part => part.k === 'var' && part.var === variable);
}
