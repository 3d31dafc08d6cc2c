import * as vscode from 'vscode';
import { LanguageClient, TransportKind, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';
import type { InitializationOptions } from '../server/lsp/protocol.ts';
import { ruleScheme } from './rule-pages.ts';

const languages = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact'];

/** The client of the bundled server, which runs on VS Code's own Node.js. Not started yet. */
export function createClient(context: vscode.ExtensionContext, channel: vscode.LogOutputChannel): LanguageClient {
  const module = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.js').fsPath;
  const run = { module, transport: TransportKind.ipc };
  const server: ServerOptions = { run, debug: { ...run, options: { execArgv: ['--nolazy', '--inspect=6019', '--enable-source-maps'] } } };
  const initializationOptions: InitializationOptions = { commands: true, rulePages: `${ruleScheme}:/{rule}.md` };
  const options: LanguageClientOptions = {
    documentSelector: [
      ...languages.flatMap(language => [
        { scheme: 'file', language },
        { scheme: 'untitled', language },
      ]),
      { scheme: 'file', pattern: '**/looplens.config.{json,jsonc}' },
    ],
    initializationOptions,
    outputChannel: channel,
    traceOutputChannel: channel,
    diagnosticPullOptions: { onChange: true, onTabs: true, onFocus: true },
  };
  return new LanguageClient('looplens', 'Looplens', server, options);
}
