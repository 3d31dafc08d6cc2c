import type { Phase, Step, Timeline, TimelineLocation } from '../../server/core/order/timeline.ts';
import type { ExportFormat, ModuleType } from '../../server/lsp/protocol.ts';
import type { OpenOrder } from './model.ts';
import { message } from './strings.ts';

/** Everything that the parts of the view draw. Replaced, never changed in place. */
export interface ViewState {
  readonly timeline: Timeline;
  /** Text of the file; null where an editor shows it. */
  readonly source: string | null;
  /** Index of the outcome that is looked at. */
  readonly outcome: number;
  /** The steps that are shown: those of `outcome`, or of the likeliest where these are unknown. */
  readonly steps: readonly Step[];
  readonly stepsOfOutcome: boolean;
  readonly open: readonly OpenOrder[];
  /** The current step; -1 when there is none. */
  readonly index: number;
  readonly waiting: ReadonlyMap<Phase, readonly Step[]>;
  readonly view: 'diagram' | 'table';
  readonly allLanes: boolean;
  readonly playing: boolean;
  readonly speed: number;
  readonly busy: boolean;
}

/** What people can do. */
export interface Actions {
  /** Makes a step current and shows its code in the editor; `focus` also moves the keyboard there. */
  select(index: number, options?: { readonly focus?: boolean }): void;
  play(on: boolean): void;
  setSpeed(speed: number): void;
  showOutcome(index: number): void;
  /** Another outcome, one that decides this open order otherwise where it is known. */
  flip(why: string | null): void;
  setView(view: 'diagram' | 'table'): void;
  setAllLanes(on: boolean): void;
  setOptions(node: string, module: ModuleType): void;
  exportAs(format: ExportFormat): void;
  help(): void;
}

/** A part of the view. */
export interface Part {
  readonly element: HTMLElement;
  /** Draws what differs between the two states; `previous` is null the first time. */
  update(state: ViewState, previous: ViewState | null): void;
}

/** Last part of a path or URI. */
export function fileName(file: string): string {
  const name = file.split(/[\\/]/).at(-1) ?? '';
  try {
    return /^[\w.+-]+:\/\//.test(file) ? decodeURIComponent(name) : name;
  } catch {
    return name;
  }
}

/** `line 3`, or `a.js:3` in another file than the one explained. */
export function placeText(timeline: Timeline, location: TimelineLocation): string {
  if (location.file === timeline.file) return message('step.line', { line: location.line });
  return message('step.place', { file: fileName(location.file), line: location.line });
}

/** `Start` for the main script, else the number of the iteration. */
export function iterationTitle({ iteration, phase, thread }: Step): string {
  const title = titleOf(iteration, phase);
  return thread === undefined ? title : `${thread} · ${title}`;
}

function titleOf(iteration: number, phase: Phase): string {
  if (iteration === 0) return message('iteration.start');
  return phase === 'exit' ? message('iteration.exit') : message('iteration.n', { n: iteration });
}
