import { build } from 'esbuild';
import { chromium, type Browser } from 'playwright-core';
import type { ViewAssets } from '../../server/core/report/timeline-html.ts';

/** Bundles the phase-order view as esbuild.mjs does for dist/webview.{js,css}. */
export async function buildViewAssets(): Promise<ViewAssets> {
  const { outputFiles } = await build({ entryPoints: { webview: 'client/webview/main.ts' }, outdir: 'dist', bundle: true, platform: 'browser', format: 'iife', target: 'chrome120', minify: true, charset: 'utf8', write: false, logLevel: 'warning' });
  const text = (suffix: string): string => outputFiles.find(file => file.path.endsWith(suffix))!.text;
  return { script: text('.js'), style: text('.css') };
}

/** Headless Chromium of the system; `CHROMIUM` names another one. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--font-render-hinting=none'],
  });
}
