import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { buildViewAssets, launchBrowser } from '../../scripts/lib/view-page.ts';
import type { Step, Timeline } from '../../server/core/order/timeline.ts';
import { renderTimelineHtml, type ViewAssets } from '../../server/core/report/timeline-html.ts';
import type { HostToView, ViewToHost } from '../../server/lsp/protocol.ts';

export interface Fixture {
  readonly timeline: Timeline;
  readonly source: string;
  readonly otherSteps?: readonly Step[];
}

export function readFixture(name: string): Fixture {
  return JSON.parse(readFileSync(`test/webview/fixtures/${name}.json`, 'utf8')) as Fixture;
}

/** A page with what went wrong in it: errors, requests beside its own file, violations of its CSP, dialogs. */
export interface OpenPage {
  readonly page: Page;
  readonly problems: string[];
}

export interface Views {
  /** The self-contained page of a fixture, from disk. */
  openPage(fixture: string, options?: BrowserContextOptions & { readonly language?: string }): Promise<OpenPage>;
  /** The view as in VS Code: a host that records, a CSP with a nonce. Answers `ready` with the fixture. */
  openInEditor(fixture: string, bodyClass?: string): Promise<OpenPage & { send(message: HostToView): Promise<void>; posted(): Promise<ViewToHost[]> }>;
  close(): Promise<void>;
}

export async function startViews(): Promise<Views> {
  const assets: ViewAssets = await buildViewAssets();
  const browser: Browser = await launchBrowser();
  const directory = mkdtempSync(join(tmpdir(), 'looplens-view-'));
  let files = 0;

  async function open(text: string, options: BrowserContextOptions, prepare?: (page: Page) => Promise<void>): Promise<OpenPage> {
    const file = pathToFileURL(join(directory, `${++files}.html`)).href;
    writeFileSync(join(directory, `${files}.html`), text);
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', error => problems.push(`error ${error.message}`));
    page.on('console', message => message.type() === 'error' && problems.push(`console ${message.text()}`));
    page.on('dialog', dialog => (problems.push(`dialog ${dialog.message()}`), void dialog.dismiss()));
    page.on('request', request => request.url() !== file && problems.push(`request ${request.url()}`));
    await prepare?.(page);
    await page.goto(file);
    return { page, problems };
  }

  return {
    openPage(name, { language, ...options } = {}) {
      const { timeline, source } = readFixture(name);
      return open(renderTimelineHtml(timeline, source, assets, language), options);
    },
    async openInEditor(name, bodyClass = 'vscode-dark') {
      const policy = "default-src 'none'; script-src 'nonce-n0'; style-src 'nonce-n0'";
      const text = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Looplens</title><meta http-equiv="Content-Security-Policy" content="${policy}"><style nonce="n0">${assets.style}</style></head><body class="${bodyClass}"><div id="looplens"></div><script nonce="n0">${assets.script}</script></body></html>`;
      const opened = await open(text, {}, async page => {
        await page.addInitScript(() => {
          const posted: unknown[] = [];
          Object.assign(window, { posted, acquireVsCodeApi: () => ({ postMessage: (message: unknown) => posted.push(message) }) });
        });
      });
      const send = (message: HostToView): Promise<void> => opened.page.evaluate(data => new Promise<void>(resolve => {
        addEventListener('message', () => resolve(), { once: true });
        postMessage(data, '*');
      }), message);
      await send({ type: 'timeline', revision: 1, timeline: readFixture(name).timeline });
      return { ...opened, send, posted: () => opened.page.evaluate(() => (window as unknown as { posted: ViewToHost[] }).posted) };
    },
    async close() {
      await browser.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
