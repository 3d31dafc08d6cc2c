// What a run costs, paired on the same files: npm run bench [-- <folder> [rounds] [--print]]
//   Looplens cold (no cache), with one file changed and with nothing changed, the same of ESLint with promise rules and typescript-eslint's
//   parser, and parsing alone.
// Each figure is the median of the rounds in alternating order; ratios are what to look at. Writes docs/bench.md, or only prints.
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { findFiles } from '../server/host/find-files.ts';

interface Usage {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly rssMb: number;
}

const [named = 'node_modules/eslint/lib', count = '3'] = process.argv.slice(2).filter(arg => !arg.startsWith('--'));
const rounds = Number(count);
const root = process.cwd();
const scratch = mkdtempSync(join(tmpdir(), 'looplens-bench-'));
// No linter looks below node_modules, and one file is changed on the way: a copy is measured.
const folder = join(scratch, 'sources');
cpSync(named, folder, { recursive: true, filter: path => path === named || !/(?:^|[\\/])(?:node_modules|\.git)$/.test(path) });
const { sources } = findFiles([folder], { cwd: folder, gitignore: false });
if (!existsSync('dist/cli.js')) throw new Error('build first: npm run build');
if (sources.length === 0) throw new Error(`no sources in ${folder}`);
const bytes = sources.reduce((sum, file) => sum + readFileSync(file).length, 0);

writeFileSync(join(scratch, 'files.json'), JSON.stringify(sources));
writeFileSync(
  join(scratch, 'parse.mjs'),
  `import { readFileSync } from 'node:fs';
import { parse } from ${JSON.stringify(join(root, 'node_modules/@typescript-eslint/typescript-estree/dist/index.js'))};
for (const file of JSON.parse(readFileSync(${JSON.stringify(join(scratch, 'files.json'))}, 'utf8'))) {
  try { parse(readFileSync(file, 'utf8'), { filePath: file, loc: true, range: true, jsx: /x$/.test(file), jsDocParsingMode: 'none' }); } catch {}
}`,
);
writeFileSync(
  join(scratch, 'eslint.mjs'),
  `import { readFileSync } from 'node:fs';
import { ESLint } from ${JSON.stringify(join(root, 'node_modules/eslint/lib/api.js'))};
import n from ${JSON.stringify(join(root, 'node_modules/eslint-plugin-n/lib/index.js'))};
import promise from ${JSON.stringify(join(root, 'node_modules/eslint-plugin-promise/index.js'))};
import * as parser from ${JSON.stringify(join(root, 'node_modules/@typescript-eslint/parser/dist/index.js'))};
const options = { linterOptions: { reportUnusedDisableDirectives: 'off' }, plugins: { n, promise } };
const rules = promise.configs['flat/recommended'].rules;
// Not n/no-sync: it asks for types where the TypeScript parser is used, which would measure the type checker.
const overrideConfig = [
  { ...options, files: ['**/*.{js,mjs,cjs,jsx}'], languageOptions: { parser: parser.default ?? parser, parserOptions: { ecmaFeatures: { jsx: true } } }, rules: { ...rules, 'n/no-deprecated-api': 'error' } },
  { ...options, files: ['**/*.{ts,mts,cts,tsx}'], languageOptions: { parser: parser.default ?? parser }, rules: { ...rules, 'n/no-deprecated-api': 'error' } },
];
const cache = process.argv.includes('--cache') ? { cache: true, cacheLocation: ${JSON.stringify(join(scratch, 'eslintcache'))} } : {};
const eslint = new ESLint({ cwd: '/', overrideConfigFile: true, ignore: false, overrideConfig, ...cache });
const results = await eslint.lintFiles(JSON.parse(readFileSync(${JSON.stringify(join(scratch, 'files.json'))}, 'utf8')));
if (results.length !== ${sources.length}) throw new Error(\`ESLint looked at \${results.length} files\`);`,
);

const cache = join(scratch, 'facts');
const lint = ['dist/cli.js', 'lint', folder, '--format', 'json', '--no-ignore'];
const contenders: Record<string, readonly string[]> = {
  'parse only (typescript-estree)': [join(scratch, 'parse.mjs')],
  'Looplens, cold': [...lint, '--no-cache'],
  'Looplens, one file changed': [...lint, '--cache-location', cache],
  'Looplens, nothing changed': [...lint, '--cache-location', cache],
  'ESLint, cold': [join(scratch, 'eslint.mjs')],
  'ESLint --cache, one file changed': [join(scratch, 'eslint.mjs'), '--cache'],
  'ESLint --cache, nothing changed': [join(scratch, 'eslint.mjs'), '--cache'],
};
const usages = new Map<string, Usage[]>(Object.keys(contenders).map(name => [name, []]));
for (let round = 0; round < rounds; round++) {
  const names = round % 2 === 0 ? Object.keys(contenders) : Object.keys(contenders).reverse();
  for (const name of names) {
    if (/changed/.test(name)) {
      // What came before is known; of a moment ago no cache is sure.
      measure(contenders[name]!);
      if (name.includes('one file')) appendFileSync(sources[Math.floor(sources.length / 2)]!, `\n// round ${round}\n`);
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 4000);
      if (name.includes('nothing')) measure(contenders[name]!);
    }
    usages.get(name)!.push(measure(contenders[name]!));
  }
}
rmSync(scratch, { recursive: true, force: true });

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const base = median(usages.get('parse only (typescript-estree)')!.map(usage => usage.cpuMs));
const rows = [...usages].map(([name, list]) => {
  const cpu = median(list.map(usage => usage.cpuMs));
  return `| ${name} | ${cpu.toFixed(0)} | ${median(list.map(usage => usage.wallMs)).toFixed(0)} | ${median(list.map(usage => usage.rssMb)).toFixed(0)} | ${(cpu / base).toFixed(2)} |`;
});
const text = `# What a run costs

Written by \`npm run bench\`. ${new Date().toISOString().slice(0, 10)}, Node.js ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB.
Files: \`${relative(root, resolve(named))}\`, ${sources.length} files, ${(bytes / 1e6).toFixed(1)} MB. Medians of ${rounds} rounds in alternating order, each in a process of its own.
ESLint parses with typescript-eslint's parser and runs \`n/no-deprecated-api\` and the recommended rules of \`promise\`; \`n/no-sync\` would start a type checker.

| | CPU ms | wall ms | peak MB | CPU against parsing alone |
| --- | ---: | ---: | ---: | ---: |
${rows.join('\n')}
`;
if (!process.argv.includes('--print')) writeFileSync('docs/bench.md', text);
console.log(text);

function measure(args: readonly string[]): Usage {
  const usageFile = join(scratch, 'usage.json');
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--require', join(root, 'scripts/lib/usage-at-exit.cjs'), ...args], { env: { ...process.env, BENCH_USAGE: usageFile }, encoding: 'utf8', maxBuffer: 1 << 28 });
  const wallMs = performance.now() - start;
  if (status === null || !existsSync(usageFile) || status > (args.includes('lint') ? 1 : 0)) throw new Error(`${args.join(' ')} failed:\n${stderr}`);
  const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as { cpuMs: number; rssMb: number };
  rmSync(usageFile);
  return { wallMs, ...usage };
}
