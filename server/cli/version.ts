import { readFileSync } from 'node:fs';

/** Looplens's own version, from the package.json above the built file; `0.0.0` where it is gone. */
export function toolVersion(): string {
  try {
    const json = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { name?: unknown; version?: unknown };
    return json.name === 'looplens' && typeof json.version === 'string' ? json.version : '0.0.0';
  } catch {
    return '0.0.0';
  }
}
