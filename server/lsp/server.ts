import { CodeActionKind, DidChangeConfigurationNotification, DidChangeWatchedFilesNotification, DocumentDiagnosticReportKind, type DocumentDiagnosticReport, ErrorCodes, MessageType, ResponseError, ShowMessageNotification, TextDocuments, TextDocumentSyncKind, type Connection, type InitializeResult } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createGuard, type Fault, type GuardOptions } from '../core/faults/guard.ts';
import { message, type Locale } from '../core/hazards/messages.ts';
import { localeOf } from './locale.ts';
import { serverTexts } from './texts.ts';
import { cursorNotification, debugInformationRequest, explainRequest, lintWorkspaceRequest, modelToolRequest, renderRequest, rulePageRequest, type CursorParams, type ExplainParams, type ModelToolParams, type RenderParams } from './protocol.ts';
import type { Session } from './session.ts';

/** What decides about findings on the disk: sources, configs, and what is ignored. */
const watched = ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}', '**/{package,tsconfig,tsconfig.*,jsconfig,looplens.config,looplens-suppressions}.json', '**/looplens.config.jsonc', '**/{package-lock.json,npm-shrinkwrap.json,yarn.lock,pnpm-lock.yaml}', '**/{.gitignore,.nvmrc,.node-version}', '**/{ecosystem,pm2,process,processes}*.json', '**/{Procfile,Procfile.*,Dockerfile,Dockerfile.*,*.Dockerfile,*.service}'];

const fixAllKind = `${CodeActionKind.SourceFixAll}.looplens`;

export interface ServerOptions {
  /** Of the guard; for tests. */
  readonly probe?: GuardOptions['probe'];
}

/**
 * Speaks the Language Server Protocol on a connection until the client ends it. `initialize` is answered before anything
 * of the analyser is loaded. Whatever fails inside is noted in the log, told once, and ends with the request or the event that it
 * happened in: what only shows is then empty, what was asked for by name is an error of that request alone.
 */
export function startServer(connection: Connection, version: string, { probe }: ServerOptions = {}): void {
  const documents = new TextDocuments(TextDocument);
  let load: (() => Promise<Session>) | null = null;
  let session: Promise<Session> | null = null;
  let locale: Locale = 'en';
  let ended = false;
  let told = false;
  const guard = createGuard({
    passes: error => error instanceof ResponseError,
    report(fault) {
      if (ended) return;
      connection.console.error(`${fault.part}${fault.file === null ? '' : ` of ${fault.file}`}: ${fault.stack || fault.message}`);
      if (!told) connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: message(serverTexts, 'fault', locale, { part: fault.part }) }).catch(() => undefined);
      told = true;
    },
    ...(probe && { probe }),
  });
  const loaded = (): Promise<Session> => {
    if (!load) throw new ResponseError(ErrorCodes.ServerNotInitialized, 'initialize comes first');
    return (session ??= load());
  };
  /** Runs after what came before it, so that texts and settings change in the order in which the client says so. */
  let queue: Promise<unknown> = Promise.resolve();
  const inOrder = (part: string, act: (session: Session) => unknown): void => {
    queue = queue.then(() => guard.attemptAsync(part, null, async () => act(await loaded()), () => undefined)).catch(() => undefined);
  };
  const asked = async <T>(method: string, work: (session: Session) => T | Promise<T>, otherwise: (fault: Fault) => T): Promise<T> => {
    // LSP 3.17, Shutdown Request: what comes after it is an error.
    if (ended) throw new ResponseError(ErrorCodes.InvalidRequest, 'the server has been shut down');
    return guard.attemptAsync(`request ${method}`, null, async () => {
      await queue;
      return work(await loaded());
    }, otherwise);
  };
  const fail = (fault: Fault): never => {
    throw new ResponseError(ErrorCodes.InternalError, message(serverTexts, 'failed', locale, { error: fault.message }));
  };

  connection.onInitialize((params): InitializeResult => {
    if (load) throw new ResponseError(ErrorCodes.InvalidRequest, 'the server has been initialized before');
    const capabilities = params.capabilities ?? {};
    locale = localeOf(params.locale);
    load = async () => (await import('./session.ts')).createSession(connection, { ...params, capabilities }, version, guard);
    connection.onInitialized(() => {
      inOrder('initialized', async current => {
        const folders = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
        if (current.client.configuration) current.configure(await connection.workspace.getConfiguration('looplens').catch(() => undefined));
        current.setFolders(folders, []);
        if (current.client.folders) connection.workspace.onDidChangeWorkspaceFolders(event => inOrder('didChangeWorkspaceFolders', ({ setFolders }) => setFolders(event.added.map(({ uri }) => uri), event.removed.map(({ uri }) => uri))));
        if (current.client.watch) void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: watched.map(globPattern => ({ globPattern })) });
        if (capabilities.workspace?.didChangeConfiguration?.dynamicRegistration) void connection.client.register(DidChangeConfigurationNotification.type, { section: 'looplens' });
      });
    });
    return {
      serverInfo: { name: 'looplens', version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
        diagnosticProvider: { identifier: 'looplens', interFileDependencies: true, workspaceDiagnostics: true, workDoneProgress: false },
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
        completionProvider: { triggerCharacters: ['"', ':', ' '] },
        inlayHintProvider: true,
        codeLensProvider: { resolveProvider: false },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  documents.onDidOpen(({ document }) => inOrder('didOpen', current => current.open(document)));
  documents.onDidChangeContent(({ document }) => inOrder('didChange', current => current.change(document)));
  documents.onDidClose(({ document }) => inOrder('didClose', current => current.close(document)));
  connection.onDidChangeWatchedFiles(({ changes }) => inOrder('didChangeWatchedFiles', current => current.diskChanged(changes.map(({ uri }) => uri))));
  connection.onDidChangeConfiguration(({ settings }) =>
    inOrder('didChangeConfiguration', async current => current.configure(current.client.configuration ? await connection.workspace.getConfiguration('looplens').catch(() => undefined) : (settings as { looplens?: unknown } | null)?.looplens)),
  );

  connection.onNotification(cursorNotification, ({ textDocument, position }: CursorParams) => inOrder('cursor', current => current.cursorMoved(textDocument.uri, position)));

  connection.languages.diagnostics.on((params, token) => asked<DocumentDiagnosticReport>('textDocument/diagnostic', async current => (await import('./requests/diagnostic.ts')).diagnostic(current, params, token), () => ({ kind: DocumentDiagnosticReportKind.Full, items: [] })));
  connection.languages.diagnostics.onWorkspace((params, token, _done, progress) => asked('workspace/diagnostic', async current => (await import('./requests/workspace-diagnostic.ts')).workspaceDiagnostic(current, params, token, progress), () => ({ items: [] })));
  connection.onHover((params, token) => asked('textDocument/hover', async current => (await import('./requests/hover.ts')).hover(current, params, token), () => null));
  connection.onCodeAction((params, token) => asked('textDocument/codeAction', async current => (await import('./requests/code-action.ts')).codeAction(current, params, token), () => []));
  connection.onCompletion(params => asked('textDocument/completion', async current => (await import('./requests/completion.ts')).completion(current, params), () => []));
  connection.onCodeLens((params, token) => asked('textDocument/codeLens', async current => (await import('./requests/code-lens.ts')).codeLens(current, params, token), () => []));
  connection.languages.inlayHint.on((params, token) => asked('textDocument/inlayHint', async current => (await import('./requests/inlay-hint.ts')).inlayHint(current, params, token), () => []));
  connection.onRequest(explainRequest, (params: ExplainParams, token) => asked(explainRequest, async current => (await import('./requests/explain.ts')).explain(current, params, token), fail));
  connection.onRequest(renderRequest, (params: RenderParams) => asked(renderRequest, async current => (await import('./requests/render.ts')).render(current, params), fail));
  connection.onRequest(rulePageRequest, (params: { rule: string }) => asked(rulePageRequest, async current => (await import('./requests/rule-page.ts')).rulePageOf(current, params), fail));
  connection.onRequest(lintWorkspaceRequest, () => asked(lintWorkspaceRequest, async current => (await import('./requests/lint-workspace.ts')).lintWorkspace(current), fail));
  connection.onRequest(modelToolRequest, (params: ModelToolParams, token) => asked(modelToolRequest, async current => (await import('./requests/model-tool.ts')).modelTool(current, params, token), fail));
  connection.onRequest(debugInformationRequest, () => asked(debugInformationRequest, async current => (await import('./requests/debug-information.ts')).debugInformation(current, version), fail));
  connection.onShutdown(async () => {
    ended = true;
    (await session)?.dispose();
  });

  documents.listen(connection);
  connection.listen();
}
