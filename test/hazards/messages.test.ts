import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { operationTexts } from '../../server/core/hazards/blocking-operation.ts';
import { fixTexts } from '../../server/core/hazards/fix/await-fix.ts';
import { list, locales, message, type MessageTable } from '../../server/core/hazards/messages.ts';
import { rules } from '../../server/core/hazards/registry.ts';
import { reachTexts } from '../../server/core/hazards/report-reached.ts';

const places = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(match => match[0]).sort();

describe('texts', () => {
  const tables: Record<string, MessageTable> = { operationTexts, fixTexts, reachTexts, ...Object.fromEntries(rules.map(rule => [rule.meta.id, rule.texts])) };
  for (const [name, table] of Object.entries(tables)) {
    test(`${name} is complete in every language`, () => {
      for (const [key, text] of Object.entries(table)) {
        for (const locale of locales) {
          assert.ok(text[locale].trim() !== '', `${key} in ${locale}`);
          assert.deepEqual(places(text[locale]), places(text.en), `${key} in ${locale} has other places`);
        }
        assert.match(text['zh-cn'], /\p{Script=Han}|^[^\p{L}]*$/u, key);
      }
    });
  }

  test('a place without an argument is an error', () => {
    assert.throws(() => message({ a: { en: '{b}', 'zh-cn': '{b}' } }, 'a', 'en'));
  });

  test('lists', () => {
    assert.deepEqual([list('en', []), list('en', ['a']), list('en', ['a', 'b', 'c']), list('zh-cn', ['a', 'b', 'c'])], ['', 'a', 'a, b and c', 'a、b和c']);
  });
});
