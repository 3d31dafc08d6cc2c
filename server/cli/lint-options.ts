import { formatNames } from './reporters.ts';
import type { Told } from './messages.ts';

/** Flags of `looplens lint`. They have ESLint's names where ESLint has them. */
export const lintOptions = {
  help: { type: 'boolean', short: 'h' },
  config: { type: 'string', short: 'c' },
  'config-lookup': { type: 'boolean' },
  rule: { type: 'string', multiple: true },
  only: { type: 'string', multiple: true },
  severity: { type: 'string' },
  confidence: { type: 'string' },
  'ignore-pattern': { type: 'string', multiple: true },
  ignore: { type: 'boolean' },
  stdin: { type: 'boolean' },
  'stdin-filename': { type: 'string' },
  changed: { type: 'string' },
  since: { type: 'string' },
  staged: { type: 'boolean' },
  shard: { type: 'string' },
  facts: { type: 'string', multiple: true },
  'pass-on-no-patterns': { type: 'boolean' },
  'error-on-unmatched-pattern': { type: 'boolean' },
  'print-config': { type: 'string' },
  'list-files': { type: 'boolean' },
  format: { type: 'string', short: 'f', multiple: true },
  'output-file': { type: 'string', short: 'o' },
  color: { type: 'boolean' },
  all: { type: 'boolean' },
  sort: { type: 'string' },
  stats: { type: 'boolean' },
  timing: { type: 'boolean' },
  debug: { type: 'boolean' },
  quiet: { type: 'boolean' },
  'max-warnings': { type: 'string' },
  fix: { type: 'boolean' },
  'fix-suggestions': { type: 'boolean' },
  'fix-dry-run': { type: 'boolean' },
  diff: { type: 'boolean' },
  watch: { type: 'boolean' },
  'suppress-all': { type: 'boolean' },
  'suppress-rule': { type: 'string', multiple: true },
  'prune-suppressions': { type: 'boolean' },
  'suppressions-location': { type: 'string' },
  cache: { type: 'boolean' },
  'cache-location': { type: 'string' },
} as const;

/** Flags whose value may be left out. */
export const optionalValues: readonly string[] = ['changed'];

const formats = formatNames.join(', ');

export const lintHelp: Told = {
  en: `looplens lint [paths…] [options]

Finds what blocks or breaks the event loop of Node.js. The paths (files, folders, globs; default: the
working directory) say what is reported; the whole project around them is analysed, since what a
function does is known only with those who call it. The project is the nearest folder that has a
config with "root": true, declares a workspace, or is a Git repository.

Configuration
  -c, --config <file>          use this config instead of those found beside the files
      --no-config-lookup       use no config files
      --rule <id:severity>     set a rule, over every config; may be repeated
      --print-config <file>    as the command print-config

Files
      --changed[=<ref>]        report what is in changed files or caused in them: against HEAD, or
                               against the commit where HEAD left <ref>
      --since <commit>         as --changed, against exactly this commit
      --staged                 as --changed, for what is in Git's index, with its content there
      --ignore-pattern <glob>  leave files out, in .gitignore's form; may be repeated
      --no-ignore              also read what .gitignore and ignorePatterns leave out
      --stdin                  read one file from standard input
      --stdin-filename <path>  its name
      --shard <k/n>            report the k-th of n parts of the files
      --facts <glob>           read what "looplens facts" has written; may be repeated
      --list-files             print the files that would be reported, and stop
      --pass-on-no-patterns    no paths means nothing to do, not the working directory
      --no-error-on-unmatched-pattern  paths that match nothing are no error

Which findings
      --only <rule,…>          these rules only; may be repeated
      --severity <level>       error, warn or info (default): the least to report
      --quiet                  as --severity error
      --confidence <level>     certain, likely (default) or possible: the least to report

Output
  -f, --format <name[:file]>   ${formats.slice(0, 56).replace(/, [^,]*$/, ',')}
                               ${formats.slice(formats.slice(0, 56).lastIndexOf(',') + 2)};
                               may be repeated, one of them without a file (default: stylish;
                               github in GitHub Actions, agent where an agent runs it)
  -o, --output-file <file>     write the report there; the summary still goes to standard error
      --all                    every finding, not the worst causes in full and the others in a line
      --sort <order>           impact (default: what costs most comes first) or file
      --color, --no-color
      --stats                  where the time went, on standard error
      --timing                 the time of each rule, on standard error
      --debug                  more of --stats

Results
      --max-warnings <n>       exit 1 with more warnings than that (default: -1, no limit)
      --fix                    apply the safe fixes
      --fix-suggestions        apply suggestions too
      --fix-dry-run            as --fix, but write nothing: the report shows what would be left
      --diff                   as --fix, but print the changes instead of making them
      --watch                  lint again whenever a file changes
      --suppress-all           take all findings into the baseline
      --suppress-rule <id>     take those of a rule; may be repeated
      --prune-suppressions     drop what the baseline holds in vain
      --suppressions-location <file>  default: the nearest looplens-suppressions.json up to the
                               project's root

Cache
      --no-cache
      --cache-location <file>

Exit codes: 0 nothing at error level, 1 findings, 2 the work could not be done.
`,
  'zh-cn': `looplens lint [路径…] [选项]

找出阻塞或破坏 Node.js 事件循环的代码。路径（文件、文件夹、glob；默认当前目录）决定报告哪些
文件；分析的始终是它们所在的整个项目，因为只有知道谁调用一个函数，才知道它会造成什么影响。
项目是最近的这样一个文件夹：配置中写有 "root": true，或声明了工作区，或是 Git 仓库。

配置
  -c, --config <文件>          使用这份配置，而不是文件旁边找到的配置
      --no-config-lookup       不使用任何配置文件
      --rule <id:级别>         设置一条规则，优先于所有配置；可重复
      --print-config <文件>    同 print-config 命令

文件
      --changed[=<ref>]        报告位于改动过的文件中、或由改动引起的问题：与 HEAD 比较，或与
                               HEAD 离开 <ref> 时的提交比较
      --since <提交>           同 --changed，只与这个提交比较
      --staged                 同 --changed，针对 Git 暂存区，并按暂存区中的内容分析
      --ignore-pattern <glob>  排除文件，写法同 .gitignore；可重复
      --no-ignore              连 .gitignore 和 ignorePatterns 排除的文件也读取
      --stdin                  从标准输入读取一个文件
      --stdin-filename <路径>  它的文件名
      --shard <k/n>            把文件分成 n 份，只报告第 k 份
      --facts <glob>           读取 "looplens facts" 写入的文件；可重复
      --list-files             列出会被报告的文件，然后结束
      --pass-on-no-patterns    没有路径时什么也不做，而不是检查当前目录
      --no-error-on-unmatched-pattern  路径没有匹配到任何文件时不算错误

报告哪些问题
      --only <规则名,…>        只报告这些规则；可重复
      --severity <级别>        error、warn 或 info（默认）：报告的最低级别
      --quiet                  同 --severity error
      --confidence <程度>      certain、likely（默认）或 possible：报告的最低置信度

输出
  -f, --format <名称[:文件]>   ${formats.slice(0, 56).replace(/, [^,]*$/, ',')}
                               ${formats.slice(formats.slice(0, 56).lastIndexOf(',') + 2)}；
                               可重复，其中至多一个不带文件（默认 stylish；在 GitHub Actions
                               中为 github，由智能体运行时为 agent）
  -o, --output-file <文件>     把报告写入文件；摘要仍输出到标准错误
      --all                    显示每个问题，而不是只详列影响最大的原因、其余各占一行
      --sort <顺序>            impact（默认：代价最大的在前）或 file
      --color, --no-color      是否使用颜色
      --stats                  在标准错误上显示各阶段耗时
      --timing                 在标准错误上显示每条规则的耗时
      --debug                  比 --stats 更详细

结果
      --max-warnings <n>       警告超过 n 个时退出码为 1（默认 -1，不限）
      --fix                    应用安全的修复
      --fix-suggestions        同时应用修改建议
      --fix-dry-run            同 --fix，但不写文件：报告显示修复后还剩什么
      --diff                   同 --fix，但只打印改动，不写文件
      --watch                  文件变化时重新检查
      --suppress-all           把现有的全部问题记入基线
      --suppress-rule <规则名> 把某条规则的问题记入基线；可重复
      --prune-suppressions     从基线中删去已不存在的问题
      --suppressions-location <文件>  默认：从当前目录到项目根目录，最近的 looplens-suppressions.json

缓存
      --no-cache               不使用缓存
      --cache-location <文件>  缓存文件的位置

退出码：0 没有错误级别的问题，1 发现问题，2 未能完成。
`,
};
