import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modules, texts } from '../../server/core/node/generated/node-apis.ts';
import { createApiIndex, dataVersions } from '../../server/core/node/lookup.ts';
import { decodeModule, encodeTable } from '../../server/core/node/table.ts';
import type { ApiDescription } from '../../server/core/node/api.ts';
import { derive } from '../../scripts/node-data/derive.ts';
import { runProbe } from '../../scripts/node-data/run-probe.ts';
import { readTypes } from '../../scripts/node-data/types.ts';

const running = process.versions.node;
const major = Number.parseInt(running);
const key = (api: ApiDescription) => `${api.module} ${api.member}`;

/** What one version can tell: not since when, not until when. */
function comparable(api: ApiDescription): Partial<ApiDescription> {
  const { since: _since, until: _until, ...rest } = api;
  return JSON.parse(JSON.stringify(rest)) as Partial<ApiDescription>;
}

test('the generated table is what the running Node, @types/node and the overlay say', () => {
  const index = createApiIndex({ nodeVersion: running });
  const checkedIn = new Map(Object.keys(modules).flatMap(module => index.rows(module).map(api => [key(api), api] as const)));
  const derived = new Map(derive([runProbe(process.execPath, major)], readTypes()).apis.map(api => [key(api), api]));
  assert.ok(derived.size > 500, `only ${derived.size} functions derived`);

  const missing = [...checkedIn.keys()].filter(name => !derived.has(name));
  assert.deepEqual(missing, [], `not in Node ${running} any more, or not yet: run npm run node-data`);
  // A release of a line that was looked at can only have fewer functions than the newest one of that line.
  if (dataVersions.some(version => Number.parseInt(version) === major)) {
    assert.deepEqual([...derived.keys()].filter(name => !checkedIn.has(name)), [], `new in Node ${running}: run npm run node-data`);
  }
  for (const [name, api] of checkedIn) assert.deepEqual(comparable(api), comparable(derived.get(name)!), name);
});

test('encoding and decoding a row loses nothing', () => {
  const all = Object.entries(modules).flatMap(([module, lines]) => decodeModule(module, lines, texts));
  const text = encodeTable(all, []);
  for (const [module, lines] of Object.entries(modules)) assert.ok(text.includes(lines), module);
});
