import type { MessageTable } from '../core/hazards/messages.ts';
import type { HoverTexts } from '../core/node/hover.ts';

/** What the server says itself; messages of findings belong to their rules. */
export const serverTexts = {
  scanning: { en: 'Looplens: reading the workspace', 'zh-cn': 'Looplens：正在读取工作区' },
  scanned: { en: '{done} of {total} files', 'zh-cn': '{done} / {total} 个文件' },
  logStarted: { en: 'Looplens {version} on Node.js {node} ({platform}); folders: {folders}', 'zh-cn': 'Looplens {version}，运行于 Node.js {node}（{platform}）；文件夹：{folders}' },
  logScanned: { en: '{root}: {files} files read in {ms} ms', 'zh-cn': '{root}：读取 {files} 个文件，用时 {ms} 毫秒' },
  logAnswered: { en: '{root}: {findings} findings in {files} files, {ms} ms', 'zh-cn': '{root}：{files} 个文件中有 {findings} 个问题，用时 {ms} 毫秒' },
  logSlow: { en: '{root}: an analysis took {ms} ms. "ignorePatterns" leaves out what need not be read; "looplens lint --stats" says where the time goes.', 'zh-cn': '{root}：一次分析用时 {ms} 毫秒。可用 "ignorePatterns" 排除不必读取的文件；"looplens lint --stats" 显示各阶段耗时。' },
  none: { en: 'none', 'zh-cn': '无' },
  accepted: { en: '{message} (In the baseline.)', 'zh-cn': '{message}（已记入基线。）' },
  leftAside: { en: '{path} {reason}; it counts as absent', 'zh-cn': '{path} {reason}；按不存在处理' },
  fault: { en: 'Looplens failed in a part of its work ({part}); everything else goes on. Its output says what to report.', 'zh-cn': 'Looplens 的一部分工作失败（{part}），其余照常进行。详情与上报方式见输出。' },
  failed: { en: 'Looplens itself failed: {error}', 'zh-cn': 'Looplens 自身出错：{error}' },
  fix: { en: '{title} ({rule})', 'zh-cn': '{title}（{rule}）' },
  fixAllOfRule: { en: 'Fix all {rule} problems in this file', 'zh-cn': '修复此文件中所有 {rule} 问题' },
  fixAll: { en: 'Fix all safely fixable Looplens problems', 'zh-cn': '修复所有可安全修复的 Looplens 问题' },
  disableLine: { en: 'Disable {rule} for this line, with a reason', 'zh-cn': '对此行禁用 {rule}（附理由）' },
  disableFile: { en: 'Disable {rule} for this file, with a reason', 'zh-cn': '对此文件禁用 {rule}（附理由）' },
  reason: { en: 'say why', 'zh-cn': '请说明理由' },
  showRule: { en: 'Show documentation of {rule}', 'zh-cn': '显示 {rule} 的文档' },
  explain: { en: 'Explain the execution order here', 'zh-cn': '解释此处的执行顺序' },
  reachedFrom: { en: '**Reached from a running server:**', 'zh-cn': '**从运行中的服务到达此处：**' },
  confidence: { en: 'Confidence: {confidence}. Role: {role}.', 'zh-cn': '置信度：{confidence}。角色：{role}。' },
  notReady: { en: 'the execution order cannot be explained: {error}', 'zh-cn': '无法解释执行顺序：{error}' },
  notASource: { en: 'only JavaScript and TypeScript files can be explained', 'zh-cn': '只能解释 JavaScript 和 TypeScript 文件' },
  unknownNode: { en: 'Node.js {node} is not modelled; 18, 20, 22, 24 and 26 are', 'zh-cn': '没有 Node.js {node} 的模型；可用：18、20、22、24、26' },
  stepHintTip: { en: 'Step {id}: {label}, in {phase}', 'zh-cn': '第 {id} 步：{label}，位于 {phase}' },
} as const satisfies MessageTable;

export const chineseHoverTexts: HoverTexts = {
  blocks: '**阻塞事件循环**：返回之前，此线程上不会运行任何其他代码。',
  blocksWhen: '当 `{0}` 为 `{1}` 时**阻塞事件循环**。',
  blocksWithoutCallback: '不传回调时**阻塞事件循环**。',
  threadPool: '其工作由**线程池**完成（除非设置了 `UV_THREADPOOL_SIZE`，否则为四个线程）。',
  asynchronous: '不阻塞：工作在 JavaScript 之外继续进行。',
  onlyQueues: '不阻塞，也不启动任何工作：只是把回调放进队列。',
  callsBackNow: '在返回之前调用其回调。',
  callsBackIn: '回调运行于：**{0}**。',
  callsBackManyTimes: '可能多次回调。',
  settlesIn: '敲定（settle）于：**{0}**；其后续代码随即在微任务队列中运行。',
  insteadPromise: '替代方案：`await {0}(…)`',
  insteadCallback: '替代方案：`{0}(…, callback)`',
  since: '自版本 {0} 起。',
  until: '到版本 {0} 为止。',
  source: '来源：{0}',
};
