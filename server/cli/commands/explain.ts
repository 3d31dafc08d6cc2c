import { statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Budget, NodeMajor } from '../../core/order/run.ts';
import type { Timeline } from '../../core/order/timeline.ts';
import { renderTimelineJson } from '../../core/report/timeline-json.ts';
import { renderTimelineMermaid } from '../../core/report/timeline-mermaid.ts';
import { renderTimelineText } from '../../core/report/timeline-text.ts';
import { timelineIn } from '../../core/report/timeline-words.ts';
import type { Locale } from '../../core/hazards/messages.ts';
import { defaultBudget, defaultTimeoutMs, explainInWorker, functionTimeoutMs, renameFiles, type ExplainRequest } from '../../host/explain-host.ts';
import { refusalOf } from '../../host/explain-refusal.ts';
import { readBytes, readText, refusalText } from '../../host/read-file.ts';
import { knownMajors, majorOf, nodeOfFolder } from '../../host/node-version.ts';
import { exitCode, UsageError } from '../exit-code.ts';
import { listedHandlers } from '../../core/handlers.ts';
import type { ExplainedProject } from '../explained-project.ts';
import { oneOf, parseFlags, wholeNumber } from '../flags.ts';
import type { Io } from '../io.ts';
import { say, type Told } from '../messages.ts';
import { progressTo } from '../progress.ts';
import { styleFor } from '../style.ts';
import { writeOutput } from '../write-output.ts';

export const explainHelp: Told = {
  en: `looplens explain <file>[:line[:column]] [options]
looplens explain --entry <name> [folder] [options]

Explains in which order a program runs on Node.js, without running it. With a line inside a
function, or --entry, tells the story of that function in its role (request handler, timer
callback, …), within its program, with unknown arguments: the way that goes furthest, what it
waits for and what blocks, and the early returns and errors that leave it.

      --entry <name>    the handler of a route or of another event, or a method by its class:
                        --entry "GET /users/:id", --entry UserController.show
      --no-project      follow only what the file itself imports: no titles from elsewhere, nothing
                        of what blocks, no list of handlers

  --node <major>        18, 20, 22, 24 or 26 (default: .nvmrc, engines.node, else 24)
  --module <type>       commonjs or module (default: as Node decides)
  -f, --format <name>   text (default), json, html, mermaid
  -o, --output <file>   write there instead of to the standard output
      --check [paths…]  check each program that promises its order, by a comment
                        // looplens-expect-order: a, b, c
                        or a file program.js.order beside it with one line of output a line;
                        exit code 1 where that order is not the only one
  --timeout <ms>        time for all runs together (default ${defaultTimeoutMs}; ${functionTimeoutMs} for a function)
  --max-runs <n>        combinations of outside decisions (default ${defaultBudget.runs})
  --max-choices <n>     outside decisions of one run (default ${defaultBudget.choices})
  --max-steps <n>       evaluation steps of one run (default ${defaultBudget.steps})
      --read-outside    also follow imports to files outside of the workspace; else they are unknown code
      --color, --no-color
  -h, --help
`,
  'zh-cn': `looplens explain <文件>[:行[:列]] [选项]
looplens explain --entry <名称> [目录] [选项]

说明程序在 Node.js 上按什么顺序执行，但并不运行它。给出的行位于某个函数内，或使用 --entry 时，
按该函数的角色（请求处理函数、定时器回调等）在其所在的程序中讲述它的过程，参数视为未知：走得最远
的一条路径、它等待什么、什么会阻塞，以及从中分出去的提前返回和错误。

      --entry <名称>    某个路由或其他事件的处理函数，或以类名指明的方法：
                        --entry "GET /users/:id"、--entry UserController.show
      --no-project      只跟随该文件自己的导入：没有来自别处的标题，不标出阻塞，也不列出处理函数

  --node <主版本>       18、20、22、24 或 26（默认取 .nvmrc、engines.node，否则为 24）
  --module <类型>       commonjs 或 module（默认与 Node 的判断一致）
  -f, --format <名称>   text（默认）、json、html、mermaid
  -o, --output <文件>   写入文件，而不是标准输出
      --check [路径…]   检查每个承诺了顺序的程序：以注释
                        // looplens-expect-order: a, b, c
                        或旁边的 program.js.order 文件（每行一行输出）写明；
                        顺序不唯一时退出码为 1
  --timeout <毫秒>      全部运行的总时间（默认 ${defaultTimeoutMs}；单个函数为 ${functionTimeoutMs}）
  --max-runs <n>        外部决定的组合数（默认 ${defaultBudget.runs}）
  --max-choices <n>     一次运行中的外部决定数（默认 ${defaultBudget.choices}）
  --max-steps <n>       一次运行的求值步数（默认 ${defaultBudget.steps}）
      --read-outside    也跟随指向工作区之外的导入；否则那些代码视为未知
      --color, --no-color  是否使用颜色
  -h, --help            显示本说明
`,
};

/** Flags of `looplens explain`. */
export const explainOptions = {
  node: { type: 'string' },
  module: { type: 'string' },
  format: { type: 'string', short: 'f', default: 'text' },
  output: { type: 'string', short: 'o' },
  timeout: { type: 'string' },
  'max-runs': { type: 'string' },
  'max-choices': { type: 'string' },
  'max-steps': { type: 'string' },
  'read-outside': { type: 'boolean' },
  entry: { type: 'string' },
  project: { type: 'boolean', default: true },
  color: { type: 'boolean' },
  check: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const formats = ['text', 'json', 'html', 'mermaid'] as const;
type Format = (typeof formats)[number];

/** Where the build put what the command needs beside its own code: `explain-worker.js`, `webview.js`, `webview.css`. */
const artefacts = new URL('.', import.meta.url);

/**
 * `looplens explain`.
 * @param built directory of the build's artefacts
 * @returns the exit code: 0 when there is an answer (also an incomplete one), 2 when there is none
 */
export async function explain(args: readonly string[], io: Io, built: URL = artefacts): Promise<number> {
  const { values, positionals } = parseFlags(args, explainOptions);
  if (values.help) {
    io.stdout.write(explainHelp[io.locale]);
    return exitCode.ok;
  }
  const format = oneOf('format', values.format, formats);
  const settings = {
    module: values.module === undefined ? null : oneOf('module', values.module, ['commonjs', 'module'] as const),
    budget: {
      ...defaultBudget,
      runs: wholeNumber('max-runs', values['max-runs'], 1) ?? defaultBudget.runs,
      choices: wholeNumber('max-choices', values['max-choices'], 1) ?? defaultBudget.choices,
      steps: wholeNumber('max-steps', values['max-steps'], 1) ?? defaultBudget.steps,
    } satisfies Budget,
    timeoutMs: wholeNumber('timeout', values.timeout, 1) ?? null,
    readsOutside: values['read-outside'] ?? false,
  };
  if (values.check) return (await import('./explain-check.ts')).checkOrders(positionals, { ...settings, node: nodeOf(values.node ?? '24') }, values.node !== undefined, io, new URL('explain-worker.js', built));
  const { request: asked, project } = await target(positionals, values.entry, values.project ?? true, settings, io);
  const request: ExplainRequest = { ...asked, node: values.node === undefined ? majorOf(nodeOfFolder(dirname(asked.file)).version) : nodeOf(values.node) };
  const source = readSource(request.file);
  const refused = refusalOf(request, source);
  if (refused) throw new UsageError(refused);
  const answer = await explainInWorker(request, new URL('explain-worker.js', built));
  const timeline = renameFiles(project && request.at === null && request.entryPoint === null ? withHandlers(answer, project, request.file) : answer, file => displayPath(file, io.cwd));
  const style = styleFor(io.stdout, io, values.output === undefined ? values.color : (values.color ?? false));
  const text = await render(timeline, source, format, built, () => renderTimelineText(timeline, { title: style.bold, faint: style.dim, output: style.green, warning: style.yellow }, io.locale), io.locale);
  if (values.output === undefined) io.stdout.write(text);
  else writeOutput(io.cwd, values.output, text);
  if (timeline.outcomes.length > 0) return exitCode.ok;
  io.stderr.write(`looplens: ${say('noAnswer', { file: timeline.file, reasons: timeline.incompleteBecause.join('; ') })[io.locale]}\n`);
  return exitCode.failure;
}

type Settings = Pick<ExplainRequest, 'module' | 'budget' | 'timeoutMs' | 'readsOutside'>;

/** What is asked for, with all that the project around it knows of it. */
async function target(positionals: readonly string[], entry: string | undefined, wantsProject: boolean, settings: Settings, io: Io): Promise<{ readonly request: Omit<ExplainRequest, 'node'>; readonly project: ExplainedProject | null }> {
  const open = async (path: string): Promise<ExplainedProject> => (await import('../explained-project.ts')).openProject(path, io, progressTo(io));
  if (entry !== undefined) {
    if (positionals.length > 1) throw new UsageError(say('explainOneFile'), true);
    const project = await open(positionals[0] ?? '.');
    const handler = (await import('./explain-entries.ts')).handlerNamed(project, entry, io);
    return { project, request: { ...settings, file: project.pathOf(handler.file), at: null, entryPoint: handler.entryPoint } };
  }
  const place = placeOf(positionals, io.cwd);
  const text = wantsProject ? readText(place.file, 'named') ?? '' : '';
  // A file that registers nothing needs no project around it.
  const project = wantsProject && (place.at !== null || registers.test(text)) ? await open(place.file).catch(() => null) : null;
  const surroundings = project && place.at ? (await import('./explain-entries.ts')).surroundingsAt(project, place.file, place.at, text) : null;
  return { project, request: { ...settings, ...place, entryPoint: null, ...(surroundings && { surroundings }) } };
}

/** Words of code that hands functions to a framework or to Node. */
const registers = /\.(?:get|post|put|patch|delete|all|use|route|on|process|register|command|subscribe|schedule)\(|createServer|@(?:\w*Controller|Resolver|Processor|WebSocketGateway|Injectable)|export (?:async )?function (?:GET|POST|PUT|PATCH|DELETE|handler|default)|new \w*Worker\(/;

function withHandlers(timeline: Timeline, project: ExplainedProject, file: string): Timeline {
  const handlers = listedHandlers(project.snapshot.graph, project.nameOf(file), name => project.pathOf(name));
  return handlers.length === 0 ? timeline : { ...timeline, handlers };
}

/** `<file>[:line[:column]]`, the file made absolute. */
function placeOf(positionals: readonly string[], cwd: string): Pick<ExplainRequest, 'file' | 'at'> {
  const [argument, ...more] = positionals;
  if (argument === undefined) throw new UsageError(say('explainNoFile'), true);
  if (more.length > 0) throw new UsageError(say('explainOneFile'), true);
  const [, file = '', line, column] = /^(.+?)(?::(\d+)(?::(\d+))?)?$/.exec(argument)!;
  for (let colon = file.indexOf(':', 1); colon > 0 && !isThere(resolve(cwd, file)); colon = file.indexOf(':', colon + 1)) {
    const before = file.slice(0, colon);
    if (isThere(resolve(cwd, before))) throw new UsageError(say('explainPosition', { file: before, position: file.slice(colon + 1) }), true);
  }
  return { file: resolve(cwd, file), at: line === undefined ? null : { line: Number(line), column: column === undefined ? null : Number(column) } };
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function nodeOf(flag: string): NodeMajor {
  const major = oneOf('node', flag.replace(/^v/, '').split('.')[0]!, knownMajors.map(String));
  return knownMajors.find(known => String(known) === major)!;
}

function readSource(file: string): string {
  const { bytes, refused } = readBytes(file, 'named');
  if (bytes === null) throw new UsageError(`${file} ${refusalText(refused)}`);
  return bytes.toString('utf8');
}

async function render(timeline: Timeline, source: string, format: Format, built: URL, text: () => string, locale: Locale): Promise<string> {
  switch (format) {
    case 'text':
      return text();
    case 'json':
      return renderTimelineJson(timeline);
    case 'mermaid':
      return renderTimelineMermaid(timeline);
    case 'html':
      return (await import('../../core/report/timeline-html.ts')).renderTimelineHtml(timelineIn(timeline, locale), source, {
        script: artefact('webview.js', built),
        style: artefact('webview.css', built),
      }, locale);
  }
}

/** A file that the build has put beside this one. */
function artefact(name: string, built: URL): string {
  const text = readText(fileURLToPath(new URL(name, built)), 'named');
  if (text === null) throw new Error(`the installation is damaged: ${name} is missing`);
  return text;
}

/** Relative to the working directory where it is inside, with `/`. */
function displayPath(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return (path.startsWith('..') ? file : path).replaceAll('\\', '/');
}
