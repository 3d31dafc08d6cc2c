import type { LibraryModel } from './model.ts';

const shellFileCommands = 'cat cd chmod cp find grep head ln ls mkdir mv rm sed sort tail tempdir test touch uniq which pushd popd';

/** Child processes, and ways to wait for asynchronous work without returning to the event loop. */
export const processLibraries: readonly LibraryModel[] = [
  { modules: ['execa'], docs: 'npm:execa', rows: [
    { members: 'execaSync', blocks: 'child-process', async: 'execa' },
    { members: 'execaCommandSync', blocks: 'child-process', async: 'execaCommand' },
    { members: 'sync', blocks: 'child-process', async: '.', until: '5.1.1' },
    { members: 'commandSync', blocks: 'child-process', async: 'command', until: '5.1.1' },
    { members: 'shellSync', blocks: 'child-process', async: 'shell', until: '1.0.0' },
    { members: '$.sync $.s', blocks: 'child-process', async: '~$' },
    { members: '. execa execaCommand execaNode command node shell $', promise: true },
  ] },
  { modules: ['cross-spawn'], docs: 'npm:cross-spawn', rows: [{ members: 'sync spawn.sync', blocks: 'child-process', async: '~cb:.' }, { members: '. spawn', starts: true, returns: 'child_process:ChildProcess' }] },
  { modules: ['zx', 'zx/core'], docs: 'npm:zx', rows: [{ members: '$.sync', blocks: 'child-process', async: '~$' }, { members: '$ fetch question sleep', promise: true }] },
  { modules: ['shelljs'], docs: 'npm:shelljs', rows: [
    { members: 'exec', blocks: 'child-process', blockingWhen: { property: 'async', is: false, default: false }, callback: -1, errorFirst: false, async: '~cb:child_process:exec', note: 'Waits for the command by child_process.execFileSync, unless {async: true} or a callback is given.' },
    { members: 'cmd', blocks: 'child-process', async: '~cb:child_process:execFile', since: '0.9.0' },
    { members: shellFileCommands, blocks: 'third-party' },
  ] },
  { modules: ['tinyexec'], docs: 'npm:tinyexec', rows: [{ members: 'xSync execSync', blocks: 'child-process', async: '*' }, { members: 'x exec', promise: true }] },
  { modules: ['node-cmd'], docs: 'npm:node-cmd', rows: [{ members: 'runSync', blocks: 'child-process', async: 'cb:run' }, { members: 'run', callback: -1 }] },
  { modules: ['sync-exec', 'exec-sync'], docs: 'npm:sync-exec', rows: [{ members: '.', blocks: 'child-process', async: '~cb:child_process:exec' }] },
  { modules: ['npm-run'], docs: 'npm:npm-run', rows: [{ members: 'sync execSync spawnSync', blocks: 'child-process', async: '~cb:exec' }, { members: '. exec spawn', callback: -1 }] },
  { modules: ['command-exists'], docs: 'npm:command-exists', rows: [{ members: 'sync', blocks: 'child-process', async: '.', note: 'Starts a shell.' }, { members: '.', promise: true, callback: -1 }] },
  { modules: ['hasbin'], docs: 'npm:hasbin', rows: [{ members: 'sync all.sync any.sync some.sync', blocks: 'third-party', async: 'cb:.' }, { members: '. all any some', callback: -1, errorFirst: false }] },
  { modules: ['which'], docs: 'npm:which', rows: [{ members: 'sync', blocks: 'third-party', async: '.' }, { members: '.', promise: true }] },
  { modules: ['username', 'os-locale'], docs: 'npm:username', rows: [{ members: 'sync usernameSync osLocaleSync', blocks: 'child-process', async: '.' }, { members: '. username osLocale', promise: true }] },
  { modules: ['node-machine-id'], docs: 'npm:node-machine-id', rows: [{ members: 'machineIdSync', blocks: 'child-process', async: 'machineId' }, { members: 'machineId', promise: true }] },
  { modules: ['default-gateway', 'internal-ip'], docs: 'npm:default-gateway', rows: [
    { members: 'v4.sync', blocks: 'child-process', async: 'v4' },
    { members: 'v6.sync', blocks: 'child-process', async: 'v6' },
    { members: 'gateway4sync', blocks: 'child-process', async: 'gateway4async' },
    { members: 'gateway6sync', blocks: 'child-process', async: 'gateway6async' },
    { members: 'internalIpV4Sync internalIpV6Sync', blocks: 'child-process', async: '*' },
    { members: 'v4 v6 gateway4async gateway6async internalIpV4 internalIpV6', promise: true },
  ] },
  { modules: ['git-rev-sync'], docs: 'npm:git-rev-sync', rows: [{ members: 'short long branch tag date count message isDirty isTagDirty remoteUrl hasUnstagedChanges', blocks: 'child-process' }] },
  { modules: ['node-disk-info', 'diskusage'], docs: 'npm:node-disk-info', rows: [{ members: 'getDiskInfoSync checkSync', blocks: 'child-process', async: '*' }, { members: 'getDiskInfo check', promise: true, callback: -1 }] },

  { modules: ['sync-request', 'sync-fetch', 'urllib-sync'], docs: 'npm:sync-request', rows: [{ members: '. request', blocks: 'third-party', async: '~globals:fetch', note: 'Runs the request in a child process and waits for it.' }] },
  { modules: ['deasync', 'deasync-promise'], docs: 'npm:deasync', rows: [
    { members: '.() sleep loopWhile runLoopOnce', blocks: 'third-party', note: 'Runs the event loop inside a running callback: everything that waits for this one waits on.' },
  ] },
  { modules: ['sleep'], docs: 'npm:sleep', rows: [{ members: 'sleep msleep usleep', blocks: 'third-party', async: '~timers/promises:setTimeout', note: 'Puts the whole process to sleep.' }] },
  { modules: ['atomic-sleep', 'system-sleep', 'thread-sleep'], docs: 'npm:atomic-sleep', rows: [{ members: '.', blocks: 'third-party', async: 'timers/promises:setTimeout' }] },
  { modules: ['synckit'], docs: 'npm:synckit', rows: [
    { members: 'createSyncFn()', blocks: 'third-party', note: 'Waits with Atomics.wait for a worker thread.' },
    { members: 'createSyncFn', blocks: 'third-party', note: 'Starts a worker thread; what it returns waits for that thread.' },
  ] },
  { modules: ['make-synchronous', 'make-synchronized'], docs: 'npm:make-synchronous', rows: [{ members: '.() makeSynchronous() createSyncFn()', blocks: 'third-party', note: 'Waits for a worker or a child process.' }] },
];
