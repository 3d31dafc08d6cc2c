import type { Extracted } from './facts/extract-text.ts';
import { noFacts } from './facts/no-facts.ts';
import { createGuard, type Fault, type Guard } from './faults/guard.ts';
import { shareParts } from './facts/share-parts.ts';
import { createIsolatingLinker } from './graph/isolating-linker.ts';
import type { ProgramInput } from './graph/link-program.ts';
import type { ProgramGraph } from './graph/program-graph.ts';
import { noProjectFiles, type ProjectFiles } from './graph/resolve/project-files.ts';
import { createRuleCheck, isAboutFiles, toFinding, type FindingDraftWithRule } from './hazards/check-rules.ts';
import type { Confidence, Finding, Severity } from './hazards/finding.ts';
import type { Locale } from './hazards/messages.ts';
import { rules as allRules } from './hazards/registry.ts';
import type { FindingDraft, Rule } from './hazards/rule.ts';
import { frameworks } from './node/frameworks.ts';
import { createApiIndex } from './node/lookup.ts';
import type { FileError } from './report/lint-report.ts';
import type { FileSettings } from './config/file-settings.ts';
import { suppressFindings, unusedDisableComment } from './suppress/suppress-findings.ts';
import type { FrameworkModel } from './node/registration.ts';

/** Reads the facts of a text, where it can; null where another front end has to. Never throws. */
export type FastExtract = (file: string, text: string) => Extracted | null | Promise<Extracted | null>;

export interface WorkspaceOptions {
  readonly locale?: Locale;
  /** Default: every rule at its own severity, confidence `likely`. */
  readonly settingsFor?: (file: string) => FileSettings;
  /** Registration shapes from config files, beside the built-in ones. */
  readonly extraFrameworks?: readonly FrameworkModel[];
  /** Spends time on taking less memory. */
  readonly longLived?: boolean;
  /** Loads the front end when the first text needs parsing; the default imports it lazily. */
  readonly loadExtractor?: () => Promise<(file: string, text: string) => Extracted>;
  /** Loads a front end that is asked first, and that answers null where the other one has to; null for none. */
  readonly loadFastExtractor?: () => Promise<FastExtract | null>;
  /** What keeps a part that throws from taking the rest down; default: one that only remembers. */
  readonly guard?: Guard;
  /** Default: all. */
  readonly rules?: readonly Rule[];
}

/** The answers for one state of the files. Later edits do not change it. */
export interface Snapshot {
  readonly graph: ProgramGraph;
  /** Why files were not analysed in full, at most one a file, sorted by file. */
  readonly errors: readonly FileError[];
  /** Files that are analysed as far as their types are understood: JavaScript with Flow's. */
  readonly partly: readonly string[];
  /** All findings of the program, sorted by file and position; those that a comment covers are marked. */
  findings(): readonly Finding[];
  /**
   * Those in some files, the same as `findings` has in them. What is asked for the first time has to be asked before the next
   * snapshot is taken: later it throws an OutdatedSnapshot.
   */
  findingsIn(files: readonly string[]): readonly Finding[];
  /**
   * Those in one file that can be told at once: of the rules that are about files. Comments that cover nothing are no findings yet, since
   * those of the rules about the program are missing. Has to be asked before the next snapshot, as `findingsIn`.
   */
  firstFindingsIn(file: string): readonly Finding[];
  /** Finds everything in small steps: stops at each `yield`, and may be left there for good. */
  findingSteps(): Generator<undefined, void, undefined>;
  /** What Looplens itself could not do for this state while finding: rules that threw, whose findings are missing. */
  faults(): readonly Fault[];
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
  const guard = initial.guard ?? createGuard();
  const link = createIsolatingLinker(guard);
  let models = [...frameworks, ...(initial.extraFrameworks ?? [])];
  let extract: Promise<(file: string, text: string) => Extracted> | null = null;
  let extractFast: Promise<FastExtract | null> | null = null;
  /** Counts the states that were linked: of all but the last one the graph answers no new questions. */
  let linked = 0;

  const extractEntry = async (file: string, entry: Entry): Promise<Extracted> => {
    while (!entry.extracted) {
      const text = entry.text() ?? '';
      const share = options.longLived && !entry.open;
      const take = (run: () => Extracted): void => {
        if (entry.extracted) return;
        const extractShared = (): Extracted => {
          const extracted = run();
          if (share) shareParts(extracted.facts);
          return extracted;
        };
        entry.extracted = guard.attempt('extract', file, extractShared, fault => failedExtraction(file, text.length, fault));
      };
      if (options.loadFastExtractor) {
        const run = await (extractFast ??= options.loadFastExtractor());
        const extracted = await run?.(file, text);
        if (extracted) take(() => extracted);
      }
      if (entry.extracted) break;
      const run = await (extract ??= (options.loadExtractor ?? loadExtractor)());
      take(() => run(file, text));
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
        // Another question of the same moment may have linked them meanwhile; a second link would outdate its snapshot.
        if (current as Snapshot | null) continue;
        const texts = new Map(entries.map(([file, entry]) => [file, entry.text]));
        const volatile = entries.flatMap(([file, entry]) => (entry.open ? [file] : []));
        const own = ++linked;
        current = createSnapshot(extracted, file => texts.get(file)?.() ?? null, project, options, guard, () => own === linked, input => link({ ...input, frameworks: models, apis }, volatile));
      }
      return current;
    },
  };
}

async function loadExtractor(): Promise<(file: string, text: string) => Extracted> {
  return (await import('./facts/extract-text.ts')).extractText;
}

/** Stands for a file on which Looplens itself failed. */
function failedExtraction(file: string, length: number, fault: Fault): Extracted {
  return { facts: noFacts(file, length), errors: [], fault };
}

interface Linked {
  readonly graph: ProgramGraph;
  /** Files that linking failed on, and that are not in the graph. */
  readonly leftOut: ReadonlyMap<string, Fault>;
}

function createSnapshot(extracted: readonly Extracted[], text: (file: string) => string | null, project: ProjectFiles, options: WorkspaceOptions, guard: Guard, isLatest: () => boolean, link: (input: Pick<ProgramInput, 'modules' | 'project' | 'text'>) => Linked): Snapshot {
  const { graph, leftOut } = link({ modules: extracted.map(item => item.facts), project, text });
  const faults: Fault[] = [];
  const attempt = <T>(part: string, file: string | null, work: () => T, otherwise: T): T =>
    guard.attempt(part, file, work, fault => {
      faults.push(fault);
      return otherwise;
    });
  const settings = new Map<string, FileSettings>();
  const settingsFor = (file: string): FileSettings => {
    let found = settings.get(file);
    if (!found) settings.set(file, (found = attempt('settings', file, () => (options.settingsFor ?? (() => defaultSettings))(file), defaultSettings)));
    return found;
  };
  const locale = options.locale ?? 'en';
  const ruleSettings = { optionsFor: (rule: string, file: string) => settingsFor(file).optionsOf(rule), nodeFor: (file: string) => settingsFor(file).node };
  const check = createRuleCheck(graph, options.rules ?? allRules, ruleSettings, locale, (part, work) => attempt<readonly FindingDraft[]>(part, null, work, []));
  const found = new Map<string, readonly Finding[]>();
  const keep = (files: readonly string[], drafts: readonly FindingDraftWithRule[]): void => {
    const own = drafts.flatMap(draft => shownFinding(draft, settingsFor(draft.location.file)));
    const marked = attempt('suppress', null, () => suppressFindings(own, files, graph, settingsFor, locale), own);
    const byFile = new Map<string, Finding[]>(files.map(file => [file, []]));
    for (const finding of marked) byFile.get(finding.location.file)!.push(finding);
    for (const [file, list] of byFile) found.set(file, list);
  };
  const findingsIn = (files: readonly string[]): readonly Finding[] => {
    const missing = files.filter(file => !found.has(file));
    if (missing.length > 0) {
      if (!isLatest()) throw new OutdatedSnapshot();
      keep(missing, check.all(missing));
    }
    return files.flatMap(file => found.get(file)!);
  };
  let findings: readonly Finding[] | null = null;
  return {
    graph,
    findingsIn,
    firstFindingsIn(file) {
      const known = found.get(file);
      if (known) return known.filter(isToldAtOnce);
      if (!isLatest()) throw new OutdatedSnapshot();
      const own = check.byFileRules([file]).flatMap(draft => shownFinding(draft, settingsFor(file)));
      return attempt('suppress', null, () => suppressFindings(own, [file], graph, settingsFor, locale), own).filter(({ rule }) => rule !== unusedDisableComment);
    },
    *findingSteps() {
      for (let start = 0; start < graph.files.length; start += filesAtOnce) {
        const files = graph.files.slice(start, start + filesAtOnce).filter(file => !found.has(file));
        if (files.length === 0) continue;
        if (!isLatest()) throw new OutdatedSnapshot();
        keep(files, yield* check.steps(files));
        yield;
      }
    },
    errors: extracted.flatMap(item => errorOf(item, leftOut.get(item.facts.file) ?? null) ?? []),
    partly: extracted.flatMap(item => (item.partly ? [item.facts.file] : [])),
    findings: () => (findings ??= findingsIn(graph.files)),
    faults: () => faults,
  };
}

/** One error a file, the first: what follows a mistake in a text are most often its consequences. */
function errorOf({ facts: { file }, errors: [first, ...others], fault }: Extracted, notLinked: Fault | null): FileError | null {
  const failed = fault ?? notLinked;
  if (failed) return { file, line: 0, column: 0, message: `Looplens itself failed on this file (${failed.part}: ${failed.message})`, kind: 'fault' };
  return first ? { file, line: first.line, column: first.column, message: others.length === 0 ? first.message : `${first.message} (and ${others.length} more)`, kind: 'syntax' } : null;
}

/** What a config leaves of a draft: one finding, or none. */
function shownFinding(draft: FindingDraftWithRule, settings: FileSettings): readonly Finding[] {
  const severity = settings.severityOf(draft.rule.id);
  return severity === 'off' || order[draft.confidence] < order[settings.confidence] ? [] : [toFinding(draft, severity)];
}

/** A question that came too late: the program has been linked anew since the snapshot was taken. */
export class OutdatedSnapshot extends Error {
  constructor() {
    super('the program has changed since this snapshot was taken');
  }
}

/** So many files are asked about at once where everything is found in small steps. */
const filesAtOnce = 32;

const programRules: ReadonlySet<string> = new Set(allRules.filter(rule => !isAboutFiles(rule)).map(({ meta }) => meta.id));

/** Whether a finding is one of those that are told at once (`Snapshot.firstFindingsIn`). */
export function isToldAtOnce({ rule }: Finding): boolean {
  return rule !== unusedDisableComment && !programRules.has(rule);
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
