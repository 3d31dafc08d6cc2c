// What was read of what Looplens says about real repositories: npm run readings -- <dir>… [--labels dir] [--out file]
//   Lints every repository below the directories (<dir>/<owner>/<name> or <dir>/<owner>+<name>) with the default settings, looks every finding up in
//   the labels of test/readings/*.jsonl and writes docs/readings.md. The repositories stay outside of ours, at the commits of repositories.json.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { analyse } from '../server/cli/analyse.ts';
import { rules } from '../server/core/hazards/registry.ts';

type Verdict = 'true' | 'false' | 'debatable';

/** One finding that somebody read. */
interface Label {
  readonly repo: string;
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly verdict: Verdict;
  readonly why: string;
  /** Taken over from the labelled call sites. */
  readonly from?: 'groundtruth';
}

interface Repository {
  /** owner/name */
  readonly name: string;
  readonly folder: string;
}

interface Tally {
  findings: number;
  true: number;
  false: number;
  debatable: number;
  unread: number;
}

const { values, positionals } = parseArgs({
  options: { labels: { type: 'string', default: 'test/readings' }, out: { type: 'string', default: 'docs/readings.md' }, verbose: { type: 'boolean' } },
  allowPositionals: true,
});
const repositories = positionals.flatMap(dir => repositoriesIn(resolve(dir), 2));
if (repositories.length === 0) {
  console.error('usage: npm run readings -- <dir with the repositories as owner/name>… [--labels test/readings] [--out docs/readings.md] [--verbose]');
  process.exit(2);
}
const commits = JSON.parse(readFileSync(join(values.labels, 'repositories.json'), 'utf8')) as Readonly<Record<string, string>>;
const labels = readLabels(values.labels);
const byRule = new Map<string, Tally>();
const byRepository: { readonly name: string; readonly files: number; readonly tally: Tally }[] = [];
const seen = new Set<string>();
for (const { name, folder } of repositories) {
  const { findings, files } = await analyse({ paths: ['.'], cwd: folder, stdin: null, config: null, configLookup: false, ruleOverrides: {}, confidence: 'likely', gitignore: true, ignorePatterns: [], cachePath: null, toolVersion: '0' });
  const tally = emptyTally();
  for (const { rule, location } of findings) {
    const key = keyOf({ repo: name, file: location.file, line: location.line, rule });
    const verdict = labels.get(key)?.verdict ?? 'unread';
    seen.add(key);
    if (!byRule.has(rule)) byRule.set(rule, emptyTally());
    for (const one of [tally, byRule.get(rule)!]) {
      one.findings++;
      one[verdict]++;
    }
    if (values.verbose && verdict !== 'true') console.log(`${verdict.padEnd(9)} ${rule} ${name} ${location.file}:${location.line} ${labels.get(key)?.why ?? ''}`);
  }
  byRepository.push({ name, files, tally });
}
const here = new Set(repositories.map(repository => repository.name));
const gone = [...labels].filter(([key, label]) => here.has(label.repo) && !seen.has(key)).map(([, label]) => label);
const text = documentText();
writeFileSync(values.out, text);
console.log(text);

function repositoriesIn(folder: string, depth: number): readonly Repository[] {
  const name = basename(folder).includes('+') ? basename(folder).replace('+', '/') : `${basename(dirname(folder))}/${basename(folder)}`;
  if (['package.json', 'README.md', '.git'].some(entry => existsSync(join(folder, entry)))) return [{ name, folder }];
  if (depth === 0) return [];
  return readdirSync(folder).map(entry => join(folder, entry)).filter(path => statSync(path).isDirectory()).flatMap(path => repositoriesIn(path, depth - 1));
}

/** Where two readers disagree the finding counts as what the stricter one said. */
function readLabels(folder: string): ReadonlyMap<string, Label> {
  const strictness: readonly Verdict[] = ['true', 'debatable', 'false'];
  const read = new Map<string, Label>();
  for (const file of readdirSync(folder).filter(name => name.endsWith('.jsonl')).sort()) {
    for (const [index, line] of readFileSync(join(folder, file), 'utf8').split('\n').entries()) {
      if (line.trim() === '') continue;
      const label = JSON.parse(line) as Label;
      if (!strictness.includes(label.verdict)) throw new Error(`${file}:${index + 1}: verdict ${JSON.stringify(label.verdict)}`);
      const before = read.get(keyOf(label));
      if (before !== undefined && before.verdict !== label.verdict) console.error(`two verdicts: ${label.rule} ${label.repo} ${label.file}:${label.line} is ${before.verdict} and ${label.verdict}`);
      if (before === undefined || strictness.indexOf(label.verdict) > strictness.indexOf(before.verdict)) read.set(keyOf(label), label);
    }
  }
  return read;
}

function keyOf({ repo, file, line, rule }: Pick<Label, 'repo' | 'file' | 'line' | 'rule'>): string {
  return `${repo} ${file}:${line} ${rule}`;
}

function emptyTally(): Tally {
  return { findings: 0, true: 0, false: 0, debatable: 0, unread: 0 };
}

function row(name: string, tally: Tally): string {
  const read = tally.findings - tally.unread;
  const share = read === 0 ? '–' : `${Math.round((100 * tally.true) / read)} %`;
  return `| ${name} | ${tally.findings} | ${tally.true} | ${tally.false} | ${tally.debatable} | ${tally.unread} | ${share} |`;
}

function documentText(): string {
  const fromGroundTruth = [...labels.values()].filter(label => label.from === 'groundtruth').length;
  const total = emptyTally();
  for (const tally of byRule.values()) for (const key of Object.keys(total) as (keyof Tally)[]) total[key] += tally[key];
  const head = ['findings', 'true', 'false', 'debatable', 'unread', 'share true'].join(' | ');
  const line = '|---|--:|--:|--:|--:|--:|--:|';
  const silent = rules.filter(rule => !byRule.has(rule.meta.id));
  const lost = gone.filter(label => label.verdict === 'true');
  return `# What Looplens says about real code, read one by one

Made by \`npm run readings -- <dir with the repositories>\` on ${new Date().toISOString().slice(0, 10)}, with the default settings: what a user sees who runs \`looplens lint\` for the first time. Every finding was looked up in the labels of \`test/readings/\`. *True*: what the message says happens, and who maintains the code would want to know. *Debatable*: it happens, and nobody would act. *False*: it does not happen, or is meant. The share is that of the true ones among those that were read, so that a debatable finding counts against its rule; where many are unread it is that of a sample. ${fromGroundTruth} of the labels are those of call sites that were labelled for \`npm run groundtruth\`. The rules were improved on these same findings: on code that nobody looked at before, expect less.

## By rule

| rule | ${head} |
${line}
${[...byRule].sort(([a], [b]) => (a < b ? -1 : 1)).map(([rule, tally]) => row(`\`${rule}\``, tally)).join('\n')}
${row('**all**', total)}

Without a finding here: ${silent.map(rule => `\`${rule.meta.id}\`${rule.meta.defaultSeverity === 'off' ? ' (off)' : ''}`).join(', ')}.

## By repository

| repository | commit | files | ${head} |
|---|---|--:|--:|--:|--:|--:|--:|--:|
${byRepository.map(({ name, files, tally }) => row(`${name} | ${commits[name]?.slice(0, 12) ?? 'unknown'} | ${files}`, tally)).join('\n')}

## True findings that are no longer reported

${lost.length === 0 ? 'None.' : lost.map(label => `- \`${label.rule}\` ${label.repo} ${label.file}:${label.line}: ${label.why}`).join('\n')}

${gone.length - lost.length} findings that were read as false or debatable are not reported any more.
`;
}
