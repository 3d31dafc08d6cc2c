import picomatch from 'picomatch';
import type { FileConvention, FileRole } from '../node/registration.ts';
import { basename, relativeInside } from '../text/path.ts';
import type { PackageJson } from './resolve/project-files.ts';
import type { Resolver } from './resolve/resolver.ts';
import { isRecord } from './resolve/tsconfig.ts';

/** Says what a file is by its place: `test`, `build`, … or null for an ordinary source. */
export function createFileRoles(roles: readonly FileRole[], resolver: Resolver): (file: string) => FileRole['role'] | null {
  const matchers = roles.map(role => ({ role, matches: picomatch([...role.files], { dot: true }) }));
  return file => {
    const owner = resolver.packageOf(file);
    const path = insidePackage(owner, file);
    const around = owner && resolver.packageOf(owner.directory);
    const outer = around ? insidePackage(around, file) : path;
    for (const { role, matches } of matchers) if (matches(role.around ? outer : path) && dependsOn(owner?.json ?? null, role.packages)) return role.role;
    return null;
  };
}

/** The file conventions that hold for a file. */
export function createFileConventions(conventions: readonly FileConvention[], resolver: Resolver): (file: string) => readonly FileConvention[] {
  const matchers = conventions.map(convention => ({ convention, matches: picomatch([...convention.files], { dot: true }) }));
  return file => {
    const owner = resolver.packageOf(file);
    const path = insidePackage(owner, file);
    const matchesPlace = ({ convention: { below }, matches }: (typeof matchers)[number]): boolean => {
      const place = below === undefined ? path : relativeInside(below, file);
      return place !== null && matches(place);
    };
    return matchers.filter(matcher => matchesPlace(matcher) && dependsOn(owner?.json ?? null, matcher.convention.packages)).map(({ convention }) => convention);
  };
}

function insidePackage(owner: { readonly directory: string } | null, file: string): string {
  return (owner && relativeInside(owner.directory, file)) ?? (file.startsWith('/') ? basename(file) : file);
}

function dependsOn(json: PackageJson | null, packages: readonly string[] | undefined): boolean {
  if (!packages) return true;
  const tables = [json?.dependencies, json?.devDependencies, json?.peerDependencies, json?.optionalDependencies];
  return packages.some(name => tables.some(table => isRecord(table) && Object.hasOwn(table, name)));
}
