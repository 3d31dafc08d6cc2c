// Pictures of the phase-order view, of what the built product answers about files of examples/: those of the README into media/, or with a
// directory all of them into it. Those to look at while working on the view come from the fixtures of its tests.
//   node scripts/run.mjs scripts/screenshots.ts [directory [word of a name]]
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { renderTimelineHtml } from '../server/core/report/timeline-html.ts';
import type { Timeline } from '../server/core/order/timeline.ts';
import { buildViewAssets, launchBrowser } from './lib/view-page.ts';

interface Shot {
  readonly name: string;
  /** A fixture of the view's tests. */
  readonly fixture?: string;
  /** A place that `looplens explain` is asked about. */
  readonly explain?: string;
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
  { name: 'phase-view-light', explain: 'examples/shop/src/routes/stock.js:8', step: 5, colorScheme: 'light' },
  { name: 'phase-view-dark', explain: 'examples/shop/src/routes/stock.js:8', step: 5, colorScheme: 'dark' },
  { name: 'phase-view-high-contrast', explain: 'examples/shop/src/routes/stock.js:8', step: 5, colorScheme: 'dark', contrast: 'more' },
  { name: 'phase-view-forced-colors', fixture: 'request-handler', step: 8, colorScheme: 'dark', forcedColors: 'active', review: true },
  { name: 'phase-view-race', explain: 'examples/races/timer-or-immediate.js', step: 2, colorScheme: 'dark' },
  { name: 'phase-view-table', explain: 'examples/shop/src/routes/stock.js:8', step: 5, colorScheme: 'light', press: 'Table' },
  { name: 'phase-view-zh-cn', fixture: 'request-handler', step: 5, colorScheme: 'light', language: 'zh-cn', review: true },
  { name: 'phase-view-narrow', fixture: 'request-handler', step: 5, colorScheme: 'dark', width: 620, review: true },
  { name: 'story-1280', explain: 'examples/shop/src/routes/stock.js:8', step: 3, colorScheme: 'light', review: true },
  { name: 'story-750', explain: 'examples/shop/src/routes/stock.js:8', step: 3, colorScheme: 'dark', width: 750, review: true },
  { name: 'story-zh', explain: 'examples/shop/src/routes/stock.js:8', step: 3, colorScheme: 'light', language: 'zh-cn', width: 750, review: true },
  { name: 'phase-view-2000-steps', fixture: 'long', step: 1000, colorScheme: 'dark', review: true },
];

const directory = process.argv[2] ?? 'media';
const wanted = process.argv[3];
mkdirSync(directory, { recursive: true });
const assets = await buildViewAssets();
const { buildPackage } = (await import(pathToFileURL('esbuild.mjs').href)) as { buildPackage(dist: string): Promise<void> };
const built = join('node_modules', '.cache', 'looplens-screenshots-dist');
await buildPackage(built);

/** What the product says of a place, as its users get it. */
function answer(place: string): { timeline: Timeline; source: string } {
  const json = execFileSync(process.execPath, [join(built, 'cli.js'), 'explain', place, '--format', 'json'], { encoding: 'utf8', maxBuffer: 1e8 });
  return { timeline: JSON.parse(json) as Timeline, source: readFileSync(place.replace(/:\d+$/, ''), 'utf8') };
}

const pages = join('node_modules', '.cache', 'looplens-screenshots');
mkdirSync(pages, { recursive: true });
const browser = await launchBrowser();
try {
  for (const shot of shots.filter(({ name, review }) => (process.argv[2] || !review) && (!wanted || name.includes(wanted)))) {
    const { timeline, source } = shot.explain === undefined ? (JSON.parse(readFileSync(join('test/webview/fixtures', `${shot.fixture}.json`), 'utf8')) as { timeline: Timeline; source: string }) : answer(shot.explain);
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
