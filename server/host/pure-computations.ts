import { createHash, createHmac, hkdfSync, pbkdf2Sync, scryptSync } from 'node:crypto';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { PureComputations } from '../core/order/run.ts';

/** More than that is not worth the wait: the result is then unknown. */
const most = { bytes: 4_000_000, iterations: 20_000, scryptBytes: 4_000_000, inflated: 16_000_000 };

const inflaters: Readonly<Record<string, (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array>> = {
  gunzip: gunzipSync, inflate: inflateSync, inflateRaw: inflateRawSync, brotliDecompress: brotliDecompressSync,
};

function run(operation: string, bytes: readonly Uint8Array[], numbers: readonly number[]): Uint8Array | string | null {
  const [name = '', algorithm = ''] = operation.split(' ');
  const [first = new Uint8Array(), second = new Uint8Array(), third = new Uint8Array()] = bytes;
  if (bytes.reduce((sum, one) => sum + one.length, 0) > most.bytes) return null;
  switch (name) {
    case 'digest':
      return createHash(algorithm).update(first).digest();
    case 'hmac':
      return createHmac(algorithm, first).update(second).digest();
    case 'pbkdf2':
      return numbers[0]! <= most.iterations ? pbkdf2Sync(first, second, numbers[0]!, numbers[1]!, algorithm) : null;
    case 'scrypt': {
      const [length = 0, cost = 16384, blockSize = 8, parallelization = 1] = numbers;
      return 128 * cost * blockSize * parallelization <= most.scryptBytes * 8 ? scryptSync(first, second, length, { N: cost, r: blockSize, p: parallelization }) : null;
    }
    case 'hkdf':
      return new Uint8Array(hkdfSync(algorithm, first, second, third, numbers[0]!));
    case 'inflate':
      return inflaters[algorithm]?.(first, { maxOutputLength: most.inflated }) ?? null;
    default:
      return null;
  }
}

/** What the order machine may have computed: pure functions of bytes, by Node's own code. */
export const pureComputations: PureComputations = {
  compute(operation, bytes, numbers) {
    try {
      return run(operation, bytes, numbers);
    } catch (error) {
      // A wrong stream of bytes has the same code on each Node; anything else is left open.
      const code = (error as NodeJS.ErrnoException).code;
      return operation.startsWith('inflate ') && code !== undefined && /^Z_/.test(code) ? code : null;
    }
  },
};
