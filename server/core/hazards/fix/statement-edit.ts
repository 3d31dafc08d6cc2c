import type { CallFacts } from '../../facts/module-facts.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import type { TextEdit } from '../../text/edit.ts';

/**
 * Replaces a call that is a statement of its own, semicolon included; '' takes its lines away too.
 * Null where the call is part of something longer.
 */
export function statementEdit(graph: ProgramGraph, file: string, call: CallFacts, replacement: string): TextEdit | null {
  const text = graph.text(file);
  if (text === null || (call.context !== 'statement' && call.context !== 'top-level')) return null;
  const [start, callEnd] = call.range;
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const rest = /^[ \t]*;?[ \t]*/.exec(text.slice(callEnd))![0];
  const end = callEnd + rest.trimEnd().length;
  // Only what stands alone on its lines is known to be a statement that can go, or grow.
  const next = text.slice(callEnd + rest.length);
  if (before.trim() !== '' || !/^(?:\r?\n|$)/.test(next)) return null;
  if (replacement !== '') return { file, start, end, text: replacement };
  return { file, start: start - before.length, end: callEnd + rest.length + (/^\r?\n/.exec(next)?.[0].length ?? 0), text: '' };
}
