import type { CallFacts, Condition, GuardKind, ImportFacts, ModuleFacts, Statement, Term, Value } from '../facts/module-facts.ts';
import { assignmentsTo } from '../facts/module-index.ts';
import { clusterCall, clusterMember, clusterUse } from './cluster.ts';
import { deploymentOf } from './deployment.ts';
import type { FunctionNode, ProgramGraph } from './program-graph.ts';

/** The processes of a clustered program that run some code, as a set of bits. */
export type Sides = number;
export const primarySide: Sides = 1;
export const workerSide: Sides = 2;
export const bothSides: Sides = 3;

/** Who runs a place. */
export interface SidesOf {
  readonly may: Sides;
  /** Those that run it whenever they start: no condition but which process it is stands on the way. */
  readonly always: Sides;
}

/** Which code of a program runs in the primary, and which in its workers. */
export interface ClusterSides {
  /** Of a call; no sides where the file is no part of a program that forks. */
  ofCall(file: string, call: number): SidesOf;
  ofFunction(fn: FunctionNode): SidesOf;
  /** Of an assignment in a function, by the offset of its target. */
  ofWrite(fn: FunctionNode, start: number): SidesOf;
  /** Whether the program runs in several processes that share their sockets. */
  readonly clustered: boolean;
  /** Files whose top level runs in workers. */
  readonly workerFiles: ReadonlySet<string>;
  /** False where workers run a file that could not be found. */
  readonly knowsWorkers: boolean;
  /** Whether a process runs both files. A repository of examples holds many programs. */
  isSameProgram(a: string, b: string): boolean;
}

const nowhere: SidesOf = { may: 0, always: 0 };
const known = new WeakMap<ProgramGraph, ClusterSides>();

/**
 * Follows the program from the files that its processes start with: the primary's own, and for the workers the `exec` of
 * `setupPrimary()` or the same file again (Node docs, cluster: "cluster.setupPrimary([settings])", exec is process.argv[1]).
 * In PM2's cluster mode the primary is PM2's own, and every process of the program is a worker.
 * On the way each condition on `isPrimary`, `isMaster`, `isWorker`, `cluster.worker` or NODE_UNIQUE_ID leaves one side out.
 */
export function clusterSides(graph: ProgramGraph): ClusterSides {
  let sides = known.get(graph);
  if (!sides) known.set(graph, (sides = findSides(graph)));
  return sides;
}

/** What the walk knows of one file. */
interface FileSides {
  readonly functions: { may: Sides; always: Sides }[];
  /** By call: who comes to it inside its function, of those who run the function. */
  readonly local: LocalSides;
  readonly indexOf: ReadonlyMap<CallFacts, number>;
  /** The call that a function is written into as an argument, by function. */
  readonly handedTo: ReadonlyMap<number, number>;
}

function findSides(graph: ProgramGraph): ClusterSides {
  const files = new Map<string, FileSides>();
  const { forks } = clusterUse(graph);
  const linked = new Set(graph.linkedFiles);
  const startedByPm2 = deploymentOf(graph).starts.filter(({ clustered, script }) => clustered && linked.has(script)).map(({ script }) => script);
  const workerFiles = new Set<string>();
  if (forks.length === 0 && startedByPm2.length === 0) return { ofCall: () => nowhere, ofFunction: () => nowhere, ofWrite: () => nowhere, clustered: false, workerFiles, knowsWorkers: false, isSameProgram: () => false };
  const importers = importersOf(graph, linked);
  const programs = new Map<string, readonly string[]>();
  const programsOf = (file: string): readonly string[] => {
    let found = programs.get(file);
    if (!found) programs.set(file, (found = rootsOf(importers, file)));
    return found;
  };
  const forking = new Set(forks.map(({ file, call }) => graph.functionOf(file, call.fn)));
  // A file that loads a library which can fork is no clustered program by that.
  const roots = new Set(forks.flatMap(({ file }) => programsOf(file)).filter(root => leadsTo(graph, root, forking, linked)));
  const started = startedFiles(graph, roots, programsOf, linked, startedByPm2);
  const queue: FunctionNode[] = [];
  const sidesIn = (file: string): FileSides => {
    let found = files.get(file);
    if (!found) {
      const { functions, calls } = graph.module(file);
      const handedTo = new Map<number, number>();
      for (const [index, { args }] of calls.entries()) for (const arg of args) if (arg.k === 'fn') handedTo.set(arg.fn, index);
      const indexOf = new Map(calls.map((call, index) => [call, index]));
      files.set(file, (found = { functions: functions.map(() => ({ may: 0, always: 0 })), local: localSides(graph, file, calls.length), indexOf, handedTo }));
    }
    return found;
  };
  const visit = (fn: FunctionNode, { may, always }: SidesOf): void => {
    const own = sidesIn(fn.file).functions[fn.index]!;
    if ((own.may | may) === own.may && (own.always | always) === own.always) return;
    own.may |= may;
    own.always |= always;
    queue.push(fn);
  };
  const callSides = (file: string, call: number): SidesOf => {
    const { functions, local } = sidesIn(file);
    const own = functions[graph.module(file).calls[call]!.fn]!;
    return { may: own.may & local.calls[call]!.may, always: own.always & local.calls[call]!.always };
  };
  const follow = (): void => {
    for (let fn = queue.pop(); fn; fn = queue.pop()) {
      const { file } = fn;
      const module = graph.module(file);
      const own = sidesIn(file).functions[fn.index]!;
      for (const item of module.imports) {
        if (item.fn !== fn.index || item.typeOnly) continue;
        const target = graph.resolve(item.specifier, file);
        if (target === null || !linked.has(target)) continue;
        const at = importSides(module, item, own, call => callSides(file, call));
        if (at.may !== 0) visit(graph.functionOf(target, 0), at);
      }
      for (const { call, to } of graph.callsFrom(fn)) {
        const at = callSides(file, sidesIn(file).indexOf.get(call)!);
        if (at.may !== 0) visit(to, at);
      }
    }
  };
  for (const [file, sides] of started.files) {
    if (sides & workerSide) workerFiles.add(file);
    visit(graph.functionOf(file, 0), { may: sides, always: sides });
  }
  follow();
  // What nothing known calls is called by a framework: it runs where it was made, as far as that is known.
  for (const [file, { functions, handedTo }] of files) {
    for (const [index, own] of functions.entries()) {
      if (own.may !== 0 || index === 0) continue;
      const call = handedTo.get(index);
      const around = call !== undefined ? callSides(file, call) : functions[graph.module(file).functions[index]!.parent]!;
      visit(graph.functionOf(file, index), { may: around.may, always: 0 });
      follow();
    }
  }
  return {
    ofCall: (file, call) => (files.has(file) ? callSides(file, call) : nowhere),
    ofFunction: ({ file, index }) => files.get(file)?.functions[index] ?? nowhere,
    ofWrite: ({ file, index }, start) => {
      const { functions, local } = files.get(file) ?? {};
      const [own, at] = [functions?.[index], local?.writes.get(start)];
      return own && at ? { may: own.may & at.may, always: own.always & at.always } : nowhere;
    },
    clustered: true,
    workerFiles,
    knowsWorkers: started.knowsWorkers,
    isSameProgram: (a, b) => a === b || programsOf(a).some(root => programsOf(b).includes(root)),
  };
}

/** Files that import each file. */
function importersOf(graph: ProgramGraph, linked: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>();
  for (const file of linked) {
    for (const { specifier, typeOnly } of graph.module(file).imports) {
      const target = typeOnly ? null : graph.resolve(specifier, file);
      if (target === null || target === file || !linked.has(target)) continue;
      const list = importers.get(target);
      if (list) list.push(file);
      else importers.set(target, [file]);
    }
  }
  return importers;
}

/** The files from which processes start that come to this one: those that nobody imports, or itself. */
function rootsOf(importers: ReadonlyMap<string, readonly string[]>, file: string): readonly string[] {
  const closure = new Set([file]);
  for (const current of closure) for (const importer of importers.get(current) ?? []) closure.add(importer);
  const roots = [...closure].filter(current => !importers.has(current));
  return roots.length > 0 ? roots : [file];
}

/** Whether what a file runs when it is started calls one of the functions, as far as calls are known. */
function leadsTo(graph: ProgramGraph, root: string, targets: ReadonlySet<FunctionNode>, linked: ReadonlySet<string>): boolean {
  const seen = new Set<FunctionNode>([graph.functionOf(root, 0)]);
  for (const fn of seen) {
    if (targets.has(fn)) return true;
    for (const { to } of graph.callsFrom(fn)) seen.add(to);
    for (const item of graph.module(fn.file).imports) {
      const target = item.fn === fn.index && !item.typeOnly ? graph.resolve(item.specifier, fn.file) : null;
      if (target !== null && linked.has(target)) seen.add(graph.functionOf(target, 0));
    }
  }
  return false;
}

/** The files that the processes of clustered programs start with: the roots, and what workers are told to run instead. */
function startedFiles(graph: ProgramGraph, roots: ReadonlySet<string>, programsOf: (file: string) => readonly string[], linked: ReadonlySet<string>, startedByPm2: readonly string[]): { readonly files: ReadonlyMap<string, Sides>; readonly knowsWorkers: boolean } {
  const executes = new Set<string>();
  const executed = new Set(startedByPm2);
  let knowsWorkers = true;
  for (const file of linked) {
    const found = graph.module(file).calls.flatMap(call => execOf(graph, file, call));
    if (found.length > 0) for (const root of programsOf(file)) executes.add(root);
    for (const worker of found) {
      if (worker !== null && linked.has(worker)) executed.add(worker);
      else knowsWorkers = false;
    }
  }
  const files = new Map<string, Sides>();
  for (const root of roots) files.set(root, executes.has(root) ? primarySide : bothSides);
  for (const file of executed) files.set(file, (files.get(file) ?? 0) | workerSide);
  return { files, knowsWorkers };
}

/** The file that a call of `setupPrimary()` has the workers run: nothing where it names none, null where it is not known. */
function execOf(graph: ProgramGraph, file: string, call: CallFacts): readonly (string | null)[] {
  const member = clusterCall(graph, file, call);
  if (member !== 'setupPrimary' && member !== 'setupMaster') return [];
  const [settings] = call.args;
  if (!settings) return [];
  const objects = graph.meaningsOf(file, settings).flatMap(meaning => (meaning.k === 'object' ? [meaning] : []));
  if (objects.length === 0) return [null];
  return objects.flatMap(object => {
    const properties = graph.module(object.file).objects[object.obj]!.properties;
    const exec = properties.find(({ name }) => name === 'exec');
    if (exec) return [pathOf(graph, object.file, exec.value)];
    return properties.some(({ kind }) => kind === 'spread') ? [null] : [];
  });
}

/** The file of the program that a path names: a text, `__filename`, `require.resolve('./x')`, or `path.join(__dirname, 'x')`. */
function pathOf(graph: ProgramGraph, file: string, value: Value): string | null {
  const module = graph.module(file);
  if (value.k === 'global' && value.name === '__filename') return file;
  const text = pathText(module, value, 0);
  if (text === null) return null;
  return graph.resolve(/^[./]/.test(text) ? text : `./${text}`, file);
}

function pathText(module: ModuleFacts, value: Value, depth: number): string | null {
  if (depth > 3) return null;
  if (value.k === 'string') return value.value;
  if (value.k === 'var') {
    const assigned = assignmentsTo(module, value.var);
    return assigned.length === 1 ? pathText(module, assigned[0]!.value, depth + 1) : null;
  }
  if (value.k !== 'call') return null;
  const { text, args, literalArgs } = module.calls[value.call]!;
  if (text === 'require.resolve') return typeof literalArgs[0] === 'string' ? literalArgs[0] : null;
  if (!/^(?:path\.)?(?:join|resolve)$/.test(text)) return null;
  const parts = args.map((arg, index) => (arg.k === 'global' && arg.name === '__dirname' ? '.' : (literalArgs[index] ?? null)));
  return parts.every(part => typeof part === 'string') ? parts.join('/').replace(/^\.\/\.\.\//, '../') : null;
}

function importSides(module: ModuleFacts, item: ImportFacts, own: SidesOf, callSides: (call: number) => SidesOf): SidesOf {
  if (item.kind === 'require') {
    const call = module.calls.findIndex(({ range }) => range[0] === item.range[0] && range[1] === item.range[1]);
    return call >= 0 ? callSides(call) : own;
  }
  const sides = (item.guards ?? []).reduce((left, guard) => left & guardSides(guard), bothSides);
  const conditional = (item.guards ?? []).some(guard => guardSides(guard) === bothSides);
  return { may: own.may & sides, always: conditional ? 0 : own.always & sides };
}

function guardSides(guard: GuardKind): Sides {
  return guard === 'cluster-primary' ? primarySide : guard === 'cluster-worker' ? workerSide : bothSides;
}

interface LocalSides {
  readonly calls: readonly SidesOf[];
  readonly writes: ReadonlyMap<number, SidesOf>;
}

/** Who comes to each call and assignment inside its function. */
function localSides(graph: ProgramGraph, file: string, calls: number): LocalSides {
  const local: { may: Sides; always: Sides }[] = Array.from({ length: calls }, () => ({ may: 0, always: 0 }));
  const writes = new Map<number, SidesOf>();
  const module = graph.module(file);
  const block = (statements: readonly Statement[], sides: SidesOf): SidesOf => statements.reduce((now, statement) => step(statement, now), sides);
  const step = (statement: Statement, now: SidesOf): SidesOf => {
    switch (statement.k) {
      case 'call': {
        const own = local[statement.call]!;
        own.may |= now.may;
        own.always |= now.always;
        return now;
      }
      case 'write':
        writes.set(statement.range[0], now);
        return now;
      case 'if': {
        const [yes, no] = sidesOfTest(graph, module, statement.test);
        const decides = yes !== bothSides || no !== bothSides;
        const branch = (sides: Sides): SidesOf => ({ may: now.may & sides, always: decides && (yes & no) === 0 ? now.always & sides : 0 });
        const then = block(statement.then, branch(yes));
        const otherwise = block(statement.otherwise, branch(no));
        const left = then.may !== (now.may & yes) || otherwise.may !== (now.may & no);
        return { may: then.may | otherwise.may, always: left ? then.always | otherwise.always : now.always };
      }
      case 'loop':
      case 'label':
        block(statement.body, now);
        return now;
      case 'switch':
        for (const { body } of statement.cases) block(body, { may: now.may, always: 0 });
        return now;
      case 'try': {
        const after = block(statement.block, now);
        if (statement.handler) block(statement.handler, { may: now.may, always: 0 });
        if (statement.finalizer) block(statement.finalizer, now);
        return statement.handler ? now : after;
      }
      case 'return':
      case 'throw':
      case 'break':
      case 'continue':
        return nowhere;
      default:
        return now;
    }
  };
  for (const { body } of module.functions) block(body, { may: bothSides, always: bothSides });
  return { calls: local, writes };
}

/** Who goes on where a condition holds, and where it does not. */
function sidesOfTest(graph: ProgramGraph, module: ModuleFacts, test: Condition): readonly [yes: Sides, no: Sides] {
  switch (test.k) {
    case 'not': {
      const [yes, no] = sidesOfTest(graph, module, test.of);
      return [no, yes];
    }
    case 'and':
    case 'or': {
      const [left, right] = [sidesOfTest(graph, module, test.left), sidesOfTest(graph, module, test.right)];
      return test.k === 'and' ? [left[0] & right[0], left[1] | right[1]] : [left[0] | right[0], left[1] & right[1]];
    }
    case 'truthy':
      return sidesOfTerm(graph, module, test.of);
    case 'compare': {
      const [yes, no] = sidesOfTerm(graph, module, test.left);
      const constant = test.right.text === 'undefined' ? null : test.right.constant;
      if (constant === undefined || !/^[!=]==?$/.test(test.operator)) return [bothSides, bothSides];
      return Boolean(constant) === (test.operator[0] === '=') ? [yes, no] : [no, yes];
    }
  }
}

function sidesOfTerm(graph: ProgramGraph, module: ModuleFacts, { value }: Term): readonly [yes: Sides, no: Sides] {
  return (value && sidesOfValue(graph, module, value, 0)) ?? [bothSides, bothSides];
}

function sidesOfValue(graph: ProgramGraph, module: ModuleFacts, value: Value, depth: number): readonly [yes: Sides, no: Sides] | null {
  switch (depth > 4 ? null : clusterMember(graph, module.file, value)) {
    case 'isPrimary':
    case 'isMaster':
      return [primarySide, workerSide];
    case 'isWorker':
    case 'worker':
      return [workerSide, primarySide];
  }
  // What `cluster` itself goes by (lib/cluster.js).
  if (value.k === 'get' && value.name === 'NODE_UNIQUE_ID') return [workerSide, primarySide];
  if (value.k === 'union' && value.of.length > 0) {
    // `cluster.isPrimary ?? cluster.isMaster`
    const [first, ...rest] = value.of.map(item => sidesOfValue(graph, module, item, depth + 1));
    return first && rest.every(item => item?.[0] === first[0]) ? first : null;
  }
  if (value.k !== 'var' || depth > 4) return null;
  const assigned = assignmentsTo(module, value.var);
  return assigned.length === 1 ? sidesOfValue(graph, module, assigned[0]!.value, depth + 1) : null;
}
