import { callsIn } from '../../facts/module-index.ts';
import type { Operation, ProgramGraph } from '../../graph/program-graph.ts';
import type { Fix } from '../finding.ts';
import { list, message, type Locale, type MessageTable } from '../messages.ts';
import { asyncForm } from './async-form.ts';
import { asyncify } from './asyncify.ts';

export const fixTexts = {
  await: { en: 'Await the asynchronous form', 'zh-cn': '改为等待异步形式' },
  awaitAndAsync: { en: 'Await the asynchronous form and make {functions} async', 'zh-cn': '改为等待异步形式，并将 {functions} 改为 async' },
} as const satisfies MessageTable;

/**
 * The fix that puts the asynchronous form of a blocking call in its place. `safe` where what the program does stays the same but
 * for the time in which others get a turn: the function is async already, arguments and result are the same, and
 * nothing in it depends on being undisturbed. Otherwise a `suggestion`; null where it cannot be done.
 */
export function awaitFix(graph: ProgramGraph, operation: Operation, locale: Locale): Fix | null {
  const form = asyncForm(graph, operation);
  const around = form && asyncify(graph, operation.function, operation.call, form.afterAwait);
  if (!around) return null;
  const names = around.functions.map(fn => fn.displayName);
  return {
    title: names.length > 0 ? message(fixTexts, 'awaitAndAsync', locale, { functions: list(locale, names) }) : message(fixTexts, 'await', locale),
    kind: names.length === 0 && form.faithful && isUndisturbed(graph, operation) ? 'safe' : 'suggestion',
    edits: [...form.edits, ...around.edits],
  };
}

/** Operations that only look, or only compute: letting others run during them changes nothing for these. */
const looks = /^(?:access|compare|hash|lstat|opendir|readFile|readdir|readlink|realpath|stat|statfs|verify|pbkdf2|scrypt|hkdf|argon2|genSalt|generate\w+|checkPrime|\w*(?:zip|flate|[cC]ompress|Raw))Sync$/;

/**
 * Whether others may run in the middle of the function: it writes no file synchronously (reading, changing and
 * writing back would race with itself) and registers no listener after the call (events would be lost meanwhile).
 */
function isUndisturbed(graph: ProgramGraph, { api, call, function: fn, location }: Operation): boolean {
  if (!looks.test(api.member.split(/[.#]/).pop()!)) return false;
  if (graph.blocking('fs', [fn.file]).some(other => other.function === fn && !looks.test(other.api.member))) return false;
  return !callsIn(graph.module(location.file), fn.index).some(other => other.range[0] > call.range[0] && /\.(?:on|once|addListener|addEventListener|pipe)$/.test(other.text));
}
