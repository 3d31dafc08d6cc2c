import type { CallFacts } from '../facts/module-facts.ts';
import { nodeOf, type Flow, type FlowModule } from './flow.ts';
import { functionKey, type FunctionKey } from './function-key.ts';
import { capturedParameters, isIndirect } from './parameter-references.ts';
import type { AbstractValue } from './values.ts';
import { noSite, type FunctionAt } from './wrapper-sites.ts';

/** What a call leads to. */
export interface Callees {
  /** The functions of the program that it enters, sorted. */
  readonly functions: readonly FunctionKey[];
  /** Those among them that captured parameters, with the calls that made them. */
  readonly closures: readonly FunctionAt[];
  /** It can also leave the program. */
  readonly outside: boolean;
}

const callsNothing: Callees = { functions: [], closures: [], outside: false };
const callsOutside: Callees = { functions: [], closures: [], outside: true };

/** `visited` collects the modules whose classes were looked at. */
export function calleesOf(flow: Flow, module: FlowModule, index: number, visited: Set<number>): Callees {
  const functions = new Set<FunctionKey>();
  const closures: FunctionAt[] = [];
  let outside = false;
  const call = module.facts.calls[index]!;
  for (const value of calleeValues(flow, module, index)) {
    switch (value.k) {
      case 'fn':
        functions.add(functionKey(value.m, value.fn));
        if (capturedParameters(flow.modules[value.m]!.facts, value.fn).length > 0) closures.push({ m: value.m, fn: value.fn, site: value.site ?? noSite });
        break;
      case 'class':
        if (call.new) for (const key of constructorCode(flow, value.m, value.class, visited, 0)) functions.add(key);
        break;
      case 'instance':
        if (call.callee.k === 'super') for (const key of constructorCode(flow, value.m, value.class, visited, 0)) functions.add(key);
        break;
      case 'external':
      case 'member':
      case 'typed':
        outside = true;
        break;
    }
  }
  if (functions.size === 0) return outside ? callsOutside : callsNothing;
  return { functions: [...functions].sort((a, b) => a - b), closures: closures.sort(compareFunctions), outside };
}

/** By module, function, and the place of the call that made it; numbers of sites say nothing of an order. */
function compareFunctions(a: FunctionAt, b: FunctionAt): number {
  return a.m - b.m || a.fn - b.fn || a.site - b.site;
}

/** What is called, behind `.call()` and `.apply()`. */
export function calleeValues(flow: Flow, module: FlowModule, index: number): readonly AbstractValue[] {
  const { callee } = module.facts.calls[index]!;
  const node = isIndirect(callee) ? nodeOf(flow, module, callee.object) : module.callees[index]!;
  return flow.solver.values(node).map(id => flow.values.get(id));
}

/** What the receiver of a method call can be. */
export function receiverValues(flow: Flow, module: FlowModule, call: CallFacts): readonly AbstractValue[] {
  return call.callee.k === 'get' ? flow.solver.values(nodeOf(flow, module, call.callee.object)).map(id => flow.values.get(id)) : [];
}

/** What `new` runs: the constructor, or the inherited one, and the initialisers of the fields. */
function constructorCode(flow: Flow, m: number, index: number, visited: Set<number>, depth: number): FunctionKey[] {
  const module = flow.modules[m]!;
  const facts = module.facts.classes[index]!;
  const code: FunctionKey[] = [];
  visited.add(m);
  module.facts.functions.forEach((fn, position) => {
    if (fn.class === index && fn.kind === 'field' && !fn.static) code.push(functionKey(m, position));
  });
  if (facts.constructorFn >= 0) code.push(functionKey(m, facts.constructorFn));
  else if (depth < 10 && facts.superClass) {
    for (const id of flow.solver.values(nodeOf(flow, module, facts.superClass))) {
      const parent = flow.values.get(id);
      if (parent.k === 'class') code.push(...constructorCode(flow, parent.m, parent.class, visited, depth + 1));
    }
  }
  return code;
}
