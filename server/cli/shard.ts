import { UsageError } from './exit-code.ts';
import { say } from './messages.ts';

/** One of `count` parts of the reported files; `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Reads `2/8`; throws a UsageError for anything else. */
export function parseShard(value: string): Shard {
  const match = /^(\d{1,6})\/(\d{1,6})$/.exec(value);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || index < 1 || index > count) throw new UsageError(say('shardForm', { value }), true);
  return { index, count };
}

/**
 * Whether a file belongs to a part: by a hash of its name, so that the parts are the same on every machine, whatever else each of them finds.
 * FNV-1a, 32 bits.
 * @param file from the root of the workspace, with `/`
 */
export function inShard(file: string, { index, count }: Shard): boolean {
  let hash = 0x811c9dc5;
  for (let i = 0; i < file.length; i++) hash = Math.imul(hash ^ file.charCodeAt(i), 0x01000193) >>> 0;
  return hash % count === index - 1;
}
