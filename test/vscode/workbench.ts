import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { installCodeServer } from '../../scripts/lib/install-code-server.mjs';

// A real VS Code for tests: the workbench of code-server in headless Chromium.

/** Debian's, or the one that the environment names. */
const chromiumPath = process.env.LOOPLENS_CHROMIUM ?? '/usr/bin/chromium';
const startLimitMs = 60_000;

export interface VsCodeServer {
  readonly port: number;
  /** Address of the workbench on a folder. */
  url(folder: string, payload?: readonly (readonly [string, string])[]): string;
  stop(): Promise<void>;
}

/** Starts VS Code's server with fresh folders for users and extensions. `vsix`: an extension to install first. */
export async function startVsCode(options: { readonly vsix?: string; readonly settings?: Readonly<Record<string, unknown>>; readonly testing?: boolean } = {}): Promise<VsCodeServer> {
  const { node, server } = installCodeServer();
  const home = mkdtempSync(join(tmpdir(), 'looplens-vscode-'));
  const port = await freePort();
  const folders = ['--server-data-dir', join(home, 'server'), '--user-data-dir', join(home, 'user'), '--extensions-dir', join(home, 'extensions')];
  // Keeps it from asking a gallery of extensions.
  const env = { ...process.env, EXTENSIONS_GALLERY: '{}' };
  const machine = join(home, 'user', 'Machine');
  mkdirSync(machine, { recursive: true });
  mkdirSync(join(home, 'server', 'data', 'Machine'), { recursive: true });
  const settings = JSON.stringify({ 'telemetry.telemetryLevel': 'off', 'workbench.startupEditor': 'none', 'editor.stickyScroll.enabled': false, 'workbench.secondarySideBar.defaultVisibility': 'hidden', 'chat.disableAIFeatures': true, ...options.settings });
  for (const folder of [machine, join(home, 'server', 'data', 'Machine')]) writeFileSync(join(folder, 'settings.json'), settings);
  if (options.vsix) execFileSync(node, [server, ...folders, '--install-extension', options.vsix], { env, stdio: 'pipe' });
  const child = spawn(node, [server, ...folders, '--without-connection-token', '--accept-server-license-terms', '--telemetry-level', 'off', '--host', '127.0.0.1', '--port', String(port), ...(options.testing ? ['--enable-smoke-test-driver'] : [])], { env, stdio: process.env.LOOPLENS_VERBOSE ? 'inherit' : 'ignore', detached: true });
  const stop = async (): Promise<void> => {
    const ended = new Promise(resolve => child.once('close', resolve));
    // The server's own children (extension hosts) end with its group.
    if (child.exitCode === null) {
      try {
        process.kill(-child.pid!, 'SIGTERM');
      } catch {
        // Gone already.
      }
      await Promise.race([ended, delay(5_000)]);
    }
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    await answers(`http://127.0.0.1:${port}/version`);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    port,
    url(folder, payload = []) {
      const query = new URLSearchParams({ folder, ...(payload.length > 0 ? { payload: JSON.stringify(payload) } : {}) });
      return `http://127.0.0.1:${port}/?${query}`;
    },
    stop,
  };
}

/** Headless Chromium with a fresh profile. */
export async function startBrowser(): Promise<Browser> {
  if (!existsSync(chromiumPath)) throw new Error(`${chromiumPath} is missing: apt-get install chromium, or set LOOPLENS_CHROMIUM`);
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
}

/** Repeats an action until the state is seen: under load a key press can be lost. */
export async function until(what: string, seen: () => Promise<boolean>, act: () => Promise<unknown> = async () => undefined, limitMs = 60_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (Date.now() < end) {
    await act();
    for (let look = 0; look < 10; look++) {
      if (await seen().catch(() => false)) return;
      await delay(200);
    }
  }
  throw new Error(`not seen within ${limitMs} ms: ${what}`);
}

/**
 * Opens the workbench and waits until it is there. The folder is not trusted, and stays so: nothing of it is executed. The
 * question about it (asked by older versions) is answered, the banner that says so is closed.
 */
export async function openWorkbench(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.locator('.monaco-workbench .statusbar').waitFor({ timeout: 60_000 });
  const refuse = page.getByRole('button', { name: "No, I don't trust the authors" });
  const close = page.locator('.part.banner a.codicon').last();
  let closed = false;
  await until('no banner', async () => closed, async () => {
    if (await refuse.isVisible()) await refuse.click();
    closed = await close.click({ timeout: 2_000 }).then(() => true, () => false);
  });
}

/** Runs a command by its title. */
export async function runCommand(page: Page, title: string, seen: () => Promise<boolean>): Promise<void> {
  await until(`the effect of '${title}'`, seen, async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('F1');
    const input = page.locator('.quick-input-widget input').first();
    await input.fill(`>${title}`, { timeout: 5_000 }).catch(() => undefined);
    await page.locator('.quick-input-list .monaco-list-row').first().waitFor({ timeout: 5_000 }).catch(() => undefined);
    await page.keyboard.press('Enter');
  });
}

/** Where to put pictures of what the tests see, if anywhere: `media` for those of the README. */
const pictures = process.env.LOOPLENS_SCREENSHOTS;

export async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

/** Opens a file of the workspace by its name. */
export async function openFile(page: Page, name: string): Promise<void> {
  const tab = page.locator('.tab.active', { hasText: name });
  await until(`the file ${name}`, () => tab.isVisible(), async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input').first().fill(name, { timeout: 5_000 }).catch(() => undefined);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click({ timeout: 5_000 }).catch(() => undefined);
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise(resolve => server.close(resolve));
  return port;
}

async function answers(url: string): Promise<void> {
  const end = Date.now() + startLimitMs;
  while (Date.now() < end) {
    const ok = await fetch(url).then(
      response => response.ok,
      () => false,
    );
    if (ok) return;
    await delay(200);
  }
  throw new Error(`${url} does not answer within ${startLimitMs} ms`);
}
