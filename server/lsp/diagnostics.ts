import type { Diagnostic } from 'vscode-languageserver/node';
import { findRule } from '../core/hazards/registry.ts';
import { message } from '../core/hazards/messages.ts';
import { rulePageUrl } from '../host/rule-pages.ts';
import type { Answers, Project } from './project.ts';
import type { Session } from './session.ts';
import { serverTexts } from './texts.ts';

/** The diagnostics of each file of a project that has any, by URI. A folder inside another one answers for its files itself. */
export function diagnosticsByUri(project: Project, answers: Answers, session: Session): Map<string, Diagnostic[]> {
  const result = new Map<string, Diagnostic[]>();
  for (const file of new Set([...answers.findings.keys(), ...(session.settings.baseline ? answers.accepted.keys() : []), ...answers.errors.keys(), ...answers.configProblems.keys()])) {
    const diagnostics = diagnosticsOf(answers, file, session);
    const uri = answers.convert.uriOf(file);
    if (diagnostics.length > 0 && session.projectOf(uri) === project) result.set(uri, diagnostics);
  }
  return result;
}

/** Findings, why a file was not analysed in full, and mistakes in a config, of one file. */
export function diagnosticsOf(answers: Answers, file: string, session: Session): Diagnostic[] {
  const { rulePages } = session.client;
  const page = (rule: string): string | null => (!findRule(rule) ? null : rulePages === null ? rulePageUrl(rule) : rulePages.replace('{rule}', rule));
  return [
    ...(answers.findings.get(file) ?? []).map(finding => answers.convert.diagnostic(finding, page)),
    ...(session.settings.baseline ? (answers.accepted.get(file) ?? []) : []).map(finding => answers.convert.diagnostic({ ...finding, severity: 'info', message: message(serverTexts, 'accepted', session.locale, { message: finding.message }) }, page)),
    ...(answers.errors.get(file) ?? []).filter(({ kind }) => kind !== 'syntax' || session.settings.syntaxErrors).map(answers.convert.notAnalysed),
    ...(answers.configProblems.get(file) ?? []).map(answers.convert.configProblem),
  ];
}
