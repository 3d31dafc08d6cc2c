import { findRule, rules as allRules, rulePage } from '../../core/hazards/registry.ts';
import { didYouMean } from '../../core/text/closest.ts';
import { exitCode, UsageError } from '../exit-code.ts';
import { oneOf, parseFlags } from '../flags.ts';
import type { Io } from '../io.ts';
import { styleFor } from '../style.ts';

export const rulesHelp = `looplens rules [id] [options]

Lists the rules, or shows the page of one.

  -f, --format <name>      text (default) or json
      --color, --no-color
`;

/** `looplens rules`: returns the exit code. */
export async function rules(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseFlags(args, { help: { type: 'boolean', short: 'h' }, format: { type: 'string', short: 'f' }, color: { type: 'boolean' } });
  if (values.help) {
    io.stdout.write(rulesHelp);
    return exitCode.ok;
  }
  const format = oneOf('format', values.format ?? 'text', ['text', 'json']);
  const [id] = positionals;
  if (id === undefined) {
    const table = allRules.map(({ meta }) => ({ id: meta.id, category: meta.category, severity: meta.defaultSeverity, fix: meta.fix, title: rulePage(meta.id)?.title ?? '' }));
    if (format === 'json') io.stdout.write(`${JSON.stringify(table, null, 2)}\n`);
    else {
      const style = styleFor(io.stdout, io, values.color);
      const width = Math.max(...table.map(row => row.id.length));
      for (const row of table) io.stdout.write(`${style.bold(row.id.padEnd(width))}  ${row.severity.padEnd(5)}  ${style.dim(row.title)}\n`);
    }
    return exitCode.ok;
  }
  const rule = findRule(id);
  const page = rulePage(id);
  if (!rule || !page) throw new UsageError(`there is no rule "${id}"${didYouMean(id, allRules.map(item => item.meta.id))}`);
  io.stdout.write(format === 'json' ? `${JSON.stringify({ ...rule.meta, page: page.body }, null, 2)}\n` : `${page.body.trim()}\n`);
  return exitCode.ok;
}
