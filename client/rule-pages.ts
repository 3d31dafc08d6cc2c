import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { RulePageResult } from '../server/lsp/protocol.ts';
import { rulePageRequest } from './methods.ts';

/** Scheme of the read-only documents that hold rules' pages: `looplens-rule:/blocking-fs.md`. */
export const ruleScheme = 'looplens-rule';

export function registerRulePages(client: LanguageClient): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(ruleScheme, {
    async provideTextDocumentContent(uri) {
      const rule = uri.path.replace(/^\/|\.md$/g, '');
      const page = await client.sendRequest<RulePageResult | null>(rulePageRequest, { rule });
      return page?.markdown ?? vscode.l10n.t('There is no rule {0}.', rule);
    },
  });
}

/** Shows a rule's page as it is read, not as it is written. */
export async function showRule(rule: string): Promise<void> {
  await vscode.commands.executeCommand('markdown.showPreviewToSide', vscode.Uri.from({ scheme: ruleScheme, path: `/${rule}.md` }));
}
