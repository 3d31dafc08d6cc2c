/** The parts of a package.json that resolution and roles read. Everything in it is untrusted. */
export interface PackageJson {
  readonly name?: string;
  readonly type?: string;
  readonly private?: unknown;
  readonly main?: unknown;
  readonly module?: unknown;
  readonly source?: unknown;
  readonly types?: unknown;
  readonly exports?: unknown;
  readonly imports?: unknown;
  readonly bin?: unknown;
  readonly files?: unknown;
  readonly scripts?: unknown;
  readonly workspaces?: unknown;
  readonly packageManager?: unknown;
  readonly engines?: unknown;
  readonly dependencies?: unknown;
  readonly devDependencies?: unknown;
  readonly peerDependencies?: unknown;
  readonly optionalDependencies?: unknown;
}

/** The files beside the sources that say what a specifier means and how the program is started, as plain data; the host reads them. */
export interface ProjectFiles {
  /** Parsed package.json by directory. */
  readonly packageJsons: ReadonlyMap<string, PackageJson>;
  /** Text of each tsconfig*.json / jsconfig.json by path (JSON with comments). */
  readonly tsconfigs: ReadonlyMap<string, string>;
  /** Text of each file that says how the program is started (`deploymentFileName`), by path. */
  readonly deploymentFiles: ReadonlyMap<string, string>;
  /** By the directory of a package.json: the versions that a lock file fixes of what it depends on, by name. Absent: none is known. */
  readonly lockedVersions?: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export const noProjectFiles: ProjectFiles = { packageJsons: new Map(), tsconfigs: new Map(), deploymentFiles: new Map() };

/** Names of files that say how a program is started; the host reads those that are no sources. */
export const deploymentFileName = /^(?:(?:ecosystem|pm2|process|processes)(?:[.-][\w.-]*)?\.json|Procfile(?:\.[\w-]+)?|(?:[\w.-]+\.)?Dockerfile(?:\.[\w.-]+)?|[\w@.-]+\.service)$/;

/** A package of the program. */
export interface PackageInfo {
  readonly directory: string;
  readonly json: PackageJson;
  /** What a lock file fixes of its dependencies, by name. */
  readonly locked: ReadonlyMap<string, string>;
}
