import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exitCode, UsageError } from '../exit-code.ts';
import { parseFlags } from '../flags.ts';
import type { Io } from '../io.ts';
import { say, type Told } from '../messages.ts';
import { writeOutput } from '../write-output.ts';

export const initHelp: Told = {
  en: 'looplens init\n\nWrites a looplens.config.jsonc into the working directory.\n',
  'zh-cn': 'looplens init\n\n在当前目录生成 looplens.config.jsonc。\n',
};

const template: Told = {
  en: `{
  // Severities: "off", "info", "warn", "error"; or ["warn", { options }]. "looplens rules" lists the rules.
  "rules": {},
  // Other severities for some files; later ones win.
  "overrides": [],
  // Files to leave out, in .gitignore's form.
  "ignorePatterns": []
}
`,
  'zh-cn': `{
  // 级别："off"、"info"、"warn"、"error"；也可以写 ["warn", { 选项 }]。"looplens rules" 列出全部规则。
  "rules": {},
  // 为部分文件另设级别；后面的优先。
  "overrides": [],
  // 要排除的文件，写法同 .gitignore。
  "ignorePatterns": []
}
`,
};

/** `looplens init`: writes a config into the working directory, never over one that is there. Returns the exit code. */
export async function init(args: string[], io: Io): Promise<number> {
  const { values } = parseFlags(args, { help: { type: 'boolean', short: 'h' } });
  if (values.help) {
    io.stdout.write(initHelp[io.locale]);
    return exitCode.ok;
  }
  for (const name of ['looplens.config.jsonc', 'looplens.config.json']) if (existsSync(join(io.cwd, name))) throw new UsageError(say('thereAlready', { name }));
  writeOutput(io.cwd, 'looplens.config.jsonc', template[io.locale]);
  io.stdout.write(`${say('wrote', { file: 'looplens.config.jsonc' })[io.locale]}\n`);
  return exitCode.ok;
}
