import { clientInputOf, type ClientInput, type Use } from '../../graph/client-input.ts';
import type { FunctionNode } from '../../graph/program-graph.ts';
import type { CallFacts, LoopFacts, ModuleFacts, Range, Value } from '../../facts/module-facts.ts';
import { assignmentsTo, callsHanding, callsOn, memberCalls } from '../../facts/module-index.ts';
import { reachOfInput } from '../client-input-reach.ts';
import { countedLoop, loopPlace } from '../loop-bounds.ts';
import { message, type MessageTable } from '../messages.ts';
import { reportReached } from '../report-reached.ts';
import type { Rule, RuleContext } from '../rule.ts';

const texts = {
  loop: {
    en: '`{input}` decides how often this loop turns in {entry}: one client can hold up every other request for as long as it likes. Refuse numbers above a limit, or take `Math.min()` of it and a limit.',
    'zh-cn': '`{input}` 决定此循环在 {entry} 中执行的次数：一个客户端就能让其他所有请求一直等待。请拒绝超过上限的数值，或用 `Math.min()` 将其限制在上限之内。',
  },
  allocation: {
    en: '`{input}` decides how much `{call}()` makes in {entry}: one client can hold up every other request and use up the memory. Refuse numbers above a limit, or take `Math.min()` of it and a limit.',
    'zh-cn': '`{input}` 决定 `{call}()` 在 {entry} 中生成的数据量：一个客户端就能让其他所有请求等待并耗尽内存。请拒绝超过上限的数值，或用 `Math.min()` 将其限制在上限之内。',
  },
  nested: {
    en: 'Two nested passes over `{input}` in {entry}: the time grows with the square of a length that the client chooses, while every other request waits. Look items up in a `Set` or `Map`, or limit the length.',
    'zh-cn': '在 {entry} 中对 `{input}` 进行两层嵌套遍历：耗时随客户端决定的长度按平方增长，期间其他请求都必须等待。请改用 `Set` 或 `Map` 查找，或限制其长度。',
  },
  constant: { en: 'A loop of about {turns} turns', 'zh-cn': '一个约执行 {turns} 次的循环' },
  slice: {
    en: 'Move it to a worker thread, or let others run with `await setImmediate()` of `node:timers/promises` every few milliseconds.',
    'zh-cn': '请将其移到工作线程，或每隔几毫秒用 `node:timers/promises` 的 `await setImmediate()` 让出执行权。',
  },
} as const satisfies MessageTable;

/** Steps that take about ten milliseconds (an empty counting loop makes about 10^9 a second, a call costs some of them). */
const noticeableSteps = 1e7;
const stepsOfCall = 5;

const iterating: ReadonlySet<string> = new Set(['forEach', 'map', 'filter', 'some', 'every', 'find', 'findIndex', 'reduce', 'flatMap']);

/**
 * Loops whose number of turns a client chooses, and loops of very many turns. Source: Node guide "Don't block the event loop",
 * "How careful should you be?" and examples 2 and 3; CWE-834.
 */
export const rule: Rule = {
  meta: { id: 'cpu-loop-bound-by-input', category: 'cpu', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    // It speaks of what requests reach only.
    if (!context.graph.hasEntry('request')) return;
    const { graph } = context;
    for (const { loop, function: fn } of graph.loops(context.files)) {
      const module = graph.module(fn.file);
      const counted = countedLoop(module, loop);
      if (counted?.bound.value && counted.bound.constant === undefined) {
        reportInput(context, { fn, range: headOf(loop), value: counted.bound.value, at: loop.range[0], use: 'number', text: 'loop', code: `loop ${counted.bound.text}` });
      }
      if (counted?.turns) reportConstant(context, fn, loop, counted.turns, counted.calls);
      reportNested(context, fn, loop);
    }
    for (const file of context.files) {
      const module = graph.module(file);
      module.calls.forEach((call, index) => {
        const value = allocatedLength(module, call, index);
        if (value) reportInput(context, { fn: graph.functionOf(file, call.fn), range: call.range, value, at: call.range[0], use: 'number', text: 'allocation', code: call.text });
      });
    }
  },
};

interface Suspect {
  readonly fn: FunctionNode;
  readonly range: Range;
  readonly value: Value;
  readonly at: number;
  readonly use: Use;
  readonly text: 'loop' | 'allocation' | 'nested';
  readonly code: string;
}

function reportInput(context: RuleContext, { fn, range, value, at, use, text, code }: Suspect): void {
  const { graph, locale } = context;
  const input = clientInputOf(graph, fn, value, at, use);
  if (!input || input.size) return;
  reportReach(context, { fn, range, input, text, code, call: code, locale });
}

function reportReach({ graph, report }: RuleContext, { fn, range, input, text, code, call, locale }: { readonly fn: FunctionNode; readonly range: Range; readonly input: ClientInput; readonly text: Suspect['text']; readonly code: string; readonly call: string; readonly locale: RuleContext['locale'] }): void {
  const location = graph.locate(fn.file, range);
  const reach = reachOfInput(graph, input, { function: fn, location, label: text === 'allocation' ? `${call}()` : 'loop' });
  if (!reach) return;
  report({
    location,
    message: message(texts, text, locale, { input: input.text, entry: reach.entry.label, call }),
    confidence: reach.confidence === 'certain' && input.calls.length > 0 ? 'likely' : reach.confidence,
    role: 'request',
    path: reach.path,
    anchor: `${fn.displayName} ${code}`,
  });
}

/** The head of a loop: up to its test. */
function headOf(loop: LoopFacts): Range {
  return loop.testRange ?? loop.range;
}

function reportConstant(context: RuleContext, fn: FunctionNode, loop: LoopFacts, turns: number, calls: number): void {
  const { graph, locale } = context;
  const module = graph.module(fn.file);
  let total = turns;
  for (const statement of loopPlace(module, loop).around) {
    if (statement.k !== 'loop') continue;
    const outer = module.loops[statement.loop]!;
    // A loop around it that waits lets the others run.
    if (outer.yields) return;
    total *= countedLoop(module, outer)?.turns ?? 1;
  }
  const inner = loopPlace(module, loop).body.some(function isLonger(statement): boolean {
    return statement.k === 'loop' ? (countedLoop(module, module.loops[statement.loop]!)?.turns ?? 0) > 1 : statement.k === 'if' && [...statement.then, ...statement.otherwise].some(isLonger);
  });
  if (inner || total * (1 + stepsOfCall * calls) < noticeableSteps) return;
  const location = graph.locate(fn.file, headOf(loop));
  const reaches = graph.reaching(fn, ['request']).map(reach => ({ ...reach, path: [...reach.path, { location, label: 'loop' }] }));
  const what = message(texts, 'constant', locale, { turns: total === Infinity ? '∞' : total < 1e6 ? Math.round(total) : `10^${Math.floor(Math.log10(total))}` });
  reportReached(context, { location, function: fn, what, code: 'constant loop', advice: message(texts, 'slice', locale) }, reaches);
}

/** Two passes over one collection, one inside the other. */
function reportNested(context: RuleContext, fn: FunctionNode, loop: LoopFacts): void {
  const { graph, locale } = context;
  if (loop.yields) return;
  const module = graph.module(fn.file);
  const inner = passedOver(module, loop);
  // Through the parts of each item: all of them together are as long as the input.
  if (!inner || isPartOf(module, inner, itemsOf(module, fn, loop))) return;
  const around = outerPasses(context, fn, loop);
  if (around.length === 0) return;
  const input = clientInputOf(graph, fn, inner, loop.range[0], 'list');
  if (!input) return;
  const same = around.some(outer => {
    const other = clientInputOf(graph, outer.fn, outer.value, outer.at, 'list');
    return other?.text === input.text && other.function === input.function;
  });
  if (same && input.kind !== 'head') reportReach(context, { fn, range: loop.testRange ?? [loop.range[0], loop.range[0] + loop.kind.replace(/-.*/, '').length], input, text: 'nested', code: 'nested loops', call: '', locale });
}

/** Variables that hold an item of a pass around the loop: of the loops there, and the first parameter of the callbacks. */
function itemsOf(module: ModuleFacts, fn: FunctionNode, loop: LoopFacts): ReadonlySet<number> {
  const items = new Set<number>();
  const passed = loopPlace(module, loop).around.flatMap(statement => (statement.k === 'loop' ? [module.loops[statement.loop]!.over?.value] : []));
  for (const assignment of module.assignments) {
    const { value } = assignment;
    if (assignment.to === 'var' && value.k === 'get' && value.name === '*' && passed.some(of => of && JSON.stringify(of) === JSON.stringify(value.object))) items.add(assignment.var);
  }
  for (let index = fn.index; index > 0; index = module.functions[index]!.parent) {
    const [first] = module.functions[index]!.params;
    const of = callsHanding(module, index)[0];
    if (first !== undefined && first >= 0 && of?.callee.k === 'get' && /^(?:map|forEach|filter|flatMap|some|every|find|findIndex)$/.test(of.callee.name)) items.add(first);
  }
  return items;
}

/** Whether a value is one of the variables, a property of it, or made of it by calls. */
function isPartOf(module: ModuleFacts, value: Value, items: ReadonlySet<number>, depth = 0): boolean {
  if (depth > 6 || items.size === 0) return false;
  switch (value.k) {
    case 'var':
      return items.has(value.var) || assignmentsTo(module, value.var).some(assignment => isPartOf(module, assignment.value, items, depth + 1));
    case 'get':
      return isPartOf(module, value.object, items, depth + 1);
    case 'call': {
      const { callee, args } = module.calls[value.call]!;
      return [...(callee.k === 'get' ? [callee.object] : []), ...args].some(part => isPartOf(module, part, items, depth + 1));
    }
    case 'union':
    case 'derived':
      return value.of.some(part => isPartOf(module, part, items, depth + 1));
    default:
      return false;
  }
}

/** The collection that a loop goes through as a whole: `for (const item of items)`, `i < items.length`. */
function passedOver(module: ModuleFacts, loop: LoopFacts): Value | null {
  if (loop.kind === 'for-of') return loop.over?.value ?? null;
  const bound = loop.test && countedLoop(module, loop)?.bound.value;
  return bound?.k === 'get' && bound.name === 'length' ? bound.object : null;
}

function outerPasses({ graph }: RuleContext, fn: FunctionNode, loop: LoopFacts): readonly { readonly fn: FunctionNode; readonly value: Value; readonly at: number }[] {
  const module = graph.module(fn.file);
  const found: { fn: FunctionNode; value: Value; at: number }[] = [];
  for (const statement of loopPlace(module, loop).around) {
    if (statement.k !== 'loop') continue;
    const outer = module.loops[statement.loop]!;
    if (outer.yields) return [];
    const value = passedOver(module, outer);
    if (value) found.push({ fn, value, at: outer.range[0] });
  }
  // A callback of `items.forEach()` is the body of a pass too.
  if (!fn.facts.async) {
    for (const call of callsHanding(module, fn.index)) {
      if (call.callee.k === 'get' && iterating.has(call.callee.name)) found.push({ fn: graph.functionOf(fn.file, call.fn), value: call.callee.object, at: call.range[0] });
    }
  }
  return found;
}

/** The length that a call makes something of: `Array(n).fill()`, `Array.from({ length: n })`, `'x'.repeat(n)`, `padStart(n)`. */
function allocatedLength(module: ModuleFacts, call: CallFacts, index: number): Value | null {
  const { callee, args } = call;
  const [first] = args;
  if (!first) return null;
  if (callee.k === 'global' && callee.name === 'Array') return args.length === 1 && isFilled(module, index) ? first : null;
  if (callee.k !== 'get') return null;
  switch (callee.name) {
    case 'repeat':
    case 'padStart':
    case 'padEnd':
      return call.literalArgs[0] === null && (callee.name !== 'repeat' || args.length === 1) ? first : null;
    case 'from':
      if (callee.object.k !== 'global' || callee.object.name !== 'Array' || first.k !== 'obj') return null;
      return module.objects[first.obj]!.properties.find(({ name }) => name === 'length')?.value ?? null;
    default:
      return null;
  }
}

/** An array of holes costs nothing until something goes through them. */
function isFilled(module: ModuleFacts, index: number): boolean {
  const isIt = (value: Value): boolean => value.k === 'call' && value.call === index;
  return (
    callsOn(module, index).length > 0 || memberCalls(module, 'from').some(from => module.calls[from]!.args.some(isIt)) ||
    module.objects.some(({ array, properties }) => array && properties.some(({ value }) => value.k === 'get' && value.name === '*' && isIt(value.object)))
  );
}
