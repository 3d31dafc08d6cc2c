import { DocumentDiagnosticReportKind, type CancellationToken, type ResultProgressReporter, type WorkspaceDiagnosticParams, type WorkspaceDiagnosticReport, type WorkspaceDiagnosticReportPartialResult, type WorkspaceDocumentDiagnosticReport } from 'vscode-languageserver/node';
import { diagnosticsByUri } from '../diagnostics.ts';
import type { Session } from '../session.ts';
import { resultIdOf } from './diagnostic.ts';

/** Whether a session has answered once: from then on an answer that would say nothing new waits for a change. */
const answered = new WeakSet<Session>();

/**
 * `workspace/diagnostic`: files with findings, and files that had some. Clients ask again as soon as they have an answer,
 * so an answer without news is held back until there are some; it is given at once when the request is cancelled.
 */
export async function workspaceDiagnostic(session: Session, params: WorkspaceDiagnosticParams, token: CancellationToken, progress: ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined): Promise<WorkspaceDiagnosticReport> {
  const previous = new Map(params.previousResultIds.map(({ uri, value }) => [uri, value]));
  while (true) {
    const at = session.revision;
    const items = await reports(session, previous, token);
    const news = items.filter(item => item.kind === DocumentDiagnosticReportKind.Full);
    if (news.length > 0 || !answered.has(session)) {
      answered.add(session);
      if (!progress) return { items };
      progress.report({ items });
      return { items: [] };
    }
    if (at === session.revision) await session.nextChange(token);
    if (token.isCancellationRequested) return { items: [] };
  }
}

async function reports(session: Session, previous: ReadonlyMap<string, string>, token: CancellationToken): Promise<WorkspaceDocumentDiagnosticReport[]> {
  const items: WorkspaceDocumentDiagnosticReport[] = [];
  const clean = new Set(previous.keys());
  for (const project of session.projects()) {
    const answers = await session.settled(project, token);
    if (!session.settings.enable) continue;
    for (const [uri, diagnostics] of diagnosticsByUri(project, answers, session)) {
      clean.delete(uri);
      const resultId = resultIdOf(diagnostics);
      const version = session.document(uri)?.version ?? null;
      items.push(previous.get(uri) === resultId ? { kind: DocumentDiagnosticReportKind.Unchanged, uri, version, resultId } : { kind: DocumentDiagnosticReportKind.Full, uri, version, resultId, items: diagnostics });
    }
  }
  const none = resultIdOf([]);
  for (const uri of clean) {
    const version = session.document(uri)?.version ?? null;
    items.push(previous.get(uri) === none ? { kind: DocumentDiagnosticReportKind.Unchanged, uri, version, resultId: none } : { kind: DocumentDiagnosticReportKind.Full, uri, version, resultId: none, items: [] });
  }
  return items;
}
