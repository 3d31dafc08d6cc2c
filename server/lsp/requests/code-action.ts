import { CodeActionKind, type CancellationToken, type CodeAction, type CodeActionParams, type Diagnostic } from 'vscode-languageserver/node';
import type { Finding, Fix } from '../../core/hazards/finding.ts';
import { message } from '../../core/hazards/messages.ts';
import { findRule } from '../../core/hazards/registry.ts';
import type { TextEdit } from '../../core/text/edit.ts';
import type { Answers } from '../project.ts';
import { clientCommands, type DisableArguments, type ExplainArguments } from '../protocol.ts';
import type { Session } from '../session.ts';
import { serverTexts } from '../texts.ts';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.looplens`;

/** `textDocument/codeAction`: for the findings that the range touches; and `source.fixAll.looplens` for the whole file. */
export async function codeAction(session: Session, params: CodeActionParams, token: CancellationToken): Promise<CodeAction[]> {
  const { uri } = params.textDocument;
  const project = session.projectOf(uri);
  const file = project.fileOf(session.uris.pathOf(uri));
  const answers = await session.settled(project, token);
  if (!session.settings.enable) return [];
  const { only } = params.context;
  const asked = (kind: string): boolean => only === undefined || only.some(wanted => kind === wanted || kind.startsWith(`${wanted}.`));
  const all = answers.findings.get(file) ?? [];
  const [from, to] = [answers.convert.offsetAt(file, params.range.start) ?? 0, answers.convert.offsetAt(file, params.range.end) ?? 0];
  const touched = all.filter(({ location }) => location.start <= to && from <= location.end);
  const actions: CodeAction[] = [];

  if (asked(CodeActionKind.QuickFix)) for (const finding of touched) actions.push(...quickFixes(finding, all, file, uri, answers, session));
  // A source action is given only where it is asked for by name: otherwise it would stand in every light bulb.
  if (only && asked(fixAllKind)) {
    const edits = mergeFixes(all.flatMap(finding => finding.fixes.find(fix => fix.kind === 'safe') ?? []));
    if (edits.length > 0) actions.push({ title: message(serverTexts, 'fixAll', session.locale), kind: fixAllKind, edit: answers.convert.workspaceEdit(edits) });
  }
  return actions;
}

function quickFixes(finding: Finding, all: readonly Finding[], file: string, uri: string, answers: Answers, session: Session): CodeAction[] {
  const { locale, client } = session;
  const { rule } = finding;
  const { convert } = answers;
  const diagnostics: Diagnostic[] = [convert.diagnostic(finding, () => null)];
  const quickFix = (title: string, rest: Partial<CodeAction>): CodeAction => ({ title, kind: CodeActionKind.QuickFix, diagnostics, ...rest });
  const actions = finding.fixes.map((fix, index) => quickFix(message(serverTexts, 'fix', locale, { title: fix.title, rule }), { edit: convert.workspaceEdit(fix.edits), isPreferred: index === 0 && fix.kind === 'safe' }));

  const [own] = finding.fixes;
  const same = own ? all.filter(other => other.rule === rule).flatMap(other => other.fixes.find(fix => fix.kind === own.kind) ?? []) : [];
  if (same.length > 1) actions.push(quickFix(message(serverTexts, 'fixAllOfRule', locale, { rule }), { edit: convert.workspaceEdit(mergeFixes(same)) }));

  const text = answers.snapshot.graph.text(file) ?? '';
  for (const [key, comment] of [['disableLine', disableLine(text, finding)], ['disableFile', disableFile(text, rule)]] as const) {
    const title = message(serverTexts, key, locale, { rule });
    const position = convert.position(file, comment.offset);
    const argument: DisableArguments = { uri, position, text: comment.text };
    const edit = (): CodeAction['edit'] => convert.workspaceEdit([{ file, start: comment.offset, end: comment.offset, text: comment.text.replace('{reason}', message(serverTexts, 'reason', locale)) }]);
    actions.push(quickFix(title, client.commands ? { command: { title, command: clientCommands.disable, arguments: [argument] } } : { edit: edit() }));
  }
  if (client.commands) {
    if (findRule(rule)) actions.push(command(message(serverTexts, 'showRule', locale, { rule }), clientCommands.showRule, rule));
    const place: ExplainArguments = { uri, position: convert.range(finding.location).start };
    actions.push(command(message(serverTexts, 'explain', locale), clientCommands.explain, place));
  }
  return actions;

  function command(title: string, name: string, argument: unknown): CodeAction {
    return quickFix(title, { command: { title, command: name, arguments: [argument] } });
  }
}

/** The edits of all fixes that do not touch one another's text; of two that do, the first. Equal edits count once. */
export function mergeFixes(fixes: readonly Fix[]): TextEdit[] {
  const taken: TextEdit[] = [];
  const equal = (a: TextEdit, b: TextEdit): boolean => a.file === b.file && a.start === b.start && a.end === b.end && a.text === b.text;
  const clash = (a: TextEdit, b: TextEdit): boolean => a.file === b.file && !equal(a, b) && a.start <= b.end && b.start <= a.end;
  for (const { edits } of fixes) {
    if (edits.some(edit => taken.some(other => clash(edit, other)))) continue;
    for (const edit of edits) if (!taken.some(other => equal(edit, other))) taken.push(edit);
  }
  return taken;
}

interface Insertion {
  readonly offset: number;
  readonly text: string;
}

/** A comment on a line of its own above the finding's, with the same indent. */
function disableLine(text: string, { rule, location }: Finding): Insertion {
  const lineStart = lineStartAt(text, location.start);
  const indent = /^[ \t]*/.exec(text.slice(lineStart))![0];
  return { offset: lineStart, text: `${indent}// looplens-disable-next-line ${rule} -- {reason}${lineBreakOf(text)}` };
}

/** A block comment at the top, below the shebang. */
function disableFile(text: string, rule: string): Insertion {
  const offset = /^\uFEFF?(?:#!.*(?:\r\n|\n|\r|$))?/.exec(text)![0].length;
  return { offset, text: `/* looplens-disable ${rule} -- {reason} */${lineBreakOf(text)}` };
}

function lineStartAt(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

function lineBreakOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}
