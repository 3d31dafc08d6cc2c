import { resolve } from 'node:path';
import { codeOf } from '../host/read-file.ts';
import { writeFileAtomically } from '../host/write-file.ts';
import { UsageError } from './exit-code.ts';
import { say } from './messages.ts';

/** Writes a file that the user asked for, named from the working directory; where it cannot be written, a UsageError says so. */
export function writeOutput(cwd: string, file: string, content: string | Uint8Array): void {
  try {
    writeFileAtomically(resolve(cwd, file), content);
  } catch (error) {
    throw new UsageError(say('cannotWrite', { file, code: codeOf(error) }));
  }
}
