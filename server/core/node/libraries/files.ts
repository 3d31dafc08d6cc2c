import type { LibraryModel } from './model.ts';

/**
 * Files and folders. fs-extra and graceful-fs, which take over fs whole, are in like-fs.ts. Packages of one family share a model, so
 * a row may name a function that only one of them has.
 */
export const fileLibraries: readonly LibraryModel[] = [
  { modules: ['glob'], docs: 'npm:glob', rows: [
    { members: 'globSync sync', blocks: 'third-party', async: 'glob', note: 'Walks the directory tree synchronously.' },
    { members: 'globIterateSync globStreamSync iterateSync streamSync', blocks: 'third-party', async: '~globIterate' },
    { members: 'globIterate globStream iterate stream Glob#iterate Glob#stream', iterator: true },
    { members: 'glob glob.glob', promise: true, callback: -1, note: 'A promise since version 9, a callback before.' },
    { members: 'Glob', returns: 'Glob' },
    { members: 'Glob#walkSync', blocks: 'third-party', async: '*' },
    { members: 'Glob#iterateSync Glob#streamSync', blocks: 'third-party', async: '~*' },
    { members: 'Glob#walk', promise: true },
    { members: 'glob.sync glob.globSync', blocks: 'third-party', async: 'glob' },
  ] },
  { modules: ['fast-glob'], docs: 'npm:fast-glob', rows: [
    { members: 'sync globSync', blocks: 'third-party', async: '.', note: 'Walks the directory tree synchronously.' },
    { members: '. glob async', promise: true },
  ] },
  { modules: ['globby'], docs: 'npm:globby', rows: [
    { members: 'globbySync', blocks: 'third-party', async: 'globby', note: 'Walks the directory tree synchronously.' },
    { members: 'sync', blocks: 'third-party', async: '.', until: '11.1.0' },
    { members: 'isGitIgnoredSync isIgnoredByIgnoreFilesSync generateGlobTasksSync', blocks: 'third-party', async: '*' },
    { members: 'gitignore.sync', blocks: 'third-party', async: 'gitignore', until: '11.1.0' },
    { members: 'globby . gitignore isGitIgnored isIgnoredByIgnoreFiles generateGlobTasks', promise: true },
  ] },
  { modules: ['tinyglobby'], docs: 'npm:tinyglobby', rows: [{ members: 'globSync', blocks: 'third-party', async: 'glob' }, { members: 'glob', promise: true }] },
  { modules: ['fdir'], docs: 'npm:fdir', rows: [{ members: 'fdir', returns: 'fdir' }, { members: 'fdir#sync fdir#crawl()#sync', blocks: 'third-party', async: '~fdir#withPromise' }, { members: 'fdir#withPromise fdir#crawl()#withPromise', promise: true }] },
  { modules: ['tiny-glob/sync'], docs: 'npm:tiny-glob', rows: [{ members: '.', blocks: 'third-party', async: 'tiny-glob:.' }] },
  { modules: ['tiny-glob', 'fast-folder-size'], docs: 'npm:tiny-glob', rows: [{ members: '.', promise: true, callback: -1 }] },
  { modules: ['glob-all', 'matched', 'walkdir'], docs: 'npm:glob-all', rows: [{ members: 'sync', blocks: 'third-party' }] },
  { modules: ['klaw-sync', 'walk-sync', 'directory-tree', 'findup-sync', 'recursive-readdir-sync', 'find-root'], docs: 'npm:klaw-sync', rows: [{ members: '. walkSync', blocks: 'third-party', note: 'Walks the directory tree synchronously.' }] },
  { modules: ['dir-glob'], docs: 'npm:dir-glob', rows: [{ members: 'sync', blocks: 'third-party', async: '.' }, { members: 'directoryToGlobSync', blocks: 'third-party', async: '*' }, { members: '. directoryToGlob', promise: true }] },
  { modules: ['fast-folder-size/sync'], docs: 'npm:fast-folder-size', rows: [{ members: '.', blocks: 'third-party', async: 'cb:fast-folder-size:.' }] },

  { modules: ['rimraf'], docs: 'npm:rimraf', rows: [
    { members: 'sync', blocks: 'third-party', async: 'rimraf' },
    { members: 'rimrafSync nativeSync manualSync windowsSync posixSync moveRemoveSync rimraf.sync rimraf.nativeSync rimraf.manualSync rimraf.windowsSync', blocks: 'third-party', async: 'rimraf' },
    { members: '. rimraf native manual windows posix moveRemove', promise: true, callback: -1 },
  ] },
  { modules: ['mkdirp'], docs: 'npm:mkdirp', rows: [
    { members: 'sync mkdirpSync mkdirpManualSync mkdirpNativeSync manualSync nativeSync mkdirp.sync mkdirp.nativeSync mkdirp.manualSync', blocks: 'third-party', async: 'fs:promises.mkdir', note: 'fs.promises.mkdir(path, {recursive: true}) does the same.' },
    { members: '. mkdirp native manual', promise: true },
  ] },
  { modules: ['make-dir'], docs: 'npm:make-dir', rows: [{ members: 'sync', blocks: 'third-party', async: '.' }, { members: 'makeDirectorySync', blocks: 'third-party', async: 'makeDirectory' }, { members: '. makeDirectory', promise: true }] },
  { modules: ['del'], docs: 'npm:del', rows: [{ members: 'sync', blocks: 'third-party', async: '.' }, { members: 'deleteSync', blocks: 'third-party', async: 'deleteAsync' }, { members: '. deleteAsync', promise: true }] },
  { modules: ['find-up'], docs: 'npm:find-up', rows: [
    { members: 'sync', blocks: 'third-party', async: '.' },
    { members: 'sync.exists', blocks: 'third-party', async: 'exists' },
    { members: 'findUpSync findUpMultipleSync findDownSync pathExistsSync', blocks: 'third-party', async: '*' },
    { members: '. findUp findUpMultiple findDown pathExists exists', promise: true },
  ] },
  { modules: ['find-up-simple', 'package-directory', 'pkg-dir', 'pkg-up', 'package-up', 'locate-path', 'path-exists', 'read-pkg', 'read-pkg-up', 'read-package-up', 'pkg-conf'], docs: 'npm:find-up-simple', rows: [
    { members: 'sync', blocks: 'third-party', async: '.' },
    { members: 'findUpSync packageDirectorySync pkgUpSync packageUpSync locatePathSync pathExistsSync readPackageSync readPackageUpSync packageConfigSync', blocks: 'third-party', async: '*' },
    { members: '. findUp packageDirectory pkgUp packageUp locatePath pathExists readPackage readPackageUp packageConfig', promise: true },
  ] },
  { modules: ['path-type'], docs: 'npm:path-type', rows: [
    { members: 'isFileSync isDirectorySync isSymlinkSync', blocks: 'third-party', async: '*' },
    { members: 'fileSync dirSync symlinkSync', blocks: 'third-party', async: '*', until: '3.0.0' },
    { members: 'isFile isDirectory isSymlink file dir symlink', promise: true },
  ] },
  { modules: ['load-json-file', 'read-yaml-file', 'write-json-file', 'write-yaml-file', 'read-yaml', 'write-yaml'], docs: 'npm:load-json-file', rows: [
    { members: 'sync', blocks: 'third-party', async: '.' },
    { members: 'loadJsonFileSync readYamlFileSync writeJsonFileSync writeYamlFileSync', blocks: 'third-party', async: '*' },
    { members: '. loadJsonFile readYamlFile writeJsonFile writeYamlFile', promise: true },
  ] },
  { modules: ['jsonfile'], docs: 'npm:jsonfile', rows: [{ members: 'readFileSync writeFileSync', blocks: 'third-party', async: '*' }, { members: 'readFile writeFile', promise: true, callback: -1 }] },
  { modules: ['write-file-atomic'], docs: 'npm:write-file-atomic', rows: [
    { members: 'sync', blocks: 'third-party', async: '.', note: 'Writes a temporary file, flushes it to disk (fsync) and renames it.' },
    { members: '.', promise: true, callback: -1 },
  ] },
  { modules: ['fast-write-atomic', 'atomically'], docs: 'npm:atomically', rows: [{ members: 'readFileSync writeFileSync', blocks: 'third-party', async: '*' }, { members: 'readFile writeFile', promise: true }] },
  { modules: ['copy-file', 'cp-file', 'move-file', 'temp-write', 'symlink-dir', 'touch', 'chownr', 'chmodr', 'copy-dir', 'md5-file'], docs: 'npm:copy-file', rows: [
    { members: 'sync', blocks: 'third-party', async: '~.' },
    { members: 'copyFileSync moveFileSync renameFileSync chownrSync', blocks: 'third-party', async: '*' },
    { members: '. copyFile moveFile renameFile chownr', promise: true, callback: -1 },
  ] },
  { modules: ['cpy'], docs: 'npm:cpy', rows: [{ members: '.', promise: true }] },
  { modules: ['hasha'], docs: 'npm:hasha', rows: [{ members: 'fromFileSync hashFileSync', blocks: 'third-party', async: '*' }, { members: 'fromFile hashFile', promise: true }] },
  { modules: ['tempy'], docs: 'npm:tempy', rows: [
    { members: 'temporaryWriteSync', blocks: 'third-party', async: 'temporaryWrite' },
    { members: 'writeSync', blocks: 'third-party', async: 'write' },
    { members: 'temporaryDirectory directory', blocks: 'third-party', async: '~temporaryDirectoryTask', note: 'Creates the directory synchronously.' },
    { members: 'temporaryWrite write temporaryFileTask temporaryDirectoryTask temporaryWriteTask', promise: true },
  ] },
  { modules: ['tmp'], docs: 'npm:tmp', rows: [
    { members: 'fileSync dirSync tmpNameSync', blocks: 'third-party', async: '~cb:*' },
    { members: 'file dir tmpName', callback: -1 },
    { members: 'FileResult#removeCallback DirResult#removeCallback', blocks: 'third-party' },
  ] },
  { modules: ['temp'], docs: 'npm:temp', rows: [{ members: 'openSync mkdirSync cleanupSync', blocks: 'third-party', async: 'cb:*' }, { members: 'open mkdir cleanup', callback: -1 }] },
  { modules: ['proper-lockfile'], docs: 'npm:proper-lockfile', rows: [{ members: 'lockSync unlockSync checkSync', blocks: 'third-party', async: '*' }, { members: 'lock unlock check', promise: true }] },
  { modules: ['lockfile'], docs: 'npm:lockfile', rows: [{ members: 'lockSync unlockSync checkSync', blocks: 'third-party', async: 'cb:*' }, { members: 'lock unlock check', callback: -1 }] },
  { modules: ['fs-jetpack'], docs: 'npm:fs-jetpack', rows: [
    { members: 'append copy dir exists file find inspect inspectTree list move read remove rename symlink tmpDir write', blocks: 'third-party', async: '*Async' },
    { members: 'appendAsync copyAsync dirAsync existsAsync fileAsync findAsync inspectAsync inspectTreeAsync listAsync moveAsync readAsync removeAsync renameAsync symlinkAsync tmpDirAsync writeAsync', promise: true },
  ] },
  { modules: ['resolve'], docs: 'npm:resolve', rows: [{ members: 'sync', blocks: 'third-party', async: 'cb:.' }, { members: '.', callback: -1 }] },
  { modules: ['import-fresh', 'clear-module', 'require-dir', 'require-all', 'include-all', 'require-directory', 'import-from', 'import-global'], docs: 'npm:import-fresh', rows: [{ members: '.', blocks: 'require', note: 'Reads, compiles and runs files; import-fresh does so at every call.' }] },
  { modules: ['trash', 'move-concurrently', 'ncp', 'recursive-readdir', 'readdirp', 'extract-zip', 'archiver'], docs: 'npm:trash', rows: [{ members: '.', promise: true, callback: -1 }] },
];
