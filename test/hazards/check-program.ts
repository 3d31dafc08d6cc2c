import { extractFacts } from '../../server/core/facts/extract-facts.ts';
import { linkProgram } from '../../server/core/graph/link-program.ts';
import type { ProgramGraph } from '../../server/core/graph/program-graph.ts';
import { deploymentFileName, type PackageJson } from '../../server/core/graph/resolve/project-files.ts';
import { checkRules, toFinding } from '../../server/core/hazards/check-rules.ts';
import type { Finding, Fix } from '../../server/core/hazards/finding.ts';
import type { Locale } from '../../server/core/hazards/messages.ts';
import { rules } from '../../server/core/hazards/registry.ts';
import { frameworks } from '../../server/core/node/frameworks.ts';
import { createApiIndex } from '../../server/core/node/lookup.ts';
import { parse } from '../../server/core/syntax/parse.ts';
import { applyEdits } from '../../server/core/text/edit.ts';
import { dirname, join } from '../../server/core/text/path.ts';
import { readNpmLock } from '../../server/host/locks/npm-lock.ts';

/** A small program as texts by path; package.json, a package-lock.json beside it, tsconfig.json, Procfile and their like are read as such. */
export type Program = Readonly<Record<string, string>>;

const apis = createApiIndex();

export function link(program: Program): ProgramGraph {
  const packageJsons = new Map<string, PackageJson>();
  const tsconfigs = new Map<string, string>();
  const deploymentFiles = new Map<string, string>();
  const modules = [];
  for (const [file, text] of Object.entries(program)) {
    if (file.endsWith('package.json')) packageJsons.set(dirname(file), JSON.parse(text) as PackageJson);
    else if (deploymentFileName.test(file.slice(file.lastIndexOf('/') + 1))) deploymentFiles.set(file, text);
    else if (file.endsWith('.json') && !file.endsWith('package-lock.json')) tsconfigs.set(file, text);
    else modules.push(extractFacts(parse(file, text)));
  }
  const locked = [...packageJsons].map(([directory, { dependencies }]) => {
    const version = readNpmLock(program[join(directory, 'package-lock.json')] ?? '');
    const versions = Object.entries((dependencies ?? {}) as Readonly<Record<string, string>>).map(([name, range]) => [name, version?.('.', name, range)] as const);
    return [directory, new Map(versions.filter((pair): pair is [string, string] => typeof pair[1] === 'string'))] as const;
  });
  return linkProgram({ modules, project: { packageJsons, tsconfigs, deploymentFiles, lockedVersions: new Map(locked) }, frameworks, apis, text: file => program[file] ?? null });
}

/** What all rules (or those named by `only`) find, with their default severities; `options` are given to each rule. */
export function check(program: Program, { options = {}, locale = 'en', only }: { readonly options?: Readonly<Record<string, unknown>>; readonly locale?: Locale; readonly only?: ReadonlySet<string> } = {}): Finding[] {
  return checkRules(link(program), only ? rules.filter(rule => only.has(rule.meta.id)) : rules, { optionsFor: () => options, nodeFor: () => null }, locale).map(draft => toFinding(draft, draft.rule.defaultSeverity === 'off' ? 'warn' : draft.rule.defaultSeverity));
}

/** The program with a fix applied; a text that no longer parses is an error. */
export function applyFix(program: Program, fix: Fix): Program {
  const result: Record<string, string> = { ...program };
  for (const file of new Set(fix.edits.map(edit => edit.file))) {
    result[file] = applyEdits(program[file]!, fix.edits.filter(edit => edit.file === file));
    const [error] = parse(file, result[file]).errors;
    if (error) throw new Error(`${file}:${error.line}: the fixed text does not parse: ${error.message}\n${result[file]}`);
  }
  return result;
}
