import type { TSESTree } from '../syntax/source-file.ts';
import { at, keyName, rangeOf, unionOf, variableOf, type Extraction } from './extraction.ts';
import { constantOf, evaluateTest, inBlock, pushWrites, termOf } from './control-flow.ts';
import { visitClass, visitFunction } from './functions.ts';
import { guardsOf, placeText } from './guards.ts';
import type { CallFacts, Condition, Constant, GuardKind, ObjectFacts, Value } from './module-facts.ts';
import { knownGlobals } from '../node/known-globals.ts';
import { watchedMembers } from '../node/watched-members.ts';
import { memoGuard, outlivesCall } from './statements.ts';
import { typeValue } from './types.ts';
import { noteUse } from './uses.ts';

/** How the value of an expression is used; `callee` counts as `member` where calls are concerned. */
type Context = CallFacts['context'] | 'callee';

const unknown: Value = { k: 'union', of: [] };

/**
 * Visits an expression once, records the calls, functions and assignments in it, and says which values it
 * can have as far as they matter for calls; null where none do. `name` is the name that a function
 * expression takes from its place (ECMA-262 NamedEvaluation).
 */
export function evaluate(extraction: Extraction, node: TSESTree.Node, context: Context = 'expression', name = ''): Value | null {
  const value = evaluateNode(extraction, node, context, name);
  extraction.values?.set(node, value);
  return value;
}

function evaluateNode(extraction: Extraction, node: TSESTree.Node, context: Context, name: string): Value | null {
  switch (node.type) {
    case 'Identifier': {
      const variable = variableOf(extraction, node);
      if (variable >= 0) return { k: 'var', var: variable };
      extraction.globals.add(node.name);
      if (!knownGlobals.has(node.name)) extraction.undeclared.push({ name: node.name, fn: extraction.place.fn, range: rangeOf(node) });
      return node.name === 'exports' ? { k: 'exports' } : { k: 'global', name: node.name };
    }
    case 'ThisExpression':
      return { k: 'this', fn: extraction.place.thisFn };
    case 'Super':
      return { k: 'super', fn: extraction.place.thisFn };
    case 'Literal':
      if ('regex' in node) return pushRegex(extraction, node, node.regex.pattern, node.regex.flags);
      return typeof node.value === 'string' ? { k: 'string', value: node.value } : null;
    case 'TemplateLiteral': {
      const parts = node.expressions.map(part => {
        const value = evaluate(extraction, part);
        noteUse(extraction, part, 'text');
        return value;
      });
      return node.expressions.length === 0 ? { k: 'string', value: node.quasis[0]?.value.cooked ?? '' } : derivedFrom(parts);
    }
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return { k: 'fn', fn: visitFunction(extraction, node, { name: (node.type === 'FunctionExpression' ? node.id?.name : undefined) ?? name, kind: node.type === 'ArrowFunctionExpression' ? 'arrow' : 'function' }) };
    case 'ClassExpression':
      return { k: 'class', class: visitClass(extraction, node, node.id?.name ?? name) };
    case 'ObjectExpression':
      return visitObject(extraction, node);
    case 'ArrayExpression':
      return visitArray(extraction, node);
    case 'CallExpression':
    case 'NewExpression':
      return visitCall(extraction, node, context);
    case 'ImportExpression':
      return visitDynamicImport(extraction, node);
    case 'MemberExpression':
      return visitMember(extraction, node, context);
    case 'ChainExpression':
      return evaluate(extraction, node.expression, context, name);
    case 'AssignmentExpression':
      return visitAssignment(extraction, node);
    case 'LogicalExpression':
      return visitLogical(extraction, node);
    case 'ConditionalExpression':
      return visitConditional(extraction, node);
    case 'AwaitExpression': {
      // A promise stands for its value; `await` changes nothing about which functions are meant.
      const of = evaluate(extraction, node.argument, 'awaited', name);
      extraction.place.body.push({ k: 'await', of, range: rangeOf(node) });
      return of;
    }
    case 'SequenceExpression': {
      let last: Value | null = null;
      for (const expression of node.expressions) last = evaluate(extraction, expression);
      return last;
    }
    case 'TSAsExpression':
    case 'TSTypeAssertion':
    case 'TSSatisfiesExpression': {
      const value = evaluate(extraction, node.expression, context, name);
      return node.typeAnnotation.type === 'TSTypeReference' ? unionOf([value, typeValue(extraction, node.typeAnnotation)]) : value;
    }
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
      return evaluate(extraction, node.expression, context, name);
    case 'YieldExpression': {
      const value = node.argument ? evaluate(extraction, node.argument) : null;
      extraction.place.body.push({ k: 'yield', range: rangeOf(node) });
      return value;
    }
    case 'UnaryExpression': {
      if (node.operator === 'typeof' && node.argument.type === 'Identifier') extraction.askedFor.add(node.argument.name);
      const value = evaluate(extraction, node.argument);
      if (node.operator === '!') noteUse(extraction, node.argument, 'condition');
      else if (node.operator !== 'typeof' && node.operator !== 'void' && node.operator !== 'delete') noteUse(extraction, node.argument, 'operand');
      if (node.operator === 'delete') pushWrites(extraction, node.argument, { operator: 'delete', term: null, declares: false });
      return node.operator === 'typeof' || node.operator === 'void' || node.operator === '!' ? null : derivedFrom([value]);
    }
    case 'BinaryExpression': {
      const parts = [evaluate(extraction, node.left), evaluate(extraction, node.right)];
      if (node.operator !== 'instanceof' && node.operator !== 'in') for (const side of [node.left, node.right]) noteUse(extraction, side, /^[!=]==?$/.test(node.operator) ? 'compared' : 'operand');
      return withConstant(extraction, node, derivedFrom(parts));
    }
    case 'TaggedTemplateExpression':
      evaluate(extraction, node.tag);
      for (const part of node.quasi.expressions) evaluate(extraction, part);
      return null;
    case 'SpreadElement': {
      const value = evaluate(extraction, node.argument);
      noteUse(extraction, node.argument, 'spread');
      return value;
    }
    case 'UpdateExpression': {
      const value = evaluate(extraction, node.argument);
      pushWrites(extraction, node.argument, { operator: node.operator, term: null, declares: false });
      return derivedFrom([value]);
    }
    case 'MetaProperty':
      return { k: 'global', name: `${node.meta.name}.${node.property.name}` };
    case 'JSXElement':
    case 'JSXFragment':
      visitJsx(extraction, node);
      return null;
    default:
      return null;
  }
}

/** Null where none of the parts is anything. */
function derivedFrom(parts: readonly (Value | null)[]): Value | null {
  const of = parts.flatMap(part => (part === null || part.k === 'string' ? [] : part.k === 'derived' && !part.by ? part.of : [part]));
  return of.length === 0 ? null : { k: 'derived', of };
}

/** Says of a computed value by which constant number it was computed. */
function withConstant(extraction: Extraction, node: TSESTree.BinaryExpression, value: Value | null): Value | null {
  if (value?.k !== 'derived') return value;
  const constant = constantOf(extraction, node.right) ?? constantOf(extraction, node.left);
  return typeof constant === 'number' ? { ...value, by: { operator: node.operator, constant } } : value;
}

function pushRegex(extraction: Extraction, node: TSESTree.Node, source: string, flags: string): Value {
  return { k: 'regex', regex: extraction.regexes.push({ source, flags: [...flags].sort().join(''), fn: extraction.place.fn, range: rangeOf(node) }) - 1 };
}

/** `new RegExp('a+', 'g')` with a constant text is as good as a literal. */
function constructedRegex(extraction: Extraction, node: TSESTree.CallExpression | TSESTree.NewExpression, callee: Value): Value | null {
  const [pattern, flags] = node.arguments;
  if (callee.k !== 'global' || callee.name !== 'RegExp' || !pattern) return null;
  const source = constantOf(extraction, pattern);
  const flagText = flags ? constantOf(extraction, flags) : '';
  return typeof source === 'string' && typeof flagText === 'string' ? pushRegex(extraction, node, source, flagText) : null;
}

/** Lets a value flow into an identifier, a member, or the parts of a pattern. */
export function assignPattern(extraction: Extraction, target: TSESTree.Node, value: Value | null): void {
  switch (target.type) {
    case 'Identifier': {
      const variable = variableOf(extraction, target);
      if (variable < 0) return;
      if (value) extraction.assignments.push({ to: 'var', var: variable, value });
      const annotation = target.typeAnnotation ? typeValue(extraction, target.typeAnnotation.typeAnnotation) : null;
      if (annotation) extraction.assignments.push({ to: 'var', var: variable, value: annotation });
      return;
    }
    case 'MemberExpression': {
      const object = evaluate(extraction, target.object);
      if (target.computed) evaluate(extraction, target.property);
      if (object && value) extraction.assignments.push({ to: 'property', object, name: keyName(target.property, target.computed), value });
      return;
    }
    case 'ObjectPattern':
      for (const property of target.properties) {
        if (property.type === 'RestElement') assignPattern(extraction, property.argument, value);
        else {
          if (value && !property.computed) noteWatched(extraction, value, keyName(property.key, false), property.key, property.shorthand ? 'pattern' : undefined);
          assignPattern(extraction, property.value, value ? { k: 'get', object: value, name: keyName(property.key, property.computed) } : null);
        }
      }
      return;
    case 'ArrayPattern':
      target.elements.forEach((element, index) => {
        if (element) assignPattern(extraction, element, value ? (element.type === 'RestElement' ? value : { k: 'get', object: value, name: String(index) }) : null);
      });
      return;
    case 'AssignmentPattern':
      assignPattern(extraction, target.left, unionOf([value, evaluate(extraction, target.right)]));
      return;
    case 'RestElement':
      assignPattern(extraction, target.argument, value);
      return;
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
      assignPattern(extraction, target.expression, value);
      return;
  }
}

function visitObject(extraction: Extraction, node: TSESTree.ObjectExpression): Value {
  const index = extraction.objects.length;
  const properties: { name: string; value: Value; kind: 'init' | 'get' | 'set' | 'spread' }[] = [];
  const constants: Record<string, Constant> = {};
  extraction.objects.push({ range: rangeOf(node), fn: extraction.place.fn, array: false, properties });
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      const value = evaluate(extraction, property.argument);
      noteUse(extraction, property.argument, 'spread');
      if (value) properties.push({ name: '*', value, kind: 'spread' });
      continue;
    }
    const name = keyName(property.key, property.computed);
    if (property.computed) evaluate(extraction, property.key);
    if (property.value.type === 'FunctionExpression' && (property.method || property.kind !== 'init')) {
      const kind = property.kind === 'get' ? 'getter' : property.kind === 'set' ? 'setter' : 'method';
      const fn = visitFunction(extraction, property.value, { name, kind, member: { range: rangeOf(property), key: property.key, computed: property.computed } });
      properties.push({ name, value: { k: 'fn', fn }, kind: property.kind });
      continue;
    }
    const value = evaluate(extraction, property.value, 'expression', name);
    if (value) properties.push({ name, value, kind: 'init' });
    else {
      const constant = constantOf(extraction, property.value);
      if (constant !== undefined) constants[name] = constant;
    }
  }
  if (Object.keys(constants).length > 0) extraction.objects[index] = { ...extraction.objects[index]!, constants };
  return { k: 'obj', obj: index };
}

function visitArray(extraction: Extraction, node: TSESTree.ArrayExpression): Value {
  const index = extraction.objects.length;
  const properties: ObjectFacts['properties'][number][] = [];
  extraction.objects.push({ range: rangeOf(node), fn: extraction.place.fn, array: true, properties });
  node.elements.forEach((element, position) => {
    if (!element) return;
    const value = evaluate(extraction, element);
    if (!value) return;
    if (element.type === 'SpreadElement') properties.push({ name: '*', value: { k: 'get', object: value, name: '*' }, kind: 'init' });
    else properties.push({ name: String(position), value, kind: 'init' });
  });
  return { k: 'obj', obj: index };
}

function visitMember(extraction: Extraction, node: TSESTree.MemberExpression, context: Context): Value | null {
  if (isModuleExports(extraction, node)) return { k: 'exports' };
  const object = evaluate(extraction, node.object, 'member');
  if (context !== 'callee') noteUse(extraction, node.object, 'member', keyName(node.property, node.computed));
  const key = node.computed ? evaluate(extraction, node.property) : null;
  if (!object) return null;
  const name = key?.k === 'string' ? key.value : keyName(node.property, node.computed);
  if (!node.computed) noteWatched(extraction, object, name, node.property);
  return { k: 'get', object, name };
}

/** Keeps the read of a member that node/watched-members.ts names; `key` is where its name stands. */
export function noteWatched(extraction: Extraction, object: Value, name: string, key: TSESTree.Node, binds?: 'pattern' | 'import'): void {
  if (watchedMembers.has(name)) extraction.watchedReads.push({ object, name, fn: extraction.place.fn, range: rangeOf(key), ...(binds && { binds }) });
}

function isModuleExports(extraction: Extraction, node: TSESTree.MemberExpression): boolean {
  return node.object.type === 'Identifier' && node.object.name === 'module' && !node.computed && node.property.type === 'Identifier' && node.property.name === 'exports' && variableOf(extraction, node.object) < 0;
}

function visitAssignment(extraction: Extraction, node: TSESTree.AssignmentExpression): Value | null {
  const { text } = extraction.source;
  const logical = node.operator === '??=' || node.operator === '||=';
  const guards: GuardKind[] = logical && outlivesCall(extraction, placeText(node.left, text), node.left) ? ['memoised'] : [];
  const name = node.left.type === 'Identifier' ? node.left.name : node.left.type === 'MemberExpression' ? keyName(node.left.property, node.left.computed) : '';
  let value: Value | null = null;
  const assign = (): void => {
    value = at(extraction, { guards: [...extraction.place.guards, ...guards] }, () => evaluate(extraction, node.right, 'expression', name));
    pushWrites(extraction, node.left, { operator: node.operator, term: termOf(extraction, node.right, value), declares: false });
  };
  if (logical || node.operator === '&&=') {
    const body = inBlock(extraction, assign);
    const place: Condition = { k: 'truthy', of: termOf(extraction, node.left, null) };
    extraction.place.body.push({ k: 'if', test: logical ? { k: 'not', of: place } : place, then: body, otherwise: [], range: rangeOf(node) });
  } else assign();
  if (node.operator !== '=' && !logical && node.operator !== '&&=') {
    const result = derivedFrom([evaluate(extraction, node.left), value]);
    if (result && node.left.type === 'Identifier') assignPattern(extraction, node.left, result);
    return result;
  }
  if (node.left.type === 'MemberExpression' && isModuleExports(extraction, node.left)) {
    if (value) extraction.exports.push({ name: '=', value });
    return value;
  }
  // `exports = module.exports = f`: the local name changes, the module does not.
  if (node.left.type === 'Identifier' && node.left.name === 'exports' && variableOf(extraction, node.left) < 0) return value;
  assignPattern(extraction, node.left, value);
  return logical ? unionOf([value, evaluate(extraction, node.left)]) : value;
}

function visitLogical(extraction: Extraction, node: TSESTree.LogicalExpression): Value | null {
  const { text } = extraction.source;
  let left: Value | null = null;
  const test = evaluateTest(extraction, node.left, value => (left = value));
  const guards = guardsOf(node.left as TSESTree.Expression, text);
  // `cache || (cache = f())`
  const memo = node.operator === '&&' ? [] : memoGuard(extraction, node.left, 'whenTrue', text.slice(...node.right.range));
  const branch = node.operator === '&&' ? guards.whenTrue : node.operator === '||' ? guards.whenFalse : [];
  let right: Value | null = null;
  const then = inBlock(extraction, () => {
    right = at(extraction, { guards: [...extraction.place.guards, ...branch, ...memo] }, () => evaluate(extraction, node.right));
  });
  if (then.length > 0) extraction.place.body.push({ k: 'if', test: node.operator === '&&' ? test : node.operator === '||' ? { k: 'not', of: test } : isNullish(test, node.left, extraction), then, otherwise: [], range: rangeOf(node) });
  return node.operator === '&&' ? oneOf(right, null) : unionOf([left, right]);
}

/** `left == null`, the condition of `left ?? right`. */
function isNullish(test: Condition, left: TSESTree.Node, extraction: Extraction): Condition {
  return { k: 'compare', operator: '==', left: test.k === 'truthy' ? test.of : termOf(extraction, left, null), right: { value: null, constant: null, text: 'null' } };
}

function visitConditional(extraction: Extraction, node: TSESTree.ConditionalExpression): Value | null {
  const { text } = extraction.source;
  const test = evaluateTest(extraction, node.test);
  const branch = guardsOf(node.test, text);
  const { guards } = extraction.place;
  let consequent: Value | null = null;
  let alternate: Value | null = null;
  const then = inBlock(extraction, () => {
    consequent = at(extraction, { guards: [...guards, ...branch.whenTrue, ...memoGuard(extraction, node.test, 'whenFalse', text.slice(...node.consequent.range))] }, () => evaluate(extraction, node.consequent));
  });
  const otherwise = inBlock(extraction, () => {
    alternate = at(extraction, { guards: [...guards, ...branch.whenFalse, ...memoGuard(extraction, node.test, 'whenTrue', text.slice(...node.alternate.range))] }, () => evaluate(extraction, node.alternate));
  });
  if (then.length > 0 || otherwise.length > 0) extraction.place.body.push({ k: 'if', test, then, otherwise, range: rangeOf(node) });
  const taken = smallerTaken(test, text.slice(...node.consequent.range), text.slice(...node.alternate.range));
  return oneOf(taken.consequent ? null : consequent, taken.alternate ? null : alternate);
}

/** The branches that give the smaller side of the comparison, `n < 100 ? n : 100`: a number that the other side limits. */
function smallerTaken(test: Condition, consequent: string, alternate: string): { readonly consequent: boolean; readonly alternate: boolean } {
  if (test.k === 'not') {
    const { consequent: second, alternate: first } = smallerTaken(test.of, alternate, consequent);
    return { consequent: first, alternate: second };
  }
  if (test.k !== 'compare' || !/^[<>]=?$/.test(test.operator)) return { consequent: false, alternate: false };
  const [below, above] = test.operator[0] === '<' ? [test.left, test.right] : [test.right, test.left];
  return { consequent: consequent === below.text, alternate: alternate === above.text };
}

/** One of two values, also where one of them is nothing to follow: it is not surely the other. */
function oneOf(a: Value | null, b: Value | null): Value | null {
  return a === null && b === null ? null : { k: 'union', of: [a ?? unknown, b ?? unknown] };
}

function visitCall(extraction: Extraction, node: TSESTree.CallExpression | TSESTree.NewExpression, context: Context): Value | null {
  const isNew = node.type === 'NewExpression';
  const callee = evaluate(extraction, node.callee, 'callee') ?? unknown;
  const required = isNew ? null : requiredModule(extraction, node, callee);
  const index = extraction.calls.length;
  const place = { ...extraction.place };
  const args: Value[] = [];
  const facts: CallFacts = {
    callee,
    args,
    argRanges: node.arguments.map(rangeOf),
    spread: node.arguments.some(argument => argument.type === 'SpreadElement'),
    new: isNew,
    optional: !isNew && (node.optional || inOptionalChain(node)),
    fn: place.fn,
    range: rangeOf(node),
    calleeRange: rangeOf(node.callee),
    text: calleeText(extraction, node.callee),
    awaited: context === 'awaited',
    loopDepth: place.loopDepth,
    inTry: place.inTry,
    guards: place.guards,
    context: place.fn === 0 ? 'top-level' : context === 'callee' ? 'member' : context,
    literalArgs: node.arguments.map(argument => literalValue(extraction, argument)),
  };
  extraction.calls.push(facts);
  extraction.callIndex.set(node, index);
  for (const argument of node.arguments) args.push(evaluate(extraction, argument, 'expression') ?? unknown);
  extraction.place.body.push({ k: 'call', call: index });
  return required ?? constructedRegex(extraction, node, callee) ?? { k: 'call', call: index };
}

function inOptionalChain(node: TSESTree.Node): boolean {
  let current: TSESTree.Node | undefined = node;
  while (current && (current.type === 'CallExpression' || current.type === 'MemberExpression' || current.type === 'TSNonNullExpression')) {
    if ('optional' in current && current.optional) return true;
    current = current.type === 'CallExpression' ? current.callee : current.type === 'MemberExpression' ? current.object : current.expression;
  }
  return false;
}

function calleeText(extraction: Extraction, callee: TSESTree.Node): string {
  const text = extraction.source.text.slice(...callee.range).replace(/\s+/g, ' ');
  return text.length <= 60 ? text : `…${text.slice(-59)}`;
}

function literalValue(extraction: Extraction, node: TSESTree.Node): string | number | boolean | null {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value.slice(0, 200) : typeof node.value === 'number' || typeof node.value === 'boolean' ? node.value : null;
  if (node.type === 'TemplateLiteral' || node.type === 'CallExpression' || node.type === 'BinaryExpression') {
    const specifier = specifierOf(extraction, node);
    if (specifier?.whole) return specifier.text.slice(0, 200);
  }
  // new URL('./worker.js', import.meta.url) names a file beside this one.
  if (node.type === 'NewExpression' && node.callee.type === 'Identifier' && node.callee.name === 'URL' && node.arguments[0]?.type === 'Literal' && node.arguments[1]) {
    return extraction.source.text.slice(...node.arguments[1].range) === 'import.meta.url' ? String(node.arguments[0].value) : null;
  }
  const constant = constantOf(extraction, node);
  return typeof constant === 'number' ? constant : null;
}

/** The module that `require('x')` (also one made by `createRequire`) yields, or the folder for a computed specifier. */
function requiredModule(extraction: Extraction, node: TSESTree.CallExpression, callee: Value): Value | null {
  const argument = node.arguments[0];
  const isRequire = callee.k === 'global' ? callee.name === 'require' : callee.k === 'var' && extraction.variables[callee.var]!.name === 'require';
  if (!isRequire || !argument) return null;
  const specifier = specifierOf(extraction, argument);
  if (!specifier) return null;
  if (!specifier.whole) return { k: 'folder', prefix: specifier.text };
  extraction.imports.push({ specifier: specifier.text, kind: 'require', typeOnly: false, range: rangeOf(node), fn: extraction.place.fn });
  return { k: 'module', specifier: specifier.text, commonjs: true };
}

/**
 * A module specifier as far as the text tells: literals, templates, sums, and `path.join(__dirname, …)` with
 * literal parts. `whole: false` means that a computed rest follows.
 */
function specifierOf(extraction: Extraction, node: TSESTree.Node): { text: string; whole: boolean } | null {
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? { text: node.value, whole: true } : null;
    case 'TemplateLiteral': {
      let text = '';
      for (const [index, quasi] of node.quasis.entries()) {
        text += quasi.value.cooked ?? '';
        const expression = node.expressions[index];
        if (!expression) break;
        const part = specifierOf(extraction, expression);
        if (!part?.whole) return text || part?.text ? { text: text + (part?.text ?? ''), whole: false } : null;
        text += part.text;
      }
      return { text, whole: true };
    }
    case 'BinaryExpression': {
      const left = node.operator === '+' ? specifierOf(extraction, node.left) : null;
      if (!left?.whole) return left;
      const right = specifierOf(extraction, node.right);
      return { text: left.text + (right?.text ?? ''), whole: right?.whole ?? false };
    }
    case 'Identifier':
      return node.name === '__dirname' ? { text: '.', whole: true } : null;
    case 'MemberExpression':
      return /^import\.meta\.dirname$/.test(extraction.source.text.slice(...node.range)) ? { text: '.', whole: true } : null;
    case 'CallExpression': {
      if (!/^(path\.)?(join|resolve)$/.test(extraction.source.text.slice(...node.callee.range))) return null;
      const parts: string[] = [];
      for (const argument of node.arguments) {
        const part = specifierOf(extraction, argument);
        if (!part?.whole) return parts.length > 0 ? { text: `${[...parts, part?.text ?? ''].join('/')}`, whole: false } : null;
        parts.push(part.text);
      }
      return parts.length > 0 ? { text: parts.join('/').replace(/^\.\/\.\.\//, '../'), whole: true } : null;
    }
    default:
      return null;
  }
}

function visitDynamicImport(extraction: Extraction, node: TSESTree.ImportExpression): Value | null {
  evaluate(extraction, node.source);
  const specifier = specifierOf(extraction, node.source);
  if (!specifier) return null;
  if (!specifier.whole) return { k: 'folder', prefix: specifier.text };
  const { fn, guards } = extraction.place;
  extraction.imports.push({ specifier: specifier.text, kind: 'dynamic-import', typeOnly: false, range: rangeOf(node), fn, ...(guards.length > 0 && { guards }) });
  return { k: 'module', specifier: specifier.text, commonjs: false };
}

function visitJsx(extraction: Extraction, node: TSESTree.Node): void {
  switch (node.type) {
    case 'JSXElement':
      for (const attribute of node.openingElement.attributes) {
        if (attribute.type === 'JSXSpreadAttribute') evaluate(extraction, attribute.argument);
        else if (attribute.value?.type === 'JSXExpressionContainer') visitJsx(extraction, attribute.value);
      }
      for (const child of node.children) visitJsx(extraction, child);
      return;
    case 'JSXFragment':
      for (const child of node.children) visitJsx(extraction, child);
      return;
    case 'JSXExpressionContainer':
      if (node.expression.type !== 'JSXEmptyExpression') evaluate(extraction, node.expression);
      return;
  }
}
