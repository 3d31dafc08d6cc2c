// Stands in for the `code` binary where no desktop VS Code can be had: @vscode/test-electron starts it with the usual flags, it runs
// the extension host tests in VS Code's server and ends with their exit code.
import { parseArgs } from 'node:util';
import { startBrowser, startVsCode } from './workbench.ts';

const { values, positionals } = parseArgs({ strict: false, allowPositionals: true, options: { extensionDevelopmentPath: { type: 'string' }, extensionTestsPath: { type: 'string' } } });
const folder = positionals.find(path => path.startsWith('/')) ?? process.cwd();
const vscode = await startVsCode({ testing: true });
const browser = await startBrowser();
try {
  const page = await browser.newPage();
  const exit = new Promise<number>(resolve => void page.exposeFunction('codeAutomationExit', resolve));
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => console[type === 'error' ? 'error' : 'log'](...args));
  const remote = (path: unknown): string => `vscode-remote://127.0.0.1:${vscode.port}${String(path)}`;
  await page.goto(
    vscode.url(folder, [
      ['extensionDevelopmentPath', remote(values['extensionDevelopmentPath'])],
      ['extensionTestsPath', remote(values['extensionTestsPath'])],
      ['skipWelcome', 'true'],
    ]),
  );
  process.exitCode = await exit;
} finally {
  await browser.close();
  await vscode.stop();
}
