import assert from 'node:assert/strict';
import { test } from 'node:test';
import { libraries, libraryModels } from '../../server/core/node/libraries.ts';
import { describeLibrary } from '../../server/core/node/libraries/model.ts';
import { createApiIndex } from '../../server/core/node/lookup.ts';

const index = createApiIndex();

test('no two models speak about one module, and no member is described twice', () => {
  const seen = new Set<string>();
  for (const model of libraries) {
    for (const module of model.modules) {
      assert.ok(!seen.has(module), `${module} twice`);
      seen.add(module);
      const members = describeLibrary(model, module).map(api => api.member);
      assert.deepEqual(members.filter((member, at) => members.indexOf(member) !== at), [], module);
    }
  }
  for (const [module, rows] of libraryModels) assert.ok(rows().length > 0, module);
});

test('classes that rows return have members, and members belong to a class that something gives', () => {
  for (const model of libraries) {
    const rows = describeLibrary(model, model.modules[0]!);
    const given = new Set(rows.flatMap(api => (api.returns ? [api.returns.name] : [])));
    for (const api of rows.filter(row => row.kind === 'method')) {
      const owner = api.member.replace(/[#(].*/, '');
      // What a class of its own name makes is an instance; results of results (`createSyncFn()`) have no class.
      assert.ok(given.has(owner) || rows.some(row => row.member === owner) || knownByAnnotation.has(`${model.modules[0]} ${owner}`), `${model.modules[0]}: nothing gives ${owner}`);
    }
  }
});

/** Classes that programs meet as types or through values that are not modelled. */
const knownByAnnotation = new Set(['tmp FileResult', 'tmp DirResult', 'lowdb Low', 'better-sqlite3 Transaction']);

test('what blocks without saying so in its name is known', () => {
  for (const [module, member] of [
    ['execa', 'sync'],
    ['cross-spawn', 'sync'],
    ['command-exists', 'sync'],
    ['shelljs', 'exec'],
    ['path-type', 'dirSync'],
    ['rimraf', 'sync'],
    ['better-sqlite3', '()#prepare()#get'],
    ['sync-request', ''],
    ['adm-zip', '()#extractAllTo'],
    ['xlsx', 'readFile'],
    ['conf', '()#set'],
    ['tempy', 'temporaryDirectory'],
    ['git-rev-sync', 'short'],
    ['graceful-fs', 'readFileSync'],
    ['fs-extra', 'readJsonSync'],
  ] as const) assert.equal(index.find(module, member)?.blocking, true, `${module} ${member}`);
});

test('what looks as if it blocked but does not is known too', () => {
  assert.equal(index.find('sharp', '()#toFile')?.blocking, false);
  assert.equal(index.find('bcrypt', 'hash')?.threadPool, true);
  assert.equal(index.find('bcryptjs', 'hash')?.threadPool, false);
  assert.equal(index.find('sqlite3', 'verbose()#Database()#all')?.blocking, false);
  assert.equal(index.find('tar', 'x')?.blockingWhen?.property, 'sync');
});

test('fs-extra and graceful-fs point at their own asynchronous forms', () => {
  assert.deepEqual(index.find('fs-extra', 'readFileSync')?.asyncAlternative, { module: 'fs-extra', member: 'readFile', style: 'promise', sameSignature: true });
  assert.deepEqual(index.find('fs-extra', 'existsSync')?.asyncAlternative, { module: 'fs-extra', member: 'pathExists', style: 'promise', sameSignature: true });
  assert.deepEqual(index.find('graceful-fs', 'readFileSync')?.asyncAlternative, { module: 'graceful-fs', member: 'promises.readFile', style: 'promise', sameSignature: true });
  assert.equal(index.find('fs-extra', 'readFile')?.returnsPromise, true);
});
