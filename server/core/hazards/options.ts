import type { Operation, Role } from '../graph/program-graph.ts';
import { servingRoles } from './reach-ranking.ts';

const ignoreRoles = { type: 'array', items: { enum: servingRoles }, uniqueItems: true, description: 'Situations in which blocking is accepted.' } as const;

/** Options of the rules that report what serving code reaches. */
export const roleOptionsSchema = { type: 'object', additionalProperties: false, properties: { ignoreRoles } } as const;

/** Options of those that report calls of named functions. */
export const callOptionsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    allow: { type: 'array', items: { type: 'string' }, uniqueItems: true, description: 'Names that are not reported: `existsSync`, `fs.existsSync`.' },
    ignoreRoles,
  },
} as const;

/** The roles that the options leave. Options come from a config file: anything of another type is as if it were not there. */
export function rolesToCheck(options: Readonly<Record<string, unknown>>): readonly Role[] {
  const ignored = strings(options['ignoreRoles']);
  return servingRoles.filter(role => !ignored.includes(role));
}

/** Whether the options name the operation, by its member alone or with its module. */
export function isAllowed(options: Readonly<Record<string, unknown>>, { api, name }: Operation): boolean {
  const allowed = strings(options['allow']);
  const member = api.member.split(/[.#]/).pop()!;
  return [member, name, api.member, `${api.module}.${api.member}`].some(candidate => allowed.includes(candidate));
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}
