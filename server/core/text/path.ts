// Paths in core are strings with `/`, absolute or relative to one root; core knows no disk, so no node:path.

/** The path without its last part; '.' for a bare name, '/' for the root. */
export function dirname(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : slash === 0 ? '/' : path.slice(0, slash);
}

/** The last part of the path. */
export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Joins and normalises: `.` and `..` are resolved, a leading `..` is kept; '.' where nothing is left. */
export function join(...parts: readonly string[]): string {
  const path = parts.filter(part => part !== '').join('/');
  const absolute = path.startsWith('/');
  const result: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && result.length > 0 && result[result.length - 1] !== '..') result.pop();
    else if (part !== '..' || !absolute) result.push(part);
  }
  return (absolute ? '/' : '') + result.join('/') || '.';
}

/** The path from a directory to a path inside it, or null where it is not inside. */
export function relativeInside(directory: string, path: string): string | null {
  if (directory === '.') return path.startsWith('/') || path.startsWith('../') ? null : path;
  const prefix = directory === '/' ? '/' : `${directory}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : null;
}

/** A directory and all directories above it, nearest first. */
export function ancestors(directory: string): string[] {
  const result = [directory];
  while (directory !== '/' && directory !== '.') {
    directory = dirname(directory);
    result.push(directory);
  }
  return result;
}
