import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clusterSides } from '../../server/core/graph/cluster-sides.ts';
import { link, type Program } from '../hazards/check-program.ts';

/** Who runs each call whose callee is a global name: `p`, `w`, `pw`; in capitals where always. What Node calls back may never come. */
function sides(program: Program): Record<string, string> {
  const graph = link(program);
  const found: Record<string, string> = {};
  for (const file of graph.linkedFiles) {
    for (const [index, call] of graph.module(file).calls.entries()) {
      if (call.callee.k !== 'global' || call.callee.name === 'require') continue;
      const { may, always } = clusterSides(graph).ofCall(file, index);
      found[call.callee.name] = [1, 2].map(bit => (always & bit ? ' PW'[bit] : may & bit ? ' pw'[bit] : '')).join('');
    }
  }
  return found;
}

test('branches, early exits, ternaries, variables', () => {
  const start = "const cluster = require('cluster'); cluster.fork();";
  assert.deepEqual(sides({ 'a.js': `${start} a(); if (cluster.isMaster) { b(); } else { c(); } d();` }), { a: 'PW', b: 'P', c: 'W', d: 'PW' });
  assert.deepEqual(sides({ 'a.js': `${start} function f() { if (!cluster.isPrimary) return a(); b(); } f();` }), { a: 'W', b: 'P' });
  assert.deepEqual(sides({ 'a.js': `${start} cluster.isWorker ? a() : b(); cluster.isPrimary && c();` }), { a: 'W', b: 'P', c: 'P' });
  assert.deepEqual(sides({ 'a.js': `${start} const { isPrimary } = cluster; const first = isPrimary; if (first) a(); else if (X) b(); if (process.env.NODE_UNIQUE_ID) c();` }), { a: 'P', b: 'w', c: 'W' });
  assert.deepEqual(sides({ 'a.js': `${start} if (cluster.isPrimary && ENABLED) a(); else b(); if (cluster.isWorker === false) c();` }), { a: 'p', b: 'pw', c: 'P' });
});

test('functions and files run where they are called from', () => {
  assert.deepEqual(
    sides({
      'index.mjs': "import cluster from 'node:cluster'; import { serve } from './server.mjs'; import { supervise } from './primary.mjs'; if (cluster.isPrimary) { supervise(); await import('./metrics.mjs'); } else serve();",
      'server.mjs': "import { createServer } from 'node:http'; a(); export function serve() { b(); createServer(() => c()).listen(1); }",
      'primary.mjs': "import cluster from 'node:cluster'; export const supervise = () => { cluster.fork(); d(); cluster.on('exit', () => e()); };",
      'metrics.mjs': 'process.title; f();',
      'other.mjs': 'process.title; g();',
    }),
    { a: 'PW', b: 'W', c: 'w', d: 'P', e: 'p', f: 'P', g: '' },
  );
});

test('workers run what setupPrimary names', () => {
  assert.deepEqual(
    sides({
      'primary.js': "const cluster = require('cluster'); const path = require('path'); cluster.setupPrimary({ exec: path.join(__dirname, 'lib/worker.js') }); cluster.fork(); a(); require('./shared');",
      'lib/worker.js': "require('../shared'); b();",
      'shared.js': 'process.title; c();',
    }),
    { a: 'P', b: 'W', c: 'PW' },
  );
});
