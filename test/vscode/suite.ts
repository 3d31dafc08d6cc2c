// Runs inside VS Code's extension host, with the extension from the folder under test.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const limitMs = 60_000;

async function eventually<T>(what: string, read: () => T | undefined | null | false | Promise<T | undefined | null | false>): Promise<T> {
  const end = Date.now() + limitMs;
  while (Date.now() < end) {
    const value = await read();
    if (value) return value;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error(`not seen within ${limitMs} ms: ${what}`);
}

const uriOf = (file: string): vscode.Uri => vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, file);
const findings = (file: string): vscode.Diagnostic[] => vscode.languages.getDiagnostics(uriOf(file)).filter(({ source }) => source === 'looplens');

const tests: Readonly<Record<string, () => Promise<void>>> = {
  async 'is activated by a JavaScript file and starts its server'() {
    await vscode.window.showTextDocument(uriOf('report.js'));
    const extension = vscode.extensions.getExtension<{ ready: Promise<void> }>('looplens.looplens')!;
    await eventually('activation', () => extension.isActive);
    await extension.exports.ready;
  },

  async 'contributes its commands'() {
    const known = await vscode.commands.getCommands(true);
    const declared = (vscode.extensions.getExtension('looplens.looplens')!.packageJSON as { contributes: { commands: { command: string }[] } }).contributes.commands;
    assert.deepEqual(declared.map(({ command }) => command).filter(command => !known.includes(command)), []);
  },

  async 'gives language models its tools, where the editor has models'() {
    const { lm, LanguageModelToolResult } = vscode as unknown as { lm?: { tools: readonly { name: string }[]; invokeTool(name: string, options: object): Promise<{ content: readonly { value: string }[] }> }; LanguageModelToolResult?: unknown };
    const declared = (vscode.extensions.getExtension('looplens.looplens')!.packageJSON as { contributes: { languageModelTools: { name: string }[] } }).contributes.languageModelTools.map(({ name }) => name);
    assert.equal(declared.length, 4);
    if (!LanguageModelToolResult || !lm?.tools.some(({ name }) => name === declared[0])) return;
    const { content } = await lm.invokeTool('looplens_api', { input: { name: 'fs.statSync' }, toolInvocationToken: undefined });
    assert.match(content.map(({ value }) => value).join(''), /blocks/i);
  },

  async 'shows findings of open and of closed files with the way to them'() {
    const [finding] = await eventually('a finding in the open file', () => findings('report.js').length > 0 && findings('report.js'));
    assert.equal(typeof finding!.code === 'object' && finding!.code.value, 'blocking-fs');
    assert.equal(finding!.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(finding!.relatedInformation?.length, 3);
    await eventually('a finding in the closed file', () => findings('closed.js').length === 1);
  },

  async 'says more on hover'() {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uriOf('report.js'), new vscode.Position(3, 14));
    const text = hovers.flatMap(({ contents }) => contents.map(content => (typeof content === 'string' ? content : content.value))).join('\n');
    assert.match(text, /Blocks the event loop/);
  },

  async 'follows an edit in another file'() {
    const document = await vscode.workspace.openTextDocument(uriOf('server.js'));
    const edit = new vscode.WorkspaceEdit();
    const call = document.getText().indexOf('report()');
    edit.replace(document.uri, new vscode.Range(document.positionAt(call), document.positionAt(call + 'report()'.length)), "'nothing'");
    await vscode.workspace.applyEdit(edit);
    await eventually('no finding any more', () => findings('report.js').length === 0);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    await eventually('the finding again', () => findings('report.js').length === 1);
  },

  async 'fixes what it finds'() {
    const uri = uriOf('report.js');
    const [finding] = findings('report.js');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, finding!.range, vscode.CodeActionKind.QuickFix.value);
    const titles = actions.map(({ title }) => title);
    for (const part of ['for this line', 'for this file', 'documentation', 'execution order']) assert.ok(titles.some(title => title.includes(part)), `${part} in ${titles.join(' | ')}`);
    await vscode.workspace.applyEdit(actions.find(({ edit }) => edit !== undefined)!.edit!);
    const document = await vscode.workspace.openTextDocument(uri);
    assert.match(document.getText(), /await fs\.promises\.readFile/);
    await eventually('the finding is gone', () => findings('report.js').length === 0);
  },

  async 'takes settings over at once'() {
    const settings = vscode.workspace.getConfiguration('looplens');
    await eventually('a finding to lose', () => findings('closed.js').length === 1);
    await settings.update('enable', false, vscode.ConfigurationTarget.Workspace);
    await eventually('no findings', () => findings('closed.js').length === 0);
    await settings.update('enable', undefined, vscode.ConfigurationTarget.Workspace);
    await eventually('findings', () => findings('closed.js').length === 1);
  },

  async 'shows the page of a rule'() {
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse('looplens-rule:/blocking-fs.md'));
    assert.match(page.getText(), /## Why it is bad/);
  },

  async 'copies debug information'() {
    await vscode.commands.executeCommand('looplens.copyDebugInformation');
    assert.match(await vscode.env.clipboard.readText(), /Looplens: \d+\.\d+\.\d+/);
  },

  async 'restarts its server'() {
    await vscode.commands.executeCommand('looplens.restartServer');
    await eventually('findings again', () => findings('closed.js').length === 1);
  },

  async 'opens the view of the execution order'() {
    const editor = await vscode.window.showTextDocument(uriOf('server.js'));
    editor.selection = new vscode.Selection(4, 2, 4, 2);
    await vscode.commands.executeCommand('looplens.explainExecutionOrder');
    const tab = await eventually('the view', () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('looplens.executionOrder')));
    await vscode.window.tabGroups.close(tab);
  },
};

export async function run(): Promise<void> {
  const failed: string[] = [];
  for (const [name, body] of Object.entries(tests)) {
    try {
      await body();
      console.log(`ok - ${name}`);
    } catch (error) {
      failed.push(name);
      console.error(`not ok - ${name}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  if (failed.length > 0) throw new Error(`${failed.length} failed: ${failed.join(', ')}`);
}
