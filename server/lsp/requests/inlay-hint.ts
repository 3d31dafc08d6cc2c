import { ResponseError, type CancellationToken, type InlayHint, type InlayHintParams } from 'vscode-languageserver/node';
import { labelText } from '../../core/hazards/label-words.ts';
import { message } from '../../core/hazards/messages.ts';
import { phaseNames } from '../../core/node/hover.ts';
import type { Timeline } from '../../core/order/timeline.ts';
import type { Session } from '../session.ts';
import { serverTexts } from '../texts.ts';
import { explainDocument } from './explain.ts';

/** What a hint may cost, in steps and not in time, so that the same text has the same hints on a busy machine. */
const hintBudget = { steps: 100_000, runs: 50 };
/** More numbers at one line say nothing. */
const stepsAtLine = 5;

/**
 * `textDocument/inlayHint`: at the end of the line of each step of the function at the cursor (of the file, where the cursor is in
 * none or the client does not say where it is), when it runs. Only where the settings ask for it.
 */
export async function inlayHint(session: Session, params: InlayHintParams, token: CancellationToken): Promise<InlayHint[]> {
  const { uri } = params.textDocument;
  const document = session.document(uri);
  if (!session.settings.inlayHints || !document) return [];
  const { version } = document;
  // Nobody asked for a hint by name: one that cannot be had, or takes long, is none.
  const timeline = await explainDocument(session, { textDocument: { uri }, position: session.cursor(uri) }, hintBudget).catch(error => (error instanceof ResponseError ? null : Promise.reject(error)));
  if (!timeline) return [];
  if (token.isCancellationRequested || document.version !== version) return [];
  return [...stepsByLine(timeline, uri)]
    .filter(([line]) => line >= params.range.start.line && line <= params.range.end.line)
    .map(([line, steps]) => {
      const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
      const shown = steps.slice(0, stepsAtLine);
      return {
        position: { line, character: text.replace(/[\r\n]{1,2}$/, '').length },
        label: `${shown.map(({ id }) => `#${id}`).join(' ')}${steps.length > stepsAtLine ? ' …' : ''}`,
        tooltip: shown.map(({ id, label, phase }) => message(serverTexts, 'stepHintTip', session.locale, { id, label: labelText(label, session.locale), phase: phaseNames[phase] })).join('\n'),
        paddingLeft: true,
      };
    });
}

/** Steps of a file by the 0-based line at which they start, in order. */
function stepsByLine(timeline: Timeline, uri: string): Map<number, Timeline['steps'][number][]> {
  const lines = new Map<number, Timeline['steps'][number][]>();
  for (const step of timeline.steps) {
    if (step.location.file !== uri) continue;
    const line = step.location.line - 1;
    const list = lines.get(line);
    if (list) list.push(step);
    else lines.set(line, [step]);
  }
  return lines;
}
