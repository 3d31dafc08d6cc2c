// Builds every shipped artefact into dist/. Shared settings live here so that scripts/test.mjs and
// scripts/run.mjs bundle the same code in the same way.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, cp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { thirdPartyNotices } from './scripts/lib/third-party-notices.mjs';

/** CommonJS packages inside an ES-module bundle still call `require('fs')`. */
const requireBanner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" +
  "import { fileURLToPath as __fileURLToPath } from 'node:url'; const __filename = __fileURLToPath(import.meta.url); const __dirname = __fileURLToPath(new URL('.', import.meta.url));";

const root = fileURLToPath(new URL('.', import.meta.url));

/** Identifies the code that turns texts into facts: cached facts of other code are worthless. */
function extractorHash() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const room of ['server/core/syntax', 'server/core/facts', 'server/core/text']) {
    for (const name of readdirSync(join(root, room)).sort()) if (name.endsWith('.ts')) hash.update(name).update(readFileSync(join(root, room, name)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** Identifies the code that makes reports: those of other code are worthless. */
function analyserHash() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const name of readdirSync(join(root, 'server'), { recursive: true }).sort()) if (/\.(?:ts|js)$/.test(name)) hash.update(name).update(readFileSync(join(root, 'server', name)));
  return hash.digest('hex').slice(0, 16);
}

/** Options for everything that runs on Node.js. */
export const nodeOptions = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  splitting: true,
  // Native, and optional where there is none for the platform.
  external: ['oxc-parser'],
  sourcemap: 'linked',
  // jsonc-parser's CommonJS build requires its parts by computed names; its ES build can be bundled.
  mainFields: ['module', 'main'],
  loader: { '.md': 'text', '.guest.js': 'text' },
  define: { EXTRACTOR_HASH: JSON.stringify(extractorHash()), ANALYSER_HASH: JSON.stringify(analyserHash()) },
  banner: { js: requireBanner },
  logLevel: 'warning',
};

/** Options for the phase-order view, which runs in VS Code's webviews and in the browsers of the people who open an HTML report. */
export const browserOptions = {
  bundle: true,
  platform: 'browser',
  format: 'iife',
  target: 'chrome120',
  minify: true,
  charset: 'utf8',
  logLevel: 'warning',
};

/**
 * Builds what the npm package ships: the command line, the worker of the order engine, the phase-order view, the rules' pages and
 * the licence texts of what is bundled.
 * @param {string} dist the folder to build into, which is emptied first
 */
export async function buildPackage(dist) {
  await rm(dist, { recursive: true, force: true });
  const shipped = { minifySyntax: true, minifyWhitespace: true, sourcemap: false, legalComments: 'none', metafile: true };
  const node = await build({ ...nodeOptions, ...shipped, entryPoints: { cli: 'server/cli/main.ts', 'explain-worker': 'server/host/explain-worker.ts', 'extract-worker': 'server/host/extract-worker.ts', 'eslint-worker': 'server/cli/eslint-worker.ts' }, outdir: dist });
  const browser = await build({ ...browserOptions, ...shipped, entryPoints: { webview: 'client/webview/main.ts' }, outdir: dist });
  // npm sets the mode of what `bin` names; archives and checkouts that are used as they are do not.
  await chmod(join(dist, 'cli.js'), 0o755);
  // Each rule's page belongs to the version that it describes (server/host/rule-pages.ts).
  await cp('server/core/hazards/rules', join(dist, 'rules'), { recursive: true, filter: path => !path.endsWith('.ts') });
  await writeFile(join(dist, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices([node.metafile, browser.metafile]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPackage('dist');
