import { addPairs, parentsNode, propertyNode, readProperty, type Flow, type FlowModule } from './flow.ts';
import type { NodeId, ValueId } from './solver.ts';

/**
 * Lets values flow through the methods of arrays, promises, maps and functions, whatever the receiver is taken
 * for: a promise stands for its value, a collection has its elements under `*`.
 * Sources: ECMA-262 §20.2.3 (Function), §23.1.3 (Array), §24 (keyed collections), §27.2.5 (Promise).
 */
export function flowBuiltinCall(flow: Flow, module: FlowModule, call: number, name: string, receiver: NodeId, args: readonly NodeId[], result: NodeId): void {
  const { solver, values } = flow;
  const [first, second] = args;
  const collection = (): ValueId => values.id({ k: 'collection', m: module.index, call });
  const elementsOf = (from: NodeId, to: NodeId): void => solver.onValue(from, id => readProperty(flow, id, '*', to));
  const eachFunction = (callback: NodeId | undefined, use: (params: readonly (NodeId | undefined)[], returned: NodeId) => void): void => {
    if (callback === undefined) return;
    solver.onValue(callback, id => {
      const value = values.get(id);
      if (value.k !== 'fn') return;
      const target = flow.modules[value.m]!;
      const params = target.facts.functions[value.fn]!.params.map(variable => (variable >= 0 ? target.variables[variable] : undefined));
      use(params, target.returns[value.fn]!);
    });
  };
  const withElement = (position: number, use?: (returned: NodeId) => void): void =>
    eachFunction(first, (params, returned) => {
      if (params[position] !== undefined) elementsOf(receiver, params[position]);
      use?.(returned);
    });

  switch (name) {
    case 'then':
      eachFunction(first, (params, returned) => {
        if (params[0] !== undefined) solver.flow(receiver, params[0]);
        solver.flow(returned, result);
      });
      eachFunction(second, (_params, returned) => solver.flow(returned, result));
      return;
    case 'catch':
    case 'finally':
      solver.flow(receiver, result);
      if (name === 'catch') eachFunction(first, (_params, returned) => solver.flow(returned, result));
      return;
    case 'forEach':
    case 'some':
    case 'every':
    case 'findIndex':
      withElement(0);
      return;
    case 'map':
    case 'flatMap':
      withElement(0, returned => solver.flow(returned, propertyNode(flow, collection(), '*')));
      if (first !== undefined) solver.add(result, collection());
      return;
    case 'find':
    case 'findLast':
      withElement(0);
      elementsOf(receiver, result);
      return;
    case 'filter':
    case 'slice':
    case 'sort':
    case 'reverse':
    case 'toSorted':
      if (name === 'filter') withElement(0);
      solver.onValue(receiver, id => isCollection(flow, id) && solver.add(result, id));
      return;
    case 'concat':
      solver.add(result, collection());
      elementsOf(receiver, propertyNode(flow, collection(), '*'));
      for (const arg of args) elementsOf(arg, propertyNode(flow, collection(), '*'));
      return;
    case 'reduce':
      withElement(1, returned => solver.flow(returned, result));
      if (second !== undefined) solver.flow(second, result);
      return;
    case 'push':
    case 'unshift':
    case 'add':
      solver.onValue(receiver, id => isCollection(flow, id) && args.forEach(arg => solver.flow(arg, propertyNode(flow, id, '*'))));
      return;
    case 'set':
      if (second !== undefined) solver.onValue(receiver, id => values.get(id).k === 'collection' && solver.flow(second, propertyNode(flow, id, '*')));
      return;
    case 'get':
    case 'pop':
    case 'shift':
    case 'at':
      solver.onValue(receiver, id => isCollection(flow, id) && readProperty(flow, id, '*', result));
      return;
    case 'entries':
      solver.onValue(receiver, id => {
        if (!isCollection(flow, id)) return;
        solver.add(result, collection());
        addPairs(flow, module.index, call, collection());
        readProperty(flow, id, '*', propertyNode(flow, collection(), '*'));
      });
      return;
    case 'values':
    case 'keys':
      solver.onValue(receiver, id => isCollection(flow, id) && solver.add(result, id));
      return;
    case 'bind':
      solver.onValue(receiver, id => {
        const value = values.get(id);
        if (value.k !== 'fn' && value.k !== 'external' && value.k !== 'member') return;
        solver.add(result, id);
        if (value.k !== 'fn') return;
        const target = flow.modules[value.m]!;
        const fn = target.facts.functions[value.fn]!;
        if (first !== undefined && fn.class < 0 && fn.kind !== 'arrow') solver.flow(first, target.thises[value.fn]!);
        args.slice(1).forEach((arg, position) => {
          const variable = fn.params[position];
          if (variable !== undefined && variable >= 0) solver.flow(arg, target.variables[variable]!);
        });
      });
      return;
    case 'call':
    case 'apply':
      solver.onValue(receiver, id => {
        const value = values.get(id);
        if (value.k !== 'fn') return;
        const target = flow.modules[value.m]!;
        const fn = target.facts.functions[value.fn]!;
        if (first !== undefined && fn.class < 0 && fn.kind !== 'arrow') solver.flow(first, target.thises[value.fn]!);
        solver.flow(target.returns[value.fn]!, result);
        fn.params.forEach((variable, position) => {
          if (variable < 0) return;
          if (name === 'call' && args[position + 1] !== undefined) solver.flow(args[position + 1]!, target.variables[variable]!);
          if (name === 'apply' && second !== undefined) elementsOf(second, target.variables[variable]!);
        });
      });
      return;
    case 'extend':
      if (first !== undefined) {
        solver.flow(first, result);
        for (const source of args.slice(1)) solver.onValue(first, target => values.get(target).k === 'object' && solver.flow(source, parentsNode(flow, target)));
      }
      return;
  }
}

/** Array literals and what collection calls make. */
function isCollection(flow: Flow, id: ValueId): boolean {
  const value = flow.values.get(id);
  return value.k === 'collection' || (value.k === 'object' && flow.modules[value.m]!.facts.objects[value.obj]!.array);
}
