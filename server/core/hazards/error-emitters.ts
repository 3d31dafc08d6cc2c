import type { CallFacts, Range } from '../facts/module-facts.ts';
import { isBesideProgram } from '../graph/beside.ts';
import { emitterUses, type EmitterSeed, type EmitterUses } from '../graph/emitter-uses.ts';
import type { FunctionNode, ProgramGraph } from '../graph/program-graph.ts';
import { worstReach } from './reach-ranking.ts';

/** What makes an emitter that reports failures of the outside world by an `error` event. */
export type EmitterKind = 'readStream' | 'writeStream' | 'decompressor' | 'decipher' | 'connection' | 'request' | 'process' | 'worker' | 'webSocket' | 'redis' | 'pool' | 'accepted' | 'upgraded' | 'acceptedWebSocket';

interface Source {
  readonly kind: EmitterKind;
  readonly modules: readonly string[];
  readonly members: readonly string[];
}

/** Calls that make one. */
const sources: readonly Source[] = [
  { kind: 'readStream', modules: ['fs'], members: ['createReadStream', 'ReadStream'] },
  { kind: 'writeStream', modules: ['fs'], members: ['createWriteStream', 'WriteStream'] },
  { kind: 'decompressor', modules: ['zlib'], members: ['createGunzip', 'createInflate', 'createInflateRaw', 'createUnzip', 'createBrotliDecompress', 'createZstdDecompress'] },
  { kind: 'decipher', modules: ['crypto'], members: ['createDecipheriv'] },
  { kind: 'connection', modules: ['net', 'tls'], members: ['connect', 'createConnection'] },
  { kind: 'request', modules: ['http', 'https'], members: ['request', 'get'] },
  { kind: 'process', modules: ['child_process'], members: ['spawn'] },
  { kind: 'worker', modules: ['worker_threads'], members: ['Worker'] },
  { kind: 'webSocket', modules: ['ws'], members: ['', 'default', 'WebSocket'] },
  { kind: 'redis', modules: ['redis', '@redis/client'], members: ['createClient', 'createCluster'] },
  { kind: 'pool', modules: ['pg'], members: ['Pool', 'default.Pool'] },
];

/** Registrations whose listener is handed one. */
const accepting: readonly { readonly kind: EmitterKind; readonly type: string | null; readonly modules: readonly string[]; readonly members: readonly string[]; readonly events: readonly string[]; readonly parameter: number }[] = [
  { kind: 'accepted', type: null, modules: ['net', 'tls'], members: ['createServer', 'Server'], events: [], parameter: 0 },
  { kind: 'accepted', type: 'net.Server', modules: [], members: [], events: ['connection', 'secureConnection'], parameter: 0 },
  { kind: 'upgraded', type: 'http.Server', modules: [], members: [], events: ['upgrade', 'connect'], parameter: 1 },
  { kind: 'acceptedWebSocket', type: 'ws.Server', modules: [], members: [], events: ['connection'], parameter: 0 },
];

const listening: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'prependListener']);
const makingNames: ReadonlySet<string> = new Set([...sources, ...accepting].flatMap(({ members }) => members));
/** Kinds that live on after the call that makes them: their errors come while the process serves, wherever they are made. */
const longLived: ReadonlySet<EmitterKind> = new Set(['connection', 'webSocket', 'redis', 'pool']);

/** An emitter of the program without anybody who listens for its errors. */
export interface UnwatchedEmitter {
  readonly kind: EmitterKind;
  readonly file: string;
  /** The call that makes it, or that registers the listener which is handed it. */
  readonly call: CallFacts;
  readonly callIndex: number;
  readonly function: FunctionNode;
  /** What to underline. */
  readonly range: Range;
  readonly uses: EmitterUses;
}

const found = new WeakMap<ProgramGraph, readonly UnwatchedEmitter[]>();

/** The emitters whose `error` event nobody handles, as far as they can be followed. */
export function unwatchedEmitters(graph: ProgramGraph): readonly UnwatchedEmitter[] {
  let emitters = found.get(graph);
  if (emitters) return emitters;
  const watched = new Set<EmitterKind>();
  emitters = graph.linkedFiles.flatMap(file => unwatchedIn(graph, file, watched));
  // Several listeners of one server get the same socket: it is enough that one of them looks after it.
  emitters = emitters.filter(({ kind }) => !((kind === 'upgraded' || kind === 'acceptedWebSocket') && watched.has(kind)));
  found.set(graph, emitters);
  return emitters;
}

/** Kinds of which one is seen to be looked after are added to `watched`. */
function unwatchedIn(graph: ProgramGraph, file: string, watched: Set<EmitterKind>): UnwatchedEmitter[] {
  const role = graph.roleOf(file);
  if (role === 'test' || role === 'build' || role === 'cli' || isBesideProgram(graph, file)) return [];
  const emitters: UnwatchedEmitter[] = [];
  const check = (kind: EmitterKind, call: CallFacts, callIndex: number, range: Range, value: EmitterSeed['value']): void => {
    const uses = emitterUses(graph, { file, value });
    if (uses.handlesErrors || uses.escapes) watched.add(kind);
    else emitters.push({ kind, file, call, callIndex, function: graph.functionOf(file, call.fn), range, uses });
  };
  for (const [index, call] of graph.module(file).calls.entries()) {
    const { callee } = call;
    if (callee.k === 'get' && !call.new && !makingNames.has(callee.name) && !listening.has(callee.name)) continue;
    for (const meaning of graph.meaningsOf(file, callee)) {
      if (meaning.k === 'external') {
        const source = sources.find(({ modules, members }) => modules.includes(meaning.module) && members.includes(meaning.path));
        if (source && mayFail(source.kind, call)) check(source.kind, call, index, call.range, { k: 'call', call: index });
      }
      for (const { kind, type, modules, members, events, parameter } of accepting) {
        const registers =
          meaning.k === 'external'
            ? modules.includes(meaning.module) && members.includes(meaning.path)
            : meaning.k === 'member' && meaning.type === type && listening.has(meaning.name) && events.includes(String(call.literalArgs[0]));
        const listener = registers ? call.args.find(arg => arg.k === 'fn') : undefined;
        const variable = listener?.k === 'fn' ? graph.module(file).functions[listener.fn]!.params[parameter] : undefined;
        if (variable !== undefined && variable >= 0) check(kind, call, index, [call.range[0], call.calleeRange[1]], { k: 'var', var: variable });
      }
    }
  }
  return emitters;
}

/** Node starts where Node runs. */
function mayFail(kind: EmitterKind, call: CallFacts): boolean {
  const [first] = call.args;
  if (kind === 'process') return call.literalArgs[0] !== 'node' && !(first?.k === 'get' && first.name === 'execPath');
  if (kind === 'webSocket') return call.new;
  return true;
}

/** How the emitter (or a use of it) is reached while the process serves; null where its failure hurts nobody but a start-up. */
export function reachOfEmitter(graph: ProgramGraph, kind: EmitterKind, fn: FunctionNode): ReturnType<typeof worstReach> | 'always' | null {
  // A process that waits for messages is somebody's child: its end is its own.
  const reaches = graph.reaching(fn, ['request', 'background', 'timer', 'stream']).filter(({ entry }) => entry.label !== 'process message listener');
  const worst = worstReach(graph, reaches);
  if (worst && worst.worst.confidence !== 'possible') return worst;
  if (kind === 'accepted' || kind === 'upgraded' || kind === 'acceptedWebSocket') return 'always';
  const serves = graph.hasEntry('request') || graph.hasEntry('background');
  return longLived.has(kind) && serves && graph.reaching(fn, ['cli', 'test', 'build', 'shutdown']).length === 0 ? 'always' : null;
}
