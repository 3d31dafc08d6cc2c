import type { TSESTree } from '../../syntax/source-file.ts';
import { ECMAScriptFunction, FunctionObject } from '../function-objects.ts';
import { ObjectValue, UnknownValue, type Value } from '../values.ts';

/** A value as V8 names it in the messages of errors. */
export function describeValue(value: Value): string {
  if (typeof value === 'string') return `"${value}"`;
  if (typeof value === 'symbol') return String(value);
  if (typeof value === 'bigint') return String(value);
  if (value instanceof UnknownValue) return value.origin;
  if (value instanceof FunctionObject) {
    if (value instanceof ECMAScriptFunction) return value.sourceText ?? (value.isClassConstructor ? value.unit.source.text.slice(...value.place.range) : value.node ? value.unit.source.text.slice(...value.place.range) : 'function');
    return `function ${String(value.properties.get('name')?.value ?? '')}() { [native code] }`;
  }
  if (value instanceof ObjectValue) {
    if (value.kind === 'Array') return '[object Array]';
    return `#<${constructorName(value)}>`;
  }
  return String(value);
}

export function constructorName(object: ObjectValue): string {
  for (let o: ObjectValue | null = object; o !== null; o = o.prototype) {
    const constructor = o.properties.get('constructor')?.value;
    const name = constructor instanceof ObjectValue ? constructor.properties.get('name')?.value : undefined;
    if (typeof name === 'string' && name !== '') return name;
  }
  return 'Object';
}

/** V8's CallPrinter: the callee as it stands in "x.y is not a function". */
export function printCallee(node: TSESTree.Node): string {
  switch (node.type) {
    case 'Identifier': return node.name;
    case 'PrivateIdentifier': return `#${node.name}`;
    case 'ThisExpression': return 'this';
    case 'Super': return 'super';
    case 'Literal': return typeof node.value === 'string' ? `"${node.value}"` : String(node.value);
    case 'MemberExpression': {
      const object = node.object.type === 'Super' ? '(intermediate value)' : printCallee(node.object);
      if (!node.computed) return `${object}${node.optional ? '?.' : '.'}${node.property.type === 'PrivateIdentifier' ? `#${node.property.name}` : (node.property as TSESTree.Identifier).name}`;
      if (node.property.type === 'Literal' && typeof node.property.value === 'string') return `${object}.${node.property.value}`;
      return `${object}[${printCallee(node.property)}]`;
    }
    case 'CallExpression': return `${printCallee(node.callee)}(...)`;
    case 'ChainExpression': return printCallee(node.expression);
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'TSTypeAssertion':
    case 'TSSatisfiesExpression':
      return printCallee(node.expression);
    case 'ImportExpression': return 'import(...)';
    default: return '(intermediate value)';
  }
}
