import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { ModelToolParams } from '../server/lsp/protocol.ts';
import { modelToolRequest } from './methods.ts';

// `vscode.lm.registerTool` came with VS Code 1.95; the extension also runs on older ones, and on editors without models.
interface LanguageModels {
  registerTool?(name: string, tool: { invoke(options: { readonly input: object }, token: vscode.CancellationToken): Promise<unknown>; prepareInvocation?(): { readonly invocationMessage: string } }): vscode.Disposable;
}
type TextPart = new (value: string) => object;
type ToolResult = new (parts: readonly object[]) => object;

const tools: Readonly<Record<ModelToolParams['tool'], string>> = { lint: 'looplens_lint', explain: 'looplens_explain', rule: 'looplens_rule', api: 'looplens_api' };

/** The tools of `looplens mcp` for the editor's own language models, on the texts as they are in the editor. They only read. */
export function registerModelTools(client: LanguageClient): vscode.Disposable[] {
  const { lm, LanguageModelToolResult, LanguageModelTextPart } = vscode as unknown as { readonly lm?: LanguageModels; readonly LanguageModelToolResult?: ToolResult; readonly LanguageModelTextPart?: TextPart };
  if (!lm?.registerTool || !LanguageModelToolResult || !LanguageModelTextPart) return [];
  return Object.entries(tools).map(([tool, name]) =>
    lm.registerTool!(name, {
      async invoke({ input }, token) {
        const text = await client.sendRequest<string>(modelToolRequest, { ...input, tool }, token);
        return new LanguageModelToolResult([new LanguageModelTextPart(text)]);
      },
      prepareInvocation: () => ({ invocationMessage: vscode.l10n.t('Asking Looplens') }),
    }),
  );
}
