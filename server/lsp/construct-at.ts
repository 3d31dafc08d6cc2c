import type { ModuleFacts, Range, Statement } from '../core/facts/module-facts.ts';
import type { Construct } from '../core/node/hover.ts';

/** A part of the language that suspends a function or queues a job, and where its word stands. */
export interface PlacedConstruct {
  readonly construct: Construct;
  readonly range: Range;
}

/** The construct whose word stands at a 0-based offset: `await`, `for await`, `yield`, or the name of a promise's method. */
export function constructAt(module: ModuleFacts, text: string, offset: number): PlacedConstruct | null {
  const word = wordAt(text, offset);
  if (!word) return null;
  const name = text.slice(...word);
  if (name === 'await' || name === 'yield' || name === 'for') {
    for (const { async, generator, body } of module.functions) {
      for (const statement of flat(body)) {
        if (statement.k === 'await' && statement.each && name !== 'yield' && isHead(text, word, statement.range)) return { construct: 'for await', range: word };
        if (statement.k === 'await' && !statement.each && name === 'await' && statement.range[0] === word[0]) return { construct: 'await', range: word };
        if (statement.k === 'yield' && name === 'yield' && statement.range[0] === word[0]) return { construct: async && generator ? 'yield in an async generator' : 'yield', range: word };
      }
    }
    return null;
  }
  if (name !== 'then' && name !== 'catch' && name !== 'finally') return null;
  return module.calls.some(({ callee, calleeRange }) => callee.k === 'get' && callee.name === name && calleeRange[1] === word[1]) ? { construct: name, range: word } : null;
}

function wordAt(text: string, offset: number): Range | null {
  let [start, end] = [offset, offset];
  while (start > 0 && /\w/.test(text[start - 1]!)) start--;
  while (end < text.length && /\w/.test(text[end]!)) end++;
  return start < end ? [start, end] : null;
}

/** Whether a word is `for` or `await` of the head of a loop over the range. */
function isHead(text: string, [start]: Range, [over]: Range): boolean {
  const head = text.slice(start, over).trimEnd();
  return start < over && head.endsWith('of') && !head.includes(';') && head.split(/\W+/).includes('await') && /^(?:for|await)\b/.test(head);
}

/** All statements, those inside of others included. */
function* flat(statements: readonly Statement[]): Generator<Statement> {
  const waiting = [...statements];
  for (let statement = waiting.pop(); statement; statement = waiting.pop()) {
    yield statement;
    for (const value of Object.values(statement)) {
      if (!Array.isArray(value)) continue;
      for (const item of value as unknown[]) {
        if (item !== null && typeof item === 'object' && 'k' in item) waiting.push(item as Statement);
        else if (item !== null && typeof item === 'object' && 'body' in item) waiting.push(...(item as { readonly body: readonly Statement[] }).body);
      }
    }
  }
}
