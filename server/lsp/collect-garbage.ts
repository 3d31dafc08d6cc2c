import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Gives back the memory that reading a workspace took. Left to itself V8 waits until the heap has doubled, which a server that
 * idles never reaches.
 */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  setFlagsFromString('--no-expose-gc');
}

/**
 * Keeps the heap from growing to several times what is in use, as V8 lets it where a lot is made and little kept, which is what each
 * keystroke does: at most it doubles between two full collections. (The flag is one of V8's own, in every Node that Looplens runs on.)
 */
export function limitHeapGrowth(): void {
  setFlagsFromString('--heap-growing-percent=100');
}
