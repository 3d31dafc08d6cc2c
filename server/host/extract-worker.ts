// The entry of the thread that `createDeepExtractor` starts; bundled by itself.
import { parentPort, workerData } from 'node:worker_threads';
import { extractFast } from '../core/facts/extract-fast.ts';
import type { DeepAnswer, DeepQuestion } from './deep-extractor.ts';
import { loadFastParser } from './fast-parser.ts';

const parser = await loadFastParser();
const { depthLimit } = workerData as { readonly depthLimit: number };
parentPort!.on('message', ({ id, file, text }: DeepQuestion) => {
  const answer: DeepAnswer = { id, extracted: parser && extractFast(file, text, parser, depthLimit) };
  parentPort!.postMessage(answer);
});
