// Records what real Nodes print:
//   npm run oracle [-- --node 18,20,22,24,26 --only word --add]      test/order/programs → recorded.json beside them
//   npm run oracle -- --semantics [--only d2]                        test/order/recorded/programs: what is new is added to outputs.json
// A race shows only when it is provoked, so each program runs plainly and under legal disturbances: a loop that starts
// 12 ms late, timers that come 25 ms late, a thread pool of one that is busy, and another process on the other core.
// With --add, outputs that were seen before stay; without --only, programs that are gone are dropped.
// Lines `// @min: 22`, `@flags`, `@env`, `@mode: eval|evalmodule|print|stdin` at the head of a program say how to run it.
import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Recording, RecordedProgram } from '../../test/order/recording.ts';
import { installNode } from '../lib/install-node.mjs';

const { values } = parseArgs({
  options: {
    semantics: { type: 'boolean', default: false }, node: { type: 'string', default: '18,20,22,24,26' }, only: { type: 'string', default: '' }, add: { type: 'boolean', default: false }, plain: { type: 'string', default: '3' },
  },
});
const root = resolve(values.semantics ? 'test/order/recorded/programs' : 'test/order/programs');
const out = resolve(values.semantics ? 'test/order/recorded/outputs.json' : 'test/order/programs/recorded.json');
const preload = (name: string): string[] => ['--require', resolve('scripts/oracle', name)];

interface Disturbance {
  readonly times: number;
  readonly flags: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly late?: boolean;
  readonly load?: boolean;
  /** Not legal where the program itself waits on the clock: a timer that is due then cannot come late. */
  readonly timers?: boolean;
}
const disturbances: readonly Disturbance[] = [
  { times: Number(values.plain), flags: [] },
  { times: 2, flags: preload('late.cjs'), late: true },
  { times: 1, flags: preload('slow-timers.cjs'), timers: true },
  { times: 1, flags: preload('busy-pool.cjs'), env: { UV_THREADPOOL_SIZE: '1' } },
  { times: 1, flags: [], load: true },
];

const majors = values.node.split(',');
const nodes = new Map(await Promise.all(majors.map(async major => [major, await installNode(major)] as const)));
const programs = (await entries(root)).filter(file => file.includes(values.only));
const staging = await mkdtemp(join(tmpdir(), 'looplens-oracle-'));
try {
  // Away from this package's package.json, whose "type" would count.
  const plainRoot = join(staging, 'plain', basename(root));
  const lateRoot = join(staging, 'late', basename(root));
  for (const copy of [plainRoot, lateRoot]) await cp(root, copy, { recursive: true });
  for (const file of programs) await writeFile(join(lateRoot, file), `${await readFile(join(root, file), 'utf8')}\nglobalThis.__late?.();\n`);
  const recorded = new Map<string, RecordedProgram[number][]>();
  const jobs = programs.flatMap(file => majors.map(major => ({ file, major })));
  const work = async (): Promise<void> => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await record(job.file, job.major, recorded, plainRoot, lateRoot);
  };
  await Promise.all([work(), work()]);
  if (values.semantics) await addToOutputs(recorded);
  else await writeRecording(recorded);
} finally {
  await rm(staging, { recursive: true, force: true });
}

async function writeRecording(recorded: ReadonlyMap<string, RecordedProgram>): Promise<void> {
  const before = JSON.parse(await readFile(out, 'utf8').catch(() => '{ "nodes": {}, "programs": {} }')) as Recording;
  const versions = Object.fromEntries(await Promise.all([...nodes].map(async ([major, node]) => [major, (await output(node, ['--version'], root)).text.trim().slice(1)] as const)));
  const all: Record<string, RecordedProgram> = values.only ? { ...before.programs } : {};
  for (const file of programs) all[file] = merge(values.add ? (before.programs[file] ?? []) : [], recorded.get(file) ?? []);
  await writeFile(out, stringify({ nodes: { ...before.nodes, ...versions }, programs: Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1))) }));
  console.log(`${programs.length} programs on Node ${Object.values(versions).join(', ')} → ${out}`);
}

/** Outputs of the semantics programs are texts; `versions` holds indices into them. Nothing that was seen before is dropped. */
async function addToOutputs(recorded: ReadonlyMap<string, RecordedProgram>): Promise<void> {
  interface Outputs {
    readonly outputs: string[];
    readonly versions: Record<string, number[]>;
  }
  const all = JSON.parse(await readFile(out, 'utf8')) as Record<string, Outputs>;
  let added = 0;
  for (const [file, runs] of recorded) {
    const known = all[file];
    if (!known) continue;
    for (const { node: [major = ''], lines, exitCode } of runs) {
      const text = [...lines, ...(exitCode === 0 ? [] : [`[exit ${exitCode}]`])].join('\n');
      const index = known.outputs.includes(text) ? known.outputs.indexOf(text) : known.outputs.push(text) - 1;
      const seen = (known.versions[major] ??= []);
      if (seen.includes(index)) continue;
      seen.push(index);
      added++;
      console.log(`${file} on ${major}: ${text.replaceAll('\n', ' | ')}`);
    }
  }
  await writeFile(out, `{\n${Object.entries(all).map(([file, program]) => `  ${JSON.stringify(file)}: ${JSON.stringify(program)}`).join(',\n')}\n}\n`);
  console.log(`${recorded.size} programs, ${added} new outputs → ${out}`);
}

/** Programs of the directory, and `main.*` of each directory in it. */
async function entries(directory: string): Promise<string[]> {
  const files = (await readdir(directory, { recursive: true })).filter(file => /\.[cm]?[jt]s$/.test(file));
  return files.filter(file => !file.includes('/') || /^[^/]+\/main\.[cm]?[jt]s$/.test(file)).sort();
}

async function record(file: string, major: string, recorded: Map<string, RecordedProgram[number][]>, plainRoot: string, lateRoot: string): Promise<void> {
  const header = new Map([...(await readFile(join(root, file), 'utf8')).matchAll(/^\/\/ @(\w+):? ?(.*)$/gm)].map(([, key, value]) => [key!, value!.trim()]));
  if (header.has('stderr') || header.has('onlystderr')) return;
  const typescript = /\.[cm]?ts$/.test(file);
  if (Number(major) < Number(header.get('min') ?? (typescript ? 22 : 0)) || Number(major) > Number(header.get('max') ?? 99)) return;
  const env = Object.fromEntries((header.get('env') ?? '').split(' ').filter(Boolean).map(item => item.split('=') as [string, string]));
  const waitsOnClock = /\b(?:now|hrtime|\w+Sync|wait)\b/.test(await readFile(join(root, file), 'utf8'));
  for (const disturbance of disturbances) {
    if (disturbance.timers && waitsOnClock) continue;
    for (let time = 0; time < disturbance.times; time++) {
      const from = join(disturbance.late ? lateRoot : plainRoot, file);
      const source = await readFile(from, 'utf8');
      const mode = header.get('mode');
      const how = mode === 'eval' ? ['-e', source] : mode === 'print' ? ['-p', source] : mode === 'evalmodule' ? ['--input-type=module', '-e', source] : mode === 'stdin' ? ['-'] : [from];
      const flags = [...disturbance.flags, ...(header.get('flags') ?? '').split(' ').filter(Boolean)];
      const load = disturbance.load ? spawn(process.execPath, ['-e', 'for(;;);'], { stdio: 'ignore' }) : null;
      const { text, exitCode } = await output(nodes.get(major)!, [...flags, ...how], dirname(from), { ...env, ...disturbance.env }, mode === 'stdin' ? source : undefined);
      load?.kill();
      recorded.set(file, [...(recorded.get(file) ?? []), { node: [major], lines: text === '' ? [] : text.replace(/\n$/, '').split('\n'), exitCode }]);
    }
  }
}

function output(node: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}, input?: string): Promise<{ text: string; exitCode: number | null }> {
  return new Promise((resolvePromise, reject) => {
    const child: ChildProcess = spawn(node, args, { cwd, env: { ...process.env, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1', ...env }, stdio: ['pipe', 'pipe', 'ignore'], timeout: 30_000 });
    let text = '';
    child.stdout!.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    child.stdin!.end(input);
    child.on('error', reject);
    child.on('close', exitCode => resolvePromise({ text: text.replaceAll(cwd, '<directory>'), exitCode }));
  });
}

/** Equal outputs of several versions become one entry, in the order in which they were first seen. */
function merge(before: RecordedProgram, added: RecordedProgram): RecordedProgram {
  const merged = new Map<string, Set<string>>();
  for (const { node, lines, exitCode } of [...before, ...added]) {
    const key = JSON.stringify([lines, exitCode]);
    merged.set(key, new Set([...(merged.get(key) ?? []), ...node]));
  }
  return [...merged].map(([key, node]) => {
    const [lines, exitCode] = JSON.parse(key) as [string[], number | null];
    return { node: [...node].sort(), lines, exitCode };
  });
}

/** One line per output, so that changes are readable. */
function stringify({ nodes: versions, programs: all }: Recording): string {
  const body = Object.entries(all).map(([file, outputs]) => `    ${JSON.stringify(file)}: [\n${outputs.map(item => `      ${JSON.stringify(item)}`).join(',\n')}\n    ]`);
  return `{\n  "nodes": ${JSON.stringify(versions)},\n  "programs": {\n${body.join(',\n')}\n  }\n}\n`;
}
