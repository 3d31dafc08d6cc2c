import type { Value } from '../facts/module-facts.ts';
import { callWithCallee } from '../facts/module-index.ts';
import type { Entry, FunctionNode, ProgramGraph } from './program-graph.ts';

/** `/admin/users`, `adminOnly`, `isAdmin`, `controllers.admin.stats`; not `administer`. */
const administration = /(?:^|[^a-z])(?:admin|administrator|superuser)s?(?:$|[^a-z])|Admin(?:istrator)?s?(?:$|[^a-z])/;

/** `requireLogin`, `isAuthenticated`, `verifyToken`, `passport.authenticate('jwt')`; not `author`, nor the route that signs people in. */
const authentication = /(?:^|[^a-z])(?:auth|authenticated?|authori[sz]ed?|jwt|passport|protect(?:ed)?|session|loggedin|logged|signedin|token)(?:$|[^a-z])|(?:Auth|Authenticated?|Authentication|Authori[sz]ed?|LoggedIn|Login|SignedIn|Token|Jwt|JWT|Session|User)(?:$|[^a-z])/;

/** Whether a route is for those who run the service, by its path, its guards or its handler: whoever may stop the service need not be kept from slowing it down. */
export function isForAdministrators(graph: ProgramGraph, entry: Entry): boolean {
  return isNamed(graph, entry, administration, 'label and guards');
}

/** Whether a route asks who somebody is before it answers, by the names of its guards. A guess: it moves a finding in the order, no more. */
export function isForSignedIn(graph: ProgramGraph, entry: Entry): boolean {
  return isNamed(graph, entry, authentication, 'guards');
}

function isNamed(graph: ProgramGraph, entry: Entry, pattern: RegExp, where: 'label and guards' | 'guards'): boolean {
  const module = graph.module(entry.location.file);
  const call = module.calls[callWithCallee(module, entry.location.start, entry.location.end)];
  const isNamedSo = (text: string): boolean => pattern.test(text);
  const names = (value: Value, depth: number): boolean => {
    switch (value.k) {
      case 'string':
        return isNamedSo(value.value);
      case 'global':
        return isNamedSo(value.name);
      case 'var':
        return isNamedSo(module.variables[value.var]!.name);
      case 'get':
        return isNamedSo(value.name) || names(value.object, depth);
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
  if (where === 'label and guards') return isNamedSo(entry.label) || (call !== undefined && call.args.some(arg => names(arg, 0)));
  // The first argument is the path, the last one the handler.
  return call !== undefined && call.args.slice(1, -1).some(arg => names(arg, 0));
}

/** Whether requests reach the function, and all of them are for administrators. */
export function isForAdministratorsOnly(graph: ProgramGraph, fn: FunctionNode): boolean {
  const reaches = graph.reaching(fn, ['request']);
  return reaches.length > 0 && reaches.every(({ entry }) => isForAdministrators(graph, entry));
}
