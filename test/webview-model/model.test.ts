import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { layOut, sizes, visibleRange } from '../../client/webview/layout.ts';
import { allPhases, consoleLines, diffOutput, keepSelection, lanesOf, openOrders, otherOutcome, stepAt, treeRows, waitingAt } from '../../client/webview/model.ts';
import { colourLines } from '../../client/webview/source-panel.ts';
import { languages, messageIn } from '../../client/webview/strings.ts';
import type { Step, Timeline } from '../../server/core/order/timeline.ts';
import { sha256Base64 } from '../../server/core/report/sha256.ts';
import { renderTimelineHtml } from '../../server/core/report/timeline-html.ts';

interface Fixture {
  readonly timeline: Timeline;
  readonly source: string;
  readonly otherSteps?: readonly Step[];
}

const fixture = (name: string): Fixture => JSON.parse(readFileSync(`test/webview/fixtures/${name}.json`, 'utf8')) as Fixture;
const handler = fixture('request-handler').timeline;
const race = fixture('race');
const long = fixture('long').timeline;
const measure = (text: string): number => text.length * 7;

const queuesAt = (timeline: Timeline, step: number): string => [...waitingAt(timeline.steps, step - 1)].map(([phase, steps]) => `${phase} ${steps.map(({ id }) => id).join(',')}`).join(' | ');

describe('contents of the queues', () => {
  const expected: readonly [number, string][] = [
    [1, 'nextTick 2 | poll 3'],
    [3, 'nextTick 4 | microtask 5 | timers 7 | check 6'],
    [5, 'timers 7 | poll 8 | check 6'],
    [6, 'timers 7 | poll 8'],
    [8, 'nextTick 9 | microtask 10 | check 12'],
    [10, 'microtask 11 | check 12'],
    [12, ''],
  ];
  for (const [step, queues] of expected) test(`request handler at step ${step}: ${queues || 'nothing'}`, () => assert.equal(queuesAt(handler, step), queues));

  test('nothing waits before it is scheduled or after it has run', () => {
    long.steps.slice(0, 60).forEach((_, index) => {
      for (const step of [...waitingAt(long.steps, index).values()].flat()) {
        assert.ok(step.scheduledBy <= long.steps[index]!.id && step.id > long.steps[index]!.id);
      }
    });
  });
});

describe('layout', () => {
  const lanes = lanesOf(long.steps, false);
  const layout = layOut(long.steps, lanes, [], measure, 400);

  test('lanes are those used, in the order of the loop, or all', () => {
    assert.deepEqual(lanes, ['main', 'nextTick', 'microtask', 'timers', 'poll', 'check']);
    assert.deepEqual(lanesOf(long.steps, true), allPhases);
  });
  test('steps go from left to right, and no two cards of a lane overlap', () => {
    const ends = new Map<string, number>();
    layout.cards.forEach((card, index) => {
      const { phase } = long.steps[index]!;
      if (index > 0) assert.ok(card.x >= layout.cards[index - 1]!.x + sizes.advance || long.steps[index]!.iteration !== long.steps[index - 1]!.iteration);
      assert.ok(card.x > (ends.get(phase) ?? -1), `step ${index + 1} overlaps in ${phase}`);
      ends.set(phase, card.x + card.width);
    });
  });
  test('every card is inside the column of its iteration, and columns touch', () => {
    for (const [at, column] of layout.iterations.entries()) {
      for (let index = column.first; index <= column.last; index++) assert.ok(layout.cards[index]!.x >= column.x && layout.cards[index]!.x + layout.cards[index]!.width <= column.x + column.width);
      const next = layout.iterations[at + 1];
      if (next) assert.equal(next.x, column.x + column.width);
    }
    assert.equal(layout.width, layout.iterations.at(-1)!.x + layout.iterations.at(-1)!.width);
  });
  test('the visible range holds all cards that touch the window and few others', () => {
    const [left, right] = [50_000, 51_280];
    const [from, to] = visibleRange(layout.cards, left, right);
    layout.cards.forEach(({ x, width }, index) => {
      if (x + width > left && x < right) assert.ok(index >= from && index < to);
    });
    assert.ok(to - from < 40, `${to - from} cards`);
  });
  test('brackets span their steps; those that overlap are in rows of their own', () => {
    const open = openOrders([{ a: 2, b: 6, relation: 'either', why: 'x' }, { a: 3, b: 4, relation: 'either', why: 'y' }, { a: 8, b: 9, relation: 'before', why: 'z' }], handler.steps);
    const { brackets, cards } = layOut(handler.steps, allPhases, open, measure);
    assert.deepEqual(brackets.map(({ row, x1, x2 }) => [row, x1, x2]), [[0, cards[1]!.x, cards[5]!.x], [1, cards[2]!.x, cards[3]!.x]]);
  });
  test('no steps, no columns', () => assert.deepEqual(layOut([], allPhases, [], measure).iterations, []));
});

describe('selection', () => {
  test('survives an edit by label and place', () => {
    const moved = handler.steps.slice(3).map(step => ({ ...step, location: { ...step.location, line: step.location.line + 2 } }));
    assert.equal(moved[keepSelection(handler.steps, 7, moved)]!.label, 'readFile callback');
    assert.equal(moved[keepSelection(handler.steps, 8, moved)]!.id, 9);
  });
  test('falls back to the position, inside the new steps', () => {
    assert.equal(keepSelection(handler.steps, 7, race.timeline.steps), 4);
    assert.equal(keepSelection(handler.steps, 7, []), 0);
  });
  test('a line means the innermost step that holds it, the next one of equals', () => {
    const at = (line: number, from = 0): number => stepAt(handler.steps, handler.file, line, from) + 1;
    assert.equal(at(11), 7);
    assert.equal(at(19), 12);
    assert.equal(at(20), 8);
    assert.equal(at(999), 0);
    assert.equal(stepAt(handler.steps, 'other.js', 11, 0), -1);
    const later = stepAt(long.steps, long.file, 5, 1000);
    assert.ok(later >= 1000 && later < 1006);
  });
});

describe('outcomes', () => {
  test('relations of one reason that share a step are one open order', () => {
    const [order, ...more] = openOrders(race.timeline.order, race.timeline.steps);
    assert.deepEqual(more, []);
    assert.deepEqual(order!.steps, [1, 2, 3, 4]);
    assert.equal(order!.pairs.some(([a, b]) => a === 1 && b === 2), false, 'the timer always precedes its own promise');
  });
  test('flipping goes there and back', () => {
    const { why } = race.timeline.order[0]!;
    assert.equal(otherOutcome(race.timeline, 0, why), 1);
    assert.equal(otherOutcome(race.timeline, 1, why), 0);
    assert.equal(otherOutcome(fixture('long').timeline, 0, null), 0);
  });
  test('the comparison holds both outputs and keeps what is common', () => {
    const [first, second] = handler.outcomes;
    const diff = diffOutput(first!.output, second!.output);
    assert.deepEqual(diff.filter(({ side }) => side !== 'added').map(({ text }) => text), first!.output.map(({ text }) => text));
    assert.deepEqual(diff.filter(({ side }) => side !== 'removed').map(({ text }) => text), second!.output.map(({ text }) => text));
    assert.deepEqual(diff.filter(({ side }) => side !== 'both').map(({ side, text }) => `${side} ${text}`), ['removed metrics sent', 'added metrics sent']);
  });
  test('console lines belong to their steps', () => assert.deepEqual(consoleLines(race.timeline.steps).map(({ step, text }) => `${step} ${text}`), ['1 timeout', '2 then after timeout', '3 immediate', '4 tick after immediate']));
});

test('tree rows: every step once, under its iteration and the phase after whose callback it drains', () => {
  const rows = treeRows(handler.steps);
  assert.deepEqual(rows.filter(({ level }) => level === 3).map(({ first }) => first), handler.steps.map((_, index) => index));
  assert.deepEqual(rows.filter(({ level }) => level < 3).map(({ level, phase, iteration, first, last }) => `${level} ${iteration} ${phase} ${first + 1}-${last + 1}`), ['1 0 main 1-2', '2 0 main 1-2', '1 1 poll 3-6', '2 1 poll 3-5', '2 1 check 6-6', '1 2 timers 7-12', '2 2 timers 7-7', '2 2 poll 8-11', '2 2 check 12-12']);
  for (const row of rows) assert.ok(row.position >= 1 && row.position <= row.siblings);
});

test('coloured lines hold the source unchanged', () => {
  for (const name of ['request-handler', 'race', 'hostile']) {
    const { source } = fixture(name);
    assert.equal(colourLines(source).map(line => line.map(({ text }) => text).join('')).join('\n'), source);
  }
});

describe('texts', () => {
  const placeholders = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  test('Chinese has every message with the same placeholders', () => {
    for (const [key, text] of Object.entries(languages.en)) {
      const chinese = languages['zh-cn'][key as keyof typeof languages.en];
      assert.ok(chinese, key);
      assert.deepEqual(placeholders(chinese), placeholders(text), key);
    }
  });
  test('the language decides, English is the fallback', () => {
    assert.equal(messageIn('zh-CN', 'iteration.n', { n: 3 }), '第 3 轮');
    assert.equal(messageIn('de', 'iteration.n', { n: 3 }), 'Iteration 3');
  });
});

describe('the page that stands alone', () => {
  test('sha256Base64 is SHA-256', () => {
    for (const length of [0, 1, 55, 56, 63, 64, 65, 1000]) {
      const text = 'é…a'.repeat(length).slice(0, length);
      assert.equal(sha256Base64(text), createHash('sha256').update(text).digest('base64'), `length ${length}`);
    }
  });
  test('program text cannot leave its place, and the data comes back unchanged', () => {
    const { timeline, source } = fixture('hostile');
    const page = renderTimelineHtml(timeline, source, { script: 'const a = "</script><!--";', style: 'a{}' });
    assert.equal(page.split('<script').length, 3);
    assert.equal(page.split('</script').length, 3);
    assert.doesNotMatch(page, /<img|<svg|<b>|<!--/);
    const data = /id="looplens-data">(.*)<\/script>/.exec(page)![1]!;
    assert.deepEqual((JSON.parse(data) as Fixture).timeline, timeline);
    assert.equal((JSON.parse(data) as Fixture).source, source);
  });
});
