// node scripts/run.mjs scripts/mutants-lsp.ts [--count 2000] [--seed 1]
// Types broken texts into one session of the built language server (npm run build first) and asks for everything after each. Prints
// answers that are errors, notices, and whether the server lives at the end with the findings of a sound text.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { isSource } from '../server/host/find-files.ts';
import { mutate, seeded } from './lib/mutate.ts';

const { values } = parseArgs({ options: { count: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' } } });
const random = seeded(Number(values.seed));
const files = ['examples', 'server', 'client'].flatMap(folder => readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile() && isSource(entry.name)).map(entry => join(entry.parentPath, entry.name))).filter(file => statSync(file).size < 30_000).sort();
const root = mkdtempSync(join(tmpdir(), 'looplens-mutants-'));
const sound = "const fs = require('fs');\nrequire('http').createServer((req, res) => res.end(fs.readFileSync('a'))).listen(1);\n";
writeFileSync(join(root, 'package.json'), '{}');
writeFileSync(join(root, 'sound.js'), sound);

const child = spawn(process.execPath, ['dist/cli.js', 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
const client = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
let notices = 0;
let errors = 0;
client.onNotification('window/logMessage', ({ type, message }: { type: number; message: string }) => {
  if (type !== 1) return;
  notices++;
  console.log(message.split('\n').slice(0, 4).join('\n'));
});
client.onRequest(() => null);
client.listen();
const ask = async (method: string, params: unknown): Promise<unknown> =>
  client.sendRequest(method, params).catch((error: Error) => {
    errors++;
    console.log(`${method}: ${error.message}`);
    return null;
  });
await client.sendRequest('initialize', { processId: null, rootUri: pathToFileURL(root).href, capabilities: { textDocument: { diagnostic: {} } }, initializationOptions: { settings: { codeLens: { enable: true }, syntaxErrors: { enable: true } } } });
await client.sendNotification('initialized', {});
const uri = pathToFileURL(join(root, 'mutant.tsx')).href;
await client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'typescriptreact', version: 0, text: '' } });
for (let version = 1; version <= Number(values.count); version++) {
  const text = mutate(readFileSync(files[Math.floor(random() * files.length)]!, 'utf8'), random);
  await client.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
  const line = Math.floor(random() * text.split('\n').length);
  const position = { line, character: Math.floor(random() * 40) };
  const report = (await ask('textDocument/diagnostic', { textDocument: { uri } })) as { items?: { code: string }[] } | null;
  const syntax = report?.items?.filter(({ code }) => code === 'syntax').length ?? 0;
  if (syntax > 1) {
    errors++;
    console.log(`${syntax} syntax errors in one file`);
  }
  await ask('textDocument/hover', { textDocument: { uri }, position });
  await ask('textDocument/codeAction', { textDocument: { uri }, range: { start: position, end: position }, context: { diagnostics: [] } });
  await ask('textDocument/codeLens', { textDocument: { uri } });
}
const last = (await ask('textDocument/diagnostic', { textDocument: { uri: pathToFileURL(join(root, 'sound.js')).href } })) as { items: { code: string }[] } | null;
const lives = last?.items.some(({ code }) => code === 'blocking-fs') ?? false;
console.log(`${values.count} mutants in one session, seed ${values.seed}: ${errors} error answers, ${notices} errors logged, ${lives ? 'the sound file keeps its finding' : 'the sound file has lost its finding'}`);
await client.sendRequest('shutdown');
await client.sendNotification('exit');
rmSync(root, { recursive: true, force: true });
process.exitCode = errors + notices > 0 || !lives ? 1 : 0;
