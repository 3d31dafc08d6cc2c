import { compareText, oneLine, placeOfError, shownFindings, wellFormed, type LintReport } from './lint-report.ts';

interface Case {
  readonly file: string;
  readonly xml: string;
  readonly broken: boolean;
}

/**
 * The findings as JUnit XML: a suite per file, a failed case per finding, a case in error for what could not be
 * read or parsed; one passed case where there is nothing else, since readers take an empty report for a lost one.
 */
export function renderJunit(report: LintReport): string {
  const cases: Case[] = shownFindings(report).map(({ location, rule, severity, message, path }) => {
    const { file, line, column } = location;
    const text = [`${file}:${line}:${column} ${severity}`, message, ...path.map(step => `${step.label} (${step.location.file}:${step.location.line})`)].map(oneLine).join('\n');
    return { file, broken: false, xml: testCase(file, `looplens/${rule}:${line}:${column}`, `<failure type="${severity}" message="${escape(message)}">${escapeText(text)}</failure>`) };
  });
  for (const error of report.errors) {
    const { line, column, message } = error;
    const file = error.file || placeOfError(error);
    cases.push({ file, broken: true, xml: testCase(file, `not analysed in full${line > 0 ? `:${line}:${column}` : ''}`, `<error type="not-analysed" message="${escape(message)}"/>`) });
  }
  const files = [...new Set(cases.map(item => item.file))].sort(compareText);
  const suites = files.map(file => suite(file, cases.filter(item => item.file === file)));
  if (suites.length === 0) suites.push(`  <testsuite name="looplens" tests="1" failures="0" errors="0">\n    <testcase classname="looplens" name="nothing found in ${report.files} files"/>\n  </testsuite>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="looplens" ${counts(cases)}>\n${suites.join('\n')}\n</testsuites>\n`;
}

function suite(file: string, cases: readonly Case[]): string {
  return `  <testsuite name="${escape(file)}" ${counts(cases)}>\n${cases.map(item => item.xml).join('\n')}\n  </testsuite>`;
}

function counts(cases: readonly Case[]): string {
  const errors = cases.filter(item => item.broken).length;
  return `tests="${Math.max(1, cases.length)}" failures="${cases.length - errors}" errors="${errors}"`;
}

function testCase(file: string, name: string, result: string): string {
  return `    <testcase classname="${escape(file)}" name="${escape(name)}">${result}</testcase>`;
}

function escape(text: string): string {
  return escapeText(oneLine(text)).replaceAll('"', '&quot;');
}

/** XML 1.0 §2.2 knows no control characters, no U+FFFE and U+FFFF and no lone surrogates, escaped or not. */
function escapeText(text: string): string {
  return wellFormed(text).replace(/[\uFFFE\uFFFF]/g, '\uFFFD').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
