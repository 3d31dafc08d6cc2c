import type { Severity } from '../hazards/finding.ts';
import { rules } from '../hazards/registry.ts';

/** Severity, or severity and options, as a config writes it. */
export type RuleSetting = Severity | 'off' | readonly [severity: Severity | 'off', options: Readonly<Record<string, unknown>>];

/** A looplens.config.json, checked. */
export interface Config {
  readonly extends: readonly string[];
  readonly root: boolean;
  /** Node's version or range: `20`, `>=18`. */
  readonly node: string | null;
  readonly ignorePatterns: readonly string[];
  readonly rules: Readonly<Record<string, RuleSetting>>;
  readonly overrides: readonly ConfigOverride[];
  /** Registration shapes beside the built-in ones, as node/registration.ts describes them. */
  readonly roles: readonly unknown[];
  /** Exported functions that something outside the program calls per request: `src/plugin.ts#onMessage`. */
  readonly entries: readonly string[];
}

export interface ConfigOverride {
  readonly files: readonly string[];
  readonly excludedFiles: readonly string[];
  readonly rules: Readonly<Record<string, RuleSetting>>;
}

export const emptyConfig: Config = { extends: [], root: false, node: null, ignorePatterns: [], rules: {}, overrides: [], roles: [], entries: [] };

const severities = ['off', 'info', 'warn', 'error'] as const;
const strings = { type: 'array', items: { type: 'string' } } as const;

/** The JSON Schema of looplens.config.json, from the same rules that read it. */
export function configJsonSchema(): Record<string, unknown> {
  const severity = { enum: severities };
  const ruleProperties = Object.fromEntries(
    rules.map(({ meta }) => [
      meta.id,
      { anyOf: [severity, { type: 'array', prefixItems: [severity, meta.options ?? { type: 'object' }], items: false, minItems: 1, maxItems: 2 }], default: meta.defaultSeverity, description: `${meta.category} rule. See docs/rules.md.` },
    ]),
  );
  const ruleTable = { type: 'object', properties: { ...ruleProperties, 'unused-disable-comment': { anyOf: [severity] } }, additionalProperties: false };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Looplens configuration',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      extends: { anyOf: [{ type: 'string' }, strings], description: 'Config files to start from, relative to this one.' },
      root: { type: 'boolean', description: 'Stop looking for configs in the folders above.' },
      node: { type: 'string', description: 'Node.js version or range that the code runs on. Default: engines.node, .nvmrc, else the current LTS.' },
      ignorePatterns: { ...strings, description: "Files to leave out, in .gitignore's form." },
      rules: { ...ruleTable, description: 'Severity of each rule, or [severity, options].' },
      overrides: {
        type: 'array',
        description: 'Other severities for some files; later ones win.',
        items: { type: 'object', additionalProperties: false, required: ['files', 'rules'], properties: { files: strings, excludedFiles: strings, rules: ruleTable } },
      },
      roles: { type: 'array', items: { type: 'object' }, description: 'Models of frameworks of your own: how handlers are registered.' },
      entries: { ...strings, description: 'Exported functions that are called per request by something outside the program, with their file relative to this one: "src/plugin.ts#onMessage".' },
    },
  };
}
