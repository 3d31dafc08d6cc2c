import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The extension as it is shipped: its folder and its .vsix, in a fresh place. */
export interface BuiltExtension {
  readonly folder: string;
  readonly vsix: string;
  /** Beside them, for what a test builds. */
  readonly scratch: string;
  remove(): void;
}

export function buildExtension(): BuiltExtension {
  mkdirSync('node_modules/.cache', { recursive: true });
  const scratch = mkdtempSync(resolve('node_modules/.cache/looplens-vsix-'));
  const [folder, vsix] = [join(scratch, 'extension'), join(scratch, 'looplens.vsix')];
  execFileSync(process.execPath, ['scripts/package.mjs', folder, vsix], { stdio: ['ignore', 'ignore', 'inherit'] });
  return { folder, vsix, scratch, remove: () => rmSync(scratch, { recursive: true, force: true }) };
}

/** Files of a small program with findings in an open and in a closed file. */
export const program: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "demo", "type": "module", "engines": { "node": ">=22" } }\n',
  'server.js': `import http from 'node:http';
import { report } from './report.js';
import { list } from './closed.js';
http.createServer(async (req, res) => {
  setTimeout(() => res.end(), 10);
  res.write(req.url === '/list' ? list() : await report());
}).listen(3000);
`,
  'report.js': `import fs from 'node:fs';

export async function report() {
  return fs.readFileSync('report.txt', 'utf8');
}
`,
  'closed.js': `import { execSync } from 'node:child_process';

export const list = () => execSync('ls', { encoding: 'utf8' });
`,
};
