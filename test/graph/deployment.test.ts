import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deploymentOf } from '../../server/core/graph/deployment.ts';
import { link } from '../hazards/check-program.ts';

const server = { 'server.js': "require('http').createServer().listen(1);", 'lib/worker.js': 'setInterval(() => {}, 1000);' };
const starts = (files: Readonly<Record<string, string>>): string[] => deploymentOf(link({ ...server, ...files })).starts.map(({ script, by, clustered }) => `${script} by ${by}${clustered ? ', clustered' : ''}`);

test('an ecosystem module: literals, variables, numbers', () => {
  assert.deepEqual(starts({ 'ecosystem.config.js': "const api = { script: './server.js', instances: 4 };\nmodule.exports = { apps: [api, { script: 'lib/worker.js', exec_mode: 'fork', instances: 2 }] };" }), ['server.js by ecosystem.config.js, clustered', 'lib/worker.js by ecosystem.config.js']);
  assert.deepEqual(starts({ 'pm2.config.cjs': "exports.apps = [{ script: 'server.js', exec_mode: 'cluster_mode' }];" }), ['server.js by pm2.config.cjs, clustered']);
  assert.deepEqual(starts({ 'ecosystem.config.js': "module.exports = { apps: load('./server.js') };" }), []);
});

test('an ecosystem file in JSON, with comments, damaged, or of another shape', () => {
  assert.deepEqual(starts({ 'ecosystem.json': '{ "apps": [{ "script": "server.js", "instances": "max" }] } // all' }), ['server.js by ecosystem.json, clustered']);
  assert.deepEqual(starts({ 'processes.json': '[{ "script": "server.js" }]' }), ['server.js by processes.json']);
  assert.deepEqual(starts({ 'pm2.json': '{ "apps": [{ "script": ' }), []);
  assert.deepEqual(starts({ 'pm2.json': '{ "apps": { "script": 1 }, "script": 7 }' }), []);
});

test('commands: scripts, Procfile, Dockerfile, systemd', () => {
  assert.deepEqual(starts({ 'package.json': '{ "scripts": { "start": "cross-env NODE_ENV=production pm2 start ./server.js --name api -i 0", "dev": "node server.js" } }' }), ['server.js by package.json, clustered', 'server.js by package.json']);
  assert.deepEqual(starts({ Procfile: 'web: node server.js\nworker: npx pm2-runtime lib/worker.js -i2' }), ['server.js by Procfile', 'lib/worker.js by Procfile, clustered']);
  assert.deepEqual(starts({ Dockerfile: 'RUN pm2 start server.js -i 4\nCMD pm2-runtime start \\\n  server.js --instances max' }), ['server.js by Dockerfile, clustered']);
  assert.deepEqual(starts({ 'api.service': '[Service]\nExecStart=/usr/bin/node --enable-source-maps "server.js"' }), ['server.js by api.service']);
});

test('what the environment is set to', () => {
  const environment = (files: Readonly<Record<string, string>>): readonly string[] => deploymentOf(link({ ...server, ...files })).environment('UV_THREADPOOL_SIZE');
  assert.deepEqual(environment({ Dockerfile: 'ENV NODE_ENV=production UV_THREADPOOL_SIZE=8\nENV UV_THREADPOOL_SIZE 12' }), ['8', '12']);
  assert.deepEqual(environment({ 'api.service': 'Environment="UV_THREADPOOL_SIZE=16" A=b' }), ['16']);
  assert.deepEqual(environment({ 'package.json': '{ "scripts": { "start": "UV_THREADPOOL_SIZE=6 node server.js", "test": 5 } }' }), ['6']);
  assert.deepEqual(environment({ 'ecosystem.config.js': "module.exports = { apps: [{ script: 'server.js', env: { UV_THREADPOOL_SIZE: 10 }, env_production: { UV_THREADPOOL_SIZE: '20' } }] };" }).toSorted(), ['10', '20']);
  assert.deepEqual(environment({}), []);
});
