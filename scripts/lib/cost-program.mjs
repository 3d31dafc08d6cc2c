// Measures what blocking operations of Node cost. Runs under the Node that is measured, prints one line of JSON: { name: microseconds }.
// Each figure is the median of several batches; a batch lasts long enough for the clock.
import { execFileSync, execSync, spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import zlib from 'node:zlib';

const folder = fs.mkdtempSync(join(tmpdir(), 'looplens-costs-'));
const require = createRequire(import.meta.url);
const file = join(folder, 'file');
const small = Buffer.alloc(4096, 'a');
// Rows as an export has them: neither noise nor the same again and again, which compressors are done with at once.
const megabyte = Buffer.from(Array.from({ length: 14_000 }, (_, n) => `{"id":${n},"customer":"c${(n * 7919) % 100_003}","total":${(n * 31) % 9773},"placed":"2026-01-0${n % 9}T0${n % 7}:1${n % 5}"}`).join('\n')).subarray(0, 1 << 20);
const page = megabyte.subarray(0, 4096);
fs.writeFileSync(file, small);
fs.writeFileSync(join(folder, 'big'), megabyte);
fs.mkdirSync(join(folder, 'many'));
for (let n = 0; n < 100; n++) fs.writeFileSync(join(folder, 'many', `f${n}`), 'x');

/** Median microseconds of one call; `before` is not counted. */
function cost(run, { before = () => {}, batches = 7, atLeast = 2000 } = {}) {
  const once = () => {
    before();
    const start = process.hrtime.bigint();
    run();
    return Number(process.hrtime.bigint() - start) / 1000;
  };
  once();
  const figures = [];
  for (let batch = 0; batch < batches; batch++) {
    let spent = 0;
    let count = 0;
    while (spent < atLeast && count < 2000) {
      spent += once();
      count++;
    }
    figures.push(spent / count);
  }
  return figures.sort((a, b) => a - b)[batches >> 1];
}

const other = join(folder, 'other');
const gone = () => fs.rmSync(other, { recursive: true, force: true });
const touch = () => { gone(); fs.writeFileSync(other, 'x'); };

const figures = {
  existsSync: cost(() => fs.existsSync(file)),
  statSync: cost(() => fs.statSync(file)),
  accessSync: cost(() => fs.accessSync(file)),
  openAndClose: cost(() => fs.closeSync(fs.openSync(file))),
  utimesSync: cost(() => fs.utimesSync(file, 1, 1)),
  mkdirSync: cost(() => fs.mkdirSync(other), { before: gone }),
  unlinkSync: cost(() => fs.unlinkSync(other), { before: touch }),
  renameSync: cost(() => fs.renameSync(other, `${other}2`), { before: touch }),
  readdirSync: cost(() => fs.readdirSync(join(folder, 'many'))),
  readFileSync: cost(() => fs.readFileSync(file)),
  readFileSyncMegabyte: cost(() => fs.readFileSync(join(folder, 'big'))),
  writeFileSync: (touch(), cost(() => fs.writeFileSync(other, small))),
  appendFileSync: cost(() => fs.appendFileSync(other, 'a line\n')),
  fsyncSync: (touch(), cost(() => { const fd = fs.openSync(other, 'w'); fs.writeSync(fd, small); fs.fsyncSync(fd); fs.closeSync(fd); })),
  copyFileSyncMegabyte: cost(() => fs.copyFileSync(join(folder, 'big'), other)),
  rmSyncHundred: cost(() => fs.rmSync(other, { recursive: true }), { before: () => { gone(); fs.cpSync(join(folder, 'many'), other, { recursive: true }); }, batches: 5 }),
  cpSyncHundred: cost(() => fs.cpSync(join(folder, 'many'), other, { recursive: true }), { before: gone, batches: 5 }),
  execSync: cost(() => execSync('true'), { batches: 5 }),
  execFileSync: cost(() => execFileSync('true'), { batches: 5 }),
  spawnSync: cost(() => spawnSync('true'), { batches: 5 }),
  pbkdf2SyncThousandRounds: cost(() => crypto.pbkdf2Sync('password', 'salt', 1000, 64, 'sha512')),
  scryptSync: cost(() => crypto.scryptSync('password', 'salt', 64), { batches: 5 }),
  hkdfSync: cost(() => crypto.hkdfSync('sha256', 'key', 'salt', 'info', 64)),
  generateKeyPairSyncRsa2048: cost(() => crypto.generateKeyPairSync('rsa', { modulusLength: 2048 }), { batches: 5 }),
  generateKeyPairSyncEd25519: cost(() => crypto.generateKeyPairSync('ed25519')),
  generateKeySync: cost(() => crypto.generateKeySync('hmac', { length: 256 })),
  generatePrimeSync: cost(() => crypto.generatePrimeSync(1024), { batches: 5 }),
  randomBytes: cost(() => crypto.randomBytes(32)),
  gzipSyncMegabyte: cost(() => zlib.gzipSync(megabyte), { batches: 3 }),
  gzipSyncSmall: cost(() => zlib.gzipSync(page)),
  gunzipSyncSmall: (packed => cost(() => zlib.gunzipSync(packed)))(zlib.gzipSync(page)),
  gunzipSyncMegabyte: (packed => cost(() => zlib.gunzipSync(packed), { batches: 3 }))(zlib.gzipSync(megabyte)),
  brotliCompressSyncMegabyte: cost(() => zlib.brotliCompressSync(megabyte), { batches: 1 }),
  jsonParseMegabyte: (text => cost(() => JSON.parse(text), { batches: 5 }))(JSON.stringify(Array.from({ length: 20000 }, (_, n) => ({ id: n, name: `name ${n}`, on: true })))),
  requireSmall: (path => cost(() => { delete require.cache[path]; require(path); }, { batches: 5 }))((fs.writeFileSync(join(folder, 'm.cjs'), 'module.exports = 1;'), join(folder, 'm.cjs'))),
};
try {
  const { DatabaseSync } = await import('node:sqlite');
  const db = new DatabaseSync(join(folder, 'db'));
  db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)');
  const insert = db.prepare('INSERT INTO t (name) VALUES (?)');
  db.exec('BEGIN');
  for (let n = 0; n < 1000; n++) insert.run(`name ${n}`);
  db.exec('COMMIT');
  const get = db.prepare('SELECT * FROM t WHERE id = ?');
  figures.sqliteGet = cost(() => get.get(500));
  figures.sqliteRun = cost(() => insert.run('x'), { batches: 5 });
  const all = db.prepare('SELECT * FROM t LIMIT 1000');
  figures.sqliteAllThousand = cost(() => all.all(), { batches: 5 });
  db.close();
} catch {
  // Node 20 has no node:sqlite.
}
fs.rmSync(folder, { recursive: true });
console.log(JSON.stringify(figures));
