// node scripts/run.mjs scripts/syntax-differential.ts <folder>…
// Whatever this Node takes as JavaScript (as CommonJS or as an ES module, parsed by V8 and never run) must be analysed without a syntax
// error. Prints the files of the folders that are not, by message.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { parse } from '../server/core/syntax/parse.ts';

const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error('usage: node scripts/run.mjs scripts/syntax-differential.ts <folder>…');
  process.exit(2);
}
const { SourceTextModule } = vm as unknown as { SourceTextModule?: new (text: string) => unknown };
if (!SourceTextModule) process.exit(spawnSync(process.execPath, ['--experimental-vm-modules', '--no-warnings', '--stack-size=3000', ...process.argv.slice(1)], { stdio: 'inherit' }).status ?? 1);

function takes(compile: () => unknown): boolean {
  try {
    compile();
    return true;
  } catch {
    return false;
  }
}

const refused = new Map<string, string[]>();
let programs = 0;
let accepted = 0;
let partly = 0;
for (const folder of folders) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !/\.[cm]?js$/.test(entry.name) || statSync(file).size > 2_000_000) continue;
    const text = readFileSync(file, 'utf8');
    programs++;
    const commonjs = takes(() => vm.compileFunction(text.replace(/^#!.*/, ''), ['exports', 'require', 'module', '__filename', '__dirname']));
    if (!commonjs && !takes(() => new SourceTextModule!(text))) continue;
    accepted++;
    const source = parse('program.js', text);
    if (source.partly) partly++;
    const message = source.errors[0]?.message ?? (source.partly ? 'partly analysed' : null);
    if (message === null) continue;
    refused.set(message, [...(refused.get(message) ?? []), file]);
  }
}
for (const [message, files] of [...refused].sort((a, b) => b[1].length - a[1].length)) console.log(`${files.length} × ${message}\n  ${files.slice(0, 4).join('\n  ')}`);
const count = [...refused.values()].flat().length;
console.log(`${programs} files, ${accepted} that Node ${process.version} takes, of them ${count} refused or partly analysed (${partly})`);
process.exitCode = count > 0 ? 1 : 0;
