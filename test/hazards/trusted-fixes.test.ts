import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyFix, check } from './check-program.ts';

// Fixes that do not take the finding away and leave the fault.

/** The text after the last fix that is offered for the first finding of a rule; null where none is. */
function fixed(rule: string, text: string): string | null {
  const [finding] = check({ 'a.js': text }).filter(item => item.rule === rule);
  const fix = finding?.fixes.at(-1);
  return fix ? String(applyFix({ 'a.js': text }, fix)['a.js']) : null;
}

const save = "async function save(x) { if (!x) throw new Error('no'); }\n";
const server = (body: string): string => `const http = require('http');\n${save}http.createServer((req, res) => { ${body} res.end(); }).listen(1).on('error', console.error);\n`;

test('a promise that can reject gets a catch, never void', () => {
  assert.match(fixed('floating-promise', server('save();'))!, /save\(\)\.catch\(error => console\.error\(error\)\);/);
  assert.match(fixed('floating-promise', server('(async () => { await save(); })();'))!, /\}\)\(\)\.catch\(error => console\.error\(error\)\);/);
});

test('… by the logger of the file', () => assert.match(fixed('floating-promise', `const logger = require('./log');\n${server("logger.error('a'); save();")}`)!, /save\(\)\.catch\(error => logger\.error\(error\)\);/));

test('… by next in a middleware', () => assert.match(fixed('floating-promise', `const app = require('express')();\n${save}app.get('/', (req, res, next) => { save(req.query.a); res.end(); });\napp.listen(1).on('error', console.error);\n`)!, /save\(req\.query\.a\)\.catch\(next\);/));

test('… and inside of a catch without a handler', () => assert.match(fixed('floating-promise', server('save().catch();'))!, /save\(\)\.catch\(error => console\.error\(error\)\);/));

test('what is fixed is found no more, and brings no finding', () => {
  for (const body of ['save();', '(async () => { await save(); })();', 'save().catch();', 'save().then(() => 1);']) {
    const after = fixed('floating-promise', server(body))!;
    assert.deepEqual(check({ 'a.js': after }).filter(({ confidence }) => confidence !== 'possible').map(({ rule }) => rule).filter(rule => rule !== 'no-graceful-shutdown'), [], body);
  }
});

const zalgo = "const fs = require('fs');\nfunction load(name, callback) {\n  if (!name) return callback(null, '');\n  fs.readFile(name, (err, data) => callback(err, data));\n}\nmodule.exports = load;\n";
test('when a callback runs is for a person to decide', () => {
  const [finding] = check({ 'a.js': zalgo }).filter(({ rule }) => rule === 'inconsistently-async-callback');
  assert.deepEqual(finding!.fixes.map(({ kind }) => kind), ['suggestion']);
});

test('no global of Node comes into code that pages load as well', () => {
  const umd = `(function (g, f) { typeof exports === 'object' && typeof module !== 'undefined' ? module.exports = f() : g.Anim = f(); })(this, function () {\n${zalgo.replace("module.exports = load;\n", 'return load;\n')}});\n`;
  for (const finding of check({ 'a.js': umd })) assert.ok(finding.fixes.every(({ edits }) => edits.every(({ text }) => !/process\.|setImmediate/.test(text))), finding.message);
});
