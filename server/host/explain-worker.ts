// The entry of the thread that `explainInWorker` starts; bundled by itself.
import { parentPort, workerData } from 'node:worker_threads';
import { runProgram } from '../core/order/machine.ts';
import { ReferenceParserNeeded } from '../core/syntax/parse-script.ts';
import type { ExplainRequest } from './explain-host.ts';
import { explainProgram } from './explain-program.ts';

const explain = () => explainProgram(runProgram, workerData as ExplainRequest);

async function explainWithWhatItNeeds(): Promise<ReturnType<typeof explain>> {
  try {
    return explain();
  } catch (error) {
    if (!(error instanceof ReferenceParserNeeded)) throw error;
    await import('../core/syntax/load-reference-parser.ts');
    return explain();
  }
}

parentPort!.postMessage(await explainWithWhatItNeeds());
