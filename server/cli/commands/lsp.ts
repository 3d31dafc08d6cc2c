import { parseArgs } from 'node:util';
import { exitCode, UsageError } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { toolVersion } from '../../host/tool-version.ts';

const help = `looplens lsp --stdio

Serves an editor that speaks the Language Server Protocol, over standard input and output.

      --stdio   the only transport; may be left out
  -h, --help
`;

/** `looplens lsp`. Returns when the editor ends the session. */
export async function lsp(args: readonly string[], io: Io): Promise<number> {
  let values;
  try {
    // Editors add flags of their own, such as --clientProcessId=….
    ({ values } = parseArgs({ args: [...args], strict: false, options: { stdio: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } }));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  if (values.help) {
    io.stdout.write(help);
    return exitCode.ok;
  }
  const { serveStdio } = await import('../../lsp/serve.ts');
  return serveStdio(toolVersion());
}
