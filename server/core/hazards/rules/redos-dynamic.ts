import type { CallFacts, ModuleFacts, Value } from '../../facts/module-facts.ts';
import { clientInputOf, globalName } from '../../graph/client-input.ts';
import type { FunctionNode } from '../../graph/program-graph.ts';
import { reachOfInput } from '../client-input-reach.ts';
import type { Fix } from '../finding.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule, RuleContext } from '../rule.ts';

const texts = {
  regex: {
    en: '`{input}` becomes a regular expression in {entry}: a client can send one that takes exponential time, such as `(.*)*(.*)*x`, and hold up every other request, or one that throws. Escape it first ({escape}), or compare with `includes()`.',
    'zh-cn': '在 {entry} 中 `{input}` 被当作正则表达式：客户端可以发送耗时呈指数增长的表达式（如 `(.*)*(.*)*x`）使其他所有请求等待，或发送会抛出异常的表达式。请先转义（{escape}），或改用 `includes()` 比较。',
  },
  glob: {
    en: '`{input}` becomes a pattern of `{call}()` in {entry}: a client can send one with many stars that takes very long to match, and hold up every other request. Take patterns only from the program, or limit their length and number of stars.',
    'zh-cn': '在 {entry} 中 `{input}` 被当作 `{call}()` 的模式：客户端可以发送含有大量星号、匹配极慢的模式，使其他所有请求等待。请只使用程序自带的模式，或限制其长度和星号数量。',
  },
  builtin: { en: '`RegExp.escape()`', 'zh-cn': '用 `RegExp.escape()`' },
  library: { en: '`RegExp.escape()` from Node 24 on, `escapeRegExp()` of lodash', 'zh-cn': 'Node 24 起可用 `RegExp.escape()`，或 lodash 的 `escapeRegExp()`' },
  fix: { en: 'Escape it with RegExp.escape()', 'zh-cn': '用 RegExp.escape() 转义' },
} as const satisfies MessageTable;

/** Node 24 brought V8 13.6, which has `RegExp.escape()`. */
const nodeWithEscape = 24;

/** Functions of libraries that make an expression of an argument, and which. */
const globFunctions: readonly (readonly [name: RegExp, argument: number])[] = [
  [/^minimatch(?:\.(?:minimatch|match))?$/, 1],
  [/^minimatch(?:\.minimatch)?\.(?:Minimatch|makeRe|filter)$/, 0],
  [/^(?:picomatch|nanomatch|micromatch)\.(?:makeRe|matcher)$/, 0],
  [/^picomatch$/, 0],
  [/^(?:picomatch|micromatch|nanomatch)(?:\.(?:isMatch|match|some|every|any|all|contains))?$/, 1],
  [/^path-to-regexp(?:\.(?:pathToRegexp|match|parse|compile))?$/, 0],
];

const onRegex = /^(?:test|exec)$/;
const onText = /^(?:match|matchAll|replace|replaceAll|search|split)$/;
/** Methods that only texts have, or whose result is one. */
const ofText = /^(?:toLowerCase|toUpperCase|trim|toString|normalize|substring|padStart|padEnd|join)$/;

/**
 * Patterns that a client sends. Source: Node guide "Don't block the event loop" (REDOS); CWE-1333 and CWE-625; the README of
 * minimatch warns of patterns of users.
 */
export const rule: Rule = {
  meta: { id: 'redos-dynamic', category: 'cpu', defaultSeverity: 'warn', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    // It speaks of what requests reach only.
    if (!context.graph.hasEntry('request')) return;
    const { graph } = context;
    for (const file of context.files) {
      const module = graph.module(file);
      module.calls.forEach((call, index) => {
        const pattern = patternOf(context, file, module, call, index);
        if (pattern) report(context, graph.functionOf(file, call.fn), call, pattern);
      });
    }
  },
};

interface Pattern {
  readonly value: Value;
  readonly argument: number;
  readonly kind: 'regex' | 'glob';
}

function patternOf({ graph }: RuleContext, file: string, module: ModuleFacts, call: CallFacts, index: number): Pattern | null {
  const { callee, args } = call;
  const [first] = args;
  if (!first) return null;
  if (callee.k === 'global') return callee.name === 'RegExp' && first.k !== 'string' && isMatched(module, index) ? { value: first, argument: 0, kind: 'regex' } : null;
  if (callee.k === 'get' && /^(?:match|matchAll|search)$/.test(callee.name) && isText(module, callee.object)) return { value: first, argument: 0, kind: 'regex' };
  if (callee.k !== 'var' && callee.k !== 'get') return null;
  if (!/match|regexp|filter|makeRe/i.test(call.text)) return null;
  const name = globalName(graph, file, callee);
  const found = name === null ? undefined : globFunctions.find(([pattern]) => pattern.test(name));
  const value = found && args[found[1]];
  return value && value.k !== 'string' ? { value, argument: found[1], kind: 'glob' } : null;
}

/** Whether the expression is applied here. One that goes into the query of a database runs there. */
function isMatched(module: ModuleFacts, index: number): boolean {
  const variables = new Set(module.assignments.flatMap(item => (item.to === 'var' && isIt(item.value) ? [item.var] : [])));
  const isUsed = (value: Value | undefined): boolean => value !== undefined && (isIt(value) || (value.k === 'var' && variables.has(value.var)));
  return module.calls.some(({ callee, args }) => callee.k === 'get' && ((onRegex.test(callee.name) && isUsed(callee.object)) || (onText.test(callee.name) && isUsed(args[0]))));

  function isIt(value: Value): boolean {
    return (value.k === 'call' && value.call === index) || (value.k === 'union' && value.of.some(isIt));
  }
}

function isText(module: ModuleFacts, value: Value): boolean {
  if (value.k === 'string' || (value.k === 'derived' && !value.by)) return true;
  if (value.k !== 'call') return false;
  const { callee } = module.calls[value.call]!;
  return callee.k === 'global' ? callee.name === 'String' : callee.k === 'get' && ofText.test(callee.name);
}

function report(context: RuleContext, fn: FunctionNode, call: CallFacts, { value, argument, kind }: Pattern): void {
  const { graph, locale } = context;
  const input = clientInputOf(graph, fn, value, call.range[0], 'pattern');
  if (!input) return;
  const location = graph.locate(fn.file, call.range);
  const reach = reachOfInput(graph, input, { function: fn, location, label: `${call.text}()` });
  if (!reach) return;
  const builtin = (context.oldestNode(fn.file) ?? 0) >= nodeWithEscape;
  context.report({
    location,
    message: message(texts, kind, locale, { input: input.text, call: call.text, entry: reach.entry.label, escape: message(texts, builtin ? 'builtin' : 'library', locale) }),
    confidence: reach.confidence === 'certain' && input.calls.length > 0 ? 'likely' : reach.confidence,
    role: 'request',
    path: reach.path,
    fixes: kind === 'regex' && builtin ? escapeFix(context, fn.file, call, argument) : [],
    anchor: `${fn.displayName} ${call.text}`,
  });
}

function escapeFix({ graph, locale }: RuleContext, file: string, call: CallFacts, argument: number): readonly Fix[] {
  const [start, end] = call.argRanges[argument]!;
  const written = graph.text(file)?.slice(start, end);
  // In a template or a sum only a part of the pattern is the client's.
  if (written === undefined || !/^[\w$.?]+$/.test(written)) return [];
  return [{ title: message(texts, 'fix', locale), kind: 'suggestion', edits: [{ file, start, end, text: `RegExp.escape(${written})` }] }];
}
