import { test } from 'node:test';
import { link } from './check-program.ts';
test('dbg', () => {
  const graph = link({ 'a.js': `const net = require('net');
const { createClient } = require('redis');
const { Pool } = require('pg');
const redis = createClient();
const pool = new Pool();
const s = net.connect(4000, 'upstream'); s.on('data', () => s.end());
require('http').createServer((q, r) => { const s = net.connect(4000, 'upstream'); s.on('data', () => s.end()); });
` });
  const m = graph.module('a.js');
  m.calls.forEach((c, i) => console.log(c.text, JSON.stringify(graph.meaningsOf('a.js', c.callee)), graph.operationAt('a.js', i)?.name));
  console.log(graph.entries.map(e => [e.role, e.label, e.function.index]), graph.reaching(graph.functionOf('a.js', 0), ['startup']).length, graph.roleOf('a.js'));
});
