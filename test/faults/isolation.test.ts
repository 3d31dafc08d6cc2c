import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createGuard, type GuardOptions } from '../../server/core/faults/guard.ts';
import { extractText } from '../../server/core/facts/extract-text.ts';
import type { Finding } from '../../server/core/hazards/finding.ts';
import { rules } from '../../server/core/hazards/registry.ts';
import type { Rule } from '../../server/core/hazards/rule.ts';
import { createWorkspace, type Snapshot, type WorkspaceOptions } from '../../server/core/workspace.ts';

// Every part of the work is made to throw in turn; whatever else there is must stay as it was.

const shop = new Map(
  readdirSync('examples/shop', { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.[jt]s$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
    .map(file => [file, readFileSync(file, 'utf8')] as const),
);
const broken = 'examples/shop/src/broken.js';
const program = new Map([
  ...shop,
  [broken, 'const = 1;\nfoo(;\n'],
  ['many.js', "const fs = require('fs');\nrequire('express')().get('/a', (req, res) => { fs.statSync('a'); JSON.parse(req.body); setInterval(() => {}, 0); res.end(); });\nprocess.on('uncaughtException', () => {});\n// looplens-disable-next-line blocking-fs -- here it may\nrequire('http').createServer(() => fs.readFileSync('b')).listen(1);\n"],
]);

/** Texts are the same in all tests, so each is read once. */
const extracted = new Map<string, ReturnType<typeof extractText>>();
const loadOnce = async () => (file: string, text: string) => {
  const key = `${file}\n${text}`;
  const found = extracted.get(key) ?? extractText(file, text);
  extracted.set(key, found);
  return found;
};

async function analyse(options: WorkspaceOptions = {}): Promise<Snapshot & { readonly all: readonly Finding[] }> {
  const workspace = createWorkspace({ loadExtractor: loadOnce, ...options });
  for (const [file, text] of program) workspace.setText(file, text);
  const snapshot = await workspace.snapshot();
  return { ...snapshot, all: snapshot.findings() };
}

const undisturbed = await analyse();
const usual = undisturbed.all;
const errorsOf = (snapshot: Snapshot): string[] => snapshot.errors.map(({ file, line, kind }) => `${file}:${line} ${kind}`);
const plain = (list: readonly Finding[]): string[] => list.map(({ suppressed, ...finding }) => JSON.stringify({ ...finding, suppressed: suppressed?.kind }));

const throwing = (part: string, file: string | null = null, when: 'before' | 'after' = 'before'): GuardOptions['probe'] => (atPart, atFile, atTime) => {
  if (atPart === part && (file === null || atFile === file) && atTime === when) throw new Error('injected');
};

test('the program has something to lose', () => {
  assert.ok(new Set(usual.map(finding => finding.rule)).size >= 4, [...new Set(usual.map(finding => finding.rule))].join());
  assert.ok(usual.some(finding => finding.suppressed !== null));
  assert.deepEqual(errorsOf(undisturbed), [`${broken}:1 syntax`]);
});

describe('a rule that throws loses its own findings only', () => {
  for (const rule of rules) {
    test(rule.meta.id, async () => {
      // First it reports, then it throws: what it has said by then is not to be trusted.
      const failing: Rule = { ...rule, check: context => { rule.check(context); throw new Error('injected'); } };
      const guard = createGuard();
      const snapshot = await analyse({ guard, rules: rules.map(item => (item === rule ? failing : item)) });
      assert.deepEqual(guard.faults.map(({ part, message }) => [part, message]), [[`rule ${rule.meta.id}`, 'Error: injected']]);
      assert.deepEqual(snapshot.faults(), guard.faults);
      // A disable comment that covers a finding of the rule covers nothing now.
      const others = (list: readonly Finding[]): string[] => plain(list.filter(finding => finding.rule !== rule.meta.id && finding.rule !== 'unused-disable-comment'));
      assert.deepEqual(others(snapshot.all), others(usual));
      assert.ok(!snapshot.all.some(finding => finding.rule === rule.meta.id));
      assert.deepEqual(errorsOf(snapshot), errorsOf(undisturbed));
    });
  }
});

describe('a file on which Looplens fails is not analysed, the others are', () => {
  for (const when of ['before', 'after'] as const) {
    for (const file of program.keys()) {
      test(`extraction of ${file}, ${when}`, async () => {
        const guard = createGuard({ probe: throwing('extract', file, when) });
        const snapshot = await analyse({ guard });
        assert.deepEqual(guard.faults.map(fault => [fault.part, fault.file]), [['extract', file]]);
        assert.deepEqual(errorsOf(snapshot).filter(error => error.startsWith(`${file}:`)), [`${file}:0 fault`]);
        const without = createWorkspace();
        for (const [name, text] of program) without.setText(name, name === file ? '' : text);
        assert.deepEqual(plain(snapshot.all), plain((await without.snapshot()).findings()));
      });
    }
  }
});

describe('linking', () => {
  test('what fails once heals in the same run', async () => {
    let first = true;
    const guard = createGuard({ probe: (part, _file, when) => {
      if (part !== 'link' || when !== 'after' || !first) return;
      first = false;
      throw new Error('injected');
    } });
    const snapshot = await analyse({ guard });
    assert.deepEqual(plain(snapshot.all), plain(usual));
  });

  test('a file that it fails on is left out', async () => {
    // Facts that no extraction makes: linking reads a call that is not there.
    const guard = createGuard();
    const damaged = 'many.js';
    const loadExtractor = async () => (file: string, text: string) => {
      const extracted = extractText(file, text);
      return file === damaged ? { ...extracted, facts: { ...extracted.facts, calls: [...extracted.facts.calls, null as never] } } : extracted;
    };
    const snapshot = await analyse({ guard, loadExtractor });
    assert.deepEqual(snapshot.errors.filter(error => error.kind === 'fault').map(error => error.file), [damaged]);
    assert.ok(guard.faults.some(({ part, file }) => part === 'link' && file === damaged));
    const inShop = (list: readonly Finding[]): string[] => plain(list.filter(finding => finding.location.file !== damaged));
    assert.deepEqual(inShop(snapshot.all), inShop(usual));
  });

  test('where nothing can be linked, syntax errors are still told', async () => {
    const snapshot = await analyse({ guard: createGuard({ probe: throwing('link') }) });
    assert.equal(snapshot.errors.length, program.size);
    assert.deepEqual(snapshot.all, []);
  });
});

test('settings and comments that fail', async () => {
  const settings = await analyse({ guard: createGuard({ probe: throwing('settings', 'many.js') }) });
  assert.deepEqual(plain(settings.all), plain(usual));
  const comments = await analyse({ guard: createGuard({ probe: throwing('suppress') }) });
  assert.deepEqual(comments.all.map(finding => finding.fingerprint), usual.map(finding => finding.fingerprint));
  assert.deepEqual(comments.faults().map(fault => fault.part), ['suppress']);
});

test('a file that is mended is analysed again', async () => {
  let armed = true;
  const guard = createGuard({ probe: (part, file) => {
    if (armed && part === 'extract' && file === 'many.js') throw new Error('injected');
  } });
  const workspace = createWorkspace({ guard });
  for (const [file, text] of program) workspace.setText(file, text);
  assert.ok((await workspace.snapshot()).errors.some(error => error.kind === 'fault'));
  armed = false;
  workspace.setText('many.js', program.get('many.js')!);
  const snapshot = await workspace.snapshot();
  assert.deepEqual(errorsOf(snapshot), errorsOf(undisturbed));
  assert.deepEqual(plain(snapshot.findings()), plain(usual));
});
