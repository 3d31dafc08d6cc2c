import type { ApiDescription, AsyncAlternative } from '../api.ts';

/** Modules that have everything that `fs` has, under the same names. */
export const fsLookalikes: readonly string[] = ['graceful-fs', 'fs-extra', 'fs-extra/esm', 'original-fs', 'mz/fs'];

/** Whose callback functions return a promise where the callback is left out. */
const universal = new Set(['fs-extra', 'mz/fs']);

const extraSync =
  'copySync emptyDirSync emptydirSync ensureFileSync createFileSync ensureLinkSync createLinkSync ensureSymlinkSync createSymlinkSync ensureDirSync mkdirsSync mkdirpSync moveSync outputFileSync outputJsonSync outputJSONSync pathExistsSync readJsonSync readJSONSync removeSync writeJsonSync writeJSONSync';

/** Rows of such a module, from those of `fs`. */
export function describeFsLookalike(module: string, fsRows: readonly ApiDescription[]): ApiDescription[] {
  const source = `npm:${module.split('/')[0]}`;
  const names = new Set(fsRows.map(row => row.member));
  const own: ApiDescription[] = module === 'fs-extra/esm' ? [] : fsRows.map(row => ({ ...row, module, ...promised(module, row), ...alternativeOf(module, row, names) }));
  if (!module.startsWith('fs-extra')) return own;
  for (const member of extraSync.split(' ')) {
    const name = member.slice(0, -'Sync'.length);
    own.push(
      { module, member, kind: 'function', blocking: true, blockingKind: 'third-party', threadPool: false, returnsPromise: false, schedules: false, asyncAlternative: { module, member: name, style: 'promise', sameSignature: true }, evidence: 'documented', source },
      { module, member: name, kind: 'function', blocking: false, threadPool: true, returnsPromise: true, settlesIn: 'poll', schedules: true, callback: { position: -1, runsIn: null, times: 'once', errorFirst: true }, evidence: 'documented', source },
    );
  }
  return own;
}

function promised(module: string, row: ApiDescription): Partial<ApiDescription> {
  return universal.has(module) && row.callback && row.threadPool ? { returnsPromise: true, settlesIn: 'poll' } : {};
}

/** fs-extra: `readFile`, which returns a promise; graceful-fs: `promises.readFile`, as fs. */
function alternativeOf(module: string, row: ApiDescription, fsNames: ReadonlySet<string>): { readonly asyncAlternative?: AsyncAlternative } {
  const other = row.asyncAlternative;
  if (!other || other.module !== 'fs') return {};
  if (!universal.has(module) || row.member.includes('#')) return { asyncAlternative: { ...other, module } };
  if (row.member === 'existsSync') return { asyncAlternative: { module, member: module === 'fs-extra' ? 'pathExists' : 'exists', style: 'promise', sameSignature: module === 'fs-extra' } };
  // The form with a file descriptor, where fs.promises gives a FileHandle.
  const name = row.member.replace(/Sync(?=$|\.)/, '');
  return { asyncAlternative: fsNames.has(name) ? { module, member: name, style: 'promise', sameSignature: true } : { ...other, module } };
}
