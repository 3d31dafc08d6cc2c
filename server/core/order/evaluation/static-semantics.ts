import type { TSESTree } from '../../syntax/source-file.ts';
import type { FunctionNode } from '../function-objects.ts';

type Node = TSESTree.Node;

/** Facts about a node that never change are kept on it: the tree is parsed once and run many times. */
interface Annotated {
  $suspends?: boolean;
  $closures?: boolean;
  $block?: BlockFacts;
  $function?: FunctionFacts;
}

/** Whether evaluating the node may meet `await` or `yield` of the function that it is in. */
export function suspends(node: Node): boolean {
  const known = (node as Annotated).$suspends;
  if (known !== undefined) return known;
  const result = findsSuspension(node);
  (node as Annotated).$suspends = result;
  return result;
}

function findsSuspension(node: Node): boolean {
  if (node.type === 'AwaitExpression' || node.type === 'YieldExpression' || (node.type === 'ForOfStatement' && node.await)) return true;
  if (node.type === 'VariableDeclaration' && node.kind === 'await using') return true;
  if (isFunctionNode(node)) return false;
  if (node.type === 'PropertyDefinition' || node.type === 'MethodDefinition' || node.type === 'AccessorProperty') {
    return (node.computed && suspends(node.key)) || (node.decorators ?? []).some(suspends);
  }
  if (node.type === 'StaticBlock') return false;
  return children(node).some(suspends);
}

/** An async generator awaits what it returns (ECMA-262 §14.10.1): its return statements suspend. */
function markReturns(node: Node): boolean {
  if (isFunctionNode(node)) return false;
  const found = children(node).map(markReturns).includes(true) || (node.type === 'ReturnStatement' && node.argument !== null);
  if (found) (node as Annotated).$suspends = true;
  return found;
}

/** Whether a function or class is made below the node: then bindings of an iteration can outlive it. */
export function containsClosure(node: Node): boolean {
  const known = (node as Annotated).$closures;
  if (known !== undefined) return known;
  const result = isFunctionNode(node) || node.type === 'ClassBody' || children(node).some(containsClosure);
  (node as Annotated).$closures = result;
  return result;
}

export function children(node: Node): Node[] {
  const result: Node[] = [];
  for (const key in node) {
    if (key === 'parent' || key === 'loc' || key === 'range' || key === 'typeAnnotation' || key === 'returnType' || key === 'typeArguments' || key === 'typeParameters' || key.startsWith('$')) continue;
    const value = (node as unknown as Record<string, unknown>)[key];
    if (Array.isArray(value)) {
      for (const item of value) if (item !== null && typeof item === 'object' && 'type' in item) result.push(item as Node);
    } else if (value !== null && typeof value === 'object' && 'type' in value) result.push(value as Node);
  }
  return result;
}

export function isFunctionNode(node: Node): node is FunctionNode {
  return node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression';
}

/** BoundNames (ECMA-262 §8.2.1) of a binding pattern or parameter. */
export function boundNames(pattern: Node | null): string[] {
  if (!pattern) return [];
  switch (pattern.type) {
    case 'Identifier': return [pattern.name];
    case 'ObjectPattern': return pattern.properties.flatMap(property => boundNames(property.type === 'RestElement' ? property.argument : property.value));
    case 'ArrayPattern': return pattern.elements.flatMap(element => boundNames(element));
    case 'AssignmentPattern': return boundNames(pattern.left);
    case 'RestElement': return boundNames(pattern.argument);
    case 'TSParameterProperty': return boundNames(pattern.parameter);
    default: return [];
  }
}

/** An exported declaration, or the statement itself. */
export function declarationOf(statement: Node): Node {
  if ((statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration') && statement.declaration) return statement.declaration;
  return statement;
}

export interface BlockFacts {
  /** let, const, using, class, enum, namespace: name and whether it is constant. */
  readonly lexical: readonly { readonly name: string; readonly constant: boolean }[];
  readonly functions: readonly (TSESTree.FunctionDeclaration & { id: TSESTree.Identifier })[];
}

/** LexicallyScopedDeclarations of a statement list (ECMA-262 §8.2.5); function declarations apart. */
export function blockFacts(owner: Node, body: readonly Node[]): BlockFacts {
  const known = (owner as Annotated).$block;
  if (known) return known;
  const lexical: { name: string; constant: boolean }[] = [];
  const functions: (TSESTree.FunctionDeclaration & { id: TSESTree.Identifier })[] = [];
  for (const statement of body) {
    const node = declarationOf(statement);
    if (node.type === 'VariableDeclaration' && node.kind !== 'var' && !node.declare) {
      for (const declarator of node.declarations) for (const name of boundNames(declarator.id)) lexical.push({ name, constant: node.kind !== 'let' });
    } else if (node.type === 'ClassDeclaration' && node.id && !node.declare) lexical.push({ name: node.id.name, constant: false });
    else if ((node.type === 'TSEnumDeclaration' || node.type === 'TSModuleDeclaration') && !node.declare && node.id.type === 'Identifier') {
      const { name } = node.id;
      if (!lexical.some(binding => binding.name === name)) lexical.push({ name, constant: false });
    } else if (node.type === 'FunctionDeclaration' && node.id) functions.push(node as TSESTree.FunctionDeclaration & { id: TSESTree.Identifier });
    else if (node.type === 'TSImportEqualsDeclaration' && node.importKind !== 'type') lexical.push({ name: node.id.name, constant: true });
  }
  const names = new Set(functions.map(fn => fn.id.name));
  const facts = { lexical: lexical.filter(binding => !names.has(binding.name)), functions };
  (owner as Annotated).$block = facts;
  return facts;
}

export interface FunctionFacts {
  /** Names of the parameters where all are plain identifiers. */
  readonly simpleParameters: readonly string[] | null;
  readonly parameterNames: readonly string[];
  readonly parameters: readonly TSESTree.Parameter[];
  readonly varNames: readonly string[];
  readonly usesArguments: boolean;
  readonly strictDirective: boolean;
  /** ExpectedArgumentCount */
  readonly length: number;
  /** Parameters that TypeScript assigns to `this`. */
  readonly parameterProperties: readonly string[];
}

export function functionFacts(fn: FunctionNode): FunctionFacts {
  const known = (fn as Annotated).$function;
  if (known) return known;
  const parameters = fn.params.filter(parameter => !(parameter.type === 'Identifier' && parameter.name === 'this'));
  const simple = parameters.every(parameter => parameter.type === 'Identifier');
  const firstOptional = parameters.findIndex(parameter => unwrapParameter(parameter).type === 'AssignmentPattern' || parameter.type === 'RestElement');
  const body = fn.body.type === 'BlockStatement' ? fn.body.body : [];
  if (fn.async && fn.generator) markReturns(fn.body);
  const facts: FunctionFacts = {
    simpleParameters: simple ? parameters.map(parameter => (parameter as TSESTree.Identifier).name) : null,
    parameterNames: parameters.flatMap(parameter => boundNames(parameter)),
    parameters,
    varNames: varDeclaredNames(body),
    usesArguments: fn.type !== 'ArrowFunctionExpression' && (fn.params.some(usesArguments) || usesArguments(fn.body)),
    strictDirective: hasUseStrict(body),
    length: firstOptional < 0 ? parameters.length : firstOptional,
    parameterProperties: parameters.flatMap(parameter => (parameter.type === 'TSParameterProperty' ? boundNames(parameter) : [])),
  };
  (fn as Annotated).$function = facts;
  return facts;
}

export function unwrapParameter(parameter: TSESTree.Parameter): TSESTree.Node {
  return parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
}

export function hasUseStrict(body: readonly Node[]): boolean {
  for (const statement of body) {
    if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'Literal' || typeof statement.expression.value !== 'string') return false;
    if (statement.expression.raw.slice(1, -1) === 'use strict') return true;
  }
  return false;
}

function usesArguments(node: Node): boolean {
  if (node.type === 'Identifier') return node.name === 'arguments';
  if (node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression') return false;
  return children(node).some(usesArguments);
}

/** VarDeclaredNames (ECMA-262 §8.2.6), with functions of nested blocks (Annex B.3.3). */
export function varDeclaredNames(body: readonly Node[]): string[] {
  const names = new Set<string>();
  const visit = (node: Node, topLevel: boolean): void => {
    switch (node.type) {
      case 'VariableDeclaration':
        if (node.kind === 'var' && !node.declare) for (const { id } of node.declarations) for (const name of boundNames(id)) names.add(name);
        return;
      case 'FunctionDeclaration':
        if (!topLevel && node.id && !node.async && !node.generator) names.add(node.id.name);
        return;
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
      case 'ClassDeclaration':
      case 'ClassExpression':
      case 'ExpressionStatement':
      case 'TSModuleDeclaration':
        return;
      case 'BlockStatement':
      case 'SwitchCase':
        for (const child of children(node)) visit(child, false);
        return;
      default:
        for (const child of children(node)) if (child.type.endsWith('Statement') || child.type.endsWith('Declaration') || child.type === 'SwitchCase' || child.type === 'CatchClause') visit(child, false);
    }
  };
  for (const statement of body) visit(statement, true);
  return [...names];
}

/** Strips what TypeScript puts around an expression and leaves no trace at run time. */
export function unwrapExpression(node: Node): Node {
  while (node.type === 'TSAsExpression' || node.type === 'TSNonNullExpression' || node.type === 'TSSatisfiesExpression' || node.type === 'TSTypeAssertion' || node.type === 'TSInstantiationExpression') node = node.expression;
  return node;
}

/** IsAnonymousFunctionDefinition (ECMA-262 §8.4.3) */
export function isAnonymousFunctionDefinition(node: Node): boolean {
  const inner = unwrapExpression(node);
  return inner.type === 'ArrowFunctionExpression' || ((inner.type === 'FunctionExpression' || inner.type === 'ClassExpression') && !inner.id);
}
