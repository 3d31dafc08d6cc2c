import type { Diagnostic } from 'vscode-languageserver/node';
import { findRule } from '../core/hazards/registry.ts';
import { rulePageUrl } from '../host/rule-pages.ts';
import type { Answers } from './project.ts';
import type { Session } from './session.ts';

/** The diagnostics of each file that has any, by URI; none where there are no answers. */
export function diagnosticsByUri(answers: Answers | null, session: Session): Map<string, Diagnostic[]> {
  const result = new Map<string, Diagnostic[]>();
  if (!answers) return result;
  for (const file of new Set([...answers.findings.keys(), ...answers.errors.keys(), ...answers.configProblems.keys()])) {
    const diagnostics = diagnosticsOf(answers, file, session);
    if (diagnostics.length > 0) result.set(answers.convert.uriOf(file), diagnostics);
  }
  return result;
}

/** Findings, syntax errors and mistakes in a config, of one file. */
export function diagnosticsOf(answers: Answers, file: string, session: Session): Diagnostic[] {
  const { rulePages } = session.client;
  const page = (rule: string): string | null => (!findRule(rule) ? null : rulePages === null ? rulePageUrl(rule) : rulePages.replace('{rule}', rule));
  return [
    ...(answers.findings.get(file) ?? []).map(finding => answers.convert.diagnostic(finding, page)),
    ...(answers.errors.get(file) ?? []).map(answers.convert.syntaxError),
    ...(answers.configProblems.get(file) ?? []).map(answers.convert.configProblem),
  ];
}
