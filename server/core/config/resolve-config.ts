import ignore, { type Ignore } from 'ignore';
import picomatch from 'picomatch';
import type { Confidence, Severity } from '../hazards/finding.ts';
import { ancestors, dirname, join, relativeInside } from '../text/path.ts';
import type { FileSettings } from './file-settings.ts';
import { emptyConfig, type Config, type ConfigOverride, type RuleSetting } from './config-schema.ts';
import { parseConfig, type ConfigProblem } from './parse-config.ts';

export interface Layer {
  /** Where the config holds and what its globs are relative to; for an extended one that of the config that extends it. */
  readonly directory: string;
  readonly config: Config;
}

/** All configs of a workspace and what they say about each file. */
export interface ConfigSet {
  readonly problems: readonly ConfigProblem[];
  /** Every config with the folder that it holds in: roles and entries are said of the program, which spans them all. */
  readonly layers: readonly Layer[];
  /** The merged config for a file: nearest folder wins, key by key. */
  configFor(file: string): Config;
  settingsFor(file: string): FileSettings;
  /** True where an ignore pattern of a config leaves the file out. */
  ignores(file: string): boolean;
}

export interface ConfigOptions {
  /** The one config holds for every file; its globs are relative to this folder. Without it, configs hold where they stand. */
  readonly directory?: string;
  /** Severities from the command line; they win over every file. */
  readonly ruleOverrides?: Readonly<Record<string, RuleSetting>>;
  readonly confidence: Confidence;
  readonly defaultSeverity: (rule: string) => Severity | 'off';
  /** Whether a path lies where a config of this workspace must not reach; default: none does. */
  readonly isOutside?: (path: string) => boolean;
}

/**
 * Builds the set from the config files' texts by path. `extends` is followed to relative files and into packages of a
 * node_modules folder at or above the config (`readExtended` fetches what is not among the texts); circular and missing ones,
 * and those outside of the workspace, are problems.
 */
export function createConfigSet(texts: ReadonlyMap<string, string>, readExtended: (path: string) => string | null, options: ConfigOptions): ConfigSet {
  const problems: ConfigProblem[] = [];
  const byDirectory = new Map<string, readonly Layer[]>();
  for (const [path, text] of texts) {
    const directory = options.directory ?? dirname(path);
    byDirectory.set(directory, load(path, text, new Set(), problems, path => texts.get(path) ?? readExtended(path), options.isOutside ?? (() => false)).map(layer => ({ ...layer, directory })));
  }

  const layersFor = (directory: string): readonly Layer[] => {
    if (options.directory !== undefined) return byDirectory.get(options.directory) ?? [];
    const layers: Layer[] = [];
    for (const ancestor of ancestors(directory)) {
      const own = byDirectory.get(ancestor);
      if (!own) continue;
      layers.unshift(...own);
      if (own.some(layer => layer.config.root)) break;
    }
    return layers;
  };
  const ignoreRules = new Map<Config, Ignore>();
  const layerCache = new Map<string, readonly Layer[]>();
  const cachedLayers = (file: string): readonly Layer[] => {
    const directory = dirname(file);
    let layers = layerCache.get(directory);
    if (!layers) layerCache.set(directory, (layers = layersFor(directory)));
    return layers;
  };

  const rulesFor = (file: string): Record<string, RuleSetting> => {
    const result: Record<string, RuleSetting> = {};
    for (const { directory, config } of cachedLayers(file)) {
      merge(result, config.rules);
      for (const override of config.overrides) if (applies(override, directory, file)) merge(result, override.rules);
    }
    return merge(result, options.ruleOverrides ?? {});
  };

  return {
    problems,
    layers: [...byDirectory.values()].flat(),
    configFor(file) {
      const layers = cachedLayers(file).map(layer => layer.config);
      return {
        ...emptyConfig,
        node: layers.findLast(config => config.node !== null)?.node ?? null,
        ignorePatterns: layers.flatMap(config => config.ignorePatterns),
        rules: rulesFor(file),
        roles: layers.flatMap(config => config.roles),
        entries: layers.flatMap(config => config.entries),
      };
    },
    settingsFor(file) {
      const rules = rulesFor(file);
      return {
        severityOf(rule) {
          const setting = rules[rule];
          return setting === undefined ? options.defaultSeverity(rule) : typeof setting === 'string' ? setting : setting[0];
        },
        optionsOf(rule) {
          const setting = rules[rule];
          return Array.isArray(setting) ? (setting[1] as Record<string, unknown>) : {};
        },
        confidence: options.confidence,
        node: cachedLayers(file).findLast(({ config }) => config.node !== null)?.config.node ?? null,
      };
    },
    ignores: file =>
      cachedLayers(file).some(({ directory, config }) => {
        if (config.ignorePatterns.length === 0) return false;
        let rules = ignoreRules.get(config);
        if (!rules) ignoreRules.set(config, (rules = ignore().add([...config.ignorePatterns])));
        const path = relativeInside(directory, file);
        return path !== null && rules.ignores(path);
      }),
  };
}

function load(path: string, text: string, seen: ReadonlySet<string>, problems: ConfigProblem[], read: (path: string) => string | null, isOutside: (path: string) => boolean): readonly Pick<Layer, 'config'>[] {
  const { config, problems: own, extendsProblem } = parseConfig(path, text);
  problems.push(...own);
  const layers: Pick<Layer, 'config'>[] = [];
  for (const [index, target] of config.extends.entries()) {
    const candidates = placesOf(target, path);
    const inside = candidates.filter(candidate => !isOutside(candidate));
    const extended = inside.find(candidate => seen.has(candidate) || candidate === path || read(candidate) !== null);
    const problem = (message: string): unknown => problems.push(extendsProblem(index, message));
    if (extended === undefined) problem(inside.length === 0 ? `"extends": "${target}" lies outside of the workspace; name a file in it or a package of its node_modules` : `"extends": there is no file "${target}"`);
    else if (seen.has(extended) || extended === path) problem(`"extends": "${target}" leads back to this file`);
    else layers.push(...load(extended, read(extended)!, new Set([...seen, path]), problems, read, isOutside));
  }
  return [...layers, { config }];
}

/** Where the file may lie that `extends` names: beside the config, or in a package, which may keep its config under the usual name. */
function placesOf(target: string, config: string): readonly string[] {
  if (target.startsWith('/')) return [target];
  const beside = join(dirname(config), target);
  if (/^\.{1,2}(?:\/|$)/.test(target)) return [beside];
  const inPackages = ancestors(dirname(config)).flatMap(folder => [join(folder, `node_modules/${target}`), join(folder, `node_modules/${target}/looplens.config.json`)]);
  return [beside, ...inPackages];
}

/** A severity alone keeps the options that an outer config gave. */
function merge(into: Record<string, RuleSetting>, from: Readonly<Record<string, RuleSetting>>): Record<string, RuleSetting> {
  for (const [rule, setting] of Object.entries(from)) {
    const before = into[rule];
    into[rule] = typeof setting === 'string' && Array.isArray(before) ? [setting, before[1] as Record<string, unknown>] : setting;
  }
  return into;
}

function applies(override: ConfigOverride, directory: string, file: string): boolean {
  const path = relativeInside(directory, file);
  return matchesAny(override.files, path) && !matchesAny(override.excludedFiles, path);
}

/** As ESLint: a pattern without a slash matches the name in any folder. */
function matchesAny(patterns: readonly string[], path: string | null): boolean {
  return path !== null && patterns.some(pattern => picomatch.isMatch(path, pattern.replace(/^\.?\//, '').replace(/\/$/, '/**'), { dot: true, matchBase: !pattern.includes('/') }));
}
