import type { TSESTree } from '../syntax/source-file.ts';
import { at, keyName, rangeOf, variableOf, type Extraction } from './extraction.ts';
import { assignPattern, evaluate } from './expressions.ts';
import type { ClassFacts, DecoratorFacts, FunctionFacts, Range, Value } from './module-facts.ts';
import { directivesOf, visitStatements } from './statements.ts';
import { typeValue } from './types.ts';

type FunctionLike = TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression;

interface FunctionRole {
  readonly name: string;
  readonly kind: FunctionFacts['kind'];
  readonly class?: number;
  readonly static?: boolean;
  readonly decorators?: readonly DecoratorFacts[];
  /** The method or property around a function expression: its range is the function's, its key the name. */
  readonly member?: { readonly range: Range; readonly key: TSESTree.Node; readonly computed: boolean };
}

/** Records a function with its parameters and body and returns its index. */
export function visitFunction(extraction: Extraction, node: FunctionLike, role: FunctionRole): number {
  const paramDecorators = node.params.flatMap((param, position) => visitDecorators(extraction, param.decorators).map(decorator => ({ ...decorator, param: position })));
  const index = extraction.functions.length;
  const range = role.member?.range ?? rangeOf(node);
  const body = node.body;
  extraction.functions.push({
    name: role.name,
    kind: role.kind,
    async: node.async,
    generator: node.generator,
    range,
    nameRange: role.member ? rangeOf(role.member.key) : node.type !== 'ArrowFunctionExpression' && node.id ? rangeOf(node.id) : [range[0], Math.min(range[1], body ? body.range[0] : range[1])],
    parent: extraction.place.fn,
    class: role.class ?? -1,
    static: role.static ?? false,
    params: [],
    paramNames: node.params.map(parameterName),
    restParam: node.params.findIndex(param => param.type === 'RestElement'),
    ...defaultedParameters(node.params),
    returns: [],
    asyncInsertAt: asyncInsertAt(node, role),
    returnType: node.returnType ? rangeOf(node.returnType.typeAnnotation) : null,
    ...(isPromiseType(node.returnType?.typeAnnotation) && { promised: true as const }),
    decorators: role.decorators ?? [],
    ...(paramDecorators.length > 0 && { paramDecorators }),
    directives: body && body.type === 'BlockStatement' ? directivesOf(body.body) : [],
    body: [],
  });
  const facts = extraction.functions[index]!;
  // An arrow that initialises a field has the instance as its `this`.
  const ownThis = node.type !== 'ArrowFunctionExpression' || role.class !== undefined;
  at(extraction, { fn: index, thisFn: ownThis ? index : extraction.place.thisFn, loopDepth: 0, inTry: false, guards: [], body: facts.body }, () => {
    for (const param of node.params) facts.params.push(visitParameter(extraction, param));
    if (node.returnType) {
      const value = typeValue(extraction, node.returnType.typeAnnotation);
      if (value) facts.returns.push(value);
    }
    if (!body) return;
    if (body.type === 'BlockStatement') visitStatements(extraction, body.body);
    else {
      const value = evaluate(extraction, body, 'returned');
      if (value) facts.returns.push(value);
      facts.body.push({ k: 'return', value, range: rangeOf(body) });
    }
  });
  return index;
}

function isPromiseType(type: TSESTree.TypeNode | undefined): boolean {
  return type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'Promise';
}

function parameterName(param: TSESTree.Parameter): string {
  switch (param.type) {
    case 'Identifier':
      return param.name;
    case 'AssignmentPattern':
      return param.left.type === 'Identifier' ? param.left.name : '';
    case 'RestElement':
      return param.argument.type === 'Identifier' ? param.argument.name : '';
    case 'TSParameterProperty':
      return parameterName(param.parameter as TSESTree.Parameter);
    default:
      return '';
  }
}

/** Declares a parameter; patterns get a variable of their own from which their parts are assigned. */
function visitParameter(extraction: Extraction, param: TSESTree.Parameter): number {
  switch (param.type) {
    case 'Identifier': {
      const variable = variableOf(extraction, param);
      assignPattern(extraction, param, null);
      return variable;
    }
    case 'TSParameterProperty': {
      const variable = visitParameter(extraction, param.parameter as TSESTree.Parameter);
      const name = parameterName(param);
      if (variable >= 0) extraction.assignments.push({ to: 'property', object: { k: 'this', fn: extraction.place.fn }, name, value: { k: 'var', var: variable } });
      return variable;
    }
    case 'AssignmentPattern': {
      const value = at(extraction, {}, () => evaluate(extraction, param.right, 'default-parameter'));
      if (param.left.type === 'Identifier') {
        assignPattern(extraction, param.left, value);
        return variableOf(extraction, param.left);
      }
      return visitPatternParameter(extraction, param.left, value);
    }
    case 'RestElement':
      if (param.argument.type === 'Identifier') return variableOf(extraction, param.argument);
      return visitPatternParameter(extraction, param.argument, null);
    default:
      return visitPatternParameter(extraction, param, null);
  }
}

function visitPatternParameter(extraction: Extraction, pattern: TSESTree.Node, defaultValue: Value | null): number {
  const variable = extraction.variables.length;
  extraction.variables.push({ name: '', fn: extraction.place.fn, kind: 'param' });
  if (defaultValue) extraction.assignments.push({ to: 'var', var: variable, value: defaultValue });
  const annotation = (pattern.type === 'ObjectPattern' || pattern.type === 'ArrayPattern') && pattern.typeAnnotation ? typeValue(extraction, pattern.typeAnnotation.typeAnnotation) : null;
  if (annotation) extraction.assignments.push({ to: 'var', var: variable, value: annotation });
  assignPattern(extraction, pattern, { k: 'var', var: variable });
  return variable;
}

function asyncInsertAt(node: FunctionLike, role: FunctionRole): number {
  if (node.async || node.generator || !['function', 'arrow', 'method'].includes(role.kind)) return -1;
  if (!role.member || role.kind !== 'method') return node.range[0];
  return role.member.computed ? -1 : role.member.key.range[0];
}

function visitDecorators(extraction: Extraction, decorators: readonly TSESTree.Decorator[] | undefined): DecoratorFacts[] {
  const facts: DecoratorFacts[] = [];
  for (const { expression, range } of decorators ?? []) {
    const call = expression.type === 'CallExpression' ? expression : null;
    const callee = evaluate(extraction, call ? call.callee : expression);
    if (!callee) continue;
    const args = call ? call.arguments.map(argument => (argument.type === 'SpreadElement' ? null : evaluate(extraction, argument))) : [];
    facts.push({ callee, args: args.map(value => value ?? { k: 'union', of: [] }), range: [range[0], range[1]] });
  }
  return facts;
}

/** Records a class with its members and returns its index. */
export function visitClass(extraction: Extraction, node: TSESTree.ClassDeclaration | TSESTree.ClassExpression, name: string): number {
  const index = extraction.classes.length;
  const superClass = node.superClass ? evaluate(extraction, node.superClass as TSESTree.Expression) : null;
  const members: ClassFacts['members'][number][] = [];
  // The slot is taken before the members are visited: nested classes come after it.
  extraction.classes.push({ name, range: rangeOf(node), fn: extraction.place.fn, superClass, implements: [], decorators: [], constructorFn: -1, members, isInterface: false });
  let constructorFn = -1;
  const decorators = visitDecorators(extraction, node.decorators);
  const interfaces = (node.implements ?? []).map(item => typeExpressionValue(extraction, item.expression)).filter(value => value !== null);
  for (const member of node.body.body) {
    if (member.type === 'StaticBlock') {
      visitMemberCode(extraction, member, { name: '', kind: 'static-block', class: index, static: true }, () => visitStatements(extraction, member.body));
      continue;
    }
    if (member.type === 'TSIndexSignature') continue;
    const key = keyName(member.key, member.computed);
    if (member.type === 'MethodDefinition' || member.type === 'TSAbstractMethodDefinition') {
      if (!member.value.body) {
        members.push({ name: key, static: member.static, value: { k: 'union', of: [] }, kind: 'abstract' });
        continue;
      }
      const kind = member.kind === 'get' ? 'getter' : member.kind === 'set' ? 'setter' : member.kind;
      const fn = visitFunction(extraction, member.value as TSESTree.FunctionExpression, {
        name: key,
        kind,
        class: index,
        static: member.static,
        decorators: visitDecorators(extraction, member.decorators),
        member: { range: rangeOf(member), key: member.key, computed: member.computed },
      });
      if (kind === 'constructor') constructorFn = fn;
      else members.push({ name: key, static: member.static, value: { k: 'fn', fn }, kind });
      continue;
    }
    visitField(extraction, member, index, key, members);
  }
  extraction.classes[index] = { ...extraction.classes[index]!, implements: interfaces, decorators, constructorFn };
  return index;
}

function visitField(extraction: Extraction, member: TSESTree.PropertyDefinition | TSESTree.AccessorProperty | TSESTree.TSAbstractPropertyDefinition | TSESTree.TSAbstractAccessorProperty, classIndex: number, name: string, members: ClassFacts['members'][number][]): void {
  const annotation = member.typeAnnotation ? typeValue(extraction, member.typeAnnotation.typeAnnotation) : null;
  if (annotation) members.push({ name, static: member.static, value: annotation, kind: 'field' });
  visitDecorators(extraction, member.decorators);
  const initializer = member.value;
  if (!initializer) return;
  const isFunction = initializer.type === 'ArrowFunctionExpression' || initializer.type === 'FunctionExpression';
  if (isFunction) {
    // `handle = async (req, res) => {…}`: an arrow keeps the instance as its `this`.
    const fn = visitFunction(extraction, initializer, { name, kind: initializer.type === 'ArrowFunctionExpression' ? 'arrow' : 'function', class: classIndex, static: member.static, decorators: visitDecorators(extraction, member.decorators) });
    members.push({ name, static: member.static, value: { k: 'fn', fn }, kind: 'field' });
    return;
  }
  visitMemberCode(extraction, member, { name, kind: 'field', class: classIndex, static: member.static }, () => {
    const value = evaluate(extraction, initializer, 'class-field', name);
    if (value) members.push({ name, static: member.static, value, kind: 'field' });
  });
}

/** Code of a class body that is no function in the text but runs as one: initialisers and static blocks. */
function visitMemberCode(extraction: Extraction, node: TSESTree.Node, role: { name: string; kind: 'field' | 'static-block'; class: number; static: boolean }, visit: () => void): void {
  const index = extraction.functions.length;
  extraction.functions.push({ ...role, async: false, generator: false, range: rangeOf(node), nameRange: rangeOf('key' in node && node.key ? (node.key as TSESTree.Node) : node), parent: extraction.place.fn, params: [], paramNames: [], restParam: -1, returns: [], asyncInsertAt: -1, returnType: null, decorators: [], directives: [], body: [] });
  at(extraction, { fn: index, thisFn: index, loopDepth: 0, inTry: false, guards: [], body: extraction.functions[index]!.body }, visit);
}

/** An interface stands as a class without code, so that implementers can be found from it. */
export function visitInterface(extraction: Extraction, node: TSESTree.TSInterfaceDeclaration): void {
  const index = extraction.classes.length;
  const parents = node.extends.map(item => typeExpressionValue(extraction, item.expression)).filter(value => value !== null);
  const members: ClassFacts['members'] = node.body.body.flatMap(member => {
    if (member.type !== 'TSPropertySignature' || !member.typeAnnotation) return [];
    const value = typeValue(extraction, member.typeAnnotation.typeAnnotation);
    return value ? [{ name: keyName(member.key, member.computed), static: false, value, kind: 'field' as const }] : [];
  });
  extraction.classes.push({ name: node.id.name, range: rangeOf(node), fn: extraction.place.fn, superClass: null, implements: parents, decorators: [], constructorFn: -1, members, isInterface: true });
  const variable = variableOf(extraction, node.id);
  if (variable >= 0) extraction.assignments.push({ to: 'var', var: variable, value: { k: 'class', class: index } });
}

function typeExpressionValue(extraction: Extraction, node: TSESTree.Node): Value | null {
  if (node.type === 'Identifier') {
    const variable = variableOf(extraction, node);
    return variable >= 0 ? { k: 'var', var: variable } : { k: 'global', name: node.name };
  }
  if (node.type === 'MemberExpression') {
    const object = typeExpressionValue(extraction, node.object);
    return object ? { k: 'get', object, name: keyName(node.property, node.computed) } : null;
  }
  return null;
}

/** The parameters with a default that is no constant, or one that is true. */
function defaultedParameters(params: readonly TSESTree.Parameter[]): Pick<FunctionFacts, 'defaulted'> {
  const defaulted = params.flatMap((param, position) => {
    const inner = param.type === 'TSParameterProperty' ? param.parameter : param;
    return inner.type === 'AssignmentPattern' && !(inner.right.type === 'Literal' && !inner.right.value) ? [position] : [];
  });
  return defaulted.length > 0 ? { defaulted } : {};
}
