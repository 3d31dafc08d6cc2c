// How fluent the phase-order view is with 2,000 steps, in headless Chromium: node scripts/run.mjs scripts/bench-view.ts [fixture]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Timeline } from '../server/core/order/timeline.ts';
import { renderTimelineHtml } from '../server/core/report/timeline-html.ts';
import { buildViewAssets, launchBrowser } from './lib/view-page.ts';

const fixture = process.argv[2] ?? 'long';
const { timeline, source } = JSON.parse(readFileSync(`test/webview/fixtures/${fixture}.json`, 'utf8')) as { timeline: Timeline; source: string };
const assets = await buildViewAssets();
const directory = join('node_modules', '.cache', 'looplens-bench-view');
mkdirSync(directory, { recursive: true });
const file = join(directory, 'view.html');
writeFileSync(file, renderTimelineHtml(timeline, source, assets));
console.log(`${timeline.steps.length} steps; script ${kb(assets.script)}, style ${kb(assets.style)}`);

const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(pathToFileURL(file).href);
  const result = await page.evaluate(async () => {
    const frame = (): Promise<number> => new Promise(resolve => requestAnimationFrame(resolve));
    const slider = document.querySelector<HTMLInputElement>('.slider')!;
    const goTo = (step: number): void => {
      slider.value = String(step);
      slider.dispatchEvent(new Event('input'));
    };
    /** Time of one action with the layout that it causes, ms. */
    const cost = (action: () => void): number => {
      const start = performance.now();
      action();
      void document.body.offsetHeight;
      return performance.now() - start;
    };
    const load = performance.now();
    const steps: number[] = [];
    for (let step = 1; step <= 300; step++) {
      steps.push(cost(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }))));
      if (step % 10 === 0) await frame();
    }
    const jumps: number[] = [];
    for (let jump = 0; jump < 100; jump++) {
      jumps.push(cost(() => goTo(1 + ((jump * 7919) % Number(slider.max)))));
      await frame();
    }
    const stage = document.querySelector('.stage')!;
    const frames: number[] = [];
    stage.scrollLeft = 0;
    let last = await frame();
    for (let n = 0; n < 200; n++) {
      stage.scrollLeft += 300;
      const now = await frame();
      frames.push(now - last);
      last = now;
    }
    return { load, steps, jumps, frames, elements: document.querySelectorAll('*').length };
  });
  console.log(`loaded and drawn after ${result.load.toFixed(0)} ms; ${result.elements} elements`);
  for (const [name, values] of [['step (key)', result.steps], ['jump (slider)', result.jumps], ['frame while scrolling 300 px each', result.frames]] as const) console.log(`${name}: p50 ${at(values, 0.5)} ms, p95 ${at(values, 0.95)} ms, max ${at(values, 1)} ms (n ${values.length})`);
} finally {
  await browser.close();
}

function at(values: readonly number[], part: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!.toFixed(1);
}

function kb(text: string): string {
  return `${(Buffer.byteLength(text) / 1024).toFixed(1)} KB`;
}
