import assert from 'node:assert/strict';
import { test } from 'node:test';
import { functionTitles, handlersIn, handlersNamed, surroundingsOf } from '../server/core/handlers.ts';
import { createWorkspace, type Snapshot } from '../server/core/workspace.ts';

async function snapshotOf(files: Readonly<Record<string, string>>): Promise<Snapshot> {
  const workspace = createWorkspace({});
  for (const [file, text] of Object.entries(files)) workspace.setText(file, text);
  return workspace.snapshot();
}

const app = {
  'app.js': `const express = require('express');
const users = require('./users');
const app = express();
app.get('/users/:id', users.show);
app.post('/users', (req, res) => { res.end(users.hash(req.body.password)); });
setInterval(function sweep() {}, 1000);
app.listen(3000);`,
  'users.js': `const crypto = require('node:crypto');
exports.hash = password => crypto.pbkdf2Sync(password, 'salt', 100000, 64, 'sha512').toString('hex');
exports.show = function show(req, res) { res.end(exports.hash(req.params.id)); };`,
};

test('the handlers of a file, those of its own and those that it registers, by what calls them', async () => {
  const { graph } = await snapshotOf(app);
  assert.deepEqual(handlersIn(graph, 'app.js').map(({ title, file }) => `${title} in ${file}`).sort(), ['GET /users/:id · show in users.js', 'POST /users handler in app.js', 'setInterval callback · sweep in app.js']);
});

test('a handler is found by its route, by its name and by a part of either; one that is named in full comes alone', async () => {
  const { graph } = await snapshotOf(app);
  const titles = (name: string): string[] => handlersNamed(graph, name).map(({ title }) => title).sort();
  assert.deepEqual(titles('GET /users/:id'), ['GET /users/:id · show']);
  assert.deepEqual(titles('get /users/:id'), ['GET /users/:id · show']);
  assert.deepEqual(titles('POST /users'), ['POST /users handler']);
  assert.deepEqual(titles('show'), ['GET /users/:id · show']);
  assert.deepEqual(titles('/users'), ['GET /users/:id · show', 'POST /users handler']);
  assert.deepEqual(titles('DELETE /users'), []);
});

test('a method of a controller has the path of its class, a route by its place that of its folder', async () => {
  const { graph } = await snapshotOf({
    'cats.controller.ts': "import { Controller, Get } from '@nestjs/common';\n@Controller({ path: 'cats' })\nexport class CatsController {\n  @Get(':id') findOne() { return 1; }\n}",
    'src/app/api/users/[id]/route.ts': 'export async function GET(request: Request) { return Response.json({}); }',
    'package.json': '{}',
  });
  assert.deepEqual(handlersNamed(graph, 'GET /cats/:id').map(({ title }) => title), ['GET /cats/:id · CatsController.findOne']);
  assert.ok(functionTitles(graph, 'cats.controller.ts').functions.some(({ title }) => title === 'GET /cats/:id · CatsController.findOne'));
});

test('around a function: what it calls where that is one function, and what blocks in it', async () => {
  const snapshot = await snapshotOf(app);
  const text = app['app.js'];
  const { calls, stalls } = surroundingsOf(snapshot.graph, files => snapshot.findingsIn(files), 'app.js', text.indexOf('(req, res) => { res.end(users') + 5, file => `/p/${file}`);
  assert.deepEqual(calls.filter(({ toFile }) => toFile === '/p/users.js').map(({ file, start }) => [file, text.slice(start, start + 10)]), [['/p/app.js', 'users.hash']]);
  assert.deepEqual(stalls.map(({ file, line, text: what }) => `${file}:${line} ${what}`), ['/p/users.js:2 crypto.pbkdf2Sync()']);
});
