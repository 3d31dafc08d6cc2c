import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGuard } from '../../server/core/faults/guard.ts';
import { createWorkspace, type Snapshot } from '../../server/core/workspace.ts';
import { collectGarbage } from '../../server/lsp/collect-garbage.ts';
import { createProject, type Project } from '../../server/lsp/project.ts';
import { createUris } from '../../server/lsp/uris.ts';
import { createFolder } from './client.ts';

// A server lives for days. Whatever happens to a file, nothing of the program as it was before stays in memory: what is asked
// here is not how much that is, but whether the garbage collector takes the very objects.

/** Things that were current once, with what they were. */
type Past = { readonly what: string; readonly ref: WeakRef<object> }[];

const texts = {
  'server.js': `import http from 'node:http';\nimport { report } from './report.js';\nimport { Store } from './lib/store.js';\nhttp.createServer(async (req, res) => { await new Store().read(req.url); res.end(report()); }).listen(0);\nprocess.on('uncaughtException', () => undefined);\n`,
  'report.js': `import fs from 'node:fs';\nexport function report() {\n  return fs.readFileSync('x');\n}\n`,
  'lib/store.js': `import { EventEmitter } from 'node:events';\nimport { execSync } from 'node:child_process';\nexport class Store extends EventEmitter {\n  async read(name) { for (const x of name) await this.one(x); this.emit('read'); return execSync('ls'); }\n  async one(x) { setTimeout(() => this.emit('one'), x); }\n}\n`,
  'worker.js': `import cluster from 'node:cluster';\nif (cluster.isPrimary) cluster.fork();\nelse import('./server.js');\n`,
} as const;

/** What each edit makes of report.js: places only, structure, a text that does not parse, and back. */
const edits = [`// moved\n${texts['report.js']}`, `${texts['report.js']}export const other = () => report();\n`, `${texts['report.js']}export const broken = (() => { report(`, `import { Store } from './lib/store.js';\nexport function report() { return new Store().one(1); }\n`, texts['report.js']];

function remember(past: Past, what: string, snapshot: Snapshot): void {
  for (const [part, object] of Object.entries({ snapshot, graph: snapshot.graph, facts: snapshot.graph.module('report.js') })) past.push({ what: `${part} ${what}`, ref: new WeakRef(object) });
}

/** What of the past is still there. A WeakRef keeps its object for the rest of the turn in which it was made or asked. */
async function remaining(past: Past): Promise<string[]> {
  for (let turn = 0; turn < 3; turn++) {
    await new Promise(resolve => setImmediate(resolve));
    collectGarbage();
  }
  return past.flatMap(({ what, ref }) => (ref.deref() ? [what] : []));
}

function canCollect(): boolean {
  try {
    collectGarbage();
    return true;
  } catch {
    return false;
  }
}

const skip = canCollect() ? false : 'the garbage collector cannot be called in this Node';

/** As the editor asks: first of the one file, then of everything, which the next edit may break off. */
async function ask(project: Project, past: Past, what: string, leave: boolean): Promise<void> {
  const { answers } = await project.first(project.pathOf('report.js'));
  remember(past, what, answers.snapshot);
  if (leave) void project.answers().catch(() => undefined);
  else remember(past, `${what}, complete`, (await project.answers()).snapshot);
}

test('the collector takes what nothing holds, and leaves what is held', { skip }, async () => {
  const held = createWorkspace();
  for (const [file, text] of Object.entries(texts)) held.setText(file, text);
  const past: Past = [];
  await (async () => remember(past, 'held', await held.snapshot()))();
  assert.deepEqual(await remaining(past), ['snapshot held', 'graph held', 'facts held']);
  await held.snapshot();
});

for (const all of [true, false]) {
  test(`old snapshots of a workspace go, ${all ? 'all' : 'some'} findings asked for`, { skip }, async () => {
    const workspace = createWorkspace({ longLived: true });
    for (const [file, text] of Object.entries(texts)) workspace.setText(file, text, file === 'report.js');
    const past: Past = [];
    for (const [index, text] of edits.entries()) {
      workspace.setText('report.js', text, true);
      await (async () => {
        const snapshot = await workspace.snapshot();
        remember(past, `after edit ${index}`, snapshot);
        if (all) snapshot.findings();
        else snapshot.findingSteps().next();
        snapshot.firstFindingsIn('report.js');
      })();
    }
    workspace.setText('report.js', '', true);
    (await workspace.snapshot()).findings();
    assert.deepEqual(await remaining(past), []);
    assert.equal(workspace.has('report.js'), true);
  });
}

for (const leave of [false, true]) {
  test(`old answers of a project go, ${leave ? 'broken off by the next edit' : 'complete ones too'}`, { skip }, async () => {
    const folder = createFolder(texts);
    const project = createProject(folder.path, { uris: createUris(), locale: 'en', whole: true, guard: createGuard(), sliceMs: leave ? 0 : 15 });
    await project.scan(() => undefined, () => false);
    const past: Past = [];
    const path = project.pathOf('report.js');
    project.setText(path, texts['report.js']);
    await ask(project, past, 'as opened', false);
    for (const [index, text] of edits.slice(0, -1).entries()) {
      project.setText(path, text);
      await ask(project, past, `after edit ${index}`, leave);
    }
    folder.write('lib/new.js', `import { report } from '../report.js';\nsetInterval(report, 10);\n`);
    project.diskChanged([project.pathOf('lib/new.js')]);
    await ask(project, past, 'with a new file', leave);
    project.close(path);
    await ask(project, past, 'after closing', leave);
    // The last state is asked of one file alone, so that nothing but the past could be complete. It calls what the one before did not: where only
    // places change, the program stands on the facts of before, at most one older text a file.
    project.setText(path, `${texts['report.js']}report();\n`);
    await project.first(path);
    assert.deepEqual(await remaining(past), []);
    assert.equal(project.fileCount, 5);
    folder.remove();
  });
}
