// The server as VS Code starts it: a forked process that speaks over its IPC channel.
import { toolVersion } from '../host/tool-version.ts';
import { serveParent } from './serve.ts';

serveParent(toolVersion());
