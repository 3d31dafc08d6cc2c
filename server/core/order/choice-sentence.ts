/** A sentence in each language that explanations are given in; `$1`… stand for what the pattern found, `$a` for the answer. */
export interface Sentence {
  readonly en: string;
  readonly 'zh-cn': string;
}

/** One way to say a decision with its answer. */
interface Form {
  readonly why: RegExp;
  readonly answers: readonly (readonly [answer: RegExp, sentence: Sentence])[];
}

const any = /./;
const no = /^no$/;
const say = (en: string, chinese: string): Sentence => ({ en, 'zh-cn': chinese });
const yesOrNo = (yes: Sentence, not: Sentence): Form['answers'] => [[/^no$|falsy/, not], [any, yes]];
const opposite: Readonly<Record<string, string>> = { '===': '!==', '!==': '===', '==': '!=', '!=': '==', '<': '>=', '>=': '<', '>': '<=', '<=': '>' };
/** A name that says by itself that its value is true or false. */
const question = String.raw`(?:[\w$#\[\]'.]*\.)?(?:is|has|can|should|was|are|did|does|must|valid|enabled|disabled|ok|success|found|match|allowed|exists)(?:[A-Z]\w*)?(?:\([^()]*\))?`;
/** A variable or a member of one. */
const plain = String.raw`[\w$#][\w$#\[\]'.]*`;

const forms: readonly Form[] = [
  { why: /^whether (.+) is due when the loop gets to its timers$/, answers: [[/^not due yet$|^it is not due/, say('$1 is not due yet when the loop gets to its timers', '事件循环到达 timers 阶段时 $1 尚未到期')], [any, say('$1 is already due when the loop gets to its timers', '事件循环到达 timers 阶段时 $1 已经到期')]] },
  { why: /^whether (.+) is due (when .+|in .+)$/, answers: [[/^not due yet$|^it is not due/, say('$1 is not due yet $2', '$1 尚未到期（$2）')], [any, say('$1 is already due $2', '$1 已经到期（$2）')]] },
  { why: /^whether (.+) is complete when the loop polls$/, answers: [[/^none of them yet$/, say('$1 is not complete when the loop polls', '事件循环进入 poll 阶段时 $1 尚未完成')], [any, say('$1 is complete when the loop polls', '事件循环进入 poll 阶段时 $1 已经完成')]] },
  { why: /^which completes first: (.+)$/, answers: [[/^none of them yet$/, say('none of $1 is complete yet', '$1 都尚未完成')], [any, say('$a completes first', '$a 最先完成')]] },
  { why: /^which timer is due first, (.+)$/, answers: [[any, say('$a is due first', '$a 最先到期')]] },
  { why: /^whether (.+) succeeds$/, answers: [[/fails/, say('$1 fails', '$1 失败')], [any, say('$1 succeeds', '$1 成功')]] },
  { why: /^whether (.+) exists$/, answers: [[/not/, say('$1 does not exist', '$1 不存在')], [any, say('$1 exists', '$1 存在')]] },
  { why: /^whether (.+) responds$/, answers: [[/fails/, say('the request to $1 fails', '对 $1 的请求失败')], [any, say('$1 responds', '$1 有响应')]] },
  { why: /^whether (.+) resolves$/, answers: [[/not/, say('$1 does not resolve', '$1 无法解析')], [any, say('$1 resolves', '$1 可以解析')]] },
  { why: /^whether (.+) is set$/, answers: [[/not/, say('$1 is not set', '$1 未设置')], [any, say('$1 is set', '$1 已设置')]] },
  { why: new RegExp(`^whether (${plain})\\.(?:length|size) is truthy$`), answers: yesOrNo(say('$1 is not empty', '$1 不为空'), say('$1 is empty', '$1 为空')) },
  { why: new RegExp(`^whether (${plain})\\.(?:length|size) (?:===?|<=) 0$`), answers: yesOrNo(say('$1 is empty', '$1 为空'), say('$1 is not empty', '$1 不为空')) },
  { why: new RegExp(`^whether (${plain})\\.(?:length|size) (?:!==?|>) 0$`), answers: yesOrNo(say('$1 is not empty', '$1 不为空'), say('$1 is empty', '$1 为空')) },
  { why: new RegExp(`^whether (${question}) is truthy$`), answers: yesOrNo(say('$1 is true', '$1 为真'), say('$1 is false', '$1 为假')) },
  { why: new RegExp(`^whether (process\\.env\\.\\w+) is truthy$`), answers: yesOrNo(say('$1 is set', '$1 已设置'), say('$1 is not set', '$1 未设置')) },
  { why: new RegExp(`^whether ((?:req|request|ctx|event)\\.${plain}) is truthy$`), answers: yesOrNo(say('$1 is given', '给出了 $1'), say('$1 is missing', '缺少 $1')) },
  { why: new RegExp(`^whether (${plain}) is truthy$`), answers: yesOrNo(say('$1 exists', '$1 存在'), say('$1 does not exist', '$1 不存在')) },
  { why: /^whether (.+) is truthy$/, answers: yesOrNo(say('$1 is truthy', '$1 为真值'), say('$1 is falsy', '$1 为假值')) },
  { why: /^whether (.+) is null or undefined$/, answers: [[/has a value/, say('$1 has a value', '$1 有值')], [any, say('$1 is null or undefined', '$1 为 null 或 undefined')]] },
  { why: /^whether (.+) accepts the connection$/, answers: [[/not/, say('$1 does not accept the connection', '$1 不接受连接')], [any, say('$1 accepts the connection', '$1 接受连接')]] },
  { why: /^whether (.+) reads (.+) together with what came before it$/, answers: [[/^one/, say('$1 reads $2 by itself', '$1 单独读到 $2')], [any, say('$1 reads $2 together with what came before it', '$1 把 $2 与之前的数据一起读到')]] },
  { why: /^whether V8 has a task of its own.*$/, answers: [[/none/, say('V8 has no task of its own for the loop', 'V8 没有自己的任务交给事件循环')], [any, say('V8 has a task of its own for the loop', 'V8 有自己的任务交给事件循环')]] },
  { why: /^when (.+) calls its callback$/, answers: [[/not at all/, say('$1 never calls its callback', '$1 从不调用其回调')], [/at once/, say('$1 calls its callback at once', '$1 立即调用其回调')], [any, say('$1 calls its callback later', '$1 稍后调用其回调')]] },
  { why: /^when (.+) settles$/, answers: [[/at once/, say('$1 settles at once', '$1 立即完成')], [any, say('$1 settles in a later poll phase', '$1 在之后的 poll 阶段完成')]] },
  { why: /^how the writes of one turn are sent$/, answers: [[/one chunk/, say('the writes of one turn are sent as one chunk', '同一轮中的写入合为一块发送')], [any, say('each write is sent by itself', '每次写入单独发送')]] },
  { why: /^how many elements (.+) has$/, answers: [[/none/, say('$1 is empty', '$1 为空')], [/one/, say('$1 has one element', '$1 有一个元素')], [any, say('$1 has two elements', '$1 有两个元素')]] },
  { why: /^which case (.+) selects$/, answers: [[/^not/, say('$1 selects another case', '$1 选择另一个 case')], [any, say('$1 selects this case', '$1 选择这个 case')]] },
  { why: /^in which order (.+) write$/, answers: [[any, say('$1 write in this order: $a', '$1 按此顺序写出：$a')]] },
  { why: /^whether ('[^']*'|[\w$.]+) in (.+)$/, answers: yesOrNo(say('$1 is in $2', '$2 中有 $1'), say('$1 is not in $2', '$2 中没有 $1')) },
  { why: /^whether (.+) instanceof (.+)$/, answers: yesOrNo(say('$1 is a $2', '$1 是 $2'), say('$1 is no $2', '$1 不是 $2')) },
  { why: /^whether (.+)$/, answers: [[no, say('$1 is false', '$1 为假')], [/^yes$/, say('$1', '$1')], [any, say('$a', '$a')]] },
];

/** `a === b` that does not hold is `a !== b`. */
function comparison(why: string, answer: string): string | null {
  const [, left, operator, right] = /^whether ([^&|?]+?) ([=!]==?|[<>]=?) ([^&|?]+)$/.exec(why) ?? [];
  if (left === undefined || !(answer === 'no' || answer === 'yes') || /\.(?:length|size)$/.test(left) && right === '0') return null;
  return `${left} ${answer === 'yes' ? operator : opposite[operator!]} ${right}`;
}

/**
 * A decision and its answer as the rest of a sentence that begins with "if": `fs.readFile (line 3) completes first`.
 * @param why the decision, as `Decision.why`
 * @param answer the alternative that was taken
 */
export function choiceSentence(why: string, answer: string, locale: keyof Sentence = 'en'): string {
  const compared = comparison(why, answer);
  if (compared !== null) return compared;
  for (const form of forms) {
    const found = form.why.exec(why);
    if (!found) continue;
    const sentence = form.answers.find(([pattern]) => pattern.test(answer))?.[1][locale] ?? '';
    if (sentence !== '') return sentence.replace(/\$(\d|a)/g, (_, name: string) => (name === 'a' ? answer : found[Number(name)] ?? ''));
  }
  return `${why}: ${answer}`;
}
