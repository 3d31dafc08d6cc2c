import type { Locale } from './messages.ts';

// Labels of entries and steps are English phrases that the graph, the framework models and the rules make of a fixed vocabulary and of
// names in the program: `GET /report handler`, `calls loadReport`, `connection listener of wss`. A label also serves to recognise an
// entry, so it is put into another language only where it is shown.

/** Phrases with names in them. The names stay, phrases are translated again. */
const sentences: readonly (readonly [pattern: RegExp, text: (part: (index: number) => string, phrase: (index: number) => string) => string])[] = [
  [/^calls (.+)$/s, part => `调用 ${part(1)}`],
  [/^constructs (.+)$/s, part => `构造 ${part(1)}`],
  [/^hands (.+) to (\S+\(\))$/s, part => `把 ${part(1)} 交给 ${part(2)}`],
  [/^(\S+\(\)) calls back$/s, part => `${part(1)} 的回调`],
  [/^request handler of (.+)$/s, part => `${part(1)} 的请求处理函数`],
  [/^request handler (\S+)$/s, part => `请求处理函数 ${part(1)}`],
  [/^middleware of (.+)$/s, part => `${part(1)} 的中间件`],
  [/^callback (\S+)$/s, part => `回调 ${part(1)}`],
  [/^(.+) settles$/s, part => `${part(1)} 完成`],
  [/^handler continues$/s, () => '处理函数继续执行'],
  [/^the error of (.+)$/s, part => `${part(1)} 的错误`],
  [/^(.+) continues$/s, part => `${part(1)} 继续执行`],
  [/^await at line (\d+)$/s, part => `第 ${part(1)} 行的 await`],
  [/^(.+) \(line (\d+)\)$/s, (part, phrase) => `${phrase(1)}（第 ${part(2)} 行）`],
  [/^callback of (.+)$/s, part => `${part(1)} 的回调`],
  [/^answer to (.+)$/s, part => `对 ${part(1)} 的应答`],
  [/^(.+ (?:listener|consumer|hook)) of the server$/s, (_part, phrase) => `服务器的 ${phrase(1)}`],
  [/^(.+ (?:listener|consumer|hook)) of (.+)$/s, (part, phrase) => `${part(2)} 的 ${phrase(1)}`],
];

/** What stands at the end of a label; longer phrases first. */
const endings: readonly (readonly [english: string, chinese: string])[] = (
  [
    ['main script', '主脚本'],
    ['process message listener', 'process 的 message 监听器'],
    ['HTTP request listener', 'HTTP 请求监听器'],
    ['request handler', '请求处理函数'],
    ['route handler', '路由处理函数'],
    ['error handler', '错误处理函数'],
    ['event handler', '事件处理函数'],
    ['not-found handler', 'not-found 处理函数'],
    ['uncaught exception callback', '未捕获异常的回调'],
    ['exception filter', '异常过滤器'],
    ['request logger', '请求日志'],
    ['job processor', '作业处理器'],
    ['scheduled task', '定时任务'],
    ['scheduled function', '定时函数'],
    ['cron job', 'cron 任务'],
    ['queue worker', '队列 worker'],
    ['queued function', '排队的函数'],
    ['limited function', '受限流的函数'],
    ['remote function', '远程函数'],
    ['batch function', '批处理函数'],
    ['worker thread', 'worker 线程'],
    ['forked process', 'fork 出来的进程'],
    ['file watcher', '文件监视器'],
    ['credentials check', '凭据校验'],
    ['server action', '服务器操作'],
    ['handler', '处理函数'],
    ['middleware', '中间件'],
    ['listener', '监听器'],
    ['callback', '回调'],
    ['hook', '钩子'],
    ['function', '函数'],
    ['plugin', '插件'],
    ['extension', '扩展'],
    ['resolver', '解析器'],
    ['parser', '解析器'],
    ['validator', '校验器'],
    ['processor', '处理器'],
    ['subscriber', '订阅者'],
    ['consumer', '消费者'],
    ['transform', '转换'],
    ['migration', '迁移'],
    ['command', '命令'],
    ['action', '操作'],
    ['task', '任务'],
    ['job', '任务'],
    ['mock', 'mock'],
    ['loop', '循环'],
    ['allocation', '分配'],
  ] as const
).map(pair => pair).sort(([a], [b]) => b.length - a.length);

/** A label as people read it in a language. Names and code in it stay as they are. */
export function labelText(label: string, locale: Locale): string {
  if (locale === 'en' || label === '') return label;
  if (label.includes(' · ')) return label.split(' · ').map(part => labelText(part, locale)).join(' · ');
  for (const [pattern, text] of sentences) {
    const match = pattern.exec(label);
    if (match) return text(index => match[index]!, index => labelText(match[index]!, locale));
  }
  for (const [english, chinese] of endings) {
    if (label === english) return chinese;
    if (label.endsWith(` ${english}`)) return `${label.slice(0, -english.length - 1)} ${chinese}`;
  }
  return label;
}
