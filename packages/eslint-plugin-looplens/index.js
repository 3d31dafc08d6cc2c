import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';

// ESLint's rules are synchronous and see one file; Looplens is asynchronous and sees the project. One worker thread holds the
// analysis, and the first rule that asks for a file waits for its findings.

/** @type {readonly { id: string, title: string, severity: 'error' | 'warn' | 'info' | 'off', category: string }[]} */
const rules = JSON.parse(readFileSync(new URL('./rules.json', import.meta.url), 'utf8'));
const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));

/** How long one analysis may take, ms; a worker that has died would be waited for without end otherwise. */
const patienceMs = 10 * 60_000;

/** @type {{ port: import('node:worker_threads').MessagePort, signal: Int32Array } | null} */
let connection = null;

function connect() {
  if (connection) return connection;
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(createRequire(import.meta.url).resolve('looplens/eslint-worker'), { workerData: { signal, port: port2 }, transferList: [port2], stderr: false });
  // Neither may keep ESLint alive when its work is done.
  worker.unref();
  port1.unref();
  return (connection = { port: port1, signal });
}

/**
 * The findings of a file as it is in the editor.
 * @returns {{ findings: readonly Finding[], problem: string | null }}
 */
function ask(request) {
  const { port, signal } = connect();
  Atomics.store(signal, 0, 0);
  port.postMessage(request);
  Atomics.wait(signal, 0, 0, patienceMs);
  const answer = receiveMessageOnPort(port)?.message;
  if (answer) return answer;
  connection = null;
  return { findings: [], problem: `no answer within ${patienceMs / 60_000} minutes` };
}

/**
 * @typedef {{ rule: string, message: string, start: number, end: number, fixes: readonly { title: string, edits: readonly { start: number, end: number, text: string }[] }[] }} Finding
 */

/** Findings by source code object: all rules of one run over a file share one answer. @type {WeakMap<object, ReturnType<typeof ask>>} */
const answers = new WeakMap();

function answerFor(context) {
  const { sourceCode } = context;
  let answer = answers.get(sourceCode);
  if (!answer) {
    const { confidence = 'likely' } = context.settings.looplens ?? {};
    // A byte order mark is no part of ESLint's text, and of Looplens's offsets.
    const text = sourceCode.hasBOM ? `\uFEFF${sourceCode.text}` : sourceCode.text;
    answers.set(sourceCode, (answer = ask({ cwd: context.cwd, file: context.physicalFilename, text, confidence })));
    answer = { ...answer, first: true };
  }
  return answer;
}

function createRule({ id, title, category }) {
  return {
    meta: {
      type: category === 'blocking' || category === 'cpu' ? 'suggestion' : 'problem',
      docs: { description: title, url: `https://github.com/looplens/looplens/blob/v${version}/server/core/hazards/rules/${id}.md` },
      hasSuggestions: true,
      schema: [],
    },
    create(context) {
      return {
        'Program:exit'(program) {
          const { findings, problem, first } = answerFor(context);
          // Told once a file: silence would say that there is nothing to find.
          if (problem !== null && first) context.report({ node: program, message: 'Looplens could not analyse the project: {{problem}}', data: { problem } });
          const shift = context.sourceCode.hasBOM ? 1 : 0;
          for (const finding of findings) {
            if (finding.rule !== id) continue;
            const at = offset => context.sourceCode.getLocFromIndex(Math.max(0, Math.min(offset - shift, context.sourceCode.text.length)));
            context.report({
              loc: { start: at(finding.start), end: at(finding.end) },
              // Not a template: braces in a message are text.
              message: '{{text}}',
              data: { text: finding.message },
              suggest: finding.fixes.map(({ title: desc, edits }) => ({ desc, fix: fixer => edits.map(({ start, end, text }) => fixer.replaceTextRange([start - shift, end - shift], text)) })),
            });
          }
        },
      };
    },
  };
}

const plugin = {
  meta: { name: 'eslint-plugin-looplens', version, namespace: 'looplens' },
  rules: Object.fromEntries(rules.map(rule => [rule.id, createRule(rule)])),
  configs: {},
};

const levels = { error: 'error', warn: 'warn', info: 'warn' };
plugin.configs.recommended = {
  name: 'looplens/recommended',
  plugins: { looplens: plugin },
  rules: Object.fromEntries(rules.filter(({ severity }) => severity !== 'off').map(({ id, severity }) => [`looplens/${id}`, levels[severity]])),
};

export default plugin;
