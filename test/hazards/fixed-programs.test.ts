import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { applyFix, check } from './check-program.ts';

/** Asks the server for some paths, prints status and text of each answer, and ends. */
const client = `
server.listen(0, async () => {
  for (const path of ['/a.txt', '/missing.txt']) {
    const response = await fetch('http://127.0.0.1:' + server.address().port + path);
    console.log(response.status, await response.text());
  }
  process.exit();
});
`;

const programs: Record<string, string> = {
  'reading a file through two functions': `const fs = require('fs');
const http = require('http');
const title = name => read(name).trim().split('\\n')[0];
function read(name) {
  return fs.readFileSync(__dirname + name, 'utf8');
}
const server = http.createServer(async (request, response) => {
  try {
    response.end(title(request.url));
  } catch (error) {
    response.statusCode = 404;
    response.end(error.code);
  }
});
`,
  'existsSync in a condition': `const { existsSync } = require('node:fs');
const http = require('node:http');
const server = http.createServer((request, response) => {
  response.statusCode = existsSync(__dirname + request.url) ? 200 : 404;
  response.end(String(!existsSync));
});
`,
  'a derived key, promisified': `const crypto = require('crypto');
const http = require('http');
const server = http.createServer(async (request, response) => {
  response.end(crypto.pbkdf2Sync(request.url, 'salt', 10, 16, 'sha256').toString('hex'));
});
`,
  'zipped and unzipped': `const zlib = require('zlib');
const http = require('http');
const zip = text => zlib.gzipSync(Buffer.concat([Buffer.from(text)]));
const server = http.createServer((request, response) => {
  response.setHeader('content-encoding', 'gzip');
  response.end(zip(request.url));
});
`,
  'the output of a process': `const { execFileSync } = require('child_process');
const http = require('http');
const server = http.createServer(async (request, response) => {
  response.end(execFileSync(process.execPath, ['-p', '1 + 1'], { encoding: 'utf8' }));
});
`,
};

async function run(text: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'looplens-fix-'));
  try {
    await writeFile(join(directory, 'a.txt'), 'Title\nrest\n');
    await writeFile(join(directory, 'server.cjs'), text + client);
    return (await promisify(execFile)(process.execPath, [join(directory, 'server.cjs')])).stdout;
  } finally {
    await rm(directory, { recursive: true });
  }
}

for (const [name, text] of Object.entries(programs)) {
  test(`the fixed program answers as before: ${name}`, async () => {
    const program = { 'server.cjs': text };
    const fix = check(program).flatMap(finding => finding.fixes)[0];
    assert.ok(fix);
    const after = applyFix(program, fix)['server.cjs']!;
    assert.notEqual(after, text);
    const [answersBefore, answersAfter] = await Promise.all([run(text), run(after)]);
    assert.match(answersBefore, /^200 [^]*\n(200|404) /);
    assert.equal(answersAfter, answersBefore);
  });
}
