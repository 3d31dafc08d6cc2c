import { resolve } from 'node:path';
import { rules } from '../../core/hazards/registry.ts';
import { findFiles } from '../../host/find-files.ts';
import { workspacePath } from '../../host/load-workspace.ts';
import { readConfigs } from '../analyse.ts';
import { exitCode, UsageError } from '../exit-code.ts';
import { parseFlags } from '../flags.ts';
import type { Io } from '../io.ts';
import { say, type Told } from '../messages.ts';

export const printConfigHelp: Told = {
  en: 'looplens print-config <file> [-c config]\n\nShows the configuration that holds for a file, as JSON.\n',
  'zh-cn': 'looplens print-config <文件> [-c 配置]\n\n以 JSON 显示对某个文件生效的配置。\n',
};

/** `looplens print-config <file>`: what holds for a file, as JSON. Returns the exit code. */
export async function printConfig(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseFlags(args, { help: { type: 'boolean', short: 'h' }, config: { type: 'string', short: 'c' } });
  if (values.help) {
    io.stdout.write(printConfigHelp[io.locale]);
    return exitCode.ok;
  }
  const [name, ...others] = positionals;
  if (name === undefined || others.length > 0) throw new UsageError(say('oneFile'), true);
  const found = findFiles([name], { cwd: io.cwd });
  const [problem] = found.problems;
  if (problem) throw new UsageError(`${problem.path}: ${problem.message}`);
  const { configs } = readConfigs({ locale: io.locale, cwd: io.cwd, config: values.config ?? null, configLookup: true, ruleOverrides: {}, confidence: 'likely' }, found.configFiles);
  const file = workspacePath(io.cwd, resolve(io.cwd, name));
  const settings = configs.settingsFor(file);
  const { node, ignorePatterns, roles, entries } = configs.configFor(file);
  const severities = Object.fromEntries(rules.map(({ meta }) => [meta.id, Object.keys(settings.optionsOf(meta.id)).length > 0 ? [settings.severityOf(meta.id), settings.optionsOf(meta.id)] : settings.severityOf(meta.id)]));
  io.stdout.write(`${JSON.stringify({ file, ignored: configs.ignores(file), node, rules: severities, ignorePatterns, roles, entries }, null, 2)}\n`);
  return exitCode.ok;
}
