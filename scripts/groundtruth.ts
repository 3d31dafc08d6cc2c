// Scores Looplens against labelled sites of real repositories: calls that block, and the verdicts of other rules.
//   npm run groundtruth -- <dir with the repositories as owner/name> [--labels file] [--verbose]
// The repositories stay outside of ours, at the commits that the label file names.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Finding, SourceLocation } from '../server/core/hazards/finding.ts';
import { rules } from '../server/core/hazards/registry.ts';
import { analyse } from '../server/cli/analyse.ts';

interface Label {
  readonly repo: string;
  readonly path: string;
  readonly line: number;
  /** Name of the called function, for sites of the blocking rules. */
  readonly callee?: string;
  /** Rule id, for sites of other rules. */
  readonly hazard?: string;
  readonly verdict: string;
  readonly flag: boolean;
  readonly reason: string;
}

interface Score {
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
  transitiveHits: number;
  transitive: number;
  /** Sites that are fine and of which nothing is said. */
  trueNegatives: number;
  /** Labels of rules that this version does not have. */
  skipped: number;
}

const { values, positionals } = parseArgs({ options: { labels: { type: 'string' }, verbose: { type: 'boolean' } }, allowPositionals: true });
const [root] = positionals;
if (root === undefined) {
  console.error('usage: npm run groundtruth -- <dir with the repositories as owner/name> [--labels sites.json] [--verbose]');
  process.exit(2);
}
const labelFile = values.labels ?? '../shared/groundtruth/sites.json';
const { sites } = JSON.parse(readFileSync(labelFile, 'utf8')) as { sites: readonly Label[] };
const known = new Set(rules.map(rule => rule.meta.id));

const total: Score = empty();
const byKind = new Map<string, Score>();
const byRepo: { repo: string; score: Score }[] = [];
for (const repo of new Set(sites.map(site => site.repo))) {
  const cwd = resolve(root, repo);
  if (!existsSync(cwd)) {
    console.error(`${repo}: not in ${root}, left out`);
    continue;
  }
  const analysis = await analyse({ paths: ['.'], cwd, stdin: null, config: null, configLookup: false, ruleOverrides: {}, confidence: 'likely', gitignore: true, ignorePatterns: [], cachePath: null, toolVersion: '0' });
  const score = empty();
  for (const site of sites.filter(item => item.repo === repo)) {
    const one = empty();
    judge(site, analysis.findings, one);
    add(score, one);
    const kind = site.hazard ?? 'blocking calls';
    if (!byKind.has(kind)) byKind.set(kind, empty());
    add(byKind.get(kind)!, one);
  }
  byRepo.push({ repo, score });
  add(total, score);
}
report();

function add(to: Score, score: Score): void {
  for (const key of Object.keys(to) as (keyof Score)[]) to[key] += score[key];
}

function judge(site: Label, findings: readonly Finding[], score: Score): void {
  if (site.hazard !== undefined && !known.has(site.hazard)) {
    score.skipped++;
    return;
  }
  const hit = findings.find(finding => matches(finding, site));
  const transitive = site.verdict === 'handler-transitive';
  if (transitive && site.flag) score.transitive++;
  if (hit && site.flag) {
    score.truePositives++;
    if (transitive) score.transitiveHits++;
    return;
  }
  if (hit) score.falsePositives++;
  else if (site.flag) score.falseNegatives++;
  else {
    score.trueNegatives++;
    return;
  }
  console.log(`${hit ? 'false alarm' : 'missed'}  ${site.repo} ${site.path}:${site.line} ${site.callee ?? site.hazard} — ${site.verdict}: ${site.reason}`);
  if (hit) console.log(`    ${hit.path.map(step => `${step.label} (${step.location.file}:${step.location.line})`).join(' → ')}`);
  else if (values.verbose) console.log(`    findings in this file: ${findings.filter(finding => finding.location.file === site.path).map(finding => finding.location.line).join(', ') || 'none'}`);
}

/**
 * A finding stands at the whole call; the label at the line of the function's name. A label of a rule may also stand
 * where the finding's way begins: at the registration of the listener that goes on to do it.
 */
function matches(finding: Finding, site: Label): boolean {
  const { location } = finding;
  if (site.hazard !== undefined) return finding.rule === site.hazard && [location, ...finding.path.slice(0, 1).map(step => step.location)].some(place => isAt(place, site));
  if (!isAt(location, site)) return false;
  const text = calleeText(location.file, site.repo, location.start, location.end);
  return new RegExp(`(^|[^\\w$])${site.callee!.replace(/\$/g, '\\$')}\\s*(\\?\\.)?\\(`).test(text.slice(0, text.indexOf('(') + 1)) || text.includes(`.${site.callee}(`);
}

function isAt({ file, line, endLine }: SourceLocation, site: Label): boolean {
  return file === site.path && line <= site.line && site.line <= endLine;
}

function calleeText(file: string, repo: string, start: number, end: number): string {
  return readFileSync(join(resolve(root!), repo, file), 'utf8').slice(start, end);
}

function empty(): Score {
  return { truePositives: 0, falsePositives: 0, falseNegatives: 0, transitiveHits: 0, transitive: 0, trueNegatives: 0, skipped: 0 };
}

function ratio(part: number, whole: number): string {
  return whole === 0 ? '    –' : (part / whole).toFixed(3);
}

function report(): void {
  const row = (name: string, { truePositives: tp, falsePositives: fp, falseNegatives: fn, transitiveHits, transitive }: Score): string =>
    `${name.padEnd(28)} ${String(tp).padStart(4)} ${String(fp).padStart(4)} ${String(fn).padStart(4)}   ${ratio(tp, tp + fp).padStart(9)} ${ratio(tp, tp + fn).padStart(7)} ${ratio(transitiveHits, transitive).padStart(11)}`;
  console.log(`\n${'repository'.padEnd(28)} hits false miss   precision  recall  transitive`);
  for (const { repo, score } of byRepo) console.log(row(repo, score));
  console.log(row('all', total));
  console.log(`\n${'kind'.padEnd(32)} hits false miss  fine   precision  recall`);
  for (const [kind, { truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives, skipped }] of byKind) {
    console.log(`${kind.padEnd(32)} ${String(tp).padStart(4)} ${String(fp).padStart(4)} ${String(fn).padStart(4)} ${String(trueNegatives).padStart(6)}   ${ratio(tp, tp + fp).padStart(9)} ${ratio(tp, tp + fn).padStart(7)}${skipped > 0 ? `   ${skipped} without a rule` : ''}`);
  }
  const macro = (part: (score: Score) => [number, number]): string => {
    const ratios = byRepo.map(({ score }) => part(score)).filter(([, whole]) => whole > 0).map(([some, whole]) => some / whole);
    return (ratios.reduce((sum, item) => sum + item, 0) / ratios.length).toFixed(3);
  };
  console.log(`macro average: precision ${macro(score => [score.truePositives, score.truePositives + score.falsePositives])}, recall ${macro(score => [score.truePositives, score.truePositives + score.falseNegatives])}`);
  if (total.skipped > 0) console.log(`${total.skipped} labels belong to rules that this version does not have`);
}
