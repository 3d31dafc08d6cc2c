import assert from 'node:assert/strict';
import { test } from 'node:test';
import { link } from '../hazards/check-program.ts';

// The forms in which each library's documentation registers a function, with the role and the label that must come of it.

/** The entries of a file, `role: label`, in the order of the functions. */
function entries(source: string, file: string, dependency: string): string[] {
  const graph = link({ 'package.json': JSON.stringify({ name: 'app', private: true, dependencies: { [dependency]: '1' } }), [file]: `${source}\nrequire('node:fs').readFileSync('x');\n` });
  return graph.entries
    .filter(entry => entry.label !== '' && entry.function.index !== 0)
    .map(entry => ({ at: entry.function.facts.range[0], text: `${entry.role}: ${entry.label}` }))
    .sort((a, b) => a.at - b.at)
    .map(entry => entry.text);
}

const forms: readonly (readonly [name: string, source: string, expected: readonly string[], file?: string, dependency?: string])[] = [
  ['vscode commands and events', `import * as vscode from 'vscode'; export function f(context: vscode.ExtensionContext) { vscode.commands.registerCommand('a.b', () => {}); vscode.workspace.onDidSaveTextDocument(d => {}); vscode.window.createFileSystemWatcher; const w = vscode.workspace.createFileSystemWatcher('*'); w.onDidChange(u => {}); }`,
    ['background: command a.b', 'background: onDidSaveTextDocument listener', 'background: onDidChange listener']],
  ['vscode providers', `import * as vscode from 'vscode'; vscode.languages.registerHoverProvider('x', { provideHover() { return null; } }); class L { provideCodeLenses() {} resolveCodeLens() {} } vscode.languages.registerCodeLensProvider('x', new L());`,
    ['background: provideHover', 'background: provideCodeLenses', 'background: resolveCodeLens']],
  ['vscode views', `import { window, tasks } from 'vscode'; const p = window.createWebviewPanel('a', 'b', 1); p.webview.onDidReceiveMessage(m => {}); p.onDidDispose(() => {}); window.createTreeView('t', { treeDataProvider: { getChildren() {} } }); tasks.registerTaskProvider('x', { provideTasks() {} });`,
    ['background: onDidReceiveMessage listener', 'background: onDidDispose listener', 'background: getChildren', 'background: provideTasks']],
  ['language server', `import { createConnection, TextDocuments, ProposedFeatures } from 'vscode-languageserver/node'; const connection = createConnection(ProposedFeatures.all); const documents = new TextDocuments(D);
    connection.onInitialize(() => {}); connection.onHover(() => null); connection.onRequest('x/y', () => 1); connection.languages.semanticTokens.on(() => {}); documents.onDidChangeContent(() => {}); connection.onShutdown(() => {});`,
    ['startup: onInitialize', 'request: onHover', 'request: onRequest x/y', 'request: language feature on', 'request: documents onDidChangeContent', 'shutdown: onShutdown']],
  ['language server by type', `import type { Connection } from 'vscode-languageserver'; export function add(connection: Connection) { connection.onCompletion(() => []); }`, ['request: onCompletion']],
  ['MCP', `import { McpServer, ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js'; const server = new McpServer({}); server.registerTool('add', {}, async args => ({})); server.tool('old', {}, async () => ({})); server.registerPrompt('p', {}, () => ({}));
    server.registerResource('r', new ResourceTemplate('r://{x}', { list: () => [] }), {}, async uri => ({})); server.server.setRequestHandler(S, async r => ({}));`,
    ['request: MCP tool add', 'request: MCP tool old', 'request: MCP prompt p', 'request: MCP resource list', 'request: MCP resource r', 'request: MCP handler']],
  ['MCP by type', `import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'; export function register(s: McpServer) { s.registerTool('c', {}, async () => ({})); }`, ['request: MCP tool c']],
  ['MCP, low level', `import { Server } from '@modelcontextprotocol/sdk/server/index.js'; const s = new Server({}, {}); s.setRequestHandler(CallToolRequestSchema, async request => ({}));`, ['request: MCP handler']],
  ['FastMCP', `import { FastMCP } from 'fastmcp'; const s = new FastMCP({ name: 'x', version: '1.0.0', authenticate: r => ({}) }); s.addTool({ name: 'sum', execute: async args => '' }); s.addResource({ name: 'log', async load() { return {}; } });`,
    ['request: MCP authentication', 'request: MCP tool sum', 'request: MCP log']],
  ['Electron', `import { app, BrowserWindow, ipcMain, protocol, Menu } from 'electron'; app.on('ready', () => {}); app.on('will-quit', () => {}); const win = new BrowserWindow(); win.on('resize', () => {}); win.webContents.on('did-finish-load', () => {}); ipcMain.handle('a', async (e, x) => {}); protocol.handle('app', r => {}); Menu.buildFromTemplate([{ label: 'x', click() {} }]);`,
    ['startup: Electron ready listener', 'shutdown: Electron will-quit listener', 'background: Electron resize listener', 'background: Electron did-finish-load listener', 'background: Electron a handler', 'background: Electron protocol app', 'background: menu handler']],
  ['Electron channels in a table', `import { ipcMain } from 'electron'; const api = { read(e) {} }; for (const [channel, fn] of Object.entries(api)) ipcMain.handle(channel, fn);`, ['background: Electron handler']],
  ['tRPC with a context', `import { initTRPC } from '@trpc/server'; const t = initTRPC.context<C>().meta<M>().create({ errorFormatter: s => s }); const pub = t.procedure; export const r = t.router({ a: pub.query(() => 1), b: pub.input(z).mutation(async o => 2), c: t.procedure.use(o => o.next()).query(() => 3) }); t.middleware(async o => o.next());`,
    ['request: tRPC errorFormatter', 'request: tRPC query a', 'request: tRPC mutation b', 'request: tRPC use', 'request: tRPC query c', 'request: tRPC middleware']],
  ['tRPC adapters', `import { createHTTPServer } from '@trpc/server/adapters/standalone'; createHTTPServer({ router, createContext: async () => ({}), onError(o) {} });`, ['request: tRPC createContext', 'request: tRPC onError']],
  ['GraphQL.js thunks', `import { GraphQLObjectType, GraphQLString } from 'graphql'; new GraphQLObjectType({ name: 'Query', fields: () => ({ text: { type: GraphQLString, resolve: () => '' } }) });`, ['request: GraphQL resolver']],
  ['Nexus', `import { objectType } from 'nexus'; objectType({ name: 'Post', definition(t) { t.field('text', { type: 'String', resolve: () => '' }); t.nonNull.list.string('tags', { resolve: () => [] }); } });`, ['startup: GraphQL type', 'request: GraphQL resolver text', 'request: GraphQL resolver tags']],
  ['Mercurius', `import Fastify from 'fastify'; import mercurius from 'mercurius'; const app = Fastify(); app.register(mercurius, { schema, resolvers: { Query: { add: async (_, o) => 1 } }, loaders: { Dog: { async owner(q, c) {} } } });`, ['request: GraphQL Query.add', 'request: GraphQL Dog.owner']],
  ['Apollo plugins', `import { ApolloServer } from '@apollo/server'; new ApolloServer({ typeDefs, resolvers: {}, plugins: [{ async requestDidStart() { return { async willSendResponse() {} }; } }] });`, ['request: GraphQL plugins.requestDidStart', 'request: GraphQL willSendResponse']],
  ['Connect', `import type { ConnectRouter } from '@connectrpc/connect'; export default (router: ConnectRouter) => router.service(S, { async say(request) { return {}; } });`, ['request: Connect say']],
  ['ts-rest', `import { initServer } from '@ts-rest/express'; const s = initServer(); s.router(contract, { getPost: async () => ({}), posts: { list: { handler: async () => ({}) } } });`, ['request: ts-rest getPost', 'request: ts-rest handler']],
  ['oRPC', `import { os } from '@orpc/server'; export const p = os.input(z).use(o => o.next()).handler(async ({ input }) => 1);`, ['request: oRPC middleware', 'request: oRPC procedure']],
  ['JSON-RPC', `import { JSONRPCServer } from 'json-rpc-2.0'; const rpc = new JSONRPCServer(); rpc.addMethod('echo', ({ text }) => text);`, ['request: JSON-RPC echo']],
  ['openapi-backend', `import OpenAPIBackend from 'openapi-backend'; const api = new OpenAPIBackend({ definition: 'a.yml', handlers: { getPets: async (c, req, res) => {} } }); api.register('putPet', (c, req, res) => {});`, ['request: operation getPets', 'request: operation putPet']],
  ['http-proxy', `import httpProxy from 'http-proxy'; const proxy = httpProxy.createProxyServer({}); proxy.on('proxyReq', p => {});`, ['request: proxy proxyReq listener']],
  ['ssh2', `import { Server } from 'ssh2'; new Server({ hostKeys: [] }, client => { client.on('authentication', ctx => {}); });`, ['request: SSH connection listener', 'request: SSH authentication listener']],
  ['Aedes', `import { Aedes } from 'aedes'; const aedes = new Aedes(); aedes.authenticate = (c, u, p, cb) => {}; aedes.on('publish', (p, c) => {});`, ['request: MQTT authenticate', 'request: MQTT publish listener']],
  ['better-auth', `import { betterAuth } from 'better-auth'; import { createAuthMiddleware } from 'better-auth/api'; betterAuth({ hooks: { before: createAuthMiddleware(async ctx => {}) }, databaseHooks: { user: { create: { before: async u => {} } } } });`, ['request: authentication createAuthMiddleware', 'request: authentication before']],
  ['graphile-worker', `import { run } from 'graphile-worker'; run({ taskList: { hello: async (payload, helpers) => {} } });`, ['background: job hello']],
  ['Inngest', `import { Inngest } from 'inngest'; const i = new Inngest({ id: 'a' }); i.createFunction({ id: 'f' }, { event: 'x' }, async ({ event, step }) => {});`, ['background: Inngest function f']],
  ['trigger.dev', `import { task } from '@trigger.dev/sdk'; export const t = task({ id: 'hello', run: async payload => {} });`, ['background: task hello run']],
  ['Azure Service Bus', `import { ServiceBusClient } from '@azure/service-bus'; const c = new ServiceBusClient('x'); c.createReceiver('q').subscribe({ processMessage: async m => {}, processError: async e => {} });`, ['background: message receiver processMessage', 'background: message receiver processError']],
  ['Medusa', `export const GET = async (req, res) => {};`, ['request: GET src/api/store/x/route'], 'src/api/store/x/route.ts', '@medusajs/framework'],
  ['Medusa jobs', `export default async function run(container) {}`, ['timer: scheduled job src/jobs/a'], 'src/jobs/a.ts', '@medusajs/framework'],
  ['Payload', `import { buildConfig } from 'payload'; export default buildConfig({ collections: [{ slug: 'posts', fields: [], hooks: { beforeChange: [({ data }) => data] }, access: { read: () => true } }] });`, ['request: Payload beforeChange', 'request: Payload read']],
  ['Keystone', `import { list } from '@keystone-6/core'; list({ fields: {}, hooks: { resolveInput: async ({ resolvedData }) => resolvedData } });`, ['request: list resolveInput']],
  ['Strapi policies', `module.exports = (policyContext, config, { strapi }) => true;`, ['request: policy src/policies/is-owner'], 'src/policies/is-owner.js', '@strapi/strapi'],
  ['Nest passport strategies', `import { PassportStrategy } from '@nestjs/passport'; import { Strategy } from 'passport-local'; export class LocalStrategy extends PassportStrategy(Strategy) { async validate(name: string) {} }`, ['request: LocalStrategy.validate']],
  ['LoopBack', `import type { SequenceHandler } from '@loopback/rest'; export class S implements SequenceHandler { async handle(context) {} }`, ['request: S.handle']],
  ['Express body parser and static files', `import express from 'express'; const app = express(); app.use(express.json({ verify: (req, res, buf) => {} })); app.use(express.static('p', { setHeaders: res => {} }));`, ['request: body parser verify', 'request: static files setHeaders']],
  ['Fastify getters and compilers', `import Fastify from 'fastify'; const f = Fastify(); f.decorateRequest('account', { getter() { return 1; } }); f.post('/a', { validatorCompiler: () => data => true, handler: async () => {} });`, ['request: decorator account', 'request: POST /a validatorCompiler handler', 'request: POST /a validatorCompiler handler', 'request: POST /a handler handler']],
  ['Next: inline actions, after, getInitialProps', `import { after } from 'next/server'; export default function Page() { async function send(form) { 'use server'; } after(() => {}); return null; } Page.getInitialProps = async ctx => ({});`,
    ['request: server action send', 'request: getInitialProps of pages/init'], 'pages/init.tsx', 'next'],
  ['Astro actions', `import { defineAction } from 'astro:actions'; export const server = { send: defineAction({ handler: async input => '' }) };`, ['request: action']],
  ['a table of routes keeps paths', `import express from 'express'; const app = express(); for (const r of [{ method: 'post', path: '/a', handler: (req, res) => {} }]) app[r.method](r.path, r.handler);`, ['request: POST /a handler']],
];

for (const [name, source, expected, file = 'app.ts', dependency = 'x'] of forms) {
  test(`entries as documented: ${name}`, () => {
    assert.deepEqual(entries(source, file, dependency), expected);
  });
}
