import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiName, describeForHover } from '../../server/core/node/hover.ts';
import { libraryModels } from '../../server/core/node/libraries.ts';
import { coreModules, createApiIndex } from '../../server/core/node/lookup.ts';
import { compareVersions, newestAllowed } from '../../server/core/node/version.ts';

const index = createApiIndex();

/** `module member` → what is found, as `module member`. */
function found(question: string): string | null {
  const [module, member = ''] = question.split(' ') as [string, string?];
  const api = index.find(module, member);
  return api && `${api.module} ${api.member}`.trim();
}

test('one function is found under each of its names', () => {
  for (const [question, answer] of [
    ['fs readFileSync', 'fs readFileSync'],
    ['node:fs readFileSync', 'fs readFileSync'],
    ['node:fs default.readFileSync', 'fs readFileSync'],
    ['fs promises.readFile', 'fs/promises readFile'],
    ['node:fs/promises readFile', 'fs/promises readFile'],
    ['fs/promises default.readFile', 'fs/promises readFile'],
    ['globals process.nextTick', 'process nextTick'],
    ['node:process nextTick', 'process nextTick'],
    ['globals globalThis.process.nextTick', 'process nextTick'],
    ['globals console.log', 'console log'],
    ['globals crypto.subtle.digest', 'crypto subtle.digest'],
    ['crypto webcrypto.subtle.digest', 'crypto subtle.digest'],
    ['timers promises.setTimeout', 'timers/promises setTimeout'],
    ['globals Blob#text', 'buffer Blob#text'],
    ['glob sync', 'glob sync'],
    ['better-sqlite3 default', 'better-sqlite3'],
    ['graceful-fs promises.readFile', 'fs/promises readFile'],
  ] as const) assert.equal(found(question), answer, question);
});

test('members of results and instances are found, inherited ones too', () => {
  for (const [question, answer] of [
    ['fs/promises open()#read', 'fs/promises FileHandle#read'],
    ['sqlite DatabaseSync#prepare()#all', 'sqlite StatementSync#all'],
    ['sqlite DatabaseSync()#prepare()#all', 'sqlite StatementSync#all'],
    ['http createServer()#on', 'events EventEmitter#on'],
    ['http createServer()#listen', 'net Server#listen'],
    ['https Server#listen', 'net Server#listen'],
    ['events #on', 'events EventEmitter#on'],
    ['events ()#once', 'events EventEmitter#once'],
    ['readline createInterface()#question', 'readline Interface#question'],
    ['child_process spawn()#on', 'events EventEmitter#on'],
    ['cluster fork()#on', 'events EventEmitter#on'],
    ['better-sqlite3 default()#prepare()#all', 'better-sqlite3 Statement#all'],
    ['better-sqlite3 #exec', 'better-sqlite3 Database#exec'],
    ['better-sqlite3 Database#prepare()#pluck()#get', 'better-sqlite3 Statement#get'],
    ['sharp ()#resize()#toBuffer', 'sharp Sharp#toBuffer'],
    ['synckit createSyncFn()', 'synckit createSyncFn()'],
  ] as const) assert.equal(found(question), answer, question);
});

test('names that only look alike are not found', () => {
  for (const question of ['fs chatSync', 'otplib authenticator.verifySync', 'axios get', 'fs prototype', 'fs constructor', 'globals hasOwnProperty', 'express get', 'fs toString', 'sqlite StatementSync#chatSync', 'glob default()#sync']) {
    assert.equal(found(question), null, question);
  }
});

test('every blocking function of fs, crypto, zlib and child_process has a non-blocking form', () => {
  const without = ['fs', 'crypto', 'zlib', 'child_process'].flatMap(module => index.rows(module).filter(api => api.blockingKind && !api.asyncAlternative).map(api => `${module}.${api.member}`));
  assert.deepEqual(without, []);
});

test('non-blocking forms exist and do not block', () => {
  for (const module of [...coreModules, ...libraryModels.keys()]) {
    for (const { asyncAlternative: other, member } of index.rows(module)) {
      if (!other) continue;
      const api = index.find(other.module, other.member);
      assert.ok(api, `${module}.${member} → ${other.module}.${other.member}`);
      assert.ok(api.blockingKind === undefined || api.blockingWhen, `${module}.${member} → ${other.module}.${other.member}`);
      assert.ok(other.style !== 'promise' || api.returnsPromise || api.settlesIn !== undefined, `${module}.${member} → ${other.module}.${other.member}`);
    }
  }
});

test('functions that the asked version does not have are not found', () => {
  assert.ok(createApiIndex({ nodeVersion: '24' }).find('crypto', 'argon2Sync'));
  assert.equal(createApiIndex({ nodeVersion: '22.11.0' }).find('crypto', 'argon2Sync'), null);
  assert.equal(createApiIndex({ nodeVersion: '24.0.0' }).find('crypto', 'argon2Sync'), null);
  assert.equal(createApiIndex({ nodeVersion: '20' }).find('sqlite', 'DatabaseSync'), null);
  assert.ok(createApiIndex({ nodeVersion: '18' }).find('fs', 'readFileSync'));
});

test('a hover says what blocks, what to use instead, and where callbacks run', () => {
  const hover = (module: string, member: string) => describeForHover(index.find(module, member)!);
  assert.match(hover('fs', 'readFileSync'), /^`fs\.readFileSync`\n\n\*\*Blocks the event loop\*\*/);
  assert.match(hover('fs', 'readFileSync'), /`await fs\.promises\.readFile\(…\)`/);
  assert.match(hover('crypto', 'scrypt'), /thread pool.*\n\nCalls back in: \*\*poll\*\*/s);
  assert.match(hover('globals', 'setImmediate'), /\*\*check\*\*/);
  assert.match(hover('shelljs', 'exec'), /where `async` is `false`/);
});

test('a hover says of no timer, tick or microtask that work goes on elsewhere, and of I/O that it does', () => {
  const hover = (module: string, member: string) => describeForHover(index.find(module, member)!);
  const queues = [['globals', 'setTimeout'], ['globals', 'setInterval'], ['globals', 'setImmediate'], ['globals', 'queueMicrotask'], ['process', 'nextTick']] as const;
  for (const [module, member] of queues) assert.match(hover(module, member), /starts no work: it only puts the callback into a queue/, member);
  for (const [module, member] of [['http', 'get'], ['net', 'connect'], ['child_process', 'execFile']] as const) assert.doesNotMatch(hover(module, member), /starts no work/, member);
  // These call back in the same queues, and do work.
  for (const [module, member] of [['net', 'Server#listen'], ['net', 'Socket#write'], ['fs', 'cp']] as const) assert.doesNotMatch(hover(module, member), /starts no work/, member);
  assert.equal(apiName(index.find('sqlite', 'StatementSync#all')!), 'StatementSync.all');
  assert.equal(apiName(index.find('globals', 'setTimeout')!), 'setTimeout');
});

test('versions are compared by number', () => {
  assert.ok(compareVersions('20.9.0', '20.11.0') < 0);
  assert.ok(compareVersions('v22.0.0', '18.20.8') > 0);
  assert.equal(compareVersions('20', '20.0.0'), 0);
});

test('the newest version that a range allows', () => {
  const ranges = ['4.17.1', 'v4.17.1', '=4.17.1', '~4.17.1', '4.17.x', '4.17', '^4.17.1', '4', '^0.1.7', '~0.1.10 <0.1.12', '>=4 <5', '<4.20', '<=4.20', '3.x || 4.17.1', '*', '>=4', 'latest', 'github:expressjs/express'];
  assert.deepEqual(ranges.map(newestAllowed), ['4.17.1', '4.17.1', '4.17.1', '4.17.Infinity', '4.17.Infinity', '4.17.Infinity', '4.Infinity.Infinity', '4.Infinity.Infinity', '0.1.Infinity', '0.1.11', '4.Infinity.Infinity', '4.19.Infinity', '4.20.Infinity', '4.17.1', null, null, null, null]);
});
