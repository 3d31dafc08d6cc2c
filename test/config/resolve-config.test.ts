import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createConfigSet, type ConfigOptions, type ConfigSet } from '../../server/core/config/resolve-config.ts';

function configs(texts: Readonly<Record<string, unknown>>, options: Partial<ConfigOptions> = {}): ConfigSet {
  const read = new Map(Object.entries(texts).map(([path, value]) => [path, typeof value === 'string' ? value : JSON.stringify(value)]));
  const found = new Map([...read].filter(([path]) => path.includes('looplens.config.')));
  return createConfigSet(found, path => read.get(path) ?? null, { confidence: 'likely', defaultSeverity: () => 'error', ...options });
}
const fs = (set: ConfigSet, file: string): string => set.settingsFor(file).severityOf('blocking-fs');

test('the nearest folder wins, rule by rule; root ends the search', () => {
  const set = configs({
    '/p/looplens.config.json': { rules: { 'blocking-fs': 'off', 'blocking-zlib': 'info' } },
    '/p/a/looplens.config.json': { rules: { 'blocking-fs': 'warn' } },
    '/p/a/b/looplens.config.jsonc': '{ "root": true, /* nothing */ }',
  });
  assert.deepEqual(['/p/x.js', '/p/a/x.js', '/p/a/b/c/x.js', '/q/x.js'].map(file => fs(set, file)), ['off', 'warn', 'error', 'error']);
  assert.equal(set.settingsFor('/p/a/x.js').severityOf('blocking-zlib'), 'info');
  assert.deepEqual(set.problems, []);
});

test('later overrides win; a pattern without a slash matches in any folder; the command line wins over all', () => {
  const overrides = [
    { files: ['legacy/**'], excludedFiles: ['legacy/new/*'], rules: { 'blocking-fs': 'warn' } },
    { files: ['*.cli.js'], rules: { 'blocking-fs': 'off' } },
  ];
  const texts = { '/p/looplens.config.json': { rules: { 'blocking-fs': 'info' }, overrides } };
  const files = ['/p/a.js', '/p/legacy/a.js', '/p/legacy/new/a.js', '/p/legacy/x/b.cli.js'];
  assert.deepEqual(files.map(file => fs(configs(texts), file)), ['info', 'warn', 'info', 'off']);
  assert.deepEqual(files.map(file => fs(configs(texts, { ruleOverrides: { 'blocking-fs': 'error' } }), file)), files.map(() => 'error'));
});

test('a severity alone keeps the options that an outer config gave', () => {
  const set = configs({ '/p/looplens.config.json': { rules: { 'blocking-fs': ['error', { allow: ['a'] }] } }, '/p/q/looplens.config.json': { rules: { 'blocking-fs': 'warn' } } });
  const { severityOf, optionsOf } = set.settingsFor('/p/q/x.js');
  assert.deepEqual([severityOf('blocking-fs'), { ...optionsOf('blocking-fs') }, optionsOf('blocking-zlib')], ['warn', { allow: ['a'] }, {}]);
});

test('extends: in order, from the extending folder, circles and missing files named', () => {
  const set = configs({
    '/p/looplens.config.json': { extends: ['./shared/base.json', './shared/strict.json'], rules: { 'blocking-zlib': 'off' } },
    '/p/shared/base.json': { extends: './deep.json', rules: { 'blocking-fs': 'info', 'blocking-zlib': 'info' }, ignorePatterns: ['/gen'] },
    '/p/shared/deep.json': { rules: { 'blocking-crypto': 'info' } },
    '/p/shared/strict.json': { rules: { 'blocking-fs': 'warn' } },
  });
  assert.deepEqual(['blocking-fs', 'blocking-zlib', 'blocking-crypto'].map(rule => set.settingsFor('/p/a.js').severityOf(rule)), ['warn', 'off', 'info']);
  assert.deepEqual([set.ignores('/p/gen/a.js'), set.ignores('/p/shared/gen/a.js')], [true, false]);
  const circle = configs({ '/p/looplens.config.json': { extends: './b.json' }, '/p/b.json': { extends: ['./looplens.config.json', './none.json'] } });
  assert.deepEqual(circle.problems.map(problem => [problem.file, problem.message]), [
    ['/p/b.json', '"extends": "./looplens.config.json" leads back to this file'],
    ['/p/b.json', '"extends": there is no file "./none.json"'],
  ]);
});

test('a config that is named holds for every file', () => {
  const set = configs({ '/else/looplens.config.json': { rules: { 'blocking-fs': 'off' }, overrides: [{ files: ['src/*'], rules: { 'blocking-fs': 'warn' } }] } }, { directory: '/p' });
  assert.deepEqual(['/p/a.js', '/p/src/a.js', '/q/a.js'].map(file => fs(set, file)), ['off', 'warn', 'off']);
});
