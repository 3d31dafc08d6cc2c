import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import type { Coverage } from '../../server/core/report/lint-report.ts';
import { blocking, lintJson, looplens, project } from './built-cli.ts';

test('what is left out for its place, generated, or in part understood is counted in the summary and in JSON', async () => {
  const cwd = project({
    'src/a.js': blocking,
    'dist/own.js': blocking,
    'dist/bundle.js': `var __webpack_require__ = {};\n${blocking}`,
    'flow.js': '// @flow\nclass A { static f: (a, any[]) => void; }\nexport type B = {| a: ?string |};\n',
    'test/a.test.js': 'test();\n',
  });
  execFileSync('sh', ['-c', 'git init -q && git add -A && mkdir -p out node_modules/x && echo x > out/b.js && echo x > node_modules/x/index.js'], { cwd });
  const { report, code } = await lintJson(cwd);
  assert.equal(code, 1);
  assert.deepEqual(report.findings.map(({ file }) => file), ['dist/own.js', 'src/a.js']);
  assert.deepEqual(report.errors, []);
  const { unlinked, ...coverage } = report['coverage' as never] as Coverage;
  assert.deepEqual(coverage, { leftOut: ['node_modules', 'out'], generated: ['dist/bundle.js'], partly: ['flow.js'], crowded: 0, entries: { request: 2 }, silent: [] });
  assert.ok(unlinked >= 1);
  assert.match((await looplens(['lint'], { cwd })).stdout, /2 folders left out for their names: node_modules, out, 1 generated file left out, 1 analysed in part/);
  assert.match((await looplens(['lint', '--locale', 'zh-cn'], { cwd })).stdout, /按名称略过 2 个目录：node_modules, out，略过 1 个生成的文件，1 个文件仅部分分析/);
});

test('nothing of that is said where everything is looked at', async () => {
  const cwd = project({ 'a.js': blocking, '.gitignore': 'node_modules\n', 'node_modules/x/index.js': blocking, '.git/HEAD': 'ref: x\n' });
  const { stdout } = await looplens(['lint'], { cwd });
  assert.match(stdout, /1 error \(1 file, \d+\.\d\d s\)/);
});

test('what is known to be called from outside is counted, and a library without a handler is named', async () => {
  const cwd = project({ 'a.js': blocking, 'b/package.json': '{ "name": "b" }', 'b/b.js': "import express from 'express';\nimport { build } from 'unknown';\nbuild(express);\n" });
  assert.match((await looplens(['lint'], { cwd })).stdout, /entries: 1 of clients\nnothing recognised of what calls handlers here: express\n/);
  assert.match((await looplens(['lint', '--locale', 'zh-cn'], { cwd })).stdout, /入口：客户端 1\n引入了会调用处理函数的库，但未识别出任何入口：express\n/);
});
