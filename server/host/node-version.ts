import { dirname, join } from 'node:path';
import type { NodeMajor } from '../core/order/run.ts';
import { readText } from './read-file.ts';
import { workspaceRoot } from './project-root.ts';

/** The version of Node that is assumed, and what says so. */
export interface AssumedNode {
  /** A version or a range as it is written: `20`, `>=18.12`. */
  readonly version: string;
  /** `looplens.node`, `looplens.config.json`, `.nvmrc`, `engines.node`, or '' where nothing says anything. */
  readonly source: string;
}

/** Current LTS line; assumed where a project names none. */
export const defaultNode: AssumedNode = { version: '24', source: '' };

export const knownMajors: readonly NodeMajor[] = [18, 20, 22, 24, 26];

/** What a folder or those above it say: `.nvmrc`, `.node-version`, then `engines.node` of package.json; nearest first. */
export function nodeOfFolder(folder: string): AssumedNode {
  const root = workspaceRoot(folder);
  const read = (path: string): string => readText(path, { root }) ?? '';
  for (let directory = folder; ; directory = dirname(directory)) {
    for (const name of ['.nvmrc', '.node-version']) {
      const version = /^v?\d[\w.]*/.exec(read(join(directory, name)).trim())?.[0];
      if (version) return { version: version.replace(/^v/, ''), source: name };
    }
    const engines = enginesOf(read(join(directory, 'package.json')));
    if (engines) return { version: engines, source: 'engines.node' };
    if (directory === dirname(directory)) return defaultNode;
  }
}

/** The modelled major at or next above the first one of a version or range. */
export function majorOf(version: string): NodeMajor {
  const first = /\d+/.exec(version)?.[0];
  return first === undefined ? 24 : (knownMajors.find(major => major >= Number(first)) ?? 26);
}

function enginesOf(text: string): string | null {
  try {
    const node = (JSON.parse(text) as { engines?: { node?: unknown } } | null)?.engines?.node;
    return typeof node === 'string' && /\d/.test(node) ? node : null;
  } catch {
    return null;
  }
}
