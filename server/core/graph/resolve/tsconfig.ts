import { readJson } from '../../text/json.ts';
import { dirname, join } from '../../text/path.ts';

/** The compiler options that change what a specifier means, all paths resolved. */
export interface TsconfigPaths {
  readonly baseUrl: string | null;
  readonly paths: readonly { readonly pattern: string; readonly targets: readonly string[] }[];
  readonly rootDirs: readonly string[];
  readonly outDir: string | null;
  readonly rootDir: string | null;
}

const empty: TsconfigPaths = { baseUrl: null, paths: [], rootDirs: [], outDir: null, rootDir: null };

/**
 * Reads `compilerOptions` of a tsconfig with its `extends` chain (relative ones, and packages of the workspace
 * where `resolvePackage` knows them). Damaged files and circular chains count as empty.
 */
export function readTsconfig(path: string, texts: Pick<ReadonlyMap<string, string>, 'get' | 'has'>, resolvePackage: (specifier: string) => string | null, seen: ReadonlySet<string> = new Set()): TsconfigPaths {
  const text = texts.get(path);
  if (text === undefined || seen.has(path)) return empty;
  const json = readJson(text);
  if (!isRecord(json)) return empty;
  const directory = dirname(path);
  const parents = (Array.isArray(json['extends']) ? json['extends'] : [json['extends']]).filter(item => typeof item === 'string');
  let result = empty;
  for (const parent of parents) {
    const target = parent.startsWith('.') || parent.startsWith('/') ? join(parent.startsWith('/') ? '' : directory, parent) : resolvePackage(parent);
    if (target === null) continue;
    const file = [target, `${target}.json`, join(target, 'tsconfig.json')].find(candidate => texts.has(candidate));
    if (file) result = { ...result, ...withoutDefaults(readTsconfig(file, texts, resolvePackage, new Set([...seen, path]))) };
  }
  const options = isRecord(json['compilerOptions']) ? json['compilerOptions'] : {};
  const own: { -readonly [K in keyof TsconfigPaths]?: TsconfigPaths[K] } = {};
  const at = (value: unknown): string | null => (typeof value === 'string' ? (value.startsWith('/') ? join(value) : join(directory, value)) : null);
  if (typeof options['baseUrl'] === 'string') own.baseUrl = at(options['baseUrl']);
  if (typeof options['outDir'] === 'string') own.outDir = at(options['outDir']);
  if (typeof options['rootDir'] === 'string') own.rootDir = at(options['rootDir']);
  if (Array.isArray(options['rootDirs'])) own.rootDirs = options['rootDirs'].map(at).filter(item => item !== null);
  if (isRecord(options['paths'])) {
    const base = own.baseUrl ?? directory;
    own.paths = Object.entries(options['paths']).map(([pattern, targets]) => ({
      pattern,
      targets: (Array.isArray(targets) ? targets : []).filter(item => typeof item === 'string').map(target => (target.startsWith('/') ? join(target) : join(base, target))),
    }));
  }
  return { ...result, ...own };
}

function withoutDefaults(config: TsconfigPaths): Partial<TsconfigPaths> {
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
