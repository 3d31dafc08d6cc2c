import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import '../../server/core/syntax/load-reference-parser.ts';
import { exploreRuns } from '../../server/core/order/explore.ts';
import type { NodeMajor, Run, RunProgram } from '../../server/core/order/run.ts';
import { createDiskProgram } from '../../server/host/disk-program.ts';

/** What real Nodes printed for one program of `recorded/programs`. */
export interface Recorded {
  readonly class: string;
  readonly mode?: string;
  readonly flags?: string;
  readonly env?: string;
  /** Distinct outputs; a line `[exit 1]` is the exit code. */
  readonly outputs: readonly string[];
  /** Major → indices into `outputs`. */
  readonly versions: Readonly<Record<string, readonly number[]>>;
}

/** From best to worst: one outcome and it is right; all right ones among several; among those of an incomplete answer; not among them. */
export const standings = ['exact', 'within', 'unsure', 'missed', 'wrong'] as const;
export type Standing = (typeof standings)[number];

export const directory = resolve('test/order/recorded');
export const recorded = JSON.parse(readFileSync(`${directory}/outputs.json`, 'utf8')) as Readonly<Record<string, Recorded>>;
const budget = { steps: 2_000_000, depth: 2_000, heap: 5_000_000, choices: 60, runs: 200 };
const timeLimitMs = 4_000;

/** Recorded outputs that need a machine under heavier load than the model assumes (a turn that lost its processor for 10 ms). */
const outliers: ReadonlySet<string> = new Set(['t17-many-ms.js 18']);

/** Started in a way that `explain` has no option for. */
export const started = ({ mode, flags, env }: Recorded): boolean => flags === undefined && env === undefined && mode !== 'evalmodule' && mode !== 'print';

export interface Answer {
  readonly standing: Standing;
  readonly outcomes: readonly Run[];
  readonly reasons: readonly string[];
  readonly missed: readonly string[];
}

/** Explores the program on that Node and compares. */
export function answer(runProgram: RunProgram, name: string, program: Recorded, node: NodeMajor): Answer {
  const source = createDiskProgram(`${directory}/programs/${name}`);
  const options = { node, module: source.moduleType(source.entry, node), entryPoint: { kind: 'file' as const }, budget };
  const outcomes = new Map<string, Run>();
  const reasons = new Set<string>();
  const missing = exploreRuns(runProgram, source, options, ({ run }) => {
    for (const reason of run.incompleteBecause) reasons.add(reason);
    const text = run.output.filter(line => line.stream === 'stdout').map(line => line.text).join('\n');
    if (!outcomes.has(text)) outcomes.set(text, run);
  }, { now: () => performance.now(), until: performance.now() + timeLimitMs });
  for (const reason of missing) reasons.add(reason);
  const missed = program.versions[node]!.map(index => program.outputs[index]!).filter(text => ![...outcomes.values()].some(run => shows(run, text)));
  const complete = reasons.size === 0;
  const result = missed.length > 0 ? (complete && !outliers.has(`${name} ${node}`) ? 'wrong' : 'missed') : !complete ? 'unsure' : outcomes.size === 1 ? 'exact' : 'within';
  return { standing: result, outcomes: [...outcomes.values()], reasons: [...reasons], missed };
}

/** Whether the run is the recorded output; a text that holds an unknown may be any. */
function shows(run: Run, recordedText: string): boolean {
  const lines = recordedText === '' ? [] : recordedText.split('\n');
  const exit = lines.find(line => line.startsWith('[exit '));
  const expected = lines.filter(line => !/^\[(?:exit|stderr) ?/.test(line));
  const ours = run.output.filter(line => line.stream === 'stdout');
  if (exit !== undefined && exit !== `[exit ${run.exitCode}]`) return false;
  return ours.length === expected.length && ours.every((line, index) => !line.exact || line.text === expected[index]);
}
