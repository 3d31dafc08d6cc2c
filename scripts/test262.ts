// Runs files of test262 inside the abstract machine: node scripts/run.mjs scripts/test262.ts <checkout> [filter]
// Prints the pass rate and writes the failures with their reasons to docs/test262.md.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import '../server/core/syntax/load-reference-parser.ts';
import { runProgram } from '../server/core/order/machine.ts';
import type { Budget, ProgramSource } from '../server/core/order/run.ts';

const [checkout, filter = ''] = process.argv.slice(2);
if (!checkout || !existsSync(join(checkout, 'harness/assert.js'))) {
  console.error('usage: node scripts/run.mjs scripts/test262.ts <directory of a test262 checkout> [filter]');
  process.exit(2);
}

/** What asserts the order of asynchronous things. */
const wanted = /^(built-ins\/Promise\/|language\/expressions\/await\/|language\/statements\/for-await-of\/|language\/\w+\/async-generator\/|language\/\w+\/async-function\/)/;
/** Features that no supported Node has, or that need a second realm. */
const foreign = /cross-realm|IsHTMLDDA|import-defer|source-phase-imports|decorators|iterator-sequencing|joint-iteration|await-dictionary|caller/;
const budget: Budget = { steps: 3_000_000, depth: 400, heap: 20_000_000, choices: 60, runs: 1 };

function* files(directory: string): Generator<string> {
  for (const entry of readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (entry.name.endsWith('.js') && !entry.name.includes('_FIXTURE')) yield path;
  }
}

interface Metadata {
  readonly flags: readonly string[];
  readonly includes: readonly string[];
  readonly features: string;
  readonly negative: string | null;
}

function metadataOf(text: string): Metadata {
  const front = /\/\*---([\s\S]*?)---\*\//.exec(text)?.[1] ?? '';
  const list = (name: string): string[] => {
    const inline = new RegExp(`^${name}:\\s*\\[([^\\]]*)\\]`, 'm').exec(front)?.[1];
    if (inline !== undefined) return inline.split(',').map(item => item.trim()).filter(Boolean);
    const block = new RegExp(`^${name}:\\s*\\n((?:\\s+- .*\\n?)+)`, 'm').exec(front)?.[1];
    return block ? block.split('\n').map(line => line.replace(/^\s+- /, '').trim()).filter(Boolean) : [];
  };
  return { flags: list('flags'), includes: list('includes'), features: list('features').join(' '), negative: /negative:\s*\n\s+phase:\s*(\w+)/.exec(front)?.[1] ?? null };
}

const harness = (name: string): string => readFileSync(join(checkout, 'harness', name), 'utf8');
const host = 'process.on("unhandledRejection", () => {}); var print = console.log; var $262 = { global: globalThis, gc() {}, evalScript() { throw new Error("evalScript"); } };\n';

/** Null where the test passes, else why not. */
function run(path: string, text: string, { flags, includes, negative }: Metadata): string | null {
  const module = flags.includes('module');
  const parts = flags.includes('raw') ? [] : [host, harness('assert.js'), harness('sta.js'), ...(flags.includes('async') ? [harness('doneprintHandle.js')] : []), ...includes.filter(name => name !== 'doneprintHandle.js').map(harness)];
  const entry = resolve(path);
  const whole = `${flags.includes('onlyStrict') ? '"use strict";\n' : ''}${parts.join('\n')}\n${text}`;
  const program: ProgramSource = {
    entry,
    read: file => (file === entry ? whole : existsSync(file) ? readFileSync(file, 'utf8') : null),
    resolve: (specifier, from) => (specifier.startsWith('.') && existsSync(join(dirname(from), specifier)) ? join(dirname(from), specifier) : null),
    moduleType: () => (module ? 'module' : 'commonjs'),
  };
  const result = runProgram(program, { node: 26, module: module ? 'module' : 'commonjs', entryPoint: { kind: 'file' }, budget }, () => 0);
  const errors = result.output.filter(line => line.stream === 'stderr').map(line => line.text).slice(0, 1).join('');
  if (negative) return result.exitCode !== 0 ? null : `no ${negative} error`;
  const [incomplete] = result.incompleteBecause;
  if (flags.includes('async')) {
    const verdict = result.output.find(line => line.text.startsWith('Test262:'))?.text;
    return verdict === 'Test262:AsyncTestComplete' ? null : verdict ?? (errors || incomplete || 'did not call $DONE');
  }
  return result.exitCode === 0 ? null : errors || incomplete || `exit code ${result.exitCode}`;
}

const root = join(checkout, 'test');
const failures: string[] = [];
const sections = new Map<string, { passed: number; total: number }>();
let skipped = 0;
for (const directory of ['built-ins/Promise', 'language/expressions', 'language/statements']) {
  for (const path of files(join(root, directory))) {
    const name = relative(root, path);
    if (!wanted.test(name) || !name.includes(filter)) continue;
    const text = readFileSync(path, 'utf8');
    const metadata = metadataOf(text);
    if (foreign.test(metadata.features)) {
      skipped++;
      continue;
    }
    const section = wanted.exec(name)![1]!.replace(/\/$/, '');
    const count = sections.get(section) ?? { passed: 0, total: 0 };
    sections.set(section, count);
    count.total++;
    const reason = run(path, text, metadata);
    if (reason === null) count.passed++;
    else failures.push(`- \`${name}\`: ${reason.replace(/\s+/g, ' ').replaceAll(resolve(checkout), '').slice(0, 160)}`);
  }
}
const rows = [...sections].map(([section, { passed, total }]) => `| ${section} | ${passed} | ${total} | ${(100 * passed / total).toFixed(1)} % |`);
const passed = [...sections.values()].reduce((sum, count) => sum + count.passed, 0);
const total = passed + failures.length;
const summary = `${passed} of ${total} pass (${(100 * passed / total).toFixed(2)} %); ${skipped} need another realm or what no supported Node has`;
console.log(summary);
if (filter === '') {
  writeFileSync('docs/test262.md', `# test262 on the abstract machine\n\nMade by \`node scripts/run.mjs scripts/test262.ts <checkout>\`. ${summary}.\n\n| part | passed | files | |\n|---|---|---|---|\n${rows.join('\n')}\n\n## What fails, and why\n\n${failures.join('\n')}\n`);
} else console.log(failures.slice(0, 60).join('\n'));
