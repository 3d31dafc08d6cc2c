// What is written in Chinese keeps to docs/glossary.zh-cn.md, and nothing that people read is left in English.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { labelText } from '../../server/core/hazards/label-words.ts';
import { frameworks } from '../../server/core/node/frameworks.ts';
import { cliTexts } from '../../server/cli/messages.ts';
import { renderTimelineJson } from '../../server/core/report/timeline-json.ts';
import { renderTimelineText } from '../../server/core/report/timeline-text.ts';
import { reportTexts } from '../../server/core/report/words.ts';
import { lintHelp } from '../../server/cli/lint-options.ts';
import { explainHelp } from '../../server/cli/commands/explain.ts';
import { completionHelp } from '../../server/cli/commands/completion.ts';
import { initHelp } from '../../server/cli/commands/init.ts';
import { lspHelp } from '../../server/cli/commands/lsp.ts';
import { mergeHelp } from '../../server/cli/commands/merge.ts';
import { printConfigHelp } from '../../server/cli/commands/print-config.ts';
import { rulesHelp } from '../../server/cli/commands/rules.ts';

const glossary = [...readFileSync('docs/glossary.zh-cn.md', 'utf8').matchAll(/^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].slice(2).map(([, english, chinese, not]) => ({ english: english!, chinese: chinese!, not: not!.split('、') }));

function filesUnder(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap(entry => (entry.isDirectory() ? filesUnder(join(directory, entry.name)) : [join(directory, entry.name)]));
}

const chineseFiles = [
  ...['docs', 'server', 'client', 'l10n', 'media'].flatMap(filesUnder).filter(path => /\.zh-cn\.(?:md|json)$|\.ts$/.test(path) && !/generated/.test(path)),
  'package.nls.zh-cn.json',
  'README.zh-cn.md',
].filter(path => path !== 'docs/glossary.zh-cn.md');

test('the glossary is kept', () => {
  assert.ok(glossary.length > 30);
  const wrong = chineseFiles.flatMap(path => {
    const text = readFileSync(path, 'utf8');
    if (!/\p{Script=Han}/u.test(text)) return [];
    return glossary.flatMap(({ chinese, not }) => not.filter(word => text.includes(word)).map(word => `${path}: ${word}, which is ${chinese}`));
  });
  assert.deepEqual(wrong, []);
});

test('no half-width comma, colon or bracket stands between Han characters', () => {
  const wrong = chineseFiles.flatMap(path => [...readFileSync(path, 'utf8').matchAll(/\p{Script=Han}[,;:!?()]\p{Script=Han}/gu)].map(([found]) => `${path}: ${found}`));
  assert.deepEqual(wrong, []);
});

/** Runs of English words that are no names, flags or code. */
function englishIn(text: string): string[] {
  return text.replace(/`[^`]*`|"[^"]*"|--[\w-]+(?:[= ]<[^>]*>)?|<[^>]*>|\{\w+\}|\[[^\]]*\]|looplens(?: [a-z-]+)*/g, ' ').match(/\b[a-z]{2,}(?: [a-z]{2,}){2,}\b/g) ?? [];
}

describe('every text of the command line has its Chinese', () => {
  for (const [name, table] of Object.entries({ cliTexts, reportTexts })) {
    test(name, () => {
      const same = Object.entries(table).filter(([, { en, 'zh-cn': chinese }]) => en === chinese && /[a-z]{3,} [a-z]{3,}/.test(en)).map(([key]) => key);
      assert.deepEqual(same, []);
      assert.deepEqual(Object.values(table).flatMap(({ 'zh-cn': chinese }) => englishIn(chinese)), []);
      const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, key]) => key!).sort();
      // A word order may need a place less; none may ask for what is not given.
      for (const [key, { en, 'zh-cn': chinese }] of Object.entries(table)) if (key !== 'ofAnalysed') assert.deepEqual(places(chinese), places(en), key);
    });
  }

  test('help names the same flags in both languages', () => {
    for (const help of [lintHelp, explainHelp, completionHelp, initHelp, lspHelp, mergeHelp, printConfigHelp, rulesHelp]) {
      const flags = (text: string): string[] => [...new Set(text.match(/--[a-z][\w-]*/g))].sort();
      assert.deepEqual(flags(help['zh-cn']), flags(help.en));
      assert.match(help['zh-cn'], /\p{Script=Han}/u);
    }
  });
});

test('labels of entries and steps speak Chinese, and keep the names of the program', () => {
  const cases: Readonly<Record<string, string>> = {
    'GET /report handler': 'GET /report 处理函数',
    'calls loadReport': '调用 loadReport',
    'constructs Report': '构造 Report',
    'hands done to fs.readFile()': '把 done 交给 fs.readFile()',
    'setTimeout callback': 'setTimeout 回调',
    'connection listener of wss': 'wss 的 connection 监听器',
    'error listener of the server': '服务器的 error 监听器',
    'process message listener': 'process 的 message 监听器',
    'fs.readFileSync()': 'fs.readFileSync()',
    'calls handler': '调用 handler',
    'showStock continues': 'showStock 继续执行',
    'await at line 20': '第 20 行的 await',
    'request handler showStock': '请求处理函数 showStock',
    'setTimeout callback (line 3)': 'setTimeout 回调（第 3 行）',
  };
  for (const [english, chinese] of Object.entries(cases)) assert.equal(labelText(english, 'zh-cn'), chinese);
  for (const english of Object.keys(cases)) assert.equal(labelText(english, 'en'), english);
});

test('the labels of all framework models end in a word that has its Chinese', () => {
  const labels = frameworks.flatMap(model => (model.registrations ?? []).map(({ label }) => label));
  assert.ok(labels.length > 50);
  const left = labels.filter(label => /\b(?:handler|middleware|listener|callback|hook|plugin|command|action|resolver|parser|job|task)$/.test(label) && labelText(label, 'zh-cn') === label);
  assert.deepEqual(left, []);
});

test('the text of an order speaks Chinese; its JSON stays as programs read it', async () => {
  const location = { file: 'a.js', line: 20, column: 1, endLine: 20, endColumn: 9 };
  const step = { id: 1, iteration: 1, tick: 1, phase: 'microtask' as const, label: 'showStock continues', location, scheduledBy: 0, scheduledAt: null, certainty: 'sometimes' as const, output: [{ stream: 'stderr' as const, text: 'x', exact: false }], resumes: 'await at line 20' };
  const outcome = { output: [], exitCode: 1, choices: [] };
  const timeline = { schemaVersion: 1 as const, file: 'a.js', module: 'module' as const, node: '24', complete: true, incompleteBecause: [], outcomes: [outcome, outcome], steps: [step], order: [] };
  const text = renderTimelineText(timeline, undefined, 'zh-cn');
  for (const part of ['ES 模块', '有多种执行顺序：共 2 种结果', '第 1 轮：microtask', 'showStock 继续执行，恢复第 20 行的 await，第 20 行', 'x（大致如此）（stderr）', '并非每种结果中都会运行', '结果 1/2（最可能）', '退出码 1。']) assert.ok(text.includes(part), `${part}\n${text}`);
  assert.deepEqual(englishIn(text), []);
  assert.match(renderTimelineJson(timeline), /"showStock continues"/);
});
