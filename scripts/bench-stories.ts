// What the stories of functions cost, in process: CPU and runs of the third time that each is told, and whether it was the same each time.
//   node scripts/run.mjs scripts/bench-stories.ts <file>:<line>…
import { resolve } from 'node:path';
import '../server/core/syntax/load-reference-parser.ts';
import { runProgram } from '../server/core/order/machine.ts';
import { defaultBudget } from '../server/host/explain-host.ts';
import { explainProgram } from '../server/host/explain-program.ts';

const times = 3;
const all: number[] = [];
for (const place of process.argv.slice(2)) {
  const [, file = '', line] = /^(.*):(\d+)$/.exec(place) ?? [];
  const request = { file: resolve(file), node: 24 as const, module: null, at: { line: Number(line), column: null }, entryPoint: null, budget: defaultBudget, timeoutMs: null };
  const answers = new Set<string>();
  let runs = 0;
  let milliseconds = 0;
  for (let time = 0; time < times; time++) {
    runs = 0;
    const start = process.cpuUsage();
    answers.add(JSON.stringify(explainProgram((...args) => (runs++, runProgram(...args)), request)));
    milliseconds = Math.round(process.cpuUsage(start).user / 1000);
  }
  all.push(milliseconds);
  console.log(`${place}  ${milliseconds} ms, ${runs} runs${answers.size === 1 ? '' : ', NOT the same each time'}`);
}
all.sort((a, b) => a - b);
console.log(`median ${all[all.length >> 1] ?? 0} ms, most ${all.at(-1) ?? 0} ms`);
