import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, type Program } from '../hazards/check-program.ts';

// Handlers and callees that a program names by a road of its own: each blocks in the line with `// here`, and in no other.

const only = new Set(['blocking-fs', 'redos-literal']);
const express = "const express = require('express'); const fs = require('node:fs'); const app = express();\n";

const programs: Readonly<Record<string, Program>> = {
  'a table with methods and paths': { 'app.js': `${express}const routes = [{ method: 'get', path: '/a', handler: (req, res) => {\n res.send(fs.readFileSync('a')); // here\n} }];\nfor (const r of routes) app[r.method](r.path, r.handler);` },
  'a function that registers by method': {
    'app.js': `${express}function route(method, path, middleware, handler) { app[method](path, ...middleware, (req, res, next) => { try { res.send(handler(req)); } catch (e) { next(e); } }); }\nroute('post', '/login', [], req =>\n fs.readFileSync(req.body.p)); // here`,
  },
  'keys that hold method and path': { 'app.js': `${express}const routes = { 'get /a': { controller: (req, res) => {\n res.send(fs.readFileSync('a')); // here\n} } };\nfor (const key of Object.keys(routes)) { const [method, path] = key.split(' '); app[method](path, routes[key].controller); }` },
  'pairs of a namespace': { 'api.js': "import fs from 'node:fs';\nexport const one = (req, res) => {\n res.send(fs.readFileSync('a')); // here\n};", 'app.js': "import express from 'express'; import * as api from './api.js'; const app = express();\nfor (const [name, fn] of Object.entries(api)) app.get('/' + name, fn);" },
  'a namespace as the methods of a service': { 'impl.js': "const fs = require('node:fs');\nexports.sayHello = (call, done) => {\n done(null, fs.readFileSync('a')); // here\n};", 'app.js': "const grpc = require('@grpc/grpc-js'); const impl = require('./impl'); const server = new grpc.Server();\nserver.addService(definition, impl);" },
  'the global object as a registry': { 'keys.js': "const fs = require('node:fs');\nexports.renew = () => {\n fs.writeFileSync('k', ''); // here\n};", 'app.js': `${express}global.APP = {}; APP.keys = require('./keys');\napp.post('/keys', (req, res) => { APP.keys.renew(); res.end(); });` },
  'a property of globalThis': { 'app.js': `${express}globalThis.renew = () => {\n fs.writeFileSync('k', ''); // here\n};\napp.post('/keys', (req, res) => { renew(); res.end(); });` },
  'services kept on the request': { 'app.js': `${express}const services = { load: () =>\n fs.readFileSync('a') // here\n};\napp.use((req, res, next) => { req.services = services; next(); });\napp.get('/', (req, res) => res.send(req.services.load()));` },
  'commands of a bot, each a file': {
    'commands/ping.js': "const fs = require('node:fs');\nmodule.exports = { data: { name: 'ping' }, async execute(i) {\n await i.reply(fs.readFileSync('a', 'utf8')); // here\n} };",
    'bot.js': "const { Client, Collection, Events } = require('discord.js'); const { readdirSync } = require('node:fs'); const client = new Client({});\nclient.commands = new Collection();\nfor (const f of readdirSync('./commands')) { const c = require(`./commands/${f}`); client.commands.set(c.data.name, c); }\nclient.on(Events.InteractionCreate, async i => { await client.commands.get(i.commandName).execute(i); });",
  },
  'a map asked with ?.': { 'app.js': `const http = require('node:http'); const fs = require('node:fs');\nconst routes = new Map([['/a', (req, res) => {\n res.end(fs.readFileSync('/a')); // here\n}]]);\nhttp.createServer((req, res) => { routes.get(req.url)?.(req, res); });` },
  'merged resolvers': { 'app.js': "const { ApolloServer } = require('@apollo/server'); const _ = require('lodash'); const fs = require('node:fs');\nconst a = { Query: { a: () =>\n fs.readFileSync('a') // here\n} }; const b = { Query: { b: () => 1 } };\nnew ApolloServer({ typeDefs: '', resolvers: _.merge({}, a, b) });" },
  'a package that is a middleware': { 'package.json': '{"name":"x","main":"index.js"}', 'index.js': "const fs = require('node:fs');\nmodule.exports = options => function (req, res, next) {\n res.setHeader('x', fs.readFileSync('/a', 'utf8')); // here\n next();\n};" },
  'a listener assigned to a socket': { 'app.js': "const { WebSocketServer } = require('ws'); const fs = require('node:fs');\nnew WebSocketServer({ port: 1 }).on('connection', ws => { ws.onmessage = event => {\n ws.send(fs.readFileSync('/a')); // here\n}; });" },
};

for (const [name, program] of Object.entries(programs)) {
  test(`found: ${name}`, () => {
    const expected = Object.entries(program).flatMap(([file, text]) => text.split('\n').flatMap((line, index) => (line.includes('// here') ? [`${file}:${index + 1}`] : [])));
    assert.deepEqual(check(program, { only }).filter(finding => finding.confidence !== 'possible').map(({ location }) => `${location.file}:${location.line}`), expected);
  });
}

test('of several expressions the worst is told', () => {
  const program = (table: string): Program => ({ 'app.js': `${express}const table = [${table}]; const one = process.env.STRICT ? /^b$/ : /^(a+)+$/;\napp.use(express.json());\napp.post('/', (req, res) => res.json(table.some(p => p.test(req.body.text))));\napp.put('/', (req, res) => res.json(one.test(req.body.text)));` });
  for (const table of ['/^b$/, /^(a+)+$/', '/^(a+)+$/, /^b$/']) assert.deepEqual(check(program(table), { only }).map(({ location, severity }) => `${location.line} ${severity}`), ['4 error', '5 error'], table);
});
