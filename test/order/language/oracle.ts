import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import '../../../server/core/syntax/load-reference-parser.ts';
import { runProgram } from '../../../server/core/order/machine.ts';
import type { Budget, NodeMajor, ProgramSource, Run } from '../../../server/core/order/run.ts';

export const languageBudget: Budget = { steps: 500_000, depth: 120, heap: 2_000_000, choices: 60, runs: 1 };

const host = Number(process.versions.node.split('.')[0]);
/** The modelled version that is nearest to the Node that runs the tests. */
const major: NodeMajor = host >= 26 ? 26 : host >= 24 ? 24 : host >= 22 ? 22 : host >= 20 ? 20 : 18;

/** Runs files in memory; the first is the entry. */
export function runFiles(files: Readonly<Record<string, string>>, node: NodeMajor = major, budget: Budget = languageBudget): Run {
  const [entry = ''] = Object.keys(files);
  const program: ProgramSource = {
    entry: `/program/${entry}`,
    read: file => files[file.slice('/program/'.length)] ?? null,
    resolve(specifier, from) {
      if (!specifier.startsWith('.')) return null;
      const path = new URL(specifier, `file://${from}`).pathname;
      return path.slice('/program/'.length) in files ? path : null;
    },
    moduleType: file => (/\.m[jt]s$/.test(file) ? 'module' : 'commonjs'),
  };
  return runProgram(program, { node, module: program.moduleType(program.entry, node), entryPoint: { kind: 'file' }, budget }, () => 0);
}

export function stdout(run: Run): string[] {
  return run.output.filter(line => line.stream === 'stdout').map(line => line.text);
}

/** Checks programs against the real Node, all in one process: each prints its own lines, one program after the other. */
export function matchesNode(name: string, programs: readonly string[]): void {
  test(name, () => {
    const directory = mkdtempSync(join(tmpdir(), 'looplens-language-'));
    try {
      programs.forEach((text, index) => writeFileSync(join(directory, `${index}.js`), text));
      writeFileSync(join(directory, 'main.js'), `(async () => { for (let i = 0; i < ${programs.length}; i++) { console.log('=== ' + i); require('./' + i + '.js'); await new Promise(done => setTimeout(done, 30)); } })();`);
      const real = execFileSync(process.execPath, [join(directory, 'main.js')], { encoding: 'utf8' }).split(/^=== \d+\n/m).slice(1);
      programs.forEach((text, index) => {
        const run = runFiles({ 'main.js': text });
        assert.deepEqual(run.incompleteBecause, [], text);
        assert.equal(stdout(run).map(line => `${line}\n`).join(''), real[index], text);
      });
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
}
