import type { TSESTree } from '../syntax/source-file.ts';
import { at, keyName, rangeOf, variableOf, type Extraction } from './extraction.ts';
import { evaluate } from './expressions.ts';
import type { Condition, Constant, Statement, Term, Value } from './module-facts.ts';
import { noteCondition } from './uses.ts';

const termLength = 80;

/** What `visit` evaluates, as a block of its own. */
export function inBlock(extraction: Extraction, visit: () => void): Statement[] {
  const body: Statement[] = [];
  at(extraction, { body }, visit);
  return body;
}

/** Evaluates a condition (its statements go to the current block) and says what it asks. */
export function evaluateTest(extraction: Extraction, test: TSESTree.Node, onValue?: (value: Value | null) => void): Condition {
  return withValues(extraction, values => {
    const value = evaluate(extraction, test);
    noteCondition(extraction, test);
    onValue?.(value);
    return conditionOf(extraction, test, values);
  });
}

/** Evaluates an expression and says what stands there. */
export function evaluateTerm(extraction: Extraction, node: TSESTree.Node): Term {
  return termOf(extraction, node, evaluate(extraction, node));
}

function withValues<T>(extraction: Extraction, visit: (values: ReadonlyMap<TSESTree.Node, Value | null>) => T): T {
  const saved = extraction.values;
  // A condition inside a condition (`a && b` in `if (a && b)`) is evaluated once, and the outer one asks for its parts too.
  const values = saved ?? new Map<TSESTree.Node, Value | null>();
  extraction.values = values;
  try {
    return visit(values);
  } finally {
    extraction.values = saved;
  }
}

function conditionOf(extraction: Extraction, test: TSESTree.Node, values: ReadonlyMap<TSESTree.Node, Value | null>): Condition {
  switch (test.type) {
    case 'UnaryExpression':
      if (test.operator === '!') return { k: 'not', of: conditionOf(extraction, test.argument, values) };
      break;
    case 'LogicalExpression':
      if (test.operator !== '??') return { k: test.operator === '&&' ? 'and' : 'or', left: conditionOf(extraction, test.left, values), right: conditionOf(extraction, test.right, values) };
      break;
    case 'BinaryExpression':
      return { k: 'compare', operator: test.operator, left: termOf(extraction, test.left, values.get(test.left) ?? null), right: termOf(extraction, test.right, values.get(test.right) ?? null) };
  }
  return { k: 'truthy', of: termOf(extraction, test, values.get(test) ?? null) };
}

/** The term of an expression that has been evaluated to `value`. */
export function termOf(extraction: Extraction, node: TSESTree.Node, value: Value | null): Term {
  const constant = constantOf(extraction, node);
  const text = extraction.source.text.slice(node.range[0], Math.min(node.range[1], node.range[0] + 4 * termLength)).replace(/\s+/g, ' ').slice(0, termLength);
  return constant === undefined ? { value, text } : { value, constant, text };
}

/** Writes down that a place, or each place of a pattern, gets a value. */
export function pushWrites(extraction: Extraction, target: TSESTree.Node, write: { readonly operator: string; readonly term: Term | null; readonly declares: boolean }): void {
  switch (target.type) {
    case 'ObjectPattern':
      for (const property of target.properties) pushWrites(extraction, property.type === 'RestElement' ? property.argument : property.value, { ...write, term: null });
      return;
    case 'ArrayPattern':
      for (const element of target.elements) if (element) pushWrites(extraction, element, { ...write, term: null });
      return;
    case 'AssignmentPattern':
      pushWrites(extraction, target.left, write);
      return;
    case 'RestElement':
      pushWrites(extraction, target.argument, write);
      return;
    default:
      extraction.place.body.push({ k: 'write', target: placeValue(extraction, target), ...write, range: rangeOf(target) });
  }
}

/** The value that stands for a variable or property, without evaluating anything. */
function placeValue(extraction: Extraction, node: TSESTree.Node): Value | null {
  switch (node.type) {
    case 'Identifier': {
      const variable = variableOf(extraction, node);
      return variable >= 0 ? { k: 'var', var: variable } : { k: 'global', name: node.name };
    }
    case 'ThisExpression':
      return { k: 'this', fn: extraction.place.thisFn };
    case 'MemberExpression': {
      const object = placeValue(extraction, node.object);
      return object && { k: 'get', object, name: keyName(node.property, node.computed) };
    }
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'TSTypeAssertion':
    case 'ChainExpression':
      return placeValue(extraction, node.expression);
    default:
      return null;
  }
}

/** What an expression of literals, operators and constants of this file amounts to; `undefined` where it is not constant. */
export function constantOf(extraction: Extraction, node: TSESTree.Node): Constant | undefined {
  switch (node.type) {
    case 'Literal':
      return node.value === null || typeof node.value === 'string' || typeof node.value === 'number' || typeof node.value === 'boolean' ? node.value : undefined;
    case 'TemplateLiteral':
      return node.expressions.length === 0 ? (node.quasis[0]?.value.cooked ?? undefined) : undefined;
    case 'TaggedTemplateExpression':
      return node.quasi.expressions.length === 0 && extraction.source.text.slice(...node.tag.range) === 'String.raw' ? node.quasi.quasis[0]?.value.raw : undefined;
    case 'Identifier': {
      const variable = variableOf(extraction, node);
      if (variable >= 0) return extraction.variables[variable]!.constant;
      return node.name === 'Infinity' ? Infinity : node.name === 'NaN' ? NaN : undefined;
    }
    case 'MemberExpression':
      return { 'Number.MAX_SAFE_INTEGER': Number.MAX_SAFE_INTEGER, 'Number.MAX_VALUE': Number.MAX_VALUE, 'Number.POSITIVE_INFINITY': Infinity }[extraction.source.text.slice(...node.range)];
    case 'UnaryExpression': {
      const argument = constantOf(extraction, node.argument);
      if (argument === undefined) return undefined;
      if (node.operator === '!') return !argument;
      return typeof argument !== 'number' ? undefined : node.operator === '-' ? -argument : node.operator === '+' ? argument : node.operator === '~' ? ~argument : undefined;
    }
    case 'BinaryExpression': {
      const left = constantOf(extraction, node.left);
      const right = left === undefined ? undefined : constantOf(extraction, node.right);
      if (typeof left === 'string' && typeof right === 'string' && node.operator === '+') return left + right;
      return typeof left === 'number' && typeof right === 'number' ? arithmetic(node.operator, left, right) : undefined;
    }
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
      return constantOf(extraction, node.expression);
    default:
      return undefined;
  }
}

function arithmetic(operator: string, left: number, right: number): number | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '**':
      return left ** right;
    case '<<':
      return left << right;
    case '>>':
      return left >> right;
    case '>>>':
      return left >>> right;
    case '|':
      return left | right;
    case '&':
      return left & right;
    default:
      return undefined;
  }
}
