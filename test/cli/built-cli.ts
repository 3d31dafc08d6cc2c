import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';

const home = mkdtempSync(join(tmpdir(), 'looplens-cli-'));
after(() => rmSync(home, { recursive: true, force: true }));

/** The built command line, outside of the repository: nothing of node_modules is near it. Built once per test file. */
export const builtProgram: Promise<string> = (async () => {
  const { nodeOptions } = (await import(new URL('esbuild.mjs', `file://${process.cwd()}/`).href)) as { nodeOptions: object };
  await build({ ...nodeOptions, sourcemap: false, entryPoints: { cli: 'server/cli/main.ts' }, outdir: join(home, 'looplens', 'dist') });
  copyFileSync('package.json', join(home, 'looplens', 'package.json'));
  return join(home, 'looplens', 'dist', 'cli.js');
})();

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly uid?: number;
  /** Close the reading end of standard output after its first bytes. */
  readonly hangUp?: boolean;
}

/** Runs `looplens` with the arguments and waits for its end. The cache lies in a folder of this test file. */
export async function looplens(args: readonly string[], options: RunOptions): Promise<Run> {
  const file = await builtProgram;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], { cwd: options.cwd, uid: options.uid, env: { PATH: process.env['PATH'] ?? '', HOME: join(home, 'user'), ...options.env } });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (options.hangUp) child.stdout.destroy();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin.on('error', () => {});
    child.stdin.end(options.stdin ?? '');
    child.on('error', reject).on('close', code => resolve({ code, stdout, stderr }));
  });
}

let projects = 0;

/** A new folder with the files; a path that ends with `/` is an empty folder. */
export function project(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = join(home, `project-${projects++}`);
  mkdirSync(root);
  for (const [path, content] of Object.entries(files)) {
    const target = join(root, path);
    mkdirSync(path.endsWith('/') ? target : dirname(target), { recursive: true });
    if (!path.endsWith('/')) writeFileSync(target, content);
  }
  return root;
}

export interface JsonFinding {
  readonly rule: string;
  readonly severity: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly path: readonly { readonly file: string; readonly line: number; readonly column: number; readonly label: string }[];
  readonly fixes: readonly { readonly kind: string; readonly edits: readonly { readonly file: string; readonly start: number; readonly end: number; readonly text: string }[] }[];
  readonly impact: { readonly cost: string; readonly exposure: string; readonly rank: number };
  readonly group: string | null;
  readonly fingerprint: string;
  readonly suppressed: { readonly kind: string; readonly reason: string } | null;
  readonly [key: string]: unknown;
}

export interface JsonReport {
  readonly schemaVersion: number;
  readonly tool: { readonly name: string; readonly version: string };
  readonly files: number;
  readonly durationMs: number;
  readonly findings: readonly JsonFinding[];
  readonly errors: readonly { readonly file: string; readonly line: number; readonly message: string }[];
}

/** Runs `looplens lint --format json` and reads what it prints. */
export async function lintJson(cwd: string, args: readonly string[] = [], options: Omit<RunOptions, 'cwd'> = {}): Promise<Run & { readonly report: JsonReport }> {
  const run = await looplens(['lint', '--format', 'json', ...args], { cwd, ...options });
  try {
    return { ...run, report: JSON.parse(run.stdout) as JsonReport };
  } catch {
    throw new Error(`no JSON on standard output, exit code ${run.code}:\n${run.stdout.slice(0, 500)}\n${run.stderr}`);
  }
}

/** An Express handler that blocks: one finding, of `blocking-fs`, on line 3. */
export const blocking = "import express from 'express';\nimport { readFileSync } from 'node:fs';\nexpress().get('/', (req, res) => res.send(readFileSync('a')));\n";
/** A handler that calls `fn` of a module. */
export const handlerOf = (module: string, fn: string): string => `import express from 'express';\nimport { ${fn} } from '${module}';\nexpress().get('/', (req, res) => res.send(${fn}()));\n`;
