import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractFacts } from '../../server/core/facts/extract-facts.ts';
import { linkProgram } from '../../server/core/graph/link-program.ts';
import { frameworks } from '../../server/core/node/frameworks.ts';
import { createApiIndex } from '../../server/core/node/lookup.ts';
import { parse } from '../../server/core/syntax/parse.ts';

const apis = createApiIndex();

/** The entries of a one-file program, `role: label`, in the order of the labels' places in the text. */
function entries(program: string, file = 'app.ts', dependencies: Readonly<Record<string, string>> = {}): string[] {
  // Only files that have to do with blocking calls are linked.
  const source = `${program}\nrequire('node:fs').readFileSync('x');\n`;
  const graph = linkProgram({
    modules: [extractFacts(parse(file, source))],
    project: { packageJsons: new Map([['.', { name: 'app', dependencies }]]), tsconfigs: new Map(), deploymentFiles: new Map() },
    frameworks,
    apis,
    text: () => source,
  });
  return graph.entries
    .filter(entry => entry.label !== '' && entry.function.index !== 0)
    .map(entry => ({ at: entry.function.facts.range[0], text: `${entry.role}: ${entry.label}` }))
    .sort((a, b) => a.at - b.at)
    .map(entry => entry.text);
}

/** One program a case: what it registers, and the entries that must come of it. */
const programs: readonly (readonly [name: string, source: string, expected: readonly string[]])[] = [
  ['express', `import express, { Router } from 'express'; const app = express(); const router = Router();
    app.use((req, res, next) => {}); router.get('/a', (req, res) => {}); app.route('/b').post([(req, res) => {}]); app.listen(1, () => {});`,
    ['request: middleware', 'request: GET /a handler', 'request: POST route handler', 'startup: listen callback']],
  ['request streams', `import express from 'express'; express().post('/up', (req, res) => { req.on('data', c => {}); res.once('close', () => {}); });`,
    ['request: POST /up handler', 'request: request data listener', 'request: response close listener']],
  ['http', `const http = require('node:http'); const s = http.createServer((req, res) => {}); s.on('upgrade', (req, socket) => { socket.on('data', d => {}); }); s.listen(80, () => {});`,
    ['request: HTTP request listener', 'request: upgrade listener', 'request: socket data listener', 'startup: listen callback']],
  ['fastify', `import Fastify from 'fastify'; const f = Fastify(); f.addHook('onReady', async () => {}); f.addHook('preHandler', async (q, r) => {});
    f.register(async (g, o) => { g.get('/a', { preHandler: async () => {} }, async (q, r) => {}); }); f.route({ method: 'GET', url: '/b', handler: async () => {} });`,
    ['startup: onReady hook', 'request: preHandler hook', 'startup: plugin', 'request: GET /a preHandler handler', 'request: GET /a handler', 'request: GET /b handler']],
  ['koa', `import Koa from 'koa'; import KoaRouter from '@koa/router'; const r = new KoaRouter(); r.get('/a', async ctx => {}); new Koa().use(async (ctx, next) => {}).use(r.routes());`,
    ['request: GET /a handler', 'request: Koa middleware']],
  ['hapi', `const Hapi = require('@hapi/hapi'); const s = Hapi.server({}); s.route([{ method: 'GET', path: '/', options: { handler: (q, h) => 1 } }]); s.ext('onPreStart', () => {}); s.ext('onRequest', (q, h) => {});`,
    ['request: handler', 'startup: onPreStart extension', 'request: onRequest extension']],
  ['hono', `import { Hono } from 'hono'; const api = new Hono(); api.get('/a', c => c.text('')).post('/b', c => c.text(''));`, ['request: GET /a handler', 'request: POST /b handler']],
  ['socket.io', `import { Server } from 'socket.io'; const io = new Server(); io.on('connection', s => { s.on('chat', m => {}); }); io.of('/x').use((s, next) => {});`,
    ['request: socket.io connection listener', 'request: socket chat listener', 'request: socket.io middleware']],
  ['ws', `import { WebSocketServer } from 'ws'; const wss = new WebSocketServer({ port: 1 }); wss.on('connection', (ws, req) => { ws.on('message', d => {}); });`,
    ['request: WebSocket connection listener', 'request: WebSocket message listener']],
  ['queues and cron', `import { Worker } from 'bullmq'; import cron from 'node-cron'; new Worker('mail', async job => {}); cron.schedule('* * * * *', () => {}); setInterval(() => {}, 5);`,
    ['background: mail job processor', 'timer: cron job * * * * *', 'timer: setInterval callback']],
  ['process', `process.on('SIGTERM', () => {}); process.on('message', m => {}); process.on('uncaughtException', e => {});`,
    ['shutdown: process SIGTERM listener', 'request: process message listener', 'shutdown: process uncaughtException listener']],
  ['cluster', `import cluster from 'node:cluster'; cluster.on('exit', w => {}); cluster.fork().on('message', m => {});`, ['cluster-primary: cluster exit listener', 'cluster-primary: worker message listener']],
  ['streams', `import { Transform, pipeline } from 'node:stream'; new Transform({ transform(c, e, cb) {} }); class Up extends Transform { _transform(c, e, cb) {} }`, ['stream: stream transform()', 'stream: Up._transform()']],
  ['nest', `import { Controller, Get, Injectable, OnModuleInit } from '@nestjs/common'; import { Cron } from '@nestjs/schedule';
    @Controller('cats') class Cats { @Get('all') all() {} } @Injectable() class Boot implements OnModuleInit { onModuleInit() {} @Cron('* * * * *') tick() {} }`,
    ['request: GET all handler', 'startup: onModuleInit()', 'startup: Boot.onModuleInit', 'timer: @Cron * * * * *']],
  ['graphql', `import { ApolloServer } from '@apollo/server'; new ApolloServer({ typeDefs: '', resolvers: { Query: { me(parent, args) {} } } });`, ['request: GraphQL Query.me']],
  ['passport', `import passport from 'passport'; import { Strategy } from 'passport-local'; passport.use(new Strategy((u, p, done) => {})); passport.deserializeUser((id, done) => {});`,
    ['request: passport verify callback', 'request: passport deserializeUser']],
  ['wrapped', `import express from 'express'; import asyncHandler from 'express-async-handler'; import _ from 'lodash'; const app = express();
    app.get('/a', asyncHandler(async (req, res) => {})); app.get('/b', _.throttle((req, res) => {}, 5));`, ['request: GET /a handler', 'request: GET /b handler']],
  ['known by name', `module.exports = app => { app.get('/a', (req, res) => {}); app.get('setting'); };`, ['request: GET /a handler']],
  ['look-alikes', `const cache = new Map(); cache.get('/x', () => {}); const axios = require('axios'); axios.get('/x', () => {}); [1].map(x => x); api2.use(x => {});`, []],
  ['command line', `import { program } from 'commander'; program.command('x').action(async () => {}); `, ['cli: command action']],
  ['tests', `import { test } from 'node:test'; test('a', () => {}); describe('b', () => {});`, ['test: test a', 'test: describe b']],
];

for (const [name, source, expected] of programs) {
  test(`entries: ${name}`, () => assert.deepEqual(entries(source), expected));
}

test('entries: file conventions', () => {
  assert.deepEqual(entries('export default function handler(req, res) {}', 'pages/api/a.ts', { next: '1' }), ['request: API route pages/api/a']);
  assert.deepEqual(entries('export async function GET() {}', 'app/b/route.ts', { next: '1' }), ['request: GET app/b/route']);
  assert.deepEqual(entries('export const handler = async (event) => {};', 'src/x.ts', { serverless: '1' }), ['request: Lambda handler']);
  assert.deepEqual(entries('export default function handler(req, res) {}', 'lib/a.ts', { next: '1' }), []);
});
