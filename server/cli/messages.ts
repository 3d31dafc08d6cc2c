import { message, type Locale, type MessageTable } from '../core/hazards/messages.ts';

/** A text in every language: who throws an error does not know in which one it will be read. */
export type Told = Readonly<Record<Locale, string>>;

/** Sentences of the command line. Help texts stand with their commands. */
export const cliTexts = {
  unknownOption: { en: 'unknown option --{name}{hint}', 'zh-cn': '未知选项 --{name}{hint}' },
  didYouMean: { en: '; did you mean {word}?', 'zh-cn': '；是不是想写 {word}？' },
  unknownCommand: { en: 'unknown command "{name}"{hint}', 'zh-cn': '未知命令“{name}”{hint}' },
  seeHelp: { en: 'Run "looplens {command}--help" for what there is.', 'zh-cn': '运行 "looplens {command}--help" 查看可用的命令和选项。' },
  ownError: { en: 'an error of Looplens itself, please report it:', 'zh-cn': 'Looplens 自身出错，请反馈：' },
  wholeNumber: { en: '--{name} takes a whole number of at least {least}, not "{value}"', 'zh-cn': '--{name} 应为不小于 {least} 的整数，而不是“{value}”' },
  oneOf: { en: '--{name} takes {words}; not "{value}"{hint}', 'zh-cn': '--{name} 可取 {words}，而不是“{value}”{hint}' },
  missingValue: { en: '--{name} needs a value', 'zh-cn': '--{name} 缺少取值' },
  unexpectedValue: { en: '--{name} takes no value', 'zh-cn': '--{name} 不接受取值' },
  cannotRead: { en: '{file} cannot be read ({code})', 'zh-cn': '无法读取 {file}（{code}）' },
  cannotWrite: { en: '{file} cannot be written ({code})', 'zh-cn': '无法写入 {file}（{code}）' },
  configUnreadable: { en: 'the config {name} cannot be read', 'zh-cn': '无法读取配置文件 {name}' },
  stdinNotFixed: { en: 'what comes from --stdin cannot be fixed in place; use --fix-dry-run or --diff', 'zh-cn': '来自 --stdin 的内容无法就地修复；请用 --fix-dry-run 或 --diff' },
  fixStaged: { en: '--fix with --staged would change files beside what is staged; fix first, then stage', 'zh-cn': '--fix 与 --staged 同用会改动未暂存的内容；请先修复，再暂存' },
  noRule: { en: 'there is no rule "{name}"{hint}; run "looplens rules"', 'zh-cn': '没有名为“{name}”的规则{hint}；运行 "looplens rules" 查看全部规则' },
  ruleForm: { en: '--rule takes id:severity, such as blocking-fs:warn; not "{value}"', 'zh-cn': '--rule 的写法是 <id>:<级别>，例如 blocking-fs:warn，而不是“{value}”' },
  noFolderFor: { en: 'there is no folder for {path}', 'zh-cn': '{path} 所在的文件夹不存在' },
  baselineBad: { en: '{path} {problem}', 'zh-cn': '{path}：{problem}' },
  ignoredByConfig: { en: '{path} is left out by "ignorePatterns"; --no-ignore reads it', 'zh-cn': '{path} 被 "ignorePatterns" 排除；使用 --no-ignore 可以读取' },
  baselineStale: { en: 'the baseline holds findings that are gone; run with --prune-suppressions', 'zh-cn': '基线中有已经消失的问题；请用 --prune-suppressions 清理' },
  otherConfigs: { en: 'a config of another part of the project has mistakes and counts as far as it can be read: {places}', 'zh-cn': '项目其他部分的配置有错误，只采用了能读懂的部分：{places}' },
  othersIncomplete: { en: '{count} other files of the project could not be analysed in full: {files}', 'zh-cn': '项目中另有 {count} 个文件未能完整分析：{files}' },
  progress: { en: '{done}/{total} files', 'zh-cn': '{done}/{total} 个文件' },
  twoGitRanges: { en: '--changed, --since and --staged cannot be combined', 'zh-cn': '--changed、--since 和 --staged 不能同时使用' },
  stdinAndGit: { en: '--stdin cannot be combined with --changed, --since or --staged', 'zh-cn': '--stdin 不能与 --changed、--since 或 --staged 同时使用' },
  gitFailed: { en: '{flag} needs Git: {problem}', 'zh-cn': '{flag} 需要 Git：{problem}' },
  nothingChanged: { en: 'no source file has changed', 'zh-cn': '没有源文件发生变化' },
  formatTwice: { en: 'two formats go to standard output: {names}; write one to a file with --format {example}:<file>', 'zh-cn': '有两种格式都写到标准输出：{names}；请用 --format {example}:<文件> 把其中一种写入文件' },
  outputWithoutFormat: { en: 'every --format names its own file, so --output-file has nothing to write', 'zh-cn': '每个 --format 都指定了文件，--output-file 没有内容可写' },
  shardForm: { en: '--shard takes k/n with 1 ≤ k ≤ n, such as 2/8; not "{value}"', 'zh-cn': '--shard 的写法是 k/n（1 ≤ k ≤ n），例如 2/8，而不是“{value}”' },
  changedWhileFixing: { en: '{files} changed while Looplens was at work and was not fixed', 'zh-cn': '{files} 在分析期间被改动，未做修复' },
  wrote: { en: 'wrote {file}', 'zh-cn': '已写入 {file}' },
  thereAlready: { en: '{name} is there already', 'zh-cn': '{name} 已存在' },
  watching: { en: 'watching {count} folders; press Ctrl+C to stop', 'zh-cn': '正在监视 {count} 个文件夹；按 Ctrl+C 结束' },
  watchAndGit: { en: '--watch cannot be combined with {flag}', 'zh-cn': '--watch 不能与 {flag} 同时使用' },
  noReports: { en: 'name the reports to merge', 'zh-cn': '请指定要合并的报告' },
  noReport: { en: '{name} is no report of "looplens lint --format json"', 'zh-cn': '{name} 不是 "looplens lint --format json" 生成的报告' },
  oneRule: { en: 'one rule at a time, not also {names}', 'zh-cn': '一次只能查看一条规则，多余的是 {names}' },
  oneFile: { en: 'name one file: looplens print-config <file>', 'zh-cn': '请指定一个文件：looplens print-config <文件>' },
  explainNoFile: { en: 'explain takes a file: looplens explain <file>[:line[:column]]', 'zh-cn': 'explain 需要一个文件：looplens explain <文件>[:行[:列]]' },
  explainPosition: { en: 'what follows {file}: is a line, or a line and a column, counted from 1; not "{position}"', 'zh-cn': '{file}: 之后应为行号，或以冒号相隔的行号与列号（从 1 开始），而不是“{position}”' },
  explainOneFile: { en: 'explain takes one file at a time', 'zh-cn': 'explain 一次只能处理一个文件' },
  entryUnknown: { en: 'no handler is called "{name}"; there are:\n{list}', 'zh-cn': '没有名为“{name}”的处理函数；现有：\n{list}' },
  entrySeveral: { en: 'several handlers are called "{name}":\n{list}', 'zh-cn': '有多个处理函数名为“{name}”：\n{list}' },
  entryNoHandlers: { en: 'no handler is called "{name}": none was found here', 'zh-cn': '没有名为“{name}”的处理函数：这里没有找到任何处理函数' },
  noAnswer: { en: 'no answer for {file}: {reasons}', 'zh-cn': '无法解释 {file}：{reasons}' },
  orderKept: { en: 'ok    {name}', 'zh-cn': '通过  {name}' },
  orderBroken: { en: 'FAIL  {name}: promised {expected}; it can also print {actual}:', 'zh-cn': '失败  {name}：承诺的顺序是 {expected}，但也可能输出 {actual}：' },
  orderUnproven: { en: 'FAIL  {name}: every order found is the promised one, but others are possible, because {reasons}', 'zh-cn': '失败  {name}：已找到的顺序都符合承诺，但还可能有其他顺序，原因：{reasons}' },
  ordersChecked: { en: '{checked} programs checked, {failed} failed', 'zh-cn': '检查了 {checked} 个程序，{failed} 个失败' },
  wroteFacts: { en: 'wrote {file}: the facts of {count} files', 'zh-cn': '已写入 {file}：{count} 个文件的信息' },
  factsUnusable: { en: '{files} holds no facts of this version of Looplens and Node.js; the files are parsed', 'zh-cn': '{files} 中没有与当前 Looplens 和 Node.js 版本匹配的信息；将重新解析源文件' },
  oneShell: { en: 'name a shell: looplens completion bash|zsh|fish', 'zh-cn': '请指定 shell：looplens completion bash|zsh|fish' },
  badLocale: { en: '--locale takes {words}; not "{value}"', 'zh-cn': '--locale 可取 {words}，而不是“{value}”' },
} as const satisfies MessageTable;

/** A sentence of the table in every language; a hole may be filled with a text that has languages itself. */
export function say(key: keyof typeof cliTexts, args: Readonly<Record<string, string | number | Told>> = {}): Told {
  const filled = (locale: Locale): string =>
    message(cliTexts, key, locale, Object.fromEntries(Object.entries(args).map(([name, value]) => [name, typeof value === 'object' ? value[locale] : value])));
  return { en: filled('en'), 'zh-cn': filled('zh-cn') };
}

/** `; did you mean "…"?`, or nothing where no known word is near. */
export function hint(match: string | null): Told {
  return match === null ? { en: '', 'zh-cn': '' } : say('didYouMean', { word: match });
}
