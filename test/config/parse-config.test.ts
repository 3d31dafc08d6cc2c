import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { configJsonSchema } from '../../server/core/config/config-schema.ts';
import { parseConfig } from '../../server/core/config/parse-config.ts';

const problemsOf = (text: string): string[] => parseConfig('c.json', text).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);

test('reads comments, trailing commas and the whole object', () => {
  const { config, problems } = parseConfig('c.json', '{\n  // why\n  "rules": { "blocking-fs": ["warn", { "allow": ["a"] }], },\n  "node": ">=20", "entries": ["a.js#b"],\n}');
  assert.deepEqual(problems, []);
  assert.deepEqual(JSON.parse(JSON.stringify([config.rules, config.node, config.entries])), [{ 'blocking-fs': ['warn', { allow: ['a'] }] }, '>=20', ['a.js#b']]);
});

test('names what is wrong, where, and the nearest word; keeps the rest', () => {
  assert.deepEqual(problemsOf('{ "rulse": {} }'), ['1:3 unknown key "rulse"; did you mean "rules"?']);
  assert.deepEqual(problemsOf('[]'), ['1:1 the config must be an object, not an array']);
  assert.deepEqual(problemsOf(' \n'), ['1:1 the file is empty; write at least {}']);
  assert.deepEqual(problemsOf('{ "node": 20 }'), ['1:11 "node" must be a version or a range in quotes: "20", ">=18"']);
  assert.deepEqual(problemsOf('{ "overrides": [{ "rules": {} }, 3] }'), ['1:17 this override names no "files"', '1:34 each override must be an object with "files" and "rules"']);
  assert.deepEqual(problemsOf('{ "ignorePatterns": "a", "root": 1 }').sort(), ['1:21 "ignorePatterns" must be an array of strings', '1:34 "root" must be true or false']);
  assert.match(problemsOf('{ "root": true "rules": {} }').join(), /the JSON is not valid: comma expected/);
  const { config, problems } = parseConfig('c.json', '{ "rules": { "blocking-fs": "wran", "blocking-zlib": "off", "toString": "off" } }');
  assert.deepEqual(config.rules, { 'blocking-zlib': 'off' });
  assert.equal(problems.length, 2);
});

test('options are held against the schema of their rule', () => {
  const of = (rule: string, options: string): string[] => problemsOf(`{ "rules": { "${rule}": ["warn", ${options}] } }`);
  assert.deepEqual(of('blocking-fs', '{ "alow": [] }'), ['1:40 "blocking-fs" has no option "alow"; did you mean "allow"?']);
  assert.deepEqual(of('blocking-fs', '{ "allow": "a", "ignoreRoles": ["timer"] }'), ['1:49 the option "allow" of "blocking-fs" must be of type array']);
  assert.deepEqual(of('blocking-fs', '{ "allow": [1] }'), ['1:50 the option "allow" of "blocking-fs" holds items of type string']);
  assert.match(of('busy-wait', '{ "ignoreRoles": ["timr"] }').join(), /not "timr"; did you mean "timer"\?$/);
  assert.match(of('busy-wait', '{ "toString": [] }').join(), /has no option "toString"/);
  assert.deepEqual(of('blocking-fs', '{}, 3'), ['1:42 "blocking-fs" takes [severity, options] and nothing after it']);
});

test('the JSON Schema and the reader agree', () => {
  const validate = new Ajv2020({ strict: false }).compile(configJsonSchema());
  for (const text of ['{}', '{ "rules": { "blocking-fs": "warn" } }', '{ "rules": { "blocking-fs": ["warn", {}] }, "extends": "a" }', '{ "extends": ["a"], "root": true, "overrides": [{ "files": ["a"], "rules": {} }] }']) {
    assert.deepEqual([validate(JSON.parse(text)), problemsOf(text)], [true, []], text);
  }
  for (const text of ['[]', '{ "rulse": {} }', '{ "rules": { "none": "off" } }', '{ "rules": { "blocking-fs": "loud" } }', '{ "rules": { "blocking-fs": ["warn", { "x": 1 }] } }', '{ "rules": { "busy-wait": ["off", { "ignoreRoles": ["x"] }] } }', '{ "rules": { "blocking-fs": ["off", {}, 1] } }', '{ "root": 1 }', '{ "overrides": [{ "rules": {} }] }', '{ "ignorePatterns": [1] }', '{ "node": 20 }', '{ "roles": {} }']) {
    assert.deepEqual([validate(JSON.parse(text)), problemsOf(text).length > 0], [false, true], text);
  }
});
