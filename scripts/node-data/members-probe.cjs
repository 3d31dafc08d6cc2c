// Runs in one real Node and prints, as JSON, the names that its built-in objects have: globals, modules, classes, prototypes, and
// the own properties of instances; and which options its functions read. scripts/node-data/members.ts runs it per version.
'use strict';
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { builtinModules } = require('node:module');

process.removeAllListeners('warning');
process.on('warning', () => {});
process.on('uncaughtException', error => { failures.push(String(error && error.stack)); });
process.on('unhandledRejection', () => {});

const failures = [];
/** Paths of the objects that were met, the first that leads to one. */
const pathOf = new Map();
const objects = {};
/** Own names of instances, by the path of their prototype. */
const instances = {};
/** What belongs to this process and not to Node. */
const skipped = /^(?:global(?:This)?|localStorage|sessionStorage|console\._std(?:out|err)|process\.(?:env|argv|execArgv|mainModule|config|report|stdin|stdout|stderr)|node:module\.(?:_cache|_pathCache|globalPaths|_extensions|builtinModules)|node:repl\.repl|.*\._cache|.*\.(?:constructor|caller|arguments|callee|_events|super_|super|__proto__))$/;
/** Met last, so that classes are named after the modules that export them. */
let late = /^(?:console|process)$/;
const plainFunction = new Set(['length', 'name', 'prototype', 'arguments', 'caller']);

const wellKnown = new Map(Object.getOwnPropertyNames(Symbol).filter(name => typeof Symbol[name] === 'symbol').map(name => [Symbol[name], `@@${name}`]));
/** A symbol that a program can name; others nobody can read by name. */
const keyText = key => (typeof key === 'string' ? key : wellKnown.get(key) ?? (Symbol.keyFor(key) === undefined ? null : `@${Symbol.keyFor(key)}`));

const kinds = { function: 'f', object: 'o', number: 'n', string: 's', boolean: 'b', undefined: 'u', symbol: 'y', bigint: 'i' };
/** Values that belong to this machine or this process, and no constants. */
const local = /^(?:global$|process|node:process|node:os$|node:http\.globalAgent|node:https\.globalAgent|node:cluster|node:worker_threads|node:module|node:tls|performance|node:repl|navigator|node:sea)/;
const isConstant = (at, value) => !local.test(at) && (typeof value === 'boolean' || typeof value === 'number' || (typeof value === 'string' && value.length < 60));

/** The length of a function, and its name where that is not the one of the property. */
function lengthAndName(fn, key) {
  const usual = key.startsWith('@@') ? `[Symbol.${key.slice(2)}]` : key.startsWith('@') ? `[${key.slice(1)}]` : key;
  const name = Object.getOwnPropertyDescriptor(fn, 'name')?.value;
  return typeof name !== 'string' || name === usual ? fn.length : `${fn.length}|${name}`;
}

const queue = [];
function visit(value, at) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function') || pathOf.has(value) || skipped.test(at) || late.test(at) || Array.isArray(value) || ArrayBuffer.isView(value)) return;
  pathOf.set(value, at);
  queue.push([value, at]);
}
/** Prototypes are better known by the constructor that leads to them. */
const parents = [];
function drain() {
  for (;;) {
    for (let item = queue.shift(); item; item = queue.shift()) describe(...item);
    const parent = parents.shift();
    if (parent === undefined) return;
    visit(...parent);
  }
}

function describe(value, at) {
  const isFunction = typeof value === 'function';
  const isPrototype = /(?:\.prototype|%)$/.test(at) || Object.prototype.hasOwnProperty.call(value, 'constructor');
  const props = [];
  for (const key of Reflect.ownKeys(value)) {
    const text = keyText(key);
    if (text === null || /[\n\t ]/.test(text)) continue;
    const own = Object.getOwnPropertyDescriptor(value, key);
    if (own === undefined) continue;
    const child = at === 'global' ? text : `${at}.${text}`;
    let kind;
    let inner;
    let constant;
    if ('value' in own) {
      kind = own.value === null ? 'l' : kinds[typeof own.value];
      inner = own.value;
      if (isConstant(at, inner)) constant = inner;
      else if (typeof inner === 'symbol' && keyText(inner) !== null) constant = keyText(inner);
    } else {
      kind = own.set ? 'A' : 'a';
      // The getters of modules and of the global object only load what they give.
      if (!isPrototype && !/^(?:localStorage|sessionStorage)$/.test(child)) {
        try {
          inner = value[key];
          if (typeof inner === 'function') kind = own.set ? 'G' : 'g';
        } catch { /* Not to be read here. */ }
      }
    }
    if (isFunction && plainFunction.has(text)) {
      if (text === 'prototype') visit(inner, child);
      continue;
    }
    // A function that makes objects has a prototype of its own.
    if (kind === 'f' && Object.getOwnPropertyDescriptor(inner, 'prototype')?.writable !== undefined) kind = 'c';
    props.push([text, kind, (own.writable ? 1 : 0) | (own.enumerable ? 2 : 0) | (own.configurable ? 4 : 0), kind === 'f' || kind === 'c' ? lengthAndName(inner, text) : constant, inner]);
    visit(inner, child);
  }
  const parent = Object.getPrototypeOf(value);
  const usual = parent === Object.prototype || parent === Function.prototype || parent === null;
  if (!usual || (props.length > 0 && !(isPrototype && props.length === 1 && props[0][0] === 'constructor'))) objects[at] = { props, isFunction, nullPrototype: parent === null, parent: usual ? undefined : parent };
  if (parent !== null) parents.push([parent, `${at}.%proto%`]);
}

/** The object that `%Name%` names in ECMA-262, where no property leads to it. */
const intrinsics = {
  '%AsyncFunction%': async () => {}, '%GeneratorFunction%': function* () {}, '%AsyncGeneratorFunction%': async function* () {},
  '%ArrayIteratorPrototype%': [][Symbol.iterator](), '%StringIteratorPrototype%': ''[Symbol.iterator](), '%MapIteratorPrototype%': new Map().keys(),
  '%SetIteratorPrototype%': new Set().keys(), '%RegExpStringIteratorPrototype%': 'a'.matchAll(/a/g),
};


const iteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
visit(iteratorPrototype, 'Iterator.prototype');
visit(Object.getPrototypeOf(Object.getPrototypeOf(Object.getPrototypeOf((async function* () {})()))), '%AsyncIteratorPrototype%');
visit(Object.getPrototypeOf(Uint8Array), '%TypedArray%');
for (const [name, instance] of Object.entries(intrinsics)) {
  const prototype = Object.getPrototypeOf(instance);
  if (/Function%$/.test(name)) visit(prototype.constructor, name);
  else visit(prototype, name);
}
pathOf.set(globalThis, 'global');
queue.push([globalThis, 'global']);
drain();
// Classes are named after the module that people import them from.
const modules = [...new Set(['events', 'stream', 'util', 'url', 'net', 'fs', 'http', ...builtinModules.filter(id => !id.startsWith('_') && !id.startsWith('node:') && !id.startsWith('internal')), 'test', 'sqlite', 'sea', 'test/reporters'])].filter(id => id !== 'process' && id !== 'console');
const moduleIds = [];
for (const id of modules) {
  try {
    visit(require(`node:${id}`), `node:${id}`);
    moduleIds.push(id);
  } catch { /* Needs a flag on this version. */ }
}
drain();
late = /^$/;
visit(console, 'console');
visit(process, 'process');
drain();
moduleIds.push('process', 'console');
const aliases = {};
for (const id of moduleIds) {
  const at = pathOf.get(require(`node:${id}`));
  if (at !== `node:${id}`) aliases[`node:${id}`] = at;
}

/** Takes down the own names of an instance (but `domain`, which is there since the probe has loaded that module); `name` is what its class is called where no export leads to it. */
function instance(name, value) {
  if (value === null || typeof value !== 'object') return;
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) {
    const known = (instances[`%${name}%`] ??= new Set());
    for (const key of Reflect.ownKeys(value)) if (keyText(key) !== null) known.add(keyText(key));
    return;
  }
  if (!pathOf.has(prototype)) {
    visit(prototype, `%${name}%.prototype`);
    drain();
  }
  const known = (instances[pathOf.get(prototype)] ??= new Set());
  for (const key of Reflect.ownKeys(value)) if (keyText(key) !== null && key !== 'domain') known.add(keyText(key));
}

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'looplens-members-'));
const file = path.join(directory, 'a.txt');
fs.writeFileSync(file, 'text\n');

const guard = run => { try { run(); } catch { /* Not on this version. */ } };
function streams(name, stream) {
  instance(name, stream);
  if (stream._readableState) instance('ReadableState', stream._readableState);
  if (stream._writableState) instance('WritableState', stream._writableState);
}

function immediateRecipes() {
  const events = require('node:events');
  const stream = require('node:stream');
  const timeout = setTimeout(() => {}, 1);
  instance('Timeout', timeout);
  clearTimeout(timeout);
  instance('Timeout', timeout);
  const interval = setInterval(() => {}, 1);
  instance('Timeout', interval);
  clearInterval(interval);
  const immediate = setImmediate(() => {});
  instance('Immediate', immediate);
  clearImmediate(immediate);
  for (const make of [() => new AbortController(), () => new AbortController().signal, () => AbortSignal.abort(), () => AbortSignal.timeout(1), () => new Event('a'), () => new EventTarget(), () => new CustomEvent('a'),
    () => new URL('http://a'), () => new URLSearchParams('a=1'), () => new TextEncoder(), () => new TextDecoder(), () => new Blob([]), () => new File([], 'a'), () => new FormData(), () => new Headers(),
    () => new Request('http://a'), () => new Response('a'), () => new MessageChannel(), () => new MessageChannel().port1, () => new ReadableStream(), () => new WritableStream(), () => new TransformStream(),
    () => new events(), () => new events.EventEmitterAsyncResource({ name: 'a' }), () => new (require('node:async_hooks').AsyncLocalStorage)(), () => new (require('node:async_hooks').AsyncResource)('a'),
    () => require('node:diagnostics_channel').channel('a'), () => require('node:diagnostics_channel').tracingChannel('a'), () => new (require('node:string_decoder').StringDecoder)('utf8'), () => require('node:perf_hooks').createHistogram(),
    () => performance.mark('a'), () => performance.measure('b', 'a'), () => new DOMException('a', 'AbortError'), () => new (require('node:util').MIMEType)('a/b'), () => fs.statSync(file), () => fs.readdirSync(directory, { withFileTypes: true })[0], () => fs.opendirSync(directory),
    () => require('node:crypto').createHash('sha1'), () => require('node:crypto').createHmac('sha1', 'a'), () => require('node:crypto').createSecretKey(Buffer.alloc(16)), () => require('node:crypto').createCipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)),
    () => new (require('node:vm').Script)('1'), () => new (require('node:dns').Resolver)(), () => require('node:url').parse('http://a/b?c'), () => new (require('node:net').BlockList)(), () => new (require('node:net').SocketAddress)(),
    () => new (require('node:http').Agent)(), () => new (require('node:https').Agent)(), () => require('node:http').createServer(), () => require('node:net').createServer(), () => new (require('node:net').Socket)(), () => require('node:dgram').createSocket('udp4').unref(),
    () => require('node:readline').createInterface({ input: new stream.PassThrough() }), () => require('node:readline/promises').createInterface({ input: new stream.PassThrough() }), () => require('node:domain').create(),
    () => new (require('node:assert').AssertionError)({ message: 'a' }), () => require('node:async_hooks').createHook({}), () => new console.Console(process.stdout), () => new (require('node:worker_threads').BroadcastChannel)('a').unref(), () => fs.watch(directory).unref(), () => fs.watchFile(file, () => {}).unref(),
    () => new (require('node:http').OutgoingMessage)(), () => new (require('node:http').IncomingMessage)(), () => new events.EventEmitter({ captureRejections: true }), () => new (require('node:perf_hooks').PerformanceObserver)(() => {}),
  ]) guard(() => {
    const made = make();
    instance((made.constructor && made.constructor.name) || 'anonymous', made);
  });
  guard(() => {
    const emitter = new events();
    emitter.on('a', () => {});
    instance('EventEmitter', emitter);
  });
  for (const make of [() => new stream.Readable({ read() {} }), () => new stream.Writable({ write() {} }), () => new stream.Duplex({ read() {}, write() {} }), () => new stream.Transform({ transform() {} }), () => new stream.PassThrough(), () => stream.Readable.from([1]), () => new stream.Stream(), () => stream.duplexPair()[0]]) guard(() => streams('Stream', make()));
  guard(() => {
    const piped = new stream.PassThrough();
    piped.pipe(new stream.PassThrough());
    piped.write('a');
    piped.setEncoding('utf8');
    streams('PassThrough', piped);
  });
  const zlib = require('node:zlib');
  for (const make of ['createGzip', 'createGunzip', 'createDeflate', 'createInflate', 'createDeflateRaw', 'createInflateRaw', 'createUnzip', 'createBrotliCompress', 'createBrotliDecompress', 'createZstdCompress', 'createZstdDecompress']) guard(() => streams(make, zlib[make]()));
  guard(() => instance('SpawnSyncResult', require('node:child_process').spawnSync('true')));
  for (const name of ['stdin', 'stdout', 'stderr']) guard(() => streams(name, process[name]));
}

const once = (emitter, event) => new Promise(resolve => emitter.once(event, resolve));
async function laterRecipes() {
  const net = require('node:net');
  const http = require('node:http');
  const stream = require('node:stream');
  const sockets = await new Promise(resolve => {
    const server = net.createServer(accepted => {
      streams('Socket', accepted);
      accepted.on('error', () => {});
      accepted.once('data', () => { streams('Socket', accepted); accepted.end('b'); });
    });
    server.listen(0, '127.0.0.1', () => {
      instance('Server', server);
      instance('Address', server.address());
      const client = net.connect(server.address().port, '127.0.0.1', () => { streams('Socket', client); client.write('a'); });
      streams('Socket', client);
      client.setTimeout(1000);
      client.resume().on('close', () => { streams('Socket', client); server.close(() => { instance('Server', server); resolve(); }); });
    });
  });
  void sockets;
  await new Promise(resolve => {
    const server = http.createServer((request, response) => {
      streams('IncomingMessage', request);
      instance('ServerResponse', response);
      streams('ServerSocket', request.socket);
      response.on('finish', () => { instance('ServerResponse', response); });
      request.resume().on('end', () => { streams('IncomingMessage', request); response.writeHead(200, { a: 'b' }); response.write('a'); response.end('b'); });
    });
    server.listen(0, '127.0.0.1', () => {
      instance('Server', server);
      const agent = new http.Agent({ keepAlive: true });
      const request = http.request({ port: server.address().port, host: '127.0.0.1', agent, method: 'POST' }, response => {
        streams('IncomingMessage', response);
        response.resume().on('end', () => { streams('IncomingMessage', response); instance('ClientRequest', request); instance('Agent', agent); agent.destroy(); server.close(resolve); server.closeAllConnections?.(); });
      });
      instance('ClientRequest', request);
      request.on('socket', () => instance('ClientRequest', request));
      request.end('a');
    });
  });
  const read = fs.createReadStream(file);
  streams('ReadStream', read);
  await once(read.resume(), 'close');
  streams('ReadStream', read);
  const write = fs.createWriteStream(path.join(directory, 'b.txt'));
  streams('WriteStream', write);
  write.end('a');
  await once(write, 'close');
  streams('WriteStream', write);
  const handle = await fs.promises.open(file);
  instance('FileHandle', handle);
  await handle.close();
  const child = require('node:child_process').spawn('cat', []);
  instance('ChildProcess', child);
  for (const pipe of child.stdio) streams('Socket', pipe);
  child.stdin.end('a');
  child.stdout.resume();
  await once(child, 'close');
  instance('ChildProcess', child);
  const { Worker } = require('node:worker_threads');
  const worker = new Worker('setTimeout(() => {}, 1)', { eval: true });
  instance('Worker', worker);
  await once(worker, 'exit');
  instance('Worker', worker);
  await stream.promises.pipeline(stream.Readable.from(['a']), new stream.PassThrough(), new stream.Writable({ write(chunk, encoding, callback) { callback(); } }));
}

/** A bag of options that remembers which names were read. */
function bag(given = {}) {
  const read = new Set();
  const proxy = new Proxy(given, {
    get(target, key) { if (typeof key === 'string') read.add(key); return target[key]; },
    has(target, key) { if (typeof key === 'string') read.add(key); return key in target; },
    getOwnPropertyDescriptor(target, key) { if (typeof key === 'string') read.add(key); return Reflect.getOwnPropertyDescriptor(target, key); },
  });
  return { proxy, read };
}

const options = {};
const { optionRecipes } = require('./option-recipes.cjs');
function recordOptions() {
  for (const [label, given, run] of optionRecipes(file, directory)) {
    const { proxy, read } = bag(given);
    guard(() => run(proxy));
    const known = (options[label] ??= new Set());
    for (const name of read) known.add(name);
  }
}

/** The properties without their values; where a value was met on another path, that path. */
const plainObjects = () => Object.fromEntries(Object.entries(objects).map(([at, { props, isFunction, nullPrototype, parent }]) => [at, {
  isFunction,
  nullPrototype,
  parent: parent === undefined ? undefined : pathOf.get(parent),
  props: props.map(([key, kind, attributes, constant, inner]) => {
    const child = at === 'global' ? key : `${at}.${key}`;
    const known = inner !== null && (typeof inner === 'object' || typeof inner === 'function') ? pathOf.get(inner) : undefined;
    return [key, kind, attributes, constant === Infinity ? 'Infinity' : constant, known !== undefined && known !== child ? known : undefined];
  }),
}]));

const done = () => {
  fs.rmSync(directory, { recursive: true, force: true });
  const plain = sets => Object.fromEntries(Object.entries(sets).map(([name, set]) => [name, [...set]]));
  fs.writeSync(1, JSON.stringify({ node: process.version, objects: plainObjects(), aliases, modules: moduleIds, instances: plain(instances), options: plain(options), failures }));
  process.exit(0);
};
immediateRecipes();
recordOptions();
laterRecipes().catch(error => failures.push(String(error && error.stack))).finally(() => setTimeout(done, 50));
setTimeout(() => { failures.push('time'); done(); }, 20_000);
