import type { StepAction } from '../../server/core/order/timeline.ts';
import { message } from './strings.ts';

/** What a step does, as a line: `await pool.query()`, `⚠ JSON.parse() blocks the event loop`. */
export function actionLine({ kind, text, cost }: StepAction): string {
  if (kind === 'awaits') return message('action.awaits', { text });
  if (kind === 'throws' || kind === 'returns') return message(`action.${kind}`, { text }).trimEnd();
  if (kind === 'blocks') return message(cost === undefined ? 'action.blocks' : 'action.blocksFor', { text, cost: cost ?? '' });
  return text;
}

/** Several, shortened in the middle. */
export function actionLines(actions: readonly StepAction[]): string {
  const lines = actions.map(actionLine);
  return (lines.length <= 4 ? lines : [...lines.slice(0, 2), '…', lines.at(-1)!]).join(' · ');
}
