import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { createFolder } from '../lsp/client.ts';
import { buildExtension, program } from './built-extension.ts';

// On a machine with a desktop VS Code: LOOPLENS_VSCODE=/path/to/code. Otherwise VS Code's server in a browser.

test('the extension in an extension host', { timeout: 300_000 }, async () => {
  const extension = buildExtension();
  const folder = createFolder(program);
  try {
    const [suite, launcher] = [join(extension.scratch, 'suite.cjs'), join(extension.scratch, 'launcher.mjs')];
    await build({ bundle: true, platform: 'node', format: 'cjs', entryPoints: ['test/vscode/suite.ts'], outfile: suite, external: ['vscode'] });
    await build({ bundle: true, platform: 'node', format: 'esm', entryPoints: ['test/vscode/launcher.ts'], outfile: launcher, packages: 'external', banner: { js: '#!/usr/bin/env node' } });
    chmodSync(launcher, 0o755);
    const exitCode = await runTests({ vscodeExecutablePath: process.env.LOOPLENS_VSCODE ?? launcher, extensionDevelopmentPath: extension.folder, extensionTestsPath: suite, launchArgs: [folder.path] });
    assert.equal(exitCode, 0);
  } finally {
    folder.remove();
    extension.remove();
  }
});
