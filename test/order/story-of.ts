import '../../server/core/syntax/load-reference-parser.ts';
import { explore } from '../../server/core/order/explore.ts';
import { runProgram } from '../../server/core/order/machine.ts';
import { entryPointAt } from '../../server/core/order/function-role.ts';
import type { NodeMajor, ProgramSource } from '../../server/core/order/run.ts';
import type { Timeline } from '../../server/core/order/timeline.ts';
import { actionText } from '../../server/core/report/story-text.ts';
import { parse } from '../../server/core/syntax/parse.ts';
import { differentialBudget } from './differential.ts';

/** Files of a program by name; the function whose text holds `// here` in its first line is explained. */
export function storyOf(files: Readonly<Record<string, string>>, node: NodeMajor = 24): Timeline {
  const paths = new Map(Object.entries(files).map(([name, text]) => [`/p/${name}`, text]));
  const [entry, text] = [...paths].find(([, content]) => content.includes('// here'))!;
  const line = text.slice(0, text.indexOf('// here')).split('\n').length;
  const isModule = /^(?:import|export) /m.test(text);
  const program: ProgramSource = {
    entry,
    read: file => paths.get(file) ?? null,
    resolve: (specifier, from) => {
      if (!specifier.startsWith('.')) return null;
      const base = new URL(specifier, `file://${from}`).pathname;
      return [base, `${base}.ts`, `${base}.js`, `${base}/index.ts`, `${base}/index.js`, base.replace(/\.js$/, '.ts')].find(file => paths.has(file)) ?? null;
    },
    moduleType: file => (/^(?:import|export) /m.test(paths.get(file) ?? '') ? 'module' : 'commonjs'),
  };
  return explore(runProgram, program, { node, module: isModule ? 'module' : 'commonjs', entryPoint: entryPointAt(parse(entry, text), line), budget: differentialBudget });
}

/** What the way that goes furthest does: `poll f`, `  await db.find()`, `microtask f continues`. */
export function told({ steps }: Timeline): string[] {
  return steps.flatMap(step => [`${step.phase} ${step.label}`, ...(step.actions ?? []).map(action => `  ${actionText(action)}`), ...step.output.map(line => `  → ${line.text}`)]);
}

/** The ways that leave it: `user does not exist → res.sendStatus()`. */
export function waysOf({ outcomes }: Timeline): string[] {
  return outcomes.slice(1).map(({ conditions = [], branch, output }) => `${conditions.join(branch?.anyOf ? ' or ' : ' and ')} → ${[...(branch?.actions ?? []).map(action => actionText(action)), ...(branch?.skips ? [`without ${branch.skips.map(action => actionText(action)).join(' and ')}`] : []), ...output.map(line => `"${line.text}"`)].join(', ')}`);
}
