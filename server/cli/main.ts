#!/usr/bin/env node
import { closest } from '../core/text/closest.ts';
import { exitCode, UsageError } from './exit-code.ts';
import { processIo, type Io } from './io.ts';
import { localeOf, takeLocale } from './locale.ts';
import { hint, say, type Told } from './messages.ts';

type Command = (args: string[], io: Io) => Promise<number>;

/** Loaded when they are called, so that `--version` and the warm `lint` start without the rest. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  lint: async () => (await import('./commands/lint.ts')).lint,
  explain: async () => (await import('./commands/explain.ts')).explain,
  rules: async () => (await import('./commands/rules.ts')).rules,
  init: async () => (await import('./commands/init.ts')).init,
  'print-config': async () => (await import('./commands/print-config.ts')).printConfig,
  merge: async () => (await import('./commands/merge.ts')).merge,
  facts: async () => (await import('./commands/facts.ts')).facts,
  completion: async () => (await import('./commands/completion.ts')).completion,
  mcp: async () => (await import('./commands/mcp.ts')).mcp,
  lsp: async () => (await import('./commands/lsp.ts')).lsp,
};

const help: Told = {
  en: `looplens: what will run when on Node.js, and what will stall everybody else

Usage: looplens <command> [options]

  lint [paths…]                  find what blocks or breaks the event loop (default: .)
  explain <file>[:line[:column]] show in which order the code runs
  rules [id]                     list the rules, or show one
  init                           write a looplens.config.jsonc
  print-config <file>            show the configuration of a file
  merge <reports…>               put several JSON reports into one, in any format
  facts [paths…] --out <file>    extract what lint needs, for build systems to cache
  completion bash|zsh|fish       print a completion script for a shell
  lsp --stdio                    serve an editor
  mcp                            serve a language model (Model Context Protocol)

  -h, --help                     this text, or that of a command
  -v, --version
      --locale <en|zh-cn>        language of what is printed (default: LOOPLENS_LOCALE, LC_ALL,
                                 LC_MESSAGES, LANG)

Exit codes: 0 nothing found, 1 findings, 2 the work could not be done.
`,
  'zh-cn': `looplens：Node.js 上代码按什么顺序执行，哪些代码会拖住所有人

用法：looplens <命令> [选项]

  lint [路径…]                   找出阻塞或破坏事件循环的代码（默认：当前目录）
  explain <文件>[:行[:列]]       说明代码的执行顺序
  rules [规则名]                 列出全部规则，或查看其中一条
  init                           生成 looplens.config.jsonc
  print-config <文件>            显示对某个文件生效的配置
  merge <报告…>                  合并多份 JSON 报告，可输出为任意格式
  facts [路径…] --out <文件>     提取 lint 所需的信息，供构建系统缓存
  completion bash|zsh|fish       输出 shell 的补全脚本
  lsp --stdio                    为编辑器提供语言服务
  mcp                            为语言模型提供工具（Model Context Protocol）

  -h, --help                     显示本说明，或某个命令的说明
  -v, --version                  显示版本号
      --locale <en|zh-cn>        输出所用的语言（默认依次取 LOOPLENS_LOCALE、LC_ALL、
                                 LC_MESSAGES、LANG）

退出码：0 没有发现问题，1 发现问题，2 未能完成。
`,
};

/** Runs a command line (without `node` and the program) and returns the exit code. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    (name === undefined ? io.stderr : io.stdout).write(help[io.locale]);
    return name === undefined ? exitCode.failure : exitCode.ok;
  }
  if (name === '--version' || name === '-v') {
    io.stdout.write(`${(await import('../host/tool-version.ts')).toolVersion()}\n`);
    return exitCode.ok;
  }
  try {
    if (!Object.hasOwn(commands, name)) {
      const near = closest(name, Object.keys(commands));
      throw new UsageError(say('unknownCommand', { name, hint: hint(near === null ? null : `"${near}"`) }), true);
    }
    const command = await commands[name]!();
    return await command(rest, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const more = error.aboutFlags ? `${say('seeHelp', { command: Object.hasOwn(commands, name) ? `${name} ` : '' })[io.locale]}\n` : '';
    io.stderr.write(`looplens: ${error.told[io.locale]}\n${more}`);
    return exitCode.failure;
  }
}

/** The process: a reader that has gone away (`| head`) is no error, and nothing is lost at exit. */
async function main(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? exitCode.ok);
      throw error;
    });
  }
  let locale = localeOf(process.env);
  try {
    const taken = takeLocale(process.argv.slice(2), process.env);
    locale = taken.locale;
    // Setting exitCode, not calling exit(): pipes are written asynchronously (process.md, "A note on process I/O").
    process.exitCode = await run(taken.args, processIo(locale));
  } catch (error) {
    if (error instanceof UsageError) process.stderr.write(`looplens: ${error.told[locale]}\n`);
    else process.stderr.write(`looplens: ${say('ownError')[locale]}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = exitCode.failure;
  }
}

await main();
