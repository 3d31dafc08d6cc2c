import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { DisableArguments, ExplainArguments, Status } from '../server/lsp/protocol.ts';
import { createExplainPanel } from './explain-panel.ts';
import { debugInformationRequest, lintWorkspaceRequest } from './methods.ts';
import { showRule } from './rule-pages.ts';

const nodeMajors = ['18', '20', '22', '24', '26'];

export function registerCommands(context: vscode.ExtensionContext, client: LanguageClient, channel: vscode.LogOutputChannel): vscode.Disposable[] {
  const panel = createExplainPanel(context.extensionUri, client);
  const command = (name: string, run: (...args: never[]) => unknown): vscode.Disposable => vscode.commands.registerCommand(`looplens.${name}`, run);
  return [
    panel,
    // From a menu the argument is a resource, which names no place.
    command('explainExecutionOrder', (place?: Partial<ExplainArguments>) => explain(panel.show, place instanceof vscode.Uri ? undefined : place)),
    command('explainFile', (resource?: vscode.Uri) => {
      // From the explorer, else of the active editor.
      const uri = resource instanceof vscode.Uri ? resource : activeEditor()?.document.uri;
      return uri && panel.show(uri, null);
    }),
    command('lintWorkspace', () =>
      vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Looplens: linting the workspace') }, async () => {
        const { files, findings } = await client.sendRequest<Status>(lintWorkspaceRequest);
        if (findings > 0) void vscode.commands.executeCommand('workbench.actions.view.problems');
        void vscode.window.showInformationMessage(vscode.l10n.t('Looplens: {0} findings in {1} files.', findings, files));
      }),
    ),
    command('restartServer', () => client.restart()),
    command('showOutput', () => channel.show()),
    command('showRule', async (rule?: string) => {
      const name = typeof rule === 'string' ? rule : await pickRule();
      if (name !== undefined) await showRule(name);
    }),
    command('copyDebugInformation', async () => {
      const server = await client.sendRequest<string>(debugInformationRequest).catch((error: unknown) => `The server does not answer: ${String(error)}`);
      await vscode.env.clipboard.writeText(`VS Code: ${vscode.version} (${vscode.env.appHost}, ${vscode.env.language})\n${server}\n`);
      void vscode.window.showInformationMessage(vscode.l10n.t('Looplens: the debug information is on the clipboard.'));
    }),
    command('selectNodeVersion', selectNodeVersion),
    command('disableWithReason', disableWithReason),
  ];
}

function activeEditor(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor) void vscode.window.showInformationMessage(vscode.l10n.t('Open a JavaScript or TypeScript file first.'));
  return editor;
}

/** At a place that a code action names, else at the cursor or around the selection; outside of functions the server explains the file. */
function explain(show: (uri: vscode.Uri, place: vscode.Range | null) => unknown, place: Partial<ExplainArguments> | undefined): unknown {
  if (place?.uri && place.position) {
    const at = new vscode.Position(place.position.line, place.position.character);
    return show(vscode.Uri.parse(place.uri), new vscode.Range(at, at));
  }
  const editor = activeEditor();
  return editor && show(editor.document.uri, editor.selection);
}

/** The rules that the findings of the active file name. */
async function pickRule(): Promise<string | undefined> {
  const found = vscode.languages.getDiagnostics().flatMap(([, diagnostics]) => diagnostics.filter(({ source }) => source === 'looplens'));
  const rules = [...new Set(found.map(({ code }) => String(typeof code === 'object' ? code.value : code)))].sort();
  if (rules.length === 0) return vscode.window.showInputBox({ prompt: vscode.l10n.t('Name of the rule') });
  return vscode.window.showQuickPick(rules, { placeHolder: vscode.l10n.t('Rule to show') });
}

async function selectNodeVersion(): Promise<void> {
  const automatic = { label: vscode.l10n.t('As the project says'), version: '' };
  const picked = await vscode.window.showQuickPick([automatic, ...nodeMajors.map(version => ({ label: `Node.js ${version}`, version }))], { placeHolder: vscode.l10n.t('Version of Node.js that the code runs on') });
  if (picked) await vscode.workspace.getConfiguration('looplens').update('node', picked.version === '' ? undefined : picked.version, vscode.ConfigurationTarget.Workspace);
}

async function disableWithReason({ uri, position, text }: DisableArguments): Promise<void> {
  const reason = await vscode.window.showInputBox({ prompt: vscode.l10n.t('Why is this finding accepted?'), validateInput: value => (/\*\/|[\r\n]/.test(value) ? vscode.l10n.t('The reason stands in a comment: one line, without */') : null) });
  if (reason === undefined) return;
  const edit = new vscode.WorkspaceEdit();
  edit.insert(vscode.Uri.parse(uri), new vscode.Position(position.line, position.character), reason.trim() === '' ? text.replace(' -- {reason}', '') : text.replace('{reason}', () => reason.trim()));
  await vscode.workspace.applyEdit(edit);
}
