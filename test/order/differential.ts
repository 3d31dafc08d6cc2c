import { exploreRuns } from '../../server/core/order/explore.ts';
import type { Budget, MachineOptions, NodeMajor, ProgramSource, RunProgram } from '../../server/core/order/run.ts';
import type { Phase } from '../../server/core/order/timeline.ts';
import { pureComputations } from '../../server/host/pure-computations.ts';
import type { ProgramFiles, RealRun } from './real-node.ts';

/** Everything that the machine says about one program. */
export interface Prediction {
  readonly complete: boolean;
  readonly incompleteBecause: readonly string[];
  /** Distinct outcomes, the likeliest first: the lines of stdout, the exit code, and the phases of the lines in each run that has this outcome. */
  readonly outcomes: readonly { readonly lines: readonly string[]; readonly exitCode: number | null; readonly phases: readonly (readonly Phase[])[] }[];
  readonly runs: number;
}

/**
 * How a prediction stands to what a real Node did.
 * - `exact`: one outcome, and it is the real one; `within`: the real one is among several
 * - `unsure`: it is among the outcomes of an incomplete answer; `missed`: it is not
 * - `wrong`: it is not among the outcomes although the answer is called complete
 * - `phase`: output and exit code are right, but a line was printed in another phase
 */
export type Verdict = 'exact' | 'within' | 'unsure' | 'missed' | 'wrong' | 'phase';

export const differentialBudget: Budget = { steps: 500_000, depth: 2_000, heap: 2_000_000, choices: 60, runs: 400 };

/** The machine on a program that is only in memory. */
export function predict(runProgram: RunProgram, files: ProgramFiles, node: NodeMajor, budget: Budget = differentialBudget): Prediction {
  const root = '/program';
  const [entry = ''] = files.keys();
  const program: ProgramSource = {
    computations: pureComputations,
    entry: `${root}/${entry}`,
    read: file => files.get(file.slice(root.length + 1)) ?? null,
    resolve: (specifier, from) => {
      if (!/^\.{1,2}\//.test(specifier)) return null;
      const path = new URL(specifier, `file://${from}`).pathname;
      return files.has(path.slice(root.length + 1)) ? path : null;
    },
    moduleType: file => (file.endsWith('.mjs') || file.endsWith('.mts') ? 'module' : 'commonjs'),
  };
  const options: MachineOptions = { node, module: program.moduleType(program.entry, node), entryPoint: { kind: 'file' }, budget };
  const outcomes = new Map<string, { lines: string[]; exitCode: number | null; phases: Map<string, Phase[]> }>();
  const reasons = new Set<string>();
  let runs = 0;
  const missing = exploreRuns(runProgram, program, options, ({ run }) => {
    runs++;
    for (const reason of run.incompleteBecause) reasons.add(reason);
    const lines = run.output.filter(line => line.stream === 'stdout').map(line => line.text);
    const phases = run.steps.flatMap(step => step.output.filter(line => line.stream === 'stdout').map(() => step.phase));
    const identity = JSON.stringify([lines, run.exitCode]);
    let outcome = outcomes.get(identity);
    if (!outcome) outcomes.set(identity, (outcome = { lines, exitCode: run.exitCode, phases: new Map() }));
    outcome.phases.set(phases.join(), phases);
  });
  for (const reason of missing) reasons.add(reason);
  return {
    complete: reasons.size === 0,
    incompleteBecause: [...reasons],
    outcomes: [...outcomes.values()].map(outcome => ({ ...outcome, phases: [...outcome.phases.values()] })),
    runs,
  };
}

export function judge(prediction: Prediction, real: RealRun): Verdict {
  const lines = JSON.stringify(real.lines.map(([text]) => text));
  const outcome = prediction.outcomes.find(({ lines: ours, exitCode }) => exitCode === real.exitCode && JSON.stringify(ours) === lines);
  if (!outcome) return prediction.complete ? 'wrong' : 'missed';
  if (!outcome.phases.some(phases => phases.every((phase, index) => agrees(phase, real.lines[index]!)))) return 'phase';
  if (!prediction.complete) return 'unsure';
  return prediction.outcomes.length === 1 ? 'exact' : 'within';
}

/** Whether the hooks of Node can have seen the phase so; lines of handlers on process belong to whatever failed. */
function agrees(ours: Phase, [text, theirs]: readonly [string, string]): boolean {
  if (theirs === 'unknown' || /^(unhandledRejection|uncaughtException|exit|beforeExit)\b/.test(text)) return true;
  if (ours === theirs) return true;
  // A module's body is a promise job, and in a batch a main script is started from the loop.
  if (ours === 'main') return theirs === 'microtask' || theirs === 'poll' || theirs === 'main';
  return ours === 'close' || ours === 'pending' ? theirs === 'poll' : false;
}
