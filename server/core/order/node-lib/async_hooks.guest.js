'use strict';
// AsyncLocalStorage and AsyncResource over the machine's async context, which every queued callback keeps (SEMANTICS S-76: no order changes).
const { invalidArgType, validateFunction, validateString } = require('internal/errors');
const context = internalBinding('async_context');

class AsyncLocalStorage {
  #name;
  #defaultValue;
  #disabled = false;
  constructor(options = {}) {
    this.#defaultValue = options && options.defaultValue;
    this.#name = (options && options.name) || '';
  }
  get name() {
    return this.#name;
  }
  static bind(fn) {
    validateFunction(fn, 'fn');
    const kept = context.get();
    return function (...args) {
      return inContext(kept, fn, this, args);
    };
  }
  static snapshot() {
    const kept = context.get();
    return (fn, ...args) => inContext(kept, fn, undefined, args);
  }
  run(store, callback, ...args) {
    this.#disabled = false;
    const before = context.get();
    return inContext(new Map(before).set(this, store), callback, null, args);
  }
  exit(callback, ...args) {
    return this.run(undefined, callback, ...args);
  }
  enterWith(store) {
    this.#disabled = false;
    context.set(new Map(context.get()).set(this, store));
  }
  disable() {
    // From Node 24 on the frame loses it, whoever keeps that frame; before, nobody gets a store until the next run().
    if (internalBinding('process').major >= 24) {
      const frame = context.get();
      if (frame !== undefined) frame.delete(this);
    } else {
      this.#disabled = true;
    }
  }
  withScope(store) {
    const before = context.get();
    this.enterWith(store);
    return { [Symbol.dispose]: () => context.set(before) };
  }
  getStore() {
    if (this.#disabled) return undefined;
    const map = context.get();
    return map !== undefined && map.has(this) ? map.get(this) : this.#defaultValue;
  }
}

function inContext(map, fn, self, args) {
  const before = context.get();
  context.set(map);
  try {
    return Reflect.apply(fn, self, args);
  } finally {
    context.set(before);
  }
}

let lastAsyncId = 1;

class AsyncResource {
  #context = context.get();
  #id = ++lastAsyncId;
  constructor(type, options = {}) {
    validateString(type, 'type');
    if (options !== null && typeof options === 'object' && options.requireManualDestroy !== undefined && typeof options.requireManualDestroy !== 'boolean') {
      throw invalidArgType('options.requireManualDestroy', 'of type boolean', options.requireManualDestroy);
    }
  }
  runInAsyncScope(fn, self, ...args) {
    return inContext(this.#context, fn, self, args);
  }
  emitDestroy() {
    return this;
  }
  asyncId() {
    return this.#id;
  }
  triggerAsyncId() {
    return 1;
  }
  bind(fn, self) {
    validateFunction(fn, 'fn');
    const resource = this;
    return function (...args) {
      return resource.runInAsyncScope(fn, self === undefined ? this : self, ...args);
    };
  }
  static bind(fn, type, self) {
    return new AsyncResource(type || fn.name || 'bound-anonymous-fn').bind(fn, self);
  }
}

module.exports = {
  AsyncLocalStorage, AsyncResource,
  executionAsyncId: () => internalBinding('process').unknown('async_hooks.executionAsyncId()', 'number'),
  triggerAsyncId: () => internalBinding('process').unknown('async_hooks.triggerAsyncId()', 'number'),
  executionAsyncResource: () => internalBinding('process').unknown('async_hooks.executionAsyncResource()', 'object'),
  createHook(hooks) {
    const hook = {
      enable() {
        if (hooks.init || hooks.before || hooks.after || hooks.destroy || hooks.promiseResolve) internalBinding('process').incomplete('async_hooks.createHook');
        return hook;
      },
      disable: () => hook,
    };
    return hook;
  },
  asyncWrapProviders: Object.freeze({ __proto__: null, NONE: 0 }),
};
