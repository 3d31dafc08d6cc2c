import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** A program on its way to a real Node: file names (the first is the entry) and texts. */
export type ProgramFiles = ReadonlyMap<string, string>;

/** What a real Node did: the lines of console.log with the phase of each, and how it ended. */
export interface RealRun {
  readonly lines: readonly (readonly [text: string, phase: string])[];
  readonly exitCode: number | null;
}

export interface RealRunOptions {
  /** Path of the binary. */
  readonly node: string;
  /** The main script takes 12 ms longer. */
  readonly late?: boolean;
}

/** Programs that hear of the end of the process, may see the loop end with a timer in it, or load modules that another has loaded. */
export const needsOwnProcess = (files: ProgramFiles): boolean => [...files.values()].some(text => /'(beforeExit|exit)'|\.unref\(|\bimport\(/.test(text));

const oracle = resolve('scripts/oracle');
const timeoutMs = 30_000;

/**
 * Runs programs one after the other in one process (see scripts/oracle/batch.cjs), or each in a process of its own.
 * @returns for each program what it did; null where it did not end
 */
export async function runOnNode(programs: readonly ProgramFiles[], options: RealRunOptions, apart: (program: ProgramFiles) => boolean = needsOwnProcess): Promise<(RealRun | null)[]> {
  const directory = await mkdtemp(join(tmpdir(), 'looplens-order-'));
  try {
    const entries = await Promise.all(programs.map((files, index) => writeFiles(join(directory, String(index)), files, options.late ?? false)));
    const results: (RealRun | null)[] = programs.map(() => null);
    const alone = programs.flatMap((files, index) => (apart(files) ? [index] : []));
    const together = programs.flatMap((files, index) => (apart(files) ? [] : [index]));
    while (together.length > 0) {
      const list = join(directory, 'list.json');
      const output = join(directory, 'results.jsonl');
      await writeFile(list, JSON.stringify(together.map(index => entries[index])));
      await run(options.node, ['--no-deprecation', join(oracle, 'batch.cjs'), list, output, ...(options.late ? ['--late'] : [])], directory);
      const lines = (await readFile(output, 'utf8').catch(() => '')).split('\n').filter(Boolean);
      for (const [at, line] of lines.entries()) {
        const result = JSON.parse(line) as RealRun | { readonly apart: true };
        if ('apart' in result) alone.push(together[at]!);
        else results[together[at]!] = result;
      }
      // A program that ended the process ended the batch; one that wrote nothing hung.
      together.splice(0, Math.max(1, lines.length));
    }
    for (const index of alone) results[index] = await runApart(entries[index]!, options);
    return results;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function runApart(entry: string, { node, late = false }: RealRunOptions): Promise<RealRun | null> {
  const phases = `${entry}.phases`;
  const { code, stdout } = await run(node, [...(late ? ['--require', join(oracle, 'late.cjs')] : []), '--require', join(oracle, 'phases.cjs'), entry], dirname(entry), { LOOPLENS_PHASES: phases });
  if (code === null) return null;
  const names = (await readFile(phases, 'utf8').catch(() => '')).split('\n');
  const texts = stdout.split('\n').slice(0, -1);
  return { lines: texts.map((text, index) => [text, names[index] ?? 'unknown'] as const), exitCode: code };
}

async function writeFiles(directory: string, files: ProgramFiles, late: boolean): Promise<string> {
  await mkdir(directory);
  const [entry = ''] = files.keys();
  for (const [name, text] of files) await writeFile(join(directory, name), late && name === entry ? `${text}globalThis.__late?.();\n` : text);
  return join(directory, entry);
}

function run(node: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): Promise<{ code: number | null; stdout: string }> {
  return new Promise((resolvePromise, reject) => {
    const child = spawn(node, args, { cwd, env: { ...process.env, ...env, NODE_OPTIONS: '' }, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.resume();
    child.on('error', reject);
    child.on('close', code => resolvePromise({ code, stdout }));
  });
}
