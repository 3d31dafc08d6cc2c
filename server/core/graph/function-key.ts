/** A function of the program as `module * stride + function`, cheap to compare and to index by. */
export type FunctionKey = number;
const stride = 1 << 20;

export function functionKey(module: number, fn: number): FunctionKey {
  return module * stride + fn;
}

export function moduleOfKey(key: FunctionKey): number {
  return Math.floor(key / stride);
}

export function indexOfKey(key: FunctionKey): number {
  return key % stride;
}
