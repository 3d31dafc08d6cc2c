import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { describe, test } from 'node:test';
import { generatedFromRules, rulesDirectory } from '../scripts/lib/rule-index.ts';
import { extractFacts } from '../server/core/facts/extract-facts.ts';
import type { ModuleFacts, Value } from '../server/core/facts/module-facts.ts';
import { regexCost } from '../server/core/hazards/regex-analysis.ts';
import { rules } from '../server/core/hazards/registry.ts';
import { parse } from '../server/core/syntax/parse.ts';

// The invariants of the repository (ARCHITECTURE.md) as tests.

const skipped = new Set(['node_modules', '.git', 'dist', '.cache', 'coverage', '.vscode-test']);

function filesUnder(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter(entry => !skipped.has(entry.name))
    .flatMap(entry => (entry.isDirectory() ? filesUnder(join(directory, entry.name)) : [relative('.', join(directory, entry.name))]))
    .sort();
}

const files = filesUnder('.');
const sources = files.filter(file => /^(?:server|client)\/.*\.ts$/.test(file) && !file.endsWith('.d.ts'));
const facts = new Map<string, ModuleFacts>(sources.map(file => [file, extractFacts(parse(file, readFileSync(file, 'utf8')))]));
const isText = (file: string): boolean => /\.(?:[cm]?[jt]s|tsx?|md|jsonc?|ya?ml|html|css|svg)$|^[^.]+$|^\.\w+$/.test(basename(file));

/** Rooms in the order in which arrows may point: a room imports from itself and from those before it. */
const rooms = ['faults', 'text', 'syntax', 'node', 'facts', 'graph', 'hazards', 'order', 'config', 'suppress', 'report'].map(name => `server/core/${name}`);
const shells = ['server/host', 'server/lsp', 'server/cli'];

/** Plain data that other rooms may name as types before their own room comes. */
const sharedTypes = ['server/core/hazards/finding.ts', 'server/core/graph/program-graph.ts', 'server/core/order/timeline.ts'];

function rankOf(file: string): number {
  const room = rooms.findIndex(name => file.startsWith(`${name}/`));
  if (room >= 0) return room;
  return file.startsWith('server/core/') ? rooms.length : rooms.length + 1;
}

interface Import {
  readonly file: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
  /** The imported file of the repository, or null for a package. */
  readonly target: string | null;
}

const imports: readonly Import[] = [...facts].flatMap(([file, module]) =>
  module.imports.map(({ specifier, typeOnly }) => ({ file, specifier, typeOnly, target: specifier.startsWith('.') ? join(dirname(file), specifier) : null })),
);

const offenders = (found: readonly Import[]): string[] => found.map(({ file, specifier }) => `${file} imports ${specifier}`);

describe('rooms', () => {
  test('core imports only upward', () => {
    const wrong = imports.filter(({ file, target, typeOnly }) => file.startsWith('server/core/') && target !== null && (rankOf(target) > rankOf(file) || !target.startsWith('server/core/')) && !(typeOnly && sharedTypes.includes(target)));
    assert.deepEqual(offenders(wrong), []);
  });

  test('the shells use core and host, and not one another', () => {
    const wrong = imports.filter(({ file, target }) => shells.some(shell => file.startsWith(`${shell}/`) && target !== null && !['server/core', 'server/host', shell].some(room => target.startsWith(`${room}/`))));
    // `looplens lsp` starts the language server.
    assert.deepEqual(offenders(wrong.filter(({ file, target }) => !(file.startsWith('server/cli/') && target!.startsWith('server/lsp/')))), []);
  });

  test('the extension and its views import types only from the server', () => {
    const wrong = imports.filter(({ file, target, typeOnly }) => file.startsWith('client/') && target?.startsWith('server/') && !typeOnly);
    assert.deepEqual(offenders(wrong), []);
  });

  test('core is pure: no modules of Node, of VS Code, of the language server', () => {
    const impure = (specifier: string): boolean => specifier.startsWith('node:') || builtinModules.includes(specifier) || /^vscode/.test(specifier);
    assert.deepEqual(offenders(imports.filter(({ file, specifier }) => file.startsWith('server/core/') && impure(specifier))), []);
  });

  // Whatever lies in a workspace may be a device, endless, or a link to somewhere else.
  test('only host/read-file.ts reads files', () => {
    const others = sources.filter(file => /^server\/(?:host|lsp|cli)\//.test(file) && file !== 'server/host/read-file.ts');
    assert.deepEqual(others.filter(file => /\b(?:readFile|readFileSync|createReadStream|openAsBlob|readv?Sync|readlinkSync)\b/.test(readFileSync(file, 'utf8'))), []);
  });

  // Its parser throws where JSON is nested too deeply.
  test('only core/text/json.ts reads JSON with jsonc-parser, and config/ its own files with places', () => {
    const wrong = imports.filter(({ file, specifier, typeOnly }) => specifier === 'jsonc-parser' && !typeOnly && !/^server\/core\/(?:text\/json|config\/(?:parse-config|check-options))\.ts$|completion\.ts$/.test(file));
    assert.deepEqual(offenders(wrong), []);
  });

  // A file name or a line of a stranger must not keep an expression of ours busy.
  test('no regular expression of ours is slow by our own judgement', () => {
    const slow = [...facts].flatMap(([file, module]) => module.regexes.flatMap(({ source, flags }) => {
      const cost = regexCost(source, flags);
      return cost ? [`${file}: /${source}/${flags} (${cost.growth}, by ${cost.quantifier})`] : [];
    }));
    assert.deepEqual(slow, []);
  });

  // A package that is required where it is first needed is one of the imports above.
  test('core is pure: calls nothing of the process, the clock or the network', () => {
    const rootOf = (value: Value): string => (value.k === 'get' ? `${rootOf(value.object)}.${value.name}` : value.k === 'global' ? value.name : '?');
    const wrong = [...facts].filter(([file]) => file.startsWith('server/core/')).flatMap(([file, module]) => module.calls.map(call => ({ file, name: rootOf(call.callee), call })));
    const impure = wrong.filter(({ name, call }) => /^(?:process|console|performance)\.|^(?:fetch|set(?:Timeout|Interval|Immediate)|queueMicrotask)$|^Date\.now$|^Math\.random$/.test(name) || (name === 'require' && typeof call.literalArgs[0] !== 'string') || (name === 'Date' && call.new && call.args.length === 0));
    assert.deepEqual(impure.map(({ file, name }) => `${file} calls ${name}()`), []);
  });

  test('only syntax knows the parser', () => {
    const parsers = /^(?:typescript|@typescript-eslint\/)/;
    const wrong = imports.filter(({ file, specifier, typeOnly }) => parsers.test(specifier) && !file.startsWith('server/core/syntax/') && !(typeOnly && file.startsWith('server/core/facts/') && specifier === '@typescript-eslint/scope-manager'));
    assert.deepEqual(offenders(wrong), []);
  });

  test('only lsp knows the language server protocol', () => {
    const wrong = imports.filter(({ file, specifier }) => /^vscode-(?:languageserver|jsonrpc)/.test(specifier) && !file.startsWith('server/lsp/') && !file.startsWith('client/'));
    assert.deepEqual(offenders(wrong), []);
  });

  test('what an analysis reads of the disk is recorded', () => {
    // They record, or handle caches, which an answer does not depend on; where Git is asked for changes, no report is kept.
    const others = new Set(['disk-record', 'read-file', 'recorded-fs', 'facts-cache', 'write-file', 'git'].map(name => `server/host/${name}.ts`));
    const part = new Set(['server/cli/analyse.ts']);
    for (const file of part) for (const { target } of imports.filter(item => item.file === file)) if (target && /^server\/(?:cli|host)\//.test(target)) part.add(target);
    assert.ok(part.has('server/host/find-files.ts'));
    const wrong = imports.filter(({ file, specifier, typeOnly }) => part.has(file) && !others.has(file) && !typeOnly && /^(?:node:)?fs(?:\/promises)?$/.test(specifier));
    assert.deepEqual(offenders(wrong), []);
  });

  test('only cli reads the arguments of the process', () => {
    const wrong = sources.filter(file => !file.startsWith('server/cli/') && !file.startsWith('server/core/') && /\bprocess\.argv\b/.test(readFileSync(file, 'utf8')));
    assert.deepEqual(wrong, []);
  });

  test('each room has its place in ARCHITECTURE.md', () => {
    const text = readFileSync('ARCHITECTURE.md', 'utf8');
    const directories = [...new Set(sources.map(dirname))].filter(directory => /^server\/(?:core\/)?[\w-]+$|^client(?:\/[\w-]+)?$/.test(directory));
    assert.deepEqual(directories.filter(directory => !text.includes(`${basename(directory)}/`)), []);
  });
});

describe('rules', () => {
  const names = readdirSync(rulesDirectory);

  test('each is a .ts and a .md of its id, and nothing else lies there', () => {
    const ids = rules.map(({ meta }) => meta.id);
    assert.deepEqual(names.filter(name => name.endsWith('.ts')).sort(), ids.map(id => `${id}.ts`).sort());
    assert.deepEqual(names.filter(name => /^[\w-]+\.md$/.test(name)).sort(), ids.map(id => `${id}.md`).sort());
    assert.deepEqual(names.filter(name => !ids.some(id => [`${id}.ts`, `${id}.md`, `${id}.zh-cn.md`].includes(name))), []);
  });

  test('what is generated from them is fresh (node scripts/run.mjs scripts/generate-rules.ts)', () => {
    for (const { path, text } of generatedFromRules('.')) assert.equal(readFileSync(path, 'utf8'), text, path);
  });
});

describe('files', () => {
  test('names are in kebab-case', () => {
    const code = files.filter(file => /^(?:server|client|scripts|test)\/.*\.[cm]?ts$/.test(file) && !file.includes('/fixtures/'));
    assert.deepEqual(code.filter(file => !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*\.[cm]?ts$/.test(basename(file))), []);
  });

  test('relative imports name the file', () => {
    assert.deepEqual(offenders(imports.filter(({ target }) => target !== null && !existsSync(target))), []);
  });

  test('exports have names, and no file only passes on others', () => {
    const wrong = [...facts].filter(([, module]) => module.exports.some(({ name }) => name === 'default') || module.imports.some(({ kind, typeOnly }) => kind === 're-export' && !typeOnly));
    assert.deepEqual(wrong.map(([file]) => file), []);
  });

  test('nothing is put off, and no package registry is named', () => {
    const later = new RegExp(`\\b(?:${['TO', 'FIX', 'XX'].map((start, index) => start + ['DO', 'ME', 'X'][index]!).join('|')})\\b`);
    const registry = /\bregistry\.[a-z0-9-]+\.(?:org|com|net|io|dev|cn)\b/;
    const wrong = files.filter(isText).flatMap(file => {
      const text = readFileSync(file, 'utf8');
      return [...(later.test(text) ? [`${file}: ${later.exec(text)![0]}`] : []), ...(registry.test(text) ? [`${file}: ${registry.exec(text)![0]}`] : [])];
    });
    assert.deepEqual(wrong, []);
  });

  test('no test is left out', () => {
    const left = /\b(?:test|it|describe|suite)\.(?:skip|only|todo)\b|\{\s*(?:skip|only|todo)\s*:/;
    assert.deepEqual(files.filter(file => file.endsWith('.test.ts') && left.test(readFileSync(file, 'utf8'))), []);
  });
});

describe('licences', () => {
  const permissive = new Set(['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'Python-2.0', 'PSF-2.0', 'Zlib', 'CC0-1.0', 'CC-BY-3.0', 'CC-BY-4.0', 'Unlicense', 'Artistic-2.0', 'WTFPL']);
  /** Tools that are run and never shipped. */
  const tools = /^node_modules\/(?:axe-core|@vscode\/vsce-sign(?:-[\w-]+)?)$/;

  const isPermissive = (licence: string): boolean => {
    const terms = licence.replace(/[()]/g, '');
    return terms.split(' OR ').some(choice => choice.split(' AND ').every(term => permissive.has(term)));
  };

  test('of all packages are permissive', () => {
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, { license?: string }> };
    const wrong = Object.entries(lock.packages).filter(([path, { license }]) => path !== '' && !tools.test(path) && !isPermissive(license ?? 'none'));
    assert.deepEqual(wrong.map(([path, { license }]) => `${path}: ${license ?? 'none'}`), []);
  });

  test('tools with other licences are not part of what is shipped', () => {
    assert.deepEqual(offenders(imports.filter(({ specifier }) => tools.test(`node_modules/${specifier}`))), []);
  });
});
