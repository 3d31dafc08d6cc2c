import { fileURLToPath } from 'node:url';
import { readText } from './read-file.ts';

/** Looplens's own version, from the package.json above the built file; `0.0.0` where it is gone. */
export function toolVersion(): string {
  try {
    const json = JSON.parse(readText(fileURLToPath(new URL('../package.json', import.meta.url)), 'named') ?? '') as { name?: unknown; version?: unknown };
    return json.name === 'looplens' && typeof json.version === 'string' ? json.version : '0.0.0';
  } catch {
    return '0.0.0';
  }
}
