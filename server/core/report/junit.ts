import { oneLine } from '../text/one-line.ts';
import { compareText, placeOfError, shownFindings, type LintReport } from './lint-report.ts';
import { xmlAttribute, xmlText } from './xml.ts';

interface Case {
  readonly file: string;
  readonly xml: string;
  readonly result: 'passed' | 'failed' | 'broken';
}

/**
 * The findings as JUnit XML: a suite per file, a case per finding, a case in error for what could not be read or parsed; one passed case
 * where there is nothing else, since readers take an empty report for a lost one. A case fails where the exit code says so: errors do, and
 * warnings beyond the limit; what does not is a passed case whose text goes to system-out.
 */
export function renderJunit(report: LintReport): string {
  const shown = shownFindings(report);
  const warningsFail = report.maxWarnings >= 0 && shown.filter(finding => finding.severity === 'warn').length > report.maxWarnings;
  const cases: Case[] = shown.map(({ location, rule, severity, message, path }) => {
    const { file, line, column } = location;
    const text = [`${file}:${line}:${column} ${severity}`, message, ...path.map(step => `${step.label} (${step.location.file}:${step.location.line})`)].map(oneLine).join('\n');
    const failed = severity === 'error' || (severity === 'warn' && warningsFail);
    const content = failed ? `<failure type="${severity}" message="${xmlAttribute(message)}">${xmlText(text)}</failure>` : `<system-out>${xmlText(text)}</system-out>`;
    return { file, result: failed ? 'failed' : 'passed', xml: testCase(file, `looplens/${rule}:${line}:${column}`, content) };
  });
  for (const error of report.errors) {
    const { line, column, message } = error;
    const file = error.file || placeOfError(error);
    cases.push({ file, result: 'broken', xml: testCase(file, `not analysed in full${line > 0 ? `:${line}:${column}` : ''}`, `<error type="not-analysed" message="${xmlAttribute(message)}"/>`) });
  }
  const files = [...new Set(cases.map(item => item.file))].sort(compareText);
  const suites = files.map(file => suite(file, cases.filter(item => item.file === file)));
  if (suites.length === 0) suites.push(`  <testsuite name="looplens" tests="1" failures="0" errors="0">\n    <testcase classname="looplens" name="nothing found in ${report.files} files"/>\n  </testsuite>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="looplens" ${counts(cases)}>\n${suites.join('\n')}\n</testsuites>\n`;
}

function suite(file: string, cases: readonly Case[]): string {
  return `  <testsuite name="${xmlAttribute(file)}" ${counts(cases)}>\n${cases.map(item => item.xml).join('\n')}\n  </testsuite>`;
}

function counts(cases: readonly Case[]): string {
  const count = (result: Case['result']): number => cases.filter(item => item.result === result).length;
  return `tests="${Math.max(1, cases.length)}" failures="${count('failed')}" errors="${count('broken')}"`;
}

function testCase(file: string, name: string, result: string): string {
  return `    <testcase classname="${xmlAttribute(file)}" name="${xmlAttribute(name)}">${result}</testcase>`;
}
