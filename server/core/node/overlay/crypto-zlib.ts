import type { OverlayRule } from './rule.ts';

const jobs = 'src/crypto/crypto_util.h CryptoJob: kCryptoJobAsync goes to the thread pool (ThreadPoolWork), kCryptoJobSync runs at once';

/** https://nodejs.org/api/crypto.html */
export const cryptoOverlay: readonly OverlayRule[] = [
  { module: 'crypto', members: ['*'], only: 'callback', threadPool: true, runsIn: 'poll', times: 'once', source: jobs },
  { module: 'crypto', members: ['*'], only: 'promise', threadPool: true, settlesIn: 'poll', source: 'lib/internal/crypto/webcrypto.js jobPromise' },
  {
    module: 'crypto',
    members: ['pbkdf2Sync', 'scryptSync', 'argon2Sync', 'hkdfSync', 'generateKeyPairSync', 'generateKeySync', 'generatePrimeSync', 'checkPrimeSync'],
    blocking: true,
    blockingKind: 'crypto',
    source: jobs,
  },
  { module: 'crypto', members: ['scryptSync'], note: 'About 74 ms with the default cost parameters (measured).' },
  { module: 'crypto', members: ['pbkdf2Sync'], note: 'About 74 ms for 100,000 iterations (measured).' },
  { module: 'crypto', members: ['generateKeyPairSync'], note: 'About 300 ms for RSA-2048 (measured), and it varies.' },
  // Cheap for the sizes that programs use (measured: 64 random bytes 0.26 ms), so no rule names them.
  { module: 'crypto', members: ['randomFillSync'], blocking: true, source: jobs, asyncAlternative: { module: 'crypto', member: 'randomFill', style: 'callback', sameSignature: true } },
  { module: 'crypto', members: ['randomBytes', 'pseudoRandomBytes', 'prng', 'rng', 'randomInt', 'sign', 'verify', 'diffieHellman', 'encapsulate', 'decapsulate'], blockingWithoutCallback: true },
  { module: 'crypto', members: ['privateDecrypt', 'privateEncrypt', 'publicDecrypt', 'publicEncrypt', 'createDiffieHellman', 'DiffieHellman#computeSecret', 'DiffieHellman#generateKeys', 'Sign#sign', 'Verify#verify', 'hash'], blocking: true, source: 'https://nodejs.org/api/crypto.html: synchronous, no asynchronous form of this function' },
  { module: 'crypto', members: ['createDiffieHellman'], note: 'With a length it generates a prime on the calling thread, which takes seconds.' },
  { module: 'crypto', members: ['randomInt'], runsIn: 'nextTick', source: 'lib/internal/crypto/random.js randomInt: process.nextTick from the cache of random numbers' },
  { module: 'crypto', members: ['subtle.importKey'], threadPool: false, settlesIn: 'microtask' },
  { module: 'crypto', members: ['hash'], since: '20.12.0' },
  {
    module: 'crypto',
    members: ['argon2', 'checkPrime', 'diffieHellman', 'encapsulate', 'generateKey', 'generateKeyPair', 'generatePrime', 'hkdf', 'pbkdf2', 'randomBytes', 'randomFill', 'randomInt', 'scrypt', 'sign', 'verify', 'subtle.digest', 'subtle.generateKey', 'subtle.importKey'],
    evidence: 'measured',
  },
  // Hash, Cipheriv, … are streams; their stream methods are those of stream.Transform.
  { module: 'crypto', members: ['Hash', 'Hmac', 'Cipheriv', 'Decipheriv', 'Sign', 'Verify'], drop: true },
];

/** https://nodejs.org/api/zlib.html */
export const zlibOverlay: readonly OverlayRule[] = [
  { module: 'zlib', members: ['*'], only: 'callback', threadPool: true, runsIn: 'nextTick', times: 'once', source: 'lib/zlib.js zlibBuffer: a stream collects the pool’s output and ends on nextTick' },
  { module: 'zlib', members: ['*'], only: 'promise', threadPool: true, settlesIn: 'poll' },
  { module: 'zlib', members: ['*Sync'], blocking: true, blockingKind: 'zlib', source: 'lib/zlib.js zlibBufferSync, processChunkSync' },
  { module: 'zlib', members: ['gzipSync'], note: 'About 10 ms per megabyte of text (measured).' },
  { module: 'zlib', members: ['brotliCompressSync'], note: 'With the default quality 11 many times slower than gzip.' },
  {
    module: 'zlib',
    members: ['brotliCompress', 'brotliDecompress', 'deflate', 'deflateRaw', 'gunzip', 'gzip', 'inflate', 'inflateRaw', 'unzip', 'zstdCompress', 'zstdDecompress'],
    evidence: 'measured',
  },
];
