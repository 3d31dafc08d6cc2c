import { LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver/node';
import type { Finding } from '../../core/hazards/finding.ts';
import { describeApi, findApiByName } from '../../core/node/describe-api.ts';
import { createApiIndex } from '../../core/node/lookup.ts';
import { cutForModel, renderAgent } from '../../core/report/agent.ts';
import { renderTimelineText } from '../../core/report/timeline-text.ts';
import { renameFiles } from '../../host/explain-host.ts';
import type { ModelToolParams } from '../protocol.ts';
import type { Project } from '../project.ts';
import type { Session } from '../session.ts';
import { explainDocument } from './explain.ts';
import { rulePageOf } from './rule-page.ts';

const apis = createApiIndex();

/** `looplens/modelTool`: always English, as names and codes are. Mistakes of the model are failures with a sentence that it can act on. */
export async function modelTool(session: Session, params: ModelToolParams, token: CancellationToken): Promise<string> {
  switch (params.tool) {
    case 'lint':
      return cutForModel(await lint(session, params, token));
    case 'explain': {
      const uri = uriOf(session, params.file);
      const at = typeof params.line === 'number' ? { position: { line: Math.max(0, params.line - 1), character: 0 }, byLine: true } : {};
      const timeline = await explainDocument(session, { textDocument: { uri }, ...at });
      return cutForModel(renderTimelineText(renameFiles(timeline, file => nameOf(session, file))));
    }
    case 'rule': {
      const page = await rulePageOf(session, { rule: String(params.id) });
      return cutForModel(page?.markdown ?? fail(`There is no rule "${String(params.id).slice(0, 100)}".`));
    }
    case 'api':
      return describeApi(String(params.name), findApiByName(apis, String(params.name)));
    default:
      return fail('There is no such tool: lint, explain, rule or api.');
  }
}

async function lint(session: Session, { paths = [], only = [] }: Extract<ModelToolParams, { tool: 'lint' }>, token: CancellationToken): Promise<string> {
  const texts: string[] = [];
  for (const project of session.projects()) {
    if (project.fileCount === 0) continue;
    const answers = await session.settled(project, token);
    const isAsked = (file: string): boolean => paths.length === 0 || paths.some(path => file === path || file.startsWith(path.endsWith('/') ? path : `${path}/`) || path === '.');
    const wanted = ({ rule, location }: Finding): boolean => isAsked(location.file) && (only.length === 0 || only.includes(rule));
    const findings = [...answers.findings.values()].flat().filter(wanted);
    const errors = [...answers.errors.values()].flat().filter(({ file }) => isAsked(file));
    texts.push(renderAgent({ files: answers.snapshot.graph.files.filter(isAsked).length, analysed: project.fileCount, findings, errors }));
  }
  return texts.length > 0 ? texts.join('\n') : 'No JavaScript or TypeScript file is open, and no folder.';
}

/** The URI of a file that a model names: one that a project of the workspace knows, nothing else on the disk. */
function uriOf(session: Session, file: string): string {
  const isKnown = (project: Project, name: string): boolean => session.document(session.uris.uriOf(project.pathOf(name))) !== null || project.has(name);
  for (const project of session.projects()) {
    const name = /^[a-z][\w+.-]+:/i.test(file) ? project.fileOf(session.uris.pathOf(file)) : file.replace(/^\.\//, '');
    if (isKnown(project, name)) return session.uris.uriOf(project.pathOf(name));
  }
  return fail(`There is no file "${file.slice(0, 300)}" in the workspace.`);
}

function nameOf(session: Session, uri: string): string {
  return session.projectOf(uri).fileOf(session.uris.pathOf(uri));
}

function fail(sentence: string): never {
  throw new ResponseError(LSPErrorCodes.RequestFailed, sentence);
}
