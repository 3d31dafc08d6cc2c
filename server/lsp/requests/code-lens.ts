import type { CancellationToken, CodeLens, CodeLensParams } from 'vscode-languageserver/node';
import { message } from '../../core/hazards/messages.ts';
import { clientCommands, type ExplainArguments } from '../protocol.ts';
import type { Session } from '../session.ts';
import { serverTexts } from '../texts.ts';

/** `textDocument/codeLens`: *Explain execution order* above functions that Node or a framework calls. Only where the settings ask for it. */
export async function codeLens(session: Session, params: CodeLensParams, token: CancellationToken): Promise<CodeLens[]> {
  if (!session.settings.codeLens || !session.client.commands) return [];
  const { uri } = params.textDocument;
  const project = session.projectOf(uri);
  const file = project.fileOf(session.uris.pathOf(uri));
  const answers = await session.settled(project, token);
  const lenses = new Map<number, CodeLens>();
  for (const { function: fn } of answers.snapshot.graph.entries) {
    if (fn.file !== file || fn.facts.kind === 'module') continue;
    const position = answers.convert.position(file, fn.facts.range[0]);
    const argument: ExplainArguments = { uri, position };
    lenses.set(position.line, { range: { start: position, end: position }, command: { title: message(serverTexts, 'explain', session.locale), command: clientCommands.explain, arguments: [argument] } });
  }
  return [...lenses.values()];
}
