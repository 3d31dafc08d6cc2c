import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { readFixture, startViews, type Views } from './open-view.ts';

// The phase-order view in a real browser.

let views: Views;
before(async () => {
  views = await startViews();
});
after(() => views.close());

const text = (page: Page, selector: string): Promise<string> => page.locator(selector).first().innerText();
const current = (page: Page): Promise<string> => text(page, '.now-number');
const waiting = (page: Page): Promise<string[]> => page.locator('.queue .chip').allInnerTexts().then(chips => chips.map(chip => chip.replace(/\s+/g, ' ')));

async function axe(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'));
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> } }).axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
  });
}

describe('accessibility', () => {
  for (const bodyClass of ['vscode-light', 'vscode-dark', 'vscode-high-contrast', 'vscode-high-contrast vscode-high-contrast-light']) {
    test(`axe finds nothing: ${bodyClass}`, async () => {
      const { page } = await views.openInEditor('request-handler', bodyClass);
      for (let step = 0; step < 7; step++) await page.keyboard.press('ArrowRight');
      assert.deepEqual(await axe(page), [], 'diagram');
      await page.getByRole('button', { name: 'Table' }).click();
      assert.deepEqual(await axe(page), [], 'table');
      await page.keyboard.press('?');
      assert.deepEqual(await axe(page), [], 'help');
      await page.context().close();
    });
  }
  for (const [name, options] of [['light', { colorScheme: 'light' }], ['dark', { colorScheme: 'dark' }], ['forced colours', { forcedColors: 'active' }]] as const) {
    test(`axe finds nothing in the page: ${name}`, async () => {
      const { page } = await views.openPage('race', options);
      await page.keyboard.press('ArrowRight');
      assert.deepEqual(await axe(page), []);
      await page.getByRole('button', { name: 'Flip to the other outcome' }).first().click();
      assert.deepEqual(await axe(page), []);
      await page.context().close();
    });
  }

  test('keys step, go to the ends, play and open the help; focus reaches every control', async () => {
    const { page } = await views.openPage('request-handler');
    assert.equal(await current(page), '1');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    assert.equal(await current(page), '3');
    await page.keyboard.press('ArrowLeft');
    assert.equal(await current(page), '2');
    await page.keyboard.press('End');
    assert.equal(await current(page), '12');
    await page.keyboard.press('Home');
    assert.equal(await current(page), '1');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Pause (Space)' }).waitFor();
    await page.waitForFunction(() => document.querySelector('.now-number')?.textContent !== '1');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Play (Space)' }).waitFor();
    await page.keyboard.press('?');
    assert.ok(await page.getByRole('dialog').isVisible());
    await page.keyboard.press('Escape');
    const reached = new Set<string>();
    for (let tab = 0; tab < 50; tab++) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate(() => document.activeElement?.getAttribute('aria-label') || document.activeElement?.textContent || document.activeElement?.className || ''));
    }
    for (const name of ['Table', 'Export', 'Execution order', 'Play (Space)', 'Step', 'Speed', 'Flip to the other outcome']) assert.ok(reached.has(name), `${name} in ${[...reached].join(' | ')}`);
    await page.context().close();
  });

  test('the table is a tree grid that keys can walk, fold and select in', async () => {
    const { page } = await views.openPage('request-handler');
    await page.getByRole('button', { name: 'Table' }).click();
    const row = page.locator('[role=row][tabindex="0"]');
    await row.focus();
    await page.keyboard.press('ArrowDown');
    assert.equal(await current(page), '2');
    await page.keyboard.press('ArrowLeft');
    assert.equal(await row.getAttribute('aria-level'), '2');
    assert.equal(await row.getAttribute('aria-expanded'), 'true');
    const before = await page.getByRole('treegrid').getAttribute('aria-rowcount');
    await page.keyboard.press('ArrowLeft');
    assert.equal(await row.getAttribute('aria-expanded'), 'false');
    assert.equal(Number(before) - Number(await page.getByRole('treegrid').getAttribute('aria-rowcount')), 2);
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'row');
    await page.keyboard.press('End');
    assert.equal(await current(page), '12');
    assert.equal(await row.getAttribute('aria-posinset'), '1');
    await page.context().close();
  });
});

describe('stepping', () => {
  test('changes queues, output, source and what is announced', async () => {
    const { page, problems } = await views.openPage('request-handler');
    await page.locator('.slider').fill('3');
    assert.deepEqual(await waiting(page), ['4 nextTick callback', '5 report continues', '7 setTimeout callback', '6 setImmediate callback']);
    assert.match(await page.locator('#live').innerText(), /^Step 3 of 12, poll: GET request: report, line 9\. Prints GET \/report\. Waiting: 1 in nextTick queue, 1 in microtask queue, 1 in timers, 1 in check\.$/);
    assert.deepEqual(await page.locator('.panel-console .line').allInnerTexts(), ['starting', 'listening on 3000', 'GET /report']);
    assert.equal((await text(page, '.source-line.here.first')).replace(/\s+/g, ' ').trim(), '9async function report(request, response) {');
    await page.keyboard.press('ArrowRight');
    assert.deepEqual(await waiting(page), ['5 report continues', '7 setTimeout callback', '6 setImmediate callback']);
    assert.equal(await page.locator('.card[data-when=now]').count(), 1);
    await page.locator('.card[data-index="6"] .card-label').click();
    assert.equal(await current(page), '7');
    assert.deepEqual(problems, []);
    await page.context().close();
  });

  test('2,000 steps keep the document small', async () => {
    const { page } = await views.openPage('long');
    const count = (): Promise<number> => page.evaluate(() => document.querySelectorAll('*').length);
    for (const step of [1, 1000, 2000]) {
      await page.locator('.slider').fill(String(step));
      assert.equal(await current(page), String(step));
      assert.ok(await page.locator(`.card[data-index="${step - 1}"]`).isVisible());
      assert.ok((await page.locator('.card').count()) < 60);
      assert.ok((await count()) < 2000, `${await count()} elements at step ${step}`);
    }
    await page.getByRole('button', { name: 'Table' }).click();
    assert.ok((await page.locator('[role=row]').count()) < 80);
    assert.ok((await count()) < 1500);
    await page.context().close();
  });
});

describe('outcomes', () => {
  test('a page compares the other output with the likeliest', async () => {
    const { page } = await views.openPage('race');
    await page.getByRole('button', { name: 'Flip to the other outcome' }).first().click();
    assert.match(await text(page, '.outcome-name'), /Outcome 2 of 2/);
    const changed = await page.locator('.line.diff:not(.both)').allInnerTexts();
    assert.deepEqual(changed.map(line => line.replace(/\s*only in \w+ ?\w* outcome\s*/, ' ').replace(/\s+/g, ' ').trim()), ['− timeout', '− then after timeout', '+ timeout', '+ then after timeout']);
    await page.getByRole('button', { name: 'Previous outcome' }).click();
    assert.match(await text(page, '.outcome-name'), /likeliest/);
    await page.context().close();
  });

  test('an editor answers with the steps of the other outcome, and they are shown', async () => {
    const { page, send, posted } = await views.openInEditor('race');
    await page.locator('.bracket').click();
    assert.deepEqual((await posted()).at(-1), { type: 'explainOutcome', revision: 1, index: 1 });
    await send({ type: 'outcomeSteps', revision: 0, index: 1, steps: [] });
    assert.equal(await page.locator('.card').count(), 5, 'an answer for another revision is ignored');
    await send({ type: 'outcomeSteps', revision: 1, index: 1, steps: readFixture('race').otherSteps! });
    await page.keyboard.press('End');
    assert.deepEqual(await page.locator('.panel-console .line').allInnerTexts(), ['immediate', 'tick after immediate', 'timeout', 'then after timeout']);
    await page.getByRole('button', { name: 'Flip to the other outcome' }).first().click();
    await page.keyboard.press('End');
    assert.deepEqual(await page.locator('.panel-console .line').allInnerTexts(), ['timeout', 'then after timeout', 'immediate', 'tick after immediate']);
    await page.context().close();
  });

  test('an incomplete answer says so, and why', async () => {
    const { page } = await views.openPage('long');
    await page.locator('.partial').click();
    assert.match(await text(page, '.reasons'), /the budget of 3000 runs ended/);
    await page.context().close();
  });
});

describe('messages', () => {
  test('selection goes to the editor and comes from it, without an echo', async () => {
    const { page, send, posted, problems } = await views.openInEditor('request-handler');
    const { timeline } = readFixture('request-handler');
    assert.deepEqual(await posted(), [{ type: 'ready' }]);
    await page.locator('.card[data-index="4"]').click();
    assert.deepEqual((await posted()).at(-1), { type: 'revealRange', location: timeline.steps[4]!.location, focus: false });
    const count = (await posted()).length;
    await send({ type: 'selectAt', file: timeline.file, line: 11 });
    assert.equal(await current(page), '7');
    assert.equal((await posted()).length, count);
    await page.locator('.stage').focus();
    await page.keyboard.press('Enter');
    assert.deepEqual((await posted()).at(-1), { type: 'revealRange', location: timeline.steps[6]!.location, focus: true });
    assert.deepEqual(problems, []);
    await page.context().close();
  });

  test('a new timeline replaces the old one and keeps the selection', async () => {
    const { page, send } = await views.openInEditor('request-handler');
    const { timeline } = readFixture('request-handler');
    await page.locator('.slider').fill('8');
    await send({ type: 'timeline', revision: 2, timeline: { ...timeline, steps: timeline.steps.slice(2) } });
    assert.equal(await text(page, '.now-label'), '8readFile callback');
    assert.equal(await text(page, '.position'), '6 of 10');
    await send({ type: 'failed', message: 'no such function' });
    assert.equal(await text(page, '.empty p'), 'no such function');
    await send({ type: 'timeline', revision: 3, timeline });
    assert.equal(await page.locator('.empty').isVisible(), false);
    await page.context().close();
  });

  test('switches and exports ask the host', async () => {
    const { page, posted } = await views.openInEditor('race');
    await page.getByLabel('Node.js').selectOption('20');
    assert.deepEqual((await posted()).at(-1), { type: 'setOptions', node: '20', module: 'commonjs' });
    assert.match(await text(page, '.busy'), /Working out/);
    await page.getByLabel('Module type').selectOption('module');
    assert.deepEqual((await posted()).at(-1), { type: 'setOptions', node: '20', module: 'module' });
    for (const [name, message] of [['Mermaid', { type: 'export', format: 'mermaid' }], ['Page (HTML)', { type: 'export', format: 'html' }], ['Copy as text', { type: 'copyText' }]] as const) {
      await page.locator('summary', { hasText: 'Export' }).click();
      await page.getByRole('button', { name }).click();
      assert.deepEqual((await posted()).at(-1), message);
    }
    await page.locator('summary', { hasText: 'Export' }).click();
    await page.getByRole('button', { name: 'Drawing (SVG)' }).click();
    const svg = (await posted()).at(-1)!;
    assert.ok(svg.type === 'export' && svg.format === 'svg' && svg.content);
    const drawn = await page.evaluate(source => {
      const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
      return { error: parsed.querySelector('parsererror')?.textContent ?? null, text: parsed.documentElement.textContent, free: !/var\(|class=/.test(source) };
    }, svg.content);
    assert.equal(drawn.error, null);
    assert.ok(drawn.free);
    for (const step of readFixture('race').timeline.steps) assert.ok(drawn.text!.includes(step.label), step.label);
    await page.context().close();
  });
});

describe('safety', () => {
  test('hostile text stays text', async () => {
    for (const open of [() => views.openPage('hostile'), () => views.openInEditor('hostile')]) {
      const { page, problems } = await open();
      for (let step = 0; step < 6; step++) {
        assert.equal(await page.locator('img, iframe, b, #looplens script, svg[onload], [onerror]').count(), 0);
        await page.keyboard.press('ArrowRight');
      }
      await page.getByRole('button', { name: 'Table' }).click();
      assert.ok((await text(page, '.tree-body')).includes('<img src=x onerror="alert(1)">'));
      await page.getByRole('button', { name: 'Flip to the other outcome' }).first().click();
      await page.locator('.partial').click();
      assert.equal(await page.locator('img, iframe, b, #looplens script, svg[onload], [onerror]').count(), 0);
      assert.deepEqual(problems, []);
      await page.context().close();
    }
  });

  test('the page enforces its policy: no foreign script, no request', async () => {
    const { page, problems } = await views.openPage('race');
    assert.deepEqual(problems, []);
    const ran = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      const fetched = await fetch('data:text/plain,x').then(() => true, () => false);
      return [(window as unknown as { ran?: boolean }).ran ?? false, fetched];
    });
    assert.deepEqual(ran, [false, false]);
    await page.context().close();
  });

  test('Chinese page, saved exports', async () => {
    const { page, problems } = await views.openPage('race', { language: 'zh-cn' });
    assert.match(await text(page, '.lane-head[data-phase=microtask]'), /微任务队列/);
    await page.locator('summary', { hasText: '导出' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Mermaid' }).click()]);
    assert.equal(download.suggestedFilename(), 'race.mmd');
    assert.match(readFileSync((await download.path())!, 'utf8'), /^flowchart TD/);
    assert.deepEqual(problems.filter(problem => !problem.startsWith('request blob:')), []);
    await page.context().close();
  });
});

describe('the story of a function', () => {
  test('has the title of what is explained, ways instead of outcomes, and says what each step does', async () => {
    const { page, problems } = await views.openPage('story');
    assert.equal(await text(page, '.title'), 'POST /users · UserController.create');
    assert.equal(await text(page, '.outcome-name'), 'Way 1 of 4 · goes furthest');
    assert.deepEqual((await page.locator('.now-actions li').allInnerTexts()).map(line => line.replace(/\s+/g, ' ').trim()), ['⚠ crypto.pbkdf2Sync() blocks the event loop service.ts:5', "await pool.query('insert') service.ts:6"]);
    await page.getByRole('button', { name: 'Table' }).click();
    assert.match(await page.locator('.tree').innerText(), /await mail\.send\(\)/);
    assert.deepEqual(await axe(page), []);
    assert.deepEqual(problems, []);
    await page.context().close();
  });

  test('a way says what leads to it and what it does', async () => {
    const { page } = await views.openPage('story', { language: 'zh-cn' });
    assert.equal(await text(page, '.outcome-name'), '路径 1 / 4 · 走得最远');
    await page.locator('.switcher button').last().click();
    assert.match(await text(page, '.choices'), /→ 返回 \{…\}/);
    await page.context().close();
  });

  for (const [width, height] of [[750, 900], [900, 600]] as const) {
    test(`at ${width} × ${height} no text lies on another, and every lane is in sight`, async () => {
      const { page } = await views.openPage('story', { viewport: { width, height } });
      await page.keyboard.press('ArrowRight');
      const overlaps = await page.evaluate(() => [...document.querySelectorAll('.queue')].filter(queue => queue.querySelector('.queue-name')!.getBoundingClientRect().right > (queue.querySelector('.chip')?.getBoundingClientRect().left ?? Infinity)).length);
      assert.equal(overlaps, 0);
      const cut = await page.evaluate(() => {
        const stage = document.querySelector('.stage')!.getBoundingClientRect();
        return [...document.querySelectorAll('.lane-head')].filter(lane => lane.getBoundingClientRect().bottom > stage.bottom + 1).length;
      });
      assert.equal(cut, 0);
      await page.context().close();
    });
  }
});
