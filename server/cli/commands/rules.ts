import { categories, type Severity } from '../../core/hazards/finding.ts';
import type { Locale } from '../../core/hazards/messages.ts';
import { findRule, loadRulePages, rules as allRules, rulePage } from '../../core/hazards/registry.ts';
import { plain, type Style } from '../../core/report/stylish.ts';
import { word } from '../../core/report/words.ts';
import { closest } from '../../core/text/closest.ts';
import { exitCode, UsageError } from '../exit-code.ts';
import { oneOf, parseFlags } from '../flags.ts';
import type { Io } from '../io.ts';
import { hint, say, type Told } from '../messages.ts';
import { pageMarkdown, pageText, titleOf } from '../page-text.ts';
import { styleFor } from '../style.ts';

export const rulesHelp: Told = {
  en: `looplens rules [id] [options]

Lists the rules by category, or shows the page of one: what it reports, why that is bad, how to fix it, examples.

  -f, --format <name>      text (default) or json
      --color, --no-color
`,
  'zh-cn': `looplens rules [规则名] [选项]

按类别列出全部规则；给出规则名时显示它的说明：报告什么、为什么不好、如何修复、示例。

  -f, --format <名称>      text（默认）或 json
      --color, --no-color  是否使用颜色
`,
};

/** `looplens rules`: returns the exit code. */
export async function rules(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseFlags(args, { help: { type: 'boolean', short: 'h' }, format: { type: 'string', short: 'f' }, color: { type: 'boolean' } });
  if (values.help) {
    io.stdout.write(rulesHelp[io.locale]);
    return exitCode.ok;
  }
  const format = oneOf('format', values.format ?? 'text', ['text', 'json']);
  const style = styleFor(io.stdout, io, values.color);
  const { locale } = io;
  await loadRulePages(locale);
  const [id, ...more] = positionals;
  if (more.length > 0) throw new UsageError(say('oneRule', { names: more.join(', ') }), true);
  if (id === undefined) {
    const rows = allRules.map(({ meta }) => ({ id: meta.id, category: meta.category, severity: meta.defaultSeverity, fix: meta.fix, title: titleOf(rulePage(meta.id), locale) }));
    io.stdout.write(format === 'json' ? `${JSON.stringify(rows, null, 2)}\n` : listText(rows, style, locale));
    return exitCode.ok;
  }
  const rule = findRule(id);
  const page = rulePage(id, locale);
  if (!rule || !page) {
    const near = closest(id, allRules.map(item => item.meta.id));
    throw new UsageError(say('noRule', { name: id, hint: hint(near === null ? null : `"${near}"`) }));
  }
  if (format === 'json') io.stdout.write(`${JSON.stringify({ ...rule.meta, title: titleOf(page, locale), source: page.source, page: page.body }, null, 2)}\n`);
  else io.stdout.write(style === plain ? pageMarkdown(id, page, locale) : pageText(id, page, style, Math.min(io.stdout.columns ?? 100, 100), locale));
  return exitCode.ok;
}

interface Row {
  readonly id: string;
  readonly category: string;
  readonly severity: Severity | 'off';
  readonly fix: string;
  readonly title: string;
}

function listText(rows: readonly Row[], style: Style, locale: Locale): string {
  const width = Math.max(...rows.map(row => row.id.length));
  const paint = { error: style.red, warn: style.yellow, info: style.blue, off: style.dim };
  const groups = categories.map(category => [category, rows.filter(row => row.category === category)] as const).filter(([, members]) => members.length > 0);
  const blocks = groups.map(([category, members]) => [style.underline(word(locale, category)), ...members.map(({ id, severity, title }) => `  ${style.bold(id.padEnd(width))}  ${paint[severity](severity.padEnd(5))}  ${title}`), ''].join('\n'));
  return `${blocks.join('\n')}\n${word(locale, 'rulesCount', { count: rows.length })}\n`;
}
