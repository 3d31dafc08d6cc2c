import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createGuard } from '../../server/core/faults/guard.ts';
import { createProject, type Project } from '../../server/lsp/project.ts';
import { createUris } from '../../server/lsp/uris.ts';
import { createFolder, type Folder } from './client.ts';

// After any edits, creations, deletions, renames and config changes the answers equal those of a fresh start, wherever finding them was
// broken off before.

const files = ['server.js', 'report.js', 'lib/store.js', 'lib/index.js', 'lib/nested/deep.ts'] as const;
const configs = ['looplens.config.json', 'lib/looplens.config.json', 'package.json', '.gitignore'] as const;

/** Texts that depend on one another: which of them lie where decides what is reached. */
const texts: readonly string[] = [
  `import http from 'node:http';\nimport { report } from './report.js';\nhttp.createServer((req, res) => res.end(report())).listen(0);\n`,
  `import http from 'node:http';\nimport { load } from './lib/index.js';\nhttp.createServer((req, res) => { load(() => res.end()); });\n`,
  `import fs from 'node:fs';\nexport const report = () => fs.readFileSync('x');\nexport const load = report;\n`,
  `import { load } from './lib/store.js';\nexport function report() {\n  return load();\n}\n`,
  `export * from './store.js';\nexport { report as other } from './nested/deep.js';\n`,
  `const { execSync } = require('node:child_process');\nexports.load = () => execSync('ls');\n`,
  `import { execSync } from 'node:child_process';\nexport function load(done: () => void): void {\n  execSync('ls'); // looplens-disable-line blocking-child-process -- test\n  setTimeout(done, 1);\n}\n`,
  `import http from 'node:http';\nhttp.createServer((req, res) => { while (Date.now() < 5`,
  '',
];
const configTexts: readonly string[] = ['{}', '{ "type": "module" }', '{ "rules": { "blocking-fs": "warn" } }', '{ "rules": { "blocking-child-process": "off" }, "ignorePatterns": ["report.js"] }', '{ "overrides": [{ "files": ["lib/**"], "rules": { "blocking-fs": "off" } }] }', '{ "rulez": ', 'lib/nested\n'];

/** After a step: wait for the answers, or leave them after so many of their slices, the first answer for the file asked for or not. */
type After = { readonly leaveAt: number | null; readonly first: boolean };

type Step = After &
  (
  | { readonly do: 'write'; readonly file: string; readonly text: string }
  | { readonly do: 'delete' | 'close'; readonly file: string }
  | { readonly do: 'edit'; readonly file: string; readonly text: string }
  | { readonly do: 'half'; readonly file: string; readonly at: number }
  | { readonly do: 'rename'; readonly file: string; readonly to: string }
  );

const after = { leaveAt: fc.oneof(fc.constant(null), fc.nat(200)), first: fc.boolean() };

const file = fc.constantFrom(...files);
const text = fc.constantFrom(...texts);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('write' as const), file, text, ...after }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('write' as const), file: fc.constantFrom(...configs), text: fc.constantFrom(...configTexts), ...after }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('edit' as const), file, text, ...after }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('edit' as const), file: fc.constantFrom(...configs.slice(0, 2)), text: fc.constantFrom(...configTexts), ...after }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('half' as const), file, at: fc.nat(120), ...after }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('delete' as const, 'close' as const), file: fc.constantFrom(...files, ...configs), ...after }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rename' as const), file, to: file, ...after }) },
);

/** What a user sees, as plain data. */
async function answersOf(project: Project): Promise<unknown> {
  const { findings, errors, configProblems } = await project.answers();
  const sorted = (map: ReadonlyMap<string, unknown>): unknown => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.parse(JSON.stringify({ findings: sorted(findings), errors: sorted(errors), configProblems: sorted(configProblems), files: project.fileCount, node: project.node }));
}

async function fresh(folder: Folder, open: ReadonlyMap<string, string>): Promise<Project> {
  const project = createProject(folder.path, { uris: createUris(), locale: 'en', whole: true, guard: createGuard(), sliceMs: 0 });
  for (const [name, content] of open) project.setText(`${folder.path}/${name}`, content);
  await project.scan(() => undefined, () => false);
  return project;
}

test('incremental equals fresh', async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async steps => {
      const folder = createFolder({ 'package.json': '{"type":"module"}', 'server.js': texts[0]!, 'report.js': texts[3]!, 'lib/store.js': texts[2]! });
      try {
        const onDisk = new Map<string, string>([['package.json', ''], ['server.js', texts[0]!], ['report.js', texts[3]!], ['lib/store.js', texts[2]!]]);
        const open = new Map<string, string>();
        /** Answers that nobody waited for: they have to come all the same. */
        const left: Promise<unknown>[] = [];
        const project = await fresh(folder, open);
        const pathOf = (name: string): string => `${folder.path}/${name}`;
        const write = (name: string, content: string): void => {
          folder.write(name, content);
          onDisk.set(name, content);
        };
        const edit = (name: string, content: string): void => {
          open.set(name, content);
          project.setText(pathOf(name), content);
        };
        for (const current of steps) {
          switch (current.do) {
            case 'write':
              write(current.file, current.text);
              project.diskChanged([pathOf(current.file)]);
              break;
            case 'delete':
              if (!onDisk.delete(current.file)) break;
              folder.delete(current.file);
              project.diskChanged([pathOf(current.file)]);
              break;
            case 'edit':
              edit(current.file, current.text);
              break;
            case 'half':
              edit(current.file, (open.get(current.file) ?? onDisk.get(current.file) ?? texts[0]!).slice(0, current.at));
              break;
            case 'close':
              open.delete(current.file);
              project.close(pathOf(current.file));
              break;
            case 'rename': {
              const content = onDisk.get(current.file);
              if (content === undefined || current.file === current.to) break;
              folder.delete(current.file);
              onDisk.delete(current.file);
              write(current.to, content);
              project.diskChanged([pathOf(current.file), pathOf(current.to)]);
              break;
            }
          }
          if (current.first) {
            const path = pathOf(current.file);
            const told = await project.first(path);
            for (const finding of [...told.answers.findings.values()].flat()) assert.ok(told.complete || finding.location.file === project.fileOf(path));
          }
          if (current.leaveAt !== null) {
            const leaving = project.answers();
            for (let turn = 0; turn < current.leaveAt; turn++) await new Promise(resolve => setImmediate(resolve));
            left.push(leaving);
            continue;
          }
          const now = await answersOf(project);
          assert.deepEqual(now, await answersOf(await fresh(folder, open)));
          found += (now as { findings: unknown[] }).findings.length;
        }
        await Promise.all(left);
        assert.deepEqual(await answersOf(project), await answersOf(await fresh(folder, open)));
      } finally {
        folder.remove();
      }
    }),
    { numRuns: 40, seed: 20261123, includeErrorInReport: true },
  );
  // The property says nothing where there is never a finding.
  assert.ok(found > 20, `${found} states with findings`);
});
