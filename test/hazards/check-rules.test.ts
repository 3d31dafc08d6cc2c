import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkRules, toFinding } from '../../server/core/hazards/check-rules.ts';
import { fnv1a64 } from '../../server/core/hazards/fingerprint.ts';
import { rules } from '../../server/core/hazards/registry.ts';
import { check, link } from './check-program.ts';

const server = `const fs = require('fs');
require('http').createServer((request, response) => {
  fs.readFileSync('a');
  fs.readFileSync('b');
  response.end();
});
`;

describe('checkRules', () => {
  test('sorts by file and position, and gives the same for any order of files', () => {
    const one = { 'b.js': server, 'a.js': server };
    const other = { 'a.js': server, 'b.js': server };
    const found = check(one);
    assert.deepEqual(found.map(({ location }) => `${location.file}:${location.line}`), ['a.js:3', 'a.js:4', 'b.js:3', 'b.js:4']);
    assert.deepEqual(check(other), found);
  });

  test('asks for options by rule and file', () => {
    const found = checkRules(link({ 'a.js': server, 'b.js': server }), rules, { optionsFor: (rule, file) => (rule === 'blocking-fs' && file === 'a.js' ? { allow: ['fs.readFileSync'] } : {}), nodeFor: () => null });
    assert.deepEqual(new Set(found.map(({ location }) => location.file)), new Set(['b.js']));
  });

  test('options of a wrong type are as if they were not there', () => {
    assert.equal(check({ 'a.js': server }, { options: { allow: 'readFileSync', ignoreRoles: { request: true } } }).length, 2);
  });

  test('the draft lowers the severity that the config gives, and never raises it', () => {
    const [direct] = checkRules(link({ 'a.js': server }), rules);
    const timer = "const fs = require('fs');\nrequire('http').createServer(() => {});\nsetInterval(() => fs.readFileSync('a'), 1);\n";
    const [milder] = checkRules(link({ 'a.js': timer }), rules);
    assert.deepEqual([toFinding(direct!, 'error').severity, toFinding(direct!, 'info').severity], ['error', 'info']);
    assert.deepEqual([toFinding(milder!, 'error').severity, toFinding(milder!, 'info').severity], ['warn', 'info']);
  });

  test('a program without a handler has no finding', () => {
    assert.deepEqual(check({ 'a.js': "const fs = require('fs');\nfs.readFileSync('a');\nexports.f = () => fs.readFileSync('b');\n" }), []);
  });

  test('the path leads from the entry to the call', () => {
    const text = "const fs = require('fs');\nconst load = () => fs.readFileSync('a');\nrequire('http').createServer(() => load());\n";
    const [finding] = check({ 'a.js': text });
    assert.deepEqual(finding!.path.map(({ location, label }) => [location.line, label]), [
      [3, 'HTTP request listener'],
      [3, 'calls load'],
      [2, 'fs.readFileSync()'],
    ]);
  });

  test('far from the handler it is a warning', () => {
    const text = "const fs = require('fs');\nconst a = () => b();\nconst b = () => c();\nconst c = () => d();\nconst d = () => fs.readFileSync('a');\nrequire('http').createServer(() => a());\n";
    assert.equal(check({ 'a.js': text })[0]?.severity, 'warn');
  });

  test('speaks Chinese', () => {
    const [finding] = check({ 'a.js': server }, { locale: 'zh-cn' });
    assert.match(finding!.message, /阻塞事件循环/);
    assert.match(finding!.fixes[0]!.title, /异步/);
  });
});

describe('fingerprint', () => {
  const prints = (text: string): string[] => check({ 'a.js': text }).map(finding => finding.fingerprint);

  test('stays while the code around it is edited', () => {
    assert.deepEqual(prints(`// a new line\n\n${server.replaceAll('  ', '\t')}`), prints(server));
  });

  test('tells findings in the same function apart', () => {
    assert.equal(new Set(prints(server)).size, 2);
  });

  test('changes with the function around it and with the file', () => {
    const named = "const fs = require('fs');\nfunction one() {\n  fs.readFileSync('a');\n}\nrequire('http').createServer(one);\n";
    assert.notDeepEqual(prints(named.replaceAll('one', 'two')), prints(named));
    assert.notEqual(check({ 'b.js': named })[0]!.fingerprint, check({ 'a.js': named })[0]!.fingerprint);
  });

  test('FNV-1a as published', () => {
    // Test vectors of the FNV page: 64 bit FNV-1a.
    assert.deepEqual(['', 'a', 'foobar'].map(fnv1a64), ['cbf29ce484222325', 'af63dc4c8601ec8c', '85944171f73967e8']);
  });
});
