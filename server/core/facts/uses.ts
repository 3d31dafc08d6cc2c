import type { TSESTree } from '../syntax/source-file.ts';
import { rangeOf, variableOf, type Extraction } from './extraction.ts';
import type { UseFacts } from './module-facts.ts';

/** Writes down that the result of a call, or a variable that holds one, is used in a way that a promise would not survive. */
export function noteUse(extraction: Extraction, node: TSESTree.Node, as: UseFacts['as'], name?: string): void {
  const used = bare(node);
  const value = usedValue(extraction, used);
  if (value) extraction.uses.push({ value, as, ...(name !== undefined && { name }), fn: extraction.place.fn, range: rangeOf(used) });
}

function usedValue(extraction: Extraction, node: TSESTree.Node): UseFacts['value'] | null {
  if (node.type === 'CallExpression') {
    const call = extraction.callIndex.get(node);
    return call === undefined ? null : { k: 'call', call };
  }
  if (node.type !== 'Identifier') return null;
  const variable = variableOf(extraction, node);
  return extraction.callHolders.has(variable) ? { k: 'var', var: variable } : null;
}

/** What a condition decides by; what is left of `&&` and `||`, and behind `!`, is noted where those are evaluated. */
export function noteCondition(extraction: Extraction, test: TSESTree.Node): void {
  const node = bare(test);
  if (node.type === 'LogicalExpression') noteCondition(extraction, node.right);
  else noteUse(extraction, node, 'condition');
}

/** Remembers a variable that is declared with the result of a call. */
export function noteHolder(extraction: Extraction, id: TSESTree.Node, init: TSESTree.Node): void {
  if (id.type !== 'Identifier' || bare(init).type !== 'CallExpression') return;
  const variable = variableOf(extraction, id);
  // A name that the scopes do not know, in a text that is damaged or too deep for them.
  if (variable >= 0) extraction.callHolders.add(variable);
}

/** Without what TypeScript and optional chains put around it. */
function bare(node: TSESTree.Node): TSESTree.Node {
  switch (node.type) {
    case 'ChainExpression':
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'TSTypeAssertion':
    case 'TSSatisfiesExpression':
      return bare(node.expression);
    default:
      return node;
  }
}

/** Whether the value of an expression statement is thrown away unseen: nothing keeps, awaits or marks it. */
export function isDropped(expression: TSESTree.Node): boolean {
  switch (bare(expression).type) {
    case 'CallExpression':
    case 'NewExpression':
    case 'LogicalExpression':
    case 'ConditionalExpression':
    case 'SequenceExpression':
    case 'Identifier':
      return true;
    default:
      return false;
  }
}
