import { resolve } from 'node:path';
import { isGone } from '../host/stats-of.ts';
import { recordDisk } from '../host/disk-record.ts';
import { readText, sourceLimit, takeRefusals } from '../host/read-file.ts';
import { openReportStore } from '../host/report-store.ts';
import type { StoredReport } from '../core/report/stored-report.ts';
import type { Analysis, AnalyseRequest } from './analyse.ts';

/**
 * As `analyse`; where nothing that an earlier answer to the same request was made from has changed, that answer, without
 * loading the analyser.
 */
export async function analyseOrRecall(request: AnalyseRequest): Promise<Analysis> {
  const start = performance.now();
  const { cachePath, progress: _, probe, ruleMilliseconds, ...asked } = request;
  const load = async (): Promise<Analysis> => (await import('./analyse.ts')).analyse(request);
  // Texts from elsewhere than the disk are new ones each time, and so is what Git says of changes.
  if (cachePath === null || request.stdin || request.changed || probe || ruleMilliseconds) return load();
  const store = openReportStore(resolve(request.cwd, cachePath), JSON.stringify(asked));
  const known = store.recall();
  // What was refused while looking again is told by the report, as it was the first time.
  takeRefusals();
  if (known) return fromStored(known, request, start);
  const { result, sightings } = await recordDisk(load);
  const { findings, errors, coverage, problems, notes, ignoredByName, reported, files, judged, stats } = result;
  // What failed may do better next time.
  if (result.faults.length === 0) store.keep({ findings, errors, coverage, problems, notes, ignoredByName, reported, files, judged, bytes: stats.bytes }, sightings);
  return result;
}

function fromStored(report: StoredReport, { cwd, only = null }: AnalyseRequest, start: number): Analysis {
  const judged = new Set(report.judged);
  return {
    ...report,
    faults: [],
    durationMs: performance.now() - start,
    text: file => readText(resolve(cwd, file), 'named', sourceLimit),
    isJudged: file => judged.has(file) || (only === null && isGone(resolve(cwd, file))),
    stats: { whole: true, parsed: 0, cached: 0, bytes: report.bytes, entries: 0, describedCalls: 0, native: 0, milliseconds: { recall: performance.now() - start } },
  };
}
