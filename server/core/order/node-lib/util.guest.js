'use strict';
// Node's `util`. inspect and format are the machine's own (internalBinding('inspect')). Behaviour: doc/api/util, lib/util.js, lib/internal/util.js.
const { inspect, format, formatWithOptions } = internalBinding('inspect');
const { nodeError, invalidArgType, validateFunction, validateObject, validateString } = require('internal/errors');
const types = internalBinding('types');

const custom = Symbol.for('nodejs.util.promisify.custom');
const customArguments = Symbol.for('nodejs.util.promisify.customArgs');

function promisify(original) {
  validateFunction(original, 'original');
  if (original[custom]) {
    const fn = original[custom];
    validateFunction(fn, 'util.promisify.custom');
    return Object.defineProperty(fn, custom, { value: fn, enumerable: false, writable: false, configurable: true });
  }
  const names = original[customArguments];
  function fn(...args) {
    return new Promise((resolve, reject) => {
      const returned = Reflect.apply(original, this, [...args, (error, ...values) => {
        if (error) return reject(error);
        if (names !== undefined && values.length > 1) {
          const result = {};
          for (let i = 0; i < names.length; i++) result[names[i]] = values[i];
          resolve(result);
        } else {
          resolve(values[0]);
        }
        return undefined;
      }]);
      if (returned !== null && typeof returned === 'object' && typeof returned.then === 'function') {
        process.emitWarning('Calling promisify on a function that returns a Promise is likely a mistake.', 'DeprecationWarning', 'DEP0174');
      }
    });
  }
  Object.setPrototypeOf(fn, Object.getPrototypeOf(original));
  Object.defineProperty(fn, custom, { value: fn, enumerable: false, writable: false, configurable: true });
  const descriptors = Object.getOwnPropertyDescriptors(original);
  for (const key of Reflect.ownKeys(descriptors)) {
    try { Object.defineProperty(fn, key, descriptors[key]); } catch { /* not configurable */ }
  }
  return fn;
}
promisify.custom = custom;

function rejectedWith(reason, callback) {
  let error = reason;
  if (!reason) {
    error = nodeError(Error, 'ERR_FALSY_VALUE_REJECTION', 'Promise was rejected with falsy value');
    error.reason = reason;
  }
  return callback(error);
}

/** The callback comes on nextTick, behind the promise job (SEMANTICS S-30). */
function callbackify(original) {
  validateFunction(original, 'original');
  function callbackified(...args) {
    const callback = args.pop();
    validateFunction(callback, 'last argument');
    const bound = callback.bind(this);
    Reflect.apply(original, this, args).then(
      value => process.nextTick(bound, null, value),
      reason => process.nextTick(rejectedWith, reason, bound));
  }
  const descriptors = Object.getOwnPropertyDescriptors(original);
  if (typeof descriptors.length.value === 'number') descriptors.length.value++;
  if (typeof descriptors.name.value === 'string') descriptors.name.value += 'Callbackified';
  Object.defineProperties(callbackified, descriptors);
  return callbackified;
}

function inherits(constructor, superConstructor) {
  validateFunction(constructor, 'ctor');
  validateFunction(superConstructor, 'superCtor');
  if (superConstructor.prototype === undefined) throw invalidArgType('superCtor.prototype', 'of type object', superConstructor.prototype);
  Object.defineProperty(constructor, 'super_', { value: superConstructor, writable: true, configurable: true });
  Object.setPrototypeOf(constructor.prototype, superConstructor.prototype);
}

function deprecate(fn, message, code) {
  let warned = false;
  function deprecated(...args) {
    if (!warned && !process.noDeprecation) {
      warned = true;
      process.emitWarning(message, 'DeprecationWarning', code);
    }
    return new.target ? Reflect.construct(fn, args, new.target) : Reflect.apply(fn, this, args);
  }
  Object.setPrototypeOf(deprecated, fn);
  if (fn.prototype) deprecated.prototype = fn.prototype;
  return deprecated;
}

function debuglog(set) {
  const enabled = new RegExp(`(^|,)${set}($|,)`, 'i').test(process.env.NODE_DEBUG || '');
  const log = (...args) => {
    if (enabled) internalBinding('process').writeError(`${set.toUpperCase()} ${process.pid}: ${format(...args)}`);
  };
  Object.defineProperty(log, 'enabled', { get: () => enabled, enumerable: true, configurable: true });
  return log;
}

// Deep strict equality lives with assert.
const isDeepStrictEqual = (a, b) => require('internal/comparisons').isDeepStrictEqual(a, b);

const styles = {
  reset: [0, 0], bold: [1, 22], dim: [2, 22], italic: [3, 23], underline: [4, 24], blink: [5, 25], inverse: [7, 27], hidden: [8, 28],
  strikethrough: [9, 29], doubleunderline: [21, 24], black: [30, 39], red: [31, 39], green: [32, 39], yellow: [33, 39], blue: [34, 39],
  magenta: [35, 39], cyan: [36, 39], white: [37, 39], gray: [90, 39], grey: [90, 39], redBright: [91, 39], greenBright: [92, 39],
  yellowBright: [93, 39], blueBright: [94, 39], magentaBright: [95, 39], cyanBright: [96, 39], whiteBright: [97, 39],
  bgBlack: [40, 49], bgRed: [41, 49], bgGreen: [42, 49], bgYellow: [43, 49], bgBlue: [44, 49], bgMagenta: [45, 49], bgCyan: [46, 49], bgWhite: [47, 49],
};

/** From Node 22.13 on, colours are left out when stdout is not a terminal, which a program under explanation never has. */
function styleText(format_, text, { validateStream = true } = {}) {
  validateString(text, 'text');
  if (validateStream && internalBinding('process').major >= 22) return text;
  let before = '';
  let after = '';
  for (const name of Array.isArray(format_) ? format_ : [format_]) {
    const style = styles[name];
    if (style === undefined) throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'format' must be one of: ${Object.keys(styles).map(s => `'${s}'`).join(', ')}. Received ${inspect(name)}`);
    before += `\u001b[${style[0]}m`;
    after = `\u001b[${style[1]}m${after}`;
  }
  return `${before}${text}${after}`;
}

const ansi = /[\u001B\u009B][[\]()#;?]*(?:(?:(?:(?:;[-a-zA-Z\d/#&.:=?%@~_]+)*|[a-zA-Z\d]+(?:;[-a-zA-Z\d/#&.:=?%@~_]*)*)?(?:\u0007|\u001B\u005C|\u009C))|(?:(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PR-TZcf-nq-uy=><~]))/g;
const stripVTControlCharacters = text => {
  validateString(text, 'str');
  return text.replace(ansi, '');
};

/** `util.parseArgs`: options `{type, short, multiple, default}`. */
function parseArgs(config = {}) {
  const args = config.args || process.argv.slice(2);
  const options = config.options || {};
  const strict = config.strict !== undefined ? config.strict : true;
  const allowPositionals = config.allowPositionals !== undefined ? config.allowPositionals : !strict;
  const values = Object.create(null);
  const positionals = [];
  const tokens = [];
  const store = (name, value, raw) => {
    const option = options[name];
    if (strict && option === undefined) {
      throw nodeError(TypeError, 'ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '${raw}'. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- "${raw}"`);
    }
    if (strict && option && option.type === 'string' && typeof value !== 'string') {
      throw nodeError(TypeError, 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${option.short ? `-${option.short}, ` : ''}--${name} <value>' argument missing`);
    }
    if (strict && option && option.type === 'boolean' && typeof value === 'string') {
      throw nodeError(TypeError, 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${option.short ? `-${option.short}, ` : ''}--${name}' does not take an argument`);
    }
    const kept = value === undefined ? true : value;
    if (option && option.multiple) (values[name] = values[name] || []).push(kept);
    else values[name] = kept;
  };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === '--') {
      tokens.push({ kind: 'option-terminator', index: i });
      for (let j = i + 1; j < args.length; j++) {
        positionals.push(args[j]);
        tokens.push({ kind: 'positional', index: j, value: args[j] });
      }
      break;
    }
    let names = [];
    let inline;
    if (arg.startsWith('--')) {
      const equals = arg.indexOf('=');
      names = [[equals > 0 ? arg.slice(2, equals) : arg.slice(2), equals > 0 ? arg.slice(0, equals) : arg]];
      if (equals > 0) inline = arg.slice(equals + 1);
    } else if (arg.startsWith('-') && arg.length > 1) {
      for (let k = 1; k < arg.length; k++) {
        const entry = Object.entries(options).find(([, option]) => option.short === arg[k]);
        const name = entry ? entry[0] : arg[k];
        names.push([name, `-${arg[k]}`]);
        if (entry && entry[1].type === 'string' && k + 1 < arg.length) {
          inline = arg.slice(k + 1);
          break;
        }
      }
    } else {
      if (!allowPositionals) {
        throw nodeError(TypeError, 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL', `Unexpected argument '${arg}'. This command does not take positional arguments`);
      }
      positionals.push(arg);
      tokens.push({ kind: 'positional', index: i, value: arg });
      continue;
    }
    names.forEach(([name, rawName], position) => {
      const last = position === names.length - 1;
      let value = last ? inline : undefined;
      let used = name;
      if (config.allowNegative && name.startsWith('no-') && options[name.slice(3)]) {
        used = name.slice(3);
        values[used] = false;
        return;
      }
      const option = options[used];
      const index = i;
      if (last && value === undefined && option && option.type === 'string' && i + 1 < args.length && !(args[i + 1].startsWith('-') && args[i + 1].length > 1)) {
        value = args[++i];
      }
      store(used, value, rawName);
      tokens.push({ kind: 'option', name: used, rawName, index, value, inlineValue: value === undefined ? undefined : inline !== undefined });
    });
  }
  for (const [name, option] of Object.entries(options)) {
    if (option.default !== undefined && values[name] === undefined) values[name] = option.default;
  }
  const result = { values, positionals };
  if (config.tokens) result.tokens = tokens;
  return result;
}

function getSystemErrorName(errno) {
  return require('internal/uv').errorName(errno);
}

function aborted(signal, resource) {
  validateObject(resource, 'resource');
  if (signal.aborted) return Promise.resolve();
  return new Promise(resolve => signal.addEventListener('abort', () => resolve(), { once: true }));
}

class MIMEType {
  constructor(text) {
    const match = /^\s*([^/\s]+)\/([^;\s]+)\s*(?:;(.*))?$/.exec(`${text}`);
    if (match === null) throw nodeError(TypeError, 'ERR_INVALID_MIME_SYNTAX', `The MIME syntax for a type in "${text}" is invalid`);
    this.type = match[1].toLowerCase();
    this.subtype = match[2].toLowerCase();
    this.params = new Map((match[3] || '').split(';').filter(Boolean).map(one => one.trim().split('=')));
  }
  get essence() {
    return `${this.type}/${this.subtype}`;
  }
  toString() {
    return [this.essence, ...[...this.params].map(([key, value]) => `${key}=${value}`)].join(';');
  }
}

module.exports = {
  promisify, callbackify, inherits, deprecate, debuglog, debug: debuglog, inspect, format, formatWithOptions, isDeepStrictEqual, styleText,
  stripVTControlCharacters, parseArgs, getSystemErrorName, aborted, types, MIMEType,
  toUSVString: text => `${text}`.toWellFormed(),
  isArray: Array.isArray,
  TextEncoder: globalThis.TextEncoder,
  TextDecoder: globalThis.TextDecoder,
};
if (internalBinding('process').major < 23) {
  Object.assign(module.exports, {
    isBoolean: value => typeof value === 'boolean', isNull: value => value === null, isNullOrUndefined: value => value == null,
    isNumber: value => typeof value === 'number', isString: value => typeof value === 'string', isSymbol: value => typeof value === 'symbol',
    isUndefined: value => value === undefined, isRegExp: value => types.isRegExp(value), isDate: value => types.isDate(value),
    isObject: value => value !== null && typeof value === 'object', isFunction: value => typeof value === 'function',
    isError: value => value instanceof Error, isPrimitive: value => value === null || (typeof value !== 'object' && typeof value !== 'function'),
    log: (...args) => internalBinding('process').writeOutput(format(...args)), _extend: (target, source) => Object.assign(target, source),
  });
}
