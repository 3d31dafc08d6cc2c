import type { CallFacts, FunctionFacts, GuardKind, LoopFacts, ModuleFacts, Range, Value } from '../facts/module-facts.ts';
import type { SourceLocation, WitnessStep } from '../hazards/finding.ts';
import type { ApiDescription, BlockingKind } from '../node/api.ts';
import type { InputKind, TypeName } from '../node/registration.ts';
import type { PackageInfo, ProjectFiles } from './resolve/project-files.ts';

/**
 * In which situation a function runs.
 * - `request`: once per request, connection or message, while others wait
 * - `timer`: from timers and schedulers in a process that may serve
 * - `stream`: from emitters and streams
 * - `background`: consumers of queues and jobs in the serving process
 * - `startup`: before the process serves; `shutdown`: while it ends
 * - `worker`: on another thread or in a process of its own; `cluster-primary`
 * - `cli`, `test`, `build`: processes that serve nobody
 */
export type Role = 'request' | 'timer' | 'stream' | 'background' | 'startup' | 'shutdown' | 'worker' | 'cluster-primary' | 'cli' | 'test' | 'build';

/** A function of the program. The same object each time for the same function of one snapshot. */
export interface FunctionNode {
  readonly file: string;
  /** Index into the module's `functions`. */
  readonly index: number;
  readonly facts: FunctionFacts;
  /** For messages: `loadReport`, `UserService.find`, `the callback of app.get()`. */
  readonly displayName: string;
}

/** A function that Node, a framework or a library calls. */
export interface Entry {
  readonly function: FunctionNode;
  readonly role: Role;
  /** `GET /report handler`, `connection listener of wss`, `setInterval callback`. */
  readonly label: string;
  readonly location: SourceLocation;
  /** `likely` where the registration was recognised by shape, not by binding. */
  readonly confidence: 'certain' | 'likely';
}

/** One way in which an operation is reached. */
export interface Reach {
  readonly entry: Entry;
  /** Entry first, then the calls, last the operation itself. */
  readonly path: readonly WitnessStep[];
  /** Guards met on the way, those at the operation included. */
  readonly guards: readonly GuardKind[];
  /** `likely` or `possible` where an edge on the way is not certain. */
  readonly confidence: 'certain' | 'likely' | 'possible';
}

/** A call whose callee is a described function of Node or of a modelled library. */
export interface Operation {
  readonly api: ApiDescription;
  readonly call: CallFacts;
  readonly function: FunctionNode;
  readonly location: SourceLocation;
  /** The name to show: `fs.readFileSync`, `execSync`, `Database.prepare().all`. */
  readonly name: string;
}

/** Call sites that lead from one function into another. */
export interface CallEdge {
  readonly call: CallFacts;
  readonly from: FunctionNode;
  readonly to: FunctionNode;
  /** `call`: the call enters the function; `callback`: the function is handed over and called back later or by the callee. */
  readonly kind: 'call' | 'callback';
}

/** Something that a value can be, as far as the program tells. */
export type Meaning =
  | { readonly k: 'function'; readonly function: FunctionNode }
  | { readonly k: 'class' | 'instance'; readonly file: string; readonly class: number }
  /** An object or array literal. */
  | { readonly k: 'object'; readonly file: string; readonly obj: number }
  /** A regular expression of known text. */
  | { readonly k: 'regex'; readonly file: string; readonly regex: number }
  /** Something of a module outside the program, `globals` for what needs no import; the path is as in ApiDescription.member. */
  | { readonly k: 'external'; readonly module: string; readonly path: string }
  /** An object of a library: `http.Server`; and a member of one. */
  | { readonly k: 'typed'; readonly type: TypeName }
  | { readonly k: 'member'; readonly type: TypeName; readonly name: string };

/** The whole program, linked. Everything here is a pure function of the files of one snapshot. */
export interface ProgramGraph {
  readonly files: readonly string[];
  /** Those that are linked: the part that runs on Node, without tests and build scripts. */
  readonly linkedFiles: readonly string[];
  /** Places where so many functions come together that those that are everywhere were not followed. */
  readonly crowded: number;
  readonly operations: readonly Operation[];
  /** Those in some of the linked files, in the order of the files. */
  operationsIn(files: readonly string[]): readonly Operation[];
  /** The operations of one kind in linked files (default: all). */
  blocking(kind: BlockingKind, files?: readonly string[]): readonly Operation[];
  readonly entries: readonly Entry[];
  entriesOf(fn: FunctionNode): readonly Entry[];
  hasEntry(role: Role): boolean;
  module(file: string): ModuleFacts;
  /** Text of a file in the snapshot; facts from the cache are shown without it, fixes need it. */
  text(file: string): string | null;
  functionOf(file: string, index: number): FunctionNode;
  /** The ways in which entries of one of the roles reach the function, shortest first, at most one per entry. */
  reaching(target: FunctionNode, roles: readonly Role[]): readonly Reach[];
  /** As `reaching`, with the operation as the last step of each path and its own guards. */
  reachingOperation(operation: Operation, roles: readonly Role[]): readonly Reach[];
  /** Call sites of the program that enter the function; null where it also escapes to code that is not known. */
  callersOf(target: FunctionNode): readonly CallEdge[] | null;
  /** Call sites in the function that enter functions of the program, or hand them over to be called back. */
  callsFrom(from: FunctionNode): readonly CallEdge[];
  /** Call sites of the program that enter the function; others may call it too. */
  callsInto(target: FunctionNode): readonly CallEdge[];
  /** What a member of an object of a library holds of what a client sent; null for everything else. `''` is the object itself. */
  inputOf(type: TypeName, member: string): InputKind | null;
  /** The operation that a call is, by its index in the module; null where its callee is not described. */
  operationAt(file: string, call: number): Operation | null;
  /** What a value of a linked file can be; empty where nothing is known. Ask before the program is linked again. */
  meaningsOf(file: string, value: Value): readonly Meaning[];
  /** The file of the program that a specifier means in a file; null for packages and for what is not there. */
  resolve(specifier: string, from: string): string | null;
  /** What a file is by its place or by how it is started; null for an ordinary source. */
  roleOf(file: string): Role | null;
  /** The nearest package.json above a file. Everything in it is untrusted. */
  packageOf(file: string): PackageInfo | null;
  /** What stands beside the sources. Everything in it is untrusted. */
  readonly project: ProjectFiles;
  /** All loops of linked files with their function. */
  loops(files: readonly string[]): Iterable<{ readonly loop: LoopFacts; readonly function: FunctionNode }>;
  locate(file: string, range: Range): SourceLocation;
}
