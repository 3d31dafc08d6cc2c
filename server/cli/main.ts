import { didYouMean } from '../core/text/closest.ts';
import { exitCode, UsageError } from './exit-code.ts';
import { processIo, type Io } from './io.ts';

type Command = (args: string[], io: Io) => Promise<number>;

/** Loaded when they are called, so that `--version` and the warm `lint` start without the rest. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  lint: async () => (await import('./commands/lint.ts')).lint,
  explain: async () => (await import('./commands/explain.ts')).explain,
  rules: async () => (await import('./commands/rules.ts')).rules,
  init: async () => (await import('./commands/init.ts')).init,
  'print-config': async () => (await import('./commands/print-config.ts')).printConfig,
  merge: async () => (await import('./commands/merge.ts')).merge,
  lsp: async () => (await import('./commands/lsp.ts')).lsp,
};

const help = `looplens: what will run when on Node.js, and what will stall everybody else

Usage: looplens <command> [options]

  lint [paths…]                  find what blocks or breaks the event loop (default: .)
  explain <file>[:line[:column]] show in which order the code runs
  rules [id]                     list the rules, or show one
  init                           write a looplens.config.json
  print-config <file>            show the configuration of a file
  merge <reports…>               put several JSON reports into one
  lsp --stdio                    serve an editor

  -h, --help                     this text, or that of a command
  -v, --version

Exit codes: 0 nothing found, 1 findings, 2 the work could not be done.
`;

/** Runs a command line (without `node` and the program) and returns the exit code. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    (name === undefined ? io.stderr : io.stdout).write(help);
    return name === undefined ? exitCode.failure : exitCode.ok;
  }
  if (name === '--version' || name === '-v') {
    io.stdout.write(`${(await import('../host/tool-version.ts')).toolVersion()}\n`);
    return exitCode.ok;
  }
  try {
    if (!Object.hasOwn(commands, name)) throw new UsageError(`unknown command "${name}"${didYouMean(name, Object.keys(commands))}`);
    const command = await commands[name]!();
    return await command(rest, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.stderr.write(`looplens: ${error.message}\nRun "looplens ${Object.hasOwn(commands, name) ? `${name} ` : ''}--help" for what there is.\n`);
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
  try {
    // Setting exitCode, not calling exit(): pipes are written asynchronously (process.md, "A note on process I/O").
    process.exitCode = await run(process.argv.slice(2), processIo());
  } catch (error) {
    process.stderr.write(`looplens: an error of Looplens itself, please report it:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = exitCode.failure;
  }
}

await main();
