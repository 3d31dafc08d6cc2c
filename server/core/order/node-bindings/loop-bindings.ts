import { capture } from '../recurrence.ts';
import type { Task } from '../event-loop/engine.ts';
import type { Immediate } from '../event-loop/immediates.ts';
import type { EventLoop } from '../event-loop/loop.ts';
import type { Operation } from '../event-loop/poll.ts';
import { coerceDelay, type Timer } from '../event-loop/timers.ts';
import type { MachineHooks } from './host.ts';
import type { GuestValue, Realm } from './realm.ts';

/** Makes a task that keeps the async context of the call that schedules it. */
export type MakeTask = (label: string, callback: GuestValue, run: () => void) => Task;

/** `internalBinding('timers')`: the lists and the immediates for timers.guest.js. */
export function createTimersBinding(realm: Realm, loop: EventLoop, task: MakeTask): GuestValue {
  const timers = new Map<GuestValue, Timer>();
  const immediates = new Map<GuestValue, Immediate>();

  const create = (object: GuestValue, ms: number): Timer => {
    const repeats = realm.truthy(realm.get(object, '_repeat'));
    const created: Timer = {
      ms,
      ref: true,
      list: null,
      start: 0,
      repeats: () => realm.truthy(realm.get(object, '_repeat')) && !realm.truthy(realm.get(object, '_destroyed')),
      task: task(`${repeats ? 'setInterval' : 'setTimeout'} ${ms} ms`, realm.get(object, '_onTimeout'), capture(() => {
        try {
          realm.call(realm.get(object, '_onTimeout'), object, realm.elements(realm.get(object, '_timerArgs')));
        } finally {
          // A one-shot timer that nobody armed again is done.
          if (created.list === null && !created.repeats()) {
            realm.set(object, '_destroyed', realm.primitive(true));
            timers.delete(object);
          }
        }
      }, object)),
    };
    timers.set(object, created);
    return created;
  };

  return realm.object({
    coerce: realm.func('coerce', ([after]) => {
      if (realm.isUnknown(after)) realm.incomplete('a timer whose delay is unknown');
      const value = realm.host(after);
      return realm.primitive(coerceDelay(typeof value === 'bigint' || value === undefined ? NaN : Number(value)));
    }),
    start: realm.func('start', ([object, ms]) => {
      const delay = Number(realm.host(ms));
      const timer = timers.get(object) ?? create(object, delay);
      loop.timers.remove(timer);
      timer.ms = delay;
      loop.timers.insert(timer);
      return undefined;
    }),
    clear: realm.func('clear', ([object]) => {
      const timer = timers.get(object);
      if (timer !== undefined) loop.timers.remove(timer);
      timers.delete(object);
      return undefined;
    }),
    ref: realm.func('ref', ([object, on]) => {
      const timer = timers.get(object);
      if (timer !== undefined) timer.ref = realm.truthy(on);
      return undefined;
    }),
    hasRef: realm.func('hasRef', ([object]) => realm.primitive(timers.get(object)?.ref ?? false)),
    startImmediate: realm.func('startImmediate', ([object]) => {
      const immediate: Immediate = {
        ref: true,
        destroyed: false,
        task: task('setImmediate', realm.get(object, '_onImmediate'), capture(() => {
          const callback = realm.get(object, '_onImmediate');
          realm.set(object, '_destroyed', realm.primitive(true));
          immediates.delete(object);
          realm.call(callback, object, realm.elements(realm.get(object, '_argv')));
        }, object)),
      };
      immediates.set(object, immediate);
      loop.immediates.add(immediate);
      return undefined;
    }),
    clearImmediate: realm.func('clearImmediate', ([object]) => {
      const immediate = immediates.get(object);
      if (immediate !== undefined) immediate.destroyed = true;
      immediates.delete(object);
      return undefined;
    }),
    refImmediate: realm.func('refImmediate', ([object, on]) => {
      const immediate = immediates.get(object);
      if (immediate !== undefined) immediate.ref = realm.truthy(on);
      return undefined;
    }),
    hasRefImmediate: realm.func('hasRefImmediate', ([object]) => realm.primitive(immediates.get(object)?.ref ?? false)),
  });
}

/**
 * `internalBinding('poll')`: `start({name, rounds, within, atLeast, pool, channel, ref}, callback)` makes a pending operation and
 * returns its handle; `hold` and `release` count open handles; `feed` queues a callback of the pending phase, `close` one of the close phase.
 */
export function createPollBinding(realm: Realm, loop: EventLoop, task: MakeTask): GuestValue {
  const operations = new Map<GuestValue, Operation>();
  const call = (callback: GuestValue) => () => { realm.call(callback, undefined, []); };
  return realm.object({
    start: realm.func('start', ([kind, callback]) => {
      const number = (key: string): number => Number(realm.host(realm.get(kind, key)));
      const name = String(realm.host(realm.get(kind, 'name')));
      const handle = realm.object({});
      const atLeast = number('atLeast');
      const operation: Operation = {
        name,
        rounds: number('rounds'),
        // Another program may keep the pool's threads from running for as long as it likes.
        within: realm.truthy(realm.get(kind, 'pool')) ? Infinity : number('within'),
        atLeast: atLeast > 0 ? atLeast : undefined,
        pool: realm.truthy(realm.get(kind, 'pool')),
        channel: realm.host(realm.get(kind, 'channel')) ?? (realm.truthy(realm.get(kind, 'channel')) ? realm.get(kind, 'channel') : undefined),
        ref: realm.truthy(realm.get(kind, 'ref')),
        task: task(name, callback, () => {
          operations.delete(handle);
          call(callback)();
        }),
      };
      operations.set(handle, operation);
      loop.poll.start(operation);
      return handle;
    }),
    cancel: realm.func('cancel', ([handle]) => {
      const operation = operations.get(handle);
      if (operation !== undefined) loop.poll.cancel(operation);
      operations.delete(handle);
      return undefined;
    }),
    setRef: realm.func('setRef', ([handle, on]) => {
      const operation = operations.get(handle);
      if (operation !== undefined) operation.ref = realm.truthy(on);
      return undefined;
    }),
    hold: realm.func('hold', () => { loop.ref(1); }),
    release: realm.func('release', () => { loop.ref(-1); }),
    feed: realm.func('feed', ([callback]) => { loop.feed(task('a pending callback', callback, call(callback))); }),
    close: realm.func('close', ([callback]) => { loop.close(task('a close callback', callback, call(callback))); }),
  });
}

/** `internalBinding('order')`: decisions of the outside that a library knows of. */
export function createOrderBinding(realm: Realm, machine: MachineHooks): GuestValue {
  return realm.object({
    choose: realm.func('choose', ([why, alternatives]) =>
      realm.primitive(machine.choose(String(realm.host(why)), realm.elements(alternatives).map(one => String(realm.host(one)))))),
  });
}
