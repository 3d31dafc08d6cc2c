// Random programs on a real Node and on the machine:
//   node scripts/run.mjs scripts/fuzz-order.ts --node 20 --count 20000 --seed 1 [--late 0.5] [--chunk 60] [--lanes 4] [--report file] [--shrink 5]
//   … --real runs.jsonl                 keeps what the real Node did in a file, and runs it only for programs that are not there
//   … --validate --count 300            the batch harness against single processes
// Each program runs as CommonJS and as ES module. Exit code 1 when an answer is wrong.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import '../server/core/syntax/load-reference-parser.ts';
import { slack } from '../server/core/order/event-loop/virtual-clock.ts';
import { runProgram } from '../server/core/order/machine.ts';
import type { NodeMajor } from '../server/core/order/run.ts';
import { differentialBudget, judge, predict, type Prediction, type Verdict } from '../test/order/differential.ts';
import { generateProgram, shrinkProgram, writeProgram, type ModuleKind, type ProgramTree } from '../test/order/generator.ts';
import { needsOwnProcess, runOnNode, type ProgramFiles, type RealRun } from '../test/order/real-node.ts';
import { installNode } from './lib/install-node.mjs';

const { values } = parseArgs({
  options: {
    node: { type: 'string', default: '20' }, count: { type: 'string', default: '300' }, seed: { type: 'string', default: '1' }, late: { type: 'string', default: '1' },
    chunk: { type: 'string', default: '60' }, lanes: { type: 'string', default: '4' }, report: { type: 'string' }, real: { type: 'string' }, shrink: { type: 'string', default: '5' }, size: { type: 'string', default: '14' }, validate: { type: 'boolean', default: false },
  },
});
const major = Number(values.node) as NodeMajor;
const [count, firstSeed, chunkSize, lanes, size, shrinks] = [values.count, values.seed, values.chunk, values.lanes, values.size, values.shrink].map(Number) as [number, number, number, number, number, number];
const node = await installNode(major);

interface Case {
  readonly seed: number;
  readonly module: ModuleKind;
  readonly tree: ProgramTree;
  readonly files: ProgramFiles;
}

const kinds: readonly ModuleKind[] = ['commonjs', 'module'];
const cases = (from: number, to: number): Case[] =>
  Array.from({ length: to - from }, (_, index) => from + index).flatMap(seed => {
    const tree = generateProgram(seed, size);
    return kinds.map(module => ({ seed, module, tree, files: writeProgram(tree, module) }));
  });

const keyOf = (item: Case): string => createHash('sha256').update(JSON.stringify([major, ...item.files])).digest('base64url').slice(0, 16);
const recorded = new Map<string, (RealRun | null)[]>(
  values.real && existsSync(values.real) ? readFileSync(values.real, 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line) as [string, (RealRun | null)[]]) : [],
);

/** What the program does on the real Node: once plainly and, for a share of the chunks, once with a late start of the loop. */
async function realRuns(list: readonly Case[], late: boolean): Promise<(RealRun | null)[][]> {
  const known = list.map(item => recorded.get(keyOf(item)));
  const open = list.filter((_, index) => !known[index]);
  const fresh = open.length > 0 ? await runAll(open, late) : [];
  if (values.real) open.forEach((item, index) => appendFileSync(values.real!, `${JSON.stringify([keyOf(item), fresh[index]])}\n`));
  return known.map(runs => runs ?? fresh.shift()!);
}

/** Programs mostly wait for their timers: several processes at once. */
async function runAll(list: readonly Case[], late: boolean): Promise<(RealRun | null)[][]> {
  const all: (RealRun | null)[][] = list.map(() => []);
  await Promise.all(Array.from({ length: lanes }, async (_, lane) => {
    const mine = list.flatMap((item, index) => (index % lanes === lane ? [{ item, index }] : []));
    for (const delayed of late ? [false, true] : [false]) {
      const runs = await runOnNode(mine.map(({ item }) => item.files), { node, late: delayed });
      mine.forEach(({ index }, at) => all[index]!.push(runs[at]!));
    }
  }));
  return all;
}

const severity: readonly Verdict[] = ['exact', 'within', 'unsure', 'phase', 'missed', 'wrong'];
const worst = (prediction: Prediction, runs: readonly (RealRun | null)[]): Verdict | 'hung' => {
  const verdicts = runs.filter(run => run !== null).map(run => judge(prediction, run));
  return verdicts.length === 0 ? 'hung' : verdicts.reduce((a, b) => (severity.indexOf(b) > severity.indexOf(a) ? b : a));
};

/** Whether the machine agrees with the runs as soon as the processor may be away for 400 ms anywhere. */
function stalled(item: Case, runs: readonly (RealRun | null)[]): boolean {
  const usual = { ...slack };
  const changeable: Record<string, number> = slack;
  try {
    for (const name of Object.keys(usual)) changeable[name] = 400;
    return ['exact', 'within'].includes(worst(predict(runProgram, item.files, major, { ...differentialBudget, runs: 4000 }), runs));
  } finally {
    Object.assign(slack, usual);
  }
}

if (values.validate) await validate();
else await fuzz();

async function fuzz(): Promise<void> {
  const tally = new Map<string, number>();
  const reasons = new Map<string, number>();
  const bad: { item: Case; verdict: Verdict }[] = [];
  const started = Date.now();
  let machineMs = 0;
  let machineRuns = 0;
  let pending = next(firstSeed);
  for (let seed = firstSeed; seed < firstSeed + count; seed += chunkSize) {
    const { list, runs } = await pending;
    pending = next(seed + chunkSize);
    const before = Date.now();
    for (const [index, item] of list.entries()) {
      let prediction: Prediction;
      try {
        prediction = predict(runProgram, item.files, major);
      } catch (error) {
        prediction = { complete: true, incompleteBecause: [], outcomes: [], runs: 0 };
        console.log(`seed ${item.seed} ${item.module}: the machine threw ${(error as Error).stack?.split('\n').slice(0, 3).join(' ')}`);
      }
      machineRuns += prediction.runs;
      let verdict: Verdict | 'hung' | 'stalled' = worst(prediction, runs[index]!);
      if (verdict === 'wrong' && runs[index]!.some(run => run?.lines.some(([text]) => text.startsWith('uncaughtException')))) {
        // Together with others a main script runs in a callback of the loop, whose scope does not drain after an exception; a process's own does.
        const alone = await Promise.all([false, true].map(delayed => runOnNode(Array.from({ length: 5 }, () => item.files), { node, late: delayed }, () => true)));
        verdict = worst(prediction, alone.flat());
        console.log(`seed ${item.seed} ${item.module}: ${verdict} in a process of its own`);
      }
      if (verdict === 'wrong' && stalled(item, runs[index]!)) verdict = 'stalled';
      if (verdict === 'stalled') console.log(`seed ${item.seed} ${item.module}: only a processor that was away for long explains what the real Node did`);
      tally.set(verdict, (tally.get(verdict) ?? 0) + 1);
      for (const reason of new Set(prediction.incompleteBecause.map(text => text.replace(/\(\/\S+\)|\d+/g, '…')))) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      if (verdict === 'wrong' || verdict === 'phase') {
        bad.push({ item, verdict });
        if (bad.length <= shrinks) report(item, verdict, await shrink(item, verdict));
        else report(item, verdict, null);
      }
    }
    machineMs += Date.now() - before;
    if (process.stdout.isTTY || ((seed - firstSeed) / chunkSize) % 10 === 0) console.log(`${Math.min(count, seed + chunkSize - firstSeed)} seeds: ${summary(tally)}`);
  }
  await pending;
  const programs = [...tally.values()].reduce((a, b) => a + b, 0);
  console.log(`\nNode ${major}, seeds ${firstSeed}–${firstSeed + count - 1}, ${programs} programs in ${Math.round((Date.now() - started) / 1000)} s; machine ${(machineMs / programs).toFixed(1)} ms and ${(machineRuns / programs).toFixed(1)} runs each\n${summary(tally)}`);
  for (const [reason, times] of [...reasons].sort((a, b) => b[1] - a[1]).slice(0, 25)) console.log(`  ${times} × ${reason}`);
  for (const { item, verdict } of bad.slice(0, 40)) console.log(`  ${verdict}: seed ${item.seed} ${item.module}`);
  process.exitCode = bad.length > 0 ? 1 : 0;

  async function next(from: number): Promise<{ list: Case[]; runs: (RealRun | null)[][] }> {
    const list = cases(from, Math.min(from + chunkSize, firstSeed + count));
    const late = Math.floor((from - firstSeed) / chunkSize) % Math.max(1, Math.round(1 / Number(values.late))) === 0;
    return { list, runs: list.length > 0 ? await realRuns(list, late && Number(values.late) > 0) : [] };
  }
}

function summary(tally: ReadonlyMap<string, number>): string {
  const total = [...tally.values()].reduce((a, b) => a + b, 0);
  return [...tally].sort((a, b) => b[1] - a[1]).map(([verdict, times]) => `${verdict} ${times} (${((100 * times) / total).toFixed(1)} %)`).join(', ');
}

/** The smallest program found that fails in the same way. */
async function shrink(item: Case, verdict: Verdict): Promise<Case> {
  let current = item;
  for (let round = 0; round < 200; round++) {
    const candidates = [...shrinkProgram(current.tree)].map(tree => ({ ...current, tree, files: writeProgram(tree, current.module) }));
    let smaller: Case | null = null;
    for (let from = 0; from < candidates.length && !smaller; from += 24) {
      const list = candidates.slice(from, from + 24);
      const runs = await realRuns(list, Number(values.late) > 0);
      smaller = list.find((candidate, index) => runs[index]!.every(run => run !== null && run.exitCode === 0 && run.lines.length > 0) && worst(predict(runProgram, candidate.files, major), runs[index]!) === verdict) ?? null;
    }
    if (!smaller) break;
    current = smaller;
  }
  return current;
}

function report(item: Case, verdict: Verdict, shrunk: Case | null): void {
  const lines = [`\n## ${verdict}: node ${major}, seed ${item.seed}, ${item.module}`];
  if (shrunk) {
    for (const [name, text] of shrunk.files) lines.push('```js', `// ${name}`, text.trimEnd(), '```');
    const prediction = predict(runProgram, shrunk.files, major);
    for (const outcome of prediction.outcomes.slice(0, 6)) lines.push(`ours: ${outcome.lines.join(' ')} (exit ${outcome.exitCode}) [${outcome.phases[0]?.join(' ')}]`);
    void realRuns([shrunk], true).then(runs => {
      for (const run of runs[0]!) lines.push(`real: ${run?.lines.map(([text]) => text).join(' ')} (exit ${run?.exitCode}) [${run?.lines.map(([, phase]) => phase).join(' ')}]`);
      write();
    });
  } else write();
  function write(): void {
    console.log(lines.join('\n'));
    if (values.report) appendFileSync(values.report, `${lines.join('\n')}\n`);
  }
}

/** Runs each program in a batch and in a process of its own until both have shown the same output, at most 12 times. */
async function validate(): Promise<void> {
  let same = 0;
  const text = (run: RealRun | null): string => JSON.stringify(run && { exitCode: run.exitCode, lines: run.lines.map(([line]) => line) });
  const list = cases(firstSeed, firstSeed + count).filter(item => !needsOwnProcess(item.files));
  let open = list;
  const seen = new Map(list.map(item => [item, { batch: new Set<string>(), alone: new Set<string>() }]));
  for (let round = 0; round < 12 && open.length > 0; round++) {
    const files = open.map(item => item.files);
    const late = round % 3 === 2;
    const batch = await runOnNode(files, { node, late });
    const alone = await runOnNode(files, { node, late }, () => true);
    open.forEach((item, index) => {
      seen.get(item)!.batch.add(text(batch[index]!));
      seen.get(item)!.alone.add(text(alone[index]!));
    });
    open = open.filter(item => {
      const { batch: together, alone: single } = seen.get(item)!;
      const agree = [...together].every(output => single.has(output)) || [...single].every(output => together.has(output));
      if (agree) same++;
      return !agree;
    });
    console.log(`round ${round + 1}: ${same} of ${list.length} agree`);
  }
  for (const item of open.slice(0, 20)) console.log(`seed ${item.seed} ${item.module}\n  batch ${[...seen.get(item)!.batch].join('\n        ')}\n  alone ${[...seen.get(item)!.alone].join('\n        ')}`);
  process.exitCode = open.length > 0 ? 1 : 0;
}
