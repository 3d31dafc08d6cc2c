import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { applyEdits } from '../../server/core/text/edit.ts';
import { createLineIndex } from '../../server/core/text/line-index.ts';
import { buildServer, createFolder, ResponseFailure, startClient, type Client, type Folder } from './client.ts';

interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}
interface Diagnostic {
  readonly range: Range;
  readonly code: string;
  readonly source: string;
  readonly severity: number;
  readonly message: string;
  readonly relatedInformation?: readonly { readonly location: { readonly uri: string; readonly range: Range }; readonly message: string }[];
}
interface Report {
  readonly kind: 'full' | 'unchanged';
  readonly resultId: string;
  readonly items: readonly Diagnostic[];
}
interface Edit {
  readonly range: Range;
  readonly newText: string;
}
interface Action {
  readonly title: string;
  readonly kind: string;
  readonly edit?: { readonly changes: Readonly<Record<string, readonly Edit[]>> };
}

const server = `import http from 'node:http';
import { report } from './report.js';

http.createServer((req, res) => {
  res.end(report());
}).listen(0);
`;
const report = `import fs from 'node:fs';

export function report() {
  return fs.readFileSync('report.txt', 'utf8');
}
`;
const callRange: Range = { start: { line: 3, character: 9 }, end: { line: 3, character: 46 } };

const pullClient = {
  textDocument: { diagnostic: { dynamicRegistration: true, relatedDocumentSupport: true } },
  workspace: { configuration: true, workspaceFolders: true, diagnostics: { refreshSupport: true }, didChangeWatchedFiles: { dynamicRegistration: true } },
  window: { workDoneProgress: true },
};

let built: ReturnType<typeof buildServer>;
before(() => {
  built = buildServer();
});
after(() => {
  // Ended already where the test passed.
  for (const { process } of clients) process.kill();
  built.remove();
});
const clients: Client[] = [];
function start(settings?: () => unknown): Client {
  const client = startClient(built.cli, settings);
  clients.push(client);
  return client;
}

/** A session with the two files above, in which `report.js` is open. */
async function openSession(capabilities: unknown, options: { readonly settings?: () => unknown; readonly locale?: string; readonly files?: Readonly<Record<string, string>> } = {}): Promise<{ client: Client; folder: Folder; end(): Promise<void> }> {
  const folder = createFolder({ 'package.json': '{"type":"module"}', 'server.js': server, 'report.js': report, ...options.files });
  const client = start(options.settings);
  await client.request('initialize', { processId: null, locale: options.locale, rootUri: folder.uri, workspaceFolders: [{ uri: folder.uri, name: 'test' }], capabilities });
  client.notify('initialized', {});
  client.notify('textDocument/didOpen', { textDocument: { uri: folder.uriOf('report.js'), languageId: 'javascript', version: 1, text: report } });
  return {
    client,
    folder,
    async end() {
      await client.request('shutdown', null);
      client.notify('exit', null);
      assert.equal(await client.exit, 0);
      folder.remove();
    },
  };
}

const pull = (client: Client, uri: string, previousResultId?: string): Promise<Report> => client.request<Report>('textDocument/diagnostic', { textDocument: { uri }, previousResultId });

/** The text after the edits of an action in one document. */
function applied(text: string, action: Action, uri: string): string {
  const lines = createLineIndex(text);
  const offset = ({ line, character }: Range['start']): number => lines.offsetAt(line + 1, character + 1);
  return applyEdits(text, action.edit!.changes[uri]!.map(({ range, newText }) => ({ start: offset(range.start), end: offset(range.end), text: newText })));
}

describe('a session', { timeout: 900_000 }, () => {
  test('says what it can do', async () => {
    const client = start();
    const { capabilities } = await client.request<{ capabilities: Record<string, unknown> }>('initialize', { processId: null, rootUri: null, capabilities: {} });
    assert.deepEqual(capabilities['diagnosticProvider'], { identifier: 'looplens', interFileDependencies: true, workspaceDiagnostics: true, workDoneProgress: false });
    assert.equal((capabilities['textDocumentSync'] as { change: number }).change, 2);
    // Ended before anything was loaded.
    await client.request('shutdown', null);
    client.notify('exit', null);
    assert.equal(await client.exit, 0);
  });

  test('finds across files, with the path as related information', async () => {
    const { client, folder, end } = await openSession(pullClient);
    const { items, resultId } = await pull(client, folder.uriOf('report.js'));
    const [finding] = items;
    assert.equal(items.length, 1);
    assert.equal(finding!.code, 'blocking-fs');
    assert.equal(finding!.source, 'looplens');
    assert.equal(finding!.severity, 1);
    assert.deepEqual(finding!.range, callRange);
    assert.deepEqual(finding!.relatedInformation!.map(({ location }) => location.uri), [folder.uriOf('server.js'), folder.uriOf('server.js'), folder.uriOf('report.js')]);
    assert.equal((await pull(client, folder.uriOf('report.js'), resultId)).kind, 'unchanged');
    await end();
  });

  test('follows edits in one file with findings in another', async () => {
    const { client, folder, end } = await openSession(pullClient);
    const uri = folder.uriOf('server.js');
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'javascript', version: 1, text: server } });
    assert.equal((await pull(client, folder.uriOf('report.js'))).items.length, 1);
    // `res.end(report())` becomes `res.end(rep)`, half-typed.
    client.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ range: { start: { line: 4, character: 13 }, end: { line: 4, character: 18 } }, text: '' }] });
    assert.deepEqual((await pull(client, folder.uriOf('report.js'))).items, []);
    client.notify('textDocument/didChange', { textDocument: { uri, version: 3 }, contentChanges: [{ range: { start: { line: 4, character: 13 }, end: { line: 4, character: 13 } }, text: 'ort()' }] });
    assert.equal((await pull(client, folder.uriOf('report.js'))).items.length, 1);
    client.notify('textDocument/didChange', { textDocument: { uri, version: 4 }, contentChanges: [{ text: 'export {};\n' }] });
    assert.deepEqual((await pull(client, folder.uriOf('report.js'))).items, []);
    // Closed without saving: the disk counts again.
    client.notify('textDocument/didClose', { textDocument: { uri } });
    assert.equal((await pull(client, folder.uriOf('report.js'))).items.length, 1);
    await end();
  });

  test('explains a finding and an API on hover', async () => {
    const { client, folder, end } = await openSession(pullClient);
    const hover = await client.request<{ contents: { value: string } }>('textDocument/hover', { textDocument: { uri: folder.uriOf('report.js') }, position: { line: 3, character: 14 } });
    assert.match(hover.contents.value, /\*\*blocking-fs\*\*/);
    assert.match(hover.contents.value, /Blocks the event loop/);
    assert.match(hover.contents.value, /server\.js#L4,1\)/);
    const uri = folder.uriOf('timers.js');
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'javascript', version: 1, text: 'setImmediate(() => {});\nprocess.nextTick(() => {});\n' } });
    const at = async (line: number): Promise<string> => (await client.request<{ contents: { value: string } }>('textDocument/hover', { textDocument: { uri }, position: { line, character: 3 } })).contents.value;
    assert.match(await at(0), /Calls back in: \*\*check\*\*/);
    assert.match(await at(1), /Calls back in: \*\*nextTick queue\*\*/);
    assert.match(await at(1), /before the event loop goes on to anything else/);
    const words = 'async function f(xs) {\n  await 1;\n  for await (const x of xs) g(x);\n  return f().then(g).finally(g);\n}\nfunction* i() { yield 1; }\nasync function* j() { yield 1; }\nconst t = "await then";\n';
    client.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: words }] });
    const on = async (line: number, word: string): Promise<string> => (await client.request<{ contents: { value: string } } | null>('textDocument/hover', { textDocument: { uri }, position: { line, character: words.split('\n')[line]!.indexOf(word) + 1 } }))?.contents.value ?? '';
    assert.match(await on(1, 'await'), /suspends this function.*\*\*microtask queue\*\*/s);
    assert.match(await on(2, 'await'), /at each element/);
    assert.match(await on(3, 'then'), /never calls its callbacks at once/);
    assert.match(await on(3, 'finally'), /what follows it waits/);
    assert.match(await on(5, 'yield'), /No queue is involved/);
    assert.match(await on(6, 'yield'), /first awaits the value/);
    assert.equal(await on(7, 'await'), '');
    assert.equal(await client.request('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 16 } }), null);
    await end();
  });

  test('offers fixes and disable comments that work', async () => {
    const { client, folder, end } = await openSession(pullClient);
    const uri = folder.uriOf('report.js');
    const actions = await client.request<Action[]>('textDocument/codeAction', { textDocument: { uri }, range: callRange, context: { diagnostics: [] } });
    const titled = (part: string): Action => actions.find(({ title }) => title.includes(part)) ?? assert.fail(`no action with '${part}' among ${actions.map(({ title }) => title).join(', ')}`);
    assert.match(applied(report, actions[0]!, uri), /await fs\.promises\.readFile\('report\.txt', 'utf8'\)/);
    for (const part of ['for this line', 'for this file']) {
      const text = applied(report, titled(part), uri);
      client.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text }] });
      assert.match(text, /blocking-fs -- say why/);
      assert.deepEqual((await pull(client, uri)).items, [], text);
    }
    await end();
  });

  test('gives source.fixAll.looplens only where it is asked for, and only safe fixes', async () => {
    const direct = `import http from 'node:http';\nimport fs from 'node:fs';\nhttp.createServer(async (req, res) => {\n  res.end(fs.readFileSync('a') + fs.readFileSync('b'));\n});\n`;
    const { client, folder, end } = await openSession(pullClient, { files: { 'direct.js': direct } });
    const uri = folder.uriOf('direct.js');
    const range = { start: { line: 0, character: 0 }, end: { line: 5, character: 0 } };
    const ask = (only: string[]): Promise<Action[]> => client.request('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics: [], only } });
    const [fixAll, ...rest] = await ask(['source.fixAll']);
    assert.deepEqual([fixAll?.kind, rest], ['source.fixAll.looplens', []]);
    assert.match(applied(direct, fixAll!, uri), /await fs\.promises\.readFile\('a'\)[^\n]*await fs\.promises\.readFile\('b'\)/);
    assert.deepEqual(await ask(['refactor']), []);
    const quick = await client.request<Action[]>('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics: [] } });
    assert.ok(quick.every(({ kind }) => kind === 'quickfix'));
    assert.ok(quick.some(({ title }) => title.startsWith('Fix all blocking-fs problems')));
    await end();
  });

  test('explains the execution order of a text that is not saved, and numbers its lines where that is asked for', async () => {
    const { client, folder, end } = await openSession(pullClient, { settings: () => ({ inlayHints: { enable: true } }) });
    const uri = folder.uriOf('order.js');
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'javascript', version: 7, text: "setTimeout(() => console.log('b'));\nconsole.log('a');\n" } });
    interface Explained {
      readonly version: number;
      readonly timeline: { readonly complete: boolean; readonly file: string; readonly outcomes: readonly { readonly output: readonly { readonly text: string }[] }[] };
    }
    const { version, timeline } = await client.request<Explained>('looplens/explain', { textDocument: { uri } });
    assert.deepEqual([version, timeline.file, timeline.complete], [7, uri, true]);
    assert.deepEqual(timeline.outcomes.map(({ output }) => output.map(({ text }) => text)), [['a', 'b']]);
    const range = { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } };
    const hints = await client.request<{ position: { line: number }; label: string }[]>('textDocument/inlayHint', { textDocument: { uri }, range });
    assert.ok(hints.some(({ position, label }) => position.line === 0 && /#\d/.test(label)), JSON.stringify(hints));
    await end();
  });

  test('explains other outcomes, a selection, and numbers the lines of the function at the cursor', async () => {
    const { client, folder, end } = await openSession(pullClient, { settings: () => ({ inlayHints: { enable: true } }) });
    const uri = folder.uriOf('order.js');
    const race = "setTimeout(() => console.log('timeout'));\nsetImmediate(() => console.log('immediate'));\n";
    const handler = "import http from 'node:http';\nhttp.createServer((req, res) => {\n  setImmediate(() => res.end());\n});\nconsole.log('listening');\n";
    interface Explained {
      readonly timeline: { readonly outcomes: readonly { readonly output: readonly { readonly text: string }[] }[]; readonly steps: readonly { readonly phase: string; readonly output: readonly { readonly text: string }[] }[] };
    }
    const explain = (more: object): Promise<Explained> => client.request('looplens/explain', { textDocument: { uri }, ...more });
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'javascript', version: 1, text: race } });
    for (const stepsOf of [0, 1]) {
      const { timeline } = await explain({ stepsOf });
      assert.deepEqual(timeline.steps.flatMap(step => step.output.map(({ text }) => text)), timeline.outcomes[stepsOf]!.output.map(({ text }) => text));
    }
    client.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: handler }] });
    const within = await explain({ position: { line: 1, character: 18 }, end: { line: 3, character: 1 } });
    assert.equal(within.timeline.steps[0]!.phase, 'poll');
    const beyond = await explain({ position: { line: 1, character: 0 }, end: { line: 4, character: 5 } });
    assert.equal(beyond.timeline.steps[0]!.phase, 'main');
    const hints = async (): Promise<number[]> => {
      const found = await client.request<{ position: { line: number } }[]>('textDocument/inlayHint', { textDocument: { uri }, range: { start: { line: 0, character: 0 }, end: { line: 6, character: 0 } } });
      return found.map(({ position }) => position.line).sort();
    };
    assert.ok((await hints()).includes(0), 'the file');
    client.notify('looplens/cursor', { textDocument: { uri }, position: { line: 2, character: 4 } });
    assert.deepEqual(await hints(), [1, 2], 'the function at the cursor');
    await end();
  });

  test('answers language models from the texts in the editor', async () => {
    const { client, folder, end } = await openSession(pullClient);
    const ask = (params: object): Promise<string> => client.request('looplens/modelTool', params);
    const open = (name: string, text: string): void => client.notify('textDocument/didOpen', { textDocument: { uri: folder.uriOf(name), languageId: 'javascript', version: 1, text } });
    open('model.js', "import http from 'node:http';\nimport fs from 'node:fs';\nhttp.createServer((req, res) => res.end(fs.readFileSync('a'))).listen(1);\n");
    open('order.js', "setTimeout(() => console.log('b'));\nconsole.log('a');\n");
    assert.match(await ask({ tool: 'lint', paths: ['model.js'] }), /^model\.js:3:\d+ error blocking-fs \(certain\): [^]*\n1 errors, 0 warnings/);
    assert.match(await ask({ tool: 'lint', paths: ['order.js'] }), /^0 errors, 0 warnings/);
    assert.match(await ask({ tool: 'lint', paths: ['model.js'], only: ['redos-literal'] }), /^0 errors/);
    assert.match(await ask({ tool: 'explain', file: 'order.js' }), /order\.js[^]*main[^]*→ a[^]*timers[^]*→ b/);
    assert.match(await ask({ tool: 'explain', file: folder.uriOf('model.js'), line: 3 }), /poll/);
    assert.match(await ask({ tool: 'rule', id: 'blocking-fs' }), /^# .*\(`blocking-fs`\)/);
    assert.match(await ask({ tool: 'api', name: 'fs.statSync' }), /[Bb]locks/);
    assert.match(await ask({ tool: 'api', name: 'nothing.at.all' }), /Nothing is known of nothing\.at\.all/);
    for (const file of ['/etc/passwd', '../outside.js', 'file:///etc/passwd']) await assert.rejects(ask({ tool: 'explain', file }), /There is no file/);
    await assert.rejects(ask({ tool: 'rule', id: 'x' }), /There is no rule "x"/);
    await assert.rejects(ask({ tool: 'no such' }), /There is no such tool/);
    await end();
  });

  test('refuses a module system that the extension rules out', async () => {
    const { client, folder, end } = await openSession(pullClient);
    for (const [name, module, sentence] of [['order.cjs', 'module', /always CommonJS/], ['order.mjs', 'commonjs', /always an ES module/]] as const) {
      const textDocument = { uri: folder.uriOf(name) };
      client.notify('textDocument/didOpen', { textDocument: { ...textDocument, languageId: 'javascript', version: 1, text: 'console.log(1);\n' } });
      await assert.rejects(client.request('looplens/explain', { textDocument, module }), sentence);
      const { timeline } = await client.request<{ timeline: { module: string } }>('looplens/explain', { textDocument, module: null });
      assert.equal(timeline.module, module === 'module' ? 'commonjs' : 'module');
    }
    await end();
  });

  test('says in its log what it is, what it has read, what it found and how long that took', async () => {
    const { client, folder, end } = await openSession(pullClient);
    await pull(client, folder.uriOf('report.js'));
    const logged = (pattern: RegExp): Promise<unknown> => client.received<{ message: string }>('window/logMessage', ({ message }) => pattern.test(message));
    await logged(/^Looplens .* on Node\.js v\d+/);
    await logged(/: \d+ files read in \d+ ms$/);
    await logged(/: \d+ findings in \d+ files, \d+ ms$/);
    await end();
  });

  test('hints of a program that never ends, and of a file that is none, are no errors', async () => {
    const { client, folder, end } = await openSession(pullClient, { settings: () => ({ inlayHints: { enable: true } }) });
    for (const [name, labels] of [['endless.js', ['#1']], ['types.d.ts', []]] as const) {
      const uri = folder.uriOf(name);
      client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'javascript', version: 1, text: 'for (;;);\n' } });
      const hints = await client.request<{ label: string }[]>('textDocument/inlayHint', { textDocument: { uri }, range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } } });
      assert.deepEqual(hints.map(({ label }) => label), labels);
    }
    await end();
  });

  test('shows what the baseline holds as information, and a comment that covers nothing as unnecessary', async () => {
    const { client, folder, end } = await openSession(pullClient);
    const write = (file: string, text: string): void => {
      folder.write(file, text);
      client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: folder.uriOf(file), type: 1 }] });
    };
    const { items } = await pull(client, folder.uriOf('report.js'));
    const { fingerprint } = (items[0] as unknown as { data: { fingerprint: string } }).data;
    write('looplens-suppressions.json', JSON.stringify({ version: 1, files: { 'report.js': { 'blocking-fs': [fingerprint] } } }));
    write('idle.js', '// looplens-disable-next-line blocking-fs\n1;\n');
    const [accepted] = (await pull(client, folder.uriOf('report.js'))).items;
    assert.deepEqual([accepted!.severity, /\(In the baseline\.\)$/.test(accepted!.message)], [3, true]);
    const [unused] = (await pull(client, folder.uriOf('idle.js'))).items;
    assert.deepEqual([unused!.code, (unused as unknown as { tags: number[] }).tags], ['unused-disable-comment', [1]]);
    await end();
  });

  test('speaks Chinese to a Chinese client', async () => {
    const { client, folder, end } = await openSession(pullClient, { locale: 'zh-cn' });
    const { items } = await pull(client, folder.uriOf('report.js'));
    assert.match(items[0]!.message, /[\u4e00-\u9fff]/);
    assert.ok(items[0]!.relatedInformation!.some(({ message }) => message.startsWith('调用 ')));
    const page = await client.request<{ markdown: string }>('looplens/rulePage', { rule: 'blocking-fs' });
    assert.match(page.markdown, /## 为什么不好/);
    const hover = await client.request<{ contents: { value: string } }>('textDocument/hover', { textDocument: { uri: folder.uriOf('report.js') }, position: { line: 3, character: 14 } });
    assert.match(hover.contents.value, /阻塞事件循环/);
    await end();
  });

  test('follows the lock file', async () => {
    const { client, folder, end } = await openSession(pullClient);
    const lock = (version: string): string => `express@*:\n  version "${version}"\n`;
    const found = async (): Promise<boolean> => (await pull(client, folder.uriOf('routes.js'))).items.some(({ code }) => code === 'async-express4-handler');
    const write = (file: string, text: string): void => {
      folder.write(file, text);
      client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: folder.uriOf(file), type: 2 }] });
    };
    write('package.json', '{ "dependencies": { "express": "*" } }');
    write('routes.js', "const app = require('express')();\napp.get('/', async (req, res) => {\n  res.send(await fetch('http://a'));\n});\n");
    assert.equal(await found(), false);
    write('yarn.lock', lock('4.21.2'));
    assert.equal(await found(), true);
    write('yarn.lock', lock('5.1.0'));
    assert.equal(await found(), false);
    await end();
  });

  test('follows settings, configs and files on the disk without a restart', async () => {
    let settings: unknown = { enable: true };
    const { client, folder, end } = await openSession(pullClient, { settings: () => settings });
    const uri = folder.uriOf('report.js');
    const count = async (): Promise<number> => (await pull(client, uri)).items.length;
    const changed = (file: string, type: number): void => client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: folder.uriOf(file), type }] });
    assert.equal(await count(), 1);
    settings = { enable: false };
    client.notify('workspace/didChangeConfiguration', { settings: null });
    assert.equal(await count(), 0);
    settings = {};
    client.notify('workspace/didChangeConfiguration', { settings: null });
    assert.equal(await count(), 1);
    folder.write('looplens.config.json', '{ "rules": { "blocking-fs": "off" } }');
    client.forget();
    changed('looplens.config.json', 1);
    assert.equal(await count(), 0);
    await client.received('workspace/diagnostic/refresh');
    folder.delete('looplens.config.json');
    changed('looplens.config.json', 3);
    assert.equal(await count(), 1);
    folder.delete('server.js');
    changed('server.js', 3);
    assert.equal(await count(), 0);
    folder.write('other.js', server);
    changed('other.js', 1);
    assert.equal(await count(), 1);
    folder.write('.gitignore', 'other.js\n');
    changed('.gitignore', 1);
    assert.equal(await count(), 0);
    await end();
  });

  test('marks mistakes in a config and completes it', async () => {
    const text = '{ "rules": { "blocking-fz": "error", "": 1, "busy-wait": "" } }';
    const { client, folder, end } = await openSession(pullClient, { files: { 'looplens.config.json': text } });
    const uri = folder.uriOf('looplens.config.json');
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'json', version: 1, text } });
    const { items } = await pull(client, uri);
    assert.match(items[0]!.message, /did you mean "blocking-fs"/);
    const labels = async (character: number): Promise<string[]> => (await client.request<{ label: string }[]>('textDocument/completion', { textDocument: { uri }, position: { line: 0, character } })).map(({ label }) => label);
    assert.ok((await labels(text.indexOf('""') + 1)).includes('blocking-fs'));
    assert.deepEqual(await labels(text.lastIndexOf('""') + 1), ['off', 'info', 'warn', 'error']);
    await end();
  });

  test('reports the whole workspace, and holds a pull without news until there are some', async () => {
    const { client, folder, end } = await openSession(pullClient);
    const uri = folder.uriOf('report.js');
    type WorkspaceReport = { readonly items: readonly (Report & { readonly uri: string; readonly version: number | null })[] };
    const ask = (ids: unknown[]): Promise<WorkspaceReport> => client.request('workspace/diagnostic', { previousResultIds: ids });
    const [first] = (await ask([])).items;
    assert.deepEqual([first!.uri, first!.version, first!.items.length], [uri, 1, 1]);
    const held = ask([{ uri, value: first!.resultId }]);
    client.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: 'export const report = () => 1;\n' }] });
    const [changed] = (await held).items;
    assert.deepEqual([changed!.uri, changed!.version, changed!.items], [uri, 2, []]);
    // An answer that is held back is given when the client no longer waits for it.
    const previousResultIds = [{ uri, value: changed!.resultId }];
    assert.deepEqual(await client.requestAndCancel('workspace/diagnostic', { previousResultIds }, () => pull(client, uri)), { items: [] });
    await end();
  });

  test('pushes to clients that do not pull, closed files too', async () => {
    const { client, folder, end } = await openSession({});
    interface Published {
      readonly uri: string;
      readonly diagnostics: readonly Diagnostic[];
    }
    const published = (file: string, count: number): Promise<Published> => client.received<Published>('textDocument/publishDiagnostics', ({ uri, diagnostics }) => uri === folder.uriOf(file) && diagnostics.length === count);
    await published('report.js', 1);
    client.notify('textDocument/didClose', { textDocument: { uri: folder.uriOf('report.js') } });
    client.notify('textDocument/didOpen', { textDocument: { uri: folder.uriOf('server.js'), languageId: 'javascript', version: 1, text: 'export {};\n' } });
    await published('report.js', 0);
    client.forget();
    client.notify('textDocument/didChange', { textDocument: { uri: folder.uriOf('server.js'), version: 2 }, contentChanges: [{ text: server }] });
    await published('report.js', 1);
    await end();
  });

  test('keeps several folders apart', async () => {
    const { client, folder, end } = await openSession(pullClient);
    const other = createFolder({ 'package.json': '{"type":"module"}', 'report.js': report });
    client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [{ uri: other.uri, name: 'other' }], removed: [] } });
    assert.deepEqual((await pull(client, other.uriOf('report.js'))).items, []);
    assert.equal((await pull(client, folder.uriOf('report.js'))).items.length, 1);
    client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [{ uri: folder.uri, name: 'test' }] } });
    assert.deepEqual((await pull(client, folder.uriOf('report.js'))).items, []);
    await end();
    other.remove();
  });

  test('answers for documents without a file and outside of every folder', async () => {
    const client = start();
    await client.request('initialize', { processId: null, rootUri: null, capabilities: pullClient });
    client.notify('initialized', {});
    const text = `const http = require('http');\nhttp.createServer((q, r) => r.end(require('fs').readFileSync('x')));\n`;
    for (const uri of ['untitled:Untitled-1', 'file:///nowhere/at/all.js']) {
      client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'javascript', version: 1, text } });
      assert.deepEqual((await pull(client, uri)).items.map(({ code }) => code), ['blocking-fs'], uri);
    }
    await client.request('shutdown', null);
    client.notify('exit', null);
    assert.equal(await client.exit, 0);
  });
});

describe('whatever a client sends', { timeout: 900_000 }, () => {
  test('the server lives on', async () => {
    const { client, folder, end } = await openSession(pullClient);
    const uri = folder.uriOf('report.js');
    const fails = (method: string, params: unknown): Promise<void> => client.request(method, params).then(() => undefined, error => void assert.ok(error instanceof ResponseFailure));
    await fails('no/such/request', {});
    for (const method of ['textDocument/hover', 'textDocument/diagnostic', 'textDocument/codeAction', 'textDocument/completion', 'textDocument/inlayHint', 'textDocument/codeLens', 'looplens/explain', 'looplens/rulePage', 'workspace/diagnostic']) {
      for (const params of [null, {}, [], 7, { textDocument: null }, { textDocument: { uri: 7 }, position: 'x' }]) if (method !== 'workspace/diagnostic' || params !== null) await fails(method, params);
    }
    const garbage: readonly (readonly [string, unknown])[] = [
      ['textDocument/didOpen', {}],
      ['textDocument/didOpen', { textDocument: { uri: 'http://[', languageId: 3, version: 'x', text: 'x' } }],
      ['textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ range: null, text: null }, { range: { start: {}, end: 3 }, text: 'x' }] }],
      ['textDocument/didChange', { textDocument: { uri: 'file:///never/opened.js', version: 2 }, contentChanges: [{ text: 'x' }] }],
      ['textDocument/didClose', null],
      ['workspace/didChangeWatchedFiles', { changes: 'all' }],
      ['workspace/didChangeWatchedFiles', { changes: [{ uri: 'file:///%' }] }],
      ['workspace/didChangeWorkspaceFolders', {}],
      ['no/such/notification', 1],
    ];
    for (const [method, params] of garbage) client.notify(method, params);
    client.raw('Content-Length: 9\r\n\r\n{"jsonrpc');
    client.raw('Content-Length: 2\r\n\r\n[]');
    client.raw('Content-Length: 4\r\n\r\nnull');
    client.raw('Content-Length: 17\r\n\r\n{"jsonrpc":"2.0"}');
    const hover = { textDocument: { uri }, position: { line: -3, character: 1e12 } };
    await fails('textDocument/hover', hover);
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'javascript', version: 8, text: '' } });
    await assert.rejects(client.requestAndCancel('textDocument/diagnostic', { textDocument: { uri } }), { code: -32800 });
    client.notify('textDocument/didChange', { textDocument: { uri, version: 9 }, contentChanges: [{ text: report }] });
    assert.equal((await pull(client, uri)).items.length, 1);
    await end();
  });
});
