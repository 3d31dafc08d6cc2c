import { resolve } from 'node:path';
import { GitError, openRepository, type Repository } from '../host/git.ts';
import { isSource } from '../host/find-files.ts';
import { UsageError } from './exit-code.ts';
import { say } from './messages.ts';

/** Which files Git says have changed. */
export interface ChangedFiles {
  /** Absolute paths of source files. */
  readonly files: ReadonlySet<string>;
  /** Texts to analyse instead of those on the disk, by absolute path: of files that are staged in part. */
  readonly texts: ReadonlyMap<string, string>;
}

/** The flags that choose files by their history; at most one of them is given. */
export interface ChangeFlags {
  /** `''`: against HEAD; a branch or commit: against where HEAD left it. */
  readonly changed: string | undefined;
  /** Against exactly this commit. */
  readonly since: string | undefined;
  readonly staged: boolean | undefined;
}

/**
 * The files that the flags choose, or null where none is given.
 * Throws a UsageError for two flags at once, outside of a repository, and for a commit that there is not.
 */
export async function changedFiles({ changed, since, staged }: ChangeFlags, cwd: string): Promise<ChangedFiles | null> {
  const given = [changed !== undefined && '--changed', since !== undefined && '--since', staged === true && '--staged'].filter(flag => flag !== false);
  if (given.length > 1) throw new UsageError(say('twoGitRanges'), true);
  const [flag] = given;
  if (flag === undefined) return null;
  try {
    const repository = await openRepository(resolve(cwd));
    if (flag === '--staged') return await stagedFiles(repository);
    const files = await repository.changedSince(flag === '--since' ? since! : changed === '' ? 'HEAD' : await repository.mergeBase(changed!));
    return { files: new Set(files.filter(isSource)), texts: new Map() };
  } catch (error) {
    if (error instanceof GitError) throw new UsageError(say('gitFailed', { flag, problem: error.message }));
    throw error;
  }
}

/** A commit takes what is in the index, so that is what is checked. */
async function stagedFiles(repository: Repository): Promise<ChangedFiles> {
  const files = new Set((await repository.staged()).filter(isSource));
  const texts = new Map<string, string>();
  for (const file of await repository.unstaged()) if (files.has(file)) texts.set(file, await repository.indexText(file));
  return { files, texts };
}
