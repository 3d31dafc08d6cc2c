import type { Step, Timeline, TimelineLocation } from '../core/order/timeline.ts';

// Our own messages: requests beside the Language Server Protocol, and what the phase-order view and the extension tell
// each other. Plain data, of which the client imports the types. Lines and columns are 1-based in `TimelineLocation`;
// in `ProtocolPosition` they are the protocol's, 0-based. All count UTF-16 units.

export interface ProtocolPosition {
  readonly line: number;
  readonly character: number;
}

/** The `looplens` section of the client's configuration as the server understands it. */
export interface ServerSettings {
  /** `enable`: off means no findings at all. */
  readonly enable: boolean;
  /** `baseline.show`: findings of the baseline, as information. */
  readonly baseline: boolean;
  /** `inlayHints.enable`: the order in which steps run, at the end of their lines. */
  readonly inlayHints: boolean;
  /** `codeLens.enable`: *Explain execution order* above the functions that Node or a framework calls. */
  readonly codeLens: boolean;
  /** `syntaxErrors.enable`: also show where a text could not be parsed; off, since the language's own service does. */
  readonly syntaxErrors: boolean;
  /** `node`: version to assume; null: the project's. */
  readonly node: string | null;
}

/** `initializationOptions`; every key may be missing. */
export interface InitializationOptions {
  /** The `looplens` section, for clients that cannot be asked for it. */
  readonly settings?: unknown;
  /** The client knows `clientCommands` and wants `looplens/status`. */
  readonly commands?: boolean;
  /** URI under which the client shows a rule's page, with `{rule}` for its id. */
  readonly rulePages?: string;
}

/** Commands that the server puts into code actions and lenses for clients that know them. */
export const clientCommands = {
  /** Argument: `ExplainArguments`. */
  explain: 'looplens.explainExecutionOrder',
  /** Argument: the id of a rule. */
  showRule: 'looplens.showRule',
  /** Argument: `DisableArguments`. */
  disable: 'looplens.disableWithReason',
} as const;

export interface ExplainArguments {
  readonly uri: string;
  readonly position: ProtocolPosition;
}

/** A disable comment to insert; `{reason}` in the text stands for what the user answers. */
export interface DisableArguments {
  readonly uri: string;
  readonly position: ProtocolPosition;
  readonly text: string;
}

/** Request: *Explain Execution Order* at a place of a text that may be unsaved. `ExplainParams`, `ExplainResult`. */
export const explainRequest = 'looplens/explain';
/** Request: a timeline as a file, for export. `RenderParams`, string. */
export const renderRequest = 'looplens/render';
/** Request: the page of a rule. `{ rule }`, `RulePageResult` or null for an unknown rule. */
export const rulePageRequest = 'looplens/rulePage';
/** Request: reads all files anew. No params, `Status`. */
export const lintWorkspaceRequest = 'looplens/lintWorkspace';
/** Request: text for bug reports, which names nothing of the workspace. No params, string. */
export const debugInformationRequest = 'looplens/debugInformation';
/** Request: what a language model is told. `ModelToolParams`, string. */
export const modelToolRequest = 'looplens/modelTool';
/** Notification to the server, where inlay hints are on: the cursor is in another place. `CursorParams`. */
export const cursorNotification = 'looplens/cursor';
/** Notification to the client after each change: `Status`. */
export const statusNotification = 'looplens/status';

export type ModuleType = 'commonjs' | 'module';

export interface ExplainParams {
  readonly textDocument: { readonly uri: string };
  /** The function around it is explained; null or absent: the whole file. */
  readonly position?: ProtocolPosition | null;
  /** End of a selection that starts at `position`: the function around all of it is explained. */
  readonly end?: ProtocolPosition | null;
  /** Index of the outcome whose steps are listed; null or absent: the likeliest. */
  readonly stepsOf?: number | null;
  /** Node major; null or absent: the project's. */
  readonly node?: string | null;
  /** Null or absent: as Node decides. */
  readonly module?: ModuleType | null;
}

export interface CursorParams {
  readonly textDocument: { readonly uri: string };
  readonly position: ProtocolPosition;
}

export interface ExplainResult {
  /** Files in it are URIs. */
  readonly timeline: Timeline;
  /** Text of `timeline.file` that was explained. */
  readonly source: string;
  /** Version of the document; null where it is not open. */
  readonly version: number | null;
}

export interface RenderParams {
  readonly timeline: Timeline;
  readonly source: string;
  /** A drawing (SVG) is made by the view itself. */
  readonly format: Exclude<ExportFormat, 'svg'>;
}

/** A question of a language model: the tools of `looplens mcp`, on the texts as they are in the editor. */
export type ModelToolParams =
  /** Findings, worst first. `paths`: files or folders of the workspace, by their names in it; absent: all. */
  | { readonly tool: 'lint'; readonly paths?: readonly string[]; readonly only?: readonly string[] }
  /** In which order a file, or the function around a line (1-based) of it, runs. `file`: its name in the workspace, or a URI. */
  | { readonly tool: 'explain'; readonly file: string; readonly line?: number }
  /** The page of a rule. */
  | { readonly tool: 'rule'; readonly id: string }
  /** What a function does to the event loop. */
  | { readonly tool: 'api'; readonly name: string };

export interface RulePageResult {
  readonly title: string;
  /** The rule's documentation as Markdown. */
  readonly markdown: string;
}

export interface Status {
  readonly state: 'ready' | 'disabled';
  readonly files: number;
  readonly findings: number;
  /** The version of Node that is assumed for the first folder, and what says so; '' where nothing does. */
  readonly node: { readonly version: string; readonly source: string };
  /** Time of the last analysis, ms. */
  readonly durationMs: number;
}

export type ExportFormat = 'svg' | 'html' | 'mermaid' | 'text';

/** What the view says to its host: the extension, or the page that stands alone. */
export type ViewToHost =
  /** The view listens; the host answers with `timeline`. */
  | { readonly type: 'ready' }
  /** Show this range in the editor; `focus` also moves the keyboard there. */
  | { readonly type: 'revealRange'; readonly location: TimelineLocation; readonly focus: boolean }
  /** Explain again for another Node major or module type; the host answers with `timeline`. */
  | { readonly type: 'setOptions'; readonly node: string; readonly module: ModuleType }
  /** Send the steps of another outcome of the timeline with this revision; the host answers with `outcomeSteps`. */
  | { readonly type: 'explainOutcome'; readonly revision: number; readonly index: number }
  /** Save to a file of the user's choice. `content` holds the drawing for `svg`; the host writes the other formats itself. */
  | { readonly type: 'export'; readonly format: ExportFormat; readonly content?: string }
  /** Put the text report on the clipboard. */
  | { readonly type: 'copyText' };

/** What the host says to the view. */
export type HostToView =
  /** Replaces what is shown, after an edit too; the view keeps its selection by label and place. */
  | { readonly type: 'timeline'; readonly revision: number; readonly timeline: Timeline; readonly source?: string }
  /** Answer to `explainOutcome`; null when its steps cannot be told. Ignored when the revision is not the shown one. */
  | { readonly type: 'outcomeSteps'; readonly revision: number; readonly index: number; readonly steps: readonly Step[] | null }
  /** The cursor is in this line: select its step. */
  | { readonly type: 'selectAt'; readonly file: string; readonly line: number }
  /** A new answer is being worked out. */
  | { readonly type: 'busy' }
  /** There is no answer, and why. */
  | { readonly type: 'failed'; readonly message: string };
