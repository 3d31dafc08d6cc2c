import type { ApiDescription, AsyncAlternative, BlockingKind, ClassReference } from '../api.ts';

/** What a library does to the event loop, as far as its public documentation says. */
export interface LibraryModel {
  /** Specifiers that give the same exports. */
  readonly modules: readonly string[];
  /** Where its documentation says so: `npm:<package>` is the README of the package, otherwise an address. */
  readonly docs: string;
  readonly rows: readonly LibraryRow[];
}

/** Rows of one kind. */
export interface LibraryRow {
  /** Member paths as in `ApiDescription`, separated by blanks; `.` stands for the module itself (its default export). */
  readonly members: string;
  /** Blocks, for a rule of this kind; `cpu`: computes on the calling thread, which no blocking rule reports. */
  readonly blocks?: BlockingKind | 'cpu';
  readonly blockingWhen?: ApiDescription['blockingWhen'];
  /** Asynchronous, with a promise or a callback (-1: last argument) or both. */
  readonly promise?: boolean;
  readonly callback?: number;
  readonly errorFirst?: boolean;
  readonly times?: 'once' | 'many';
  /** Blocks where the callback is left out. */
  readonly syncWithoutCallback?: boolean;
  readonly threadPool?: boolean;
  /**
   * The non-blocking form: `glob` (a promise, same arguments), `~glob` (a promise; arguments or result differ), `cb:spawn` (a callback,
   * same arguments before it), `~cb:spawn`; `fs:promises.rm` names another module; `*` in it stands for the member without `Sync`
   * or `.sync`.
   */
  readonly async?: string;
  /** Returns an async iterator. */
  readonly iterator?: boolean;
  /** Starts work that goes on after it returns, without promise or callback. */
  readonly starts?: boolean;
  /** Class of the result, of the same module or of another: `child_process:ChildProcess`. */
  readonly returns?: string;
  readonly note?: string;
  readonly since?: string;
  readonly until?: string;
}

/** The rows of a model for one of its modules. */
export function describeLibrary(model: LibraryModel, module: string): ApiDescription[] {
  return model.rows.flatMap(row => row.members.split(' ').map(member => describeRow(model, module, row, member === '.' ? '' : member)));
}

function describeRow(model: LibraryModel, module: string, row: LibraryRow, member: string): ApiDescription {
  const blocking = row.blocks !== undefined;
  const [className, classModule = module] = row.returns?.split(':').reverse() ?? [];
  const returns: ClassReference | undefined = className ? { module: classModule, name: className } : undefined;
  return {
    module,
    member,
    kind: member.includes('#') ? 'method' : /^[A-Z]\w*$/.test(member) ? 'constructor' : 'function',
    blocking,
    ...(blocking && row.blocks !== 'cpu' && { blockingKind: row.blocks as BlockingKind }),
    ...(row.blockingWhen && { blockingWhen: row.blockingWhen }),
    threadPool: row.threadPool ?? false,
    returnsPromise: row.promise ?? false,
    ...((row.promise || row.iterator) && { settlesIn: null }),
    ...(row.syncWithoutCallback && { blockingWithoutCallback: true }),
    schedules: row.starts === true || row.promise === true || row.iterator === true || row.callback !== undefined,
    ...(row.callback !== undefined && { callback: { position: row.callback, runsIn: null, times: row.times ?? 'once', errorFirst: row.errorFirst ?? true } }),
    ...(row.since && { since: row.since }),
    ...(row.until && { until: row.until }),
    ...(row.async && { asyncAlternative: alternative(row.async, module, member) }),
    ...(returns && { returns }),
    ...(row.note && { note: row.note }),
    evidence: 'documented',
    source: model.docs,
  };
}

function alternative(text: string, module: string, member: string): AsyncAlternative {
  const [, differs, callback, other, path] = /^(~?)(cb:)?(?:([^:]+):)?(.+)$/.exec(text)!;
  const plain = member.replace(/Sync(?=$|[.#(])/, '').replace(/(^|[.#])sync$/, '');
  const name = path!.replace('*', plain);
  return { module: other ?? module, member: name === '.' ? '' : name, style: callback ? 'callback' : 'promise', sameSignature: !differs };
}
