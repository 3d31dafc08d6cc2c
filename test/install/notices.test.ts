import assert from 'node:assert/strict';
import { build, type Metafile } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { buildExtension } from '../vscode/built-extension.ts';
import { thirdPartyNotices } from '../../scripts/lib/third-party-notices.mjs';

const home = mkdtempSync(join(tmpdir(), 'looplens-notices-'));
after(() => rmSync(home, { recursive: true, force: true }));

const { browserOptions, nodeOptions } = (await import(new URL('esbuild.mjs', `file://${process.cwd()}/`).href)) as { nodeOptions: object; browserOptions: object };

/** Folder of the package that each file of a bundle comes from, by the inputs that esbuild names. */
async function packagesOf(options: object, entryPoints: readonly string[]): Promise<string[]> {
  const { metafile } = (await build({ ...options, entryPoints: [...entryPoints], bundle: true, write: false, outdir: 'out', sourcemap: false, metafile: true, logLevel: 'silent', external: ['vscode', 'oxc-parser'] })) as { metafile: Metafile };
  const used = Object.values(metafile.outputs).flatMap(output => Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path));
  return [...new Set(used.filter(path => path.includes('node_modules/')).map(path => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)![0]))];
}

function check(notices: string, folders: readonly string[]): void {
  assert.ok(folders.length > 5);
  for (const folder of folders) {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; version: string };
    const start = notices.indexOf(`\n${name} ${version}\n`);
    assert.ok(start > 0, `${name} ${version} is bundled and not named`);
    const own = notices.slice(start).split('='.repeat(80))[0]!;
    assert.match(own, /permission|redistribut|Apache License|copy, modify/i, `${name} has no licence text`);
  }
}

describe('the licences of what is bundled are in the package', () => {
  test('for npm', async () => {
    const { tarball } = JSON.parse(execFileSync(process.execPath, ['scripts/pack.mjs', home], { encoding: 'utf8' })) as { tarball: string };
    const notices = execFileSync('tar', ['-xzOf', tarball, 'package/dist/THIRD-PARTY-NOTICES.txt'], { encoding: 'utf8', maxBuffer: 1e8 });
    check(notices, [...(await packagesOf(nodeOptions, ['server/cli/main.ts', 'server/host/explain-worker.ts', 'server/host/extract-worker.ts'])), ...(await packagesOf(browserOptions, ['client/webview/main.ts']))]);
  });

  test('for the extension', async () => {
    const extension = buildExtension();
    try {
      const folders = [...(await packagesOf(nodeOptions, ['server/lsp/main.ts', 'server/host/explain-worker.ts'])), ...(await packagesOf({ ...nodeOptions, splitting: false, format: 'cjs', banner: {} }, ['client/extension.ts']))];
      check(readFileSync(join(extension.folder, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8'), folders);
    } finally {
      extension.remove();
    }
  });

  test('one without a licence text cannot be shipped', () => {
    const folder = join(home, 'node_modules', 'bare');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "name": "bare", "version": "1.0.0", "license": "MIT" }');
    const outputs = { out: { bytes: 1, inputs: { [`${folder}/index.js`]: { bytesInOutput: 1 } }, imports: [], exports: [] } };
    assert.throws(() => thirdPartyNotices([{ inputs: {}, outputs }]), /bare is bundled and brings no licence text/);
  });
});
