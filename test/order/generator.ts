// Random programs that make much asynchrony, end by themselves and print only labels of their own.

/** One construct; `blocks` hold its statements or, for expressions, its operands. A tree of these can be shrunk. */
export interface Construct {
  readonly kind: string;
  /** Makes its labels unique; kept while shrinking. */
  readonly id: number;
  /** Small numbers that select variants. */
  readonly variants: readonly number[];
  readonly blocks: readonly (readonly Construct[])[];
}

/** A program before it is written down as CommonJS or as ES module. */
export interface ProgramTree {
  /** Body of the entry, then of each further module, which the one before it loads. */
  readonly modules: readonly (readonly Construct[])[];
  /** Handlers on process: unhandledRejection, uncaughtException, beforeExit, exit. */
  readonly handlers: readonly string[];
  /** The waits of its timers, ms. */
  readonly delays: readonly number[];
}

export type ModuleKind = 'commonjs' | 'module';

/** Mulberry32: the same numbers for the same seed everywhere. */
export function createRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return below => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

/** Where a construct stands: what may be written there. */
interface Place {
  readonly async: boolean;
  readonly generator: boolean;
  /** Whether a throw is caught around here, or by a handler. */
  readonly guarded: boolean;
  readonly depth: number;
}

/** Waits of one program: only the shortest; far apart, so that the order is certain; or any. */
const delayTables: readonly (readonly number[])[] = [[0, 1], [0, 60, 120, 1, 180], [0, 1, 2, 5, 10, 50, 100]];

/** Statements by weight. */
const statements: readonly (readonly [kind: string, weight: number])[] = [
  ['log', 5], ['nextTick', 7], ['queueMicrotask', 5], ['then', 8], ['chain', 6], ['immediate', 6], ['timeout', 7], ['interval', 2],
  ['asyncCall', 9], ['await', 70], ['try', 6], ['throw', 3], ['forAwait', 20], ['generator', 4], ['yield', 60], ['emitter', 5], ['abort', 2], ['eventTarget', 1],
  ['fs', 3], ['readable', 3], ['passThrough', 2], ['transform', 2], ['writable', 2], ['pipeline', 1], ['clear', 2], ['unref', 1], ['reject', 2], ['lateCatch', 1],
  ['storage', 1], ['loop', 3], ['promisify', 2], ['class', 2], ['port', 1], ['combinator', 4], ['import', 1],
];
const expressions: readonly (readonly [kind: string, weight: number])[] = [
  ['value', 4], ['resolved', 5], ['thenable', 3], ['asyncValue', 5], ['executor', 5], ['caught', 2], ['all', 2], ['sleep', 1], ['nextImmediate', 1], ['once', 1], ['iterate', 1], ['thenValue', 2],
];

/** What enters JavaScript from the loop; each program has about half of these, or every one would be full of races. */
const optional = ['immediate', 'timeout', 'interval', 'fs', 'readable', 'passThrough', 'transform', 'writable', 'pipeline', 'port', 'sleep', 'nextImmediate', 'unref', 'import', 'once', 'clear'];

/**
 * A random program.
 * @param size constructs it may hold, about
 */
export function generateProgram(seed: number, size = 14): ProgramTree {
  const random = createRandom(seed);
  let left = 0;
  let ids = 0;
  const absent = new Set(optional.filter(() => random(2) === 0));
  const delays = delayTables[random(delayTables.length)]!;
  const handlers = ['unhandledRejection', 'uncaughtException', 'beforeExit', 'exit'].filter((_, index) => random(index < 2 ? 3 : 8) === 0);
  const handled = handlers.includes('unhandledRejection') && handlers.includes('uncaughtException');
  const pick = (table: readonly (readonly [string, number])[], allowed: (kind: string) => boolean): string => {
    const possible = table.filter(([kind]) => !absent.has(kind) && allowed(kind));
    let at = random(possible.reduce((sum, [, weight]) => sum + weight, 0));
    return possible.find(([, weight]) => (at -= weight) < 0)![0];
  };
  const block = (place: Place, most = 3): Construct[] => {
    const list: Construct[] = [];
    if (place.depth > 5) return list;
    const wanted = 1 + random(most);
    while (list.length < wanted && left > 0) list.push(statement(place));
    return list;
  };
  const make = (kind: string, blocks: readonly (readonly Construct[])[]): Construct => ({ kind, id: ++ids, variants: [random(60), random(60), random(60)], blocks });
  const statement = (outer: Place): Construct => {
    left--;
    const place = { ...outer, depth: outer.depth + 1 };
    const callback = { async: false, generator: false, guarded: handled, depth: place.depth };
    const asynchronous = { async: true, generator: false, guarded: true, depth: place.depth };
    const kind = pick(statements, name => (name === 'await' ? place.async : name === 'yield' ? place.generator : name === 'forAwait' ? place.async : name === 'throw' ? place.guarded && place.depth > 1 : name === 'reject' ? handlers.includes('unhandledRejection') : true));
    switch (kind) {
      case 'log': case 'yield': case 'throw': case 'reject': case 'unref': case 'import': return make(kind, kind === 'yield' ? [[expression(place)]] : []);
      case 'await': return make(kind, [[expression(place)]]);
      case 'asyncCall': return make(kind, [[...block(asynchronous, 3), make('await', [[expression(asynchronous)]]), ...block(asynchronous, 1)]]);
      case 'try': return make(kind, [block({ ...place, guarded: true }), block(place, 2), random(2) ? block(place, 1) : []]);
      case 'forAwait': return make(kind, [[expression(place), ...(random(2) ? [expression(place)] : [])], block({ ...asynchronous, generator: true, guarded: false }), block(place, 2)]);
      case 'generator': return make(kind, [block({ ...callback, generator: true, guarded: false }), block(callback, 1)]);
      case 'chain': return make(kind, [[expression(place)], block({ ...callback, guarded: true }, 2), block({ ...callback, guarded: true }, 1)]);
      case 'combinator': return make(kind, [[expression(place), expression(place), ...(random(2) ? [expression(place)] : [])], block(callback, 1)]);
      case 'storage': case 'loop': return make(kind, [block(kind === 'loop' ? place : callback, 2)]);
      case 'class': return make(kind, [block(asynchronous, 2), block(callback, 1)]);
      case 'emitter': return make(kind, [block(random(3) ? callback : asynchronous, 2), block(callback, 1)]);
      case 'then': return make(kind, [block({ ...callback, guarded: true })]);
      default: return make(kind, [block(callback), block(callback, 1)]);
    }
  };
  const expression = (outer: Place): Construct => {
    const place = { ...outer, depth: outer.depth + 1 };
    const kind = place.depth > 5 || left <= 0 ? 'value' : pick(expressions, () => true);
    if (kind !== 'value') left--;
    switch (kind) {
      case 'thenable': case 'thenValue': case 'caught': return make(kind, [block({ async: false, generator: false, guarded: kind !== 'thenable', depth: place.depth }, 1)]);
      case 'asyncValue': return make(kind, [block({ async: true, generator: false, guarded: false, depth: place.depth }), [expression(place)]]);
      case 'executor': return make(kind, [block({ async: false, generator: false, guarded: false, depth: place.depth }, 1), [expression(place)]]);
      case 'all': return make(kind, [[expression(place), expression(place)]]);
      case 'iterate': return make(kind, [block({ async: true, generator: true, guarded: false, depth: place.depth }, 2)]);
      default: return make(kind, []);
    }
  };
  const top: Place = { async: false, generator: false, guarded: false, depth: 0 };
  const modules: Construct[][] = [];
  const count = random(5) === 0 ? 2 + random(2) : 1;
  for (let index = 0; index < count; index++) {
    const body: Construct[] = [];
    for (let total = 4 + random(Math.ceil(size / count)); total > 0;) {
      const share = Math.min(total, 1 + random(6));
      left = share;
      body.push(statement(top));
      total -= share - Math.max(0, left);
    }
    modules.push(body);
  }
  return { modules, handlers, delays };
}

/** The files of a program: the entry is `main.cjs` or `main.mjs`. ES modules may await at top level. */
export function writeProgram(tree: ProgramTree, module: ModuleKind): ReadonlyMap<string, string> {
  const extension = module === 'module' ? 'mjs' : 'cjs';
  const files = new Map<string, string>();
  tree.modules.forEach((body, index) => {
    const next = index + 1 < tree.modules.length ? `./m${index + 1}.${extension}` : null;
    const lines = module === 'module' ? moduleHead.map(([name, from]) => `import ${name} from '${from}';`) : moduleHead.map(([name, from]) => `const ${name} = require('${from}');`);
    const code: string[] = [];
    if (index === 0) for (const event of tree.handlers) code.push(handlerCode(event));
    if (next) code.push(module === 'module' ? `import '${next}';` : `require('${next}');`);
    const writer = createWriter(tree.delays, tree.modules.length > 1 ? `./m1.${extension}` : null, index);
    code.push(...body.flatMap(item => writer(item, module === 'module')));
    const text = code.join('\n');
    const used = lines.filter(line => moduleNames(line).some(name => new RegExp(`\\b${name}\\b`).test(text)));
    files.set(index === 0 ? `main.${extension}` : `m${index}.${extension}`, `${[...used, text].join('\n')}\n`);
  });
  return files;
}

const moduleHead: readonly (readonly [string, string])[] = [
  ['fs', 'node:fs'], ['{ EventEmitter, once }', 'node:events'], ['timers', 'node:timers/promises'], ['{ Readable, Writable, Transform, PassThrough, pipeline }', 'node:stream'],
  ['{ promisify, callbackify }', 'node:util'], ['{ AsyncLocalStorage }', 'node:async_hooks'], ['{ MessageChannel }', 'node:worker_threads'],
];

function moduleNames(line: string): string[] {
  return /(?:import|const) \{? ?([\w, ]+?) ?\}? (?:from|=)/.exec(line)![1]!.split(', ');
}

function handlerCode(event: string): string {
  if (event === 'exit') return "process.on('exit', code => console.log(`exit ${code}`));";
  if (event === 'beforeExit') return "process.once('beforeExit', () => { console.log('beforeExit'); setImmediate(() => console.log('revived')); });";
  return `process.on('${event}', error => { console.log(\`${event} \${error && error.message}\`); process.nextTick(() => console.log('after ${event}')); });`;
}

/** Writes one construct as lines; `top` says that `await` is allowed by the module. */
function createWriter(delays: readonly number[], sibling: string | null, moduleIndex: number): (item: Construct, topAwait: boolean) => string[] {
  const log = (item: Construct, suffix = ''): string => `console.log('${moduleIndex ? `m${moduleIndex}.` : ''}${item.id}${suffix}');`;
  const block = (items: readonly Construct[] | undefined): string[] => (items ?? []).flatMap(item => write(item)).map(line => `  ${line}`);
  const braces = (head: string, body: readonly string[], tail: string): string[] => (body.length === 0 ? [`${head}${tail.trimStart()}`] : [head, ...body, tail]);
  const arrow = (head: string, item: Construct, index: number, tail: string, suffix = ''): string[] => braces(`${head} {`, [`  ${log(item, suffix)}`, ...block(item.blocks[index])], `}${tail}`);
  const delay = (item: Construct, which = 0): number => delays[item.variants[which]! % delays.length]!;
  const value = (item: Construct | undefined): string => (item ? expression(item) : '1');
  const values = (items: readonly Construct[] | undefined): string => (items ?? []).map(expression).join(', ');
  const inline = (items: readonly Construct[] | undefined): string => (items ?? []).flatMap(item => write(item)).join('\n');

  const expression = (item: Construct): string => {
    const [v = 0, w = 0] = item.variants;
    const text = `'${item.id}'`;
    switch (item.kind) {
      case 'resolved': return `Promise.resolve(${text})`;
      case 'thenable': return `{ then(resolve) { ${log(item)} ${inline(item.blocks[0])} ${['resolve(1)', 'process.nextTick(resolve)', 'queueMicrotask(resolve)', 'resolve(Promise.resolve(2))'][v % 4]}; } }`;
      case 'thenValue': return `Promise.resolve().then(() => { ${log(item)} ${inline(item.blocks[0])} ${['', 'return 1;', 'return Promise.resolve(1);', 'return { then(r) { r(1); } };'][v % 4]} })${handledTail(item)}`;
      case 'asyncValue': return `(async () => { ${log(item)} ${inline(item.blocks[0])} ${['', 'return ', 'return await '][v % 3] && `${['', 'return ', 'return await '][v % 3]}${value(item.blocks[1]?.[0])};`} })()`;
      case 'executor': return `new Promise(resolve => { ${log(item)} ${inline(item.blocks[0])} ${[`resolve(${value(item.blocks[1]?.[0])})`, 'process.nextTick(resolve)', 'queueMicrotask(resolve)', 'setImmediate(resolve)', `setTimeout(resolve, ${delay(item, 1)})`][v % 5]}; })`;
      case 'caught': return `Promise.reject(new Error(${text})).${['catch(', 'then(undefined, ', 'finally(() => {}).catch('][v % 3]}error => { console.log('caught ' + error.message); ${inline(item.blocks[0])} })`;
      case 'all': return `Promise.${['all', 'race', 'any', 'allSettled'][v % 4]}([${values(item.blocks[0])}])`;
      case 'sleep': return `timers.setTimeout(${delay(item)}, ${text})`;
      case 'nextImmediate': return `timers.setImmediate(${text})`;
      case 'once': return `(() => { const emitter = new EventEmitter(); const result = once(emitter, 'x'); ${["emitter.emit('x', 1)", "process.nextTick(() => emitter.emit('x', 1))", "setImmediate(() => emitter.emit('x', 1))"][v % 3]}; return result; })()`;
      case 'iterate': return `(async function* () { ${log(item)} ${inline(item.blocks[0])} yield ${text}; })().next()`;
      default: return w % 3 ? text : 'undefined';
    }
  };
  /** Rejections of expressions are never left to chance. */
  const handledTail = (item: Construct): string => `.catch(error => { console.log('${item.id}c ' + error.message); })`;

  const write = (item: Construct, topAwait = false): string[] => {
    const [v = 0, w = 0, x = 0] = item.variants;
    switch (item.kind) {
      case 'log': return [log(item)];
      case 'nextTick': return arrow('process.nextTick(() =>', item, 0, ');');
      case 'queueMicrotask': return arrow('queueMicrotask(() =>', item, 0, ');');
      case 'then': return arrow('Promise.resolve().then(() =>', item, 0, `)${handledTail(item)};`);
      case 'chain': return [
        `Promise.resolve(${value(item.blocks[0]?.[0])})`,
        ...arrow(`  .${['then', 'finally', 'then'][v % 3]}(() =>`, item, 1, ')'),
        ...arrow(`  .${['then', 'finally', 'catch'][w % 3]}(() =>`, item, 2, ')', 'b'),
        `  .then(() => ${log(item, 'end').slice(0, -1)}, error => console.log('${item.id}c ' + error.message));`,
      ];
      case 'immediate': return arrow('setImmediate(() =>', item, 0, ');');
      case 'timeout': return arrow('setTimeout(() =>', item, 0, `, ${delay(item)});`);
      case 'interval': return [`{ let count = 0; const interval = setInterval(() => {`, `  ${log(item)}`, ...block(item.blocks[0]), `  if (++count === ${1 + (v % 3)}) clearInterval(interval);`, `}, ${[1, 50, 5, 60][w % 4]}); }`];
      case 'asyncCall': return arrow(topAwait && v % 3 === 0 ? 'await (async () =>' : '(async () =>', item, 0, `)()${['', '.finally(() => ' + log(item, 'f').slice(0, -1) + ')'][w % 2]}.catch(error => console.log('${item.id}c ' + error.message));`);
      case 'await': return [`await ${value(item.blocks[0]?.[0])};`, log(item)];
      case 'yield': return [`${x % 4 ? '' : log(item)} yield ${value(item.blocks[0]?.[0])};`.trimStart()];
      case 'throw': return [`if (true) throw new Error('${item.id}');`];
      case 'reject': return [`Promise.reject(new Error('${item.id}'));`];
      case 'lateCatch': return [`{ const rejected = Promise.reject(new Error('${item.id}'));`, ...arrow(`${['process.nextTick', 'queueMicrotask'][v % 2]}(() =>`, item, 0, ');').map(line => `  ${line}`), `  ${['process.nextTick', 'queueMicrotask'][w % 2]}(() => rejected.catch(() => ${log(item, 'c').slice(0, -1)})); }`];
      case 'try': return [
        'try {', ...block(item.blocks[0]), `} catch (error) {`, `  console.log('${item.id} ' + error.message);`, ...block(item.blocks[1]), ...(v % 2 ? ['} finally {', `  ${log(item, 'f')}`, ...block(item.blocks[2]), '}'] : ['}']),
      ];
      case 'forAwait': {
        const source = v % 3 === 0 ? `[${values(item.blocks[0])}]` : v % 3 === 1 ? null : `{ [Symbol.asyncIterator]() { let n = 0; return { next: () => (${['', 'Promise.resolve'][w % 2]}({ value: n, done: ++n > 2 })), return() { ${log(item, 'r')} return {}; } }; } }`;
        const iterable = source ?? `(async function* () {`;
        const head = source ? [`for await (const item of ${iterable}) {`] : [`for await (const item of ${iterable}`, ...block(item.blocks[1]), `  yield* ${w % 2 ? `[${values(item.blocks[0])}]` : `(async function* () { yield 1; ${log(item, 'g')} yield 2; })()`};`, '})()) {'];
        return [...head, `  ${log(item)}`, ...block(item.blocks[2]), ...(x % 3 === 0 ? ['  break;'] : []), '}'];
      }
      case 'generator': return [`for (const item of (function* () { try {`, ...block(item.blocks[0]), `  yield 1; ${log(item, 'g')} yield 2; } finally { ${log(item, 'f')} }`, `})()) {`, `  ${log(item)}`, ...block(item.blocks[1]), ...(v % 2 ? ['  break;'] : []), '}'];
      case 'emitter': {
        const async = item.blocks[0]?.some(usesAwait) ? 'async ' : '';
        return [
          `{ const emitter = new EventEmitter();`,
          ...arrow(`  emitter.${['on', 'once', 'prependListener'][v % 3]}('x', ${async}() =>`, item, 0, ');'),
          ...arrow(`  emitter.${['once', 'on', 'prependOnceListener'][w % 3]}('x', () =>`, item, 1, ');', 'b'),
          `  emitter.emit('x');`, ...(x % 2 ? [`  ${['process.nextTick', 'setImmediate', 'queueMicrotask'][x % 3]}(() => emitter.emit('x'));`] : []), `  ${log(item, 'e')} }`,
        ];
      }
      case 'abort': return [`{ const controller = new AbortController();`, ...arrow(`  controller.signal.addEventListener('abort', () =>`, item, 0, ');'), v % 3 ? `  timers.setTimeout(1000, 1, { signal: controller.signal }).catch(error => console.log('${item.id} ' + error.name));` : '', `  ${['controller.abort()', 'process.nextTick(() => controller.abort())', 'setImmediate(() => controller.abort())'][w % 3]}; ${log(item, 'e')} }`].filter(Boolean);
      case 'eventTarget': return [`{ const target = new EventTarget();`, ...arrow(`  target.addEventListener('x', () =>`, item, 0, `, { once: ${v % 2 === 0} });`), `  target.dispatchEvent(new Event('x')); ${log(item, 'e')} }`];
      case 'fs': return arrow(['fs.stat(".", () =>', 'fs.readFile(process.argv[1], () =>', 'fs.access("/none", () =>', 'fs.promises.stat(".").then(() =>', 'fs.readdir(".", () =>'][v % 5]!, item, 0, ');');
      case 'readable': return [`{ const readable = Readable.from(['a', 'b']);`, ...arrow(`  readable.on('data', () =>`, item, 0, ');'), ...arrow(`  readable.on('end', () =>`, item, 1, ');', 'end'), `  readable.on('close', () => ${log(item, 'close').slice(0, -1)}); }`];
      case 'passThrough': return [`{ const stream = new PassThrough();`, ...arrow(`  stream.on('${v % 2 ? 'data' : 'readable'}', () =>`, item, 0, ');'), v % 2 ? '' : `  stream.on('readable', () => { while (stream.read() !== null); });`, `  stream.write('a', () => ${log(item, 'w').slice(0, -1)}); stream.end(); stream.on('finish', () => ${log(item, 'finish').slice(0, -1)}).on('end', () => ${log(item, 'end').slice(0, -1)}).on('close', () => ${log(item, 'close').slice(0, -1)}); }`].filter(Boolean);
      case 'transform': return [`{ const transform = new Transform({ transform(chunk, encoding, callback) { ${log(item, 't')} ${['callback(null, chunk)', 'process.nextTick(callback, null, chunk)', 'setImmediate(callback, null, chunk)'][v % 3]}; } });`, ...arrow(`  transform.on('data', () =>`, item, 0, ');'), `  transform.on('end', () => ${log(item, 'end').slice(0, -1)}); transform.write('a'); transform.end('b'); }`];
      case 'writable': return [`{ const writable = new Writable({ write(chunk, encoding, callback) { ${log(item, 'w')} ${['callback()', 'process.nextTick(callback)', 'setImmediate(callback)'][v % 3]}; } });`, ...arrow(`  writable.on('finish', () =>`, item, 0, ');', 'finish'), `  writable.on('close', () => ${log(item, 'close').slice(0, -1)}); writable.write('a', () => ${log(item, 'cb').slice(0, -1)}); writable.end('b'); }`];
      case 'pipeline': return arrow(`pipeline(Readable.from(['a']), new PassThrough(), new Writable({ write(chunk, encoding, callback) { ${log(item, 'w')} callback(); } }), () =>`, item, 0, ');');
      case 'clear': return [`{ const handle = ${v % 2 ? `setTimeout(() => ${log(item, 'never?').slice(0, -1)}, ${delay(item, 2)})` : `setImmediate(() => ${log(item, 'never?').slice(0, -1)})`};`, ...arrow(`${['process.nextTick', 'setImmediate', 'queueMicrotask'][w % 3]}(() =>`, item, 0, ');').map(line => `  ${line}`), `  ${['process.nextTick', 'setImmediate', 'queueMicrotask'][w % 3]}(() => ${v % 2 ? 'clearTimeout' : 'clearImmediate'}(handle)); }`];
      case 'unref': return [`setTimeout(() => ${log(item).slice(0, -1)}, ${[300, 0, 50][v % 3]}).unref();`];
      case 'storage': return arrow(`new AsyncLocalStorage().run(1, () =>`, item, 0, ');');
      case 'loop': return [`outer${item.id}: for (let i = 0; i < 2; i++) { for (const j of [1, 2]) {`, `  if (j === 2) ${v % 2 ? 'continue' : 'break'} outer${item.id};`, `  ${log(item)}`, ...block(item.blocks[0]), '} }'];
      case 'promisify': return v % 2
        ? [...arrow('promisify(callback => { process.nextTick(callback); })().then(() =>', item, 0, ');')]
        : [...arrow('callbackify(async () => 1)(() =>', item, 0, ');')];
      case 'class': return [`{ class Base { #n = 1; get n() { ${log(item, 'g')} return this.#n; }`, `  async run() {`, ...block(item.blocks[0]), `    return this.n; } }`, `  class Derived extends Base { async run() { ${log(item)} const n = await super.run(); ${log(item, 'd')} return n; } }`, ...arrow(`  new Derived().run().catch(() => {}).finally(() =>`, item, 1, ');', 'f'), '}'];
      case 'port': return [`{ const { port1, port2 } = new MessageChannel();`, ...arrow(`  port1.on('message', () =>`, item, 0, ');').map((line, index, all) => (index === all.length - 1 ? line.replace(/\}\);$/, ' port1.close(); });') : line)), `  port2.postMessage(1); }`];
      case 'combinator': return arrow(`Promise.${['all', 'race', 'any', 'allSettled'][v % 4]}([${values(item.blocks[0])}]).then(() =>`, item, 1, `, () => ${log(item, 'c').slice(0, -1)});`);
      case 'import': return [`import('${sibling && v % 2 ? sibling : 'node:path'}').then(() => ${log(item).slice(0, -1)});`];
      // An expression that shrinking put in a statement's place.
      default: return [`void (${expression(item)});`];
    }
  };
  return write;
}

function usesAwait(item: Construct): boolean {
  return item.kind === 'await' || item.kind === 'forAwait' || ((item.kind === 'try' || item.kind === 'loop') && item.blocks.flat().some(usesAwait));
}

/** Smaller programs, the smallest steps last: without a module or handler, without a construct, or with its parts in its place. */
export function* shrinkProgram(tree: ProgramTree): Generator<ProgramTree> {
  if (tree.modules.length > 1) yield { ...tree, modules: tree.modules.slice(0, -1) };
  for (const handler of tree.handlers) yield { ...tree, handlers: tree.handlers.filter(other => other !== handler) };
  for (let index = 0; index < tree.modules.length; index++) {
    for (const body of shrinkBlock(tree.modules[index]!)) yield { ...tree, modules: tree.modules.map((other, at) => (at === index ? body : other)) };
  }
}

function* shrinkBlock(items: readonly Construct[]): Generator<readonly Construct[]> {
  if (items.length > 2) {
    yield items.slice(0, items.length >> 1);
    yield items.slice(items.length >> 1);
  }
  for (let at = 0; at < items.length; at++) {
    const item = items[at]!;
    const instead = (replacement: readonly Construct[]): readonly Construct[] => [...items.slice(0, at), ...replacement, ...items.slice(at + 1)];
    yield instead([]);
    for (const block of item.blocks) if (block.length > 0) yield instead(block);
    for (let part = 0; part < item.blocks.length; part++) {
      for (const block of shrinkBlock(item.blocks[part]!)) yield instead([{ ...item, blocks: item.blocks.map((other, index) => (index === part ? block : other)) }]);
    }
  }
}
