import { fnv1a64 } from '../hazards/fingerprint.ts';
import type { Severity } from '../hazards/finding.ts';
import { oneLine, plainJson } from '../text/one-line.ts';
import { shownFindings, type LintReport } from './lint-report.ts';

/** GitLab's scale is info, minor, major, critical, blocker. */
const severities: Readonly<Record<Severity, 'info' | 'minor' | 'major'>> = { error: 'major', warn: 'minor', info: 'info' };

interface Issue {
  readonly description: string;
  readonly check_name: string;
  /** Unique within the report, the same for the same issue in the next one: GitLab compares branches by it. */
  readonly fingerprint: string;
  readonly severity: 'info' | 'minor' | 'major' | 'critical';
  readonly location: { readonly path: string; readonly lines: { readonly begin: number; readonly end: number } };
}

/** The findings as a Code Quality report of GitLab CI: a JSON array in its subset of the Code Climate format. */
export function renderGitlab(report: LintReport): string {
  const issues: Issue[] = shownFindings(report).map(({ location, rule, message, severity, fingerprint }) => ({
    description: oneLine(message),
    check_name: `looplens/${rule}`,
    fingerprint,
    severity: severities[severity],
    location: { path: repositoryPath(location.file, report), lines: { begin: location.line, end: location.endLine } },
  }));
  for (const { file, line, message } of report.errors.filter(error => error.file !== '')) {
    const begin = Math.max(1, line);
    issues.push({ description: oneLine(message), check_name: 'looplens/not-analysed', fingerprint: fnv1a64(`not-analysed\n${file}\n${line}\n${message}`), severity: 'critical', location: { path: repositoryPath(file, report), lines: { begin, end: begin } } });
  }
  return plainJson(issues);
}

/** GitLab reads paths from the root of the repository, wherever the job stood. */
function repositoryPath(file: string, { fromRepository }: LintReport): string {
  if (file.startsWith('/') || /^[A-Za-z]:\//.test(file)) return file;
  const parts = fromRepository.split('/').filter(part => part !== '');
  const rest = file.split('/');
  while (rest[0] === '..' && parts.length > 0) {
    rest.shift();
    parts.pop();
  }
  return [...parts, ...rest].join('/');
}
