// What README.md and docs/cli.md show is what the program prints and takes.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { explainOptions } from '../../server/cli/commands/explain.ts';
import { lintOptions } from '../../server/cli/lint-options.ts';
import { formatNames } from '../../server/cli/reporters.ts';
import { rules } from '../../server/core/hazards/registry.ts';
import { looplens } from '../cli/built-cli.ts';

const pages = ['README.md', 'README.zh-cn.md', 'docs/cli.md', 'docs/ci.md', 'extensions/README.md', 'packages/eslint-plugin-looplens/README.md', 'CONTRIBUTING.md'];
const text = (path: string): string => readFileSync(path, 'utf8');

test('the output in the README is that of the example application', async () => {
  const near = (await looplens(['lint', '-f', 'stylish'], { cwd: 'examples/shop' })).stdout.split('\n').map(line => line.trimEnd());
  const far = (await looplens(['lint', 'examples/shop', '-f', 'stylish'], { cwd: '.' })).stdout.split('\n').map(line => line.trimEnd());
  const chinese = (await looplens(['lint', '-f', 'stylish', '--locale', 'zh-cn'], { cwd: 'examples/shop' })).stdout.split('\n').map(line => line.trimEnd());
  let shown = 0;
  for (const [page, outputs] of [['README.md', [near, far]], ['README.zh-cn.md', [chinese]]] as const) {
    for (const [, block] of text(page).matchAll(/^```text\n([^]*?)^```$/gm)) {
      for (const line of block!.split('\n').map(item => item.trimEnd()).filter(item => item !== '' && !item.startsWith('$'))) {
        const withoutTime = (item: string): string => item.replace(/[\d.]+ (?:s|秒)[)）]$/, '');
        assert.ok(outputs.some(output => output.some(item => withoutTime(item) === withoutTime(line))), `${page}: ${line}`);
        shown++;
      }
    }
  }
  assert.ok(shown > 30);
});

test('every relative link and picture leads somewhere', () => {
  const dead = pages.flatMap(page => [...text(page).matchAll(/\]\(([^)\s:#][^)\s:]*?)(?:#[^)]*)?\)/g)].map(([, target]) => target!).filter(target => !existsSync(join(dirname(page), target))).map(target => `${page}: ${target}`));
  assert.deepEqual(dead, []);
});

test('flags and formats that the pages name are there', () => {
  const known = new Set([...Object.keys(lintOptions), ...Object.keys(explainOptions), 'locale', 'version', 'stdio', 'help']);
  for (const page of pages) {
    const lines = text(page).split('\n').filter(line => /looplens (?:lint|explain|merge)/.test(line));
    const flags = lines.flatMap(line => [...line.replace(/\|\s*reviewdog.*$/, '').matchAll(/ --([a-z][\w-]*)/g)].map(([, flag]) => flag!)).filter(flag => flag !== 'no-install' && flag !== 'yes');
    assert.deepEqual(flags.filter(flag => !known.has(flag) && !known.has(flag.replace(/^no-/, ''))), [], page);
    for (const [, format] of lines.join('\n').matchAll(/(?:--format|-f) ([a-z]+)/g)) assert.ok(formatNames.includes(format!) || ['text', 'html', 'json', 'mermaid'].includes(format!), `${page}: ${format}`);
  }
});

test('the number of rules is that of the registry', () => {
  for (const page of ['README.md', 'README.zh-cn.md']) assert.ok(text(page).includes(`${rules.length} `) || text(page).includes(`${rules.length}`), page);
});
