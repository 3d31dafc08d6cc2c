import type { FileConvention, FrameworkModel } from '../node/registration.ts';
import type { Layer } from './resolve-config.ts';

/**
 * The framework models that configs add: their `roles`, and their `entries` as file conventions relative to the config's
 * folder, whose path in the workspace `nameOf` gives.
 */
export function extraModels(layers: readonly Layer[], nameOf: (directory: string) => string): readonly FrameworkModel[] {
  const files = layers.flatMap(({ directory, config }) =>
    config.entries.flatMap((entry): FileConvention[] => {
      const match = /^(.+)#([\w$*]+)$/.exec(entry);
      return match ? [{ below: nameOf(directory) || '.', files: [match[1]!.replace(/^\.\//, '')], exports: [match[2]!], take: 'function', role: 'request', label: 'entry {export}' }] : [];
    }),
  );
  const models = layers.flatMap(({ config }) => config.roles.filter(isModel));
  return files.length > 0 ? [...models, { name: 'config entries', docs: 'looplens.config.json', files }] : models;
}

/** A model whose tables are tables; what is in them is only ever compared with strings. */
function isModel(value: unknown): value is FrameworkModel {
  if (typeof value !== 'object' || value === null) return false;
  const model = value as Record<string, unknown>;
  return ['types', 'producers', 'registrations', 'decorators', 'classes', 'files', 'roles', 'wrappers'].every(key => model[key] === undefined || Array.isArray(model[key]));
}
