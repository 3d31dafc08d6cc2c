import { Worker } from 'node:worker_threads';
import type { FunctionTitles, Surroundings } from '../core/handlers.ts';
import type { Budget, EntryPoint, NodeMajor } from '../core/order/run.ts';
import type { StepAction, Timeline, TimelineLocation } from '../core/order/timeline.ts';

/** What to explain; plain data, since it crosses into a worker thread. */
export interface ExplainRequest {
  /** Absolute path of the file. */
  readonly file: string;
  readonly node: NodeMajor;
  /** Null: from the extension, the nearest package.json and the syntax. */
  readonly module: 'commonjs' | 'module' | null;
  /** 1-based place whose function is explained, with `to` the function around all from there to there; null for the whole file. */
  readonly at: { readonly line: number; readonly column: number | null; readonly to?: { readonly line: number; readonly column: number } } | null;
  /** Where to start, for callers that know better than the syntax; null: from `at`. */
  readonly entryPoint: EntryPoint | null;
  /** What the program graph knows of the functions of the file and of what they call; absent where nobody has asked it. */
  readonly surroundings?: FunctionTitles & Surroundings;
  readonly budget: Budget;
  /** For all runs together, ms; null: {@link defaultTimeoutMs}, or {@link functionTimeoutMs} for a function. */
  readonly timeoutMs: number | null;
  /** Index of the outcome whose steps are listed; absent: of the likeliest. */
  readonly stepsOf?: number;
  /** Texts of files that are open in an editor, by absolute path. */
  readonly overlay?: ReadonlyMap<string, string>;
  /** Whether files outside of the workspace are read, too; else they are unknown code. */
  readonly readsOutside?: boolean;
}

/** Enough for programs with a handful of races; a program without any takes one run. */
export const defaultBudget: Budget = { steps: 2_000_000, depth: 4_000, heap: 5_000_000, choices: 200, runs: 3_000 };
export const defaultTimeoutMs = 10_000;
/** Around a function what is tried is counted (order/story.ts); the clock only stops what takes ten times as long as it should. */
export const functionTimeoutMs = 10_000;

/** How long a run that is under way may go on after the time is over, before the thread is ended. */
const graceMs = 1_500;
const resourceLimits = { maxOldGenerationSizeMb: 768, stackSizeMb: 48 };

/**
 * Explains a program in a worker thread of its own, which is ended when it takes too long or too much memory.
 * @param worker the bundled `explain-worker.ts`
 * @returns the timeline, with absolute paths; one without outcomes where the worker had to be ended
 */
export function explainInWorker(request: ExplainRequest, worker: URL = new URL('./explain-worker.js', import.meta.url)): Promise<Timeline> {
  return new Promise(resolve => {
    const thread = new Worker(worker, { workerData: request, resourceLimits, stdout: true, stderr: true });
    const finish = (timeline: Timeline): void => {
      clearTimeout(limit);
      resolve(timeline);
      void thread.terminate();
    };
    const timeoutMs = request.timeoutMs ?? defaultTimeoutMs;
    const limit = setTimeout(() => finish(withoutOutcomes(request, `the time budget of ${timeoutMs} ms ended within one run`)), timeoutMs + graceMs);
    thread.once('message', (timeline: Timeline) => finish(timeline));
    thread.once('error', (error: NodeJS.ErrnoException) => {
      const outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      finish(withoutOutcomes(request, outOfMemory ? `the memory budget of ${resourceLimits.maxOldGenerationSizeMb} MB ended` : `Looplens failed: ${error.message}`));
    });
    thread.once('exit', () => finish(withoutOutcomes(request, 'the worker thread ended early')));
  });
}

function withoutOutcomes(request: ExplainRequest, because: string): Timeline {
  const { file, node } = request;
  // The rest of what decides it needs the parser, which is not loaded on this thread.
  const module = request.module ?? (/\.m[jt]s$/.test(file) ? 'module' : 'commonjs');
  return { schemaVersion: 1, file, module, node: String(node), complete: false, incompleteBecause: [because], outcomes: [], steps: [], order: [] };
}

/** The timeline with every path passed through `rename`. */
export function renameFiles(timeline: Timeline, rename: (file: string) => string): Timeline {
  const renamed = (location: TimelineLocation): TimelineLocation => ({ ...location, file: rename(location.file) });
  const renamedAction = (action: StepAction): StepAction => ({ ...action, location: renamed(action.location) });
  return {
    ...timeline,
    file: rename(timeline.file),
    outcomes: timeline.outcomes.map(outcome => ({
      ...outcome,
      ...(outcome.failure?.location && { failure: { ...outcome.failure, location: renamed(outcome.failure.location) } }),
      ...(outcome.branch && { branch: { ...outcome.branch, at: outcome.branch.at && renamed(outcome.branch.at), actions: outcome.branch.actions.map(renamedAction), ...(outcome.branch.skips && { skips: outcome.branch.skips.map(renamedAction) }) } }),
      ...(outcome.neverReached && { neverReached: outcome.neverReached.map(one => ({ ...one, location: renamed(one.location), waitsAt: renamed(one.waitsAt) })) }),
    })),
    ...(timeline.handlers && { handlers: timeline.handlers.map(handler => ({ ...handler, location: renamed(handler.location) })) }),
    steps: timeline.steps.map(step => ({
      ...step,
      location: renamed(step.location),
      scheduledAt: step.scheduledAt && renamed(step.scheduledAt),
      ...(step.actions && { actions: step.actions.map(renamedAction) }),
    })),
  };
}
