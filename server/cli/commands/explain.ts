import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import type { Budget, NodeMajor } from '../../core/order/run.ts';
import type { Timeline } from '../../core/order/timeline.ts';
import { renderTimelineJson } from '../../core/report/timeline-json.ts';
import { renderTimelineMermaid } from '../../core/report/timeline-mermaid.ts';
import { plainStyle, renderTimelineText, type TextStyle } from '../../core/report/timeline-text.ts';
import { defaultBudget, defaultTimeoutMs, explainInWorker, renameFiles, type ExplainRequest } from '../../host/explain-host.ts';

/** What the command needs of its surroundings. */
export interface ExplainIo {
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly stderr: { write(text: string): unknown };
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The bundled worker, where it is not beside the program. */
  readonly explainWorker?: URL;
}

export const explainHelp = `looplens explain <file>[:line[:column]] [options]

Explains in which order a program runs on Node.js, without running it. With a line inside a
function, explains that function in its role (request handler, timer callback, …), with unknown
arguments.

  --node <major>        18, 20, 22, 24 or 26 (default: .nvmrc, engines.node, else 24)
  --module <type>       commonjs or module (default: as Node decides)
  --format <format>     text (default), json, html, mermaid
  -o, --output <file>   write there instead of to the standard output
  --timeout <ms>        time for all runs together (default ${defaultTimeoutMs})
  --max-runs <n>        combinations of outside decisions (default ${defaultBudget.runs})
  --max-choices <n>     outside decisions of one run (default ${defaultBudget.choices})
  --max-steps <n>       evaluation steps of one run (default ${defaultBudget.steps})
  -h, --help
`;

const majors: readonly NodeMajor[] = [18, 20, 22, 24, 26];
const formats = ['text', 'json', 'html', 'mermaid'] as const;
type Format = (typeof formats)[number];

/** A flag or an argument that cannot be understood. */
class UsageError extends Error {}

/**
 * `looplens explain`.
 * @returns the exit code: 0 when there is an answer (also an incomplete one), 2 when there is none
 */
export async function explain(args: readonly string[], io: ExplainIo): Promise<number> {
  try {
    const parsed = parseExplainArgs(args, io.cwd);
    if (parsed === 'help') {
      io.stdout.write(explainHelp);
      return 0;
    }
    const { request, format, output } = parsed;
    let source: string;
    try {
      source = readFileSync(request.file, 'utf8');
    } catch (error) {
      throw new UsageError(`cannot read ${request.file}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
    }
    const timeline = renameFiles(await explainInWorker(request, io.explainWorker), file => displayPath(file, io.cwd));
    const text = await render(timeline, source, format, output === null && useColour(io) ? ansiStyle : plainStyle);
    if (output === null) io.stdout.write(text);
    else writeFileSync(output, text);
    if (timeline.outcomes.length > 0) return 0;
    if (format !== 'text' || output !== null) io.stderr.write(`looplens explain: ${timeline.incompleteBecause.join('; ')}\n`);
    return 2;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.stderr.write(`looplens explain: ${error.message}\n`);
    return 2;
  }
}

interface ParsedArgs {
  readonly request: ExplainRequest;
  readonly format: Format;
  readonly output: string | null;
}

function parseExplainArgs(args: readonly string[], cwd: string): ParsedArgs | 'help' {
  const { values, positionals } = parseFlags(args);
  if (values.help) return 'help';
  if (positionals.length !== 1) throw new UsageError(positionals.length === 0 ? 'name a file: looplens explain <file>[:line[:column]]' : 'explains one file at a time');
  const place = /^(.+?)(?::(\d+)(?::(\d+))?)?$/.exec(positionals[0]!)!;
  const file = resolve(cwd, place[1]!);
  const at = place[2] === undefined ? null : { line: Number(place[2]), column: place[3] === undefined ? null : Number(place[3]) };
  const node = values.node === undefined ? projectNode(file) : majors.find(major => String(major) === values.node!.replace(/^v/, '').split('.')[0]);
  if (node === undefined) throw new UsageError(`--node must be one of ${majors.join(', ')}`);
  const module = values.module ?? null;
  if (module !== null && module !== 'commonjs' && module !== 'module') throw new UsageError('--module must be commonjs or module');
  const format = formats.find(name => name === values.format);
  if (!format) throw new UsageError(`--format must be one of ${formats.join(', ')}`);
  const budget: Budget = {
    ...defaultBudget,
    runs: count('--max-runs', values['max-runs'], defaultBudget.runs),
    choices: count('--max-choices', values['max-choices'], defaultBudget.choices),
    steps: count('--max-steps', values['max-steps'], defaultBudget.steps),
  };
  const timeoutMs = count('--timeout', values.timeout, defaultTimeoutMs);
  return { request: { file, node, module, at, entryPoint: null, budget, timeoutMs }, format, output: values.output === undefined ? null : resolve(cwd, values.output) };
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        node: { type: 'string' },
        module: { type: 'string' },
        format: { type: 'string', default: 'text' },
        output: { type: 'string', short: 'o' },
        timeout: { type: 'string' },
        'max-runs': { type: 'string' },
        'max-choices': { type: 'string' },
        'max-steps': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function count(flag: string, text: string | undefined, byDefault: number): number {
  if (text === undefined) return byDefault;
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new UsageError(`${flag} must be a positive whole number`);
  return Number(text);
}

/** The version that the project of a file names, in .nvmrc, .node-version or `engines.node` of the nearest package.json. */
function projectNode(file: string): NodeMajor {
  for (let directory = dirname(file); ; directory = dirname(directory)) {
    for (const name of ['.nvmrc', '.node-version']) {
      const major = knownMajor(/^v?(\d+)/.exec(readOptional(join(directory, name)).trim())?.[1]);
      if (major) return major;
    }
    const engines = /"engines"\s*:\s*\{[^}]*"node"\s*:\s*"[^"\d]*(\d+)/.exec(readOptional(join(directory, 'package.json')))?.[1];
    const major = knownMajor(engines);
    if (major) return major;
    if (directory === dirname(directory)) return 24;
  }
}

/** The modelled version at or next above a major. */
function knownMajor(text: string | undefined): NodeMajor | undefined {
  return text === undefined ? undefined : (majors.find(major => major >= Number(text)) ?? 26);
}

function readOptional(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function render(timeline: Timeline, source: string, format: Format, style: TextStyle): Promise<string> {
  switch (format) {
    case 'text':
      return renderTimelineText(timeline, style);
    case 'json':
      return renderTimelineJson(timeline);
    case 'mermaid':
      return renderTimelineMermaid(timeline);
    case 'html':
      return (await import('../../core/report/timeline-html.ts')).renderTimelineHtml(timeline, source);
  }
}

/** Relative to the working directory where it is inside, with `/`. */
function displayPath(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return (path.startsWith('..') ? file : path).replaceAll('\\', '/');
}

function useColour({ stdout, env }: ExplainIo): boolean {
  if (env.NO_COLOR) return false;
  return env.FORCE_COLOR !== undefined ? env.FORCE_COLOR !== '0' : stdout.isTTY === true;
}

const sgr = (open: number, close: number) => (text: string): string => `\u001b[${open}m${stripVTControlCharacters(text)}\u001b[${close}m`;
const ansiStyle: TextStyle = { title: sgr(1, 22), faint: sgr(2, 22), output: sgr(32, 39), warning: sgr(33, 39) };
