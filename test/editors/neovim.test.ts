import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { buildServer, createFolder } from '../lsp/client.ts';
import { program } from '../vscode/built-extension.ts';

test("neovim's own client", { timeout: 900_000 }, async context => {
  if (spawnSync('nvim', ['--version']).error) {
    context.diagnostic('nvim is not installed: apt-get install neovim');
    return;
  }
  const built = buildServer();
  const folder = createFolder(program);
  try {
    const { stdout } = await promisify(execFile)('nvim', ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-c', 'luafile test/editors/session.lua'], { env: { ...process.env, LL_NODE: process.execPath, LL_CLI: built.cli, LL_ROOT: folder.path } });
    const seen = JSON.parse(stdout.slice(stdout.indexOf('{'))) as { found: boolean; code: string; line: number; hover: string; actions: string[]; text: string; fixed: boolean; stopped: boolean };
    assert.deepEqual([seen.found, seen.code, seen.line], [true, 'blocking-fs', 3]);
    assert.match(seen.hover, /Blocks the event loop/);
    assert.ok(seen.actions.some(title => title.includes('for this line')));
    assert.match(seen.text, /await fs\.promises\.readFile\('report\.txt', 'utf8'\)/);
    assert.deepEqual([seen.fixed, seen.stopped], [true, true]);
  } finally {
    folder.remove();
    built.remove();
  }
});
