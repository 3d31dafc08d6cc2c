import { noProjectFiles, type PackageJson, type ProjectFiles } from '../../server/core/graph/resolve/project-files.ts';
import { dirname } from '../../server/core/text/path.ts';

/** The project files among the files of a program that is no folder on the disk. */
export function readManifestsAmong(files: Readonly<Record<string, string>>): ProjectFiles {
  const named = (test: (file: string) => boolean): [string, string][] => Object.entries(files).filter(([file]) => test(file));
  return {
    ...noProjectFiles,
    packageJsons: new Map(named(file => file.endsWith('package.json')).map(([file, text]) => [dirname(file), JSON.parse(text) as PackageJson])),
    tsconfigs: new Map(named(file => /tsconfig[^/]*\.json$/.test(file))),
  };
}
