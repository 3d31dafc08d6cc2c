import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Step, Timeline, TimelineLocation } from '../server/core/order/timeline.ts';
import type { ExplainParams, ExplainResult, ExportFormat, HostToView, ModuleType, RenderParams, ViewToHost } from '../server/lsp/protocol.ts';
import { explainRequest, renderRequest } from './methods.ts';
import { webviewHtml } from './webview-html.ts';

/** A pause in typing after which the order is explained anew, ms. */
const quietMs = 250;

const extensionOf: Readonly<Record<ExportFormat, string>> = { svg: 'svg', html: 'html', mermaid: 'mmd', text: 'txt' };

export interface ExplainPanel extends vscode.Disposable {
  /** Shows the order of a file, or of the function around a place. There is one view; it goes to what was asked for last. */
  show(uri: vscode.Uri, place: vscode.Range | null): Promise<void>;
}

interface Shown {
  readonly uri: vscode.Uri;
  /** Kept up to date while the text around it is edited. */
  place: vscode.Range | null;
  node: string | null;
  module: ModuleType | null;
}

export function createExplainPanel(extensionUri: vscode.Uri, client: LanguageClient): ExplainPanel {
  let panel: vscode.WebviewPanel | null = null;
  let shown: Shown | null = null;
  let answer: { readonly revision: number; readonly result: ExplainResult } | null = null;
  let revision = 0;
  let running: vscode.CancellationTokenSource | null = null;
  let timer: NodeJS.Timeout | null = null;
  const highlight = vscode.window.createTextEditorDecorationType({ isWholeLine: false, backgroundColor: new vscode.ThemeColor('looplens.stepBackground'), border: '1px solid', borderColor: new vscode.ThemeColor('looplens.stepBorder'), borderRadius: '2px' });

  const send = (message: HostToView): void => void panel?.webview.postMessage(message);

  const explain = async (): Promise<void> => {
    if (!shown || !panel) return;
    running?.cancel();
    const source = (running = new vscode.CancellationTokenSource());
    send({ type: 'busy' });
    try {
      const result = await client.sendRequest<ExplainResult>(explainRequest, paramsOf(shown), source.token);
      if (source.token.isCancellationRequested) return;
      answer = { revision: ++revision, result };
      send({ type: 'timeline', revision, timeline: result.timeline, source: result.source });
    } catch (error) {
      if (!source.token.isCancellationRequested) send({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  };

  const paramsOf = ({ uri, place, node, module }: Shown): ExplainParams => ({
    textDocument: { uri: client.code2ProtocolConverter.asUri(uri) },
    position: place && client.code2ProtocolConverter.asPosition(place.start),
    end: place && !place.isEmpty ? client.code2ProtocolConverter.asPosition(place.end) : null,
    node,
    module,
  });

  /** The steps of another outcome of the answer that is shown; null where there is another answer now, or none. */
  const stepsOf = async (of: number, index: number): Promise<readonly Step[] | null> => {
    if (!shown || answer?.revision !== of) return null;
    const { outcomes } = answer.result.timeline;
    const result = await client.sendRequest<ExplainResult>(explainRequest, { ...paramsOf(shown), stepsOf: index }).catch(() => null);
    // Where time or an edit has made other outcomes, their steps do not belong to what is shown.
    const same = JSON.stringify(result?.timeline.outcomes[index]?.output) === JSON.stringify(outcomes[index]?.output);
    return result && same && answer.revision === of ? result.timeline.steps : null;
  };

  const receive = async (message: ViewToHost): Promise<void> => {
    switch (message.type) {
      case 'ready':
        await explain();
        break;
      case 'revealRange':
        await reveal(message.location, message.focus, highlight);
        break;
      case 'setOptions':
        if (!shown) break;
        shown.node = message.node;
        shown.module = message.module;
        await explain();
        break;
      case 'explainOutcome':
        send({ type: 'outcomeSteps', revision: message.revision, index: message.index, steps: await stepsOf(message.revision, message.index) });
        break;
      case 'export':
        if (answer) await save(answer.result, message.format, message.content);
        break;
      case 'copyText':
        if (answer) await vscode.env.clipboard.writeText(await render(answer.result, 'text'));
        break;
    }
  };

  const render = ({ timeline, source }: ExplainResult, format: RenderParams['format']): Promise<string> => client.sendRequest<string>(renderRequest, { timeline, source, format } satisfies RenderParams);

  const save = async (result: ExplainResult, format: ExportFormat, content: string | undefined): Promise<void> => {
    const from = vscode.Uri.parse(result.timeline.file);
    const target = await vscode.window.showSaveDialog({ defaultUri: from.with({ scheme: 'file', path: from.path.replace(/\.\w+$/, `.${extensionOf[format]}`) }) });
    if (!target) return;
    const text = format === 'svg' ? (content ?? '') : await render(result, format);
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  };

  const open = (): vscode.WebviewPanel => {
    const title = vscode.l10n.t('Execution Order');
    const dist = vscode.Uri.joinPath(extensionUri, 'dist');
    const created = vscode.window.createWebviewPanel('looplens.executionOrder', title, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, { enableScripts: true, localResourceRoots: [dist], retainContextWhenHidden: true });
    created.webview.onDidReceiveMessage((message: ViewToHost) => receive(message));
    created.onDidDispose(() => {
      panel = null;
      answer = null;
      running?.cancel();
      for (const editor of vscode.window.visibleTextEditors) editor.setDecorations(highlight, []);
    });
    created.webview.html = webviewHtml(created.webview, dist, title);
    return created;
  };

  const listeners = [
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (!shown || !panel || contentChanges.length === 0 || !concerns(answer?.result.timeline, shown, document.uri)) return;
      if (shown.place && document.uri.toString() === shown.uri.toString()) shown.place = new vscode.Range(moved(shown.place.start, contentChanges), moved(shown.place.end, contentChanges));
      if (timer) clearTimeout(timer);
      timer = setTimeout(() => void explain(), quietMs);
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections, kind }) => {
      // What the view itself revealed must not come back as a choice of the user.
      if (!panel || kind === undefined || kind === vscode.TextEditorSelectionChangeKind.Command) return;
      send({ type: 'selectAt', file: client.code2ProtocolConverter.asUri(textEditor.document.uri), line: selections[0]!.active.line + 1 });
    }),
  ];

  return {
    async show(uri, place) {
      shown = { uri, place, node: null, module: null };
      if (!panel) panel = open();
      else {
        panel.reveal(undefined, true);
        await explain();
      }
    },
    dispose() {
      if (timer) clearTimeout(timer);
      running?.cancel();
      panel?.dispose();
      highlight.dispose();
      for (const listener of listeners) listener.dispose();
    },
  };
}

/** Files other than the explained one matter where a step runs in them. */
function concerns(timeline: Timeline | undefined, shown: Shown, uri: vscode.Uri): boolean {
  return uri.toString() === shown.uri.toString() || (timeline?.steps.some(({ location }) => location.file === uri.toString()) ?? false);
}

/** Where a position is after edits above it on other lines. */
function moved(position: vscode.Position, changes: readonly vscode.TextDocumentContentChangeEvent[]): vscode.Position {
  let { line } = position;
  for (const { range, text } of changes) if (range.end.line < position.line) line += text.split('\n').length - 1 - (range.end.line - range.start.line);
  return new vscode.Position(Math.max(0, line), position.character);
}

async function reveal(location: TimelineLocation, focus: boolean, highlight: vscode.TextEditorDecorationType): Promise<void> {
  const uri = vscode.Uri.parse(location.file);
  const range = new vscode.Range(location.line - 1, location.column - 1, location.endLine - 1, location.endColumn - 1);
  const visible = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  const editor = visible && !focus ? visible : await vscode.window.showTextDocument(uri, { viewColumn: visible?.viewColumn ?? vscode.ViewColumn.One, preserveFocus: !focus, preview: true });
  for (const other of vscode.window.visibleTextEditors) other.setDecorations(highlight, other === editor ? [range] : []);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  if (focus) editor.selection = new vscode.Selection(range.start, range.start);
}
