import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { analyse, type AnalyseRequest } from '../../server/cli/analyse.ts';

const home = mkdtempSync(join(tmpdir(), 'looplens-damage-'));
after(() => rmSync(home, { recursive: true }));

const cwd = join(home, 'app');
const cachePath = join(home, 'facts');
const request: AnalyseRequest = { paths: ['.'], cwd, stdin: null, config: null, configLookup: true, ruleOverrides: {}, confidence: 'likely', gitignore: true, ignorePatterns: [], cachePath, toolVersion: '0' };

for (const [file, text] of Object.entries({
  'package.json': '{}',
  'server.js': "const express = require('express');\nconst { load } = require('./load');\nexpress().get('/', (req, res) => res.send(load(req.query.name)));\nsetInterval(() => load('x'), 1000);\n",
  'load.js': "const fs = require('fs');\nexports.load = name => fs.existsSync(name) && fs.readFileSync(name);\nexports.sort = list => list.filter((x, i) => list.indexOf(x) === i);\n",
})) {
  mkdirSync(cwd, { recursive: true });
  writeFileSync(join(cwd, file), text);
}

/** Numbers that are the same at each run (mulberry32). */
function createRandom(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

test('400 damages of the facts cache: the findings are those of a run without it', async () => {
  const expected = (await analyse({ ...request, cachePath: null })).findings;
  assert.ok(expected.length >= 2);
  await analyse(request);
  const sound = readFileSync(cachePath);
  const random = createRandom(7);
  const at = (length: number): number => Math.floor(random() * length);
  for (let i = 0; i < 400; i++) {
    let damaged = Buffer.from(sound);
    const kind = i % 4;
    // Bits that turned, a part that is zero, an end that is missing, a part that is written twice.
    if (kind === 0) damaged[at(damaged.length)]! ^= 1 << at(8);
    else if (kind === 1) damaged.fill(0, at(damaged.length));
    else if (kind === 2) damaged = damaged.subarray(0, at(damaged.length));
    else damaged.copy(damaged, at(damaged.length), 0, at(100));
    writeFileSync(cachePath, damaged);
    const { findings, stats } = await analyse(request);
    assert.deepEqual(findings, expected, `damage ${i}`);
    if (!damaged.equals(sound)) assert.equal(stats.cached, 0, `damage ${i} is believed`);
  }
});

test('facts under a right sum that the analysis fails on are put aside, and the cache is replaced', async () => {
  rmSync(cachePath, { force: true });
  const expected = (await analyse(request)).findings;
  const sound = readFileSync(cachePath);
  const body = sound.subarray(32);
  const name = body.indexOf('uses');
  assert.ok(name > 0);
  const wrong = Buffer.from(body);
  // `facts.uses` is not there any more: reading it throws.
  while (wrong.includes('uses')) wrong.write('usds', wrong.indexOf('uses'));
  writeFileSync(cachePath, Buffer.concat([createHash('sha256').update(wrong).digest(), wrong]));
  const first = await analyse(request);
  assert.deepEqual([first.findings, first.stats.cached], [expected, 0]);
  const second = await analyse(request);
  assert.deepEqual([second.findings, second.stats.cached], [expected, 2]);
  assert.equal(dirname(cachePath), home);
});
