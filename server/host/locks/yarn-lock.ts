import { hasConflict, plainVersion, type LockedVersion } from './locked-version.ts';

/**
 * Reads the names, ranges and versions of a yarn.lock: version 1 (`a@^1, a@^1.2:` with `version "1.2.3"`) and that of Yarn 2
 * and later (`"a@npm:^1, a@npm:^1.2":` with `version: 1.2.3`). What is unfinished at its end is left out.
 */
export function readYarnLock(text: string): LockedVersion | null {
  if (hasConflict(text)) return null;
  const versions = new Map<string, string>();
  // A head stands at the start of a line, its version on the line after (every Yarn sorts it first).
  for (const [, head, raw] of text.matchAll(/^([^\s#].*):\r?\n {2}version:? "?([^"\s]+)"?\r?\n/gm)) {
    const version = plainVersion(raw);
    if (version === null) continue;
    for (const descriptor of head!.replaceAll('"', '').split(', ')) versions.set(descriptor.replace('@npm:', '@'), version);
  }
  return (_folder, name, range) => versions.get(`${name}@${range.replace(/^npm:/, '')}`) ?? null;
}
