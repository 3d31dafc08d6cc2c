import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LSPErrorCodes, ResponseError, type CancellationToken, type Connection, type InitializeParams, type Position } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Guard } from '../core/faults/guard.ts';
import type { Locale } from '../core/hazards/messages.ts';
import { message } from '../core/hazards/messages.ts';
import { userCachePath } from '../host/cache-place.ts';
import { openFactsCache, type FactsCache } from '../host/facts-cache.ts';
import { diagnosticsByUri, diagnosticsOf } from './diagnostics.ts';
import { defaultNode } from '../host/node-version.ts';
import { takeRefusals } from '../host/read-file.ts';
import { localeOf } from './locale.ts';
import { createProject, type Answers, type Project } from './project.ts';
import { statusNotification, type InitializationOptions, type ServerSettings, type Status } from './protocol.ts';
import { readSettings } from './settings.ts';
import { serverTexts } from './texts.ts';
import { createUris, isFileUri, type Uris } from './uris.ts';

/** A pause in typing after which findings are computed, ms. Requests for one place (hover) do not wait for it. */
const quietMs = 40;

/** A longer pause, after which everything else that a change may have altered is found out, ms. */
const idleMs = 200;

/** What the client can do, as far as it changes what we send. */
export interface ClientAbilities {
  readonly pull: boolean;
  readonly refreshDiagnostics: boolean;
  readonly refreshInlayHints: boolean;
  readonly refreshCodeLens: boolean;
  readonly watch: boolean;
  readonly configuration: boolean;
  readonly folders: boolean;
  readonly progress: boolean;
  /** Knows `clientCommands`. */
  readonly commands: boolean;
  /** URI under which the client shows a rule's page, `{rule}` in it. */
  readonly rulePages: string | null;
}

/** All state of the server: projects, open documents' places, settings. Requests only ask it. */
export interface Session {
  readonly locale: Locale;
  readonly client: ClientAbilities;
  readonly uris: Uris;
  readonly settings: ServerSettings;
  configure(settings: unknown): void;
  /** Folders of the client's workspace, URIs. */
  setFolders(added: readonly string[], removed: readonly string[]): void;
  open(document: TextDocument): void;
  change(document: TextDocument): void;
  close(document: TextDocument): void;
  diskChanged(uris: readonly string[]): void;
  /** The cursor is in another place of a document. */
  cursorMoved(uri: string, position: Position): void;
  /** Where the cursor is in a document, as far as the client says. */
  cursor(uri: string): Position | null;
  projectOf(uri: string): Project;
  projects(): readonly Project[];
  /** Reads all folders from the disk anew; resolves when that is done. */
  rescan(): Promise<void>;
  /** The document of an open URI. */
  document(uri: string): TextDocument | null;
  /** Texts of all open documents by path. */
  overlay(): ReadonlyMap<string, string>;
  /**
   * The answers for the current texts of a project, after a pause in typing and the first scan.
   * @throws ResponseError when the request is cancelled meanwhile
   */
  settled(project: Project, token: CancellationToken): Promise<Answers>;
  /**
   * What can be told at once of the document that was edited last, after a pause in typing; where that is not everything and the client can be asked to
   * pull again, it is asked as soon as there is more to tell. For other clients and documents the same as `settled`.
   */
  first(project: Project, uri: string, token: CancellationToken): Promise<Answers>;
  /** Resolves at the next change of any text or setting, or when the token is cancelled. */
  nextChange(token: CancellationToken): Promise<void>;
  /** Counts changes. */
  readonly revision: number;
  status(): Promise<Status>;
  dispose(): void;
}

export function createSession(connection: Connection, params: InitializeParams, version: string, guard: Guard): Session {
  const { capabilities } = params;
  const options = (typeof params.initializationOptions === 'object' && params.initializationOptions !== null ? params.initializationOptions : {}) as InitializationOptions;
  const client: ClientAbilities = {
    pull: capabilities.textDocument?.diagnostic !== undefined,
    refreshDiagnostics: capabilities.workspace?.diagnostics?.refreshSupport === true,
    refreshInlayHints: capabilities.workspace?.inlayHint?.refreshSupport === true,
    refreshCodeLens: capabilities.workspace?.codeLens?.refreshSupport === true,
    watch: capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    configuration: capabilities.workspace?.configuration === true,
    folders: capabilities.workspace?.workspaceFolders === true,
    progress: capabilities.window?.workDoneProgress === true,
    commands: options.commands === true,
    rulePages: typeof options.rulePages === 'string' ? options.rulePages : null,
  };
  const locale = localeOf(params.locale);
  const uris = createUris();
  const projects = new Map<string, Project>();
  const documents = new Map<string, TextDocument>();
  const cursors = new Map<string, Position>();
  const waiting = new Set<() => void>();
  let settings = readSettings(options.settings);
  let scans: Promise<unknown> = Promise.resolve();
  let disposed = false;
  let revision = 0;
  /** The document of which an edit was the last change of all. */
  let edited: string | null = null;
  let lastChange = 0;
  let lastDuration = 0;
  let publish: NodeJS.Timeout | null = null;
  /** What was pushed, to send only what differs. */
  const pushed = new Map<string, string>();
  const loose = createProject('/', { uris, locale, whole: false, guard });

  const projectOf = (uri: string): Project => {
    const path = uris.pathOf(uri);
    if (!isFileUri(uri)) return projects.values().next().value ?? loose;
    for (let directory = dirname(path); ; directory = dirname(directory)) {
      const project = projects.get(directory);
      if (project) return project;
      if (directory === dirname(directory)) return loose;
    }
  };

  /** `edit`: the document that was typed in; null for every other change. */
  const changed = (edit: string | null = null): void => {
    edited = edit;
    revision++;
    lastChange = Date.now();
    for (const wake of waiting) wake();
    waiting.clear();
    if (publish) clearTimeout(publish);
    publish = setTimeout(() => void guard.attemptAsync('publish', null, afterChange, () => undefined), client.pull ? quietMs + idleMs : quietMs);
  };
  const pause = (): number => lastChange + quietMs - Date.now();
  /** Work on the files of the disk, one after the other. What goes wrong in one is noted and ends with it: the next finds the way free. */
  const inTurn = (part: string, work: () => unknown): Promise<void> => {
    const run = scans.then(() => guard.attemptAsync<unknown>(part, null, async () => work(), () => undefined)).then(() => {
      for (const { path, reason } of takeRefusals()) connection.console.warn(message(serverTexts, 'leftAside', locale, { path, reason }));
    });
    scans = run;
    return run;
  };

  const afterChange = async (): Promise<void> => {
    const at = revision;
    await scans;
    if (disposed || at !== revision) return;
    if (!client.pull) {
      const now = new Map<string, unknown[]>();
      if (settings.enable) {
        for (const project of session.projects()) {
          const found = await guard.attemptAsync('publish', project.root, async () => diagnosticsByUri(project, await timed(project), session), () => new Map<string, unknown[]>());
          for (const [uri, list] of found) now.set(uri, list);
        }
      }
      if (at !== revision) return;
      for (const uri of new Set([...pushed.keys(), ...now.keys()])) {
        const diagnostics = now.get(uri) ?? [];
        const text = JSON.stringify(diagnostics);
        if ((pushed.get(uri) ?? '[]') === text) continue;
        pushed.set(uri, text);
        void connection.sendDiagnostics({ uri, diagnostics: diagnostics as never });
      }
    }
    if (client.commands) void connection.sendNotification(statusNotification, await session.status());
  };

  const timed = async (project: Project): Promise<Answers> => {
    const start = performance.now();
    const answers = await project.answers();
    const duration = performance.now() - start;
    // An answer that was there already says nothing about the time that it took.
    if (duration >= 1) lastDuration = duration;
    return answers;
  };

  /** Waits for a pause in typing and for what is being read from the disk. */
  const quiet = async (token: CancellationToken): Promise<void> => {
    for (let left = pause(); left > 0; left = pause()) {
      await delay(left);
      throwIfCancelled(token);
    }
    await Promise.race([scans, cancelled(token)]);
    throwIfCancelled(token);
  };

  /** Once everything is known, asks the client to pull again, if that is more than it was given of a document. */
  const tellTheRest = async (project: Project, uri: string, given: Answers): Promise<void> => {
    const at = revision;
    await delay(idleMs);
    if (disposed || at !== revision) return;
    const answers = await timed(project);
    if (disposed || at !== revision) return;
    const file = project.fileOf(uris.pathOf(uri));
    if (JSON.stringify(diagnosticsOf(answers, file, session)) !== JSON.stringify(diagnosticsOf(given, file, session))) connection.languages.diagnostics.refresh();
  };

  /** Asks the client to pull again what did not change in a document of its own. */
  const refresh = (): void => {
    if (client.refreshDiagnostics) connection.languages.diagnostics.refresh();
    if (client.refreshInlayHints && settings.inlayHints) void connection.languages.inlayHint.refresh().catch(() => undefined);
    if (client.refreshCodeLens && settings.codeLens) void connection.sendRequest('workspace/codeLens/refresh').catch(() => undefined);
  };

  const scan = (list: readonly Project[]): Promise<void> => {
    return inTurn('scan', async () => {
      const progress = client.progress && list.length > 0 ? await connection.window.createWorkDoneProgress() : null;
      progress?.begin(message(serverTexts, 'scanning', locale), 0, '', true);
      for (const project of list) {
        const advance = (done: number, total: number): void => progress?.report(Math.round((100 * done) / total), message(serverTexts, 'scanned', locale, { done, total }));
        await guard.attemptAsync('scan', project.root, () => project.scan(advance, () => disposed || progress?.token.isCancellationRequested === true), () => undefined);
      }
      progress?.done();
      changed();
      refresh();
    });
  };

  const session: Session = {
    locale,
    client,
    uris,
    get settings() {
      return settings;
    },
    get revision() {
      return revision;
    },
    configure(value) {
      settings = readSettings(value);
      changed();
      refresh();
    },
    setFolders(added, removed) {
      const before = new Map([...documents.keys()].map(uri => [uri, projectOf(uri)]));
      for (const uri of removed) projects.delete(folderPath(uris, uri));
      const fresh: Project[] = [];
      for (const uri of added) {
        const root = folderPath(uris, uri);
        if (!isFileUri(uri) || projects.has(root)) continue;
        const project = createProject(root, { uris, locale, whole: true, guard, openCache: () => openCache(root, version) });
        projects.set(root, project);
        fresh.push(project);
      }
      for (const [uri, old] of before) {
        const path = uris.pathOf(uri);
        if (projectOf(uri) === old) continue;
        old.close(path);
        projectOf(uri).setText(path, documents.get(uri)!.getText());
      }
      void scan(fresh);
      changed();
    },
    open(document) {
      const path = uris.open(document.uri, document.languageId);
      documents.set(document.uri, document);
      projectOf(document.uri).setText(path, document.getText());
      changed();
    },
    change(document) {
      projectOf(document.uri).setText(uris.pathOf(document.uri), document.getText());
      changed(document.uri);
    },
    close(document) {
      const path = uris.pathOf(document.uri);
      documents.delete(document.uri);
      cursors.delete(document.uri);
      projectOf(document.uri).close(path);
      uris.close(document.uri);
      changed();
    },
    diskChanged(list) {
      const byProject = new Map<Project, string[]>();
      for (const uri of list) {
        const project = projectOf(uri);
        byProject.set(project, [...(byProject.get(project) ?? []), uris.pathOf(uri)]);
      }
      void inTurn('file event', () => {
        for (const [project, paths] of byProject) guard.attempt('file event', project.root, () => project.diskChanged(paths), () => undefined);
        changed();
        refresh();
      });
    },
    cursorMoved(uri, position) {
      cursors.set(uri, position);
      if (settings.inlayHints && client.refreshInlayHints) void connection.languages.inlayHint.refresh().catch(() => undefined);
    },
    cursor: uri => cursors.get(uri) ?? null,
    document: uri => documents.get(uri) ?? null,
    overlay: () => new Map([...documents.values()].map(document => [uris.pathOf(document.uri), document.getText()])),
    projectOf,
    projects: () => [...projects.values(), loose],
    rescan() {
      return scan([...projects.values()]);
    },
    async settled(project, token) {
      await quiet(token);
      const answers = await timed(project);
      throwIfCancelled(token);
      return answers;
    },
    async first(project, uri, token) {
      if (!client.refreshDiagnostics || edited !== uri) return session.settled(project, token);
      await quiet(token);
      const { answers, complete } = await project.first(uris.pathOf(uri));
      throwIfCancelled(token);
      if (!complete) void guard.attemptAsync('publish', project.root, () => tellTheRest(project, uri, answers), () => undefined);
      return answers;
    },
    nextChange: token =>
      Promise.race([new Promise<void>(resolve => void (disposed ? resolve() : waiting.add(resolve))), cancelled(token)]),
    async status() {
      await scans;
      let findings = 0;
      let files = 0;
      for (const project of projects.size > 0 ? projects.values() : [loose]) {
        files += project.fileCount;
        if (settings.enable) for (const list of (await timed(project)).findings.values()) findings += list.length;
      }
      const first: Project | undefined = projects.values().next().value;
      const node = settings.node === null ? (first?.node ?? defaultNode) : { version: settings.node, source: 'looplens.node' };
      return { state: settings.enable ? 'ready' : 'disabled', files, findings, node, durationMs: Math.round(lastDuration) };
    },
    dispose() {
      disposed = true;
      if (publish) clearTimeout(publish);
      for (const wake of waiting) wake();
      waiting.clear();
    },
  };
  return session;
}

function openCache(root: string, version: string): FactsCache | null {
  const path = userCachePath(root);
  return path === null ? null : openFactsCache(path, version);
}

function folderPath(uris: Uris, uri: string): string {
  const path = uris.pathOf(uri);
  return path.length > 1 ? path.replace(/[/\\]$/, '') : path;
}

function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}

function cancelled(token: CancellationToken): Promise<void> {
  return new Promise(resolve => token.onCancellationRequested(() => resolve()));
}
