import { createOutcomeTree } from './outcome-tree.ts';
import { createOrderRelations } from './order-relations.ts';
import type { MachineOptions, ProgramSource, Run, RunProgram, RunStep } from './run.ts';
import { exploreStory } from './story.ts';
import type { Step, Timeline } from './timeline.ts';

/** How long the explorer may take; core has no clock of its own. */
export interface TimeLimit {
  /** The time, ms. */
  now(): number;
  /** When to stop, on the clock of `now`. */
  readonly until: number;
}

/** A run together with the decision that was answered otherwise than in the run it was derived from. */
export interface ExploredRun {
  readonly run: Run;
  /** Position of that decision; -1 for the first run, in which every decision takes its likeliest answer. */
  readonly changed: number;
}

/** A run that waits for its turn: the answers of a run that was made, up to one decision that is answered otherwise. */
interface Branch {
  readonly taken: readonly number[];
  readonly position: number;
  readonly answer: number;
}

/**
 * Makes every run that differs in its outside decisions (stateless model checking), those with the fewest unlikely
 * answers first, so that a budget cuts off the least likely ones.
 *
 * Each run starts the program anew and replays the answers of the run it derives from up to one decision; behind that
 * it takes the likeliest answers, and every decision there becomes a branch of its own. So each vector of answers is
 * made exactly once, and none is left out.
 * @returns why runs are missing; empty when all were made
 */
export function exploreRuns(runProgram: RunProgram, program: ProgramSource, options: MachineOptions, visit: (explored: ExploredRun) => void, limit?: TimeLimit): readonly string[] {
  const { budget } = options;
  const branches: Branch[] = [{ taken: [], position: -1, answer: 0 }];
  const missing: string[] = [];
  let dropped: string | null = null;
  for (let made = 0; made < branches.length; made++) {
    if (made >= budget.runs) {
      missing.push(`the budget of ${budget.runs} runs ended before every combination of decisions was tried`);
      break;
    }
    if (limit && made > 0 && limit.now() >= limit.until) {
      missing.push(`the time budget ended after ${made} runs, before every combination of decisions was tried`);
      break;
    }
    const branch = branches[made]!;
    const run = runProgram(program, options, (n, position) => (position < branch.position ? branch.taken[position]! : position === branch.position ? branch.answer : 0));
    (branches as (Branch | undefined)[])[made] = undefined;
    const strayed = run.decisions.length <= branch.position || run.decisions.some((decision, position) => position < branch.position && decision.taken !== branch.taken[position]);
    if (strayed) missing.push('the machine did not repeat a run: this is a defect of Looplens, please report it');
    visit({ run, changed: branch.position });
    const taken = run.decisions.map(decision => decision.taken);
    run.decisions.forEach((decision, position) => {
      if (position <= branch.position) return;
      for (let answer = 1; answer < decision.n; answer++) {
        if (position >= budget.choices) dropped ??= `a run holds more than ${budget.choices} decisions, the later ones were not varied`;
        else if (branches.length <= budget.runs) branches.push({ taken, position, answer });
      }
    });
  }
  if (dropped) missing.push(dropped);
  return [...new Set(missing)];
}

/**
 * Explains in which order the program runs, over everything that Node, the outside world and unknown values may decide.
 *
 * `outcomes` are distinct in output and exit code, the likeliest first; `steps` are those of the likeliest run,
 * `always` where each run holds the step; `order` lists the pairs that run in either order, every other pair runs as
 * listed. `complete` holds when each combination of decisions was run and every run was faithful.
 * @param limit when to stop between two runs; a single run is bounded by `options.budget.steps`
 * @param stepsOf index of the outcome whose steps are listed; of any but the first, `order` is empty
 */
export function explore(runProgram: RunProgram, program: ProgramSource, options: MachineOptions, limit?: TimeLimit, stepsOf = 0): Timeline {
  if (options.entryPoint.kind === 'function') return exploreStory(runProgram, program, options, limit, stepsOf);
  const tree = createOutcomeTree();
  const relations = createOrderRelations();
  const reasons = new Set<string>();
  const assumptions = new Set<string>();
  const appearances = new Map<string, number>();
  let steps: readonly RunStep[] = [];
  let runs = 0;
  const missing = exploreRuns(runProgram, program, options, explored => {
    const { run } = explored;
    const keys = uniqueKeys(run.steps);
    runs++;
    for (const reason of run.incompleteBecause) reasons.add(reason);
    for (const assumption of run.assumptions ?? []) assumptions.add(assumption);
    for (const key of keys) appearances.set(key, (appearances.get(key) ?? 0) + 1);
    if (tree.add(run) === stepsOf) steps = run.steps;
    relations.add(keys, run.decisions[explored.changed]?.why ?? '');
  }, limit);
  for (const reason of missing) reasons.add(reason);

  const keys = uniqueKeys(steps);
  return {
    schemaVersion: 1,
    file: program.entry,
    module: options.module,
    node: String(options.node),
    complete: reasons.size === 0,
    incompleteBecause: [...reasons],
    ...(assumptions.size === 0 ? {} : { assumptions: [...assumptions] }),
    outcomes: tree.outcomes(),
    steps: steps.map((step, index) => toStep(step, appearances.get(keys[index]!) === runs ? 'always' : 'sometimes')),
    order: stepsOf === 0 ? relations.either(steps) : [],
  };
}

function toStep({ key: _key, ...step }: RunStep, certainty: Step['certainty']): Step {
  return { ...step, certainty };
}

/** The keys of the steps; a key that comes again gets its number, so that steps of two runs can be matched. */
export function uniqueKeys(steps: readonly RunStep[]): string[] {
  const seen = new Map<string, number>();
  return steps.map(({ key }) => {
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? key : `${key} #${count}`;
  });
}
