import { choiceSentence } from './choice-sentence.ts';
import { exploreRuns, uniqueKeys, type TimeLimit } from './explore.ts';
import { createOrderRelations } from './order-relations.ts';
import type { Decision, MachineOptions, ProgramSource, Run, RunProgram, RunStep } from './run.ts';
import type { Branch, Outcome, Step, StepAction, Timeline, TimelineLocation } from './timeline.ts';

/** Combinations of decisions that are tried one after the other, and runs that are then made around the one that goes furthest. */
const combinations = 16;
const variations = 40;
/** Evaluation steps of all runs together; counted, so that the answer is the same on any machine. */
const evaluations = 600_000;

/** Why the ways that were found are not all: said as a note, since the others are made up of these. */
export const severalDecisions = 'ways that differ in more than one decision were not all tried';

/** How the machine calls what an outside call fails with. */
const theErrorOf = 'the error of ';

/** A run with what its author would tell of it, as comparable texts in order. */
interface Told {
  readonly run: Run;
  readonly events: readonly Event[];
  /** Equal where two runs do the same in the same order. */
  readonly signature: string;
}

interface Event {
  readonly id: string;
  /** Number of the step, from 1. */
  readonly step: number;
  readonly action: StepAction | null;
  readonly location: TimelineLocation | null;
}

/**
 * Explains one function as a story: the way that goes furthest, with every call outside of the program succeeding, and beside it the
 * ways that leave it by one decision: early returns, errors, other branches.
 *
 * `outcomes[0]` and `steps` are the way that goes furthest, each other outcome says in `branch` where it leaves that. A step is `always`
 * where every way that was found has it. Runs with an error that nobody wrote into the program are left out, and said.
 */
export function exploreStory(runProgram: RunProgram, program: ProgramSource, options: MachineOptions, limit?: TimeLimit, stepsOf = 0): Timeline {
  const made = new Map<string, Told>();
  const reasons = new Set<string>();
  const relations = createOrderRelations();
  let evaluated = 0;
  const keep = (run: Run): Told => {
    const told = tell(run);
    evaluated += run.evaluated ?? 0;
    made.set(answersOf(run).join(), told);
    return told;
  };
  const missing = exploreRuns(runProgram, program, { ...options, budget: { ...options.budget, runs: Math.min(options.budget.runs, combinations) } }, ({ run }) => void keep(run), { now: () => Number(evaluated > evaluations / 2 || isOver(limit)), until: 1 });
  let varied = 0;
  /** The run with the answers, of the likeliest ones behind them; null where the budget has ended. */
  const runWith = (answers: readonly number[]): Told | null => {
    const known = made.get(answers.join()) ?? [...made.values()].find(({ run }) => startsWith(answersOf(run), answers) && run.decisions.slice(answers.length).every(({ taken }) => taken === 0));
    if (known) return known;
    if (varied >= Math.min(variations, options.budget.runs - 1) || evaluated > evaluations || isOver(limit)) return null;
    varied++;
    return keep(runProgram(program, options, (_n, position) => answers[position] ?? 0));
  };

  let main = furthest([...made.values()]);
  for (let better: Told | null = main; better !== null && missing.length > 0; ) {
    main = better;
    const tried = flipsOf(main.run).filter(({ decision, answer }) => !fails(decision.alternatives[answer])).flatMap(({ answers }) => runWith(answers) ?? []);
    const best = furthest([main, ...tried]);
    better = best === main ? null : best;
  }
  const ways: Way[] = [];
  let cutShort = false;
  const flips: Flip[] = flipsOf(main.run).map(flip => ({ ...flip, before: [] }));
  for (const { answers, decision, answer, before } of flips) {
    const told = runWith(answers);
    const changed = [...before, { why: decision.why, alternative: decision.alternatives[answer] ?? '' }];
    if (!told) cutShort = true;
    else if (!told.run.doubtful && told.signature !== main.signature && differs(main, told) && !(isTiming(decision) && outputOf(told) === outputOf(main))) {
      ways.push({ told, decisions: changed.map(({ why, alternative }) => `${why}: ${alternative}`), conditions: changed.map(({ why, alternative }) => choiceSentence(why, alternative)) });
    } else if (told.signature === main.signature && before.length < joined) {
      // `if (a && b)`: the answer to a alone changes nothing, but asks for b.
      const next = told.run.decisions[answers.length];
      if (next && !main.run.decisions.some(({ why }) => why === next.why)) for (let other = 0; other < next.n; other++) if (other !== next.taken) flips.push({ answers: [...answersOf(told.run).slice(0, answers.length), other], decision: next, answer: other, before: changed });
    }
  }
  // Ways that print something else are told also where it takes several decisions to get there.
  const outputs = new Set([main, ...ways.map(({ told }) => told)].map(outputOf));
  for (const told of made.values()) {
    if (told.run.doubtful || outputs.has(outputOf(told))) continue;
    outputs.add(outputOf(told));
    const changed = changedDecisions(main.run, told.run);
    ways.push({ told, decisions: changed.map(({ why, alternatives, taken }) => `${why}: ${alternatives[taken] ?? ''}`), conditions: changed.map(({ why, alternatives, taken }) => choiceSentence(why, alternatives[taken] ?? '')) });
  }
  const certain = [...made.values()].filter(({ run }) => !run.doubtful);
  for (const { run } of [main, ...certain]) for (const reason of run.incompleteBecause) reasons.add(reason);
  if (main.run.doubtful) reasons.add(`an error was met that may stem from what is not known here: ${main.run.doubtful}`);
  if (isOver(limit)) reasons.add('the time limit ended, which the counted budget should have kept');
  if (cutShort || missing.length > 0) reasons.add(cutShort ? 'the budget ended before every decision of this way was tried' : severalDecisions);

  const told = merged(main, ways);
  const shown = stepsOf === 0 ? main : told[stepsOf - 1]?.told ?? main;
  const appearances = new Map<string, number>();
  for (const { run } of certain) {
    const keys = uniqueKeys(run.steps);
    for (const key of keys) appearances.set(key, (appearances.get(key) ?? 0) + 1);
  }
  relations.add(uniqueKeys(main.run.steps), '');
  for (const one of certain) if (one !== main) relations.add(uniqueKeys(one.run.steps), changedDecisions(main.run, one.run)[0]?.why ?? '');
  const keys = uniqueKeys(shown.run.steps);
  const { label } = options.entryPoint;
  return {
    schemaVersion: 1,
    file: program.entry,
    ...(label === undefined ? {} : { title: label }),
    module: options.module,
    node: String(options.node),
    complete: reasons.size === 0,
    incompleteBecause: [...reasons],
    ...assumptionsOf(certain),
    outcomes: [outcomeOf(main.run, [], []), ...told.map(way => ({ ...outcomeOf(way.told.run, way.decisions, way.conditions), branch: { ...branchOf(main, way.told), ...(way.anyOf && { anyOf: way.anyOf }) } }))],
    steps: shown.run.steps.map((step, index) => toStep(step, certain.every(({ run }) => run.steps.length > 0) && appearances.get(keys[index]!) === certain.length ? 'always' : 'sometimes')),
    order: stepsOf === 0 ? relations.either(main.run.steps) : [],
  };
}

function isOver(limit: TimeLimit | undefined): boolean {
  return limit !== undefined && limit.now() >= limit.until;
}

function assumptionsOf(told: readonly Told[]): Pick<Timeline, 'assumptions'> {
  const assumptions = new Set(told.flatMap(({ run }) => run.assumptions ?? []));
  return assumptions.size === 0 ? {} : { assumptions: [...assumptions] };
}

function toStep({ key: _key, ...step }: RunStep, certainty: Step['certainty']): Step {
  return { ...step, certainty };
}

function answersOf(run: Run): number[] {
  return run.decisions.map(({ taken }) => taken);
}

function startsWith(list: readonly number[], start: readonly number[]): boolean {
  return start.length <= list.length && start.every((item, index) => list[index] === item);
}

function tell(run: Run): Told {
  const keys = uniqueKeys(run.steps);
  const events = run.steps.flatMap((step, index): Event[] => [
    { id: `${step.phase} ${keys[index]!}`, step: step.id, action: null, location: step.location },
    ...(step.actions ?? []).map((action): Event => ({ id: `${action.kind} ${action.text} ${action.location.file}:${action.location.line}:${action.location.column}`, step: step.id, action, location: action.location })),
    ...step.output.map((line): Event => ({ id: `prints ${line.stream} ${line.text}`, step: step.id, action: null, location: null })),
  ]);
  const { ended } = run;
  const end = ended ? `${ended.how} ${ended.at ? `${ended.at.file}:${ended.at.line}:${ended.at.column}` : ''}` : '';
  return { run, events, signature: JSON.stringify([events.map(({ id }) => id), end, run.exitCode]) };
}

function outputOf({ run }: Told): string {
  return JSON.stringify([run.exitCode, run.output]);
}

/** Whether two ways differ in more than the order of their steps. */
function differs(a: Told, b: Told): boolean {
  const set = ({ events }: Told): string => JSON.stringify(events.map(({ id }) => id).sort());
  return set(a) !== set(b) || outputOf(a) !== outputOf(b) || JSON.stringify(a.run.ended) !== JSON.stringify(b.run.ended);
}

/** Decisions of a run, each with every other answer. */
function flipsOf(run: Run): { readonly answers: readonly number[]; readonly decision: Decision; readonly answer: number }[] {
  const taken = answersOf(run);
  return run.decisions.flatMap((decision, position) => Array.from({ length: decision.n }, (_, answer) => answer)
    .filter(answer => answer !== decision.taken)
    .map(answer => ({ answers: [...taken.slice(0, position), answer], decision, answer })));
}

function fails(alternative: string | undefined): boolean {
  return alternative === 'it fails' || alternative === 'not at all';
}

/** Whether an awaited call settles before or in the poll phase: the same story. */
function isTiming({ why }: Decision): boolean {
  return /^when .+ settles$/.test(why);
}

/** The run that does most of those in which nothing fails. */
function furthest(runs: readonly Told[]): Told {
  const weight = ({ run, events }: Told): readonly number[] => [
    run.doubtful ? 0 : 1,
    run.exitCode === null || run.exitCode === 0 ? 1 : 0,
    run.ended?.how === 'throws' ? 0 : 1,
    -run.decisions.filter(decision => fails(decision.alternatives[decision.taken])).length,
    new Set(run.steps.map(({ key }) => key)).size,
    events.length,
  ];
  return runs.reduce((best, one) => {
    const [a, b] = [weight(best), weight(one)];
    const at = a.findIndex((value, index) => value !== b[index]);
    return at >= 0 && b[at]! > a[at]! ? one : best;
  });
}

/** Decisions that two runs answer in different ways, as the second one does. */
function changedDecisions(main: Run, other: Run): readonly Decision[] {
  return other.decisions.filter((decision, position) => {
    const same = main.decisions[position]?.why === decision.why ? main.decisions[position] : main.decisions.find(({ why }) => why === decision.why);
    return same ? same.taken !== decision.taken : decision.taken !== 0;
  });
}

/** Conditions of one test that are answered otherwise together, at most. */
const joined = 2;

interface Flip {
  readonly answers: readonly number[];
  readonly decision: Decision;
  readonly answer: number;
  /** What is answered otherwise before it. */
  readonly before: readonly { readonly why: string; readonly alternative: string }[];
}

interface Way {
  readonly told: Told;
  readonly decisions: readonly string[];
  readonly conditions: readonly string[];
  /** Any of the conditions is enough. */
  readonly anyOf?: true;
}

/** Ways that go on in the same manner are one: whichever of several calls fails, the same handler answers. */
function merged(main: Told, ways: readonly Way[]): readonly Way[] {
  const byTail = new Map<string, Way>();
  for (const way of ways) {
    const branch = branchOf(main, way.told);
    // The same at another time.
    if (branch.actions.length === 0 && branch.skips?.length === 0 && outputOf(way.told) === outputOf(main)) continue;
    const { actions, at } = branch;
    // Whichever call fails, its error is thrown on.
    const told = actions.map(action => (action.kind === 'throws' && action.text.startsWith(theErrorOf) ? { ...action, text: theErrorOf } : action));
    const isOwnError = told.length === 1 && told[0]!.kind === 'throws' && told[0]!.text === theErrorOf;
    const tail = JSON.stringify([isOwnError ? theErrorOf : told, isOwnError ? null : at, outputOf(way.told), way.conditions.every(condition => / fails$/.test(condition)) ? '' : branch.skips]);
    const before = byTail.get(tail);
    if (!before) byTail.set(tail, way);
    else if (way.conditions.length === 1 && (before.anyOf || before.conditions.length === 1)) {
      byTail.set(tail, before.conditions.includes(way.conditions[0]!) ? before : { ...before, anyOf: true, decisions: [...before.decisions, ...way.decisions], conditions: [...before.conditions, ...way.conditions] });
    }
  }
  return [...byTail.values()];
}

function branchOf(main: Told, way: Told): Branch {
  let common = 0;
  while (common < main.events.length && common < way.events.length && main.events[common]!.id === way.events[common]!.id) common++;
  const rest = way.events.slice(common);
  const after = common === 0 ? 0 : main.events[common - 1]!.step;
  const { ended } = way.run;
  const isOther = ended && JSON.stringify(ended) !== JSON.stringify(main.run.ended);
  const actions = rest.flatMap(({ action }) => action ?? []);
  const at = isOther ? ended.at : actions[0]?.location ?? rest[0]?.location ?? ended?.at ?? null;
  const others = main.events.slice(common).flatMap(({ action }) => action ?? []);
  let back = 0;
  while (!isOther && back < actions.length && back < others.length && isSame(actions.at(-1 - back)!, others.at(-1 - back)!)) back++;
  return {
    after, at, ends: isOther === true || (rest.every(({ action }) => action !== null || rest.length < 3) && way.events.length < main.events.length && back === 0),
    actions: actions.slice(0, actions.length - back), ...(back === 0 ? {} : { skips: others.slice(0, others.length - back) }),
  };
}

function isSame(a: StepAction, b: StepAction): boolean {
  return a.kind === b.kind && a.text === b.text && a.location.file === b.location.file && a.location.line === b.location.line;
}

function outcomeOf(run: Run, choices: readonly string[], conditions: readonly string[]): Outcome {
  return {
    output: run.output, exitCode: run.exitCode, ...(run.end === undefined ? {} : { end: run.end }), ...(run.endBecause === undefined ? {} : { endBecause: run.endBecause }), ...(run.failure === undefined ? {} : { failure: run.failure }),
    choices: [...choices], ...(conditions.length === 0 ? {} : { conditions: [...conditions] }),
  };
}
