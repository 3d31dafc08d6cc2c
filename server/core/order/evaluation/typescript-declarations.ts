import type { TSESTree } from '../../syntax/source-file.ts';
import type { ExecutionContext } from '../agent.ts';
import { Environment } from '../environment-records.ts';
import { ObjectValue, type Value } from '../values.ts';
import { ordinaryObjectCreate, set } from '../abstract-operations/operations-on-objects.ts';
import { toString } from '../abstract-operations/type-conversion.ts';
import type { Steps } from './coroutine.ts';
import { evaluate } from './expressions.ts';
import { evaluateStatementSteps, instantiateBlock } from './statements.ts';
import { blockFacts, boundNames, declarationOf } from './static-semantics.ts';

/** The object that a declaration of this name made before, or a new one. */
function openObject(name: string, context: ExecutionContext): ObjectValue {
  const env = context.env.lookup(name);
  const binding = env?.bindings.get(name);
  if (binding?.initialized && binding.value instanceof ObjectValue) return binding.value;
  const object = ordinaryObjectCreate();
  if (binding && env) env.initialize(name, object);
  return object;
}

/** An enum becomes an object with its members and, for numbers, the way back; members see those before them. */
export function evaluateEnum(node: TSESTree.TSEnumDeclaration, context: ExecutionContext): void {
  const object = openObject(node.id.name, context);
  const { env } = context;
  context.env = new Environment(env);
  let next: Value = 0;
  for (const member of node.body.members) {
    const name = member.id.type === 'Identifier' ? member.id.name : String((member.id as TSESTree.StringLiteral).value);
    const value: Value = member.initializer ? evaluate(member.initializer, context) : next;
    set(object, name, value);
    if (typeof value === 'number') {
      set(object, toString(value), name);
      next = value + 1;
    }
    context.env.createVar(name, value);
  }
  context.env = env;
}

/** A namespace becomes an object whose exported members are also its properties. */
export function* evaluateNamespace(node: TSESTree.TSModuleDeclaration, context: ExecutionContext): Steps<void> {
  if (!node.body || node.body.type !== 'TSModuleBlock' || node.id.type !== 'Identifier') return;
  const object = openObject(node.id.name, context);
  const { env } = context;
  context.env = new Environment(env);
  instantiateBlock(blockFacts(node.body, node.body.body), context);
  for (const statement of node.body.body) {
    yield* evaluateStatementSteps(statement, context);
    if (statement.type !== 'ExportNamedDeclaration' || !statement.declaration) continue;
    const declaration = declarationOf(statement);
    const names = declaration.type === 'VariableDeclaration' ? declaration.declarations.flatMap(({ id }) => boundNames(id)) : 'id' in declaration && declaration.id && (declaration.id as TSESTree.Node).type === 'Identifier' ? [(declaration.id as TSESTree.Identifier).name] : [];
    for (const name of names) if (context.env.has(name)) set(object, name, context.env.getValue(name));
  }
  context.env = env;
}

