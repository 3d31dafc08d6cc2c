import type { Severity } from '../hazards/finding.ts';
import { message, type Locale, type MessageTable } from '../hazards/messages.ts';

/** Words of the reports for people; messages of findings are the rules' own. */
export const reportTexts = {
  error: { en: 'error', 'zh-cn': '错误' },
  warn: { en: 'warning', 'zh-cn': '警告' },
  info: { en: 'info', 'zh-cn': '提示' },
  errorCount1: { en: '{count} error', 'zh-cn': '{count} 个错误' },
  errorCount: { en: '{count} errors', 'zh-cn': '{count} 个错误' },
  warnCount1: { en: '{count} warning', 'zh-cn': '{count} 个警告' },
  warnCount: { en: '{count} warnings', 'zh-cn': '{count} 个警告' },
  infoCount1: { en: '{count} info', 'zh-cn': '{count} 个提示' },
  infoCount: { en: '{count} info', 'zh-cn': '{count} 个提示' },
  certain: { en: 'certain', 'zh-cn': '确定' },
  likely: { en: 'likely', 'zh-cn': '很可能' },
  possible: { en: 'possible', 'zh-cn': '可能' },
  fix: { en: 'fix', 'zh-cn': '修复' },
  suggestion: { en: 'suggestion', 'zh-cn': '建议' },
  notAnalysed: { en: 'not analysed in full', 'zh-cn': '未能完整分析' },
  failed: { en: 'failed', 'zh-cn': '规则自身出错' },
  notAnalysedCount: { en: '{count} not analysed in full', 'zh-cn': '{count} 处未能完整分析' },
  nothingFound: { en: 'nothing found', 'zh-cn': '没有发现问题' },
  file: { en: '{count} file', 'zh-cn': '{count} 个文件' },
  files: { en: '{count} files', 'zh-cn': '{count} 个文件' },
  ofAnalysed: { en: '{files} of {analysed} analysed', 'zh-cn': '共分析 {analysed} 个文件，报告其中 {count} 个' },
  suppressed: { en: '{count} suppressed', 'zh-cn': '{count} 个已屏蔽' },
  leftOut1: { en: '{count} folder left out for its name: {names}', 'zh-cn': '按名称略过 {count} 个目录：{names}' },
  leftOut: { en: '{count} folders left out for their names: {names}', 'zh-cn': '按名称略过 {count} 个目录：{names}' },
  generated1: { en: '{count} generated file left out', 'zh-cn': '略过 {count} 个生成的文件' },
  generated: { en: '{count} generated files left out', 'zh-cn': '略过 {count} 个生成的文件' },
  partly: { en: '{count} analysed in part', 'zh-cn': '{count} 个文件仅部分分析' },
  seconds: { en: '{seconds} s', 'zh-cn': '{seconds} 秒' },
  fixable: { en: '{count} can be fixed with --fix', 'zh-cn': '其中 {count} 个可用 --fix 修复' },
  suggestable: { en: '{count} more have suggestions: --fix-suggestions', 'zh-cn': '另有 {count} 个有修改建议：--fix-suggestions' },
  heading: { en: 'Looplens report', 'zh-cn': 'Looplens 报告' },
  where: { en: 'Where', 'zh-cn': '位置' },
  what: { en: 'What', 'zh-cn': '问题' },
  path: { en: 'How it gets there', 'zh-cn': '调用路径' },
  rule: { en: 'Rule', 'zh-cn': '规则' },
  severity: { en: 'Severity', 'zh-cn': '级别' },
  search: { en: 'Filter findings', 'zh-cn': '筛选问题' },
  more: { en: '… and {count} more', 'zh-cn': '……另有 {count} 个' },
  skip: { en: 'Skip to the findings', 'zh-cn': '跳到问题列表' },
  problems1: { en: '{count} problem', 'zh-cn': '{count} 个问题' },
  problems: { en: '{count} problems', 'zh-cn': '{count} 个问题' },
} as const satisfies MessageTable;

export type ReportWord = keyof typeof reportTexts;

/** A word in a language. */
export function word(locale: Locale, key: ReportWord, args: Readonly<Record<string, string | number>> = {}): string {
  return message(reportTexts, key, locale, args);
}

/** `2 errors`, `1 warning`. */
export function counted(locale: Locale, severity: Severity, count: number): string {
  return word(locale, count === 1 ? `${severity}Count1` : `${severity}Count`, { count });
}

/** `3 files`. */
export function filesText(locale: Locale, count: number): string {
  return word(locale, count === 1 ? 'file' : 'files', { count });
}
