import { functionTitles, handlersIn, handlersNamed, surroundingsOf, type Handler } from '../../core/handlers.ts';
import type { EntryPoint } from '../../core/order/run.ts';
import { createLineIndex } from '../../core/text/line-index.ts';
import type { ExplainRequest } from '../../host/explain-host.ts';
import { UsageError } from '../exit-code.ts';
import type { ExplainedProject } from '../explained-project.ts';
import type { Io } from '../io.ts';
import { say } from '../messages.ts';

/** Handlers that are named where a text means none or several. */
const listed = 12;

/**
 * The handler that `--entry` names, with what the project knows around it. Throws a UsageError that lists what there is where the name
 * means none or several.
 * @returns its file by its name in the workspace
 */
export function handlerNamed(project: ExplainedProject, name: string, io: Io): { readonly file: string; readonly entryPoint: EntryPoint } {
  const { snapshot: { graph } } = project;
  const found = handlersNamed(graph, name);
  if (found.length !== 1) {
    const several = found.length > 1 ? found : graph.files.flatMap(file => handlersIn(graph, file)).filter(({ location }, index, all) => all.findIndex(other => other.location === location) === index);
    const list = several.slice(0, listed).map(handler => `  ${handler.title}  ${handler.location.file}:${handler.location.line}`);
    if (several.length > listed) list.push(`  … ${several.length - listed}`);
    throw new UsageError(say(found.length === 0 ? (several.length === 0 ? 'entryNoHandlers' : 'entryUnknown') : 'entrySeveral', { name, list: list.join('\n') }));
  }
  const [handler] = found as [Handler];
  const { file } = handler;
  const { calls, stalls } = surroundingsOf(graph, files => project.snapshot.findingsIn(files), file, handler.entryPoint.offset ?? 0, path => project.pathOf(path));
  return { file, entryPoint: { ...handler.entryPoint, calls, stalls } };
}

/** What the project knows of the functions around a place. */
export function surroundingsAt({ snapshot, nameOf, pathOf }: ExplainedProject, file: string, { line, column }: NonNullable<ExplainRequest['at']>, text: string): ExplainRequest['surroundings'] {
  const name = nameOf(file);
  const { graph } = snapshot;
  if (!graph.files.includes(name)) return undefined;
  const start = createLineIndex(text).lineStarts[line - 1];
  if (start === undefined) return undefined;
  const indent = /^\s*/.exec(text.slice(start))![0].length;
  // A function that begins on the line begins behind the indentation, or after what hands it on.
  const offset = start + (column === null ? indent : column - 1);
  const end = text.indexOf('\n', offset);
  const within = graph.module(name).functions.find(({ range: [from] }, index) => index > 0 && column === null && from >= offset && (end < 0 || from <= end))?.range[0] ?? offset;
  return { ...functionTitles(graph, name), ...surroundingsOf(graph, files => snapshot.findingsIn(files), name, within, pathOf) };
}
