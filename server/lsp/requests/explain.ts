import { LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver/node';
import { message } from '../../core/hazards/messages.ts';
import { functionTitles, listedHandlers, surroundingsOf } from '../../core/handlers.ts';
import type { Budget } from '../../core/order/run.ts';
import type { Timeline } from '../../core/order/timeline.ts';
import { timelineIn } from '../../core/report/timeline-words.ts';
import type { ExplainRequest } from '../../host/explain-host.ts';
import { refusalOf } from '../../host/explain-refusal.ts';
import { isSource } from '../../host/find-files.ts';
import { majorOf } from '../../host/node-version.ts';
import type { ExplainParams, ExplainResult, ProtocolPosition } from '../protocol.ts';
import type { Session } from '../session.ts';
import { serverTexts } from '../texts.ts';

/** `looplens/explain`, on the texts as they are in the editor, in a worker thread. */
export async function explain(session: Session, params: ExplainParams, token: CancellationToken): Promise<ExplainResult> {
  const { uri } = params.textDocument;
  const document = session.document(uri);
  const version = document?.version ?? null;
  const source = document?.getText() ?? '';
  const timeline = await explainDocument(session, params);
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
  return { timeline: timelineIn(timeline, session.locale), source, version };
}

/** The timeline with URIs as files. `byLine`: of the position only the line counts, for the function that begins in it, else for the one around it. */
export async function explainDocument(session: Session, { textDocument: { uri }, position, end, node, module, stepsOf, byLine }: ExplainParams & { readonly byLine?: boolean }, lower: Partial<Budget> = {}): Promise<Timeline> {
  const file = session.uris.pathOf(uri);
  const fail = (text: string): never => {
    throw new ResponseError(LSPErrorCodes.RequestFailed, text);
  };
  if (!isSource(file)) fail(message(serverTexts, 'notASource', session.locale));
  // A text changes under a position that was asked for: positions beyond it are clamped, as the protocol has it.
  const refused = refusalOf({ file, module: module ?? null, at: null }, '');
  if (refused) fail(refused[session.locale]);
  const project = session.projectOf(uri);
  const assumed = node ?? session.settings.node ?? project.node.version;
  const { defaultBudget, explainInWorker, renameFiles } = await import('../../host/explain-host.ts');
  const at = position ? { ...placeOf(position), ...(byLine && { column: null }), ...(end && { to: placeOf(end) }) } : null;
  const surroundings = lower.steps === undefined ? await surroundingsAt(session, uri, position ?? null) : undefined;
  const answer = await explainInWorker({ file, ...(surroundings && { surroundings }), node: majorOf(assumed), module: module ?? null, at, entryPoint: null, budget: { ...defaultBudget, ...lower }, timeoutMs: null, ...(typeof stepsOf === 'number' && { stepsOf }), overlay: session.overlay() });
  const handlers = !position && lower.steps === undefined ? await handlersOf(session, uri) : [];
  const timeline = handlers.length === 0 ? answer : { ...answer, handlers };
  if (timeline.outcomes.length === 0 && timeline.steps.length === 0) fail(message(serverTexts, 'notReady', session.locale, { error: timeline.incompleteBecause.join('; ') }));
  return renameFiles(timeline, path => session.uris.uriOf(path));
}

/** What the program graph knows of the function at a place, as far as the project has been read; nothing where it fails. */
async function surroundingsAt(session: Session, uri: string, position: ProtocolPosition | null): Promise<ExplainRequest['surroundings']> {
  const document = session.document(uri);
  if (!position || !document) return undefined;
  const project = session.projectOf(uri);
  const path = session.uris.pathOf(uri);
  const name = project.fileOf(path);
  const { answers } = await project.first(path);
  const { graph } = answers.snapshot;
  if (!graph.files.includes(name)) return undefined;
  return { ...functionTitles(graph, name), ...surroundingsOf(graph, files => files.flatMap(file => answers.findings.get(file) ?? []), name, document.offsetAt(position), file => project.pathOf(file)) };
}

/** The handlers that a file holds, by absolute paths. */
async function handlersOf(session: Session, uri: string): Promise<NonNullable<Timeline['handlers']>> {
  const project = session.projectOf(uri);
  const path = session.uris.pathOf(uri);
  const { graph } = (await project.first(path)).answers.snapshot;
  return listedHandlers(graph, project.fileOf(path), name => project.pathOf(name));
}

function placeOf({ line, character }: ProtocolPosition): { line: number; column: number } {
  return { line: line + 1, column: character + 1 };
}
