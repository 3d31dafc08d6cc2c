import type { CallFacts, RegexFacts, Value } from '../../facts/module-facts.ts';
import { clientInputOf, type ClientInput } from '../../graph/client-input.ts';
import type { FunctionNode } from '../../graph/program-graph.ts';
import { accessOf, isLimited } from '../../graph/value-limits.ts';
import type { InputKind } from '../../node/registration.ts';
import { reachOfInput } from '../client-input-reach.ts';
import type { Fix } from '../finding.ts';
import { message, sentences, type MessageTable } from '../messages.ts';
import { worstReach } from '../reach-ranking.ts';
import { mayBeExponential, regexCost, type RegexCost } from '../regex-analysis.ts';
import type { Rule, RuleContext } from '../rule.ts';

const texts = {
  exponential: {
    en: '`{regex}` takes exponential time: a few dozen `{character}` in a row can keep every other request waiting for seconds, since `{quantifier}` repeats a repetition.',
    'zh-cn': '`{regex}` 的匹配耗时呈指数增长：连续几十个 `{character}` 就可能让其他所有请求等待数秒，因为 `{quantifier}` 是对重复的再次重复。',
  },
  polynomial: {
    en: '`{regex}` takes time that grows with the {power} of the length, because of `{quantifier}`: {size} of `{character}` hold up every other request for {time}.',
    'zh-cn': '由于 `{quantifier}`，`{regex}` 的匹配耗时随长度按{power}增长：{size} 的 `{character}` 会让其他所有请求等待{time}。',
  },
  input: { en: '{entry} applies it to `{input}`, which the client sends.', 'zh-cn': '{entry} 将它用于客户端发送的 `{input}`。' },
  unknown: { en: '{entry} reaches it.', 'zh-cn': '{entry} 可到达此处。' },
  shorten: { en: 'Refuse long texts first, or rewrite it so that no two repetitions can take the same characters.', 'zh-cn': '请先拒绝过长的文本，或改写表达式，使任意两处重复不会匹配相同的字符。' },
  fix: { en: 'Replace it by {fixed}', 'zh-cn': '替换为 {fixed}' },
  square: { en: 'square', 'zh-cn': '平方' },
  cube: { en: 'cube', 'zh-cn': '立方' },
  seconds: { en: 'about {count} s', 'zh-cn': '约 {count} 秒' },
  hours: { en: 'hours', 'zh-cn': '数小时' },
} as const satisfies MessageTable;

/** How long a text from there can be: Node's maxHeaderSize, the default limit of `express.json()`, and a message taken to be as long. */
const lengths: Readonly<Record<InputKind, { readonly characters: number; readonly text: string }>> = {
  head: { characters: 16 * 1024, text: '16 KiB' },
  body: { characters: 100_000, text: '100 KB' },
  message: { characters: 100_000, text: '100 KB' },
};

/** Measured with Node 20: `\s+$` needs 1.7 s for 40,000 spaces, which are 8 * 10^8 steps. */
const secondsPerStep = 2e-9;

/** An exponential expression is slow with this many characters already. */
const shortEnough = 30;

/**
 * Regular expressions that a client can make slow. Source: Node guide "Don't block the event loop" (REDOS); CWE-1333. The analysis
 * is that of scslre; who can reach the expression with what is ours.
 */
export const rule: Rule = {
  meta: { id: 'redos-literal', category: 'cpu', defaultSeverity: 'error', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    // It speaks of what requests reach only.
    if (!context.graph.hasEntry('request')) return;
    const { graph } = context;
    for (const file of context.files) {
      for (const call of graph.module(file).calls) {
        // Of several expressions that the place can hold the worst is told.
        const applied = [...appliedRegexes(context, file, call)].sort((a, b) => Number(mayBeExponential(b.regex.source)) - Number(mayBeExponential(a.regex.source)));
        applied.some(({ regex, file: place, subject }) => check(context, graph.functionOf(file, call.fn), call, regex, place, subject));
      }
    }
  },
};

const onRegex: ReadonlySet<string> = new Set(['test', 'exec']);
const onText: ReadonlySet<string> = new Set(['match', 'matchAll', 'replace', 'replaceAll', 'search', 'split']);

/** The regular expressions that a call can apply, and to what. */
function appliedRegexes({ graph }: RuleContext, file: string, { callee, args }: CallFacts): readonly { readonly regex: RegexFacts; readonly file: string; readonly subject: Value }[] {
  const [first] = args;
  if (callee.k !== 'get' || !first) return [];
  const [pattern, subject] = onRegex.has(callee.name) ? [callee.object, first] : onText.has(callee.name) ? [first, callee.object] : [];
  if (!pattern || !subject || subject.k === 'string') return [];
  if (pattern.k === 'regex') return [{ regex: graph.module(file).regexes[pattern.regex]!, file, subject }];
  if (pattern.k !== 'var' && pattern.k !== 'get') return [];
  return graph.meaningsOf(file, pattern).flatMap(item => (item.k === 'regex' ? [{ regex: graph.module(item.file).regexes[item.regex]!, file: item.file, subject }] : []));
}

/** Whether there was something to report. */
function check(context: RuleContext, fn: FunctionNode, call: CallFacts, regex: RegexFacts, file: string, subject: Value): boolean {
  const { graph } = context;
  const exponential = mayBeExponential(regex.source);
  const at = call.range[0];
  const input = clientInputOf(graph, fn, subject, at, 'text', exponential ? shortEnough : undefined);
  if (!input && (!exponential || isKnownToBeShort(context, fn, subject, at))) return false;
  const cost = regexCost(regex.source, regex.flags);
  if (!cost) return false;
  const length = input ? lengths[input.kind] : null;
  // Within a request's head trying each position anew costs a quarter of a second at most.
  if (cost.growth !== 'exponential' && (!input || !length || (cost.byMove && input.kind === 'head'))) return false;
  // A limit that is too long for the exponential is short enough for all others.
  if (input && exponential && cost.growth !== 'exponential' && !clientInputOf(graph, fn, subject, at, 'text')) return false;
  return report(context, { fn, call, regex, file, cost, input });
}

/** A constant, a client's text that is checked, or another one that is. */
function isKnownToBeShort({ graph }: RuleContext, fn: FunctionNode, subject: Value, at: number): boolean {
  const module = graph.module(fn.file);
  if (subject.k === 'var' && module.variables[subject.var]!.constant !== undefined) return true;
  const access = accessOf(subject);
  if (access && isLimited({ module, fn: fn.index, at }, access, shortEnough)) return true;
  return clientInputOf(graph, fn, subject, at, 'anything') !== null;
}

interface Found {
  readonly fn: FunctionNode;
  readonly call: CallFacts;
  readonly regex: RegexFacts;
  readonly file: string;
  readonly cost: RegexCost;
  readonly input: ClientInput | null;
}

function report(context: RuleContext, { fn, call, regex, file, cost, input }: Found): boolean {
  const { graph, locale } = context;
  const location = graph.locate(fn.file, call.range);
  const label = `${call.text}()`;
  const ranked = input ? null : worstReach(graph, graph.reaching(fn, ['request']))?.worst;
  const reach = input ? reachOfInput(graph, input, { function: fn, location, label }) : ranked && { ...ranked.reach, confidence: ranked.confidence, path: [...ranked.reach.path, { location, label }] };
  if (!reach) return false;
  const entry = reach.entry.label;
  context.report({
    location,
    message: sentences(locale, [costText(context, regex, cost, input), input ? message(texts, 'input', locale, { entry, input: input.text }) : message(texts, 'unknown', locale, { entry }), message(texts, 'shorten', locale)]),
    confidence: !input || input.calls.length > 0 ? milderConfidence(reach.confidence) : reach.confidence,
    role: 'request',
    path: reach.path,
    fixes: fixesOf(context, file, regex, cost),
    atMost: cost.growth === 'exponential' && input ? 'error' : 'warn',
    anchor: `${fn.displayName} ${regex.source}`,
  });
  return true;
}

function milderConfidence(confidence: 'certain' | 'likely' | 'possible'): 'likely' | 'possible' {
  return confidence === 'certain' ? 'likely' : confidence;
}

function costText({ locale }: RuleContext, regex: RegexFacts, { growth, character, quantifier }: RegexCost, input: ClientInput | null): string {
  const args = { regex: shortened(`/${regex.source}/${regex.flags}`), character: visible(character), quantifier: shortened(quantifier) };
  if (growth === 'exponential' || !input) return message(texts, 'exponential', locale, args);
  const { characters, text } = lengths[input.kind];
  const seconds = secondsPerStep * (growth === 2 ? characters ** 2 / 2 : characters ** 3 / 6);
  const time = seconds < 3600 ? message(texts, 'seconds', locale, { count: seconds < 1 ? seconds.toFixed(1) : Math.round(seconds) }) : message(texts, 'hours', locale);
  return message(texts, 'polynomial', locale, { ...args, power: message(texts, growth === 2 ? 'square' : 'cube', locale), size: text, time });
}

function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}

function visible(character: string): string {
  return character === ' ' ? '␠' : JSON.stringify(character).slice(1, -1);
}

function fixesOf({ graph, locale }: RuleContext, file: string, { range }: RegexFacts, { fixed }: RegexCost): readonly Fix[] {
  const text = graph.text(file);
  // Only a literal can be replaced by one.
  if (!fixed || text?.[range[0]] !== '/') return [];
  return [{ title: message(texts, 'fix', locale, { fixed }), kind: 'suggestion', edits: [{ file, start: range[0], end: range[1], text: fixed }] }];
}
