import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { extraModels } from '../core/config/extra-models.ts';
import { createConfigSet, type ConfigSet } from '../core/config/resolve-config.ts';
import type { ConfigProblem } from '../core/config/parse-config.ts';
import type { Guard } from '../core/faults/guard.ts';
import { carriedFindings } from '../core/hazards/carried-findings.ts';
import type { Finding } from '../core/hazards/finding.ts';
import type { Locale } from '../core/hazards/messages.ts';
import { applyBaseline, emptyBaseline, parseBaseline, type Baseline } from '../core/suppress/baseline.ts';
import type { FileError } from '../core/report/lint-report.ts';
import { createWorkspace, defaultSeverity, isToldAtOnce, OutdatedSnapshot, type Snapshot } from '../core/workspace.ts';
import { createFastExtractor } from '../host/fast-extractor.ts';
import { hashOf, type FactsCache } from '../host/facts-cache.ts';
import { findFiles, isSource } from '../host/find-files.ts';
import { readProjectFiles, workspacePath } from '../host/load-workspace.ts';
import { isInside, readText as readGuarded, settingsLimit, sourceLimit } from '../host/read-file.ts';
import { workspaceRoot } from '../host/project-root.ts';
import { collectGarbage } from './collect-garbage.ts';
import { nodeOfFolder, type AssumedNode } from '../host/node-version.ts';
import { createConverter, type Converter } from './to-lsp.ts';
import type { Uris } from './uris.ts';

/** Everything that is known for one state of a project's files, by file as the project names it. Later edits do not change it. */
export interface Answers {
  readonly snapshot: Snapshot;
  /** Findings that are shown, in order of position. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  /** What the baseline holds: shown as information, so that old faults are seen where somebody works anyway. */
  readonly accepted: ReadonlyMap<string, readonly Finding[]>;
  readonly errors: ReadonlyMap<string, readonly FileError[]>;
  readonly configProblems: ReadonlyMap<string, readonly ConfigProblem[]>;
  readonly convert: Converter;
}

/**
 * One folder of the client's workspace, with its files as they are in the editor or on the disk: the program of which
 * `looplens lint` in that folder speaks. Files in it are named relative to the folder, as on the command line.
 */
export interface Project {
  readonly root: string;
  /** Reads every file of the folder (again); ends early, with what is read so far, when `cancelled` says so. */
  scan(progress: (done: number, total: number) => void, cancelled: () => boolean): Promise<void>;
  /** The text of a document that is open. */
  setText(path: string, text: string): void;
  /** The document is closed: what lies on the disk counts again. */
  close(path: string): void;
  /** Files (sources or configs) were created, changed or deleted on the disk. */
  diskChanged(paths: readonly string[]): void;
  fileOf(path: string): string;
  /** Whether a file is one of the project's, by its name in it. */
  has(file: string): boolean;
  pathOf(file: string): string;
  answers(): Promise<Answers>;
  /**
   * What can be told of one file at once: the findings of the rules that are about files, and those of the others as the last complete
   * answers have them. Answers for the current state that are complete already are given instead.
   */
  first(path: string): Promise<{ readonly answers: Answers; readonly complete: boolean }>;
  readonly node: AssumedNode;
  /** Sources that are known, open ones included. */
  readonly fileCount: number;
}

export interface ProjectOptions {
  readonly uris: Uris;
  readonly locale: Locale;
  /** False: only open documents are looked at, for documents outside of every folder. */
  readonly whole: boolean;
  /** Where facts are kept between starts; null where they are not. */
  readonly openCache?: () => FactsCache | null;
  readonly guard: Guard;
  /** How long finding everything may hold the thread, ms. */
  readonly sliceMs?: number;
}

const baselineName = 'looplens-suppressions.json';
const configName = /^(?:looplens\.config\.jsonc?|package\.json|[tj]sconfig(?:\.[\w-]+)*\.json|\.gitignore|\.nvmrc|\.node-version|looplens-suppressions\.json)$/;
/** How long after a scan its leavings are tidied up, ms. */
const tidyMs = 2000;
/** How long the scan, or finding everything, may hold the thread before requests get their turn, ms. */
const defaultSliceMs = 15;

export function createProject(root: string, { uris, locale, whole, guard, openCache = () => null, sliceMs = defaultSliceMs }: ProjectOptions): Project {
  const workspace = createWorkspace({ locale, longLived: true, guard, loadFastExtractor: createFastExtractor().load });
  const outermost = workspaceRoot(root);
  /** What no link may lead out of; for documents outside of every folder there is none. */
  const readText = (path: string, limit: number = sourceLimit): string | null => readGuarded(path, whole ? { root: outermost } : 'named', limit);
  /** Texts of open documents, by path. */
  const open = new Map<string, string>();
  /** Texts of sources on the disk, by path; null: cannot be read. */
  const disk = new Map<string, string | null>();
  /** Texts that the workspace has, by file: the open ones, else those of the disk. */
  const texts = new Map<string, string>();
  /** Sources of the folder that nothing ignores; null before the first look. */
  let sources: ReadonlySet<string> | null = null;
  let configs: ConfigSet = emptyConfigs;
  let configPaths: readonly string[] = [];
  let baseline: Baseline = emptyBaseline;
  let node = nodeOfFolder(root);
  let current: Promise<Answers> | null = null;
  /** Counts states of the texts and settings; what was begun for another one is broken off. */
  let state = 0;
  /** The answers for the current state, where they are complete. */
  let complete: Answers | null = null;
  /** What the last complete answers said and of which texts. Not they themselves: with them the whole program would stay in memory as it was then. */
  let told: { readonly textOf: (file: string) => string | null; readonly findings: Answers['findings'] } | null = null;
  const outdate = (): void => {
    current = null;
    complete = null;
    state++;
  };

  const fileOf = (path: string): string => workspacePath(root, path);
  const pathOf = (file: string): string => (file.startsWith('/') || /^[a-z]:/i.test(file) ? file : join(root, file));
  const textOf = (path: string): string | null => open.get(path) ?? (disk.has(path) ? disk.get(path)! : readText(path));

  /** Looks at the folder's list of files again: what is new is read, what is gone is removed. */
  const discover = (): string[] => {
    const found = findFiles(whole ? [root] : [...open.keys()].filter(path => !path.startsWith('/not-a-file/')), { cwd: root });
    configPaths = found.configFiles;
    configure();
    workspace.setProject(readProjectFiles(found.projectFiles, root));
    node = nodeOfFolder(root);
    sources = new Set(found.sources.filter(path => !configs.ignores(path)));
    for (const path of disk.keys()) if (!sources.has(path)) disk.delete(path);
    for (const file of texts.keys()) if (!belongs(pathOf(file))) forget(file);
    for (const [path, text] of open) if (belongs(path)) remember(fileOf(path), text);
    return [...sources].filter(path => !disk.has(path));
  };
  /** A source of the folder that nothing ignores, or an open document that is not on the disk yet. */
  const belongs = (path: string): boolean => isSource(path) && (sources?.has(path) ?? true) || (open.has(path) && isSource(path) && !existsSync(path));
  const remember = (file: string, text: string): void => {
    if (texts.get(file) === text) return;
    texts.set(file, text);
    workspace.setText(file, text, open.has(pathOf(file)));
  };
  const forget = (file: string): void => {
    texts.delete(file);
    workspace.remove(file);
  };

  const configure = (): void => {
    const configTexts = new Map<string, string>();
    for (const path of configPaths) {
      const text = open.get(path) ?? readText(path);
      if (text !== null) configTexts.set(path, text);
    }
    configs = createConfigSet(configTexts, path => open.get(path) ?? readText(path, settingsLimit), { confidence: 'likely', defaultSeverity, isOutside: path => whole && !isInside(path, outermost) });
    baseline = baselineFrom(readText(join(root, baselineName), settingsLimit));
    const { settingsFor } = configs;
    workspace.configure({ settingsFor: file => settingsFor(pathOf(file)), extraFrameworks: extraModels(configs.layers, fileOf) });
    outdate();
  };

  const read = (path: string): void => {
    const text = readText(path);
    disk.set(path, text);
    if (open.has(path)) return;
    if (text === null) forget(fileOf(path));
    else remember(fileOf(path), text);
  };

  /** As `read`, with the facts from the cache where it has them. */
  const readThrough = async (path: string, cache: FactsCache | null): Promise<void> => {
    const file = fileOf(path);
    const text = readText(path);
    const hash = text === null || cache === null || open.has(path) ? null : hashOf(Buffer.from(text));
    const cached = hash === null ? null : cache!.get(path, hash);
    if (text !== null && cached?.facts.file === file) {
      disk.set(path, text);
      if (texts.get(file) === text) return;
      texts.set(file, text);
      workspace.setExtracted(file, cached, () => text);
      return;
    }
    read(path);
    const extracted = await workspace.extracted(file);
    // While the front end was loaded the document may have been opened and changed.
    if (hash !== null && extracted && !extracted.fault && texts.get(file) === text) cache!.set(path, hash, extracted);
  };

  const lookAgain = (): void => {
    for (const missing of discover()) if (whole) guard.attempt('read', missing, () => read(missing), () => undefined);
  };

  const answersOf = (snapshot: Snapshot, found: readonly Finding[]): Answers => {
    const { graph } = snapshot;
    const all = applyBaseline(found, baseline).findings;
    return {
      snapshot,
      findings: groupBy(all.filter(finding => finding.suppressed === null), finding => finding.location.file),
      accepted: groupBy(all.filter(finding => finding.suppressed?.kind === 'baseline'), finding => finding.location.file),
      errors: groupBy(snapshot.errors, error => error.file),
      configProblems: groupBy(configs.problems, problem => fileOf(problem.file)),
      convert: createConverter({ uriOf: file => uris.uriOf(pathOf(file)), textOf: file => graph.text(file) ?? textOf(pathOf(file)) }),
    };
  };

  /** Everything, in slices: requests get their turn between them, and an edit breaks it off. */
  const compute = async (): Promise<Answers> => {
    const own = state;
    const snapshot = await workspace.snapshot();
    let slice = performance.now();
    for (const _ of snapshot.findingSteps()) {
      if (performance.now() - slice < sliceMs) continue;
      await new Promise(resolve => setImmediate(resolve));
      if (own !== state) throw new OutdatedSnapshot();
      slice = performance.now();
    }
    const answers = answersOf(snapshot, snapshot.findings());
    if (own === state) {
      complete = answers;
      told = { textOf: snapshot.graph.text, findings: answers.findings };
    }
    return answers;
  };

  /** Findings that are not told at once, as they stood in the last complete answers. */
  const carried = (file: string, snapshot: Snapshot): readonly Finding[] => {
    const [before, after] = [told?.textOf(file), snapshot.graph.text(file)];
    if (!told || typeof before !== 'string' || after === null) return [];
    return carriedFindings((told.findings.get(file) ?? []).filter(finding => !isToldAtOnce(finding)), file, before, after);
  };

  return {
    root,
    fileOf,
    has: file => texts.has(file),
    pathOf,
    get node() {
      const { node: configured } = configs.configFor(join(root, 'index.js'));
      return configured === null ? node : { version: configured, source: 'looplens.config.json' };
    },
    get fileCount() {
      return texts.size;
    },
    async scan(progress, cancelled) {
      disk.clear();
      const missing = discover();
      const cache = openCache();
      let slice = Date.now();
      for (const [index, path] of missing.entries()) {
        if (cancelled()) return;
        await guard.attemptAsync('read', path, () => readThrough(path, cache), () => undefined);
        outdate();
        if (Date.now() - slice < defaultSliceMs) continue;
        progress(index + 1, missing.length);
        await new Promise(resolve => setImmediate(resolve));
        slice = Date.now();
      }
      // Not before the answers that somebody waits for.
      setTimeout(() => {
        if (cache) guard.attempt('cache', root, () => cache.save(), () => undefined);
        collectGarbage();
      }, tidyMs).unref();
    },
    setText(path, text) {
      const isNew = !open.has(path);
      open.set(path, text);
      outdate();
      if (configName.test(baseNameOf(path))) lookAgain();
      else {
        if (isNew && !whole) discover();
        if (belongs(path)) remember(fileOf(path), text);
      }
    },
    close(path) {
      if (!open.delete(path)) return;
      outdate();
      if (configName.test(baseNameOf(path))) lookAgain();
      else if (disk.has(path)) read(path);
      else forget(fileOf(path));
    },
    diskChanged(paths) {
      outdate();
      for (const path of paths) if (disk.has(path)) guard.attempt('read', path, () => read(path), () => undefined);
      // Which files belong to the folder is decided in one place: a name alone does not say whether one is ignored.
      lookAgain();
    },
    async first(path) {
      const file = fileOf(path);
      while (true) {
        if (complete) return { answers: complete, complete: true };
        const own = state;
        const snapshot = await workspace.snapshot();
        if (own !== state) continue;
        const found = snapshot.graph.files.includes(file) ? [...snapshot.firstFindingsIn(file), ...carried(file, snapshot)].sort((a, b) => a.location.start - b.location.start) : [];
        return { answers: answersOf(snapshot, found), complete: false };
      }
    },
    async answers() {
      while (true) {
        const asked = (current ??= compute());
        try {
          const answers = await asked;
          if (asked === current) return answers;
        } catch (error) {
          if (asked !== current) continue;
          current = null;
          throw error;
        }
      }
    },
  };
}

const emptyConfigs = createConfigSet(new Map(), () => null, { confidence: 'likely', defaultSeverity });

function baselineFrom(text: string | null): Baseline {
  if (text === null) return emptyBaseline;
  try {
    return parseBaseline(text);
  } catch {
    // The command line says what is wrong with it; in the editor every finding shows.
    return emptyBaseline;
  }
}

function baseNameOf(path: string): string {
  return path.slice(dirname(path).length).replace(/^[/\\]/, '');
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
