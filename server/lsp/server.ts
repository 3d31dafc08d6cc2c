import { CodeActionKind, ErrorCodes, ResponseError, DidChangeConfigurationNotification, DidChangeWatchedFilesNotification, TextDocuments, TextDocumentSyncKind, type Connection, type InitializeResult } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { cursorNotification, debugInformationRequest, explainRequest, lintWorkspaceRequest, renderRequest, rulePageRequest, type CursorParams, type ExplainParams, type RenderParams } from './protocol.ts';
import type { Session } from './session.ts';

/** What decides about findings on the disk: sources, configs, and what is ignored. */
const watched = ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}', '**/{package,tsconfig,tsconfig.*,jsconfig,looplens.config,looplens-suppressions}.json', '**/looplens.config.jsonc', '**/{package-lock.json,npm-shrinkwrap.json,yarn.lock,pnpm-lock.yaml}', '**/{.gitignore,.nvmrc,.node-version}', '**/{ecosystem,pm2,process,processes}*.json', '**/{Procfile,Procfile.*,Dockerfile,Dockerfile.*,*.Dockerfile,*.service}'];

const fixAllKind = `${CodeActionKind.SourceFixAll}.looplens`;

/**
 * Speaks the Language Server Protocol on a connection until the client ends it. `initialize` is answered before anything
 * of the analyser is loaded; whatever fails in a request is an error of that request alone.
 */
export function startServer(connection: Connection, version: string): void {
  const documents = new TextDocuments(TextDocument);
  let load: (() => Promise<Session>) | null = null;
  let session: Promise<Session> | null = null;
  const loaded = (): Promise<Session> => {
    if (!load) throw new ResponseError(ErrorCodes.ServerNotInitialized, 'initialize comes first');
    return (session ??= load());
  };
  /** Runs after what came before it, so that texts and settings change in the order in which the client says so. */
  let queue: Promise<unknown> = Promise.resolve();
  const inOrder = (act: (session: Session) => unknown): void => {
    queue = queue.then(async () => act(await loaded())).catch((error: unknown) => connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error)));
  };
  const ready = async (): Promise<Session> => {
    await queue;
    return loaded();
  };

  connection.onInitialize((params): InitializeResult => {
    const capabilities = params.capabilities ?? {};
    load = async () => (await import('./session.ts')).createSession(connection, { ...params, capabilities }, version);
    connection.onInitialized(() => {
      inOrder(async current => {
        const folders = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
        if (current.client.configuration) current.configure(await connection.workspace.getConfiguration('looplens').catch(() => undefined));
        current.setFolders(folders, []);
        if (current.client.folders) connection.workspace.onDidChangeWorkspaceFolders(event => inOrder(({ setFolders }) => setFolders(event.added.map(({ uri }) => uri), event.removed.map(({ uri }) => uri))));
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

  documents.onDidOpen(({ document }) => inOrder(current => current.open(document)));
  documents.onDidChangeContent(({ document }) => inOrder(current => current.change(document)));
  documents.onDidClose(({ document }) => inOrder(current => current.close(document)));
  connection.onDidChangeWatchedFiles(({ changes }) => inOrder(current => current.diskChanged(changes.map(({ uri }) => uri))));
  connection.onDidChangeConfiguration(({ settings }) =>
    inOrder(async current => current.configure(current.client.configuration ? await connection.workspace.getConfiguration('looplens').catch(() => undefined) : (settings as { looplens?: unknown } | null)?.looplens)),
  );

  connection.onNotification(cursorNotification, ({ textDocument, position }: CursorParams) => inOrder(current => current.cursorMoved(textDocument.uri, position)));

  connection.languages.diagnostics.on(async (params, token) => (await import('./requests/diagnostic.ts')).diagnostic(await ready(), params, token));
  connection.languages.diagnostics.onWorkspace(async (params, token, _done, progress) => (await import('./requests/workspace-diagnostic.ts')).workspaceDiagnostic(await ready(), params, token, progress));
  connection.onHover(async (params, token) => (await import('./requests/hover.ts')).hover(await ready(), params, token));
  connection.onCodeAction(async (params, token) => (await import('./requests/code-action.ts')).codeAction(await ready(), params, token));
  connection.onCompletion(async params => (await import('./requests/completion.ts')).completion(await ready(), params));
  connection.onCodeLens(async (params, token) => (await import('./requests/code-lens.ts')).codeLens(await ready(), params, token));
  connection.languages.inlayHint.on(async (params, token) => (await import('./requests/inlay-hint.ts')).inlayHint(await ready(), params, token));
  connection.onRequest(explainRequest, async (params: ExplainParams, token) => (await import('./requests/explain.ts')).explain(await ready(), params, token));
  connection.onRequest(renderRequest, async (params: RenderParams) => (await import('./requests/render.ts')).render(await ready(), params));
  connection.onRequest(rulePageRequest, async (params: { rule: string }) => (await import('./requests/rule-page.ts')).rulePageOf(await ready(), params));
  connection.onRequest(lintWorkspaceRequest, async () => (await import('./requests/lint-workspace.ts')).lintWorkspace(await ready()));
  connection.onRequest(debugInformationRequest, async () => (await import('./requests/debug-information.ts')).debugInformation(await ready(), version));
  connection.onShutdown(async () => (await session)?.dispose());

  documents.listen(connection);
  connection.listen();
}
