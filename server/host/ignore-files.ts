import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { readText } from './read-file.ts';
import { existsSync } from './recorded-fs.ts';

/** The rules of one .gitignore, for paths below its directory. */
interface IgnoreLevel {
  readonly directory: string;
  readonly rules: Ignore;
}

/** Decides by the .gitignore files from the repository's root down to each directory (gitignore(5)). */
export interface IgnoreStack {
  /** Whether a file or a directory (absolute path) is ignored. */
  ignores(path: string, isDirectory: boolean): boolean;
  /** The stack inside a directory, with that directory's own .gitignore. */
  enter(directory: string): IgnoreStack;
}

export interface IgnoreOptions {
  /** Read .gitignore files. */
  readonly gitignore: boolean;
  /** More patterns, which nothing overrides, relative to `patternsRoot`. */
  readonly patterns: readonly string[];
  readonly patternsRoot: string;
}

/** Starts at a directory: reads the .gitignore files above it up to the repository's root. */
export function createIgnoreStack(directory: string, options: IgnoreOptions): IgnoreStack {
  const levels: IgnoreLevel[] = [];
  if (options.gitignore) {
    for (let current = directory; !isRepositoryRoot(current) && current !== dirname(current); ) {
      current = dirname(current);
      const level = readLevel(current);
      if (level) levels.unshift(level);
    }
  }
  const extra = options.patterns.length > 0 ? { directory: options.patternsRoot, rules: ignore({ allowRelativePaths: true }).add([...options.patterns]) } : null;
  return createStack(levels, extra, options.gitignore);
}

function createStack(levels: readonly IgnoreLevel[], extra: IgnoreLevel | null, gitignore: boolean): IgnoreStack {
  return {
    ignores(path, isDirectory) {
      const ask = ({ directory, rules }: IgnoreLevel): boolean | null => {
        const inside = relative(directory, path).split(sep).join('/');
        if (inside === '' || inside.startsWith('../')) return null;
        const answer = rules.test(isDirectory ? `${inside}/` : inside);
        return answer.ignored ? true : answer.unignored ? false : null;
      };
      if (extra && ask(extra) === true) return true;
      // The deepest file that says anything decides, so that a nested `!keep` wins.
      for (let i = levels.length - 1; i >= 0; i--) {
        const answer = ask(levels[i]!);
        if (answer !== null) return answer;
      }
      return false;
    },
    enter(directory) {
      const level = gitignore ? readLevel(directory) : null;
      return level ? createStack([...levels, level], extra, gitignore) : this;
    },
  };
}

function readLevel(directory: string): IgnoreLevel | null {
  // gitignore(5), NOTES: git does not follow a link here either.
  const text = readText(join(directory, '.gitignore'), 'walked');
  return text === null ? null : { directory, rules: ignore({ allowRelativePaths: true }).add(text) };
}

function isRepositoryRoot(directory: string): boolean {
  return existsSync(join(directory, '.git', 'HEAD'));
}
