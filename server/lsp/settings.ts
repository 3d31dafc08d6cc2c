import type { ServerSettings } from './protocol.ts';

/** Reads the `looplens` section of a client's configuration; what is missing or of a wrong type gets its default. */
export function readSettings(value: unknown): ServerSettings {
  const section = record(value);
  const node = section['node'];
  return {
    enable: section['enable'] !== false,
    inlayHints: record(section['inlayHints'])['enable'] === true,
    codeLens: record(section['codeLens'])['enable'] === true,
    baseline: record(section['baseline'])['show'] !== false,
    syntaxErrors: record(section['syntaxErrors'])['enable'] === true,
    node: typeof node === 'string' && /\d/.test(node) ? node : null,
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
