import { Worker } from 'node:worker_threads';
import type { Extracted } from '../core/facts/extract-text.ts';

export interface DeepQuestion {
  readonly id: number;
  readonly file: string;
  readonly text: string;
}

export interface DeepAnswer {
  readonly id: number;
  /** Null: the reference parser has to read the text. */
  readonly extracted: Extracted | null;
}

/** The stack of the thread, MB. Only what is used of it takes memory. */
const stackSizeMb = 256;

/**
 * Reads facts with the native parser on a thread with a large stack: of texts that may be nested too deeply for the main thread, where the
 * stack that overflows takes the process with it.
 * @param levelsOfMainThread what is safe there, with a stack of 8 MB
 * @returns what asks the thread, which is started at the first question and keeps no process alive; the answer is null where there is no such thread
 */
export function createDeepExtractor(levelsOfMainThread: number, worker: URL = new URL('./extract-worker.js', import.meta.url)): (file: string, text: string) => Promise<Extracted | null> {
  const depthLimit = Math.floor((levelsOfMainThread * stackSizeMb) / 8);
  const waiting = new Map<number, (extracted: Extracted | null) => void>();
  let thread: Worker | null = null;
  let isLost = false;
  let count = 0;
  const lose = (): void => {
    isLost = true;
    for (const resolve of waiting.values()) resolve(null);
    waiting.clear();
  };
  const settle = (id: number, extracted: Extracted | null): void => {
    waiting.get(id)?.(extracted);
    waiting.delete(id);
    if (waiting.size === 0) thread?.unref();
  };
  const start = (): Worker => {
    const started = new Worker(worker, { workerData: { depthLimit }, resourceLimits: { stackSizeMb }, stdout: true, stderr: true });
    started.on('message', ({ id, extracted }: DeepAnswer) => settle(id, extracted));
    started.once('error', lose);
    started.once('exit', lose);
    return started;
  };
  return (file, text) =>
    new Promise(resolve => {
      if (isLost) return resolve(null);
      thread ??= start();
      thread.ref();
      waiting.set(count, resolve);
      thread.postMessage({ id: count++, file, text } satisfies DeepQuestion);
    });
}
