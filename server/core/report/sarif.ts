import type { CodeFlow, Location, Log, Notification, ReportingDescriptor, Result } from 'sarif';
import type { Finding, Fix, Severity, SourceLocation } from '../hazards/finding.ts';
import { rulePage } from '../hazards/registry.ts';
import { oneLine, plainJson } from '../text/one-line.ts';
import { compareText, wellFormed, type FileError, type LintReport } from './lint-report.ts';

/** Where the tool is described: `homepage` of package.json, which a test compares. */
export const informationUri = 'https://github.com/looplens/looplens#readme';

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { error: 'error', warn: 'warning', info: 'note' };

/**
 * The findings as a SARIF 2.1.0 log with one run, newline at the end. Suppressed findings are in it, marked; the
 * witness path is the code flow; what could not be read or parsed is a notification of the invocation.
 */
export function renderSarif(report: LintReport): string {
  const rules = [...new Set(report.findings.map(finding => finding.rule))].sort(compareText);
  const indexes = new Map(rules.map((rule, index) => [rule, index]));
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Looplens', semanticVersion: report.tool.version, informationUri, rules: rules.map(rule => describeRule(rule, report)) } },
        columnKind: 'utf16CodeUnits',
        ...(report.root === null ? {} : { originalUriBaseIds: { '%SRCROOT%': { uri: fileUri(`${report.root}/`) } } }),
        invocations: [{ executionSuccessful: !report.errors.some(({ kind }) => kind === 'fault'), toolExecutionNotifications: report.errors.map(toNotification) }],
        results: report.findings.map(finding => toResult(finding, indexes.get(finding.rule)!)),
      },
    ],
  };
  return plainJson(log);
}

function describeRule(rule: string, report: LintReport): ReportingDescriptor {
  const page = rulePage(rule, report.locale);
  const url = report.ruleHelp(rule);
  return {
    id: ruleId(rule),
    name: rule,
    ...(page ? { shortDescription: { text: plainText(page.title) }, help: { text: page.body, markdown: page.body } } : {}),
    // A path on the computer that made the report leads nobody anywhere.
    ...(url.startsWith('file:') ? {} : { helpUri: url }),
  };
}

function ruleId(rule: string): string {
  return `looplens/${rule}`;
}

function toResult(finding: Finding, ruleIndex: number): Result {
  const { suppressed } = finding;
  return {
    ruleId: ruleId(finding.rule),
    ruleIndex,
    level: levels[finding.severity],
    message: { text: plainText(finding.message) },
    locations: [toLocation(finding.location)],
    ...(finding.path.length > 0 ? { codeFlows: [toCodeFlow(finding)] } : {}),
    // SARIF §3.27.25: 0 to 100, higher is worse.
    rank: finding.impact.rank,
    partialFingerprints: { 'looplens/v1': finding.fingerprint },
    // SARIF §3.27.23: an empty array says that the result was looked at and is not suppressed.
    suppressions: suppressed ? [{ kind: suppressed.kind === 'comment' ? 'inSource' : 'external', ...(suppressed.reason ? { justification: oneLine(suppressed.reason) } : {}) }] : [],
    ...(finding.fixes.length > 0 ? { fixes: finding.fixes.map(toFix) } : {}),
    properties: { category: finding.category, confidence: finding.confidence, role: finding.role, impact: { ...finding.impact, cost: oneLine(finding.impact.cost) }, ...(finding.group !== null && { group: oneLine(finding.group) }) },
  };
}

function toLocation({ file, line, column, endLine, endColumn }: SourceLocation): Location {
  return { physicalLocation: { artifactLocation: artifact(file), region: { startLine: line, startColumn: column, endLine, endColumn } } };
}

function toCodeFlow({ path }: Finding): CodeFlow {
  return { threadFlows: [{ locations: path.map(step => ({ location: { ...toLocation(step.location), message: { text: plainText(step.label) } } })) }] };
}

function toFix(fix: Fix): NonNullable<Result['fixes']>[number] {
  const files = [...new Set(fix.edits.map(edit => edit.file))];
  return {
    description: { text: plainText(fix.title) },
    artifactChanges: files.map(file => ({
      artifactLocation: artifact(file),
      replacements: fix.edits
        .filter(edit => edit.file === file)
        .map(edit => ({ deletedRegion: { charOffset: edit.start, charLength: edit.end - edit.start }, insertedContent: { text: edit.text } })),
    })),
  };
}

function toNotification({ file, line, column, message }: FileError): Notification {
  return {
    level: 'error',
    message: { text: plainText(message) },
    ...(file !== '' && { locations: [{ physicalLocation: { artifactLocation: artifact(file), ...(line > 0 ? { region: { startLine: line, startColumn: Math.max(1, column) } } : {}) } }] }),
  };
}

/** A URI (RFC 3986), every segment percent-encoded: relative to the root of the sources, or absolute for a file outside of them. */
function artifact(file: string): { uri: string; uriBaseId?: string } {
  const uri = wellFormed(file).split('/').map(encodeURIComponent).join('/');
  return /^(?:\/|[A-Za-z]:\/)/.test(file) ? { uri: fileUri(file) } : { uri, uriBaseId: '%SRCROOT%' };
}

/** A file URI (RFC 8089) of an absolute path with `/`; a drive letter keeps its colon. */
function fileUri(path: string): string {
  const segments = wellFormed(path).split('/').map((segment, index) => (index === 0 && /^[A-Za-z]:$/.test(segment) ? segment : encodeURIComponent(segment)));
  return `file://${path.startsWith('/') ? '' : '/'}${segments.join('/')}`;
}

/** Plain text for a SARIF message: braces would be placeholders (§3.11.5), `[a](b)` a link (§3.11.6). */
function plainText(text: string): string {
  return oneLine(text).replace(/[{}]/g, '$&$&').replace(/\[(?=[^\][]*\]\()/g, '\\[');
}
