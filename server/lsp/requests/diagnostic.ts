import { createHash } from 'node:crypto';
import { DocumentDiagnosticReportKind, type CancellationToken, type Diagnostic, type DocumentDiagnosticParams, type DocumentDiagnosticReport } from 'vscode-languageserver/node';
import { diagnosticsOf } from '../diagnostics.ts';
import type { Session } from '../session.ts';

/** `textDocument/diagnostic`. */
export async function diagnostic(session: Session, params: DocumentDiagnosticParams, token: CancellationToken): Promise<DocumentDiagnosticReport> {
  const { uri } = params.textDocument;
  const project = session.projectOf(uri);
  const answers = await session.first(project, uri, token);
  const items = session.settings.enable ? diagnosticsOf(answers, project.fileOf(session.uris.pathOf(uri)), session) : [];
  const resultId = resultIdOf(items);
  return resultId === params.previousResultId ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId } : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
}

/** The same for the same diagnostics. */
export function resultIdOf(items: readonly Diagnostic[]): string {
  return createHash('sha256').update(JSON.stringify(items)).digest('base64url').slice(0, 22);
}
