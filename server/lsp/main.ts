// The server as VS Code starts it: a forked process that speaks over its IPC channel.
import { readFileSync } from 'node:fs';
import { serveParent } from './serve.ts';

serveParent((JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version);
