import type { OverlayRule } from './rule.ts';

const poolSource = 'lib/fs.js FSReqCallback, lib/internal/fs/promises.js; src/node_file.cc AsyncCall: uv_fs_*() with a callback runs in the thread pool';

/** https://nodejs.org/api/fs.html */
export const fsOverlay: readonly OverlayRule[] = [
  { module: 'fs', members: ['*'], only: 'callback', threadPool: true, runsIn: 'poll', times: 'once', source: poolSource },
  { module: ['fs', 'fs/promises'], members: ['*'], only: 'promise', threadPool: true, settlesIn: 'poll', source: poolSource },
  { module: 'fs', members: ['*Sync', '*Sync.native'], blocking: true, blockingKind: 'fs', source: 'https://nodejs.org/api/fs.html#synchronous-api: "block the Node.js event loop"; src/node_file.cc SyncCallAndThrowOnError' },
  {
    module: 'fs',
    members: ['access', 'appendFile', 'chmod', 'chown', 'close', 'copyFile', 'cp', 'exists', 'fchmod', 'fchown', 'fdatasync', 'fstat', 'fsync', 'ftruncate', 'futimes', 'glob', 'lchown', 'link', 'lstat', 'lutimes', 'mkdir', 'mkdtemp', 'open', 'opendir', 'read', 'readdir', 'readFile', 'readlink', 'readv', 'realpath', 'realpath.native', 'rename', 'rm', 'rmdir', 'stat', 'statfs', 'symlink', 'truncate', 'unlink', 'utimes', 'write', 'writeFile', 'writev', 'watch', 'watchFile'],
    evidence: 'measured',
  },
  {
    module: 'fs/promises',
    members: ['access', 'appendFile', 'chmod', 'copyFile', 'cp', 'glob', 'link', 'lstat', 'mkdir', 'mkdtemp', 'open', 'opendir', 'readFile', 'readdir', 'realpath', 'rename', 'rm', 'stat', 'statfs', 'symlink', 'truncate', 'unlink', 'utimes', 'writeFile', 'FileHandle#close', 'FileHandle#read', 'FileHandle#readFile'],
    evidence: 'measured',
  },
  { module: 'fs', members: ['cp', 'realpath'], runsIn: 'nextTick', source: 'lib/fs.js realpath, lib/internal/fs/cp/cp.js: the last round ends in process.nextTick' },
  { module: 'fs', members: ['exists'], errorFirst: false },
  { module: 'fs', members: ['readFile'], note: 'Reads the whole file into memory; four trips through the thread pool before Node 26.8, one since (files up to 512 KiB).' },
  { module: 'fs', members: ['watch', 'watchFile'], threadPool: false, times: 'many', errorFirst: false, source: 'libuv uv_fs_event_t, uv_fs_poll_t' },
  { module: ['fs', 'fs/promises'], members: ['watch'], threadPool: false },
  { module: 'fs', members: ['unwatchFile'], drop: true },
  { module: 'fs', members: ['openAsBlob'], threadPool: false, settlesIn: 'microtask', evidence: 'measured' },
  { module: 'fs', members: ['ReadStream*', 'WriteStream*', 'createReadStream', 'createWriteStream', 'FileReadStream*', 'FileWriteStream*'], only: 'callback', threadPool: false, runsIn: 'nextTick' },
  { module: 'fs', members: ['createReadStream', 'createWriteStream'], schedules: true, threadPool: true, source: 'lib/internal/fs/streams.js: open() from the constructor' },
  { module: 'fs', members: ['Utf8Stream#*'], threadPool: false, since: '24.6.0' },
  { module: 'fs', members: ['existsSync'], asyncAlternative: { module: 'fs', member: 'promises.access', style: 'promise', sameSignature: false }, note: 'The promise form rejects instead of returning false; better still is to open the file and to handle ENOENT.' },
  { module: 'fs', members: ['openSync'], asyncAlternative: { module: 'fs', member: 'promises.open', style: 'promise', sameSignature: false }, note: 'The promise form resolves to a FileHandle, not to a file descriptor.' },
  { module: 'fs', members: ['globSync'], asyncAlternative: { module: 'fs', member: 'promises.glob', style: 'promise', sameSignature: false }, note: 'The promise form is an async iterator.' },
  { module: 'fs', members: ['openAsBlobSync'], asyncAlternative: { module: 'fs', member: 'openAsBlob', style: 'promise', sameSignature: true } },
  { module: 'fs', members: ['mkdtempDisposableSync'], asyncAlternative: { module: 'fs', member: 'promises.mkdtempDisposable', style: 'promise', sameSignature: false } },
  // readlink, realpath, stat… have the same arguments; `throwIfNoEntry` is known to the *Sync forms only.
  { module: 'fs', members: ['statSync', 'lstatSync'], note: 'The option throwIfNoEntry exists in this form only (statfs and fstat have none).' },
];
