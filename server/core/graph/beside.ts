import { dirname, join, relativeInside } from '../text/path.ts';
import type { ProgramGraph } from './program-graph.ts';

/** Folders of what shows, measures or checks a program and is none of its own. */
const beside = /(?:^|\/)(?:docs?|examples?|samples?|demos?|fixtures?|bench(?:marks?)?)\//;

/**
 * Whether a file is there to be read or measured: a program in the examples or benchmarks of a package. Only what lies inside of a package counts: a
 * project in a folder of such a name is a project like any other.
 */
export function isBesideProgram(graph: ProgramGraph, file: string): boolean {
  const own = graph.packageOf(file)?.directory ?? '.';
  // Examples may have a package of their own, inside of the one that they are of.
  const outer = own === '.' || own === '/' ? undefined : graph.packageOf(join(dirname(own), 'package.json'))?.directory;
  const path = (outer !== undefined && relativeInside(outer, file)) || relativeInside(own, file) || file;
  return beside.test(path);
}
