import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { buildServer } from '../lsp/client.ts';

// The built server, asked by the official client.

const built = buildServer();
const cwd = mkdtempSync(join(tmpdir(), 'looplens-mcp-'));
for (const [name, text] of Object.entries({
  'package.json': '{}',
  'server.js': "const express = require('express');\nconst { load } = require('./lib');\nexpress().get('/a', (req, res) => res.send(load())).listen(3000);\n",
  'lib.js': "const fs = require('node:fs');\nexports.load = () => fs.readFileSync('x.html', 'utf8');\n",
  'order.js': "setTimeout(() => console.log('timer'));\nprocess.nextTick(() => console.log('tick'));\nconsole.log('main');\n",
})) writeFileSync(join(cwd, name), text);
const client = new Client({ name: 'test', version: '1.0.0' });
before(() => client.connect(new StdioClientTransport({ command: process.execPath, args: [built.cli, 'mcp'], cwd })));
after(async () => {
  await client.close();
  built.remove();
  rmSync(cwd, { recursive: true, force: true });
});

interface Answer {
  readonly text: string;
  readonly structured: Record<string, unknown>;
  readonly isError: boolean;
}

async function call(name: string, args: Record<string, unknown>): Promise<Answer> {
  const { content, structuredContent, isError } = (await client.callTool({ name, arguments: args })) as { content: { text: string }[]; structuredContent?: Record<string, unknown>; isError?: boolean };
  return { text: content[0]!.text, structured: structuredContent ?? {}, isError: isError === true };
}

describe('mcp', () => {
  test('offers four tools, all of them read-only', async () => {
    const { tools } = await client.listTools();
    assert.deepEqual(tools.map(tool => tool.name).sort(), ['api', 'explain', 'lint', 'rule']);
    for (const { annotations, description, inputSchema } of tools) {
      assert.deepEqual([annotations?.readOnlyHint, annotations?.destructiveHint], [true, false]);
      assert.ok(description!.length > 40 && inputSchema.type === 'object');
    }
  });

  test('lint: the findings of the whole project for the paths that are asked for', async () => {
    const { text, structured } = await call('lint', { paths: ['lib.js'] });
    assert.match(text, /^lib\.js:2:22 error blocking-fs \(certain\)/);
    const [finding] = structured['findings'] as { rule: string; path: { file: string }[] }[];
    assert.deepEqual([finding!.rule, finding!.path[0]!.file, structured['total']], ['blocking-fs', 'server.js', 1]);
    assert.equal((await call('lint', { paths: ['server.js'] })).structured['total'], 0);
    assert.equal((await call('lint', { severity: 'info', only: ['busy-wait'] })).structured['total'], 0);
  });

  test('explain: the order of a program, without running it', async () => {
    const { text, structured } = await call('explain', { file: 'order.js' });
    assert.match(text, /main[^]*tick[^]*timer/);
    assert.deepEqual([structured['complete'], (structured['outcomes'] as { output: string[] }[])[0]!.output], [true, ['main', 'tick', 'timer']]);
    assert.match((await call('explain', { file: 'server.js', line: 3 })).text, /request|handler/);
  });

  test('rule and api', async () => {
    assert.match((await call('rule', { id: 'blocking-fs' })).text, /## Why it is bad/);
    assert.match((await call('rule', { id: 'blocking-fs', locale: 'zh-cn' })).text, /## 为什么不好/);
    assert.ok(((await call('rule', {})).structured['rules'] as unknown[]).length > 100);
    assert.equal((await call('api', { name: 'fs.readFileSync()' })).structured['blocks'], true);
    assert.equal((await call('api', { name: 'node:crypto.pbkdf2' })).structured['threadPool'], true);
    assert.equal((await call('api', { name: 'setImmediate' })).structured['callsBackIn'], 'check');
    const unknown = await call('api', { name: 'nobody.knows' });
    assert.deepEqual([unknown.structured['known'], unknown.isError], [false, false]);
  });

  test('a mistake is an answer that can be read; nothing outside of the folder is', async () => {
    symlinkSync('/etc', join(cwd, 'out'));
    for (const [name, args, expected] of [
      ['lint', { paths: ['../..'] }, /lies outside/],
      ['lint', { paths: ['/etc/hosts'] }, /lies outside/],
      ['lint', { paths: ['out'] }, /lies outside/],
      ['explain', { file: '/etc/passwd' }, /lies outside/],
      ['explain', { file: 'order.js', line: 999 }, /no line 999/],
      ['lint', { severity: 'info', only: ['blocking-f'] }, /did you mean "blocking-fs"/],
      ['lint', { changed: '--output=x' }, /needs Git/],
      ['rule', { id: 'nothing' }, /there is no rule/],
    ] as const) {
      const { text, isError } = await call(name, args);
      assert.deepEqual([isError, expected.test(text)], [true, true], `${name} ${JSON.stringify(args)}: ${text}`);
    }
  });
});
