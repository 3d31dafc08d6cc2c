import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { CursorParams } from '../server/lsp/protocol.ts';
import { cursorNotification } from './methods.ts';

/** A pause in moving after which the server is told, ms. */
const quietMs = 300;

/** Tells the server where the cursor is while inlay hints are on: they number the steps of the function around it. */
export function followCursor(client: LanguageClient): vscode.Disposable {
  let timer: NodeJS.Timeout | null = null;
  let told = '';
  const tell = (): void => {
    const editor = vscode.window.activeTextEditor;
    if (!editor || !client.isRunning() || !vscode.workspace.getConfiguration('looplens', editor.document).get<boolean>('inlayHints.enable')) return;
    const params: CursorParams = { textDocument: { uri: client.code2ProtocolConverter.asUri(editor.document.uri) }, position: client.code2ProtocolConverter.asPosition(editor.selection.active) };
    // Along a line the function seldom changes; an edit asks for hints by itself.
    const place = `${params.textDocument.uri} ${params.position.line}`;
    if (place === told) return;
    told = place;
    void client.sendNotification(cursorNotification, params);
  };
  const later = (): void => {
    if (timer) clearTimeout(timer);
    timer = setTimeout(tell, quietMs);
  };
  const listeners = [vscode.window.onDidChangeTextEditorSelection(later), vscode.window.onDidChangeActiveTextEditor(later), vscode.workspace.onDidChangeConfiguration(later)];
  return {
    dispose() {
      if (timer) clearTimeout(timer);
      for (const listener of listeners) listener.dispose();
    },
  };
}
