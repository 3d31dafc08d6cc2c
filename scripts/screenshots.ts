// Pictures of the phase-order view: those of the README into media/, or with a directory all of them into it.
//   node scripts/run.mjs scripts/screenshots.ts [directory [word of a name]]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { renderTimelineHtml } from '../server/core/report/timeline-html.ts';
import type { Timeline } from '../server/core/order/timeline.ts';
import { buildViewAssets, launchBrowser } from './lib/view-page.ts';

interface Shot {
  readonly name: string;
  readonly fixture: string;
  /** Step that is current, 1-based. */
  readonly step: number;
  readonly colorScheme: 'light' | 'dark';
  readonly contrast?: 'more';
  readonly forcedColors?: 'active';
  readonly language?: string;
  readonly width?: number;
  readonly press?: string;
  /** To look at while working on the view; not in the README. */
  readonly review?: true;
}

const shots: readonly Shot[] = [
  { name: 'phase-view-light', fixture: 'request-handler', step: 8, colorScheme: 'light' },
  { name: 'phase-view-dark', fixture: 'request-handler', step: 8, colorScheme: 'dark' },
  { name: 'phase-view-high-contrast', fixture: 'request-handler', step: 8, colorScheme: 'dark', contrast: 'more' },
  { name: 'phase-view-forced-colors', fixture: 'request-handler', step: 8, colorScheme: 'dark', forcedColors: 'active', review: true },
  { name: 'phase-view-race', fixture: 'race', step: 2, colorScheme: 'dark' },
  { name: 'phase-view-table', fixture: 'request-handler', step: 5, colorScheme: 'light', press: 'Table' },
  { name: 'phase-view-zh-cn', fixture: 'request-handler', step: 5, colorScheme: 'light', language: 'zh-cn', review: true },
  { name: 'phase-view-narrow', fixture: 'request-handler', step: 5, colorScheme: 'dark', width: 620, review: true },
  { name: 'phase-view-2000-steps', fixture: 'long', step: 1000, colorScheme: 'dark', review: true },
];

const directory = process.argv[2] ?? 'media';
const wanted = process.argv[3];
mkdirSync(directory, { recursive: true });
const assets = await buildViewAssets();
const pages = join('node_modules', '.cache', 'looplens-screenshots');
mkdirSync(pages, { recursive: true });
const browser = await launchBrowser();
try {
  for (const shot of shots.filter(({ name, review }) => (process.argv[2] || !review) && (!wanted || name.includes(wanted)))) {
    const { timeline, source } = JSON.parse(readFileSync(join('test/webview/fixtures', `${shot.fixture}.json`), 'utf8')) as { timeline: Timeline; source: string };
    const file = join(pages, `${shot.name}.html`);
    writeFileSync(file, renderTimelineHtml(timeline, source, assets, shot.language));
    const page = await browser.newPage({ viewport: { width: shot.width ?? 1280, height: 800 }, colorScheme: shot.colorScheme, contrast: shot.contrast ?? null, forcedColors: shot.forcedColors ?? null, reducedMotion: 'reduce', deviceScaleFactor: 2 });
    await page.goto(pathToFileURL(file).href);
    await page.locator('.slider').fill(String(shot.step));
    await page.locator('.slider').blur();
    if (shot.press) await page.getByRole('button', { name: shot.press }).click();
    await page.screenshot({ path: join(directory, `${shot.name}.png`) });
    await page.close();
    console.log(join(directory, `${shot.name}.png`));
  }
} finally {
  await browser.close();
}
