import type { Reference } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '../syntax/source-file.ts';
import { rangeOf, type Extraction } from './extraction.ts';
import type { LoopFacts } from './module-facts.ts';

export type Loop = TSESTree.ForStatement | TSESTree.ForInStatement | TSESTree.ForOfStatement | TSESTree.WhileStatement | TSESTree.DoWhileStatement;

const kinds = { ForStatement: 'for', ForInStatement: 'for-in', ForOfStatement: 'for-of', WhileStatement: 'while', DoWhileStatement: 'do-while' } as const;

/** What a loop waits for, and whether it lets the event loop run meanwhile. */
export function loopFacts(extraction: Extraction, node: Loop): Omit<LoopFacts, 'test' | 'over'> {
  const test = 'test' in node ? node.test : null;
  const yields = (node.type === 'ForOfStatement' && node.await) || containsOwn(node.body, inner => inner.type === 'AwaitExpression' || inner.type === 'YieldExpression' || (inner.type === 'ForOfStatement' && inner.await)) || (test !== null && containsOwn(test, inner => inner.type === 'AwaitExpression' || inner.type === 'YieldExpression'));
  const waiting = test && !yields && node.type !== 'ForInStatement' && node.type !== 'ForOfStatement' ? waitsFor(extraction, node, test) : null;
  return {
    fn: extraction.place.fn,
    range: rangeOf(node),
    testRange: test ? rangeOf(test) : null,
    kind: kinds[node.type],
    busyWait: waiting ? waiting.kind : null,
    flag: waiting?.kind === 'flag' ? waiting.name : null,
    yields,
  };
}

function waitsFor(extraction: Extraction, node: TSESTree.ForStatement | TSESTree.WhileStatement | TSESTree.DoWhileStatement, test: TSESTree.Expression): { kind: 'clock' } | { kind: 'flag'; name: string } | null {
  const { text } = extraction.source;
  // A loop that does work per turn and merely stops at a deadline is a time slice, not a wait.
  if (readsClock(text.slice(...test.range))) return doesNothing(node.body, text) ? { kind: 'clock' } : null;
  const names = flagNames(test);
  if (names === null || names.length === 0 || containsOwn(node.body, leavesLoop) || callsSomething(test)) return null;
  for (const identifier of names) {
    const variable = extraction.bindings.get(identifier);
    if (!variable || variable.defs.length === 0) return null;
    const writes = variable.references.filter(reference => reference.isWrite() && !reference.init);
    // Nodes have no parents here; the scope of a write tells its function.
    const functionOf = (write: Reference): TSESTree.Node => write.from.variableScope.block;
    if (writes.some(write => isWithin(write.identifier, node) && !isWithin(functionOf(write), node))) return null;
    // Somebody else has to set it: a function that the loop is not part of.
    if (!writes.some(write => !isWithin(node, functionOf(write)))) return null;
  }
  // A call in the body could change the flag synchronously.
  return callsSomething(node.body) ? null : { kind: 'flag', name: names[0]!.name };
}

function isWithin(inner: TSESTree.Node, outer: TSESTree.Node): boolean {
  return inner.range[0] >= outer.range[0] && inner.range[1] <= outer.range[1];
}

function isFunction(node: TSESTree.Node): boolean {
  return node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression';
}

function readsClock(text: string): boolean {
  return /\b(Date\.now\(\)|performance\.now\(\)|process\.hrtime\b|process\.uptime\(\)|new Date\(\))/.test(text);
}

function doesNothing(body: TSESTree.Statement, text: string): boolean {
  if (body.type === 'EmptyStatement') return true;
  if (body.type === 'BlockStatement') return body.body.every(statement => doesNothing(statement, text));
  // Counting, or reading the clock into a variable, is still only waiting.
  if (body.type === 'ExpressionStatement') {
    const { expression } = body;
    if (expression.type === 'UpdateExpression') return true;
    if (expression.type === 'AssignmentExpression') return readsClock(text.slice(...expression.right.range)) || !containsOwn(expression.right, inner => inner.type === 'CallExpression' || inner.type === 'NewExpression');
    if (expression.type === 'CallExpression') return /^Math\.\w+$/.test(text.slice(...expression.callee.range));
  }
  return false;
}

/** Identifiers of a test that reads nothing but variables: `!done`, `a || !b`, `running === true`; null for any other. */
function flagNames(test: TSESTree.Node): TSESTree.Identifier[] | null {
  switch (test.type) {
    case 'Identifier':
      return [test];
    case 'Literal':
      return [];
    case 'UnaryExpression':
      return flagNames(test.argument);
    case 'LogicalExpression':
    case 'BinaryExpression': {
      const left = flagNames(test.left);
      const right = flagNames(test.right);
      return left && right ? [...left, ...right] : null;
    }
    default:
      return null;
  }
}

function leavesLoop(node: TSESTree.Node): boolean {
  return node.type === 'BreakStatement' || node.type === 'ReturnStatement' || node.type === 'ThrowStatement';
}

function callsSomething(node: TSESTree.Node): boolean {
  return containsOwn(node, inner => inner.type === 'CallExpression' || inner.type === 'NewExpression' || inner.type === 'TaggedTemplateExpression');
}

/** True where the node or something in it matches, nested functions left out. */
export function containsOwn(node: TSESTree.Node, matches: (node: TSESTree.Node) => boolean): boolean {
  if (matches(node)) return true;
  if (isFunction(node)) return false;
  for (const key in node) {
    if (key === 'parent' || key === 'loc' || key === 'range') continue;
    const child = (node as unknown as Record<string, unknown>)[key];
    if (Array.isArray(child)) {
      for (const item of child) if (isNode(item) && containsOwn(item, matches)) return true;
    } else if (isNode(child) && containsOwn(child, matches)) return true;
  }
  return false;
}

function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}
