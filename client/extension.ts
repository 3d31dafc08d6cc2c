import * as vscode from 'vscode';
import { registerCommands } from './commands.ts';
import { followCursor } from './cursor.ts';
import { registerModelTools } from './language-model-tools.ts';
import { createClient } from './language-client.ts';
import { registerRulePages } from './rule-pages.ts';
import { showStatus } from './status.ts';

/** What tests reach through `extension.exports`. */
export interface LooplensApi {
  /** Resolves when the server runs. */
  readonly ready: Promise<void>;
}

let stop: (() => Promise<void>) | null = null;

export function activate(context: vscode.ExtensionContext): LooplensApi {
  const channel = vscode.window.createOutputChannel('Looplens', { log: true });
  const client = createClient(context, channel);
  stop = () => client.stop();
  context.subscriptions.push(channel, registerRulePages(client), showStatus(client), followCursor(client), ...registerModelTools(client), ...registerCommands(context, client, channel));
  const ready = client.start().catch((error: unknown) => {
    channel.error(error instanceof Error ? error : String(error));
    void vscode.window.showErrorMessage(vscode.l10n.t('Looplens could not start its language server. See its output.'));
  });
  return { ready };
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
