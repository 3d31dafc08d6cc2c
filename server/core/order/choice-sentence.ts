/** One way to say a decision with its answer; `$1`… stand for what the pattern found in the decision, `$a` for the answer. */
interface Form {
  readonly why: RegExp;
  readonly answers: readonly (readonly [answer: RegExp, sentence: string])[];
}

const forms: readonly Form[] = [
  { why: /^whether (.+) is due (when .+|in .+)$/, answers: [[/^not due yet$|^it is not due/, '$1 is not due yet $2'], [/./, '$1 is already due $2']] },
  { why: /^whether (.+) is complete (when the loop polls)$/, answers: [[/^none of them yet$/, '$1 is not complete $2'], [/./, '$1 is complete $2']] },
  { why: /^which completes first: (.+)$/, answers: [[/^none of them yet$/, 'none of $1 is complete yet'], [/./, '$a completes first']] },
  { why: /^which timer is due first, (.+)$/, answers: [[/./, '$a is due first']] },
  { why: /^whether (.+) succeeds$/, answers: [[/fails/, '$1 fails'], [/./, '$1 succeeds']] },
  { why: /^whether (.+) exists$/, answers: [[/not/, '$1 does not exist'], [/./, '$1 exists']] },
  { why: /^whether (.+) responds$/, answers: [[/fails/, 'the request to $1 fails'], [/./, '$1 responds']] },
  { why: /^whether (.+) resolves$/, answers: [[/not/, '$1 does not resolve'], [/./, '$1 resolves']] },
  { why: /^whether (.+) is set$/, answers: [[/not/, '$1 is not set'], [/./, '$1 is set']] },
  { why: /^whether (.+) is truthy$/, answers: [[/falsy/, '$1 is falsy'], [/./, '$1 is truthy']] },
  { why: /^whether (.+) is null or undefined$/, answers: [[/has a value/, '$1 has a value'], [/./, '$1 is null or undefined']] },
  { why: /^whether (.+) accepts the connection$/, answers: [[/not/, '$1 does not accept the connection'], [/./, '$1 accepts the connection']] },
  { why: /^whether (.+) reads (.+) together with what came before it$/, answers: [[/^one/, '$1 reads $2 by itself'], [/./, '$1 reads $2 together with what came before it']] },
  { why: /^whether V8 has a task of its own.*$/, answers: [[/none/, 'V8 has no task of its own for the loop'], [/./, 'V8 has a task of its own for the loop']] },
  { why: /^when (.+) calls its callback$/, answers: [[/not at all/, '$1 never calls its callback'], [/at once/, '$1 calls its callback at once'], [/./, '$1 calls its callback later']] },
  { why: /^when (.+) settles$/, answers: [[/at once/, '$1 settles at once'], [/./, '$1 settles in a later poll phase']] },
  { why: /^how the writes of one turn are sent$/, answers: [[/one chunk/, 'the writes of one turn are sent as one chunk'], [/./, 'each write is sent by itself']] },
  { why: /^how many elements (.+) has$/, answers: [[/none/, '$1 is empty'], [/one/, '$1 has one element'], [/./, '$1 has two elements']] },
  { why: /^which case (.+) selects$/, answers: [[/^not/, '$1 selects another case'], [/./, '$1 selects this case']] },
  { why: /^in which order (.+) write$/, answers: [[/./, '$1 write in this order: $a']] },
  { why: /^whether (.+)$/, answers: [[/^no$/, '$1 is false'], [/^yes$/, '$1'], [/./, '$a']] },
];

/**
 * A decision and its answer as the rest of a sentence that begins with "if": `fs.readFile (line 3) completes first`.
 * @param why the decision, as `Decision.why`
 * @param answer the alternative that was taken
 */
export function choiceSentence(why: string, answer: string): string {
  for (const form of forms) {
    const found = form.why.exec(why);
    if (!found) continue;
    const [, sentence = ''] = form.answers.find(([pattern]) => pattern.test(answer)) ?? [];
    if (sentence !== '') return sentence.replace(/\$(\d|a)/g, (_, name: string) => (name === 'a' ? answer : found[Number(name)] ?? ''));
  }
  return `${why}: ${answer}`;
}
