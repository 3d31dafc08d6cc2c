import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { createConnection as createServerConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter, type MessageConnection } from 'vscode-languageserver/node';
import type { GuardOptions } from '../../server/core/faults/guard.ts';
import { startServer } from '../../server/lsp/server.ts';

// Each request, notification and piece of work of the server is made to throw in turn; all others must answer as before.

const home = realpathSync(mkdtempSync(join(tmpdir(), 'looplens-faults-')));
after(() => rmSync(home, { recursive: true, force: true }));
let folders = 0;

const blocking = "const fs = require('fs');\nrequire('http').createServer((req, res) => res.end(fs.readFileSync('a'))).listen(1);\n";

interface Opened {
  readonly client: MessageConnection;
  readonly uriOf: (file: string) => string;
  write(file: string, text: string): void;
  readonly logged: string[];
  readonly shown: string[];
  end(): Promise<void>;
}

/** A session over a folder with two files that block, one of them open. */
async function open(probe?: GuardOptions['probe']): Promise<Opened> {
  const root = join(home, `${folders++}`);
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  for (const [file, text] of Object.entries({ 'package.json': '{}', 'a.js': blocking, 'b.js': blocking, '.git/HEAD': 'ref: x' })) write(file, text);
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const connection = createServerConnection(ProposedFeatures.all, new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  startServer(connection, '0.0.0', probe ? { probe } : {});
  const client = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const logged: string[] = [];
  const shown: string[] = [];
  client.onNotification('window/logMessage', ({ message }: { message: string }) => void logged.push(message));
  client.onNotification('window/showMessage', ({ message }: { message: string }) => void shown.push(message));
  client.onRequest(() => null);
  client.listen();
  const uriOf = (file: string): string => pathToFileURL(join(root, file)).href;
  await client.sendRequest('initialize', { processId: null, rootUri: pathToFileURL(root).href, capabilities: { textDocument: { diagnostic: {} } }, initializationOptions: { settings: { codeLens: { enable: true } } } });
  await client.sendNotification('initialized', {});
  await client.sendNotification('textDocument/didOpen', { textDocument: { uri: uriOf('a.js'), languageId: 'javascript', version: 1, text: blocking } });
  return {
    client,
    uriOf,
    write,
    logged,
    shown,
    end: async () => {
      await client.sendRequest('shutdown').catch(() => undefined);
      client.dispose();
      connection.dispose();
    },
  };
}

/** What a client asks for, by method, with an answer that does not depend on the folder. */
async function answers({ client, uriOf }: Opened, isAsked: (method: string) => boolean = () => true): Promise<Record<string, string>> {
  const textDocument = { uri: uriOf('a.js') };
  const position = { line: 1, character: 55 };
  const asked: Record<string, unknown> = {
    'textDocument/diagnostic': { textDocument },
    'workspace/diagnostic': { previousResultIds: [] },
    'textDocument/hover': { textDocument, position },
    'textDocument/codeAction': { textDocument, range: { start: position, end: position }, context: { diagnostics: [] } },
    'textDocument/completion': { textDocument, position },
    'textDocument/codeLens': { textDocument },
    'textDocument/inlayHint': { textDocument, range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } } },
    'looplens/rulePage': { rule: 'blocking-fs' },
  };
  const found: Record<string, string> = {};
  for (const [method, params] of Object.entries(asked).filter(([name]) => isAsked(name))) {
    const answer = await client.sendRequest(method, params).then(result => JSON.stringify(result), (error: Error) => `error: ${error.message}`);
    // The pages of rules are long, and speak of errors.
    found[method] = answer.replaceAll(uriOf(''), '<root>/').replace(/"(?:resultId|version)":(?:"[^"]*"|\d+|null)/g, '').slice(0, method === 'looplens/rulePage' ? 60 : undefined);
  }
  return found;
}

const throwing = (part: string, when: 'before' | 'after'): GuardOptions['probe'] => (atPart, _file, atTime) => {
  if (atPart === part && atTime === when) throw new Error('injected');
};

const undisturbed = await open();
const usual = await answers(undisturbed);
await undisturbed.end();

test('the session has something to lose', () => {
  assert.match(usual['textDocument/diagnostic']!, /blocking-fs/);
  assert.match(usual['workspace/diagnostic']!, /b\.js/);
  assert.match(usual['textDocument/hover']!, /blocking-fs/);
  for (const answer of Object.values(usual)) assert.ok(!answer.startsWith('error: '), answer.slice(0, 200));
});

describe('a request that throws is empty or fails alone', () => {
  for (const method of Object.keys(usual)) {
    for (const when of ['before', 'after'] as const) {
      test(`${method}, ${when}`, async () => {
        const session = await open(throwing(`request ${method}`, when));
        const found = await answers(session);
        for (const other of Object.keys(usual)) if (other !== method) assert.equal(found[other], usual[other], other);
        if (method.startsWith('looplens/')) assert.match(found[method]!, /error: Looplens itself failed: Error: injected/);
        else assert.match(found[method]!, /^(?:null|\[\]|\{"items":\[\]\}|\{"kind":"full","items":\[\]\})$/);
        assert.ok(session.logged.some(text => text.includes(`request ${method}`) && text.includes('injected')));
        assert.equal(session.shown.length, 1);
        await session.end();
      });
    }
  }
});

describe('work behind the requests', () => {
  for (const [part, lost] of [['cache', []], ['publish', []], ['cursor', []], ['file event', []], ['link', ['textDocument/diagnostic', 'workspace/diagnostic', 'textDocument/hover', 'textDocument/codeAction', 'textDocument/codeLens']], ['suppress', []], ['settings', []], ['rule busy-wait', []]] as const) {
    test(part, async () => {
      const session = await open(throwing(part, 'before'));
      await session.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: session.uriOf('b.js'), type: 2 }] });
      const found = await answers(session);
      for (const method of Object.keys(usual)) if (!(lost as readonly string[]).includes(method)) assert.equal(found[method], usual[method], method);
      for (const method of lost) assert.doesNotMatch(found[method]!, /^error: /, method);
      await session.end();
    });
  }

  for (const part of ['extract', 'read', 'scan', 'file event', 'link', 'rule blocking-fs', 'didChange', 'suppress']) {
    test(`after ${part} has thrown and the cause is mended, all is well without a restart`, async () => {
      let armed = true;
      const session = await open((atPart, _file, when) => {
        if (armed && atPart === part && when === 'before') throw new Error('injected');
      });
      // A pull of the workspace without news is held back until there are some.
      const isAnswered = (method: string): boolean => method !== 'workspace/diagnostic';
      await answers(session, isAnswered);
      await session.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: session.uriOf('b.js'), type: 2 }] });
      await answers(session, isAnswered);
      armed = false;
      session.write('b.js', `${blocking}// mended\n`);
      await session.client.sendNotification('textDocument/didChange', { textDocument: { uri: session.uriOf('a.js'), version: 2 }, contentChanges: [{ text: `${blocking}// mended\n` }] });
      await session.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: session.uriOf('b.js'), type: 2 }] });
      if (part === 'scan' || part === 'read') await session.client.sendRequest('looplens/lintWorkspace');
      const found = await answers(session);
      // Lines at the end of the file do not move anything.
      assert.deepEqual(found, usual);
      await session.end();
    });
  }
});

test('a manifest that is damaged and mended again', async () => {
  const session = await open();
  const changed = (file: string): Promise<void> => session.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: session.uriOf(file), type: 2 }] });
  assert.deepEqual(await answers(session), usual);
  for (const [file, text] of [['package.json', '{"a":'.repeat(5000)], ['tsconfig.json', '{"a":'.repeat(5000)], ['looplens.config.json', '['.repeat(50_000)]] as const) {
    session.write(file, text);
    await changed(file);
    assert.match((await answers(session))['textDocument/diagnostic']!, /blocking-fs/, file);
    session.write(file, '{}');
    await changed(file);
    assert.deepEqual(await answers(session), usual, file);
  }
  await session.end();
});

describe('the order of the protocol', () => {
  test('a second initialize is refused', async () => {
    const session = await open();
    await assert.rejects(session.client.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} }), /initialized before/);
    assert.deepEqual(await answers(session), usual);
    await session.end();
  });

  test('what comes after shutdown is refused', async () => {
    const session = await open();
    await session.client.sendRequest('shutdown');
    for (const [method, answer] of Object.entries(await answers(session))) assert.match(answer, /error: the server has been shut down/, method);
    await session.end();
  });
});
