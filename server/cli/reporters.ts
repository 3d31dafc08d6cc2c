import { loadRulePages } from '../core/hazards/registry.ts';
import { closest } from '../core/text/closest.ts';
import { renderJson } from '../core/report/json.ts';
import type { LintReport } from '../core/report/lint-report.ts';
import { plain, renderStylish, type Style } from '../core/report/stylish.ts';
import { UsageError } from './exit-code.ts';
import type { Io } from './io.ts';
import { hint, say } from './messages.ts';

type Render = (report: LintReport, style: Style) => string;

/** Every output format of `lint` and `merge`; all but the first two are loaded when they are asked for. */
const renderers: Readonly<Record<string, () => Promise<Render>>> = {
  stylish: () => Promise.resolve(renderStylish),
  json: () => Promise.resolve(renderJson),
  agent: async () => (await import('../core/report/agent.ts')).renderAgent,
  checkstyle: async () => (await import('../core/report/checkstyle.ts')).renderCheckstyle,
  github: async () => (await import('../core/report/github.ts')).renderGithub,
  gitlab: async () => (await import('../core/report/gitlab.ts')).renderGitlab,
  html: async () => (await import('../core/report/html.ts')).renderHtml,
  junit: async () => (await import('../core/report/junit.ts')).renderJunit,
  markdown: async () => (await import('../core/report/markdown.ts')).renderMarkdown,
  rdjson: async () => (await import('../core/report/rdjson.ts')).renderRdjson,
  sarif: async () => (await import('../core/report/sarif.ts')).renderSarif,
  unix: async () => (await import('../core/report/unix.ts')).renderUnix,
};

/** Names of the formats, the default first. */
export const formatNames: readonly string[] = Object.keys(renderers);

/** One report to make. */
export interface Destination {
  readonly format: string;
  /** From the working directory; null for standard output. */
  readonly file: string | null;
}

/** Programs that read what they run set one of these (each project's documentation of its environment). */
const agentVariables = ['AI_AGENT', 'CLAUDECODE', 'CODEX_SANDBOX', 'CODEX_THREAD_ID', 'CURSOR_AGENT', 'GEMINI_CLI', 'OPENCODE', 'GOOSE_TERMINAL', 'AMP_CURRENT_THREAD_ID', 'COPILOT_CLI'];

/**
 * What `--format <name>` and `--format <name>:<file>`, repeated, and `--output-file` ask for. Without a format: `github` in GitHub Actions,
 * `agent` where an agent runs the command, else `stylish`.
 * Throws a UsageError for an unknown format and for two on standard output.
 */
export function destinations(flags: readonly string[], outputFile: string | undefined, io: Io): readonly Destination[] {
  const asked = flags.map(flag => {
    const colon = flag.indexOf(':');
    const format = colon < 0 ? flag : flag.slice(0, colon);
    const near = closest(format, formatNames);
    if (!formatNames.includes(format)) throw new UsageError(say('oneOf', { name: 'format', words: formatNames.join(', '), value: flag, hint: hint(near === null ? null : `"${near}"`) }), true);
    return { format, file: colon < 0 || flag.slice(colon + 1) === '-' ? null : flag.slice(colon + 1) };
  });
  if (asked.length === 0) asked.push({ format: defaultFormat(io), file: null });
  const open = asked.filter(({ file }) => file === null);
  if (open.length > 1) throw new UsageError(say('formatTwice', { names: open.map(({ format }) => format).join(', '), example: open[1]!.format }), true);
  if (outputFile === undefined) return asked;
  if (open.length === 0) throw new UsageError(say('outputWithoutFormat'), true);
  return asked.map(item => (item.file === null ? { ...item, file: outputFile } : item));
}

function defaultFormat({ env }: Io): string {
  if (env['GITHUB_ACTIONS'] === 'true') return 'github';
  return agentVariables.some(name => env[name]) ? 'agent' : 'stylish';
}

/** The report as text; `style` only where people look at it. */
export async function renderReport(report: LintReport, format: string, style: Style = plain): Promise<string> {
  // SARIF carries the pages of its rules.
  if (format === 'sarif') await loadRulePages(report.locale);
  return (await renderers[format]!())(report, style);
}
