import { performance } from 'node:perf_hooks';
import { explore } from '../core/order/explore.ts';
import { entryPointAt } from '../core/order/function-role.ts';
import type { RunProgram } from '../core/order/run.ts';
import type { Timeline } from '../core/order/timeline.ts';
import { parse } from '../core/syntax/parse.ts';
import { createDiskProgram } from './disk-program.ts';
import { defaultTimeoutMs, functionTimeoutMs, type ExplainRequest } from './explain-host.ts';

/** Explains a program on this thread; only the steps of a run bound how long one run takes. Paths stay absolute. */
export function explainProgram(runProgram: RunProgram, request: ExplainRequest): Timeline {
  const program = createDiskProgram(request.file, request.overlay);
  const module = request.module ?? program.moduleType(request.file, request.node);
  const entryPoint = request.entryPoint ?? (request.at ? entryPointAt(parse(request.file, program.read(request.file) ?? ''), request.at.line, request.at.column ?? undefined) : { kind: 'file' as const });
  const start = performance.now();
  let firstRunEnded: number | null = null;
  const limit = {
    now: () => performance.now(),
    // The first run also warms the machine up; around a function the time counts from there.
    get until() {
      if (request.timeoutMs !== null) return start + request.timeoutMs;
      return entryPoint.kind === 'function' ? (firstRunEnded ??= performance.now()) + functionTimeoutMs : start + defaultTimeoutMs;
    },
  };
  return explore(runProgram, program, { node: request.node, module, entryPoint, budget: request.budget }, limit, request.stepsOf);
}
