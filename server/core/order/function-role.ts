import type { SourceFile, TSESTree } from '../syntax/source-file.ts';
import type { EntryPoint } from './run.ts';
import type { Phase } from './timeline.ts';

type FunctionLike = TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression;

/** In which phase Node calls a function, and what to call it. */
export interface FunctionRole {
  readonly phase: Phase;
  /** `GET /report handler`, `setTimeout callback`. */
  readonly label: string;
}

/** Knows the role of the function that starts at a 0-based offset, from the whole program; null where it does not. */
export type RoleOf = (functionStart: number) => FunctionRole | null;

/**
 * Where the machine starts for a place in a file: the function around it in its role, or the file at top level.
 *
 * Functions that run at once where they are written (array callbacks, promise executors, invoked function expressions)
 * are part of the function around them. The role is what `roleOf` knows; failing that, it follows from the call that
 * the function is handed to, by the names that Node and common frameworks use.
 * @param line 1-based @param column 1-based, in UTF-16 units; without it, a function that starts on the line counts
 */
export function entryPointAt(source: SourceFile, line: number, column?: number, roleOf: RoleOf = () => null): EntryPoint {
  const path = functionPath(source, line, column);
  if (!path) return { kind: 'file' };
  for (let at = path.length - 1; at >= 0; at--) {
    const node = path[at]!;
    if (!isFunction(node)) continue;
    const written = syntacticRole(source, node, path.slice(0, at));
    const known = roleOf(node.range[0]);
    // A decorator says more of a method than who registers it: the path of its controller, its name.
    const role = written?.label.includes(' · ') ? written : known ?? written;
    if (role) return { kind: 'function', offset: node.range[0], phase: role.phase, label: role.label };
  }
  return { kind: 'file' };
}

/** The nodes from the program down to the innermost function of the place; null where there is none. */
function functionPath(source: SourceFile, line: number, column: number | undefined): TSESTree.Node[] | null {
  const lineStart = source.lines.offsetAt(line, 1);
  const indent = /^\s*/.exec(source.text.slice(lineStart))![0].length;
  const offset = column === undefined ? lineStart + indent : source.lines.offsetAt(line, column);
  let inside: TSESTree.Node[] | null = null;
  let starting: TSESTree.Node[] | null = null;
  walk(source.ast, [], path => {
    const node = path.at(-1)!;
    // Decorators and the name of a method belong to it.
    if (node.type === 'MethodDefinition' && isFunction(node.value) && node.range[0] <= offset && offset < node.value.range[0]) inside = [...path, node.value];
    if (!isFunction(node)) return;
    if (node.range[0] <= offset && offset < node.range[1]) inside = path;
    if (column === undefined && node.loc.start.line === line) starting ??= path;
  });
  return starting ?? inside;
}

/** Calls `visit` with each node's path from the root, parents first. */
function walk(node: TSESTree.Node, above: readonly TSESTree.Node[], visit: (path: TSESTree.Node[]) => void): void {
  const path = [...above, node];
  visit(path);
  for (const [key, value] of Object.entries(node)) {
    if (key === 'parent' || key === 'loc' || key === 'range') continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child !== null && typeof child === 'object' && typeof (child as TSESTree.Node).type === 'string') walk(child as TSESTree.Node, path, visit);
    }
  }
}

function isFunction(node: TSESTree.Node): node is FunctionLike {
  return node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression';
}

const runsAtOnce = /^(forEach|map|filter|some|every|find|findIndex|findLast|findLastIndex|reduce|reduceRight|flatMap|sort|toSorted|replace|replaceAll|from|run)$/;
const routeMethods = /^(get|post|put|patch|delete|head|options|all|use|route|ws)$/;
const listenerMethods = /^(on|once|addListener|prependListener|prependOnceListener|addEventListener|subscribe|consume|process)$/;

function syntacticRole(source: SourceFile, fn: FunctionLike, above: readonly TSESTree.Node[]): FunctionRole | null {
  const parent = above.at(-1);
  if (parent?.type === 'NewExpression' && parent.callee.type === 'Identifier' && parent.callee.name === 'Promise') return null;
  if (parent?.type === 'CallExpression') {
    if (parent.callee === fn) return null;
    if (parent.callee.type === 'MemberExpression' && runsAtOnce.test(memberName(parent.callee))) return null;
    return registrationRole(parent) ?? registrationAround(above) ?? { phase: 'poll', label: `callback of ${calleeText(parent)}()` };
  }
  if (parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition') {
    const owner = above.findLast(node => node.type === 'ClassDeclaration' || node.type === 'ClassExpression') as TSESTree.ClassDeclaration | undefined;
    return methodRole(parent, owner) ?? { phase: 'poll', label: memberLabel(parent, owner) };
  }
  const name = functionName(fn, above);
  const registered = name === null ? null : registrationByName(source, name);
  if (registered) return registered;
  return { phase: 'poll', label: isRequestHandler(fn) ? `request handler ${name ?? ''}`.trim() : name === null ? 'function' : `${name}()` };
}

/** What a call does with a function that it is given, by the names in use; null where the names say nothing. */
function registrationRole(call: TSESTree.CallExpression): FunctionRole | null {
  const text = calleeText(call);
  const name = call.callee.type === 'MemberExpression' ? memberName(call.callee) : text;
  const first = call.arguments[0];
  const literal = first?.type === 'Literal' && typeof first.value === 'string' ? first.value : null;
  if (/^(setTimeout|setInterval)$/.test(name)) return { phase: 'timers', label: `${name} callback` };
  if (name === 'setImmediate') return { phase: 'check', label: 'setImmediate callback' };
  if (name === 'nextTick') return { phase: 'nextTick', label: 'process.nextTick callback' };
  if (name === 'queueMicrotask' || (call.callee.type === 'MemberExpression' && /^(then|catch|finally)$/.test(name))) return { phase: 'microtask', label: `${name} callback` };
  if (/^(createServer|createSecureServer)$/.test(name)) return { phase: 'poll', label: `request handler of ${text}()` };
  if (/^(schedule|cron|scheduleJob)$/.test(name)) return { phase: 'timers', label: `${text} job` };
  if (call.callee.type !== 'MemberExpression') return null;
  if (listenerMethods.test(name) && literal !== null) {
    if (text.startsWith('process.') && literal === 'exit') return { phase: 'exit', label: "'exit' listener of process" };
    return { phase: literal === 'close' ? 'close' : 'poll', label: `'${literal}' listener of ${text.slice(0, text.lastIndexOf('.'))}` };
  }
  if (routeMethods.test(name) && (literal?.startsWith('/') || literal === '*')) return { phase: 'poll', label: `${name === 'use' || name === 'all' ? '' : `${name.toUpperCase()} `}${literal} handler` };
  if (name === 'use' || name === 'addHook') return { phase: 'poll', label: `middleware of ${text.slice(0, text.lastIndexOf('.'))}` };
  return null;
}

/** The registration that takes what a wrapper makes of the function: `app.get('/', wrap(async (req, res) => …))`. */
function registrationAround(above: readonly TSESTree.Node[]): FunctionRole | null {
  for (let depth = above.length - 2; depth >= 0; depth--) {
    const node = above[depth]!;
    if (node.type === 'ArrayExpression') continue;
    if (node.type !== 'CallExpression') return null;
    const role = node.arguments.includes(above[depth + 1] as TSESTree.CallExpressionArgument) || above[depth + 1]?.type === 'ArrayExpression' ? registrationRole(node) : null;
    if (role) return role;
  }
  return null;
}

/** `CatsController.findOne` */
function memberLabel(member: TSESTree.MethodDefinition | TSESTree.PropertyDefinition, owner: TSESTree.ClassDeclaration | undefined): string {
  const name = member.key.type === 'Identifier' ? member.key.name : member.key.type === 'PrivateIdentifier' ? `#${member.key.name}` : '…';
  return owner?.id ? `${owner.id.name}.${name}` : name;
}

/** What the decorators of known frameworks make of a method: `GET /cats/:id · CatsController.findOne`. Others say nothing of who calls it. */
function methodRole(member: TSESTree.MethodDefinition | TSESTree.PropertyDefinition, owner: TSESTree.ClassDeclaration | undefined): FunctionRole | null {
  for (const { name, argument } of decoratorsOf(member)) {
    const label = memberLabel(member, owner);
    if (/^(Cron|Interval|Timeout)$/.test(name)) return { phase: 'timers', label: `@${name} job · ${label}` };
    if (/^(Get|Post|Put|Patch|Delete|Head|Options|All|Sse)$/.test(name)) {
      const prefix = owner ? decoratorsOf(owner).find(decorator => /^(?:Json)?Controller$/.test(decorator.name))?.argument ?? '' : '';
      const path = `/${[prefix, argument].flatMap(part => part.split('/')).filter(part => part !== '').join('/')}`;
      return { phase: 'poll', label: `${name === 'All' ? '' : `${name.toUpperCase()} `}${path} · ${label}` };
    }
    const what = /^(?:MessagePattern|EventPattern|SubscribeMessage|OnEvent|GrpcMethod|Process|Query|Mutation|Subscription|OnQueueEvent|OnWorkerEvent|RabbitSubscribe)$/.test(name) ? `@${name}` : null;
    if (what) return { phase: 'poll', label: `${argument === '' ? what : `${what} ${argument}`} · ${label}` };
  }
  return null;
}

/** Decorators by name, each with its first argument as a text, or its `path`. */
function decoratorsOf({ decorators }: { readonly decorators?: readonly TSESTree.Decorator[] }): { readonly name: string; readonly argument: string }[] {
  return (decorators ?? []).flatMap(({ expression }) => {
    const callee = expression.type === 'CallExpression' ? expression.callee : expression;
    if (callee.type !== 'Identifier') return [];
    const first = expression.type === 'CallExpression' ? expression.arguments[0] : undefined;
    const text = first?.type === 'ObjectExpression' ? first.properties.flatMap(property => (property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'path' ? [property.value] : []))[0] : first;
    return [{ name: callee.name, argument: text?.type === 'Literal' && typeof text.value === 'string' ? text.value : '' }];
  });
}

/** The role that a function gets where its name is handed to a registration in the same file. */
function registrationByName(source: SourceFile, name: string): FunctionRole | null {
  let found: FunctionRole | null = null;
  walk(source.ast, [], path => {
    const node = path.at(-1)!;
    if (found || node.type !== 'CallExpression') return;
    if (node.arguments.some(argument => argument.type === 'Identifier' && argument.name === name)) found = registrationRole(node);
  });
  return found;
}

function functionName(fn: FunctionLike, above: readonly TSESTree.Node[]): string | null {
  if (fn.id) return fn.id.name;
  const parent = above.at(-1);
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name;
  if ((parent?.type === 'MethodDefinition' || parent?.type === 'Property' || parent?.type === 'PropertyDefinition') && parent.key.type === 'Identifier') return parent.key.name;
  if (parent?.type === 'AssignmentExpression' && parent.left.type === 'MemberExpression') return memberName(parent.left);
  if (parent?.type === 'AssignmentExpression' && parent.left.type === 'Identifier') return parent.left.name;
  return null;
}

function isRequestHandler(fn: FunctionLike): boolean {
  const names = fn.params.map(param => (param.type === 'Identifier' ? param.name.replace(/^_+/, '') : ''));
  return /^(req|request|ctx|context)$/.test(names[0] ?? '') && (names.length === 1 || /^(res|response|reply|next|h)$/.test(names[1] ?? ''));
}

function memberName(node: TSESTree.MemberExpression): string {
  return node.property.type === 'Identifier' && !node.computed ? node.property.name : '';
}

/** `app.get`, `fs.promises.readFile`; `…` for what is no name. */
function calleeText(call: TSESTree.CallExpression): string {
  const text = (node: TSESTree.Node): string => {
    if (node.type === 'Identifier') return node.name;
    if (node.type === 'ThisExpression') return 'this';
    if (node.type === 'MemberExpression') return `${text(node.object)}.${memberName(node) || '…'}`;
    return '…';
  };
  return text(call.callee);
}
