import type { TSESTree } from '../../syntax/source-file.ts';
import { locationOf, surroundingAgent, type Agent, type ExecutionContext } from '../agent.ts';
import { TopEnvironment } from '../environment-records.ts';
import { drive } from '../evaluation/coroutine.ts';
import { evaluateStatementSteps, instantiateBlock } from '../evaluation/statements.ts';
import { instantiateFunction } from '../evaluation/functions.ts';
import { blockFacts, boundNames, children, declarationOf, isFunctionNode, varDeclaredNames } from '../evaluation/static-semantics.ts';
import { ProgramError } from '../event-loop/engine.ts';
import type { FunctionNode } from '../function-objects.ts';
import type { EntryPoint } from '../run.ts';
import type { TimelineLocation } from '../timeline.ts';
import { ObjectValue, UnknownValue, type Value } from '../values.ts';
import { call, get } from '../abstract-operations/operations-on-objects.ts';
import { PromiseObject } from '../abstract-operations/promise-operations.ts';
import { createCodeUnit } from './code-unit.ts';

/**
 * Makes one function of the entry file ready to be called in its role, with unknown arguments. Of the file's top level
 * only what has no effects is evaluated: functions, classes, constants without calls, Node's own modules. Everything
 * else that the function refers to is unknown.
 */
export function enterFunction(agent: Agent, entry: EntryPoint, requireBuiltin: (id: string) => Value | undefined): { fn: TimelineLocation; invoke: () => void } {
  const { program, options } = agent;
  const unit = createCodeUnit(program.entry, program.read(program.entry) ?? '', options.module);
  const { ast } = unit.source;
  const node = functionAt(ast, entry.offset ?? 0);
  agent.withoutProgram = true;
  const env = new TopEnvironment(agent.globalEnv, options.module === 'module' ? undefined : new UnknownValue('this', 'object'));
  const context: ExecutionContext = { fn: null, unit, strict: unit.strict, env, varEnv: env, privateEnv: null, node: ast, coroutine: null };
  const builtin = (specifier: string): Value => requireBuiltin(specifier.replace(/^node:/, '')) ?? new UnknownValue(`'${specifier}'`);
  agent.contexts.push(context);
  env.createVar('require', agent.intrinsics.builtin('require', 1, (_, [id]) => builtin(String(id as string))));
  env.createVar('module', new UnknownValue('module', 'object'));
  env.createVar('exports', new UnknownValue('exports', 'object'));
  for (const name of varDeclaredNames(ast.body)) env.createVar(name, new UnknownValue(name));
  instantiateBlock(blockFacts(ast, ast.body), context);
  for (const statement of ast.body) {
    if (statement.type === 'ImportDeclaration') {
      const exports = builtin(statement.source.value);
      for (const specifier of statement.specifiers) {
        const name = specifier.type === 'ImportSpecifier' ? (specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value) : null;
        env.createVar(specifier.local.name, name !== null && exports instanceof ObjectValue ? get(exports, name) : exports instanceof ObjectValue ? exports : new UnknownValue(specifier.local.name));
      }
      continue;
    }
    const declaration = declarationOf(statement);
    if (declaration.type === 'VariableDeclaration') {
      if (declaration.declarations.every(({ init }) => init === null || harmless(init))) drive(evaluateStatementSteps(declaration, context));
      else for (const { id } of declaration.declarations) for (const name of boundNames(id)) env.bindings.set(name, { value: new UnknownValue(name), initialized: true, mutable: true, strict: false });
    } else if (declaration.type === 'ClassDeclaration' || declaration.type === 'TSEnumDeclaration') drive(evaluateStatementSteps(declaration, context));
  }
  agent.contexts.pop();
  const fn = node ? instantiateFunction(node, context, '') : null;
  const self = new UnknownValue('this', 'object');
  const args = node ? node.params.flatMap(parameter => (parameter.type === 'Identifier' && parameter.name === 'this' ? [] : [new UnknownValue(boundNames(parameter)[0] ?? 'an argument', /^(req|res|request|response|ctx|context|event|reply)$/.test(boundNames(parameter)[0] ?? '') ? 'object' : 'any')])) : [];
  if (!node) agent.incompleteText('there is no function at this place');
  return { fn: locationOf(unit, node ?? ast), invoke: () => { if (fn) invokeAlone(fn, self, args); } };
}

/** What a handler throws or rejects with is its caller's, a framework's or a library's, which is not known. */
function invokeAlone(fn: Value, self: Value, args: readonly Value[]): void {
  try {
    const result = call(fn, self, args);
    if (!(result instanceof PromiseObject)) return;
    if (result.state === 'rejected' && !result.isHandled) surroundingAgent.host.promiseRejectionTracker(result, 'handle', result.result);
    result.isHandled = true;
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
  }
}

/** The innermost function around an offset. */
function functionAt(root: TSESTree.Node, offset: number): FunctionNode | null {
  let found: FunctionNode | null = null;
  const visit = (node: TSESTree.Node): void => {
    if (offset < node.range[0] || offset >= node.range[1]) return;
    if (isFunctionNode(node)) found = node;
    for (const child of children(node)) visit(child);
  };
  visit(root);
  return found;
}

/** Whether an initializer calls nothing but `require`. */
function harmless(node: TSESTree.Node): boolean {
  if (isFunctionNode(node)) return true;
  if (node.type === 'CallExpression') return node.callee.type === 'Identifier' && node.callee.name === 'require';
  if (node.type === 'NewExpression') return node.callee.type === 'Identifier' && /^(Map|Set|WeakMap|WeakSet|Error|Array|Object)$/.test(node.callee.name) && node.arguments.every(harmless);
  if (node.type === 'AwaitExpression' || node.type === 'TaggedTemplateExpression' || node.type === 'ImportExpression') return false;
  return children(node).every(harmless);
}
