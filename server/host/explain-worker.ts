// The entry of the thread that `explainInWorker` starts; bundled by itself.
import { parentPort, workerData } from 'node:worker_threads';
import { runProgram } from '../core/order/machine.ts';
import type { ExplainRequest } from './explain-host.ts';
import { explainProgram } from './explain-program.ts';

parentPort!.postMessage(explainProgram(runProgram, workerData as ExplainRequest));
