import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '../syntax/source-file.ts';
import { constantOf, evaluateTerm, evaluateTest, inBlock, pushWrites, termOf } from './control-flow.ts';
import { at, keyName, rangeOf, variableOf, type Extraction } from './extraction.ts';
import { assignPattern, evaluate, noteWatched } from './expressions.ts';
import { visitClass, visitFunction, visitInterface } from './functions.ts';
import { assignsPlace, guardsOf, placeText, presenceTests } from './guards.ts';
import { containsOwn, loopFacts, type Loop } from './loops.ts';
import type { Condition, GuardKind, Term, Value } from './module-facts.ts';
import { isDropped, noteHolder, noteUse } from './uses.ts';

/** The directive prologue of a body: `use strict`, `use server`. */
export function directivesOf(body: readonly TSESTree.Node[]): string[] {
  const directives: string[] = [];
  for (const statement of body) {
    if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'Literal' || typeof statement.expression.value !== 'string') break;
    directives.push(statement.expression.value);
  }
  return directives;
}

/**
 * Visits statements in order. After `if (cached) return cached;` the rest runs only while the place is empty;
 * after `if (!isMainThread) return;` only on the main thread: an early exit guards what follows it.
 */
export function visitStatements(extraction: Extraction, statements: readonly TSESTree.Node[]): void {
  let guards = extraction.place.guards;
  for (const statement of statements) {
    at(extraction, { guards }, () => visitStatement(extraction, statement));
    if (statement.type === 'IfStatement' && !statement.alternate && alwaysLeaves(statement.consequent)) {
      const rest = extraction.source.text.slice(statement.range[1], statements[statements.length - 1]!.range[1]);
      guards = [...guards, ...guardsOf(statement.test, extraction.source.text).whenFalse, ...memoGuard(extraction, statement.test, 'whenTrue', rest)];
    }
  }
}

function alwaysLeaves(statement: TSESTree.Statement): boolean {
  if (statement.type === 'ReturnStatement' || statement.type === 'ThrowStatement') return true;
  return statement.type === 'BlockStatement' && statement.body.length > 0 && alwaysLeaves(statement.body[statement.body.length - 1]!);
}

/**
 * `memoised` where a condition asks whether a place outside the function is filled and the guarded code fills
 * it. `side` is the branch of the condition in which the place is known to be there.
 */
export function memoGuard(extraction: Extraction, test: TSESTree.Node, side: 'whenTrue' | 'whenFalse', guarded: string): readonly GuardKind[] {
  const { text } = extraction.source;
  const tested = presenceTests(test, text)[side];
  const filled = tested.filter(place => outlivesCall(extraction, place, test) && assignsPlace(guarded, place));
  if (filled.length > 0) return filled.every(place => isKeyed(place, test)) ? ['memoised-per-key'] : ['memoised'];
  const fetched = tested.map(name => fetchedFrom(extraction, name, test)).find(item => item && outlivesCall(extraction, item.place, item.cache) && assignsPlace(guarded, item.place));
  return fetched ? [fetched.keyed ? 'memoised-per-key' : 'memoised'] : [];
}

/** The cache that a tested local was fetched from: `const kept = this.cache.get('version')`. */
function fetchedFrom(extraction: Extraction, name: string, test: TSESTree.Node): { readonly place: string; readonly cache: TSESTree.Node; readonly keyed: boolean } | null {
  let variable: Variable | undefined;
  containsOwn(test, node => node.type === 'Identifier' && node.name === name && (variable = extraction.bindings.get(node)) !== undefined);
  const declarator = variable?.defs.length === 1 ? variable.defs[0]!.node : null;
  let init = declarator?.type === 'VariableDeclarator' ? (declarator.init as TSESTree.Expression | null) : null;
  while (init && (init.type === 'TSAsExpression' || init.type === 'TSNonNullExpression')) init = init.expression;
  if (init?.type !== 'CallExpression' || init.callee.type !== 'MemberExpression' || init.callee.computed || init.callee.property.type !== 'Identifier' || init.callee.property.name !== 'get') return null;
  const cache = init.callee.object;
  return { place: placeText(cache, extraction.source.text), cache, keyed: init.arguments[0]?.type !== 'Literal' };
}

/** `cache[key]` with a computed key, or `cache.has(key)`. */
function isKeyed(place: string, test: TSESTree.Node): boolean {
  return /\[[^'"\d]/.test(place) || containsOwn(test, node => node.type === 'CallExpression');
}

/** True where what is kept in the place is still there at the next call: not a local of the running function. */
export function outlivesCall(extraction: Extraction, place: string, near: TSESTree.Node): boolean {
  const root = /^[\w$]+/.exec(place)?.[0];
  if (root === undefined) return false;
  if (root === 'this') return extraction.functions[extraction.place.fn]!.kind !== 'constructor';
  const fn = extraction.place.fn;
  if (fn === 0) return false;
  const declaring = declaringFunctionRange(extraction, root, near);
  const [start, end] = extraction.functions[fn]!.range;
  return declaring === null || declaring[0] < start || declaring[1] > end;
}

function declaringFunctionRange(extraction: Extraction, name: string, near: TSESTree.Node): readonly [number, number] | null {
  let variable: Variable | undefined;
  containsOwn(near, node => node.type === 'Identifier' && node.name === name && (variable = extraction.bindings.get(node)) !== undefined);
  // A parameter or a local of a block belongs to the function around it.
  return variable ? variable.scope.variableScope.block.range : null;
}

function visitStatement(extraction: Extraction, node: TSESTree.Node): void {
  switch (node.type) {
    case 'ExpressionStatement': {
      const value = evaluate(extraction, node.expression, 'statement');
      if (value && isDropped(node.expression)) extraction.place.body.push({ k: 'drop', value, range: rangeOf(node.expression) });
      return;
    }
    case 'VariableDeclaration':
      for (const declarator of node.declarations) {
        const value = declarator.init ? evaluate(extraction, declarator.init, 'expression', declarator.id.type === 'Identifier' ? declarator.id.name : '') : null;
        assignPattern(extraction, declarator.id, value);
        if (!declarator.init) continue;
        noteHolder(extraction, declarator.id, declarator.init);
        pushWrites(extraction, declarator.id, { operator: '=', term: termOf(extraction, declarator.init, value), declares: true });
        if (node.kind === 'const' && declarator.id.type === 'Identifier') keepConstant(extraction, declarator.id, declarator.init);
      }
      return;
    case 'FunctionDeclaration':
    case 'TSDeclareFunction': {
      if (!node.body) return;
      const fn = visitFunction(extraction, node as TSESTree.FunctionDeclaration, { name: node.id?.name ?? '', kind: 'function' });
      if (node.id) assignPattern(extraction, node.id, { k: 'fn', fn });
      return;
    }
    case 'ClassDeclaration': {
      const value: Value = { k: 'class', class: visitClass(extraction, node, node.id?.name ?? '') };
      if (node.id) assignPattern(extraction, node.id, value);
      return;
    }
    case 'TSInterfaceDeclaration':
      visitInterface(extraction, node);
      return;
    case 'ReturnStatement': {
      const value = node.argument ? evaluate(extraction, node.argument, 'returned') : null;
      if (value) extraction.functions[extraction.place.fn]!.returns.push(value);
      extraction.place.body.push({ k: 'return', value, range: rangeOf(node) });
      return;
    }
    case 'BreakStatement':
    case 'ContinueStatement':
      extraction.place.body.push({ k: node.type === 'BreakStatement' ? 'break' : 'continue', label: node.label?.name ?? null, range: rangeOf(node) });
      return;
    case 'IfStatement': {
      const { text } = extraction.source;
      const test = evaluateTest(extraction, node.test);
      const branch = guardsOf(node.test, text);
      const { guards } = extraction.place;
      const then = inBlock(extraction, () => {
        at(extraction, { guards: [...guards, ...branch.whenTrue, ...memoGuard(extraction, node.test, 'whenFalse', text.slice(...node.consequent.range))] }, () => visitStatement(extraction, node.consequent));
      });
      const { alternate } = node;
      const otherwise = inBlock(extraction, () => {
        if (alternate) at(extraction, { guards: [...guards, ...branch.whenFalse, ...memoGuard(extraction, node.test, 'whenTrue', text.slice(...alternate.range))] }, () => visitStatement(extraction, alternate));
      });
      extraction.place.body.push({ k: 'if', test, then, otherwise, range: rangeOf(node) });
      return;
    }
    case 'BlockStatement':
    case 'StaticBlock':
      visitStatements(extraction, node.body);
      return;
    case 'TSModuleBlock':
      visitStatements(extraction, node.body);
      return;
    case 'TSModuleDeclaration':
      if (node.body && !node.declare) visitStatement(extraction, node.body);
      return;
    case 'ForStatement':
      if (node.init) {
        if (node.init.type === 'VariableDeclaration') visitStatement(extraction, node.init);
        else evaluate(extraction, node.init);
      }
      visitLoop(extraction, node, node.test, node.update, null);
      return;
    case 'ForInStatement':
    case 'ForOfStatement': {
      const right = evaluate(extraction, node.right);
      if (node.type === 'ForOfStatement' && !node.await) noteUse(extraction, node.right, 'iterated');
      const over = termOf(extraction, node.right, right);
      const element: Value | null = right && node.type === 'ForOfStatement' ? { k: 'get', object: right, name: '*' } : null;
      if (node.left.type === 'VariableDeclaration') for (const declarator of node.left.declarations) assignPattern(extraction, declarator.id, element);
      else assignPattern(extraction, node.left, element);
      visitLoop(extraction, node, null, null, over);
      return;
    }
    case 'WhileStatement':
    case 'DoWhileStatement':
      visitLoop(extraction, node, node.test, null, null);
      return;
    case 'TryStatement':
      visitTry(extraction, node);
      return;
    case 'SwitchStatement': {
      const on = evaluateTerm(extraction, node.discriminant);
      noteUse(extraction, node.discriminant, 'compared');
      const cases = node.cases.map(clause => {
        let test: Term | null = null;
        const body = inBlock(extraction, () => {
          if (clause.test) test = evaluateTerm(extraction, clause.test);
          visitStatements(extraction, clause.consequent);
        });
        return { test, body };
      });
      extraction.place.body.push({ k: 'switch', on, cases, range: rangeOf(node) });
      return;
    }
    case 'LabeledStatement': {
      const body = inBlock(extraction, () => visitStatement(extraction, node.body));
      extraction.place.body.push({ k: 'label', label: node.label.name, body });
      return;
    }
    case 'ThrowStatement':
      extraction.place.body.push({ k: 'throw', value: evaluate(extraction, node.argument), range: rangeOf(node) });
      return;
    case 'WithStatement':
      evaluate(extraction, node.object);
      visitStatement(extraction, node.body);
      return;
    case 'TSEnumDeclaration':
      return;
    case 'ImportDeclaration':
      visitImport(extraction, node);
      return;
    case 'TSImportEqualsDeclaration':
      visitImportEquals(extraction, node);
      return;
    case 'ExportNamedDeclaration':
      visitExportNamed(extraction, node);
      return;
    case 'ExportDefaultDeclaration':
      extraction.exports.push({ name: 'default', value: exportedValue(extraction, node.declaration) ?? { k: 'union', of: [] } });
      return;
    case 'ExportAllDeclaration': {
      const specifier = specifierOf(node.source);
      extraction.imports.push({ specifier, kind: 're-export', typeOnly: node.exportKind === 'type', range: rangeOf(node), fn: 0 });
      extraction.exports.push({ name: node.exported ? keyName(node.exported, false) : '*', value: { k: 'module', specifier, commonjs: false } });
      return;
    }
    case 'TSExportAssignment': {
      const value = evaluate(extraction, node.expression);
      if (value) extraction.exports.push({ name: '=', value });
      return;
    }
  }
}

function visitLoop(extraction: Extraction, node: Loop, test: TSESTree.Node | null, update: TSESTree.Node | null, over: Term | null): void {
  let condition: Condition | null = null;
  const testing = inBlock(extraction, () => {
    if (test) condition = evaluateTest(extraction, test);
    if (node.type === 'ForOfStatement' && node.await) extraction.place.body.push({ k: 'await', of: over?.value ?? null, each: true, range: rangeOf(node.right) });
  });
  const updating = inBlock(extraction, () => {
    if (update) evaluate(extraction, update);
  });
  const loop = extraction.loops.push({ ...loopFacts(extraction, node), test: condition, over }) - 1;
  const body = inBlock(extraction, () => at(extraction, { loopDepth: extraction.place.loopDepth + 1 }, () => visitStatement(extraction, node.body)));
  extraction.place.body.push({ k: 'loop', loop, body: node.type === 'DoWhileStatement' ? [...body, ...testing] : [...testing, ...body, ...updating] });
}

function visitTry(extraction: Extraction, node: TSESTree.TryStatement): void {
  const block = inBlock(extraction, () => at(extraction, { inTry: extraction.place.inTry || node.handler !== null }, () => visitStatement(extraction, node.block)));
  const { handler, finalizer } = node;
  const param = handler?.param?.type === 'Identifier' ? variableOf(extraction, handler.param) : -1;
  const handling = handler && inBlock(extraction, () => visitStatement(extraction, handler.body));
  const finalizing = finalizer && inBlock(extraction, () => visitStatement(extraction, finalizer));
  extraction.place.body.push({ k: 'try', block, param, handler: handling, finalizer: finalizing, range: rangeOf(node) });
}

/** Other constants of the file can be computed from it. */
function keepConstant(extraction: Extraction, identifier: TSESTree.Identifier, init: TSESTree.Node): void {
  const constant = constantOf(extraction, init);
  const variable = variableOf(extraction, identifier);
  if (constant !== undefined && variable >= 0) extraction.variables[variable] = { ...extraction.variables[variable]!, constant };
}

/** The specifier of an import or export; '' while it is not typed yet (`import {`). */
function specifierOf(source: TSESTree.Node | null | undefined): string {
  return source?.type === 'Literal' && typeof source.value === 'string' ? source.value : '';
}

function visitImport(extraction: Extraction, node: TSESTree.ImportDeclaration): void {
  const specifier = specifierOf(node.source);
  extraction.imports.push({ specifier, kind: 'import', typeOnly: node.importKind === 'type' || (node.specifiers.length > 0 && node.specifiers.every(item => item.type === 'ImportSpecifier' && item.importKind === 'type')), range: rangeOf(node), fn: 0 });
  const module: Value = { k: 'module', specifier, commonjs: false };
  for (const item of node.specifiers) {
    if (item.type === 'ImportSpecifier') noteWatched(extraction, module, keyName(item.imported, false), item.imported, item.imported.range[0] === item.local.range[0] ? 'import' : undefined);
    if (item.type === 'ImportNamespaceSpecifier') assignPattern(extraction, item.local, module);
    else assignPattern(extraction, item.local, { k: 'get', object: module, name: item.type === 'ImportDefaultSpecifier' ? 'default' : keyName(item.imported, false) });
  }
}

function visitImportEquals(extraction: Extraction, node: TSESTree.TSImportEqualsDeclaration): void {
  if (node.moduleReference.type === 'TSExternalModuleReference' && node.moduleReference.expression.type === 'Literal' && typeof node.moduleReference.expression.value === 'string') {
    const specifier = node.moduleReference.expression.value;
    extraction.imports.push({ specifier, kind: 'require', typeOnly: node.importKind === 'type', range: rangeOf(node), fn: 0 });
    assignPattern(extraction, node.id, { k: 'module', specifier, commonjs: true });
  }
}

function visitExportNamed(extraction: Extraction, node: TSESTree.ExportNamedDeclaration): void {
  if (node.declaration) {
    visitStatement(extraction, node.declaration);
    for (const identifier of declaredIdentifiers(node.declaration)) {
      const variable = variableOf(extraction, identifier);
      if (variable >= 0) extraction.exports.push({ name: identifier.name, value: { k: 'var', var: variable } });
    }
    return;
  }
  if (node.source) extraction.imports.push({ specifier: specifierOf(node.source), kind: 're-export', typeOnly: node.exportKind === 'type', range: rangeOf(node), fn: 0 });
  for (const item of node.specifiers) {
    const local = keyName(item.local, false);
    const name = keyName(item.exported, false);
    if (node.source) {
      extraction.exports.push({ name, value: { k: 'get', object: { k: 'module', specifier: specifierOf(node.source), commonjs: false }, name: local } });
      continue;
    }
    const variable = variableOf(extraction, item.local);
    if (variable >= 0) extraction.exports.push({ name, value: { k: 'var', var: variable } });
  }
}

function exportedValue(extraction: Extraction, node: TSESTree.Node): Value | null {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSDeclareFunction':
      if (node.id) {
        visitStatement(extraction, node);
        const variable = variableOf(extraction, node.id);
        return variable >= 0 ? { k: 'var', var: variable } : null;
      }
      if (node.type === 'FunctionDeclaration') return { k: 'fn', fn: visitFunction(extraction, node, { name: 'default', kind: 'function' }) };
      if (node.type === 'ClassDeclaration') return { k: 'class', class: visitClass(extraction, node, 'default') };
      return null;
    default:
      return evaluate(extraction, node as TSESTree.Expression, 'expression', 'default');
  }
}

function declaredIdentifiers(node: TSESTree.Node): TSESTree.Identifier[] {
  switch (node.type) {
    case 'VariableDeclaration':
      return node.declarations.flatMap(declarator => declaredIdentifiers(declarator.id));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSDeclareFunction':
    case 'TSEnumDeclaration':
      return node.id ? [node.id] : [];
    case 'Identifier':
      return [node];
    case 'ObjectPattern':
      return node.properties.flatMap(property => declaredIdentifiers(property.type === 'RestElement' ? property.argument : property.value));
    case 'ArrayPattern':
      return node.elements.flatMap(element => (element ? declaredIdentifiers(element) : []));
    case 'AssignmentPattern':
      return declaredIdentifiers(node.left);
    case 'RestElement':
      return declaredIdentifiers(node.argument);
    default:
      return [];
  }
}

