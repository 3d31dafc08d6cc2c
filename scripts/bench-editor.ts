// Latency in the editor, with the server as it is shipped: node scripts/run.mjs scripts/bench-editor.ts [files] [keystrokes]
// A workspace of many files, one large file open in it, and somebody who types a statement there, most states of which do not
// parse. Measured: start, memory, from each keystroke to its diagnostics (time on the clock, with the server's pause of 40 ms, and
// CPU time of the server's process), and the CPU time until the rest of the workspace is up to date again.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { buildServer, createFolder, startClient, type Client } from '../test/lsp/client.ts';

const fileCount = Number(process.argv[2] ?? 1000);
const keystrokes = Number(process.argv[3] ?? 60);
/** Keystrokes after which nobody types until everything is known. */
const settledStrokes = 8;
const typed = "  const late = await fetchAll(input.map(x => x.id)); fs.readFileSync(`a${late}`);\n";
const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** A module as applications have them: imports, functions that call one another, a class, timers and promises. */
function moduleText(index: number, lines: number): string {
  const other = (distance: number): number => (index * 7 + distance) % fileCount;
  const parts = [`import fs from 'node:fs';`, `import { load as next } from './m${other(1)}.js';`, `import { Store as Other } from './m${other(2)}.js';`];
  for (let i = 0; parts.length < lines - 8; i++) {
    parts.push(
      `export async function ${i === 0 ? 'load' : `load${i}`}(input) {`,
      `  const items = input.filter(item => item.kind === ${i}).map(({ id, name }) => ({ id, label: \`\${name}-${i}\` }));`,
      `  if (items.length > ${i}) await next(items);`,
      `  setTimeout(() => console.log(items.length), ${i});`,
      `  return new Promise(resolve => setImmediate(() => resolve(items)));`,
      `}`,
    );
    if (i % 5 === 0) parts.push(`export class Store${i === 0 ? '' : i} {`, `  #cache = new Map();`, `  read(name) {`, `    return this.#cache.get(name) ?? ${i % 20 === 0 ? "fs.readFileSync(name, 'utf8')" : 'null'};`, `  }`, `}`);
  }
  // Whole functions: a file that ends in the middle of one would not parse.
  return `${parts.join('\n')}\n`;
}

function cpuMs(client: Client): number {
  const fields = readFileSync(`/proc/${client.process.pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
}

function memoryMb(client: Client): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${client.process.pid}/status`, 'utf8'))![1]) / 1024;
}

function percentile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!;
}

const built = buildServer();
const server = `import http from 'node:http';\nimport { load } from './m0.js';\nimport { Store } from './large.js';\nhttp.createServer(async (req, res) => { await load([]); res.end(new Store().read(req.url)); });\n`;
try {
  for (const lines of [650, 2600, 10_000]) {
    const large = moduleText(fileCount, lines);
    const files = Object.fromEntries(Array.from({ length: fileCount }, (_, index) => [`m${index}.js`, moduleText(index, 120)]));
    const folder = createFolder({ 'package.json': '{"type":"module"}', 'server.js': server, ...files, 'large.js': large });
    const uri = folder.uriOf('large.js');
    const begin = performance.now();
    const client = startClient(built.cli);
    await client.request('initialize', { processId: null, rootUri: folder.uri, capabilities: { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } } });
    const initialized = performance.now() - begin;
    client.notify('initialized', {});
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'javascript', version: 1, text: large } });
    const first = await client.request<{ items: unknown[] }>('textDocument/diagnostic', { textDocument: { uri } });
    const opened = performance.now() - begin;
    const cpuAtStart = cpuMs(client);
    // What the first scan leaves behind is tidied up when nobody waits.
    await new Promise(resolve => setTimeout(resolve, 6000));
    const memoryAtStart = memoryMb(client);

    const [clock, cpu]: [number[], number[]] = [[], []];
    let position = { line: Math.floor(lines / 2 / 6) * 6 + 5, character: 0 };
    for (let stroke = 0; stroke < keystrokes; stroke++) {
      const text = typed[stroke % typed.length]!;
      const [start, cpuStart] = [performance.now(), cpuMs(client)];
      client.notify('textDocument/didChange', { textDocument: { uri, version: stroke + 2 }, contentChanges: [{ range: { start: position, end: position }, text }] });
      await client.request('textDocument/diagnostic', { textDocument: { uri } });
      clock.push(performance.now() - start);
      cpu.push(cpuMs(client) - cpuStart);
      position = text === '\n' ? { line: position.line + 1, character: 0 } : { ...position, character: position.character + 1 };
    }
    const rest: number[] = [];
    for (let stroke = 0; stroke < settledStrokes; stroke++) {
      client.notify('textDocument/didChange', { textDocument: { uri, version: keystrokes + stroke + 2 }, contentChanges: [{ range: { start: position, end: position }, text: 'x' }] });
      await client.request('textDocument/diagnostic', { textDocument: { uri } });
      const cpuStart = cpuMs(client);
      // Idle again once nothing was computed for a while.
      for (let last = -1; cpuMs(client) !== last; ) {
        last = cpuMs(client);
        await new Promise(resolve => setTimeout(resolve, 600));
      }
      rest.push(cpuMs(client) - cpuStart);
    }
    const round = (value: number): string => value.toFixed(0).padStart(5);
    console.log(`${lines} lines in a workspace of ${fileCount + 2} files; ${first.items.length} findings in it at first`);
    console.log(`  initialize answered  ${round(initialized)} ms`);
    console.log(`  first diagnostics    ${round(opened)} ms (CPU ${cpuAtStart.toFixed(0)} ms)`);
    console.log(`  memory after opening ${round(memoryAtStart)} MB, after ${keystrokes} keystrokes ${round(memoryMb(client))} MB`);
    console.log(`  keystroke, clock     ${round(percentile(clock, 0.5))} ms median, ${round(percentile(clock, 0.95))} ms p95`);
    console.log(`  keystroke, CPU       ${round(percentile(cpu, 0.5))} ms median, ${round(percentile(cpu, 0.95))} ms p95`);
    console.log(`  the rest after it    ${round(percentile(rest, 0.5))} ms CPU median`);
    await client.request('shutdown', null);
    client.notify('exit', null);
    await client.exit;
    folder.remove();
  }
} finally {
  built.remove();
}
