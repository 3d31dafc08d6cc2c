import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from './check-program.ts';

// What findings cost, for whom, and how they are ranked by it.

const app = "const fs = require('fs');\nconst crypto = require('crypto');\nconst cp = require('child_process');\nconst bcrypt = require('bcrypt');\nconst app = require('express')();\n";
const at = (route: string, code: string): string => `${app}app.get(${route}, (req, res) => { ${code}; res.end(); });\napp.listen(1).on('error', console.error);\n`;
const found = (text: string): { severity: string; cost: string; exposure: string; rank: number; message: string }[] => check({ 'a.js': text }).filter(({ rule }) => rule.startsWith('blocking-')).map(({ severity, impact, message }) => ({ severity, ...impact, message }));

const costs: readonly (readonly [code: string, cost: string, severity: string])[] = [
  ["fs.existsSync('a')", '10 µs', 'info'],
  ['fs.statSync(req.query.f)', '10 µs', 'info'],
  ['for (const f of req.query.list) fs.statSync(f)', '100 µs', 'warn'],
  ['for (const a of req.query.list) for (const f of a) fs.statSync(f)', '1 ms', 'error'],
  ["fs.readdirSync('a')", '100 µs', 'warn'],
  ["fs.readFileSync(req.query.f)", '1 ms per MB', 'error'],
  ["fs.writeFileSync('a', 'b')", '10 ms', 'error'],
  ["cp.execSync('ls')", '10 ms', 'error'],
  ["crypto.pbkdf2Sync('a', 'b', 1000, 64, 'sha512')", '1 ms', 'error'],
  ["crypto.pbkdf2Sync('a', 'b', 50, 64, 'sha512')", '50 µs', 'info'],
  ["crypto.pbkdf2Sync('a', 'b', 310000, 64, 'sha512')", '300 ms', 'error'],
  ["const rounds = 100; crypto.pbkdf2Sync('a', 'b', rounds, 64, 'sha512')", '100 µs', 'warn'],
  ["crypto.scryptSync('a', 'b', 64)", '100 ms', 'error'],
  ["crypto.generateKeyPairSync('rsa', { modulusLength: 2048 })", '100 ms', 'error'],
  ["crypto.generateKeyPairSync('ed25519')", '100 µs', 'warn'],
  ["bcrypt.hashSync('a', 12)", '400 ms', 'error'],
];
for (const [code, cost, severity] of costs) test(`${code} costs ${cost}`, () => assert.deepEqual(found(at("'/x'", code)).map(item => [item.cost, item.severity]), [[cost, severity]]));

test('who can bring it about', () => {
  const exposures = (route: string): (readonly [string, string])[] => found(at(route, 'fs.readFileSync(req.query.f)')).map(({ exposure, severity }) => [exposure, severity]);
  assert.deepEqual(exposures("'/x'"), [['anybody', 'error']]);
  assert.deepEqual(exposures("'/x', requireLogin"), [['signed-in', 'error']]);
  assert.deepEqual(exposures("'/x', passport.authenticate('jwt')"), [['signed-in', 'error']]);
  assert.deepEqual(exposures("'/admin/x'"), [['administrators', 'warn']]);
  assert.deepEqual(exposures("'/x', isAdmin"), [['administrators', 'warn']]);
  assert.deepEqual(found(`${app}app.get('/', (req, res) => res.end());\napp.listen(1);\nsetInterval(() => fs.readFileSync('a'), 1000);\n`).map(({ exposure, severity }) => [exposure, severity]), [['jobs', 'warn']]);
});

test('a password hash is worse than a look-up, however far away it is', () => {
  const far = `${app}const a = p => b(p), b = p => c(p), c = p => d(p), d = p => e(p), e = p => bcrypt.hashSync(p, 10);\napp.get('/x', (req, res) => { fs.existsSync('a'); res.end(a(req.query.p)); });\n`;
  const [look, hash] = found(far).sort((x, y) => x.rank - y.rank);
  assert.deepEqual([look!.cost, look!.severity, hash!.cost, hash!.severity], ['10 µs', 'info', '100 ms', 'error']);
  assert.ok(hash!.rank > look!.rank + 30);
});

test('the message says it in words, in both languages', () => {
  assert.match(found(at("'/x'", "crypto.scryptSync('a', 'b', 64)"))[0]!.message, /It takes about 100 ms each time\./);
  const [chinese] = check({ 'a.js': at("'/x'", "crypto.scryptSync('a', 'b', 64)") }, { locale: 'zh-cn' });
  assert.match(chinese!.message, /每次大约需要 100 ms。/);
});

test('what ends the process ranks by itself', () => {
  const findings = check({ 'a.js': `${app}async function save(x) { if (!x) throw new Error('no'); }\napp.get('/x', (req, res) => { fs.existsSync('a'); save(req.query.a); res.end(); });\n` });
  const rank = (rule: string): number => findings.find(item => item.rule === rule)!.impact.rank;
  assert.equal(findings.find(({ rule }) => rule === 'floating-promise')!.impact.cost, 'ends');
  assert.ok(rank('floating-promise') > rank('blocking-fs') + 30);
});

test('operations of one function are one group', () => {
  const findings = check({ 'a.js': at("'/x'", "const a = fs.readFileSync(req.query.f); fs.writeFileSync('b', a); fs.existsSync('a')") }).filter(({ rule }) => rule === 'blocking-fs');
  assert.equal(findings.length, 3);
  assert.equal(new Set(findings.map(({ group }) => group)).size, 1);
});
