import type { ModuleFacts, Value } from '../../facts/module-facts.ts';
import { callIndicesIn, callsIn, functionsWithin } from '../../facts/module-index.ts';
import { statementsOf } from '../../facts/walk-statements.ts';
import type { FunctionNode, ProgramGraph } from '../../graph/program-graph.ts';
import type { Fix } from '../finding.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { placeOfCall } from '../scheduling-calls.ts';

const texts = {
  zalgo: {
    en: '`{name}` is called before `{fn}()` has returned here, and after it in other cases ({later}): whoever calls it has to be right for both orders. Call it in `process.nextTick()`.',
    'zh-cn': '此处 `{name}` 在 `{fn}()` 返回之前被调用，而在其他情况下（{later}）则在返回之后：调用者必须同时适应两种顺序。请在 `process.nextTick()` 中调用它。',
  },
  fix: { en: 'Call it on the next tick', 'zh-cn': '在下一个 tick 中调用' },
} as const satisfies MessageTable;

/** Source: Node docs, process.nextTick ("APIs to be either 100% synchronous or 100% asynchronous"). */
export const rule: Rule = {
  meta: { id: 'inconsistently-async-callback', category: 'scheduling', defaultSeverity: 'warn', fix: 'safe', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const file of context.files) {
      const module = graph.module(file);
      for (const [index, facts] of module.functions.entries()) {
        if (facts.async || facts.generator || facts.kind === 'constructor') continue;
        const variable = facts.params.at(-1);
        if (variable === undefined || variable < 0 || !/^(?:cb|callback|done|next|fn|on[A-Z]\w*)$/i.test(module.variables[variable]!.name)) continue;
        const fn = graph.functionOf(file, index);
        // What a framework calls has its own contract: a middleware may go on at once.
        if (graph.entriesOf(fn).length > 0 || facts.params.length > 2 && /^(?:req|request|ctx)$/.test(facts.paramNames[0]!)) continue;
        if (isHandedOut(graph, fn)) continue;
        const later = calledLater(graph, module, fn, variable);
        if (later === null) continue;
        const isLast = isAlwaysLast(graph, fn);
        for (const { statement } of statementsOf(facts.body)) {
          const call = statement.k === 'call' ? module.calls[statement.call]! : null;
          if (!call || !isVariable(call.callee, variable) || !givesResult(module, call.args)) continue;
          const name = module.variables[variable]!.name;
          context.report({
            location: graph.locate(file, call.range),
            message: message(texts, 'zalgo', locale, { name, fn: fn.displayName, later }),
            confidence: isLast ? 'possible' : 'likely',
            role: 'startup',
            fixes: fixes(context, file, call.calleeRange, call.argRanges.length),
            anchor: `${fn.displayName} ${name}`,
          });
        }
      }
    }
  },
};

/** Whether every caller is known, and none goes on after the call: then either order is the same to them. */
function isAlwaysLast(graph: ProgramGraph, fn: FunctionNode): boolean {
  const uses = graph.callsInto(fn);
  return (
    uses.length > 0 &&
    uses.every(({ kind, call, from }) => {
      const place = kind === 'call' ? placeOfCall(from.facts.body, graph.module(from.file).calls.indexOf(call)) : null;
      return place !== null && place.around.every(({ k }) => k !== 'loop') && place.after.every(({ k }) => k === 'return' || k === 'drop');
    })
  );
}

/** Whether code outside of the program calls the function and hands it the callback: what that one takes is its own business, and the libraries that do so take both. */
function isHandedOut(graph: ProgramGraph, fn: FunctionNode): boolean {
  return graph.callsInto(fn).some(({ kind, call, from }) => kind === 'callback' && !graph.meaningsOf(from.file, call.callee).some(meaning => meaning.k === 'function'));
}

const isVariable = (value: Value, variable: number): boolean => value.k === 'var' && value.var === variable;

/** The operation behind which the callback is called: it is its callback, or is called in it; null where there is none. */
function calledLater(graph: ProgramGraph, module: ModuleFacts, { file, index: outer }: FunctionNode, variable: number): string | null {
  if (outer === 0) return null;
  for (const index of functionsWithin(module, outer).flatMap(inside => callIndicesIn(module, inside)).sort((a, b) => a - b)) {
    const call = module.calls[index]!;
    const callback = graph.operationAt(file, index)?.api.callback;
    if (!callback?.runsIn || callback.runsIn === 'sync') continue;
    const handed = call.args[callback.position < 0 ? call.args.length + callback.position : callback.position];
    if (!handed) continue;
    if (isVariable(handed, variable) && call.fn === outer && callback.runsIn === 'poll') return `${call.text}()`;
    if (handed.k === 'fn' && functionsWithin(module, handed.fn).some(inside => callsIn(module, inside).some(inner => isVariable(inner.callee, variable)))) return `${call.text}()`;
  }
  return null;
}

/** A result, not an error: arguments that are wrong may be told at once. */
function givesResult(module: ModuleFacts, args: readonly Value[]): boolean {
  const [first] = args;
  if (!first) return true;
  if (first.k === 'var') return !/^(?:e|er|err|error|ex|reason)\d?$|Error$/.test(module.variables[first.var]!.name);
  if (first.k === 'call') return !(module.calls[first.call]!.new || /error/i.test(module.calls[first.call]!.text));
  return first.k !== 'string';
}

function fixes({ graph, locale }: RuleContext, file: string, [start, end]: readonly [number, number], args: number): Fix[] {
  const text = graph.text(file);
  if (text === null) return [];
  const open = text.indexOf('(', end);
  return [{ title: message(texts, 'fix', locale), kind: 'safe', edits: [{ file, start, end: open + 1, text: `process.nextTick(${text.slice(start, end)}${args > 0 ? ', ' : ''}` }] }];
}
