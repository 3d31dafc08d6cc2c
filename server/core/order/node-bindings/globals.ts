import type { MachineHooks } from './host.ts';
import type { MakeTask } from './loop-bindings.ts';
import type { GuestValue, Realm } from './realm.ts';

/** Which library each global of Node comes from. */
const sources: Readonly<Record<string, readonly string[]>> = {
  process: ['process'],
  timers: ['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate'],
  buffer: ['Buffer', 'atob', 'btoa', 'Blob', 'File'],
  'internal/event-target': ['EventTarget', 'Event', 'CustomEvent', 'AbortController', 'AbortSignal', 'DOMException'],
  'internal/structured-clone': ['structuredClone'],
  worker_threads: ['MessageChannel', 'MessagePort', 'MessageEvent', 'BroadcastChannel'],
  perf_hooks: ['performance', 'PerformanceObserver', 'PerformanceEntry', 'PerformanceMark', 'PerformanceMeasure'],
  url: ['URL', 'URLSearchParams'],
  'internal/encoding': ['TextEncoder', 'TextDecoder'],
  'internal/fetch': ['fetch', 'Headers', 'Request', 'Response'],
  'internal/navigator': ['navigator'],
};

/** The properties of globalThis that Node adds, each made when it is first read. */
export function createGlobals(realm: Realm, load: (id: string) => GuestValue | undefined, machine: MachineHooks, task: MakeTask): ReadonlyMap<string, () => GuestValue> {
  const globals = new Map<string, () => GuestValue>();
  for (const [id, names] of Object.entries(sources)) {
    for (const name of names) {
      globals.set(name, () => {
        const library = load(id);
        if (library === undefined) {
          realm.incomplete(name);
          return realm.unknown(name, 'object');
        }
        return name === id ? library : realm.get(library, name);
      });
    }
  }
  globals.set('crypto', () => realm.get(load('crypto'), 'webcrypto'));
  const queueMicrotask = realm.func('queueMicrotask', ([callback]) => {
    realm.call(realm.get(load('internal/errors'), 'validateFunction'), undefined, [callback, realm.primitive('callback')]);
    const { origin, run } = task('queueMicrotask', callback, () => { realm.call(callback, undefined, []); });
    machine.enqueueMicrotask(origin, run);
    return undefined;
  });
  globals.set('queueMicrotask', () => queueMicrotask);
  return globals;
}
