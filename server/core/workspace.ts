import type { Extracted } from './facts/extract-text.ts';
import { shareParts } from './facts/share-parts.ts';
import { createLinker, type ProgramInput } from './graph/link-program.ts';
import type { ProgramGraph } from './graph/program-graph.ts';
import { noProjectFiles, type ProjectFiles } from './graph/resolve/project-files.ts';
import { checkRules, toFinding } from './hazards/check-rules.ts';
import type { Confidence, Finding, Severity } from './hazards/finding.ts';
import type { Locale } from './hazards/messages.ts';
import { rules as allRules } from './hazards/registry.ts';
import type { Rule } from './hazards/rule.ts';
import { frameworks } from './node/frameworks.ts';
import { createApiIndex } from './node/lookup.ts';
import type { FileError } from './report/lint-report.ts';
import type { FileSettings } from './config/file-settings.ts';
import { suppressFindings, unusedDisableComment } from './suppress/suppress-findings.ts';
import type { FrameworkModel } from './node/registration.ts';

export interface WorkspaceOptions {
  readonly locale?: Locale;
  /** Default: every rule at its own severity, confidence `likely`. */
  readonly settingsFor?: (file: string) => FileSettings;
  /** Registration shapes from config files, beside the built-in ones. */
  readonly extraFrameworks?: readonly FrameworkModel[];
  /** Rules to run; default: all. */
  readonly rules?: readonly Rule[];
  /** Spends time on taking less memory. */
  readonly longLived?: boolean;
  /** Loads the front end when the first text needs parsing; the default imports it lazily. */
  readonly loadExtractor?: () => Promise<(file: string, text: string) => Extracted>;
}

/** The answers for one state of the files. Later edits do not change it. */
export interface Snapshot {
  readonly graph: ProgramGraph;
  /** Parse errors, by file. */
  readonly errors: readonly FileError[];
  /** All findings of the program, sorted by file and position; those that a comment covers are marked. */
  findings(): readonly Finding[];
}

/**
 * The façade over core: files in, snapshots out. The command line and the language server use it in the same way,
 * so the same files give the same findings in both.
 */
export interface Workspace {
  /** Sets the text of a file; paths with `/`, all absolute or all relative to one root. `open`: it is likely to change again. */
  setText(file: string, text: string, open?: boolean): void;
  /** Sets a file from the cache; `text` is asked for only by fixes. */
  setExtracted(file: string, extracted: Extracted, text: () => string | null): void;
  remove(file: string): void;
  has(file: string): boolean;
  setProject(project: ProjectFiles): void;
  configure(options: Pick<WorkspaceOptions, 'settingsFor' | 'extraFrameworks' | 'locale'>): void;
  /** Facts and errors of a file, extracted if need be; null where there is no such file. */
  extracted(file: string): Promise<Extracted | null>;
  /** Brings everything up to date; the same snapshot again while nothing has changed. */
  snapshot(): Promise<Snapshot>;
}

interface Entry {
  readonly open: boolean;
  text: () => string | null;
  extracted: Extracted | null;
}

const order: Readonly<Record<Confidence, number>> = { possible: 0, likely: 1, certain: 2 };

export function createWorkspace(initial: WorkspaceOptions = {}): Workspace {
  let options = initial;
  let project = noProjectFiles;
  let current: Snapshot | null = null;
  const files = new Map<string, Entry>();
  const apis = createApiIndex();
  const link = createLinker();
  let models = [...frameworks, ...(initial.extraFrameworks ?? [])];
  let extract: Promise<(file: string, text: string) => Extracted> | null = null;

  const extractEntry = async (file: string, entry: Entry): Promise<Extracted> => {
    while (!entry.extracted) {
      extract ??= (options.loadExtractor ?? loadExtractor)();
      const run = await extract;
      if (entry.extracted) break;
      entry.extracted = run(file, entry.text() ?? '');
      if (options.longLived && !entry.open) shareParts(entry.extracted.facts);
    }
    return entry.extracted;
  };

  return {
    setText(file, text, open = false) {
      files.set(file, { open, text: () => text, extracted: null });
      current = null;
    },
    setExtracted(file, extracted, text) {
      files.set(file, { open: false, text, extracted });
      current = null;
    },
    remove(file) {
      if (files.delete(file)) current = null;
    },
    has: file => files.has(file),
    setProject(next) {
      project = next;
      current = null;
    },
    configure(next) {
      if (next.extraFrameworks) models = [...frameworks, ...next.extraFrameworks];
      options = { ...options, ...next };
      current = null;
    },
    async extracted(file) {
      const entry = files.get(file);
      return entry ? extractEntry(file, entry) : null;
    },
    async snapshot() {
      while (!current) {
        const entries = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
        const extracted: Extracted[] = [];
        for (const [file, entry] of entries) extracted.push(entry.extracted ?? (await extractEntry(file, entry)));
        // Files may have changed while the front end was loaded.
        if (entries.length !== files.size || entries.some(([file, entry]) => files.get(file) !== entry)) continue;
        const texts = new Map(entries.map(([file, entry]) => [file, entry.text]));
        const volatile = entries.flatMap(([file, entry]) => (entry.open ? [file] : []));
        current = createSnapshot(extracted, file => texts.get(file)?.() ?? null, project, options, input => link({ ...input, frameworks: models, apis }, volatile));
      }
      return current;
    },
  };
}

async function loadExtractor(): Promise<(file: string, text: string) => Extracted> {
  return (await import('./facts/extract-text.ts')).extractText;
}

function createSnapshot(extracted: readonly Extracted[], text: (file: string) => string | null, project: ProjectFiles, options: WorkspaceOptions, link: (input: Pick<ProgramInput, 'modules' | 'project' | 'text'>) => ProgramGraph): Snapshot {
  const settingsFor = options.settingsFor ?? (() => defaultSettings);
  const graph = link({ modules: extracted.map(item => item.facts), project, text });
  let findings: readonly Finding[] | null = null;
  return {
    graph,
    errors: extracted.flatMap(({ facts, errors }) => errors.map(error => ({ file: facts.file, line: error.line, column: error.column, message: error.message }))),
    findings: () => (findings ??= suppressFindings(computeFindings(graph, options.rules ?? allRules, settingsFor, options.locale ?? 'en'), graph, settingsFor, options.locale ?? 'en')),
  };
}

function computeFindings(graph: ProgramGraph, rules: readonly Rule[], settingsFor: (file: string) => FileSettings, locale: Locale): readonly Finding[] {
  const settings = new Map<string, FileSettings>();
  const settingsOf = (file: string): FileSettings => {
    let found = settings.get(file);
    if (!found) settings.set(file, (found = settingsFor(file)));
    return found;
  };
  return checkRules(graph, rules, { optionsFor: (rule, file) => settingsOf(file).optionsOf(rule), nodeFor: file => settingsOf(file).node }, locale).flatMap(draft => {
    const { file } = draft.location;
    const severity = settingsOf(file).severityOf(draft.rule.id);
    return severity === 'off' || order[draft.confidence] < order[settingsOf(file).confidence] ? [] : [toFinding(draft, severity)];
  });
}

const defaultSeverities = new Map<string, Severity | 'off'>([...allRules.map(rule => [rule.meta.id, rule.meta.defaultSeverity] as const), [unusedDisableComment, 'warn']]);

/** The severity of a rule where no config says otherwise. */
export function defaultSeverity(rule: string): Severity | 'off' {
  return defaultSeverities.get(rule) ?? 'off';
}

/** Every rule as it describes itself. */
export const defaultSettings: FileSettings = {
  severityOf: defaultSeverity,
  optionsOf: () => ({}),
  confidence: 'likely',
  node: null,
};
