import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { createFolder, type Folder } from '../lsp/client.ts';
import { buildExtension, program, type BuiltExtension } from './built-extension.ts';
import { openFile, openWorkbench, picture, runCommand, startBrowser, startVsCode, until, type VsCodeServer } from './workbench.ts';

// What a user sees, in the packed extension.

/** Puts the cursor at a 1-based place of the active editor. */
async function goTo(page: Page, line: number, column: number): Promise<void> {
  const place = page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` });
  await until(`the cursor at ${line}:${column}`, () => place.isVisible(), async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input').first().fill(`:${line}:${column}`, { timeout: 5_000 }).catch(() => undefined);
    await page.keyboard.press('Enter');
  });
}

/** Text of the active editor as it is drawn; spaces are drawn as no-break spaces. */
async function editorText(page: Page): Promise<string> {
  const lines = await page.locator('.editor-instance .view-lines').first().innerText();
  return lines.replaceAll('\u00a0', ' ');
}

describe('a tour', { timeout: 300_000 }, () => {
  let extension: BuiltExtension;
  let folder: Folder;
  let vscode: VsCodeServer;
  let browser: Browser;
  let page: Page;

  before(async () => {
    extension = buildExtension();
    folder = createFolder(program);
    vscode = await startVsCode({ vsix: extension.vsix, settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
    browser = await startBrowser();
    page = await browser.newPage({ viewport: { width: 1400, height: 860 } });
    await openWorkbench(page, vscode.url(folder.path));
  });
  after(async () => {
    await browser?.close();
    await vscode?.stop();
    folder?.remove();
    extension?.remove();
  });

  test('a finding is underlined and stands among the problems', async () => {
    await openFile(page, 'report.js');
    await until('the squiggle', async () => (await page.locator('.squiggly-error').count()) > 0);
    const problem = page.locator('.markers-panel .monaco-list-row', { hasText: 'blocking-fs' });
    await runCommand(page, 'Problems: Focus on Problems View', () => problem.first().isVisible());
    await until('the problem of the closed file', () => page.locator('.markers-panel .monaco-list-row', { hasText: 'closed.js' }).first().isVisible());
    await picture(page, 'vscode-problems');
  });

  test('hover says why, and what the call does', async () => {
    await openFile(page, 'report.js');
    await goTo(page, 4, 15);
    const hover = page.locator('.monaco-hover:visible', { hasText: 'Blocks the event loop' });
    await runCommand(page, 'Show or Focus Hover', () => hover.first().isVisible());
    await picture(page, 'vscode-hover');
    await page.keyboard.press('Escape');
  });

  test('a quick fix changes the text, and the finding is gone', async () => {
    await goTo(page, 4, 15);
    const fix = page.locator('.action-widget .monaco-list-row', { hasText: 'blocking-fs' }).first();
    await runCommand(page, 'Quick Fix...', () => fix.isVisible());
    await picture(page, 'vscode-quick-fix');
    await until('the fixed text', async () => (await editorText(page)).includes("await fs.promises.readFile('report.txt'"), async () => {
      await page.keyboard.press('Enter');
    });
    await until('no squiggle', async () => (await page.locator('.squiggly-error').count()) === 0);
  });

  test('the execution order opens beside the code, and follows an edit', async () => {
    await openFile(page, 'server.js');
    // Room for the view.
    for (const [part, key] of [['panel', 'Control+J'], ['sidebar', 'Control+B']] as const) await until(`no ${part}`, () => page.locator(`.part.${part}`).isHidden(), () => page.keyboard.press(key));
    await goTo(page, 5, 5);
    const view: FrameLocator = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    await runCommand(page, 'Looplens: Explain Execution Order', () => view.locator('#looplens').isVisible());
    await until('an answer in the view', async () => /setTimeout|timers/.test(await view.locator('#looplens').innerText()));
    await picture(page, 'vscode-phase-view');
    const policy = await view.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    assert.match(policy ?? '', /default-src 'none'; script-src 'nonce-[\w+/=]+'/);
    // The player goes on by a step, and the editor shows where that is.
    const now = view.locator('.now-number');
    await until('the second step', async () => (await now.first().innerText()) === '2', () => view.getByRole('button', { name: 'Next step' }).click());
    await until('the step in the editor', async () => (await page.locator('.editor-instance .view-overlays .cdr[class*="ced-"]').count()) > 0);
    await until('the first step again', async () => (await now.first().innerText()) === '1', () => view.getByRole('button', { name: 'Step back' }).click());
    // A click on a step shows it in the editor, the link to its place goes there.
    const lines = page.locator('.editor-instance .view-lines').first();
    await until('the step that was clicked', () => view.getByRole('button', { name: 'line 6' }).first().isVisible(), () => view.locator('.card', { hasText: 'line 6' }).first().locator('.card-label').click());
    await until('the cursor at the step', () => page.locator('.statusbar-item', { hasText: /Ln 6, Col / }).isVisible(), () => view.getByRole('button', { name: 'line 6' }).first().click());
    // The cursor in code selects the step of its line.
    await until('the step of the cursor', async () => (await now.first().innerText()) === '1', () => page.locator('.editor-instance .view-line', { hasText: 'createServer' }).first().click());
    await lines.click();
    await goTo(page, 5, 3);
    await page.keyboard.type('setImmediate(() => 1); ');
    await until('the edit in the view', async () => (await view.locator('#looplens').innerText()).includes('setImmediate'));
  });
});
