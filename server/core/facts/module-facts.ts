// The facts of one file: plain serialisable data, all indices are into arrays of the same ModuleFacts.
// They say what the text says (bindings, calls, assignments), not what it means across files: that is the graph's.

/** A half-open range of 0-based UTF-16 offsets. */
export type Range = readonly [start: number, end: number];

/** An expression as far as values flow through it. */
export type Value =
  | { readonly k: 'fn'; readonly fn: number }
  | { readonly k: 'class'; readonly class: number }
  /** An object or array literal; array elements are the property `*`. */
  | { readonly k: 'obj'; readonly obj: number }
  | { readonly k: 'var'; readonly var: number }
  /** A name that the file does not declare: `process`, `setTimeout`, `require`. */
  | { readonly k: 'global'; readonly name: string }
  /** The namespace of another module: `import * as`, `require()`, `import()` with a literal specifier. */
  | { readonly k: 'module'; readonly specifier: string; readonly commonjs: boolean }
  /** `module.exports` / `exports` of this file. */
  | { readonly k: 'exports' }
  /** A property read; `*` is any element of an array or a computed key. */
  | { readonly k: 'get'; readonly object: Value; readonly name: string }
  /** The result of a call or `new` expression of this file. */
  | { readonly k: 'call'; readonly call: number }
  | { readonly k: 'this'; readonly fn: number }
  | { readonly k: 'super'; readonly fn: number }
  | { readonly k: 'string'; readonly value: string }
  /** Instance of a named type: what a type annotation says about a variable. */
  | { readonly k: 'instance'; readonly of: Value }
  /** Any module of a folder: `require('./routes/' + name)`; the prefix is as in a specifier. */
  | { readonly k: 'folder'; readonly prefix: string }
  /** One of several (conditional, logical operators). */
  | { readonly k: 'union'; readonly of: readonly Value[] }
  /**
   * Computed from others by operators or a template: no function or object, but what one of them decides decides it.
   * `by`: the arithmetic, where one of two operands is a constant number: `n - 1`, `n % 100`.
   */
  | { readonly k: 'derived'; readonly of: readonly Value[]; readonly by?: { readonly operator: string; readonly constant: number } }
  /** A regular expression whose text is known. */
  | { readonly k: 'regex'; readonly regex: number };

/** A constant that can be read off the text. */
export type Constant = string | number | boolean | null;

/** An expression as a condition or an assignment shows it. */
export interface Term {
  readonly value: Value | null;
  /** `undefined` where it is not constant. */
  readonly constant?: Constant;
  /** As written, whitespace folded, shortened to 80 characters. */
  readonly text: string;
}

/** A condition and its parts. */
export type Condition =
  | { readonly k: 'not'; readonly of: Condition }
  | { readonly k: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly k: 'compare'; readonly operator: string; readonly left: Term; readonly right: Term }
  | { readonly k: 'truthy'; readonly of: Term };

/**
 * What a body does, in the order in which it is evaluated: its control flow, with the expressions reduced to what
 * leaves, waits, calls or changes something. Nested functions are not part of it; they have bodies of their own.
 */
export type Statement =
  | { readonly k: 'call'; readonly call: number }
  /** `each`: of `for await`. */
  | { readonly k: 'await'; readonly of: Value | null; readonly each?: true; readonly range: Range }
  | { readonly k: 'yield'; readonly range: Range }
  /** An expression statement whose value nobody takes: not assigned, awaited or marked by `void`. */
  | { readonly k: 'drop'; readonly value: Value; readonly range: Range }
  /** `target` is null for what is not a variable or property. `operator`: `=`, `+=`, `??=`, `++`, `delete`. `declares`: the declaration of a local. */
  | { readonly k: 'write'; readonly target: Value | null; readonly operator: string; readonly term: Term | null; readonly declares: boolean; readonly range: Range }
  /** `if`, `?:`, and the right sides of `&&`, `||` and `??` where they do something. */
  | { readonly k: 'if'; readonly test: Condition; readonly then: readonly Statement[]; readonly otherwise: readonly Statement[]; readonly range: Range }
  /** The test (of `do` loops at the end) and the update are part of `body`. */
  | { readonly k: 'loop'; readonly loop: number; readonly body: readonly Statement[] }
  | { readonly k: 'switch'; readonly on: Term; readonly cases: readonly { readonly test: Term | null; readonly body: readonly Statement[] }[]; readonly range: Range }
  /** `param`: the caught variable, or -1. */
  | { readonly k: 'try'; readonly block: readonly Statement[]; readonly param: number; readonly handler: readonly Statement[] | null; readonly finalizer: readonly Statement[] | null; readonly range: Range }
  | { readonly k: 'return' | 'throw'; readonly value: Value | null; readonly range: Range }
  | { readonly k: 'break' | 'continue'; readonly label: string | null; readonly range: Range }
  | { readonly k: 'label'; readonly label: string; readonly body: readonly Statement[] };

/** A declared name. */
export interface VariableFacts {
  readonly name: string;
  /** Function in which it is declared. */
  readonly fn: number;
  readonly kind: 'import' | 'const' | 'let' | 'param' | 'function' | 'class' | 'catch' | 'enum';
  /** Of a `const` whose initialiser can be computed from the text. */
  readonly constant?: Constant;
  /** A parameter that the text never reads. */
  readonly unread?: true;
}

/** The result of a call, or a variable declared with one, used as something that no promise is. */
export interface UseFacts {
  readonly value: Extract<Value, { readonly k: 'call' | 'var' }>;
  /**
   * `condition`: of `if`, loops, `?:`, `!`, `&&`, `||`, `??`. `operand` of arithmetic and of ordering, `compared` by equality or `switch`, `text` of a
   * template, `spread`, `iterated` by `for-of`, `member`: the property `name` is read (not called).
   */
  readonly as: 'condition' | 'operand' | 'compared' | 'text' | 'spread' | 'iterated' | 'member';
  readonly name?: string;
  readonly fn: number;
  readonly range: Range;
}

/** Value flows into a variable or a property. */
export type Assignment =
  | { readonly to: 'var'; readonly var: number; readonly value: Value }
  | { readonly to: 'property'; readonly object: Value; readonly name: string; readonly value: Value };

export interface FunctionFacts {
  /** Declared, assigned or method name; '' where there is none. Index 0 is the module's top level. */
  readonly name: string;
  readonly kind: 'module' | 'function' | 'arrow' | 'method' | 'getter' | 'setter' | 'constructor' | 'field' | 'static-block';
  readonly async: boolean;
  readonly generator: boolean;
  readonly range: Range;
  /** Where the name (or the head, where it has none) stands. */
  readonly nameRange: Range;
  /** Enclosing function. -1 for the module. */
  readonly parent: number;
  /** Class that it is a member of, or -1. */
  readonly class: number;
  readonly static: boolean;
  /** Variable of each simple parameter; -1 for patterns, whose parts are assigned from `param`. */
  readonly params: readonly number[];
  /** Parameter names as written, '' for patterns. */
  readonly paramNames: readonly string[];
  /** Positions of the parameters that may be true where no argument is handed: `safe = true`; not `safe = false`, nor `safe`. */
  readonly defaulted?: readonly number[];
  /** Index of the rest parameter, or -1. */
  readonly restParam: number;
  readonly returns: readonly Value[];
  /** Offset at which `async ` can be inserted; -1 where it cannot (constructor, getter, generator…). */
  readonly asyncInsertAt: number;
  /** TypeScript return type annotation, for fixes that make it a Promise. */
  readonly returnType: Range | null;
  /** The annotation is `Promise<…>`. */
  readonly promised?: true;
  readonly decorators: readonly DecoratorFacts[];
  /** Of parameters, with their index: `@Query('n') n`. */
  readonly paramDecorators?: readonly (DecoratorFacts & { readonly param: number })[];
  /** 'use server', 'use strict', … */
  readonly directives: readonly string[];
  readonly body: readonly Statement[];
}

export interface DecoratorFacts {
  readonly callee: Value;
  readonly args: readonly Value[];
  readonly range: Range;
}

export interface ClassFacts {
  readonly name: string;
  readonly range: Range;
  readonly fn: number;
  readonly superClass: Value | null;
  readonly implements: readonly Value[];
  readonly decorators: readonly DecoratorFacts[];
  /** Function index of the constructor, or -1. */
  readonly constructorFn: number;
  readonly members: readonly { readonly name: string; readonly static: boolean; readonly value: Value; readonly kind: 'method' | 'getter' | 'setter' | 'field' | 'abstract' }[];
  readonly isInterface: boolean;
}

export interface ObjectFacts {
  readonly range: Range;
  readonly fn: number;
  readonly array: boolean;
  readonly properties: readonly { readonly name: string; readonly value: Value; readonly kind: 'init' | 'get' | 'set' | 'spread' }[];
  /** Properties whose value is a constant number, boolean or null: `{ max: 100 }`. */
  readonly constants?: Readonly<Record<string, Constant>>;
}

/** Why a call may not happen each time its function runs. */
export type GuardKind =
  /** Runs only until its result is kept: `cache ??= f()`, `if (!cache) cache = f()`, `if (cached) return cached`. */
  | 'memoised'
  /** The same with a cache that has a key: `if (cache[key]) return cache[key]`; it runs once for each new key. */
  | 'memoised-per-key'
  /** `if (require.main === module)`, `import.meta.main` */
  | 'main-module'
  /** `process.env.NODE_ENV !== 'production'` and its relatives. */
  | 'development'
  | 'test'
  /** `cluster.isPrimary` / `isMaster` branch. */
  | 'cluster-primary'
  | 'cluster-worker'
  /** `isMainThread` false. */
  | 'worker-thread';

export interface CallFacts {
  readonly callee: Value;
  readonly args: readonly Value[];
  /** Ranges of the arguments as written. */
  readonly argRanges: readonly Range[];
  readonly spread: boolean;
  readonly new: boolean;
  /** `f?.()` or a call within an optional chain. */
  readonly optional: boolean;
  /** Enclosing function. */
  readonly fn: number;
  readonly range: Range;
  /** The callee expression. */
  readonly calleeRange: Range;
  /** The callee as written, shortened: `fs.readFileSync`, `this.db.get`. */
  readonly text: string;
  readonly awaited: boolean;
  /** Nesting of loops in the same function. */
  readonly loopDepth: number;
  /** Inside the block of a `try` that has a `catch`. */
  readonly inTry: boolean;
  readonly guards: readonly GuardKind[];
  /** How the result is used; decides whether `await` may be put before the call and whether it needs parentheses. */
  readonly context: 'statement' | 'expression' | 'member' | 'awaited' | 'returned' | 'default-parameter' | 'class-field' | 'top-level';
  /** Arguments that can be read off the text: literals, and paths made of literals and `__dirname` (as specifiers). */
  readonly literalArgs: readonly (string | number | boolean | null)[];
}

export interface LoopFacts {
  readonly fn: number;
  readonly range: Range;
  readonly testRange: Range | null;
  /** What goes on while it holds; null for `for (;;)`, `for-in` and `for-of`. */
  readonly test: Condition | null;
  /** What `for-of` and `for-in` go through. */
  readonly over: Term | null;
  readonly kind: 'while' | 'do-while' | 'for' | 'for-in' | 'for-of';
  /** `clock`: the test only compares time; `flag`: the test only reads variables that the loop never changes but a callback does. */
  readonly busyWait: 'clock' | 'flag' | null;
  /** For `flag`: name of the variable. */
  readonly flag: string | null;
  /** The body awaits, yields or leaves. */
  readonly yields: boolean;
}

/** A regular expression literal, or `new RegExp()` of a constant text. */
export interface RegexFacts {
  readonly source: string;
  /** In the order of the alphabet, as `RegExp.prototype.flags` has them. */
  readonly flags: string;
  readonly fn: number;
  readonly range: Range;
}

export interface ImportFacts {
  readonly specifier: string;
  readonly kind: 'import' | 'require' | 'dynamic-import' | 're-export' | 'resolve';
  readonly typeOnly: boolean;
  readonly range: Range;
  readonly fn: number;
  /** Of `import()`, which is no call, where there are any. */
  readonly guards?: readonly GuardKind[];
}

export interface ExportFacts {
  /** Exported name; `*` with a `module` value re-exports everything. */
  readonly name: string;
  readonly value: Value;
}

export interface ModuleFacts {
  readonly file: string;
  readonly hasModuleSyntax: boolean;
  readonly shebang: boolean;
  readonly directives: readonly string[];
  readonly functions: readonly FunctionFacts[];
  readonly classes: readonly ClassFacts[];
  readonly objects: readonly ObjectFacts[];
  readonly variables: readonly VariableFacts[];
  readonly assignments: readonly Assignment[];
  readonly calls: readonly CallFacts[];
  readonly loops: readonly LoopFacts[];
  readonly regexes: readonly RegexFacts[];
  readonly uses: readonly UseFacts[];
  readonly imports: readonly ImportFacts[];
  readonly exports: readonly ExportFacts[];
  /** Names that are used and that the file does not declare, sorted: `process`, `document`. */
  readonly globals: readonly string[];
  /** Where names are read that neither the file nor Node declares. Names that the file asks `typeof` of are left out. */
  readonly undeclared: readonly { readonly name: string; readonly fn: number; readonly range: Range }[];
  /** Where members are read that node/watched-members.ts names, with the range of the name. */
  readonly watchedReads: readonly {
    readonly object: Value;
    readonly name: string;
    readonly fn: number;
    readonly range: Range;
    /** The name is that of the new variable as well: `const { isMaster } = cluster`, `import { isMaster }`. */
    readonly binds?: 'pattern' | 'import';
  }[];
  /** 0-based offsets at which lines start, so that ranges can be shown without the text. */
  readonly lineStarts: readonly number[];
  readonly length: number;
  /** The file's disable comments are found by suppress/; their offsets are kept so that a cached file needs no text. */
  readonly directiveComments: readonly { readonly value: string; readonly block: boolean; readonly range: Range }[];
}
