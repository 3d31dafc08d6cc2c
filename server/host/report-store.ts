import { createHash } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { StoredReport } from '../core/report/stored-report.ts';
import type { Sighting } from './disk-record.ts';
import { readOwnBytes } from './read-file.ts';
import { seenAgain } from './seen-again.ts';
import { writeFileAtomically } from './write-file.ts';

/** Set by esbuild.mjs: identifies the code of the whole analyser. */
declare const ANALYSER_HASH: string;

/** Keeps what whole analyses came to, with everything that they were made from. */
export interface ReportStore {
  /** The report of the same request, where all that it was made from is as it was; else null. */
  recall(): StoredReport | null;
  /** Keeps a report; a place that cannot be written costs time at the next run and nothing else. */
  keep(report: StoredReport, sightings: readonly Sighting[]): void;
}

interface Stored {
  readonly request: string;
  readonly report: StoredReport;
  readonly sightings: readonly Sighting[];
}

/** Requests with other flags have reports of their own; more than these are forgotten, the oldest first. */
const keptReports = 12;

/**
 * Opens the reports beside a facts cache. `request` says all that the answer depends on beside the disk (arguments, working
 * directory); the analyser's code and Node's version are added here. A file that is damaged counts as absent: the first line
 * is the SHA-256 of the rest.
 */
export function openReportStore(cachePath: string, request: string): ReportStore {
  const full = JSON.stringify([ANALYSER_HASH, process.version, request]);
  const path = `${cachePath}.report-${sha256(full).slice(0, 24)}`;
  return {
    recall() {
      const stored = read(path);
      if (stored?.request !== full) return null;
      const sightings = seenAgain(stored.sightings);
      if (!sightings) return null;
      if (sightings !== stored.sightings) write(path, { ...stored, sightings });
      return stored.report;
    },
    keep(report, sightings) {
      write(path, { request: full, report, sightings });
      forgetOldest(cachePath);
    },
  };
}

function read(path: string): Stored | null {
  try {
    const text = readOwnBytes(path)?.toString('utf8') ?? null;
    if (text === null) return null;
    const end = text.indexOf('\n');
    const body = text.slice(end + 1);
    return text.slice(0, end) === sha256(body) ? (JSON.parse(body) as Stored) : null;
  } catch {
    return null;
  }
}

function write(path: string, stored: Stored): void {
  try {
    const body = JSON.stringify(stored);
    writeFileAtomically(path, `${sha256(body)}\n${body}`);
  } catch {
    // A read-only home has no cache.
  }
}

function forgetOldest(cachePath: string): void {
  try {
    const folder = dirname(cachePath);
    const reports = readdirSync(folder).filter(name => name.startsWith(`${basename(cachePath)}.report-`)).map(name => join(folder, name));
    if (reports.length <= keptReports) return;
    const byAge = reports.map(path => ({ path, time: statSync(path).mtimeMs })).sort((a, b) => b.time - a.time);
    for (const { path } of byAge.slice(keptReports)) rmSync(path, { force: true });
  } catch {
    // Another run tidies up.
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
