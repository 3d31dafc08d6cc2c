import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { locales } from '../../server/core/hazards/messages.ts';
import { englishHoverTexts } from '../../server/core/node/hover.ts';
import { chineseHoverTexts, serverTexts } from '../../server/lsp/texts.ts';

const read = (path: string): Record<string, string> => JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
const placesIn = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
const chinese = /[\u4e00-\u9fff]/;

describe('translations', () => {
  test('the manifest has the same keys in both languages, and uses all of them', () => {
    const [english, translated] = [read('package.nls.json'), read('package.nls.zh-cn.json')];
    assert.deepEqual(Object.keys(translated).sort(), Object.keys(english).sort());
    const used = [...readFileSync('package.json', 'utf8').matchAll(/"%([\w.]+)%"/g)].map(match => match[1]!);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(english).sort());
    assert.deepEqual(Object.entries(translated).filter(([key, text]) => key !== 'config.title' && !chinese.test(key.endsWith('.media') ? readFileSync(text, 'utf8') : text)), []);
  });

  test('the extension shows no text that is not in the bundle, and the bundle holds no other', () => {
    const bundle = read('l10n/bundle.l10n.zh-cn.json');
    const sources = readdirSync('client').filter(name => name.endsWith('.ts')).map(name => readFileSync(join('client', name), 'utf8')).join('\n');
    const shown = new Set([...sources.matchAll(/l10n\.t\('((?:[^'\\]|\\.)*)'/g)].map(match => match[1]!.replace(/\\'/g, "'")));
    assert.deepEqual(Object.keys(bundle).sort(), [...shown].sort());
    for (const [english, translated] of Object.entries(bundle)) assert.deepEqual(placesIn(translated), placesIn(english), english);
  });

  test("the server's texts name the same places in every language", () => {
    for (const [key, text] of Object.entries(serverTexts)) {
      const [first, ...rest] = locales.map(locale => placesIn(text[locale]));
      for (const places of rest) assert.deepEqual(places, first, key);
    }
    const flat = (texts: object): [string, string][] => Object.entries(texts).flatMap(([key, text]): [string, string][] => (typeof text === 'string' ? [[key, text]] : flat(text as object).map(([inner, one]) => [`${key}.${inner}`, one])));
    const chinese = new Map(flat(chineseHoverTexts));
    for (const [key, text] of flat(englishHoverTexts)) assert.deepEqual(placesIn(chinese.get(key)!), placesIn(text), key);
  });
});
