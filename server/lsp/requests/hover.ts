import { MarkupKind, type CancellationToken, type Hover, type HoverParams } from 'vscode-languageserver/node';
import type { Finding, WitnessStep } from '../../core/hazards/finding.ts';
import { message } from '../../core/hazards/messages.ts';
import { servingRoles } from '../../core/hazards/reach-ranking.ts';
import { escapeMarkdown, messageToMarkdown } from '../../core/text/markdown.ts';
import { describeConstruct, describeForHover, englishHoverTexts } from '../../core/node/hover.ts';
import { createApiIndex } from '../../core/node/lookup.ts';
import { apiAt } from '../api-at.ts';
import { constructAt } from '../construct-at.ts';
import type { Answers } from '../project.ts';
import type { Session } from '../session.ts';
import { chineseHoverTexts, serverTexts } from '../texts.ts';

const apis = createApiIndex();

/** `textDocument/hover`: the findings at the position, else what the called API does to the event loop. */
export async function hover(session: Session, params: HoverParams, token: CancellationToken): Promise<Hover | null> {
  const { uri } = params.textDocument;
  const project = session.projectOf(uri);
  const file = project.fileOf(session.uris.pathOf(uri));
  const answers = await session.settled(project, token);
  const offset = answers.convert.offsetAt(file, params.position);
  if (offset === null || !answers.snapshot.graph.files.includes(file)) return null;
  const findings = session.settings.enable ? (answers.findings.get(file) ?? []).filter(({ location }) => location.start <= offset && offset <= location.end) : [];
  const call = apiAt(answers.snapshot.graph, apis, file, offset);
  const parts = findings.map(finding => findingText(finding, answers, session));
  if (call) {
    parts.push(describeForHover(call.api, session.locale === 'zh-cn' ? chineseHoverTexts : englishHoverTexts));
    // The finding has shown the way already.
    const reach = findings.length === 0 && call.api.blocking && call.operation ? answers.snapshot.graph.reachingOperation(call.operation, servingRoles)[0] : undefined;
    if (reach) parts.push(`${message(serverTexts, 'reachedFrom', session.locale)}\n\n${pathText(reach.path, answers)}`);
  }
  const text = answers.snapshot.graph.text(file);
  const construct = !call && text !== null ? constructAt(answers.snapshot.graph.module(file), text, offset) : null;
  if (construct) parts.push(describeConstruct(construct.construct, session.locale === 'zh-cn' ? chineseHoverTexts : englishHoverTexts));
  if (parts.length === 0) return null;
  const range = construct && findings.length === 0 ? { start: answers.convert.position(file, construct.range[0]), end: answers.convert.position(file, construct.range[1]) } : call && findings.length === 0 ? { start: answers.convert.position(file, call.range[0]), end: answers.convert.position(file, call.range[1]) } : findings[0] ? answers.convert.range(findings[0].location) : undefined;
  return { contents: { kind: MarkupKind.Markdown, value: parts.join('\n\n---\n\n') }, ...(range ? { range } : {}) };
}

function findingText(finding: Finding, answers: Answers, { locale, client }: Session): string {
  const facts = finding.role === '' ? [] : [message(serverTexts, 'confidence', locale, { confidence: finding.confidence, role: finding.role })];
  // VS Code puts the diagnostic, message and path, above every hover.
  if (!client.commands) {
    facts.unshift(messageToMarkdown(finding.message));
    if (finding.path.length > 0) facts.push(pathText(finding.path, answers));
  }
  return [`**${finding.rule}**`, ...facts].join('\n\n');
}

/** A numbered list, each step a link to its place. */
function pathText(path: readonly WitnessStep[], { convert }: Answers): string {
  return path
    .map(({ label, location }, index) => {
      const { start } = convert.range(location);
      return `${index + 1}. [${escapeMarkdown(label)}](${convert.uriOf(location.file).replaceAll(')', '%29')}#L${start.line + 1},${start.character + 1}) — ${escapeMarkdown(location.file)}:${location.line}`;
    })
    .join('\n');
}
