import { plainJson } from '../text/one-line.ts';
import type { Timeline } from '../order/timeline.ts';

/** The timeline as the JSON text of `looplens explain --format json`, with a newline at the end. */
export function renderTimelineJson(timeline: Timeline): string {
  const { schemaVersion, file, title, module, node, complete, incompleteBecause, assumptions, outcomes, steps, order, handlers } = timeline;
  return plainJson({ schemaVersion, file, title, module, node, complete, incompleteBecause, assumptions, outcomes, steps, order, handlers });
}
