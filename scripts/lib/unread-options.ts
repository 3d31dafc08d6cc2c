import { readFileSync } from 'node:fs';
import '../../server/core/syntax/load-reference-parser.ts';
import { memberMajors, readOptions } from '../../server/core/order/builtin-members/generated/members.ts';
import { optionNamesOf } from '../../server/core/order/builtin-members/member-table.ts';
import { runProgram } from '../../server/core/order/machine.ts';
import { guestLibraries } from '../../server/core/order/node-lib/registry.ts';
import type { NodeMajor } from '../../server/core/order/run.ts';

/** Options that functions copy before they read them, so that no bag notices: from Node's documentation. */
const documented: Readonly<Record<string, string>> = {
  'node:child_process.spawn': 'cwd env argv0 stdio detached uid gid serialization shell windowsVerbatimArguments windowsHide signal timeout killSignal',
  'node:child_process.exec': 'cwd env encoding shell signal timeout maxBuffer killSignal uid gid windowsHide',
  'node:child_process.execFile': 'cwd env encoding timeout maxBuffer killSignal uid gid windowsHide windowsVerbatimArguments shell signal',
  'node:child_process.fork': 'cwd detached env execPath execArgv gid serialization signal killSignal silent stdio uid windowsVerbatimArguments timeout',
  'node:child_process.spawnSync': 'cwd input argv0 stdio env uid gid timeout killSignal maxBuffer encoding shell windowsVerbatimArguments windowsHide',
  'node:child_process.execSync': 'cwd input stdio env shell uid gid timeout killSignal maxBuffer encoding windowsHide',
  'node:child_process.execFileSync': 'cwd input stdio env uid gid timeout killSignal maxBuffer encoding windowsHide shell',
  'node:http.request': 'agent auth createConnection defaultPort family headers hints insecureHTTPParser joinDuplicateHeaders localAddress localPort lookup maxHeaderSize method path protocol setDefaultHeaders setHost signal socketPath timeout uniqueHeaders',
  'node:http.get': 'agent auth createConnection defaultPort family headers hints insecureHTTPParser joinDuplicateHeaders localAddress localPort lookup maxHeaderSize method path protocol setDefaultHeaders setHost signal socketPath timeout uniqueHeaders',
  'node:http.Agent': 'keepAlive keepAliveMsecs agentKeepAliveTimeoutBuffer maxSockets maxTotalSockets maxFreeSockets scheduling timeout',
  'node:net.Server': 'allowHalfOpen highWaterMark keepAlive keepAliveInitialDelay noDelay pauseOnConnect blockList',
  'node:net.createServer': 'allowHalfOpen highWaterMark keepAlive keepAliveInitialDelay noDelay pauseOnConnect blockList',
  'node:net.Socket': 'allowHalfOpen fd onread readable writable signal highWaterMark',
  'node:net.connect': 'onread family hints lookup noDelay keepAlive keepAliveInitialDelay signal allowHalfOpen blockList',
  'node:net.createConnection': 'onread family hints lookup noDelay keepAlive keepAliveInitialDelay signal allowHalfOpen blockList',
  'node:fs.rm': 'force maxRetries recursive retryDelay',
  'node:fs.rmSync': 'force maxRetries recursive retryDelay',
  'node:fs.promises.rm': 'force maxRetries recursive retryDelay',
  'node:fs.createReadStream': 'flags fd mode autoClose emitClose start end highWaterMark fs',
  'node:fs.createWriteStream': 'flags fd mode autoClose emitClose start fs highWaterMark flush',
  'node:stream.Readable.from': 'objectMode highWaterMark encoding signal emitClose autoDestroy read destroy',
  'node:timers/promises.setInterval': 'signal ref',
};

/** What bags of options were asked for in the machine, by the path of the function. */
function readInMachine(node: NodeMajor): ReadonlyMap<string, ReadonlySet<string>> {
  const recipes = readFileSync('scripts/node-data/option-recipes.cjs', 'utf8');
  const names = Object.fromEntries([...new Set([...Object.keys(readOptions), ...Object.keys(documented)])].map(path => [path, [...(optionNamesOf(path, node) ?? []), ...(documented[path] ?? '').split(' ').filter(Boolean)]]));
  const main = `
process.on('uncaughtException', () => {});
process.on('unhandledRejection', () => {});
const read = {};
const asked = ${JSON.stringify(names)};
const { optionRecipes } = require('./recipes.cjs');
for (const [label, given, run] of optionRecipes(__filename, __dirname)) {
  const names = (read[label] ??= []);
  const note = key => { if (typeof key === 'string' && !names.includes(key)) names.push(key); };
  // What a copy takes along is not read yet.
  let copied = null;
  const options = new Proxy(given, {
    get(target, key) { note(copied === key ? 'copy:' + key : key); copied = null; return target[key]; },
    has(target, key) { note(key); return key in target; },
    ownKeys: target => [...new Set([...Reflect.ownKeys(target), ...(asked[label] || [])])],
    getOwnPropertyDescriptor(target, key) { copied = key; return Reflect.getOwnPropertyDescriptor(target, key) || { value: undefined, writable: true, enumerable: true, configurable: true }; },
  });
  try { run(options); } catch {}
}
for (const label in read) console.log(label + ' ' + read[label].join(' '));
process.exit();
`;
  const files = new Map([['/program/main.cjs', main], ['/program/recipes.cjs', recipes]]);
  const { output } = runProgram({
    entry: '/program/main.cjs', read: file => files.get(file) ?? null, resolve: specifier => (specifier === './recipes.cjs' ? '/program/recipes.cjs' : null), moduleType: () => 'commonjs',
  }, { node, module: 'commonjs', entryPoint: { kind: 'file' }, budget: { steps: 5_000_000, depth: 2_000, heap: 20_000_000, choices: 500, runs: 1 } }, () => 0);
  return new Map(output.filter(line => line.stream === 'stdout').map(({ text }) => {
    const [label = '', ...names] = text.split(' ');
    return [label, new Set(names)];
  }));
}

/** Whether the machine's library of the function, or what it is made of, has the word. */
function mentions(path: string, name: string): boolean {
  const id = /^node:([\w/]+)/.exec(path)?.[1] ?? '';
  const key = `${id} ${name}`;
  const known = mentioned.get(key) ?? hasWord(id, name);
  mentioned.set(key, known);
  return known;
}
const mentioned = new Map<string, boolean>();

function hasWord(id: string, name: string): boolean {
  const texts = [...guestLibraries].filter(([library]) => library === id || library.startsWith('internal/') || (id === 'http' && library === 'net')).map(([, text]) => text);
  const word = new RegExp(`\\b${name}\\b`);
  return texts.some(text => text.includes(name) && word.test(text));
}

/** Options that change nothing which the machine claims to know: sizes, speed, security, looks. */
const harmless = /^(?:constructor|windowsHide|windowsVerbatimArguments|level|memLevel|strategy|windowBits|cache|credentials|duplex|integrity|keepalive|mode|referrer|referrerPolicy|priority|window|tabSize|history|historySize|removeHistoryDuplicates|escapeCodeTimeout|noDelay|keepAliveInitialDelay|backlog|ipv6Only|reusePort|hints|passive|disableEntropyCache|trackUnmanagedFds|resourceLimits|maxBuffer|detached|argv0|uid|gid|colorize|insecureHTTPParser|maxRetries|retryDelay|samplePerIteration|resolution|buffer|handle|_handle)$/;

/** Options that are read where the recipes do not come: in pool jobs, of folders with entries. */
const alsoRead: Readonly<Record<string, string>> = {
  'node:crypto.scrypt': 'N cost r blockSize p parallelization',
  'node:fs.readdir': 'recursive withFileTypes', 'node:fs.readdirSync': 'recursive withFileTypes', 'node:fs.promises.readdir': 'recursive withFileTypes',
  'node:fs.stat': 'bigint', 'node:fs.promises.stat': 'bigint', 'node:fs.statSync': 'throwIfNoEntry',
};

/** Neither read nor copied by code that has the word. */
function isUnread(machine: ReadonlyMap<string, ReadonlySet<string>>, path: string, name: string): boolean {
  const read = machine.get(path);
  return !harmless.test(name) && !alsoRead[path]?.split(' ').includes(name) && read?.has(name) !== true && !(read?.has(`copy:${name}`) === true && mentions(path, name));
}

/** The text of generated/unread-options.ts. */
export function unreadOptionsText(): string {
  const rows = new Map<string, Map<string, number>>();
  const note = (path: string, name: string, bit: number): void => {
    const names = rows.get(path) ?? new Map<string, number>();
    rows.set(path, names);
    names.set(name, (names.get(name) ?? 0) | bit);
  };
  memberMajors.forEach((major, index) => {
    const node = major as NodeMajor;
    const machine = readInMachine(node);
    if (machine.size === 0) throw new Error(`the recipes printed nothing on Node ${node}`);
    for (const path of Object.keys(readOptions)) {
      for (const name of optionNamesOf(path, node) ?? []) if (isUnread(machine, path, name)) note(path, name, 1 << index);
    }
    for (const [path, names] of Object.entries(documented)) for (const name of names.split(' ')) if (isUnread(machine, path, name) && !mentions(path, name)) note(path, name, 1 << index);
  });
  const lines = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, names]) => `  ${JSON.stringify(path)}: ${JSON.stringify([...names].map(([name, versions]) => `${name}:${versions.toString(32)}`).join(' '))},`);
  return `// Generated by scripts/node-data/unread-options.ts: do not edit.

/** Options that the function reads in Node and not in the machine, by its path; versions as in members.ts. */
export const unreadOptionNames: Readonly<Record<string, string>> = {
${lines.join('\n')}
};
`;
}
