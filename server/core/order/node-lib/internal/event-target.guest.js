'use strict';
// EventTarget, Event, CustomEvent, AbortController, AbortSignal, DOMException. dispatchEvent is synchronous; what a listener
// throws becomes an uncaught exception on nextTick (SEMANTICS S-70). Behaviour: doc/api/events "EventTarget", lib/internal/event_target.js.
const { nodeError, invalidArgType } = require('internal/errors');

const domCodes = {
  IndexSizeError: 1, NotFoundError: 8, NotSupportedError: 9, InUseAttributeError: 10, InvalidStateError: 11, SyntaxError: 12,
  InvalidModificationError: 13, NamespaceError: 14, InvalidAccessError: 15, SecurityError: 18, NetworkError: 19, AbortError: 20,
  URLMismatchError: 21, QuotaExceededError: 22, TimeoutError: 23, InvalidNodeTypeError: 24, DataCloneError: 25,
};

class DOMException extends Error {
  #name;
  constructor(message = '', options = 'Error') {
    super(`${message}`);
    if (options !== null && typeof options === 'object') {
      this.#name = options.name === undefined ? 'Error' : `${options.name}`;
      if ('cause' in options) Object.defineProperty(this, 'cause', { value: options.cause, configurable: true, writable: true, enumerable: false });
    } else {
      this.#name = `${options}`;
    }
    if (typeof this.stack === 'string' && this.#name !== 'Error') {
      const stack = this.stack.replace(/^(?:DOMException|Error)(?::|\b)/, `${this.#name}:`);
      Object.defineProperty(this, 'stack', { value: stack, configurable: true, writable: true, enumerable: false });
    }
  }
  get name() {
    return this.#name;
  }
  get code() {
    return domCodes[this.#name] || 0;
  }
  get [Symbol.toStringTag]() {
    return 'DOMException';
  }
}

const kTarget = Symbol('kTarget');
const kStop = Symbol('kStop');
const kInDispatch = Symbol('kIsBeingDispatched');

class Event {
  #type;
  #bubbles = false;
  #cancelable = false;
  #composed = false;
  #prevented = false;
  #propagationStopped = false;
  #timeStamp = internalBinding('performance').now();
  constructor(type, options = undefined) {
    if (arguments.length === 0) throw nodeError(TypeError, 'ERR_MISSING_ARGS', 'The "type" argument must be specified');
    if (options != null && typeof options !== 'object') throw invalidArgType('options', 'of type object', options);
    this.#type = `${type}`;
    if (options) {
      this.#bubbles = !!options.bubbles;
      this.#cancelable = !!options.cancelable;
      this.#composed = !!options.composed;
    }
    Object.defineProperty(this, kTarget, { value: null, writable: true });
    Object.defineProperty(this, kStop, { value: false, writable: true });
    Object.defineProperty(this, kInDispatch, { value: false, writable: true });
  }
  get type() { return this.#type; }
  get target() { return this[kTarget]; }
  get srcElement() { return this[kTarget]; }
  get currentTarget() { return this[kInDispatch] ? this[kTarget] : null; }
  get bubbles() { return this.#bubbles; }
  get cancelable() { return this.#cancelable; }
  get composed() { return this.#composed; }
  get defaultPrevented() { return this.#cancelable && this.#prevented; }
  get returnValue() { return !this.#cancelable || !this.#prevented; }
  get timeStamp() { return this.#timeStamp; }
  get eventPhase() { return this[kInDispatch] ? 2 : 0; }
  get isTrusted() { return false; }
  get cancelBubble() { return this.#propagationStopped; }
  set cancelBubble(value) { if (value) this.#propagationStopped = true; }
  composedPath() { return this[kInDispatch] ? [this[kTarget]] : []; }
  preventDefault() { this.#prevented = true; }
  stopPropagation() { this.#propagationStopped = true; }
  stopImmediatePropagation() { this[kStop] = true; }
  get [Symbol.toStringTag]() { return 'Event'; }
}
Object.assign(Event, { NONE: 0, CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 });

class CustomEvent extends Event {
  #detail;
  constructor(type, options = undefined) {
    super(type, options);
    this.#detail = options && options.detail !== undefined ? options.detail : null;
  }
  get detail() { return this.#detail; }
  get [Symbol.toStringTag]() { return 'CustomEvent'; }
}

const listeners = new WeakMap();

function throwOnNextTick(error) {
  process.nextTick(() => { throw error; });
}

/** Hook through which a signal learns of its first and last listener. */
const onListenersChanged = new WeakMap();

class EventTarget {
  constructor() {
    listeners.set(this, new Map());
  }
  addEventListener(type, listener, options = undefined) {
    if (arguments.length < 2) throw nodeError(TypeError, 'ERR_MISSING_ARGS', 'The "type" and "listener" arguments must be specified');
    if (listener == null) return;
    if (typeof listener !== 'function' && typeof listener !== 'object') throw invalidArgType('listener', 'an instance of EventListener', listener);
    const flags = typeof options === 'boolean' ? { capture: options } : options || {};
    const capture = !!flags.capture;
    const all = listeners.get(this);
    const name = `${type}`;
    const list = all.get(name) || [];
    if (list.some(one => one.listener === listener && one.capture === capture)) return;
    const entry = { listener, capture, once: !!flags.once, removed: false };
    if (flags.signal) {
      if (flags.signal.aborted) return;
      flags.signal.addEventListener('abort', () => this.removeEventListener(name, listener, flags), { once: true });
    }
    list.push(entry);
    all.set(name, list);
    const changed = onListenersChanged.get(this);
    if (changed) changed(name, list.length);
  }
  removeEventListener(type, listener, options = undefined) {
    const capture = typeof options === 'boolean' ? options : !!(options && options.capture);
    const all = listeners.get(this);
    const list = all.get(`${type}`);
    const index = list ? list.findIndex(one => one.listener === listener && one.capture === capture) : -1;
    if (index < 0) return;
    list[index].removed = true;
    all.set(`${type}`, list.filter((one, i) => i !== index));
    const changed = onListenersChanged.get(this);
    if (changed) changed(`${type}`, list.length - 1);
  }
  dispatchEvent(event) {
    if (!(event instanceof Event)) throw invalidArgType('event', 'an instance of Event', event);
    if (event[kInDispatch]) throw nodeError(Error, 'ERR_EVENT_RECURSION', `The event "${event.type}" is already being dispatched`);
    event[kTarget] = this;
    event[kInDispatch] = true;
    const list = (listeners.get(this).get(event.type) || []).slice();
    for (const entry of list) {
      if (entry.removed) continue;
      if (entry.once) this.removeEventListener(event.type, entry.listener, entry.capture);
      try {
        const result = typeof entry.listener === 'function'
          ? entry.listener.call(this, event)
          : typeof entry.listener.handleEvent === 'function' ? entry.listener.handleEvent(event) : undefined;
        if (result !== undefined && result !== null) {
          const then = result.then;
          if (typeof then === 'function') then.call(result, undefined, throwOnNextTick);
        }
      } catch (error) {
        throwOnNextTick(error);
      }
      if (event[kStop]) break;
    }
    event[kInDispatch] = false;
    return !event.defaultPrevented;
  }
  get [Symbol.toStringTag]() { return 'EventTarget'; }
}
for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent']) {
  Object.defineProperty(EventTarget.prototype, name, { enumerable: true });
}

/** Attribute handler such as `onabort`, `onmessage`. */
function defineHandler(prototype, type) {
  const handlers = new WeakMap();
  Object.defineProperty(prototype, `on${type}`, {
    configurable: true,
    enumerable: true,
    get() {
      const entry = handlers.get(this);
      return entry ? entry.handler : null;
    },
    set(value) {
      const entry = handlers.get(this);
      if (entry) {
        if (typeof value === 'function') { entry.handler = value; return; }
        this.removeEventListener(type, entry.wrapped);
        handlers.delete(this);
        return;
      }
      if (typeof value !== 'function') return;
      const created = { handler: value, wrapped: null };
      created.wrapped = function (event) { return created.handler.call(this, event); };
      handlers.set(this, created);
      this.addEventListener(type, created.wrapped);
    },
  });
}

const kCreate = Symbol('kCreate');
const states = new WeakMap();

class AbortSignal extends EventTarget {
  constructor(token) {
    if (token !== kCreate) throw nodeError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    super();
    states.set(this, { aborted: false, reason: undefined, dependents: [], sources: null });
  }
  get aborted() { return states.get(this).aborted; }
  get reason() { return states.get(this).reason; }
  throwIfAborted() {
    const state = states.get(this);
    if (state.aborted) throw state.reason;
  }
  static abort(reason = new DOMException('This operation was aborted', 'AbortError')) {
    const signal = new AbortSignal(kCreate);
    Object.assign(states.get(signal), { aborted: true, reason });
    return signal;
  }
  /** An unref'd timer of the list of that duration; listeners run in the timers phase (SEMANTICS S-42). */
  static timeout(delay) {
    const signal = new AbortSignal(kCreate);
    const { setTimeout } = require('timers');
    const timer = setTimeout(() => {
      abortSignal(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    }, delay);
    timer.unref();
    return signal;
  }
  static any(signals) {
    const result = new AbortSignal(kCreate);
    const list = [...signals];
    const aborted = list.find(signal => signal.aborted);
    if (aborted) {
      Object.assign(states.get(result), { aborted: true, reason: aborted.reason });
      return result;
    }
    const sources = new Set();
    for (const signal of list) {
      const state = states.get(signal);
      for (const source of state.sources || [signal]) sources.add(source);
    }
    states.get(result).sources = sources;
    for (const source of sources) states.get(source).dependents.push(result);
    return result;
  }
  get [Symbol.toStringTag]() { return 'AbortSignal'; }
}
defineHandler(AbortSignal.prototype, 'abort');

/** DOM "signal abort": the source's listeners, then those of the signals that depend on it. */
function abortSignal(signal, reason) {
  const state = states.get(signal);
  if (state.aborted) return;
  state.aborted = true;
  state.reason = reason;
  const dependents = state.dependents.filter(dependent => !states.get(dependent).aborted);
  for (const dependent of dependents) Object.assign(states.get(dependent), { aborted: true, reason });
  signal.dispatchEvent(new Event('abort', { cancelable: false }));
  for (const dependent of dependents) dependent.dispatchEvent(new Event('abort', { cancelable: false }));
}

class AbortController {
  #signal = new AbortSignal(kCreate);
  get signal() { return this.#signal; }
  abort(reason = new DOMException('This operation was aborted', 'AbortError')) {
    abortSignal(this.#signal, reason);
  }
  get [Symbol.toStringTag]() { return 'AbortController'; }
}

module.exports = {
  DOMException, Event, CustomEvent, EventTarget, AbortController, AbortSignal, defineHandler, onListenersChanged,
  listenersOf: (target, type) => (listeners.get(target) && listeners.get(target).get(type) || []).map(entry => entry.listener),
};
