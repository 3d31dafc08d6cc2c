// docs/claims.md: each program prints what the page says, on a real Node or (for another version) on the order engine.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import '../../server/core/syntax/load-reference-parser.ts';
import { runProgram } from '../../server/core/order/machine.ts';
import type { NodeMajor } from '../../server/core/order/run.ts';
import { predict } from '../order/differential.ts';

const page = readFileSync('docs/claims.md', 'utf8');

function printed(program: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'looplens-claims-'));
  try {
    const file = join(directory, 'program.js');
    writeFileSync(file, program);
    const { NODE_CHANNEL_FD: _channel, NODE_UNIQUE_ID: _id, ...env } = process.env;
    return spawnSync(process.execPath, [file], { encoding: 'utf8', env, timeout: 60_000 }).stdout;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

for (const section of page.split(/^## /m).slice(1)) {
  const blocks = [...section.matchAll(/^```(js|text)(?: node=(\d+))?\n([\s\S]*?)^```$/gm)].map(([, language, node, text]) => ({ language, node, text: text! }));
  let program = '';
  for (const { language, node, text } of blocks) {
    if (language === 'js') {
      program = text;
      continue;
    }
    const source = program;
    test(`${section.split('\n')[0]}${node ? `, Node ${node}` : ''}`, () => {
      if (!node) return assert.equal(printed(source), text);
      const { complete, outcomes } = predict(runProgram, new Map([['program.js', source]]), Number(node) as NodeMajor);
      assert.deepEqual({ complete, outputs: outcomes.map(({ lines }) => `${lines.join('\n')}\n`) }, { complete: true, outputs: [text] });
    });
  }
}

test('the rule pages that it names are there', () => {
  const known = new Set(readdirSync('server/core/hazards/rules').map(name => `rules/${name}`));
  const named = [...page.matchAll(/\(\.\.\/server\/core\/hazards\/(rules\/[\w-]+\.md)\)/g)].map(match => match[1]!);
  assert.ok(named.length > 10);
  assert.deepEqual(named.filter(name => !known.has(name)), []);
});

test('the Chinese page has the same programs, outputs and rules', () => {
  const chinese = readFileSync('docs/claims.zh-cn.md', 'utf8');
  const code = (text: string): string[] => [...text.matchAll(/^```[^]*?^```$/gm)].map(([block]) => block);
  const links = (text: string): string[] => [...text.matchAll(/\/rules\/([\w-]+)(?:\.zh-cn)?\.md\)/g)].map(([, rule]) => rule!);
  assert.deepEqual(code(chinese), code(page));
  assert.deepEqual(links(chinese), links(page));
  assert.equal(chinese.match(/^## /gm)!.length, page.match(/^## /gm)!.length);
});
