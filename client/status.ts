import * as vscode from 'vscode';
import { State, type LanguageClient } from 'vscode-languageclient/node';
import type { Status } from '../server/lsp/protocol.ts';
import { statusNotification } from './methods.ts';

/** The language status item: whether the server runs, what it found, and which version of Node.js it assumes. */
export function showStatus(client: LanguageClient): vscode.Disposable {
  const selector: vscode.DocumentSelector = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact'];
  const findings = vscode.languages.createLanguageStatusItem('looplens.findings', selector);
  findings.name = 'Looplens';
  findings.command = { title: vscode.l10n.t('Show Output'), command: 'looplens.showOutput' };
  const node = vscode.languages.createLanguageStatusItem('looplens.node', selector);
  node.name = vscode.l10n.t('Looplens: Node.js version');
  node.command = { title: vscode.l10n.t('Change'), command: 'looplens.selectNodeVersion' };

  const show = (status: Status): void => {
    findings.busy = false;
    findings.severity = vscode.LanguageStatusSeverity.Information;
    findings.text = status.state === 'disabled' ? vscode.l10n.t('Looplens is off') : status.findings === 1 ? vscode.l10n.t('Looplens: 1 finding') : vscode.l10n.t('Looplens: {0} findings', status.findings);
    findings.detail = vscode.l10n.t('{0} files, {1} ms', status.files, status.durationMs);
    node.text = vscode.l10n.t('Node.js {0}', status.node.version);
    node.detail = status.node.source === '' ? vscode.l10n.t('assumed: the project names none') : vscode.l10n.t('from {0}', status.node.source);
  };
  const showState = (state: State): void => {
    findings.busy = state === State.Starting || state === State.Running;
    findings.text = state === State.Stopped ? vscode.l10n.t('Looplens has stopped') : vscode.l10n.t('Looplens is starting');
    findings.severity = state === State.Stopped ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
  };
  return vscode.Disposable.from(
    findings,
    node,
    client.onNotification(statusNotification, show),
    client.onDidChangeState(({ newState }) => showState(newState)),
  );
}
