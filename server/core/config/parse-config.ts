import { findNodeAtLocation, getNodeValue, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { rules } from '../hazards/registry.ts';
import { createLineIndex } from '../text/line-index.ts';
import { didYouMean } from '../text/closest.ts';
import { checkOptions } from './check-options.ts';
import { emptyConfig, type Config, type ConfigOverride, type RuleSetting } from './config-schema.ts';

/** What is wrong with a config, where (1-based), and what to do. Offsets are 0-based. */
export interface ConfigProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

const keys = ['$schema', 'extends', 'root', 'node', 'ignorePatterns', 'rules', 'overrides', 'roles', 'entries'];
const overrideKeys = ['files', 'excludedFiles', 'rules'];
const severities = ['off', 'info', 'warn', 'error'];
/** Names that rules do not have but configs may set. */
const pseudoRules = ['unused-disable-comment'];

/**
 * Reads a looplens.config.json(c): JSON with comments and trailing commas, never code. Parts with mistakes are left out of the
 * result and named in the problems, so that one typing error does not switch everything off. `extendsProblem` makes the
 * problem that an item of `extends` (by its index) cannot be followed.
 */
export function parseConfig(file: string, text: string): { config: Config; problems: readonly ConfigProblem[]; extendsProblem: (index: number, message: string) => ConfigProblem } {
  const lines = createLineIndex(text);
  const problems: ConfigProblem[] = [];
  const problemAt = (start: number, end: number, message: string): ConfigProblem => ({ file, ...lines.positionAt(start), start, end, message });
  const report = (start: number, end: number, message: string): void => void problems.push(problemAt(start, end, message));
  const errors: ParseError[] = [];
  let tree: Node | undefined;
  try {
    tree = parseTree(text, errors, { allowTrailingComma: true });
  } catch {
    // A RangeError: the parser is recursive.
    errors.length = 0;
    report(0, Math.min(1, text.length), 'the JSON is nested too deeply to be read');
  }
  if (text.trim() === '') report(0, text.length, 'the file is empty; write at least {}');
  // `CommaExpected` → `comma expected`
  else for (const error of errors) report(error.offset, error.offset + error.length, `the JSON is not valid: ${printParseErrorCode(error.error).replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()}`);
  const extendsProblem = (index: number, message: string): ConfigProblem => {
    const item = tree && (findNodeAtLocation(tree, ['extends', index]) ?? findNodeAtLocation(tree, ['extends']));
    return problemAt(item?.offset ?? 0, item ? item.offset + item.length : 0, message);
  };
  if (!tree) return { config: emptyConfig, problems, extendsProblem };
  if (tree.type !== 'object') {
    report(tree.offset, tree.offset + tree.length, `the config must be an object, not ${article(tree.type)}`);
    return { config: emptyConfig, problems, extendsProblem };
  }

  const complain = (node: Node, message: string): void => report(node.offset, node.offset + node.length, message);
  const property = (owner: Node, name: string): Node | undefined => findNodeAtLocation(owner, [name]);
  const checkKeys = (owner: Node, known: readonly string[], what: string): void => {
    for (const item of owner.children ?? []) {
      const key = item.children?.[0];
      if (key && !known.includes(String(key.value))) complain(key, `unknown ${what} "${String(key.value)}"${didYouMean(String(key.value), known)}`);
    }
  };
  const strings = (owner: Node, name: string): string[] => {
    const node = property(owner, name);
    if (!node) return [];
    if (node.type === 'string' && name === 'extends') return [String(node.value)];
    if (node.type !== 'array') {
      complain(node, `"${name}" must be an array of strings`);
      return [];
    }
    return (node.children ?? []).flatMap(item => {
      if (item.type === 'string') return [String(item.value)];
      complain(item, `"${name}" holds ${article(item.type)} where a string is expected`);
      return [];
    });
  };
  const ruleTable = (owner: Node): Record<string, RuleSetting> => {
    const node = property(owner, 'rules');
    const table: Record<string, RuleSetting> = {};
    if (!node) return table;
    if (node.type !== 'object') {
      complain(node, '"rules" must be an object: { "blocking-fs": "error" }');
      return table;
    }
    for (const item of node.children ?? []) {
      const [key, value] = item.children ?? [];
      if (!key || !value) continue;
      const id = String(key.value);
      const known = [...rules.map(rule => rule.meta.id), ...pseudoRules];
      if (!known.includes(id)) {
        complain(key, `there is no rule "${id}"${didYouMean(id, known)}`);
        continue;
      }
      const severity = value.type === 'array' ? value.children?.[0] : value;
      if (!severity || severity.type !== 'string' || !severities.includes(String(severity.value))) {
        complain(severity ?? value, `"${id}" must be "off", "info", "warn" or "error", alone or first in [severity, options]${severity?.type === 'string' ? didYouMean(String(severity.value), severities) : ''}`);
        continue;
      }
      const [, options, more] = value.type === 'array' ? (value.children ?? []) : [];
      if (more) complain(more, `"${id}" takes [severity, options] and nothing after it`);
      if (options && options.type !== 'object') {
        complain(options, `the options of "${id}" must be an object`);
        continue;
      }
      const schema = rules.find(rule => rule.meta.id === id)?.meta.options;
      if (options && !checkOptions(id, options, schema, complain)) continue;
      table[id] = options ? [severity.value as 'error', getNodeValue(options) as Record<string, unknown>] : (severity.value as 'error');
    }
    return table;
  };

  checkKeys(tree, keys, 'key');
  const root = property(tree, 'root');
  if (root && root.type !== 'boolean') complain(root, '"root" must be true or false');
  const node = property(tree, 'node');
  if (node && (node.type !== 'string' || !/\d/.test(String(node.value)))) complain(node, '"node" must be a version or a range in quotes: "20", ">=18"');
  const overridesNode = property(tree, 'overrides');
  const overrides: ConfigOverride[] = [];
  if (overridesNode && overridesNode.type !== 'array') complain(overridesNode, '"overrides" must be an array of { files, rules }');
  for (const item of overridesNode?.type === 'array' ? (overridesNode.children ?? []) : []) {
    if (item.type !== 'object') {
      complain(item, 'each override must be an object with "files" and "rules"');
      continue;
    }
    checkKeys(item, overrideKeys, 'key in an override');
    const files = strings(item, 'files');
    if (files.length === 0) complain(item, 'this override names no "files"');
    else overrides.push({ files, excludedFiles: strings(item, 'excludedFiles'), rules: ruleTable(item) });
  }
  const roles = property(tree, 'roles');
  if (roles && roles.type !== 'array') complain(roles, '"roles" must be an array of framework models');
  const config: Config = {
    extends: strings(tree, 'extends'),
    root: root?.value === true,
    node: node?.type === 'string' ? String(node.value) : null,
    ignorePatterns: strings(tree, 'ignorePatterns'),
    rules: ruleTable(tree),
    overrides,
    roles: roles?.type === 'array' ? (getNodeValue(roles) as unknown[]) : [],
    entries: strings(tree, 'entries'),
  };
  return { config, problems, extendsProblem };
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : type === 'null' ? 'null' : `a ${type}`;
}
