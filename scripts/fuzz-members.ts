// Random reads of members of built-in objects on a real Node and on the machine:
//   node scripts/run.mjs scripts/fuzz-members.ts [--node 24] [--count 300] [--seed 1]
// Each program asks for the type, the presence and the value of forty names, half of them from another object than the one that is asked.
// Exit code 1 when a line that the machine calls exact is another on Node.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import '../server/core/syntax/load-reference-parser.ts';
import { objectMembers } from '../server/core/order/builtin-members/generated/members.ts';
import { membersOf } from '../server/core/order/builtin-members/member-table.ts';
import { runProgram } from '../server/core/order/machine.ts';
import type { NodeMajor } from '../server/core/order/run.ts';
import { memberExpression, memberPrelude } from './lib/member-expression.ts';
import { installNode } from './lib/install-node.mjs';

const { values } = parseArgs({ options: { node: { type: 'string', default: '24' }, count: { type: 'string', default: '300' }, seed: { type: 'string', default: '1' } } });
const major = Number(values.node) as NodeMajor;
const node = await installNode(major);
let state = Number(values.seed) >>> 0;
const random = (below: number): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const pick = <T>(list: readonly T[]): T => list[random(list.length)]!;

// What belongs to the process, or changes it when it is only looked at.
const paths = Object.keys(objectMembers).filter(path => membersOf(path, major) !== undefined && memberExpression(path) !== null && !/localStorage|sessionStorage|globalAgent|^process|^node:(?:process|repl|sqlite|inspector|trace_events|wasi|test)|^global$/.test(path));
const directory = mkdtempSync(join(tmpdir(), 'looplens-members-'));
let lines = 0;
let exact = 0;
let wrong = 0;
try {
  for (let program = 0; program < Number(values.count); program++) {
    const asked = Array.from({ length: 40 }, () => {
      const path = pick(paths);
      const names = membersOf(random(2) === 0 ? path : pick(paths), major)!.filter(member => !member.name.startsWith('@'));
      return [memberExpression(path)!, names.length === 0 ? 'nothing' : pick(names).name] as const;
    });
    const text = `${memberPrelude}\nconst show = value => (typeof value === 'function' ? value.name : value === null || typeof value !== 'object' ? String(value) : 'object');\n${asked.map(([object, name]) => `try { const o = ${object}, k = ${JSON.stringify(name)}; console.log(k, k in o, Object.hasOwn(o, k), Object.keys(o).includes(k)); console.log(k, typeof o[k], show(o[k])); } catch (error) { console.log(error.name); }`).join('\n')}\nprocess.exit();\n`;
    const file = join(directory, 'main.cjs');
    writeFileSync(file, text);
    const real = spawnSync(node, ['--no-deprecation', '--no-warnings', file], { encoding: 'utf8' }).stdout.split('\n').slice(0, -1);
    const run = runProgram({ entry: file, read: name => (name === file ? text : null), resolve: () => null, moduleType: () => 'commonjs' }, { node: major, module: 'commonjs', entryPoint: { kind: 'file' }, budget: { steps: 2_000_000, depth: 2_000, heap: 10_000_000, choices: 200, runs: 1 } }, () => 0);
    const ours = run.output.filter(line => line.stream === 'stdout');
    // Behind a line that is open another number of lines may follow.
    for (const [index, line] of ours.entries()) {
      lines++;
      if (!line.exact || run.incompleteBecause.length > 0 && ours.length !== real.length) continue;
      exact++;
      if (line.text === real[index]) continue;
      wrong++;
      if (wrong <= 40) console.log(`Node ${major}: ours "${line.text}", real "${real[index]}" (${asked.map(([object, name]) => `${object}.${name}`).find(one => one.endsWith(`.${line.text.split(' ')[0]}`)) ?? ''})`);
    }
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
console.log(`Node ${major}, ${values.count} programs: ${lines} lines, ${exact} exact, ${wrong} wrong`);
process.exitCode = wrong > 0 ? 1 : 0;
