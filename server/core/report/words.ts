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
  sameCause1: { en: 'The same cause in one more place: {places}', 'zh-cn': '同一原因还出现在另外 1 处：{places}' },
  sameCause: { en: 'The same cause in {count} more places: {places}', 'zh-cn': '同一原因还出现在另外 {count} 处：{places}' },
  moreCauses: { en: '… and {count} more causes with {findings} findings', 'zh-cn': '……另有 {count} 个原因，共 {findings} 个问题' },
  causes: { en: '{findings} findings of {count} causes, the worst first; --all shows each of them', 'zh-cn': '共 {count} 个原因、{findings} 个问题，影响最大的在前；--all 显示全部' },
  heading: { en: 'Looplens report', 'zh-cn': 'Looplens 报告' },
  where: { en: 'Where', 'zh-cn': '位置' },
  what: { en: 'What', 'zh-cn': '问题' },
  path: { en: 'How it gets there', 'zh-cn': '调用路径' },
  rule: { en: 'Rule', 'zh-cn': '规则' },
  severity: { en: 'Severity', 'zh-cn': '级别' },
  search: { en: 'Filter findings', 'zh-cn': '筛选问题' },
  more: { en: '… and {count} more', 'zh-cn': '……另有 {count} 个' },
  skip: { en: 'Skip to the findings', 'zh-cn': '跳到问题列表' },
  mainScript: { en: 'Main script', 'zh-cn': '主脚本' },
  exitPhase: { en: 'Exit', 'zh-cn': '退出' },
  loopStart: { en: 'Start of the loop: timers', 'zh-cn': '事件循环开始：timers' },
  iteration: { en: 'Iteration {n}: {phase}', 'zh-cn': '第 {n} 轮：{phase}' },
  line: { en: 'line {line}', 'zh-cn': '第 {line} 行' },
  about: { en: ' (about)', 'zh-cn': '（大致如此）' },
  stderrMark: { en: ' (stderr)', 'zh-cn': '（stderr）' },
  resumes: { en: '{label}, resumes {what}', 'zh-cn': '{label}，恢复{what}' },
  esModule: { en: 'ES module', 'zh-cn': 'ES 模块' },
  openOrder: { en: '⇄ before or after {others}: {why}', 'zh-cn': '⇄ 可能在 {others} 之前或之后：{why}' },
  notAlways: { en: 'does not run in every outcome', 'zh-cn': '并非每种结果中都会运行' },
  alwaysPrints: { en: 'Always prints this; not every step runs each time.', 'zh-cn': '输出总是如此；但不是每一步每次都运行。' },
  alwaysThis: { en: 'Always runs in this order.', 'zh-cn': '总是按这个顺序执行。' },
  severalOrders: { en: 'Runs in several orders: {count} outcomes, no other is possible. The likeliest:', 'zh-cn': '有多种执行顺序：共 {count} 种结果，不可能有其他结果。最可能的是：' },
  foundNone: { en: 'No outcome found, {others}, because', 'zh-cn': '没有找到结果，{others}，原因：' },
  foundOne: { en: 'One outcome found, {others}, because', 'zh-cn': '找到一种结果，{others}，原因：' },
  foundSome: { en: '{count} outcomes found, {others}, because', 'zh-cn': '找到 {count} 种结果，{others}，原因：' },
  othersPossible: { en: 'others are possible', 'zh-cn': '还可能有其他结果' },
  outcomeOf: { en: 'Outcome {n} of {count}', 'zh-cn': '结果 {n}/{count}' },
  likeliest: { en: ' (likeliest)', 'zh-cn': '（最可能）' },
  moreLines: { en: '… {count} more lines', 'zh-cn': '……另有 {count} 行' },
  moreOutcomes: { en: '… and {count} more; --format json lists all.', 'zh-cn': '……另有 {count} 种；--format json 列出全部。' },
  keepsRunning: { en: 'The process keeps running.', 'zh-cn': '进程继续运行。' },
  if: { en: 'if {text}', 'zh-cn': '如果 {text}' },
  cutOff: { en: 'Cut off here: what follows is not known.', 'zh-cn': '到此截断：其后如何尚不可知。' },
  repeats: { en: 'Repeats for ever.', 'zh-cn': '无限重复。' },
  repeatsBecause: { en: 'Repeats for ever: {because}.', 'zh-cn': '无限重复：{because}。' },
  providedThat: { en: 'Provided that {assumption}.', 'zh-cn': '前提：{assumption}。' },
  exitCodeBecause: { en: 'Exit code {code}: {because}.', 'zh-cn': '退出码 {code}：{because}。' },
  exitCodeBecauseAt: { en: 'Exit code {code}: {because}, {place}.', 'zh-cn': '退出码 {code}：{because}（{place}）。' },
  neverSettles: { en: 'Never reached: {place}. The await at {at} never settles.', 'zh-cn': '永远不会执行到：{place}。{at}的 await 始终不会完成。' },
  endedBefore: { en: 'Never reached: {place}. The process ends before the await at {at} settles.', 'zh-cn': '永远不会执行到：{place}。进程在{at}的 await 完成之前就已结束。' },
  exitCode: { en: 'Exit code {code}.', 'zh-cn': '退出码 {code}。' },
  blocking: { en: 'blocking', 'zh-cn': '阻塞' },
  cpu: { en: 'cpu', 'zh-cn': 'CPU' },
  scheduling: { en: 'scheduling', 'zh-cn': '调度' },
  promise: { en: 'promise', 'zh-cn': 'Promise' },
  cluster: { en: 'cluster', 'zh-cn': '集群' },
  process: { en: 'process', 'zh-cn': '进程' },
  threadpool: { en: 'threadpool', 'zh-cn': '线程池' },
  rulesCount: { en: '{count} rules. `looplens rules <id>` shows the page of one.', 'zh-cn': '共 {count} 条规则。用 `looplens rules <规则名>` 查看其中一条的说明。' },
  ruleFacts: { en: '{category} · {severity} by default · {fix} · since {since}', 'zh-cn': '{category} · 默认级别：{severity} · {fix} · 始于 {since}' },
  off: { en: 'off', 'zh-cn': '关闭' },
  noFix: { en: 'no fix', 'zh-cn': '无自动修复' },
  safeFix: { en: 'safe fix', 'zh-cn': '有安全的修复' },
  suggestionFix: { en: 'suggestion fix', 'zh-cn': '有修改建议' },
  source: { en: 'Source: ', 'zh-cn': '依据：' },
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
