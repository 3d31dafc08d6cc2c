import type { LibraryModel } from './model.ts';

const workerNote = 'Runs on the calling thread; a worker thread keeps the event loop free.';

/** Databases and stores. */
export const databaseLibraries: readonly LibraryModel[] = [
  { modules: ['better-sqlite3', 'better-sqlite3-multiple-ciphers', 'libsql', '@signalapp/better-sqlite3', 'better-sqlite3-with-prebuilds'], docs: 'https://github.com/WiseLibs/better-sqlite3/blob/master/docs/api.md', rows: [
    { members: '.', blocks: 'sync-db', returns: 'Database', note: 'Opens the database file on the calling thread.' },
    { members: 'Database', blocks: 'sync-db', returns: 'Database' },
    { members: 'Database#prepare', blocks: 'sync-db', returns: 'Statement', note: 'Compiles the statement; statements can be kept.' },
    { members: 'Database#exec Database#pragma Database#close Database#serialize Database#loadExtension', blocks: 'sync-db', note: workerNote },
    { members: 'Database#backup', promise: true },
    { members: 'Database#transaction', callback: 0, errorFirst: false, returns: 'Transaction', note: 'Returns a function that runs the given one inside a transaction.' },
    { members: 'Database#transaction() Transaction#deferred Transaction#immediate Transaction#exclusive Transaction#default', blocks: 'sync-db', note: workerNote },
    { members: 'Statement#get Statement#all Statement#run Statement#iterate', blocks: 'sync-db', note: workerNote },
    { members: 'Statement#pluck Statement#expand Statement#raw Statement#bind Statement#safeIntegers', returns: 'Statement' },
  ] },
  { modules: ['bun:sqlite'], docs: 'https://bun.sh/docs/api/sqlite', rows: [
    { members: 'Database', blocks: 'sync-db', returns: 'Database' },
    { members: 'Database#query Database#prepare', blocks: 'sync-db', returns: 'Statement' },
    { members: 'Database#run Database#exec Statement#all Statement#get Statement#run Statement#values Statement#iterate', blocks: 'sync-db' },
  ] },
  { modules: ['sqlite3', '@vscode/sqlite3', '@journeyapps/sqlcipher'], docs: 'npm:sqlite3', rows: [
    { members: 'Database cached.Database', callback: -1, threadPool: true, returns: 'Database' },
    { members: 'verbose', returns: 'sqlite3' },
    { members: 'sqlite3#Database', callback: -1, threadPool: true, returns: 'Database' },
    { members: 'Database#run Database#get Database#all Database#exec Database#close Database#map Statement#run Statement#get Statement#all Statement#finalize Statement#bind Statement#reset', callback: -1, threadPool: true },
    { members: 'Database#each Statement#each', callback: -1, times: 'many', threadPool: true },
    { members: 'Database#prepare', callback: -1, threadPool: true, returns: 'Statement' },
    { members: 'Database#serialize Database#parallelize', callback: 0, errorFirst: false },
  ] },
  { modules: ['sqlite'], docs: 'npm:sqlite', rows: [
    { members: 'open', promise: true, threadPool: true, returns: 'Database' },
    { members: 'Database#run Database#get Database#all Database#each Database#exec Database#migrate Database#close Statement#run Statement#get Statement#all', promise: true, threadPool: true },
    { members: 'Database#prepare', promise: true, threadPool: true, returns: 'Statement' },
  ] },
  { modules: ['sql.js'], docs: 'npm:sql.js', rows: [
    { members: '. default', promise: true, returns: 'SqlJs' },
    { members: 'SqlJs#Database Database', returns: 'Database' },
    { members: 'Database#exec Database#run Database#each Database#export Statement#step Statement#run Statement#get Statement#getAsObject', blocks: 'sync-db', note: 'SQLite as WebAssembly: computes on the calling thread.' },
    { members: 'Database#prepare', blocks: 'sync-db', returns: 'Statement' },
  ] },
  { modules: ['node-sqlite3-wasm'], docs: 'npm:node-sqlite3-wasm', rows: [
    { members: 'Database', blocks: 'sync-db', returns: 'Database' },
    { members: 'Database#prepare', blocks: 'sync-db', returns: 'Statement' },
    { members: 'Database#run Database#all Database#get Database#exec Statement#run Statement#all Statement#get', blocks: 'sync-db' },
  ] },
  { modules: ['drizzle-orm/better-sqlite3', 'drizzle-orm/bun-sqlite'], docs: 'https://orm.drizzle.team/docs/get-started-sqlite', rows: [
    { members: 'drizzle', returns: 'Database' },
    { members: 'Database#all Database#get Database#run Database#values Database#transaction', blocks: 'sync-db', note: 'The driver is synchronous.' },
  ] },
  { modules: ['lmdb'], docs: 'npm:lmdb', rows: [
    { members: 'open', returns: 'Database' },
    { members: 'Database#putSync Database#removeSync Database#transactionSync', blocks: 'sync-db', async: '~*' },
    { members: 'Database#clearSync', blocks: 'sync-db', async: '~Database#clearAsync' },
    { members: 'Database#put Database#remove Database#transaction Database#clearAsync Database#flushed', promise: true },
  ] },
  { modules: ['level', 'classic-level'], docs: 'npm:classic-level', rows: [
    { members: 'Level ClassicLevel', returns: 'Level' },
    { members: 'Level#getSync', blocks: 'sync-db', async: 'Level#get' },
    { members: 'Level#get Level#getMany Level#put Level#del Level#batch Level#open Level#close Level#clear', promise: true, callback: -1, threadPool: true },
  ] },
  { modules: ['leveldown'], docs: 'npm:leveldown', rows: [
    { members: '.', returns: 'LevelDown' },
    { members: 'LevelDown#get LevelDown#getMany LevelDown#put LevelDown#del LevelDown#batch LevelDown#open LevelDown#close LevelDown#clear', callback: -1, threadPool: true },
  ] },
  { modules: ['realm'], docs: 'https://www.mongodb.com/docs/realm-sdks/js/latest/', rows: [
    { members: '.', blocks: 'sync-db', returns: 'Realm' },
    { members: 'open', promise: true, returns: 'Realm' },
    { members: 'Realm#write', blocks: 'sync-db', callback: 0, errorFirst: false, note: 'Holds the write lock of the file and commits on the calling thread.' },
    { members: 'Realm#compact Realm#writeCopyTo', blocks: 'sync-db' },
  ] },
  { modules: ['lowdb', 'lowdb/node'], docs: 'npm:lowdb', rows: [
    { members: 'LowSync', returns: 'LowSync' },
    { members: 'JSONFileSync TextFileSync DataFileSync', returns: 'JSONFileSync' },
    { members: 'JSONFileSyncPreset', blocks: 'sync-db', async: 'JSONFilePreset', returns: 'LowSync' },
    { members: 'LowSync#read LowSync#write LowSync#update JSONFileSync#read JSONFileSync#write', blocks: 'sync-db', async: '*' },
    { members: 'Low JSONFile', returns: 'Low' },
    { members: 'JSONFilePreset Low#read Low#write Low#update JSONFile#read JSONFile#write', promise: true },
  ] },
  { modules: ['lowdb/adapters/FileAsync'], docs: 'npm:lowdb', rows: [{ members: '.', promise: true, until: '1.0.0' }] },
  { modules: ['lowdb/adapters/FileSync'], docs: 'npm:lowdb', rows: [
    { members: '.', blocks: 'sync-db', async: '~lowdb/adapters/FileAsync:.', until: '1.0.0', note: 'Every read() and write() through this adapter is synchronous.' },
  ] },
  { modules: ['node-persist'], docs: 'npm:node-persist', rows: [
    { members: 'initSync setItemSync getItemSync removeItemSync clearSync', blocks: 'sync-db', async: '*', until: '2.1.0' },
    { members: 'init setItem getItem removeItem clear values keys', promise: true },
  ] },
  { modules: ['node-localstorage'], docs: 'npm:node-localstorage', rows: [
    { members: 'LocalStorage', blocks: 'sync-db', returns: 'LocalStorage' },
    { members: 'LocalStorage#getItem LocalStorage#setItem LocalStorage#removeItem LocalStorage#clear', blocks: 'sync-db', note: 'One file an item, read and written synchronously.' },
  ] },
  { modules: ['conf', 'electron-store'], docs: 'npm:conf', rows: [
    { members: '. Conf', blocks: 'third-party', returns: 'Conf' },
    { members: 'Conf#get Conf#has Conf#set Conf#delete Conf#clear Conf#reset Conf#appendToArray', blocks: 'third-party', note: 'Reads the file each time; writing replaces it atomically.' },
  ] },
  { modules: ['configstore'], docs: 'npm:configstore', rows: [
    { members: '.', blocks: 'third-party', returns: 'Configstore' },
    { members: 'Configstore#get Configstore#has Configstore#set Configstore#delete Configstore#clear', blocks: 'third-party', note: 'Reads the file each time; writing replaces it atomically.' },
  ] },
  { modules: ['simple-json-db', 'data-store'], docs: 'npm:simple-json-db', rows: [
    { members: '.', blocks: 'third-party', returns: 'Store' },
    { members: 'Store#set Store#delete Store#sync Store#save Store#writeFile', blocks: 'third-party' },
  ] },
  { modules: ['flat-cache', 'file-entry-cache'], docs: 'npm:flat-cache', rows: [{ members: 'load create createFromFile', blocks: 'third-party', returns: 'FlatCache' }, { members: 'FlatCache#save FlatCache#reconcile FlatCache#destroy', blocks: 'third-party' }] },
  { modules: ['maxmind'], docs: 'npm:maxmind', rows: [{ members: 'openSync', blocks: 'third-party', async: '*' }, { members: 'open', promise: true }] },
  { modules: ['geoip-lite'], docs: 'npm:geoip-lite', rows: [{ members: 'reloadDataSync', blocks: 'third-party', async: 'cb:*' }, { members: 'reloadData', callback: -1 }] },
  { modules: ['keytar'], docs: 'npm:keytar', rows: [{ members: 'getPassword setPassword deletePassword findPassword findCredentials', promise: true, threadPool: true }] },
];
