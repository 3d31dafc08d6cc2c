import type { CallEdge, Entry, FunctionNode, ProgramGraph } from './graph/program-graph.ts';
import type { EntryPoint } from './order/run.ts';
import type { Timeline } from './order/timeline.ts';
import type { Finding, SourceLocation } from './hazards/finding.ts';

// What the program graph knows of functions that are explained: who calls them, what they call, and what in them blocks.

/** A function that Node, a framework or a library calls. */
export interface Handler {
  /** `GET /users/:id · UserController.show`, `setInterval callback`. */
  readonly title: string;
  /** Where it is registered, or stands. */
  readonly location: SourceLocation;
  /** The file of its function. */
  readonly file: string;
  /** Where the order machine starts. */
  readonly entryPoint: EntryPoint & { readonly kind: 'function' };
}

/** Functions that are looked at for what blocks in them, from the explained one on. */
const followedFunctions = 300;
const stalling: ReadonlySet<string> = new Set(['blocking', 'cpu']);

/** The handlers that a file holds, in order; those of several registrations once. */
export function handlersIn(graph: ProgramGraph, file: string): readonly Handler[] {
  return handlersOf(graph, graph.entries.filter(entry => entry.function.file === file || entry.location.file === file));
}

/** The handlers of a file as a timeline lists them; none for a file that the graph does not know. `pathOf`: a file of the workspace as the timeline names it. */
export function listedHandlers(graph: ProgramGraph, file: string, pathOf: (file: string) => string): NonNullable<Timeline['handlers']> {
  return graph.files.includes(file) ? handlersIn(graph, file).map(({ title, location }) => ({ title, location: { ...location, file: pathOf(location.file) } })) : [];
}

/**
 * The handlers that a text means: `GET /users/:id`, `UserController.show`, or a part of either. Those whose title it is in full come
 * alone.
 */
export function handlersNamed(graph: ProgramGraph, text: string): readonly Handler[] {
  const wanted = simplified(text);
  const all = handlersOf(graph, graph.entries);
  const exact = all.filter(({ title }) => title.split(' · ').some(part => simplified(part) === wanted));
  return exact.length > 0 ? exact : all.filter(({ title }) => simplified(title).includes(wanted));
}

function simplified(text: string): string {
  return text.toLowerCase().replace(/ handler$/, '').replace(/\s+/g, ' ').replace(/(^| )\/+/, '$1').trim();
}

function handlersOf(graph: ProgramGraph, entries: readonly Entry[]): readonly Handler[] {
  const byFunction = new Map<string, Entry>();
  for (const entry of entries) {
    if (entry.function.facts.kind === 'module') continue;
    const key = `${entry.function.file} ${entry.function.index}`;
    const known = byFunction.get(key);
    if (!known || detail(entry) > detail(known)) byFunction.set(key, entry);
  }
  return [...byFunction.values()].map(entry => handlerOf(graph, entry));
}

/** How much a label says. */
function detail({ label }: Entry): number {
  return label.split(' ').length + Number(/\//.test(label)) * 10;
}

function handlerOf(graph: ProgramGraph, entry: Entry): Handler {
  const title = titleOf(graph, entry);
  return { title, location: entry.location, file: entry.function.file, entryPoint: { kind: 'function', offset: offsetIn(entry.function), phase: phaseOf(entry), label: title } };
}

/** `GET /users/:id · UserController.show`; without a name of its own `GET /users/:id handler`. */
export function titleOf(graph: ProgramGraph, { label, function: fn }: Entry): string {
  const { displayName } = fn;
  const named = /^[\w$#.]+$/.test(displayName) && !/^(?:anonymous|default)$/.test(displayName);
  const route = withPrefix(routeOfFile(label), prefixOf(graph, fn));
  return named && !label.includes(displayName) ? `${route.replace(/ handler$/, '')} · ${displayName}` : route;
}

/** `PUT src/app/api/users/[id]/route`, by a framework's place of files, is `PUT /api/users/:id`. */
function routeOfFile(label: string): string {
  const [, method, path] = /^([A-Z]+) (?:src\/)?app\/(.*)\/route$/.exec(label) ?? [];
  if (method === undefined) return label;
  return `${method} /${path!.split('/').filter(part => !/^[(@].*\)?$/.test(part)).map(part => part.replace(/^\[(?:\.\.\.)?(.*)\]$/, ':$1')).join('/')} handler`;
}

/** `GET me handler` of the controller `auth` is `GET /auth/me handler`. */
function withPrefix(label: string, prefix: string | null): string {
  const [, method, path] = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ALL|SSE)(?: (\S*))? handler$/.exec(label) ?? [];
  if (prefix === null || method === undefined) return label;
  return `${method} /${[prefix, path ?? ''].flatMap(part => part.split('/')).filter(part => part !== '').join('/')} handler`;
}

/** The path of the controller that a method is of; null where its class is none. */
function prefixOf(graph: ProgramGraph, { file, facts }: FunctionNode): string | null {
  if (facts.class < 0) return null;
  for (const { range, args } of graph.module(file).classes[facts.class]!.decorators) {
    const text = graph.text(file)?.slice(...range) ?? '';
    if (!/^@?\w*Controller\b/.test(text)) continue;
    const [first] = args;
    if (first?.k === 'string') return first.value;
    return /\bpath:\s*['"`]([^'"`]*)['"`]/.exec(text)?.[1] ?? '';
  }
  return null;
}

function phaseOf({ role, label }: Entry): EntryPoint['phase'] {
  if (role === 'timer') return 'timers';
  return /^setImmediate/.test(label) ? 'check' : 'poll';
}

/** An offset at which the function is the innermost one: the range of a method begins with its decorators, that of others with themselves. */
function offsetIn({ facts: { kind, range } }: FunctionNode): number {
  return kind === 'method' || kind === 'getter' || kind === 'setter' || kind === 'constructor' ? range[1] - 1 : range[0];
}

/** The roles of the functions of a file, for a place in it. */
export interface FunctionTitles {
  /** Start and end of each function, with its title where somebody outside of the program calls it. */
  readonly functions: readonly { readonly start: number; readonly end: number; readonly title: string | null; readonly phase: EntryPoint['phase'] }[];
}

export function functionTitles(graph: ProgramGraph, file: string): FunctionTitles {
  const handlers = new Map(graph.entries.filter(({ function: fn }) => fn.file === file && fn.facts.kind !== 'module').sort((a, b) => detail(a) - detail(b)).map(entry => [entry.function.index, entry]));
  return {
    functions: graph.module(file).functions.slice(1).map(({ range: [start, end] }, index) => {
      const entry = handlers.get(index + 1);
      return { start, end, title: entry ? titleOf(graph, entry) : null, phase: entry && phaseOf(entry) };
    }),
  };
}

/** What the machine cannot find out by itself of the program around a function. */
export type Surroundings = Required<Pick<EntryPoint, 'calls' | 'stalls'>>;

/**
 * What the functions around a place of a file call, where that is one function of the program, and what blocks in what they call.
 * @param findingsIn the findings of some files
 * @param path a file of the workspace as the machine names it
 */
export function surroundingsOf(graph: ProgramGraph, findingsIn: (files: readonly string[]) => readonly Finding[], file: string, offset: number, path: (file: string) => string): Surroundings {
  const functions = graph.module(file).functions.flatMap(({ range }, index) => (index > 0 && range[0] <= offset && offset < range[1] ? [graph.functionOf(file, index)] : []));
  const seen = new Set(functions);
  const calls = new Map<string, NonNullable<EntryPoint['calls']>[number] | null>();
  const queue = [...functions];
  for (const fn of queue) {
    const edges: readonly CallEdge[] = graph.callsFrom(fn);
    for (const { kind, call, to } of edges) {
      const key = `${fn.file} ${call.range[0]}`;
      // A call that leads into several functions is none that is known.
      if (kind === 'call') calls.set(key, calls.has(key) ? null : { file: path(fn.file), start: call.range[0], toFile: path(to.file), toOffset: offsetIn(to) });
      if (seen.has(to) || seen.size >= followedFunctions) continue;
      seen.add(to);
      queue.push(to);
    }
  }
  const files = new Set([...seen].map(fn => fn.file));
  const stalls = findingsIn([...files]).filter(({ category, suppressed }) => stalling.has(category) && suppressed === null).map(({ location, path: steps, message }) => ({
    file: path(location.file), line: location.line, column: location.column, text: steps.at(-1)?.label ?? '', cost: costIn(message),
  }));
  return { calls: [...calls.values()].filter(call => call !== null), stalls };
}

/** The sentence of a message that says how long it takes; '' where it has none. */
function costIn(message: string): string {
  return message.split(/(?<=[.。]) ?/).find(sentence => /\d\s?(?:ms|s|毫秒|秒)\b|measured|实测/.test(sentence))?.replace(/\.$/, '') ?? '';
}
