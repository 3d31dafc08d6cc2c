import { relative, resolve, sep } from 'node:path';
import { statSync } from 'node:fs';
import { workerData, type MessagePort } from 'node:worker_threads';
import type { Confidence } from '../core/hazards/finding.ts';
import { userCachePath } from '../host/cache-place.ts';
import { readText, sourceLimit } from '../host/read-file.ts';
import { projectRoot } from '../host/project-root.ts';
import { toolVersion } from '../host/tool-version.ts';
import { analyse, findProgram, type Analysis, type AnalyseRequest } from './analyse.ts';

// The thread in which eslint-plugin-looplens analyses: the project once, and again when a file has changed.

interface Request {
  readonly cwd: string;
  readonly file: string;
  readonly text: string;
  readonly confidence: Confidence;
}

interface Known {
  readonly analysis: Analysis;
  /** Of the files on the disk. */
  readonly signature: string;
  /** When the disk was looked at, ms. */
  checked: number;
  /** The file whose text in the editor was analysed instead of that on the disk. */
  readonly open: { readonly file: string; readonly text: string } | null;
}

/** A run over many files asks for them one right after the other; between two of them nobody edits. */
const restMs = 1_000;
const projects = new Map<string, Known>();

/** The findings of one file, with offsets into its text; a problem where the project cannot be analysed. */
async function findingsOf({ cwd, file, text, confidence }: Request): Promise<{ findings: readonly unknown[]; problem: string | null }> {
  const root = projectRoot(resolve(file, '..')) ?? cwd;
  try {
    const analysis = await analysisFor(root, resolve(file), text, confidence);
    const name = relative(root, resolve(file)).split(sep).join('/');
    const findings = analysis.findings
      .filter(finding => finding.suppressed === null && finding.location.file === name)
      .map(({ rule, message, location, fixes }) => ({ rule, message, start: location.start, end: location.end, fixes: fixes.filter(fix => fix.edits.every(edit => edit.file === name)).map(({ title, edits }) => ({ title, edits })) }));
    return { findings, problem: null };
  } catch (error) {
    return { findings: [], problem: error instanceof Error ? error.message : String(error) };
  }
}

async function analysisFor(root: string, file: string, text: string, confidence: Confidence): Promise<Analysis> {
  const key = `${confidence} ${root}`;
  const known = projects.get(key);
  const onDisk = readText(file, 'named', sourceLimit) === text;
  const open = onDisk ? null : { file, text };
  const request: AnalyseRequest = {
    paths: ['.'],
    cwd: root,
    stdin: open,
    config: null,
    configLookup: true,
    ruleOverrides: {},
    confidence,
    gitignore: true,
    ignorePatterns: [],
    cachePath: userCachePath(root),
    toolVersion: toolVersion(),
  };
  const signature = known && performance.now() - known.checked < restMs ? known.signature : signatureOf(request);
  if (known && known.signature === signature && known.open?.file === open?.file && known.open?.text === open?.text) {
    known.checked = performance.now();
    return known.analysis;
  }
  const analysis = await analyse(request);
  projects.set(key, { analysis, signature, checked: performance.now(), open });
  return analysis;
}

/** Changes where a file of the project is added, removed or written. */
function signatureOf(request: AnalyseRequest): string {
  const { program } = findProgram(request);
  return [...program.sources, ...program.projectFiles, ...program.configFiles]
    .map(path => {
      const stats = statSync(path, { throwIfNoEntry: false });
      return `${path} ${stats?.mtimeMs} ${stats?.size}`;
    })
    .join('\n');
}

const { port, signal } = workerData as { readonly port: MessagePort; readonly signal: Int32Array };
port.on('message', (request: Request) => {
  void findingsOf(request).then(answer => {
    port.postMessage(answer);
    Atomics.store(signal, 0, 1);
    Atomics.notify(signal, 0);
  });
});
