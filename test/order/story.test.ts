import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explore } from '../../server/core/order/explore.ts';
import { runProgram } from '../../server/core/order/machine.ts';
import type { ProgramSource } from '../../server/core/order/run.ts';
import { differentialBudget } from './differential.ts';
import { storyOf, told, waysOf } from './story-of.ts';

const nest = {
  'cats.controller.ts': `import { Controller, Get, Param, Type, Inject } from '@nestjs/common';
import { CatsService } from './cats.service';
import { Roles, Timed } from './decorators';
@Controller('cats')
@Type(() => CatsController)
export class CatsController {
  private readonly seen = new Map();
  private count = 0;
  constructor(private readonly cats: CatsService, @Inject('AUDIT') private readonly audit: Audit) {}
  @Get(':id') @Roles('admin') @Timed()
  async findOne(@Param('id') id: string) { // here
    this.count++;
    const cat = await this.cats.find(id);
    if (!cat) throw new NotFoundException();
    await this.audit.record(id);
    return { cat };
  }
}`,
  'cats.service.ts': `import { Injectable } from '@nestjs/common';
import { Repository } from 'typeorm';
@Injectable()
export class CatsService {
  private readonly logger = new Logger(CatsService.name);
  constructor(private readonly repository: Repository<Cat>) {}
  async find(id) {
    this.logger.debug('find');
    return this.repository.findOne({ where: { id } });
  }
}`,
  'decorators.ts': `import { SetMetadata } from '@nestjs/common';
export const Roles = (...roles: string[]) => SetMetadata('roles', roles);
export function Timed() { return (target, key, descriptor) => descriptor; }`,
};

test('a method of a class runs on an instance with what is injected by its class; decorators call nothing', () => {
  const story = storyOf(nest);
  assert.deepEqual(told(story), [
    'poll GET /cats/:id · CatsController.findOne', '  await repository.findOne()',
    'poll repository.findOne() settles', 'microtask findOne continues', '  await audit.record()',
    'poll audit.record() settles', 'microtask findOne continues', '  returns {…}',
  ]);
  assert.deepEqual(waysOf(story), [
    'repository.findOne() fails or audit.record() fails → throws the error of repository.findOne',
    'cat does not exist → throws new NotFoundException',
  ]);
  assert.equal(story.outcomes[0]!.exitCode === 1, false);
});

test('a decorator of the program that wraps a method is seen through', () => {
  const story = storyOf({
    'a.ts': `import { Wrapped } from './wrapped';
export class A {
  @Wrapped()
  async list() { // here
    console.log('one'); await null; console.log('two');
  }
}`,
    'wrapped.ts': 'export function Wrapped() { return (method, context) => function (...args) { return method.apply(this, args); }; }',
  });
  assert.deepEqual(told(story), ['poll A.list', '  → one', 'microtask list continues', '  → two']);
  assert.equal(story.outcomes.length, 1);
});

test('own modules are entered, by require and by import, through barrels and objects', () => {
  const story = storyOf({
    'route.js': `const { users } = require('./services');
const wrap = require('./wrap');
require('express')().post('/login', wrap(async (req, res) => { // here
  const user = await users.login(req.body);
  res.json(user);
}));`,
    'services/index.js': "exports.users = require('./users');",
    'services/users.js': `const db = require('../db');
module.exports = { async login({ email, password }) { const user = await db.users.findOne({ email }); if (!user) throw new Error('no such user'); return user; } };`,
    'db.js': "const { Pool } = require('pg'); const users = new Pool(); module.exports = { users };",
    'wrap.js': 'module.exports = fn => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);',
  });
  assert.deepEqual(told(story), ['poll POST /login handler', '  await users.findOne()', 'poll users.findOne() settles', 'microtask login continues', 'microtask handler continues', '  res.json()']);
  assert.deepEqual(waysOf(story), ['users.findOne() fails → throws the error of users.findOne', 'user does not exist → throws Error: no such user']);
});

test('state that functions change is unknown, state that start-up made is known', () => {
  const story = storyOf({
    'a.js': `const cache = new Map(); let ready = false; const limits = { get: 2 }; const list = [];
exports.start = () => { ready = true; };
exports.add = x => { list.push(x); };
exports.handle = (req, res) => { // here
  if (!ready) return res.sendStatus(503);
  if (cache.has(req.params.id)) return res.json(cache.get(req.params.id));
  if (list.length === 0) return res.end('none');
  console.log(limits.get, cache.size === 0 ? 'maybe' : 'some');
  cache.set(req.params.id, 1);
  res.end();
};`,
  });
  assert.deepEqual(told(story).filter(line => line.includes('→')).map(line => line.slice(0, 5)), ['  → 2']);
  assert.deepEqual(waysOf(story).map(way => way.replace(/, "2 .*| → "2.*/, '')).slice(0, 3), ['ready does not exist → res.sendStatus()', 'cache.has(req.params.id) → res.json()', "list is empty → res.end('none')"]);
});

test('what start-up would do has no effect: no output, no timers, no connections', () => {
  const story = storyOf({
    'a.js': `const { connect } = require('./connection'); const config = require('./config');
const client = connect(config.url);
exports.handle = async () => { // here
  await client.ping();
  console.log(config.url);
};`,
    'connection.js': "const net = require('net'); setInterval(() => console.log('tick'), 5); exports.connect = url => { console.log('connecting'); setTimeout(() => {}, 10); return net.connect(url); };",
    'config.js': "console.log('config'); module.exports = { url: 'x://y' };",
  });
  assert.deepEqual(told(story), ['poll handle()', '  await client.ping()', 'poll client.ping() settles', 'microtask handle continues', '  → x://y']);
});

test('the way that goes furthest is shown, an early return beside it; always is said only where all ways have the same steps', () => {
  const story = storyOf({
    'a.js': `const db = require('some-db');
require('express')().post('/a', async (req, res) => { const errors = []; // here
  if (db.check(req.body.a) !== db.check(req.body.b)) errors.push('x');
  if (errors.length) return res.redirect('/');
  const u = await db.find(); await u.save(); res.end(); });`,
  });
  assert.deepEqual(told(story), ['poll POST /a handler', '  await db.find()', 'poll db.find() settles', 'microtask handler continues', '  await u.save()', 'poll u.save() settles', 'microtask handler continues', '  res.end()']);
  assert.ok(waysOf(story).includes("db.check() !== db.check() → res.redirect('/')"), waysOf(story).join('\n'));
  assert.deepEqual(story.steps.map(({ certainty }) => certainty), ['always', 'sometimes', 'sometimes', 'sometimes', 'sometimes']);
});

test('callbacks inside of an object may be called', () => {
  const story = storyOf({
    'a.js': `require('express')().get('/a', async (req, res) => { const c = new (require('some-client'))(); // here
  const x = await new Promise((resolve, reject) => c.request('a', { success: resolve, error: reject })); console.log('done'); res.send(x); });`,
  });
  assert.ok(told(story).includes('  → done'));
});

test('copies of unknown objects have unknown members, and the machine goes on', () => {
  const story = storyOf({
    'a.js': `exports.handle = async (req, res) => { // here
  const { id, ...rest } = { role: 'user', ...req.body };
  if (rest.role === 'admin') return res.sendStatus(403);
  await save({ ...rest, id });
  res.end();
};`,
  });
  assert.deepEqual(told(story).slice(-1), ['  res.end()']);
  assert.ok(waysOf(story).some(way => way.endsWith('→ res.sendStatus()')));
});

test('an error that nobody wrote is no branch', () => {
  const story = storyOf({ 'a.js': 'const helper = { a: null };\nexports.handle = req => { // here\n  console.log(helper.a.b);\n};' });
  assert.match(story.incompleteBecause.join(), /may stem from what is not known here: TypeError/);
});

test('of a class from outside any member may be there', () => {
  const story = storyOf({
    'a.ts': `import { Base } from 'framework';
export class Job extends Base {
  async run() { // here
    const items = await this.load();
    await super.run(items);
    console.log('done');
  }
}`,
  });
  assert.deepEqual(told(story), ['poll Job.run', '  await this.load()', 'poll this.load() settles', 'microtask run continues', '  await this.run()', 'poll this.run() settles', 'microtask run continues', '  → done']);
});

test('a closure sees the variables of the functions around it', () => {
  const story = storyOf({
    'plugin.ts': `import fp from 'fastify-plugin';
const plugin = async (fastify) => {
  const { tasks } = fastify;
  const limit = 5;
  fastify.get('/:id', async function (request, reply) { // here
    const task = await tasks.findById(request.params.id);
    if (!task) return reply.notFound('no task');
    console.log(limit);
    return task;
  });
};
export default plugin;`,
  });
  assert.deepEqual(told(story), ['poll GET /:id handler', '  await fastify.tasks.findById()', 'poll fastify.tasks.findById() settles', 'microtask handler continues', '  returns task', '  → 5']);
});

test('a way that comes back says what it leaves out', () => {
  const story = storyOf({
    'a.js': `exports.handle = async (req, res) => { // here
  const user = await users.find(req.body.id);
  if (req.body.notify) await mail.send(user);
  res.json(user);
};`,
  });
  assert.deepEqual(waysOf(story), ['users.find() fails or mail.send() fails → throws the error of users.find', 'req.body.notify is missing → , without await mail.send()'].map(way => way.replace('→ , ', '→ ')));
});

test('what blocks stands on its step with its cost, and a call of unknown code enters the function that the graph knows', () => {
  const text = `const { container } = require('some-container');
exports.handle = async (req, res) => {
  const service = container.cradle.service;
  await service.load(req.params.id);
  res.end();
};`;
  const service = `exports.Service = class { async load(id) { const text = parse(id); return this.db.get(text); } };
function parse(id) { return JSON.parse(id); }`;
  const texts = new Map([['/p/a.js', text], ['/p/service.js', service]]);
  const program: ProgramSource = { entry: '/p/a.js', read: file => texts.get(file) ?? null, resolve: () => null, moduleType: () => 'commonjs' };
  const timeline = explore(runProgram, program, {
    node: 24, module: 'commonjs', budget: differentialBudget,
    entryPoint: {
      kind: 'function', offset: text.indexOf('async (req'), phase: 'poll', label: 'GET /a handler',
      calls: [{ file: '/p/a.js', start: text.indexOf('service.load('), toFile: '/p/service.js', toOffset: service.indexOf('return this') }],
      stalls: [{ file: '/p/service.js', line: 2, column: service.split('\n')[1]!.indexOf('JSON') + 1, text: 'JSON.parse()', cost: 'about 10 ms per megabyte' }],
    },
  });
  assert.deepEqual(told(timeline), ['poll GET /a handler', '  ⚠ JSON.parse() blocks the event loop: about 10 ms per megabyte', '  await this.db.get()', 'poll this.db.get() settles', 'microtask handle continues', '  res.end()']);
});

test('a condition of two parts that must both hold is one way', () => {
  const story = storyOf({
    'a.js': `exports.remove = async (req, res, next) => { // here
  const camp = await Camp.findById(req.params.id);
  if (camp.owner !== req.user.id && req.user.role !== 'admin') return next(new Error('not yours'));
  await camp.remove();
  res.json({});
};`,
  });
  assert.ok(waysOf(story).includes("camp.owner !== req.user.id and req.user.role !== 'admin' → next(error)"), waysOf(story).join('\n'));
});

test('a loop over what is unknown goes round once, and says so', () => {
  const story = storyOf({
    'a.js': `exports.list = async (req, res) => { // here
  const rows = await db.rows();
  for (let i = 0; i < rows.length; i++) console.log('row');
  res.json(Math.max(...rows));
};`,
  });
  assert.deepEqual(told(story).slice(-2), ['  res.json()', '  → row']);
  assert.deepEqual(story.incompleteBecause, ['lists of unknown length are taken to have one element']);
});

test('what a rejection that nobody handles does to the process is told', () => {
  const story = storyOf({ 'a.js': 'exports.handle = (req, res) => { // here\n  User.load(req.id).then(user => res.json(user));\n};' });
  assert.equal(story.outcomes.find(({ exitCode }) => exitCode === 1)?.conditions?.[0], 'User.load() fails');
});

test('what is registered belongs to another story', () => {
  const story = storyOf({ 'a.js': "exports.plugin = async fastify => { // here\n  fastify.get('/a', async () => { console.log('never'); });\n  fastify.addHook('onRequest', () => console.log('never'));\n};" });
  assert.deepEqual(told(story), ["poll plugin()", "  fastify.get('/a')", "  fastify.addHook('onRequest')"]);
});

test('Node’s own promises and combinators are awaited by their names, and what they fail with is told', () => {
  const story = storyOf({ 'a.js': "exports.handle = async c => { // here\n  const response = await fetch('https://example.com');\n  const [a, b] = await Promise.all([db.one(), db.two()]);\n  return c.json({ a, b });\n};" });
  assert.deepEqual(told(story).filter(line => line.startsWith('  ')), ['  await fetch()', '  db.one()', '  db.two()', '  await Promise.all()', '  c.json()'].map(line => (line === '  db.one()' || line === '  db.two()' ? line.replace('  ', '  await ') : line)));
  assert.ok(waysOf(story).some(way => way.includes('throws TypeError: fetch failed')), waysOf(story).join('\n'));
});
