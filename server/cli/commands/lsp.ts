import { parseArgs } from 'node:util';
import { exitCode, UsageError } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { Told } from '../messages.ts';
import { toolVersion } from '../../host/tool-version.ts';

export const lspHelp: Told = {
  en: `looplens lsp --stdio

Serves an editor that speaks the Language Server Protocol, over standard input and output.

      --stdio   the only transport; may be left out
  -h, --help
`,
  'zh-cn': `looplens lsp --stdio

通过标准输入输出，为支持语言服务器协议（LSP）的编辑器提供服务。

      --stdio   唯一的传输方式，可省略
  -h, --help    显示本说明
`,
};

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
    io.stdout.write(lspHelp[io.locale]);
    return exitCode.ok;
  }
  const { serveStdio } = await import('../../lsp/serve.ts');
  return serveStdio(toolVersion());
}
