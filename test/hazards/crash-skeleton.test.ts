// Runs the skeleton that the fix of uncaught-exception-swallowed writes: a real cluster, under load, with a worker that crashes.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { installNode } from '../../scripts/lib/install-node.mjs';
import { applyFix, check } from './check-program.ts';

/** A server as people write it, with a handler that only logs. `/crash` answers, waits for company, and throws; `/twice` never answers and throws twice. */
const program = `
const cluster = require('cluster');
const fs = require('fs');
const http = require('http');

if (cluster.isPrimary) {
  let delay = 50;
  let running = true;
  const start = () => {
    const worker = cluster.fork();
    worker.on('listening', ({ port }) => process.send({ event: 'listening', port }));
    worker.on('message', message => process.send({ event: 'told', message }));
  };
  cluster.on('exit', (worker, code) => {
    process.send({ event: 'exit', code, voluntary: worker.exitedAfterDisconnect === true });
    if (!running) return;
    process.send({ event: 'refork', delay });
    setTimeout(start, delay);
    delay *= 2;
  });
  process.on('disconnect', () => {
    running = false;
    for (const id in cluster.workers) cluster.workers[id].process.kill('SIGKILL');
    process.exit(0);
  });
  start();
  start();
} else {
  let open = 0;
  const server = http.createServer((request, response) => {
    const [path, id] = request.url.split('?');
    if (path !== '/') {
      if (path === '/crash') response.end();
      const crash = () => {
        if (open === 0) return setImmediate(crash);
        if (path === '/twice') setImmediate(() => { throw new Error('again '); });
        throw new Error('crash ');
      };
      setImmediate(crash);
      return;
    }
    fs.appendFileSync(process.env.ACCEPTED, id + '\\n');
    open += 1;
    setTimeout(() => {
      open -= 1;
      response.end(id);
    }, 40);
  });
  server.listen(Number(process.env.PORT));
  process.on('uncaughtException', error => {
    fs.writeSync(2, error.message);
  });
}
`;

function fixed(text = program): string {
  const only = new Set(['uncaught-exception-swallowed']);
  const findings = check({ 'server.js': text }, { only });
  assert.equal(findings.length, 1);
  return applyFix({ 'server.js': text }, findings[0]!.fixes[0]!)['server.js']!;
}

/** A server of its own that answers much and throws while that is being sent; it ends when nobody is connected any more. */
const alone = `
const http = require('http');

const server = http.createServer((request, response) => {
  server.unref();
  response.end(Buffer.alloc(30e6));
  setImmediate(() => { throw new Error('crash'); });
});
server.listen(0, () => console.log(server.address().port));
process.on('uncaughtException', error => {
  console.error(error.message);
});
`;

for (const major of [20, 24]) {
  describe(`the skeleton on Node ${major}`, { concurrency: false }, () => {
    test('loses no request that was accepted, and the primary forks once', { timeout: 900_000 }, async t => {
      const cluster = await startCluster(t, major, fixed());
      const load = startLoad(t, cluster.port);
      await load.answered(40);
      await fetchText(cluster.port, '/crash', new Agent());
      await cluster.until('exit', 1);
      await cluster.until('listening', 3);
      await load.answered(40);
      await load.stop();
      const accepted = new Set(await cluster.accepted());
      const lost = load.failed.filter(({ id }) => accepted.has(id));
      await cluster.stop();
      assert.deepEqual(lost, []);
      // On a connection of its own a request cannot meet a server that has just closed an idle one.
      assert.deepEqual(load.failed.filter(({ reused }) => !reused), []);
      assert.deepEqual(cluster.messages('exit'), [{ event: 'exit', code: 1, voluntary: false }]);
      assert.deepEqual(cluster.messages('refork'), [{ event: 'refork', delay: 50 }]);
      assert.deepEqual(cluster.messages('told'), [{ event: 'told', message: { type: 'uncaughtException' } }]);
      assert.equal(cluster.messages('listening').length, 3);
      assert.equal(cluster.errors(), 'crash ');
    });

    test('the deadline ends a worker whose crashed request is never answered, and a second exception only adds to the log', { timeout: 900_000 }, async t => {
      const cluster = await startCluster(t, major, fixed().replace('10_000', '500'));
      const load = startLoad(t, cluster.port);
      await load.answered(20);
      const hanging = fetchText(cluster.port, '/twice', new Agent()).catch(() => 'reset');
      await cluster.until('listening', 3);
      await load.answered(20);
      await load.stop();
      const accepted = new Set(await cluster.accepted());
      await cluster.stop();
      assert.equal(await hanging, 'reset');
      assert.deepEqual(load.failed.filter(({ id, reused }) => !reused || accepted.has(id)), []);
      assert.deepEqual(cluster.messages('exit'), [{ event: 'exit', code: 1, voluntary: false }]);
      assert.equal(cluster.messages('refork').length, 1);
      assert.equal(cluster.messages('told').length, 1);
      assert.equal(cluster.errors(), 'crash again ');
    });
  });
}

for (const major of [20, 24]) {
  test(`outside a cluster on Node ${major}: code 0 without the skeleton, code 1 with it, and the whole answer arrives at a slow reader`, async () => {
    const binary = await binaryOf(major);
    assert.deepEqual(await run(binary, alone), { code: 0, length: 30e6, errors: 'crash\n' });
    assert.deepEqual(await run(binary, fixed(alone)), { code: 1, length: 30e6, errors: 'crash\n' });
  });
}

/** Runs a server until it ends, with one request. */
async function run(binary: string, text: string): Promise<{ readonly code: number | null; readonly length: number; readonly errors: string }> {
  const child = spawn(binary, ['-e', text], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '', NODE_TEST_CONTEXT: '' } });
  let errors = '';
  child.stderr.on('data', chunk => (errors += String(chunk)));
  const gone = once(child, 'close') as Promise<[number | null]>;
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  const length = await readSlowly(Number(String(port)));
  const [code] = await gone;
  return { code, length, errors };
}

/** How much of the answer arrives when reading begins late. */
async function readSlowly(port: number): Promise<number> {
  const [response] = (await once(get({ port, agent: new Agent() }), 'response')) as [IncomingMessage];
  await setTimeout(200);
  let length = 0;
  for await (const chunk of response) length += (chunk as Buffer).length;
  return length;
}

async function binaryOf(major: number): Promise<string> {
  return process.version.startsWith(`v${major}.`) ? process.execPath : installNode(major);
}

type Message = { readonly event: string; readonly port?: number };

interface Cluster {
  readonly port: number;
  messages(event: string): readonly Message[];
  until(event: string, count: number): Promise<void>;
  accepted(): Promise<readonly string[]>;
  errors(): string;
  stop(): Promise<void>;
}

async function startCluster(t: TestContext, major: number, text: string): Promise<Cluster> {
  const binary = await binaryOf(major);
  const directory = await mkdtemp(join(tmpdir(), 'looplens-skeleton-'));
  const [file, log] = [join(directory, 'server.js'), join(directory, 'accepted')];
  await writeFile(file, text);
  await writeFile(log, '');
  const child: ChildProcess = spawn(binary, [file], { stdio: ['ignore', 'inherit', 'pipe', 'ipc'], env: { ...process.env, NODE_OPTIONS: '', NODE_TEST_CONTEXT: '', ACCEPTED: log, PORT: '0' } });
  const received: Message[] = [];
  let stderr = '';
  child.stderr!.on('data', chunk => (stderr += String(chunk)));
  child.on('message', message => received.push(message as Message));
  const messages = (event: string): readonly Message[] => received.filter(message => message.event === event);
  const gone = once(child, 'exit');
  const until = async (event: string, count: number): Promise<void> => {
    while (messages(event).length < count) {
      await Promise.race([once(child, 'message'), gone]);
      assert.equal(child.exitCode, null, `the primary is gone: ${stderr}`);
    }
  };
  const stop = async (): Promise<void> => {
    if (child.connected) child.disconnect();
    await gone;
    await rm(directory, { recursive: true, force: true });
  };
  t.after(stop);
  await until('listening', 2);
  return {
    port: messages('listening')[0]!.port!,
    messages,
    until,
    accepted: async () => (await readFile(log, 'utf8')).split('\n'),
    errors: () => stderr,
    stop,
  };
}

interface Load {
  readonly failed: readonly { readonly id: string; readonly reused: boolean; readonly error: string }[];
  /** Resolves when so many more requests were answered. */
  answered(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** Clients that send one request after the other: half of them on new connections, half on connections that they keep. */
function startLoad(t: TestContext, port: number): Load {
  const failed: { id: string; reused: boolean; error: string }[] = [];
  const agent = new Agent({ keepAlive: true });
  let running = true;
  let count = 0;
  let next = 0;
  let wake = (): void => {};
  const client = async (keeps: boolean): Promise<void> => {
    while (running) {
      const id = String(next++);
      try {
        assert.equal(await fetchText(port, `/?${id}`, keeps ? agent : new Agent()), id);
        count += 1;
      } catch (error) {
        failed.push({ id, reused: (error as { reused?: boolean }).reused === true, error: String(error) });
      }
      wake();
    }
  };
  const clients = Array.from({ length: 8 }, (_, index) => client(index % 2 === 0));
  const stop = async (): Promise<void> => {
    running = false;
    await Promise.all(clients);
    agent.destroy();
  };
  t.after(stop);
  return {
    failed,
    async answered(more) {
      const goal = count + more;
      while (count < goal) await new Promise<void>(resolve => (wake = resolve));
    },
    stop,
  };
}

/** Rejects with whether the request was sent on a connection that was there before. */
function fetchText(port: number, path: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get({ port, path, agent }, response => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', chunk => (text += String(chunk)));
      response.on('end', () => resolve(text));
      response.on('error', reject);
    });
    request.on('error', error => reject(Object.assign(error, { reused: request.reusedSocket })));
  });
}
