import { createConnection, ProposedFeatures, type Connection } from 'vscode-languageserver/node';
import { limitHeapGrowth } from './collect-garbage.ts';
import { startServer } from './server.ts';

/**
 * Serves the client at the other end of standard input and output. Returns when the client ends the connection.
 * @returns the exit code: 0 after `shutdown`, 1 where the client left without it
 */
export function serveStdio(version: string): Promise<number> {
  // Whatever prints by accident must not get between the messages.
  console.log = console.error;
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  return serve(connection, version);
}

/** Serves the process that forked this one, as VS Code does. */
export function serveParent(version: string): void {
  void serve(createConnection(ProposedFeatures.all), version);
}

function serve(connection: Connection, version: string): Promise<number> {
  // One request that goes wrong must not take the editor's findings away.
  const survive = (error: unknown): void => connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.on('uncaughtException', survive);
  process.on('unhandledRejection', survive);
  limitHeapGrowth();
  startServer(connection, version);
  return new Promise(resolve => connection.onExit(() => resolve(0)));
}
