import { performance } from 'node:perf_hooks';
import { explore } from '../core/order/explore.ts';
import type { FunctionTitles } from '../core/handlers.ts';
import { entryPointAt, type RoleOf } from '../core/order/function-role.ts';
import type { EntryPoint, ProgramSource, RunProgram } from '../core/order/run.ts';
import type { Timeline } from '../core/order/timeline.ts';
import { parseScript } from '../core/syntax/parse-script.ts';
import { createDiskProgram } from './disk-program.ts';
import { defaultTimeoutMs, functionTimeoutMs, type ExplainRequest } from './explain-host.ts';
import { moduleTypeOfExtension } from './explain-refusal.ts';

/** Explains a program on this thread; only the steps of a run bound how long one run takes. Paths stay absolute. */
export function explainProgram(runProgram: RunProgram, request: ExplainRequest): Timeline {
  const program = createDiskProgram(request.file, request.overlay, request.readsOutside, request.at !== null || request.entryPoint?.kind === 'function');
  // The extension first: what callers let through must not have the machine load a file as what it can never be.
  const module = moduleTypeOfExtension(request.file) ?? request.module ?? program.moduleType(request.file, request.node);
  const entryPoint = request.entryPoint ?? entryPointOf(request, program);
  const start = performance.now();
  const limit = {
    now: () => performance.now(),
    until: start + (request.timeoutMs ?? (entryPoint.kind === 'function' ? functionTimeoutMs : defaultTimeoutMs)),
  };
  return explore(runProgram, program, { node: request.node, module, entryPoint, budget: request.budget }, limit, request.stepsOf);
}

function entryPointOf({ file, at, surroundings }: ExplainRequest, program: ProgramSource): EntryPoint {
  if (!at) return { kind: 'file' };
  const source = parseScript(file, program.read(file) ?? '');
  const around = (entry: EntryPoint): EntryPoint => (entry.kind === 'function' && surroundings ? { ...entry, calls: surroundings.calls, stalls: surroundings.stalls } : entry);
  const roleOf = surroundings && roleFrom(surroundings);
  if (!at.to) return around(entryPointAt(source, at.line, at.column ?? undefined, roleOf));
  // A selection often takes the blanks around a function with it, and ends after its last character.
  const from = source.lines.offsetAt(at.line, at.column ?? 1);
  const selected = source.text.slice(from, source.lines.offsetAt(at.to.line, at.to.column));
  const [start, end] = [selected.length - selected.trimStart().length, Math.max(0, selected.trimEnd().length - 1)].map(offset => {
    const { line, column } = source.lines.positionAt(from + offset);
    return entryPointAt(source, line, column, roleOf);
  }) as [EntryPoint, EntryPoint];
  return start.kind === end.kind && start.offset === end.offset ? around(start) : { kind: 'file' };
}

/** The role of a function as the program graph knows it: of the innermost one around an offset. */
function roleFrom({ functions }: FunctionTitles): RoleOf {
  return offset => {
    const [innermost] = functions.filter(({ start, end }) => start <= offset && offset < end).sort((a, b) => a.end - a.start - (b.end - b.start));
    return innermost?.title ? { phase: innermost.phase ?? 'poll', label: innermost.title } : null;
  };
}
