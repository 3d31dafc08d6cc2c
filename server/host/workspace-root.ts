import { dirname, join } from 'node:path';
import { existsSync } from './recorded-fs.ts';

/**
 * The repository's root, where package names, tsconfig paths and fingerprints are the same for everybody; without one the
 * nearest folder with a package.json or a tsconfig.json, else the folder itself.
 */
export function workspaceRoot(folder: string): string {
  const nearest = (names: readonly string[]): string | null => {
    for (let directory = folder; ; directory = dirname(directory)) {
      if (names.some(name => existsSync(join(directory, name)))) return directory;
      if (directory === dirname(directory)) return null;
    }
  };
  return nearest(['.git']) ?? nearest(['package.json', 'tsconfig.json']) ?? folder;
}
