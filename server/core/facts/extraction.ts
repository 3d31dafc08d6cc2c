import type { Variable } from '@typescript-eslint/scope-manager';
import type { SourceFile, TSESTree } from '../syntax/source-file.ts';
import { moduleFunction } from './no-facts.ts';
import type { Assignment, CallFacts, ClassFacts, ExportFacts, FunctionFacts, GuardKind, ImportFacts, LoopFacts, ModuleFacts, ObjectFacts, Range, RegexFacts, Statement, UseFacts, Value, VariableFacts } from './module-facts.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The tables that one extraction fills, and where in the tree it stands. */
export interface Extraction {
  readonly source: SourceFile;
  readonly functions: (Mutable<FunctionFacts> & { returns: Value[]; params: number[]; body: Statement[] })[];
  readonly classes: ClassFacts[];
  readonly objects: ObjectFacts[];
  readonly variables: VariableFacts[];
  readonly assignments: Assignment[];
  readonly calls: CallFacts[];
  readonly loops: LoopFacts[];
  readonly regexes: RegexFacts[];
  readonly uses: UseFacts[];
  readonly imports: ImportFacts[];
  readonly exports: ExportFacts[];
  readonly globals: Set<string>;
  readonly undeclared: { readonly name: string; readonly fn: number; readonly range: Range }[];
  readonly watchedReads: ModuleFacts['watchedReads'][number][];
  /** Names that `typeof` is asked of: whether they exist is known to be uncertain. */
  readonly askedFor: Set<string>;
  /** Variable of each identifier that is a declaration or a resolved reference. */
  readonly bindings: ReadonlyMap<TSESTree.Node, Variable>;
  readonly variableIndex: Map<Variable, number>;
  /** Index of each call that has been visited. */
  readonly callIndex: Map<TSESTree.Node, number>;
  /** Variables declared with the result of a call. */
  readonly callHolders: Set<number>;
  readonly place: Place;
  /** While a condition is evaluated: what its parts were evaluated to. */
  values: Map<TSESTree.Node, Value | null> | null;
}

/** Where the extraction stands. Saved and restored around nested constructs. */
export interface Place {
  fn: number;
  /** Function whose `this` is meant: arrows keep the outer one. */
  thisFn: number;
  class: number;
  loopDepth: number;
  inTry: boolean;
  guards: readonly GuardKind[];
  /** Where what is evaluated next is written down. */
  body: Statement[];
}

/** Starts an extraction with the module's own top level as function 0. */
export function startExtraction(source: SourceFile): Extraction {
  const bindings = new Map<TSESTree.Node, Variable>();
  for (const scope of source.scopes.scopes) {
    for (const variable of scope.variables) for (const identifier of variable.identifiers) bindings.set(identifier, declared(variable));
    for (const reference of scope.references) if (reference.resolved) bindings.set(reference.identifier, declared(reference.resolved));
  }
  const extraction: Extraction = {
    source,
    functions: [],
    classes: [],
    objects: [],
    variables: [],
    assignments: [],
    calls: [],
    loops: [],
    regexes: [],
    uses: [],
    imports: [],
    exports: [],
    globals: new Set(),
    undeclared: [],
    watchedReads: [],
    askedFor: new Set(),
    bindings,
    variableIndex: new Map(),
    callIndex: new Map(),
    callHolders: new Set(),
    place: { fn: 0, thisFn: 0, class: -1, loopDepth: 0, inTry: false, guards: [], body: [] },
    values: null,
  };
  extraction.functions.push({ ...moduleFunction(source.text.length), params: [], returns: [], body: extraction.place.body });
  return extraction;
}

/** A class declaration binds its name twice, inside and outside (ECMA-262 §15.7.14); they are one to us. */
function declared(variable: Variable): Variable {
  const outer = variable.scope.type === 'class' && variable.scope.block.type === 'ClassDeclaration' ? variable.scope.upper?.set.get(variable.name) : undefined;
  return outer ?? variable;
}

/** Runs `visit` at another place and comes back. */
export function at<T>(extraction: Extraction, change: Partial<Place>, visit: () => T): T {
  const saved = { ...extraction.place };
  Object.assign(extraction.place, change);
  try {
    return visit();
  } finally {
    Object.assign(extraction.place, saved);
  }
}

/** The variable that an identifier stands for, or -1 for a name that the file does not declare. */
export function variableOf(extraction: Extraction, identifier: TSESTree.Node): number {
  const variable = extraction.bindings.get(identifier);
  if (!variable || variable.defs.length === 0) return -1;
  let index = extraction.variableIndex.get(variable);
  if (index === undefined) {
    index = extraction.variables.length;
    const kind = kindOf(variable);
    const unread = kind === 'param' && !variable.references.some(reference => reference.isRead());
    extraction.variables.push({ name: variable.name, fn: extraction.place.fn, kind, ...(unread && { unread }) });
    extraction.variableIndex.set(variable, index);
  }
  return index;
}

function kindOf(variable: Variable): VariableFacts['kind'] {
  const definition = variable.defs[0]!;
  switch (definition.type) {
    case 'ImportBinding':
      return 'import';
    case 'Parameter':
      return 'param';
    case 'FunctionName':
      return 'function';
    case 'ClassName':
      return 'class';
    case 'CatchClause':
      return 'catch';
    case 'TSEnumName':
      return 'enum';
    default: {
      const declaration = definition.parent as TSESTree.VariableDeclaration | null | undefined;
      return declaration?.kind === 'const' ? 'const' : 'let';
    }
  }
}

export function rangeOf(node: TSESTree.Node): Range {
  return [node.range[0], node.range[1]];
}

/** Several possible values as one; null where nothing is known of any. */
export function unionOf(values: readonly (Value | null)[]): Value | null {
  const known = values.filter(value => value !== null);
  return known.length === 0 ? null : known.length === 1 ? known[0]! : { k: 'union', of: known };
}

/** The name of a property key that can be read off the text, else `*`. */
export function keyName(key: TSESTree.Node, computed: boolean): string {
  if (!computed && key.type === 'Identifier') return key.name;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (key.type === 'Literal') return String(key.value);
  if (key.type === 'TemplateLiteral' && key.expressions.length === 0) return key.quasis[0]!.value.cooked ?? '*';
  return '*';
}
