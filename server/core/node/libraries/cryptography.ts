import type { LibraryModel } from './model.ts';

/** Password hashing, keys, compression: long computations. */
export const cryptographyLibraries: readonly LibraryModel[] = [
  { modules: ['bcrypt'], docs: 'npm:bcrypt ("A Note on Rounds", "Why is async mode recommended over sync mode?")', rows: [
    { members: 'hashSync compareSync genSaltSync', blocks: 'crypto', async: '*', note: 'About 60 ms of pure computation at 10 rounds, doubling with every further round.' },
    { members: 'hash compare genSalt', promise: true, callback: -1, threadPool: true },
  ] },
  { modules: ['bcryptjs'], docs: 'npm:bcryptjs', rows: [
    { members: 'hashSync compareSync genSaltSync', blocks: 'crypto', async: '*', note: 'Pure JavaScript. Its asynchronous form computes on the same thread in chunks: others get a turn in between, but throughput stays the same. The native bcrypt, or crypto.scrypt, use the thread pool.' },
    { members: 'hash compare genSalt', promise: true, callback: -1, note: 'Computes on the main thread, in chunks with a turn of the event loop in between.' },
  ] },
  { modules: ['@node-rs/bcrypt'], docs: 'npm:@node-rs/bcrypt', rows: [{ members: 'hashSync compareSync verifySync genSaltSync', blocks: 'crypto', async: '*' }, { members: 'hash compare verify genSalt', promise: true, threadPool: true }] },
  { modules: ['@node-rs/argon2'], docs: 'npm:@node-rs/argon2', rows: [{ members: 'hashSync verifySync hashRawSync', blocks: 'crypto', async: '*' }, { members: 'hash verify hashRaw', promise: true, threadPool: true }] },
  { modules: ['argon2'], docs: 'npm:argon2', rows: [{ members: 'hash verify', promise: true, threadPool: true }] },
  { modules: ['hash-wasm', 'argon2-browser'], docs: 'npm:hash-wasm', rows: [{ members: 'argon2i argon2d argon2id argon2Verify bcrypt bcryptVerify scrypt pbkdf2 hash verify', promise: true, note: 'Returns a promise, but computes on the calling thread.' }] },
  { modules: ['scrypt-kdf'], docs: 'npm:scrypt-kdf', rows: [{ members: 'kdf verify', promise: true, threadPool: true }] },
  { modules: ['scrypt'], docs: 'npm:scrypt', rows: [{ members: 'kdfSync verifyKdfSync hashSync paramsSync', blocks: 'crypto', async: '*' }, { members: 'kdf verifyKdf hash params', promise: true, callback: -1, threadPool: true }] },
  { modules: ['scryptsy'], docs: 'npm:scryptsy', rows: [{ members: '.', blocks: 'crypto', async: 'async' }, { members: 'async', promise: true, note: 'Computes on the calling thread in chunks.' }] },
  { modules: ['scrypt-js'], docs: 'npm:scrypt-js', rows: [{ members: 'syncScrypt', blocks: 'crypto', async: 'scrypt' }, { members: 'scrypt', promise: true, note: 'Computes on the calling thread in chunks.' }] },
  { modules: ['pbkdf2'], docs: 'npm:pbkdf2', rows: [{ members: 'pbkdf2Sync', blocks: 'crypto', async: 'cb:pbkdf2' }, { members: 'pbkdf2', callback: -1 }] },
  { modules: ['crypto-js', 'crypto-js/pbkdf2'], docs: 'npm:crypto-js', rows: [{ members: 'PBKDF2 EvpKDF .', blocks: 'crypto', async: '~cb:crypto:pbkdf2' }] },
  { modules: ['node-forge'], docs: 'npm:node-forge', rows: [
    { members: 'pki.rsa.generateKeyPair rsa.generateKeyPair', callback: -1, syncWithoutCallback: true, blocks: undefined, note: 'Without a callback it generates the key pair on the calling thread.' },
    { members: 'pkcs5.pbkdf2 pbkdf2', callback: -1, syncWithoutCallback: true },
  ] },
  { modules: ['node-rsa'], docs: 'npm:node-rsa', rows: [{ members: '.', returns: 'NodeRSA' }, { members: 'NodeRSA#generateKeyPair', blocks: 'crypto', async: '~cb:crypto:generateKeyPair', note: 'Seconds for long keys.' }] },
  { modules: ['libsodium-wrappers', 'libsodium-wrappers-sumo', 'sodium-native'], docs: 'npm:sodium-native', rows: [{ members: 'crypto_pwhash crypto_pwhash_str crypto_pwhash_str_verify crypto_pwhash_scryptsalsa208sha256', blocks: 'crypto', note: 'Password hashing on the calling thread.' }, { members: 'crypto_pwhash_async crypto_pwhash_str_async crypto_pwhash_str_verify_async', callback: -1, threadPool: true }] },
  { modules: ['jsonwebtoken'], docs: 'npm:jsonwebtoken', rows: [{ members: 'sign verify', callback: -1, syncWithoutCallback: true, note: 'RSA and ECDSA signatures cost a millisecond each, HMAC microseconds; verify() calls back on the same thread.' }] },
  { modules: ['selfsigned', 'pem'], docs: 'npm:selfsigned', rows: [{ members: 'generate', callback: -1, syncWithoutCallback: true, note: 'Generates a key pair.' }] },

  { modules: ['pako'], docs: 'npm:pako', rows: [{ members: 'ungzip', blocks: 'zlib', async: '~cb:zlib:gunzip' }, { members: 'deflate deflateRaw gzip inflate inflateRaw', blocks: 'zlib', async: '~cb:zlib:*', note: 'Pure JavaScript on the calling thread; the zlib of Node has asynchronous forms.' }] },
  { modules: ['fflate'], docs: 'npm:fflate', rows: [{ members: 'compressSync decompressSync deflateSync gunzipSync gzipSync inflateSync unzipSync unzlibSync zipSync zlibSync', blocks: 'zlib', async: 'cb:*' }, { members: 'compress decompress deflate gunzip gzip inflate unzip unzlib zip zlib', callback: -1 }] },
  { modules: ['snappy', 'lz4-napi'], docs: 'npm:snappy', rows: [{ members: 'compressSync uncompressSync decompressSync', blocks: 'zlib', async: '*' }, { members: 'compress uncompress decompress', promise: true, threadPool: true }] },
  { modules: ['iltorb'], docs: 'npm:iltorb', rows: [{ members: 'compressSync decompressSync', blocks: 'zlib', async: '*' }, { members: 'compress decompress', promise: true, callback: -1, threadPool: true }] },
  { modules: ['brotli'], docs: 'npm:brotli', rows: [{ members: 'compress decompress', blocks: 'zlib', async: '~cb:zlib:brotliCompress' }] },
];
