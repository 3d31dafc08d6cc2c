import type { ModuleFacts, ObjectFacts, Value } from '../facts/module-facts.ts';
import { callWithCallee } from '../facts/module-index.ts';
import type { Entry, ProgramGraph } from './program-graph.ts';

const validatorName = /valid|celebrate|schema|sanit|joi\b|zod|ajv|checkSchema|\bdto\b|openapi/i;
const schemaKeys: ReadonlySet<string> = new Set(['schema', 'validate', 'validation', 'options', 'config', 'querystring', 'query', 'params', 'body', 'payload']);
const limitKeys: ReadonlySet<string> = new Set(['maximum', 'exclusiveMaximum', 'max', 'enum', 'const', 'lt', 'maxLength', 'pattern', 'maxItems', 'format']);
const fieldChain = /^(?:query|param|body|check|header|cookie)$/;

/**
 * Whether a route is registered together with something that limits an input: a validator among its handlers, an
 * express-validator chain with a maximum for the field, a schema that limits the property. A schema that can be read and
 * says nothing of a maximum limits nothing.
 */
export function limitsInput(graph: ProgramGraph, entry: Entry, input: string): boolean {
  const module = graph.module(entry.location.file);
  const call = module.calls[callWithCallee(module, entry.location.start, entry.location.end)];
  if (!call) return false;
  const field = /(?<!\w)(\w+)\W{0,20}$/.exec(input)?.[1] ?? '';
  return call.args.some(arg => isLimiting(module, arg, field, 0)) || checksEveryRequest(graph);
}

/** A middleware that checks each request against an OpenAPI document. */
function checksEveryRequest(graph: ProgramGraph): boolean {
  return graph.linkedFiles.some(file => graph.module(file).imports.some(({ specifier }) => /openapi-validator|openapi-backend/.test(specifier)));
}

function isLimiting(module: ModuleFacts, value: Value, field: string, depth: number): boolean {
  if (depth > 4) return false;
  switch (value.k) {
    case 'var':
      return validatorName.test(module.variables[value.var]!.name);
    case 'get':
      return validatorName.test(value.name) || isLimiting(module, value.object, field, depth + 1);
    case 'call': {
      const chain = fieldChainOf(module, value);
      if (chain) return chain.field === field && chain.limited;
      const call = module.calls[value.call]!;
      return validatorName.test(call.text) || call.args.some(arg => isLimiting(module, arg, field, depth + 1));
    }
    case 'obj': {
      const object = module.objects[value.obj]!;
      if (object.array) return object.properties.some(item => isLimiting(module, item.value, field, depth + 1));
      return object.properties.some(item => {
        if (!schemaKeys.has(item.name)) return false;
        return item.value.k === 'obj' ? limitsProperty(module, item.value, field, 0) || isLimiting(module, item.value, field, depth + 1) : item.value.k === 'call' || item.value.k === 'var' || item.value.k === 'get';
      });
    }
    default:
      return false;
  }
}

/** Whether a literal JSON Schema has a limit for a property of the name. */
function limitsProperty(module: ModuleFacts, value: Value, field: string, depth: number): boolean {
  if (value.k !== 'obj' || depth > 6) return false;
  return module.objects[value.obj]!.properties.some(item => {
    if (item.name === field) return item.value.k !== 'obj' || hasProperty(module.objects[item.value.obj]!, limitKeys);
    return limitsProperty(module, item.value, field, depth + 1);
  });
}

function hasProperty(object: ObjectFacts, names: ReadonlySet<string>): boolean {
  return object.properties.some(({ name, kind }) => names.has(name) || kind === 'spread') || Object.keys(object.constants ?? {}).some(name => names.has(name));
}

/** `query('n').isInt({ max: 100 }).toInt()`: the field, and whether a link of the chain limits it. */
function fieldChainOf(module: ModuleFacts, value: Value): { readonly field: string; readonly limited: boolean } | null {
  let limited = false;
  let current = value;
  while (current.k === 'call') {
    const call = module.calls[current.call]!;
    if (call.callee.k !== 'get') {
      const [name] = call.literalArgs;
      return fieldChain.test(call.text) && typeof name === 'string' ? { field: name.split('.').pop()!, limited } : null;
    }
    const [options] = call.args;
    limited ||= /^(?:isIn|isBoolean|isUUID|isMongoId|equals|matches|custom)$/.test(call.callee.name) || (options?.k === 'obj' && hasProperty(module.objects[options.obj]!, limitKeys));
    current = call.callee.object;
  }
  return null;
}
