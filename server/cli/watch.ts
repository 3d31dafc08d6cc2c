import { watch as watchFolder, type FSWatcher } from 'node:fs';
import { dirname } from 'node:path';
import { findProgram, type AnalyseRequest } from './analyse.ts';
import type { Io } from './io.ts';
import { say } from './messages.ts';

/** Editors write in several steps; a run starts once they have been quiet for this long, ms. */
const quietMs = 100;
const interesting = /\.(?:[cm]?[jt]sx?|jsonc?|ya?ml|lock)$|^(?:Procfile|Dockerfile)/;

/**
 * Runs, and again after each change to a folder that holds files of the project: one watcher a folder, since recursive ones of Node follow
 * node_modules on Linux. Ends with SIGINT or SIGTERM.
 * @returns the exit code of the last run
 */
export async function watch(request: AnalyseRequest, io: Io, runOnce: () => Promise<number>): Promise<number> {
  const watchers = new Map<string, FSWatcher>();
  let wake: () => void = () => undefined;
  let stopped = false;
  let code = 0;
  const stop = (): void => {
    stopped = true;
    wake();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  let dirty = false;
  const changed = (_event: string, name: string | Buffer | null): void => {
    // A name without an extension may be a new folder.
    if (name !== null && !interesting.test(String(name)) && String(name).includes('.')) return;
    dirty = true;
    wake();
  };
  while (!stopped) {
    dirty = false;
    code = await runOnce();
    const { program } = findProgram(request);
    const folders = new Set([...program.sources, ...program.projectFiles, ...program.configFiles].map(path => dirname(path)));
    for (const [folder, watcher] of watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of folders) {
      if (watchers.has(folder)) continue;
      try {
        watchers.set(folder, watchFolder(folder, { persistent: true }, changed).on('error', () => watchers.delete(folder)));
      } catch {
        // Gone since it was found; the next change of its parent tells.
      }
    }
    io.stderr.write(`looplens: ${say('watching', { count: watchers.size })[io.locale]}\n`);
    while (!stopped && !dirty) await new Promise<void>(resolve => (wake = resolve));
    while (!stopped && dirty) {
      dirty = false;
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, quietMs);
        wake = () => {
          if (!stopped) return;
          clearTimeout(timer);
          resolve();
        };
      });
      if (!dirty) break;
    }
  }
  for (const watcher of watchers.values()) watcher.close();
  process.off('SIGINT', stop);
  process.off('SIGTERM', stop);
  return code;
}
