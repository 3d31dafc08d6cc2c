/** Outputs of one program that real Nodes have shown: the majors, the lines of stdout, how it ended (null: by a signal). */
export type RecordedProgram = readonly { readonly node: readonly string[]; readonly lines: readonly string[]; readonly exitCode: number | null }[];

/** What `npm run oracle` writes. */
export interface Recording {
  /** Major → exact version. */
  readonly nodes: Readonly<Record<string, string>>;
  /** By file, relative to the directory of the programs. */
  readonly programs: Readonly<Record<string, RecordedProgram>>;
}
