// Makes the VS Code extension: a folder that holds only what it needs, and the .vsix of it. No network.
import { build } from 'esbuild';
import { createVSIX } from '@vscode/vsce';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { browserOptions, nodeOptions } from '../../esbuild.mjs';
import { extensionReadme } from './extension-readme.mjs';
import { thirdPartyNotices } from './third-party-notices.mjs';

const minified = { minifySyntax: true, minifyWhitespace: true, sourcemap: false, legalComments: 'none', metafile: true };
/** Copied as they are, where they exist. */
const copied = ['package.nls.json', 'package.nls.zh-cn.json', 'l10n', 'CHANGELOG.md', 'LICENSE', 'media/icon.png', 'media/walkthrough'];
/** Keys of package.json that say something to VS Code. */
const manifestKeys = ['name', 'displayName', 'version', 'description', 'license', 'publisher', 'repository', 'homepage', 'bugs', 'icon', 'categories', 'keywords', 'type', 'main', 'l10n', 'engines', 'extensionKind', 'activationEvents', 'capabilities', 'contributes', 'galleryBanner', 'qna', 'pricing'];

/** Builds the extension's bundles: client, server, worker of the order engine, phase-order view. */
export async function buildExtension(dist) {
  const entry = (name, path) => (existsSync(path) ? { [name]: path } : {});
  const server = await build({ ...nodeOptions, ...minified, entryPoints: { server: 'server/lsp/main.ts', ...entry('explain-worker', 'server/host/explain-worker.ts') }, outdir: dist });
  const client = await build({ ...nodeOptions, ...minified, splitting: false, banner: {}, format: 'cjs', external: ['vscode'], entryPoints: ['client/extension.ts'], outfile: join(dist, 'extension.cjs') });
  const view = await build({ ...browserOptions, metafile: true, entryPoints: { webview: 'client/webview/main.ts' }, outdir: dist });
  writeFileSync(join(dist, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices([server.metafile, client.metafile, view.metafile]));
  cpSync('schema/looplens.config.schema.json', join(dist, 'config.schema.json'));
  cpSync('server/core/hazards/rules', join(dist, 'rules'), { recursive: true, filter: path => !path.endsWith('.ts') });
}

/**
 * Puts the extension into a folder (which is emptied first) and packs it.
 * @param {{ folder: string, vsix: string, manifest?: Record<string, unknown> }} options
 * @returns the files of the folder with their sizes in bytes, largest first
 */
export async function packageExtension({ folder, vsix, manifest = JSON.parse(readFileSync('package.json', 'utf8')) }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await buildExtension(join(folder, 'dist'));
  writeFileSync(join(folder, 'README.md'), extensionReadme(readFileSync('README.md', 'utf8'), manifest));
  for (const path of copied) if (existsSync(path)) cpSync(path, join(folder, path), { recursive: true });
  const own = Object.fromEntries(manifestKeys.filter(key => manifest[key] !== undefined).map(key => [key, manifest[key]]));
  if (!existsSync(join(folder, 'media/icon.png'))) delete own.icon;
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ ...own, engines: { vscode: manifest.engines.vscode } }, null, 2)}\n`);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .map(path => ({ path: relative(folder, path), size: statSync(path).size }))
    .sort((a, b) => b.size - a.size);
  await createVSIX({ cwd: folder, packagePath: vsix, dependencies: false, rewriteRelativeLinks: false });
  return files;
}
