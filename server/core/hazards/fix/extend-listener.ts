import { statementsOf } from '../../facts/walk-statements.ts';
import type { ProcessHandler } from '../../graph/process-handlers.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import type { TextEdit } from '../../text/edit.ts';

/** What is put behind what a listener does, and before the statement that registers it; each a line. */
export interface ListenerLines {
  /** `argument` is the name of what the listener is called with. */
  readonly body: (argument: string) => readonly string[];
  readonly before?: string;
}

/**
 * Edits that add lines to the end of a listener. A function that is written elsewhere stays as it is: a new listener calls it.
 * Null where lines at the end would not be reached, or where there is no place for them.
 */
export function extendListener(graph: ProgramGraph, handler: ProcessHandler, lines: ListenerLines): TextEdit[] | null {
  const text = graph.text(handler.file);
  const { callFacts: call, file } = handler;
  const argument = call.argRanges[handler.event === 'capture callback' ? 0 : 1];
  if (text === null || !argument || !standsAlone(call.context, text, call.range[0]) || handler.listeners.some(({ facts }) => facts.async || facts.generator)) return null;
  const [start, end] = argument;
  const layout = layoutAt(text, call.range[0]);
  const inline = handler.listeners.find(listener => listener.file === file && listener.facts.range[0] === start && listener.facts.range[1] === end);
  const edit = inline ? inlineEdit(text, argument, inline.facts, lines, layout) : wrappingEdit(text.slice(start, end), handler, lines, layout);
  if (!edit) return null;
  const before = lines.before === undefined ? [] : [{ file, start: call.range[0], end: call.range[0], text: `${lines.before}${layout.eol}${layout.indent}` }];
  return [...before, { file, start: start + edit.start, end: start + edit.end, text: edit.text }];
}

/** Whether a call is a statement of its own, at the start of a line. */
function standsAlone(context: string, text: string, start: number): boolean {
  return (context === 'statement' || context === 'top-level') && /(?:^|\n)[ \t]*$/.test(text.slice(0, start));
}

interface Layout {
  readonly eol: string;
  /** Before the registering statement, and one deeper. */
  readonly indent: string;
  readonly deeper: string;
}

function layoutAt(text: string, start: number): Layout {
  const indent = /(?<![ \t])[ \t]*$/.exec(text.slice(0, start))![0];
  const unit = /^\t/m.test(text) ? '\t' : (/^(?: {2,8})(?=\S)/m.exec(text)?.[0] ?? '  ');
  return { eol: text.includes('\r\n') ? '\r\n' : '\n', indent, deeper: indent + (unit.length === 3 || unit.length > 4 ? '  ' : unit) };
}

type Edit = Pick<TextEdit, 'start' | 'end' | 'text'>;

function block(lines: readonly string[], { eol, indent, deeper }: Layout): string {
  return `${lines.map(line => `${deeper}${line}${eol}`).join('')}${indent}}`;
}

/** `report` → `error => { report(error); … }`. */
function wrappingEdit(listener: string, handler: ProcessHandler, lines: ListenerLines, layout: Layout): Edit | null {
  if (!/^[\w$.]+$/.test(listener)) return null;
  const names = handler.event === 'unhandledRejection' ? ['reason', 'promise'] : ['error', 'origin'];
  const taken = names.slice(0, Math.max(1, ...handler.listeners.map(({ facts }) => facts.params.length)));
  const head = taken.length === 1 ? taken[0]! : `(${taken.join(', ')})`;
  return { start: 0, end: listener.length, text: `${head} => {${layout.eol}${block([`${listener}(${taken.join(', ')});`, ...lines.body(taken[0]!)], layout)}` };
}

/** Positions are relative to the listener. */
function inlineEdit(text: string, [start, end]: readonly [number, number], facts: ProcessHandler['listeners'][number]['facts'], lines: ListenerLines, layout: Layout): Edit | null {
  // What leaves early, in a branch, does not reach the end.
  if ([...statementsOf(facts.body)].some(({ statement, around }) => statement.k === 'return' && around.length > 0)) return null;
  const listener = text.slice(start, end);
  const argument = facts.paramNames[0] ?? '';
  const { eol, deeper } = layout;
  if (listener.endsWith('}')) {
    const kept = listener.slice(0, -1).trimEnd();
    if (kept.endsWith('{')) {
      // An empty handler hides what happened: it is shown too.
      if (argument === '') return null;
      return { start: kept.length, end: listener.length, text: `${eol}${block([`console.error(${argument});`, ...lines.body(argument)], layout)}` };
    }
    if (listener.includes('\n')) return { start: kept.length, end: listener.length, text: `${eol}${block(lines.body(argument), layout)}` };
    const open = kept.indexOf('{') + 1;
    const statements = kept.slice(open).trim();
    return { start: open, end: listener.length, text: `${eol}${block([statements.replace(/;?$/, ';'), ...lines.body(argument)], layout)}` };
  }
  const arrow = listener.indexOf('=>');
  if (arrow < 0) return null;
  const expression = listener.slice(arrow + 2).trim().replace(/^\((.*)\)$/s, '$1');
  return { start: arrow + 2, end: listener.length, text: ` {${eol}${deeper}${expression};${eol}${block(lines.body(argument), layout)}` };
}

/** An edit that puts a line at the start of a listener that is written where it is registered; null for others. */
export function prependToListener(graph: ProgramGraph, handler: ProcessHandler, line: string): TextEdit | null {
  const text = graph.text(handler.file);
  const argument = handler.callFacts.argRanges[handler.event === 'capture callback' ? 0 : 1];
  if (text === null || !argument) return null;
  const [start, end] = argument;
  const head = /^(?:async\s+)?(?:function\s*(?:[\w$]+\s*)?\([^()]*\)\s*|(?:\([^()]*\)|[\w$]+)\s*(?::[^={]*)?=>\s*)\{/.exec(text.slice(start, end))?.[0];
  if (head === undefined) return null;
  const at = start + head.length;
  const lineStart = text.lastIndexOf('\n', handler.callFacts.range[0] - 1) + 1;
  const { eol, deeper } = layoutAt(text, lineStart + /^[ \t]*/.exec(text.slice(lineStart))![0].length);
  const rest = text.slice(at, end);
  return { file: handler.file, start: at, end: at, text: /^[ \t]*\r?\n/.test(rest) ? `${eol}${deeper}${line}` : ` ${line}` };
}
