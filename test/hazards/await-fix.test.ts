import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Fix } from '../../server/core/hazards/finding.ts';
import { applyFix, check, type Program } from './check-program.ts';

const file = 'server.js';

/** The fix of the first finding of the program, or null. */
function fixOf(program: Program): Fix | null {
  const findings = check(program).filter(({ rule }) => rule.startsWith('blocking-'));
  assert.ok(findings.length > 0, 'the program has no finding');
  return findings[0]!.fixes[0] ?? null;
}

function fixed(text: string, path = file): string | null {
  const program = { [path]: text };
  const fix = fixOf(program);
  return fix && applyFix(program, fix)[path]!;
}

/** A server whose handler runs the expression; what is before it stands on top. */
const handler = (before: string, expression: string): string => `const fs = require('fs');\nconst http = require('http');\n${before}\nhttp.createServer((request, response) => {\n  response.end(${expression});\n});\n`;

describe('no fix where a place cannot wait', () => {
  const cases: Record<string, string> = {
    'a getter': handler("const page = {\n  get text() {\n    return fs.readFileSync('a');\n  },\n  load() {\n    return this.text;\n  },\n};\nfunction load() {\n  return fs.readFileSync('a');\n}\nclass Page {\n  get text() {\n    return load();\n  }\n}\nconst p = new Page();", 'p.text + load()'),
    'a constructor': handler("class Page {\n  constructor() {\n    this.text = fs.readFileSync('a');\n  }\n}\nexports.Page = Page;", 'new exports.Page().text'),
    'a class field': handler("exports.Page = class Page {\n  text = fs.readFileSync('a');\n};", 'new exports.Page().text'),
    'a generator': handler("function* parts() {\n  yield fs.readFileSync('a');\n}", '[...parts()]'),
    'a callback of an array method': handler('', "['a', 'b'].map(name => fs.readFileSync(name)).join()"),
    'a comparator': handler("const bySize = (a, b) => fs.statSync(a).size - fs.statSync(b).size;", '[].sort(bySize)'),
    'a default parameter': handler("function page(text = fs.readFileSync('a')) {\n  return text;\n}", 'page()'),
    'inside a default parameter': handler("function page(name, text = String(fs.readFileSync('a'))) {\n  return text;\n}", 'page()'),
    'a function that unknown code calls': handler("const library = require('library');\nfunction load() {\n  return fs.readFileSync('a');\n}\nlibrary.use(load);", 'load()'),
    'a caller at the top of a script': handler("function load() {\n  return fs.readFileSync('a');\n}\nconst first = load();", 'first + load()'),
    'a listener that ends the process': handler("function save() {\n  fs.writeFileSync('a', 'b');\n}\nprocess.on('exit', () => save());", 'save()'),
    'a file descriptor': handler('', "fs.readFileSync(0, 'utf8')"),
    'a descriptor that was opened': handler('', "fs.readFileSync(fs.openSync('a'))"),
    'an option that only the synchronous form has': handler('', "fs.statSync('a', { throwIfNoEntry: false })"),
    'a function that returns something else': handler('', "String(fs.openSync('a'))"),
    'an optional call': handler('', "fs.readFileSync?.('a')"),
    'a bracket at the start of a line without semicolons': "const fs = require('fs')\nconst http = require('http')\nhttp.createServer((request, response) => {\n  const a = 1\n  fs.readFileSync('a').toString()\n})\n",
  };
  for (const [name, text] of Object.entries(cases)) test(name, () => assert.equal(fixed(text), null));

  test('a method that an interface declares', () => {
    const text = "import fs from 'fs';\nimport http from 'http';\ninterface Store {\n  load(): string;\n}\nclass Files implements Store {\n  load(): string {\n    return fs.readFileSync('a', 'utf8');\n  }\n}\nexport const files = new Files();\nexport { Files };\nhttp.createServer((request, response) => response.end(new Files().load()));\n";
    const finding = check({ 'a.ts': text }).find(({ rule }) => rule.startsWith('blocking-'));
    if (finding) assert.deepEqual(finding.fixes, []);
  });
});

describe('how the call is written', () => {
  const express = "const app = require('express')();\n";
  const cases: Record<string, { before: string; after: string; path?: string }> = {
    'inside an operator that binds tighter': {
      before: handler('', "fs.statSync('a').size ** 2"),
      after: handler('', "(await fs.promises.stat('a')).size ** 2").replace('(request', 'async (request'),
    },
    'before an index and a call': {
      before: handler('', "fs.readdirSync('a')[0].trim()"),
      after: handler('', "(await fs.promises.readdir('a'))[0].trim()").replace('(request', 'async (request'),
    },
    'one await around another': {
      before: handler("function a() {\n  return b();\n}\nfunction b() {\n  return { c: () => fs.readFileSync('x') };\n}", "fs.readFileSync(String(fs.readFileSync('x')))"),
      after: handler("function a() {\n  return b();\n}\nfunction b() {\n  return { c: () => fs.readFileSync('x') };\n}", "await fs.promises.readFile(String(fs.readFileSync('x')))").replace('(request', 'async (request'),
    },
    'with an existing namespace of fs/promises': {
      path: 'server.mjs',
      before: `import { readFileSync } from 'node:fs';\nimport * as fsp from 'node:fs/promises';\nimport http from 'node:http';\nhttp.createServer(async (request, response) => {\n  response.end(readFileSync('a'));\n});\n`,
      after: `import { readFileSync } from 'node:fs';\nimport * as fsp from 'node:fs/promises';\nimport http from 'node:http';\nhttp.createServer(async (request, response) => {\n  response.end(await fsp.readFile('a'));\n});\n`,
    },
    'with a name that is taken': {
      path: 'server.mjs',
      before: `import { readFile, readFileSync } from "fs"\nimport http from "http"\nhttp.createServer(async (request, response) => {\n  response.end(readFileSync('a'))\n})\nreadFile('x', () => {})\n`,
      after: `import { readFile, readFileSync } from "fs"\nimport { readFile as readFileAsync } from "fs/promises"\nimport http from "http"\nhttp.createServer(async (request, response) => {\n  response.end(await readFileAsync('a'))\n})\nreadFile('x', () => {})\n`,
    },
    'with a binding that is shadowed': {
      before: `const { readFileSync } = require('fs');\nconst fsp = require('fs').promises;\n${express}app.get('/', async (req, res) => {\n  const fsp = 1;\n  res.send(readFileSync('a'));\n});\n`,
      after: `const { readFileSync } = require('fs');\nconst { readFile } = require('fs/promises');\nconst fsp = require('fs').promises;\n${express}app.get('/', async (req, res) => {\n  const fsp = 1;\n  res.send(await readFile('a'));\n});\n`,
    },
    'with CRLF line ends': {
      before: `const { readFileSync } = require('node:fs')\r\n${express.replace('\n', '\r\n')}app.get('/', async (req, res) => {\r\n  res.send(readFileSync('a'))\r\n})\r\n`,
      after: `const { readFileSync } = require('node:fs')\r\nconst { readFile } = require('node:fs/promises')\r\n${express.replace('\n', '\r\n')}app.get('/', async (req, res) => {\r\n  res.send(await readFile('a'))\r\n})\r\n`,
    },
    'without a module that promisify can come from': {
      before: `import { createServer } from 'http';\nimport { gzipSync } from 'zlib';\ncreateServer(async (request, response) => {\n  response.end(gzipSync(request.url));\n});\n`,
      after: `import { createServer } from 'http';\nimport { gzipSync, gzip } from 'zlib';\nimport { promisify } from 'util';\ncreateServer(async (request, response) => {\n  response.end(await promisify(gzip)(request.url));\n});\n`,
      path: 'server.mjs',
    },
    'in methods with modifiers and return types': {
      path: 'server.ts',
      before: `import * as fs from 'fs';\nimport { createServer } from 'http';\nexport class Pages {\n  public static load(name: string): Buffer {\n    return fs.readFileSync(name);\n  }\n}\ncreateServer((request, response) => void response.end(Pages.load('a')));\n`,
      after: `import * as fs from 'fs';\nimport { createServer } from 'http';\nexport class Pages {\n  public static async load(name: string): Promise<Buffer> {\n    return await fs.promises.readFile(name);\n  }\n}\ncreateServer(async (request, response) => void response.end(await Pages.load('a')));\n`,
    },
  };
  for (const [name, { before, after, path }] of Object.entries(cases)) test(name, () => assert.equal(fixed(before, path), after));
});

describe('safe only where the behaviour is kept', () => {
  const asyncHandler = (body: string): string => `const fs = require('fs');\nconst app = require('express')();\napp.get('/', async (req, res) => {\n${body}\n});\n`;
  const kinds: Record<string, [body: string, kind: Fix['kind']]> = {
    'reading in an async function': ["  res.send(fs.readFileSync('a'));", 'safe'],
    'inside try': ["  try {\n    res.send(fs.readFileSync('a'));\n  } catch {\n    res.end();\n  }", 'safe'],
    'writing': ["  fs.writeFileSync('a', 'b');", 'suggestion'],
    'reading what the function writes back': ["  const n = Number(fs.readFileSync('n')) + 1;\n  fs.writeFileSync('n', String(n));", 'suggestion'],
    'before a listener is registered': ["  const a = fs.readFileSync('a');\n  req.on('data', () => res.write(a));", 'suggestion'],
    'existsSync, which rejects': ["  res.json(fs.existsSync('a'));", 'suggestion'],
  };
  for (const [name, [body, kind]] of Object.entries(kinds)) test(name, () => assert.equal(fixOf({ [file]: asyncHandler(body) })?.kind, kind));

  test('not in a function that has to become async', () => {
    assert.equal(fixOf({ [file]: handler('', "fs.readFileSync('a')") })?.kind, 'suggestion');
  });
});
