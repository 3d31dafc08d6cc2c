/**
 * SHA-256 (FIPS 180-4) of a text as UTF-8, in base64: what a Content-Security-Policy names a script by.
 * Here because core has no node:crypto and WebCrypto answers only asynchronously.
 */
export function sha256Base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(padded.length - 4, bytes.length << 3);

  const { constants, initial } = roundConstants();
  const hash = Int32Array.from(initial);
  const words = new Int32Array(64);
  for (let block = 0; block < padded.length; block += 64) {
    for (let t = 0; t < 64; t++) {
      if (t < 16) words[t] = view.getInt32(block + t * 4);
      else {
        const w15 = words[t - 15]!;
        const w2 = words[t - 2]!;
        words[t] = words[t - 16]! + words[t - 7]! + (rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3)) + (rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10));
      }
    }
    let [a, b, c, d, e, f, g, h] = hash as unknown as [number, number, number, number, number, number, number, number];
    for (let t = 0; t < 64; t++) {
      const t1 = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + constants[t]! + words[t]!) | 0;
      const t2 = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [a, b, c, d, e, f, g, h] = [(t1 + t2) | 0, a, b, c, (d + t1) | 0, e, f, g];
    }
    [a, b, c, d, e, f, g, h].forEach((value, at) => (hash[at]! += value));
  }
  const digest = new DataView(new ArrayBuffer(32));
  hash.forEach((value, at) => digest.setInt32(at * 4, value));
  return btoa(String.fromCharCode(...new Uint8Array(digest.buffer)));
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

/** First 32 bits of the fractional parts of the cube roots of the first 64 primes, and of the square roots of the first 8 (§4.2.2, §5.3.3). */
function roundConstants(): { constants: number[]; initial: number[] } {
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every(prime => n % prime !== 0)) primes.push(n);
  const fraction = (x: number): number => ((x - Math.floor(x)) * 0x100000000) | 0;
  return { constants: primes.map(prime => fraction(Math.cbrt(prime))), initial: primes.slice(0, 8).map(prime => fraction(Math.sqrt(prime))) };
}
