import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

// A small client of the Language Server Protocol that can also send what no client should.

interface Message {
  readonly jsonrpc?: '2.0';
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** An error that the server answered with. */
export class ResponseFailure extends Error {
  constructor(
    readonly code: number,
    text: string,
  ) {
    super(text);
  }
}

export interface Client {
  /** Answer of the server; rejects with a ResponseFailure. */
  request<T = unknown>(method: string, params: unknown): Promise<T>;
  /** Sends a request and cancels it: in the same bytes, or once `meanwhile` has resolved. */
  requestAndCancel(method: string, params: unknown, meanwhile?: () => Promise<unknown>): Promise<unknown>;
  notify(method: string, params: unknown): void;
  /** Bytes as they are. */
  raw(bytes: string): void;
  /** The first message of the server, from now on or already here, that the test accepts. */
  received<T = unknown>(method: string, accept?: (params: T) => boolean): Promise<T>;
  /** Forgets the messages that are here. */
  forget(): void;
  /** Resolves with the exit code. */
  readonly exit: Promise<number | null>;
  readonly process: ChildProcess;
}

const explainWorker = 'server/host/explain-worker.ts';

/** Builds the command line into a fresh folder; returns its path and a clean-up. */
export function buildServer(): { readonly cli: string; remove(): void } {
  const outdir = mkdtempSync(join(process.cwd(), 'node_modules', '.cache', 'lsp-server-'));
  const entries = ['cli=server/cli/main.ts', ...(existsSync(explainWorker) ? [`explain-worker=${explainWorker}`] : [])];
  execFileSync(process.execPath, ['scripts/lib/build-into.mjs', outdir, ...entries], { stdio: 'inherit' });
  return { cli: join(outdir, 'cli.js'), remove: () => rmSync(outdir, { recursive: true, force: true }) };
}

/** Starts `looplens lsp --stdio`. Requests of the server are answered with null, `workspace/configuration` with `settings`. */
export function startClient(cli: string, settings: () => unknown = () => null): Client {
  const child = spawn(process.execPath, [cli, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const waiting = new Set<(message: Message) => boolean>();
  let inbox: Message[] = [];
  let next = 1;
  let buffer = Buffer.alloc(0);

  const send = (...messages: Message[]): void => {
    const frames = messages.map(message => {
      const body = JSON.stringify({ jsonrpc: '2.0', ...message });
      return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    });
    child.stdin.write(frames.join(''));
  };
  const take = (message: Message): void => {
    if (message.method === undefined) {
      const { resolve, reject } = pending.get(message.id as number) ?? {};
      pending.delete(message.id as number);
      if (message.error) reject?.(new ResponseFailure(message.error.code, message.error.message));
      else resolve?.(message.result);
      return;
    }
    if (message.id !== undefined) {
      const items = (message.params as { items?: unknown[] } | undefined)?.items;
      send({ id: message.id, result: message.method === 'workspace/configuration' ? (items ?? []).map(settings) : null });
    }
    inbox.push(message);
    for (const wait of waiting) if (wait(message)) waiting.delete(wait);
  };
  child.stdout.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const end = buffer.indexOf('\r\n\r\n');
      const length = end < 0 ? null : /Content-Length: (\d+)/i.exec(buffer.toString('latin1', 0, end));
      if (!length || buffer.length < end + 4 + Number(length[1])) return;
      const body = buffer.toString('utf8', end + 4, end + 4 + Number(length[1]));
      buffer = buffer.subarray(end + 4 + Number(length[1]));
      take(JSON.parse(body) as Message);
    }
  });
  const exit = new Promise<number | null>(resolve =>
    child.once('close', code => {
      for (const { reject } of pending.values()) reject(new Error('the server ended'));
      resolve(code);
    }),
  );

  const request = <T>(method: string, params: unknown, ...further: Message[]): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const id = next++;
      pending.set(id, { resolve: resolve as (value: unknown) => void, reject });
      send({ id, method, params }, ...further);
    });
  return {
    request: (method, params) => request(method, params),
    requestAndCancel(method, params, meanwhile) {
      const cancel: Message = { method: '$/cancelRequest', params: { id: next } };
      if (!meanwhile) return request(method, params, cancel);
      const answer = request(method, params);
      void meanwhile().then(() => send(cancel));
      return answer;
    },
    notify: (method, params) => send({ method, params }),
    raw: bytes => void child.stdin.write(bytes),
    received<T>(method: string, accept: (params: T) => boolean = () => true): Promise<T> {
      const fits = (message: Message): boolean => message.method === method && accept(message.params as T);
      const here = inbox.find(fits);
      if (here) return Promise.resolve(here.params as T);
      return new Promise(resolve =>
        waiting.add(message => {
          if (!fits(message)) return false;
          resolve(message.params as T);
          return true;
        }),
      );
    },
    forget: () => (inbox = []),
    exit,
    process: child,
  };
}

/** A folder with files, and the URIs of them. */
export interface Folder {
  readonly path: string;
  readonly uri: string;
  uriOf(file: string): string;
  write(file: string, text: string): void;
  delete(file: string): void;
  remove(): void;
}

export function createFolder(files: Readonly<Record<string, string>>): Folder {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'looplens-lsp-')));
  const path = join(scratch, 'demo');
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  return {
    path,
    uri: pathToFileURL(path).href,
    uriOf: file => pathToFileURL(join(path, file)).href,
    write,
    delete: file => rmSync(join(path, file)),
    remove: () => rmSync(scratch, { recursive: true, force: true }),
  };
}
