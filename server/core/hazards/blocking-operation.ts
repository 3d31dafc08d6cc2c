import type { CallFacts, Value } from '../facts/module-facts.ts';
import type { Operation, ProgramGraph, Reach } from '../graph/program-graph.ts';
import type { BlockingKind } from '../node/api.ts';
import { costOf, type Cost } from '../node/costs.ts';
import type { Severity } from './finding.ts';
import { awaitFix } from './fix/await-fix.ts';
import { inLoops } from './impact.ts';
import { message, sentences, type MessageTable, type Text } from './messages.ts';
import { isAllowed, callOptionsSchema, rolesToCheck } from './options.ts';
import { reportReached } from './report-reached.ts';
import type { Rule, RuleContext } from './rule.ts';

/** Texts about operations, shared by the rules that report them. */
export const operationTexts = {
  instead: { en: 'Use {alternative} instead.', 'zh-cn': '请改用 {alternative}。' },
} as const satisfies MessageTable;

/** A rule about the calls of one kind of blocking API. */
export interface BlockingRule {
  readonly id: string;
  readonly kind: BlockingKind;
  readonly severity: Severity;
  readonly fix: 'safe' | 'suggestion' | 'none';
  readonly since: string;
  /** What to do where no asynchronous form is known. */
  readonly advice: Text;
  /** Said after the advice, for some of the operations. */
  readonly remarks?: readonly { readonly when: (operation: Operation) => boolean; readonly text: Text }[];
  /** Too little work to be worth a word. */
  readonly harmless?: (operation: Operation, graph: ProgramGraph) => boolean;
  /** Whether this way there is taken once for something that stays. */
  readonly isSetUp?: (operation: Operation, reach: Reach, graph: ProgramGraph) => boolean;
  /** Little work: a hint at most. */
  readonly minor?: (operation: Operation) => boolean;
}

/** Makes the rule that reports each such call that serving code reaches, once, at the call. */
export function blockingRule(description: BlockingRule): Rule {
  const texts: MessageTable = { advice: description.advice, ...Object.fromEntries((description.remarks ?? []).map(({ text }, index) => [`remark${index}`, text])) };
  return {
    meta: { id: description.id, category: 'blocking', defaultSeverity: description.severity, fix: description.fix, since: description.since, options: callOptionsSchema },
    texts,
    check(context) {
      for (const operation of context.graph.blocking(description.kind, context.files)) if (blocks(operation, context.graph)) checkOperation(context, description, operation);
    },
  };
}

function checkOperation(context: RuleContext, description: BlockingRule, operation: Operation): void {
  const { graph, locale } = context;
  const options = context.optionsFor(operation.location.file);
  if (description.harmless?.(operation, graph) || isAllowed(options, operation)) return;
  const alternative = operation.api.asyncAlternative;
  const advice = [
    alternative ? message(operationTexts, 'instead', locale, { alternative: `\`${apiName(alternative.module, alternative.member)}()\`` }) : description.advice[locale],
    ...(description.remarks ?? []).filter(({ when }) => when(operation)).map(({ text }) => text[locale]),
  ];
  reportReached(
    context,
    {
      location: operation.location,
      function: operation.function,
      what: `\`${operation.call.new ? 'new ' : ''}${operation.name}()\``,
      code: operation.call.text,
      advice: sentences(locale, advice),
      ...(description.minor?.(operation) && { atMost: 'info' }),
      cost: costOfCall(graph, operation),
      fixes: () => {
        const fix = description.fix === 'none' ? null : awaitFix(graph, operation, locale);
        return fix ? [fix] : [];
      },
    },
    graph.reachingOperation(operation, rolesToCheck(options)).map(reach => (description.isSetUp?.(operation, reach, graph) ? { ...reach, confidence: 'possible' } : reach)),
  );
}

/** What the call costs, with the constants that stand in it and the loops around it. */
function costOfCall(graph: ProgramGraph, { api, call, location }: Operation): Cost | null {
  const { variables } = graph.module(location.file);
  const constants = call.args.map((arg, position) => call.literalArgs[position] ?? (arg.k === 'var' ? variables[arg.var]!.constant : arg.k === 'string' ? arg.value : undefined));
  const cost = costOf(api, constants);
  return cost && inLoops(cost, call.loopDepth);
}

/** Whether this call of a blocking API blocks: some do so only without a callback, or with an option. */
function blocks({ api, call, location }: Operation, graph: ProgramGraph): boolean {
  if (!api.blocking) return false;
  if ((api.blockingWithoutCallback || api.blockingWhen) && call.args.some(arg => arg.k === 'fn')) return false;
  if (!api.blockingWhen) return true;
  const { property, is, default: byDefault } = api.blockingWhen;
  return (literalOption(call, graph.text(location.file), property) ?? byDefault) === is;
}

/** `true` or `false` of a property of an object literal among the arguments, null where none is written. */
function literalOption(call: CallFacts, text: string | null, property: string): boolean | null {
  for (const [index, arg] of call.args.entries()) {
    if (arg.k !== 'obj' || text === null) continue;
    const written = new RegExp(`\\b${property}['"]?\\s*:\\s*(true|false)\\b`).exec(text.slice(...call.argRanges[index]!));
    if (written) return written[1] === 'true';
  }
  return null;
}

/** The name of a member for people: `fs.promises.readFile`, `fast-glob`. */
export function apiName(module: string, member: string): string {
  const path = member.replace(/^#/, '').replaceAll('#', '.');
  return path === '' ? module : module === 'globals' ? path : `${module}.${path}`;
}

/** The call whose result a value is, if it is one of the same file. */
export function callOf(graph: ProgramGraph, file: string, value: Value | undefined): CallFacts | null {
  return value?.k === 'call' ? graph.module(file).calls[value.call]! : null;
}
