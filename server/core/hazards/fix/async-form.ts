import type { Operation, ProgramGraph } from '../../graph/program-graph.ts';
import type { TextEdit } from '../../text/edit.ts';
import { bindExport, type Binding } from './bindings.ts';

/** How a blocking call is written without blocking; `await` is put before it by the caller. */
export interface AsyncForm {
  /** Edits of the callee, of the imports, and of what follows the arguments. */
  readonly edits: readonly TextEdit[];
  /** Written after the closing bracket of the await: `.stdout`. */
  readonly afterAwait: string;
  /** The arguments and the result are the same. */
  readonly faithful: boolean;
}

/** The asynchronous form of the call, or null where none can be put in mechanically. */
export function asyncForm(graph: ProgramGraph, operation: Operation): AsyncForm | null {
  const { api, call, location } = operation;
  const alternative = api.asyncAlternative;
  const text = graph.text(location.file);
  if (!alternative || text === null || call.optional || call.new || api.member.endsWith(')')) return null;
  const member = api.member.split(/[.#]/).pop()!;
  if (usesDescriptor(graph, operation) || /throwIfNoEntry/.test(text.slice(...call.range))) return null;

  if (alternative.style === 'callback') return promisified(graph, operation, text);
  const exists = member === 'existsSync' && alternative.member.endsWith('access');
  const binding = alternative.sameSignature || exists ? nameAlternative(graph, operation, text) : null;
  if (!binding) return null;
  return { edits: formEdits(operation, binding, exists ? '.then(() => true, () => false)' : ''), afterAwait: '', faithful: !exists };
}

/** `promisify(crypto.scrypt)(…)`, and `(await promisify(exec)(…)).stdout`. */
function promisified(graph: ProgramGraph, operation: Operation, text: string): AsyncForm | null {
  const { api, call, location } = operation;
  const processes = api.module === 'child_process' && (api.member === 'execSync' || api.member === 'execFileSync');
  // fs.read() and its like resolve to objects where the synchronous form returns a number.
  if (!processes && !((api.module === 'crypto' || api.module === 'zlib') && api.asyncAlternative!.sameSignature && !api.member.includes('#'))) return null;
  if (processes && /\b(stdio|input)\b/.test(text.slice(...call.range))) return null;
  const named = nameAlternative(graph, operation, text);
  const promisify = named && bindExport(graph.module(location.file), text, operation.function.index, 'util', 'promisify');
  if (!named || !promisify) return null;
  const binding: Binding = { text: `${promisify.text}(${named.text})`, edits: [...named.edits, ...promisify.edits] };
  return { edits: formEdits(operation, binding, ''), afterAwait: processes && call.context !== 'statement' ? '.stdout' : '', faithful: !processes };
}

function formEdits({ call, location: { file } }: Operation, binding: Binding, afterCall: string): TextEdit[] {
  const [start, end] = call.calleeRange;
  const edits = [...binding.edits, { file, start, end, text: binding.text }];
  return afterCall === '' ? edits : [...edits, { file, start: call.range[1], end: call.range[1], text: afterCall }];
}

/**
 * How the alternative is named where the call stands: on the same object (`fs.promises.readFile` for `fs.readFileSync`), or
 * by a binding of its own where the call is of a bare name.
 */
function nameAlternative(graph: ProgramGraph, { api, call, location, function: fn }: Operation, text: string): Binding | null {
  const alternative = api.asyncAlternative!;
  const callee = text.slice(...call.calleeRange);
  const [owner, ...instance] = [api.member, alternative.member].map(path => path.slice(0, path.lastIndexOf('#') + 1));
  if (owner !== instance[0] || alternative.module !== api.module) return null;
  const path = api.member.slice(owner!.length);
  const replacement = alternative.member.slice(owner!.length);
  if (callee.endsWith(`.${path}`)) {
    const object = callee.slice(0, -path.length - 1);
    return { text: replacement === '' ? object : `${object}.${replacement}`, edits: [] };
  }
  if (owner !== '' || replacement === '' || !/^[\w$]+$/.test(callee)) return null;
  const [module, member] = replacement.startsWith('promises.') ? [`${alternative.module}/promises`, replacement.slice('promises.'.length)] : [alternative.module, replacement];
  return member.includes('.') ? null : bindExport(graph.module(location.file), text, fn.index, module, member);
}

/** File descriptors: the promise forms take a FileHandle instead. */
function usesDescriptor(graph: ProgramGraph, { api, call, function: fn }: Operation): boolean {
  if (api.blockingKind !== 'fs') return false;
  if (typeof call.literalArgs[0] === 'number') return true;
  return graph.blocking('fs', [fn.file]).some(other => other.function === fn && other.api.member === 'openSync');
}
