import type { ProgramGraph } from '../graph/program-graph.ts';
import type { Finding } from '../hazards/finding.ts';
import { impactOf } from '../hazards/impact.ts';
import { fnv1a64 } from '../hazards/fingerprint.ts';
import { message, type Locale, type MessageTable } from '../hazards/messages.ts';
import type { FileSettings } from '../config/file-settings.ts';
import { applyDisableComments, parseDisableComments, type DisableComment } from './disable-comments.ts';

/** Name under which comments that cover nothing are reported. Its severity is set like a rule's; `warn` by default. */
export const unusedDisableComment = 'unused-disable-comment';

export const suppressTexts = {
  unusedAll: { en: 'This comment switches nothing off: there is no finding here. Remove it.', 'zh-cn': '此注释没有屏蔽任何问题，请删除。' },
  unusedRule: { en: '`{rule}` finds nothing here. Remove it from this comment.', 'zh-cn': '`{rule}` 在此处没有发现问题，请从注释中移除。' },
} as const satisfies MessageTable;

/**
 * Applies the disable comments of files to the findings in them (`findings` holds no others), and adds a finding for each comment
 * that is not used; in the order of the files.
 */
export function suppressFindings(findings: readonly Finding[], files: readonly string[], graph: ProgramGraph, settingsFor: (file: string) => FileSettings, locale: Locale): readonly Finding[] {
  const byFile = new Map<string, Finding[]>();
  for (const finding of findings) {
    const list = byFile.get(finding.location.file);
    if (list) list.push(finding);
    else byFile.set(finding.location.file, [finding]);
  }
  return files.flatMap(file => {
    const own = byFile.get(file) ?? [];
    const module = graph.module(file);
    if (module.directiveComments.length === 0) return own;
    const { findings: marked, unused } = applyDisableComments(own, parseDisableComments(module, range => graph.locate(file, range)));
    const severity = settingsFor(file).severityOf(unusedDisableComment);
    return [...marked, ...(severity === 'off' ? [] : unused.map(item => unusedFinding(item, severity, locale)))].sort((a, b) => a.location.start - b.location.start);
  });
}

function unusedFinding({ comment, rule }: { comment: DisableComment; rule: string | null }, severity: Finding['severity'], locale: Locale): Finding {
  return {
    rule: unusedDisableComment,
    severity,
    confidence: 'certain',
    category: 'process',
    message: rule === null ? message(suppressTexts, 'unusedAll', locale) : message(suppressTexts, 'unusedRule', locale, { rule }),
    location: comment.location,
    role: '',
    path: [],
    fixes: [],
    impact: impactOf(unusedDisableComment, severity, 'certain', 'once', null),
    group: `${unusedDisableComment} ${comment.location.file}`,
    fingerprint: fnv1a64(`${unusedDisableComment}\n${comment.location.file}\n${comment.kind} ${rule ?? '*'}\n${comment.line}`),
    suppressed: null,
  };
}
