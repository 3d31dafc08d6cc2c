import type { FileConvention, FrameworkModel } from '../node/registration.ts';
import type { Config } from './config-schema.ts';

/** The framework models that a config adds: its `roles`, and its `entries` as file conventions. */
export function extraModels(config: Config): readonly FrameworkModel[] {
  const models = config.roles.filter(isModel);
  const files = config.entries.flatMap((entry): FileConvention[] => {
    const match = /^(.+)#([\w$*]+)$/.exec(entry);
    return match ? [{ files: [match[1]!.replace(/^\.\//, '')], exports: [match[2]!], take: 'function', role: 'request', label: 'entry {export}' }] : [];
  });
  return files.length > 0 ? [...models, { name: 'config entries', docs: 'looplens.config.json', files }] : models;
}

/** A model whose tables are tables; what is in them is only ever compared with strings. */
function isModel(value: unknown): value is FrameworkModel {
  if (typeof value !== 'object' || value === null) return false;
  const model = value as Record<string, unknown>;
  return ['types', 'producers', 'registrations', 'decorators', 'classes', 'files', 'roles', 'wrappers'].every(key => model[key] === undefined || Array.isArray(model[key]));
}
