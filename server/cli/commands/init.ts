import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exitCode, UsageError } from '../exit-code.ts';
import { parseFlags } from '../flags.ts';
import type { Io } from '../io.ts';
import { writeOutput } from '../write-output.ts';

const template = `{
  // Severities: "off", "info", "warn", "error"; or ["warn", { options }]. "looplens rules" lists the rules.
  "rules": {},
  // Other severities for some files; later ones win.
  "overrides": [],
  // Files to leave out, in .gitignore's form.
  "ignorePatterns": []
}
`;

/** `looplens init`: writes a config into the working directory, never over one that is there. Returns the exit code. */
export async function init(args: string[], io: Io): Promise<number> {
  const { values } = parseFlags(args, { help: { type: 'boolean', short: 'h' } });
  if (values.help) {
    io.stdout.write('looplens init\n\nWrites a looplens.config.jsonc into the working directory.\n');
    return exitCode.ok;
  }
  for (const name of ['looplens.config.jsonc', 'looplens.config.json']) if (existsSync(join(io.cwd, name))) throw new UsageError(`${name} is there already`);
  writeOutput(io.cwd, 'looplens.config.jsonc', template);
  io.stdout.write('wrote looplens.config.jsonc\n');
  return exitCode.ok;
}
