import type { Value } from '../facts/module-facts.ts';
import { callWithCallee } from '../facts/module-index.ts';
import type { Entry, FunctionNode, ProgramGraph } from './program-graph.ts';

/** `/admin/users`, `adminOnly`, `isAdmin`, `controllers.admin.stats`; not `administer`. */
const administration = /(?:^|[^a-z])(?:admin|administrator|superuser)s?(?:$|[^a-z])|Admin(?:istrator)?s?(?:$|[^a-z])/;

/** Whether a route is for those who run the service, by its path, its guards or its handler: whoever may stop the service need not be kept from slowing it down. */
export function isForAdministrators(graph: ProgramGraph, entry: Entry): boolean {
  const module = graph.module(entry.location.file);
  const call = module.calls[callWithCallee(module, entry.location.start, entry.location.end)];
  const isAdmin = (text: string): boolean => administration.test(text);
  const names = (value: Value, depth: number): boolean => {
    switch (value.k) {
      case 'string':
        return isAdmin(value.value);
      case 'global':
        return isAdmin(value.name);
      case 'var':
        return isAdmin(module.variables[value.var]!.name);
      case 'get':
        return isAdmin(value.name) || names(value.object, depth);
      case 'call': {
        const { callee, args } = module.calls[value.call]!;
        return depth < 4 && [callee, ...args].some(part => names(part, depth + 1));
      }
      case 'obj':
        return depth < 4 && module.objects[value.obj]!.array && module.objects[value.obj]!.properties.some(item => names(item.value, depth + 1));
      default:
        return false;
    }
  };
  return isAdmin(entry.label) || (call !== undefined && call.args.some(arg => names(arg, 0)));
}

/** Whether requests reach the function, and all of them are for administrators. */
export function isForAdministratorsOnly(graph: ProgramGraph, fn: FunctionNode): boolean {
  const reaches = graph.reaching(fn, ['request']);
  return reaches.length > 0 && reaches.every(({ entry }) => isForAdministrators(graph, entry));
}
