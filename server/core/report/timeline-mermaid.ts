import type { Timeline } from '../order/timeline.ts';
import { groupTitle, outputText, phaseGroups, placeText } from './timeline-words.ts';

/**
 * The timeline as a Mermaid flowchart: one subgraph per iteration and phase, solid arrows in the order of the likeliest
 * run, dotted arrows from who scheduled a step, and a two-headed arrow with the reason where the order is open.
 */
export function renderTimelineMermaid(timeline: Timeline): string {
  const lines = ['flowchart TD'];
  phaseGroups(timeline.steps).forEach((group, index) => {
    lines.push(`  subgraph g${index + 1}["${escape(groupTitle(group))}"]`);
    for (const step of group.steps) {
      const text = [`${step.id}. ${step.label} (${placeText(timeline, step.location)})`, ...step.output.map(line => `→ ${outputText(line)}`)].map(escape).join('<br>');
      lines.push(step.certainty === 'always' ? `    s${step.id}["${text}"]` : `    s${step.id}(["${text}"])`);
    }
    lines.push('  end');
  });
  timeline.steps.forEach((step, index) => {
    const next = timeline.steps[index + 1];
    if (next) lines.push(`  s${step.id} --> s${next.id}`);
  });
  for (const step of timeline.steps) {
    if (step.scheduledBy > 0) lines.push(`  s${step.scheduledBy} -. schedules .-> s${step.id}`);
  }
  for (const { a, b, relation, why } of timeline.order) {
    if (relation === 'either') lines.push(`  s${a} <-- "${escape(`either order: ${why}`)}" --> s${b}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Text inside a quoted Mermaid label; entities as Mermaid writes them. */
function escape(text: string): string {
  return text.replace(/[#"<>&`\\]/g, character => `#${character.charCodeAt(0)};`).replace(/\r?\n/g, ' ');
}
