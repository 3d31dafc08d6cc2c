/** Compares versions by their numbers (`20.9.0` < `20.11.0`); parts that are missing count as 0. Negative, 0 or positive. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map(version => version.replace(/^v/, '').split('.').map(Number)) as [number[], number[]];
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * The newest version that a range of package.json lets be installed: `4.17.1`, `~4.17.1` → `4.17.Infinity`, `^4.17.1` →
 * `4.Infinity.Infinity`, `<4.20` → `4.19.Infinity`. Null for a range that says nothing of it: `*`, `>=4`, a tag, an address.
 */
export function newestAllowed(range: string): string | null {
  const newest = range.split('||').map(part => newestOf(part.trim()));
  if (newest.includes(null)) return null;
  return newest.reduce((a, b) => (compareVersions(a!, b!) < 0 ? b : a), newest[0]!);
}

function newestOf(range: string): string | null {
  const upper = /<(=?)\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(range);
  if (upper) {
    const [major = 0, minor = 0, patch = 0] = upper.slice(2).map(part => Number(part ?? 0));
    if (upper[1]) return [upper[2], upper[3] ?? Infinity, upper[4] ?? Infinity].join('.');
    if (patch > 0) return `${major}.${minor}.${patch - 1}`;
    return minor > 0 ? `${major}.${minor - 1}.Infinity` : `${major - 1}.Infinity.Infinity`;
  }
  const single = /^([~^=v]*)\s*(\d+)(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(?:-[\w.]+)?$/.exec(range);
  if (!single) return null;
  const [, sign, major, minor, patch] = single as unknown as [string, string, string, string | undefined, string | undefined];
  const isOpen = (part: string | undefined): boolean => part === undefined || /[xX*]/.test(part);
  if (isOpen(minor) || (sign.includes('^') && major !== '0')) return `${major}.Infinity.Infinity`;
  if (isOpen(patch) || sign.includes('~') || (sign.includes('^') && minor !== '0')) return `${major}.${minor}.Infinity`;
  return `${major}.${minor}.${patch}`;
}
