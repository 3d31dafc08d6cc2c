import { existsSync, realpathSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import type { Finding } from '../core/hazards/finding.ts';
import { findRule, loadRulePages, rulePage, rules } from '../core/hazards/registry.ts';
import { describeApi, findApiByName } from '../core/node/describe-api.ts';
import { createApiIndex } from '../core/node/lookup.ts';
import { compareImpact } from '../core/report/groups.ts';
import { cutForModel, renderAgent } from '../core/report/agent.ts';
import { renderTimelineText } from '../core/report/timeline-text.ts';
import { closest } from '../core/text/closest.ts';
import { defaultBudget, explainInWorker, renameFiles } from '../host/explain-host.ts';
import { refusalOf } from '../host/explain-refusal.ts';
import { userCachePath } from '../host/cache-place.ts';
import { majorOf, nodeOfFolder } from '../host/node-version.ts';
import { isInside, readBytes } from '../host/read-file.ts';
import { toolVersion } from '../host/tool-version.ts';
import { analyse } from './analyse.ts';
import { changedFiles } from './changed-files.ts';
import { UsageError } from './exit-code.ts';
import { pageMarkdown } from './page-text.ts';

// What `looplens mcp` offers to a language model. Everything is read-only, bounded in size, and stays in the folder that the server was
// started in: who asks may have been told what to ask by a file that it has read.

const mostFindings = 50;
const mostPaths = 200;

export interface ToolAnswer {
  readonly text: string;
  readonly structured: Record<string, unknown>;
}

export const lintInput = z.object({
  paths: z.array(z.string()).max(mostPaths).optional().describe('Files, folders or globs to report on, from the working directory; default: all. The whole project is analysed in any case.'),
  changed: z.string().optional().describe('Report only what is in changed files or caused by them: "" against HEAD, or a branch or commit'),
  only: z.array(z.string()).max(mostPaths).optional().describe('Ids of rules'),
  severity: z.enum(['error', 'warn', 'info']).optional().describe('The least to report; default: info'),
});

/** Findings of the project, worst first. */
export async function lintTool(input: z.infer<typeof lintInput>, cwd: string): Promise<ToolAnswer> {
  const paths = input.paths && input.paths.length > 0 ? input.paths : ['.'];
  for (const path of paths) inside(cwd, path);
  for (const rule of input.only ?? []) if (!findRule(rule)) throw new UsageError(unknownRule(rule));
  const changed = await changedFiles({ changed: input.changed, since: undefined, staged: undefined }, cwd);
  const analysis = await analyse({
    paths,
    cwd,
    changed,
    stdin: null,
    config: null,
    configLookup: true,
    ruleOverrides: {},
    confidence: 'likely',
    only: input.only ?? null,
    gitignore: true,
    ignorePatterns: [],
    cachePath: userCachePath(cwd),
    toolVersion: toolVersion(),
  });
  const rank = { error: 0, warn: 1, info: 2 };
  const shown = analysis.findings.filter(finding => finding.suppressed === null && rank[finding.severity] <= rank[input.severity ?? 'info']).sort(compareImpact);
  const text = renderAgent({ files: analysis.reported.length, analysed: analysis.files, findings: shown, errors: analysis.errors });
  return {
    text: cutForModel([...analysis.problems, text].join('\n')),
    structured: { total: shown.length, findings: shown.slice(0, mostFindings).map(plainFinding), notAnalysed: analysis.errors.slice(0, mostFindings).map(({ file, line, message }) => ({ file, line, message })), problems: analysis.problems, files: analysis.reported.length, analysed: analysis.files },
  };
}

function plainFinding({ rule, severity, confidence, message, location, role, path, fixes, impact, group, fingerprint }: Finding): Record<string, unknown> {
  return { rule, severity, confidence, message, file: location.file, line: location.line, column: location.column, role, path: path.slice(0, 20).map(step => ({ label: step.label, file: step.location.file, line: step.location.line })), fixes: fixes.map(({ title, kind }) => ({ title, kind })), impact, group, fingerprint };
}

export const explainInput = z.object({
  file: z.string().describe('From the working directory'),
  line: z.int().min(1).optional().describe('A line inside a function: explains that function in its role, with unknown arguments. Without it the whole program is explained.'),
  column: z.int().min(1).optional(),
  node: z.enum(['18', '20', '22', '24', '26']).optional().describe('Major version of Node.js; default: as the project says'),
});

/** In which order a program or a function runs; the program is not run. */
export async function explainTool(input: z.infer<typeof explainInput>, cwd: string, worker: URL): Promise<ToolAnswer> {
  const file = inside(cwd, input.file);
  const at = input.line === undefined ? null : { line: input.line, column: input.column ?? null };
  const { bytes } = readBytes(file, 'named');
  const refused = bytes && refusalOf({ file, module: null, at }, bytes.toString('utf8'));
  if (refused) throw new UsageError(refused);
  const node = input.node === undefined ? majorOf(nodeOfFolder(resolve(file, '..')).version) : (Number(input.node) as 18 | 20 | 22 | 24 | 26);
  const absolute = await explainInWorker({ file, at, node, module: null, entryPoint: null, budget: defaultBudget, timeoutMs: null }, worker);
  const timeline = renameFiles(absolute, path => relative(cwd, path).split(sep).join('/'));
  const { complete, incompleteBecause, outcomes } = timeline;
  return {
    text: cutForModel(renderTimelineText(timeline)),
    structured: { file: timeline.file, node: timeline.node, module: timeline.module, complete, incompleteBecause, outcomeCount: outcomes.length, outcomes: outcomes.slice(0, 5).map(({ output, exitCode, choices }) => ({ output: output.slice(0, 100).map(({ text }) => text.slice(0, 500)), exitCode, choices })) },
  };
}

export const ruleInput = z.object({ id: z.string().optional().describe('Id of a rule; without it all rules are listed'), locale: z.enum(['en', 'zh-cn']).optional() });

/** The page of a rule, or the list of all. */
export async function ruleTool({ id, locale = 'en' }: z.infer<typeof ruleInput>): Promise<ToolAnswer> {
  await loadRulePages(locale);
  if (id === undefined) {
    const list = rules.map(({ meta }) => ({ id: meta.id, category: meta.category, severity: meta.defaultSeverity, fix: meta.fix, title: rulePage(meta.id)?.title ?? '' }));
    return { text: list.map(({ id: name, severity, title }) => `${name} (${severity}): ${title}`).join('\n'), structured: { rules: list } };
  }
  const page = rulePage(id, locale);
  if (!page) throw new UsageError(unknownRule(id));
  const markdown = pageMarkdown(id, page, locale);
  return { text: cutForModel(markdown), structured: { id, title: page.title, category: page.category, severity: page.severity, fix: page.fix } };
}

export const apiInput = z.object({ name: z.string().max(200).describe('Such as fs.statSync, crypto.pbkdf2, setImmediate, process.nextTick, express.Application.listen') });

const index = createApiIndex();

/** What a function of Node or of a known library does to the event loop. */
export function apiTool({ name }: z.infer<typeof apiInput>): ToolAnswer {
  const api = findApiByName(index, name);
  const text = describeApi(name, api);
  if (!api) return { text, structured: { known: false } };
  return {
    text,
    structured: { known: true, module: api.module, member: api.member, blocks: api.blocking === true, threadPool: api.threadPool === true, callsBackIn: api.callback?.runsIn ?? null, settlesIn: api.settlesIn ?? null },
  };
}

/** The absolute path of a file that lies in the working directory; a UsageError for any other. */
function inside(cwd: string, path: string): string {
  const absolute = resolve(cwd, path);
  // A link is judged by where it leads; a glob, and what is not there, by its name.
  const real = existsSync(absolute) ? realpathSync(absolute) : absolute;
  const leaves = !isInside(absolute, cwd) || (real !== absolute && !isInside(real, realpathSync(cwd)));
  if (leaves) throw new UsageError(`${path} lies outside of the folder that this server works in`);
  return absolute;
}

function unknownRule(id: string): string {
  const near = closest(id, rules.map(({ meta }) => meta.id));
  return `there is no rule "${id}"${near === null ? '' : `; did you mean "${near}"?`}`;
}
