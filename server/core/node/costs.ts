import type { ApiDescription } from './api.ts';
import { measuredCosts as measured } from './generated/costs.ts';

/** What an operation costs: microseconds on the calling thread, as an order of magnitude, and what they are for. */
export interface Cost {
  readonly micros: number;
  /** `call`: each call. `megabyte`: of what it reads, writes or works on; how much that is nobody knows before. `client`: as long as a client likes. */
  readonly per: 'call' | 'megabyte' | 'client';
}

/** Longer than anybody waits: a client decides how long it takes. */
export const clientDecides: Cost = { micros: 10_000_000, per: 'client' };

const call = (micros: number): Cost => ({ micros, per: 'call' });
const megabyte = (micros: number): Cost => ({ micros, per: 'megabyte' });

/** Looking at or changing what a directory says of a file: a few system calls on what the kernel holds in memory. */
const metadata = call(measured.statSync);

/** By the name without `Sync`. Of `graceful-fs`, `fs-extra` and their like as well: they call the same functions. */
const fileSystem: Readonly<Record<string, Cost>> = {
  ...Object.fromEntries(['exists', 'access', 'stat', 'lstat', 'fstat', 'statfs', 'open', 'close', 'utimes', 'futimes', 'lutimes', 'chmod', 'fchmod', 'lchmod', 'chown', 'fchown', 'lchown', 'readlink', 'realpath', 'link', 'symlink', 'unlink', 'mkdir', 'mkdtemp', 'rmdir', 'opendir', 'ensureDir', 'mkdirp', 'mkdirs', 'pathExists', 'ensureFile', 'createFile'].map(name => [name, metadata])),
  readdir: call(measured.readdirSync),
  readFile: megabyte(measured.readFileSyncMegabyte),
  readJson: megabyte(measured.jsonParseMegabyte),
  read: call(measured.readdirSync),
  write: call(measured.readdirSync),
  readv: call(measured.readdirSync),
  writev: call(measured.readdirSync),
  ftruncate: call(measured.readdirSync),
  appendFile: call(10 * measured.appendFileSync),
  writeFile: call(measured.writeFileSync),
  truncate: call(measured.writeFileSync),
  rename: call(measured.renameSync),
  fsync: call(measured.fsyncSync),
  fdatasync: call(measured.fsyncSync),
  copyFile: megabyte(measured.copyFileSyncMegabyte),
  rm: call(measured.cpSyncHundred),
  cp: call(measured.cpSyncHundred),
};

const crypto: Readonly<Record<string, Cost>> = {
  pbkdf2Sync: call(100 * measured.pbkdf2SyncThousandRounds),
  scryptSync: call(measured.scryptSync),
  hkdfSync: call(measured.hkdfSync),
  generateKeyPairSync: call(measured.generateKeyPairSyncRsa2048),
  generateKeySync: call(measured.generateKeySync),
  generatePrimeSync: call(measured.generatePrimeSync),
  checkPrimeSync: call(1000),
  randomBytes: call(measured.randomBytes),
  randomFillSync: call(measured.randomBytes),
  genSaltSync: call(measured.randomBytes),
  hashSync: call(measured.scryptSync),
  compareSync: call(measured.scryptSync),
};

/** Of one megabyte: of text for compressors, of the result for what unpacks. */
const zlib: Readonly<Record<string, Cost>> = {
  brotliCompressSync: megabyte(measured.brotliCompressSyncMegabyte),
  brotliDecompressSync: megabyte(measured.gunzipSyncMegabyte),
  gunzipSync: megabyte(measured.gunzipSyncMegabyte),
  inflateRawSync: megabyte(measured.gunzipSyncMegabyte),
  inflateSync: megabyte(measured.gunzipSyncMegabyte),
  unzipSync: megabyte(measured.gunzipSyncMegabyte),
  zstdDecompressSync: megabyte(measured.gunzipSyncMegabyte),
};

const byKind: Readonly<Partial<Record<NonNullable<ApiDescription['blockingKind']>, Cost>>> = {
  'child-process': call(measured.execSync),
  zlib: megabyte(measured.gzipSyncMegabyte),
  crypto: call(measured.scryptSync),
  fs: call(measured.renameSync),
  'sync-db': call(measured.sqliteAllThousand),
  'atomics-wait': clientDecides,
};

/** Rounds of bcrypt for which a hash takes as long as `scryptSync` does. */
const usualBcryptRounds = 10;

/**
 * What a call of a described operation costs, with the numbers that stand in it (`numbers`: constant arguments by position, `texts`: strings);
 * null where nothing was measured that is like it. Source: scripts/measure-costs.ts.
 */
export function costOf(api: ApiDescription, constants: readonly (string | number | boolean | null | undefined)[]): Cost | null {
  if (!api.blockingKind) return null;
  const name = api.member.split(/[#.]/).pop()!;
  const number = (position: number): number | null => (typeof constants[position] === 'number' ? constants[position] : null);
  if (api.blockingKind === 'fs') return (Object.hasOwn(fileSystem, name.replace(/Sync$/, '')) ? fileSystem[name.replace(/Sync$/, '')]! : null) ?? byKind.fs!;
  if (api.blockingKind === 'crypto') {
    if (name === 'pbkdf2Sync') {
      const rounds = number(2);
      if (rounds !== null) return call(Math.max(1, (rounds / 1000) * measured.pbkdf2SyncThousandRounds));
    }
    if (name === 'generateKeyPairSync' && typeof constants[0] === 'string' && !/^(?:rsa|dsa|dh)/.test(constants[0])) return call(measured.generateKeyPairSyncEd25519);
    if (name === 'hashSync') {
      const rounds = number(1);
      if (rounds !== null && rounds > 3 && rounds < 32) return call(measured.scryptSync * 2 ** (rounds - usualBcryptRounds));
    }
    return Object.hasOwn(crypto, name) ? crypto[name]! : byKind.crypto!;
  }
  if (api.blockingKind === 'zlib' && Object.hasOwn(zlib, name)) return zlib[name]!;
  return byKind[api.blockingKind] ?? null;
}
