import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { Outcome, Timeline } from '../../core/order/timeline.ts';
import { oneLine } from '../../core/text/one-line.ts';
import { renderTimelineText } from '../../core/report/timeline-text.ts';
import { defaultBudget, explainInWorker, renameFiles, type ExplainRequest } from '../../host/explain-host.ts';
import { findFiles } from '../../host/find-files.ts';
import { majorOf, nodeOfFolder } from '../../host/node-version.ts';
import { readText, sourceLimit } from '../../host/read-file.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { say } from '../messages.ts';

const mark = 'looplens-expect-order:';
/** What a comment may begin with before the mark. */
const openings: ReadonlySet<string> = new Set(['//', '/*', '/**', '*']);

/** What a file promises to print, line by line; null where it promises nothing. A `.order` file beside it wins over a comment. */
export function expectedOrder(path: string, text: string): readonly string[] | null {
  const beside = `${path}.order`;
  if (existsSync(beside)) return (readText(beside, 'walked', sourceLimit) ?? '').replace(/\r?\n$/, '').split(/\r?\n/);
  for (const line of text.includes(mark) ? text.split(/\r?\n/) : []) {
    const at = line.indexOf(mark);
    if (at < 0 || !openings.has(line.slice(0, at).trim())) continue;
    const list = line.slice(at + mark.length).trim();
    return (list.endsWith('*/') ? list.slice(0, -2) : list).split(',').map(item => item.trim());
  }
  return null;
}

/**
 * `looplens explain --check [paths…]`: compares what each program that promises an order can print with that promise.
 * @returns the exit code: 1 where a promised order is not the only one, or cannot be shown to be
 */
export async function checkOrders(paths: readonly string[], request: Omit<ExplainRequest, 'file' | 'at' | 'entryPoint'>, nodeFlag: boolean, io: Io, worker: URL): Promise<number> {
  const found = findFiles(paths.length > 0 ? paths : ['.'], { cwd: io.cwd });
  for (const { path, message } of found.problems) io.stderr.write(`looplens: ${path}: ${message}\n`);
  let checked = 0;
  let failed = 0;
  for (const path of found.sources) {
    const text = readText(path, found.named.has(path) ? 'named' : 'walked', sourceLimit);
    const expected = text === null ? null : expectedOrder(path, text);
    if (expected === null) continue;
    checked++;
    const name = oneLine(relative(io.cwd, path).replaceAll('\\', '/'));
    const node = nodeFlag ? request.node : majorOf(nodeOfFolder(dirname(path)).version);
    const ask = (stepsOf?: number): Promise<Timeline> => explainInWorker({ ...request, node, file: resolve(path), at: null, entryPoint: null, budget: request.budget ?? defaultBudget, ...(stepsOf === undefined ? {} : { stepsOf }) }, worker);
    const timeline = await ask();
    const wrong = timeline.outcomes.findIndex(outcome => !prints(outcome, expected));
    if (wrong >= 0) {
      failed++;
      const shown = wrong === 0 ? timeline : await ask(wrong);
      io.stdout.write(`${say('orderBroken', { name, expected: expected.join(', '), actual: oneLine(lines(timeline.outcomes[wrong]!).join(', ')) })[io.locale]}\n\n${renderTimelineText(renameFiles(shown, file => relative(io.cwd, file).replaceAll('\\', '/')), undefined, io.locale)}\n`);
    } else if (!timeline.complete) {
      failed++;
      io.stdout.write(`${say('orderUnproven', { name, reasons: oneLine(timeline.incompleteBecause.join('; ')) })[io.locale]}\n`);
    } else {
      io.stdout.write(`${say('orderKept', { name })[io.locale]}\n`);
    }
  }
  io.stdout.write(`${say('ordersChecked', { checked, failed })[io.locale]}\n`);
  if (found.problems.length > 0) return exitCode.failure;
  return failed > 0 ? exitCode.findings : exitCode.ok;
}

function lines({ output }: Outcome): readonly string[] {
  return output.map(({ text }) => text);
}

/** A line that holds an unknown value is no match: what it says is not known. */
function prints(outcome: Outcome, expected: readonly string[]): boolean {
  return outcome.output.length === expected.length && outcome.output.every(({ text, exact }, index) => exact && text === expected[index]);
}
