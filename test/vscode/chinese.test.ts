import { test } from 'node:test';
import { createFolder } from '../lsp/client.ts';
import { buildExtension, program } from './built-extension.ts';
import { openFile, openWorkbench, startBrowser, startVsCode, until } from './workbench.ts';

test('a user of VS Code in Chinese reads Chinese', { timeout: 300_000 }, async () => {
  const extension = buildExtension();
  const folder = createFolder(program);
  const vscode = await startVsCode({ vsix: extension.vsix });
  const browser = await startBrowser();
  try {
    const page = await browser.newPage({ locale: 'zh-CN', viewport: { width: 1400, height: 860 } });
    // What the messages of a language pack set; the pack itself is not to be had here, so VS Code's own words stay English.
    await page.addInitScript("globalThis._VSCODE_NLS_LANGUAGE = 'zh-cn'");
    await openWorkbench(page, vscode.url(folder.path));
    await openFile(page, 'report.js');
    await until('the finding in Chinese', () => page.locator('.markers-panel .monaco-list-row', { hasText: /[\u4e00-\u9fff]/ }).first().isVisible(), () => page.keyboard.press('Control+Shift+M'));
    await until('the command in Chinese', () => page.locator('.quick-input-list .monaco-list-row', { hasText: '解释执行顺序' }).first().isVisible(), async () => {
      await page.keyboard.press('F1');
      await page.locator('.quick-input-widget input').first().fill('>Looplens', { timeout: 5_000 }).catch(() => undefined);
    });
  } finally {
    await browser.close();
    await vscode.stop();
    folder.remove();
    extension.remove();
  }
});
