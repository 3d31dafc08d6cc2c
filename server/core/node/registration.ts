import type { Role } from '../graph/program-graph.ts';

// The forms in which programs hand functions to Node, frameworks and libraries. The models in frameworks/ are
// plain JSON-like data of these types, so that a config file can add models of the same form.
//
// How to read a model: an *abstract type* (`express.Router`) stands for objects of a library. `producers` say which
// calls make one, `annotations` which TypeScript types name one, `results` and `properties` which members lead from
// one to another. A `Registration` says which of its methods take handlers, and `params` types the handler's
// parameters, so that nested registrations (`io.on('connection', socket => socket.on(…))`) follow by themselves.
// Awaiting is transparent: a call that resolves to the object produces it just as one that returns it.

/** Name of an abstract type, `<library>.<Class>`: `express.Router`, `http.Server`. */
export type TypeName = string;

/**
 * Where in a request something stood, which says how long it can be: `head` (the request line and the headers, together at
 * most 16 KiB by Node's default maxHeaderSize), `body`, or a `message` of a socket.
 */
export type InputKind = 'head' | 'body' | 'message';

/** An object of a library. */
export interface TypeDescription {
  readonly name: TypeName;
  /** Types whose registrations, results and properties it has too, unless it names the same member itself. */
  readonly extends?: readonly TypeName[];
  /** TypeScript types (interfaces or classes) that name it, by the module that exports them: `: Application`, `: express.Application`. */
  readonly annotations?: readonly { readonly modules: readonly string[]; readonly names: readonly string[] }[];
  /** Methods that return (or resolve to) another type. `this` is the receiver itself. */
  readonly results?: Readonly<Record<string, TypeName | 'this'>>;
  /** Properties that hold another type: `fastify.server`; `*` is any other property. */
  readonly properties?: Readonly<Record<string, TypeName>>;
  /** Properties that hold what the client sent, and methods that return it; `''` where the object itself is that. */
  readonly input?: Readonly<Record<string, InputKind>>;
  /** Methods that are not in `results` return the receiver: `app.get(…).post(…)`. */
  readonly chainable?: boolean;
  /** Methods that return a promise all the same: what is called on that is its own. */
  readonly promised?: readonly string[];
  /**
   * Variable names by which people call such an object. Weak evidence: it counts only for an otherwise unknown
   * receiver, only where the call has the registration's `likely` shape, and makes the entry `likely`.
   */
  readonly names?: readonly string[];
}

/** Calls (or, for `value`, exports as they are) that give an object of the type. */
export interface Producer {
  readonly type: TypeName;
  /** Module specifiers without `node:`; `globals` for what needs no import. */
  readonly modules: readonly string[];
  /** Exported names; '' is the module itself and its default export. */
  readonly members: readonly string[];
  readonly by: 'call' | 'new' | 'either' | 'value';
}

/** Which arguments of a registering call are handlers. Arguments that hold no function are passed over. */
export type HandlerSelector =
  /** Every argument from the index on; arrays are flattened. */
  | { readonly kind: 'arguments'; readonly from: number }
  /** One argument; negative counts from the end: -1 is the last. An array is flattened. */
  | { readonly kind: 'argument'; readonly index: number }
  /**
   * Properties of an object argument (of each object of an array; of a class instance: its methods).
   * Dotted paths go deeper, `*` is any property: `handler`, `options.handler`, `*.*`. Arrays in between are flattened; `fields()`
   * goes on in what the function under that name returns.
   */
  | { readonly kind: 'properties'; readonly index: number; readonly paths: readonly string[] }
  /** What the function argument returns: a function (no `paths`), or an object with the properties. */
  | { readonly kind: 'returned'; readonly index: number; readonly paths?: readonly string[] }
  /** Path or URL of a file (`new URL('./x.js', import.meta.url)`, `path.join(__dirname, 'x.js')`): its module runs in the role. */
  | { readonly kind: 'file'; readonly index: number; readonly paths?: readonly string[] };

/**
 * Calls that register handlers. Of the registrations of a member those of the nearest type count (own before
 * `extends`); of these the first whose `when` holds, or the first without `when`.
 */
export interface Registration {
  /** The receiver, or `modules` for exported functions. */
  readonly type?: TypeName;
  readonly modules?: readonly string[];
  /**
   * Method or exported names; '' is the object (the module, its default export) itself being called. Of a type also beginnings of
   * names, `onDid*`, for those that no registration names.
   */
  readonly members: readonly string[];
  /** Default: `call`. `assigned`: the handler is what is assigned to the member, `socket.onmessage = …`. */
  readonly by?: 'call' | 'new' | 'either' | 'assigned';
  /** Holds where the first argument is what one of these modules exports: `app.register(mercurius, …)`. */
  readonly plugin?: readonly string[];
  /** Holds where the argument is one of the string literals (an event's name); `*` at the end matches any rest. */
  readonly when?: { readonly argument: number; readonly in: readonly string[] };
  readonly handlers: readonly HandlerSelector[];
  /** `caller`: the handler runs in the role of the code that registers it, while or after that runs. */
  readonly role: Role | 'caller';
  /**
   * Text for messages. `{member}` is the method's name, `{MEMBER}` in capitals, `{0}` the literal text of argument 0,
   * `{property}` the selected property, `{path}` the names under which the handler stands in literals, `{0.path}` a literal property of argument 0. What is not literal is left out with
   * the blank before it.
   */
  readonly label: string;
  /** Types of the handler's parameters by 0-based index. */
  readonly params?: Readonly<Record<number, TypeName>>;
  /** Type of `this` in the handler, where a library sets it. */
  readonly thisType?: TypeName;
  /**
   * Shape that a call must have where the receiver is known by its name alone. `path`: the first argument is a
   * string that starts with `/` or `*` and a function follows; `event`: it is a string literal that `when` names, and a
   * function follows; `handler`: a function whose first parameter has one of the names of `parameterNames`.
   * Absent: never believed by name.
   */
  readonly likely?: 'path' | 'event' | 'handler';
  readonly parameterNames?: readonly string[];
}

/** Decorators that make the decorated function (for classes: the named methods) a handler. */
export interface DecoratorRegistration {
  readonly modules: readonly string[];
  readonly names: readonly string[];
  /** Where the decorator stands. `parameter` decorators mark nothing here and are not listed. */
  readonly target: 'method' | 'class';
  /** For classes: the methods that are called, those that exist. */
  readonly methods?: readonly string[];
  readonly role: Role;
  /** As `Registration.label`; the numbers are the decorator's arguments, `{name}` is the decorator's, `{METHOD}` in capitals. */
  readonly label: string;
  readonly params?: Readonly<Record<number, TypeName>>;
}

/** Methods that a library calls because of what the class extends or implements. */
export interface ClassConvention {
  readonly modules: readonly string[];
  /** Exported classes or interfaces. */
  readonly names: readonly string[];
  readonly relation: 'extends' | 'implements' | 'either';
  /** `*` for every public method that is not the constructor. */
  readonly methods: readonly string[];
  readonly role: Role;
  /** `{class}` and `{method}` are the names. */
  readonly label: string;
  readonly params?: Readonly<Record<number, TypeName>>;
}

/** Files whose exports a framework (or a platform) loads and calls by their place and names. */
export interface FileConvention {
  /**
   * Globs (picomatch) against the path from the directory of the nearest package.json; `src/` before the first
   * part is allowed where the framework allows it.
   */
  readonly files: readonly string[];
  /** The folder that `files` are relative to instead. */
  readonly below?: string;
  /** Holds only where the package (or one above it) depends on one of these, or has one of these config files beside package.json. Absent: always. */
  readonly packages?: readonly string[];
  readonly configFiles?: readonly string[];
  /** Exported names that count; `*` is any. `default` includes `module.exports =`. */
  readonly exports: readonly string[];
  /**
   * What is the handler: the exported `function`, the function that it `returned`, the methods or function-valued properties of
   * the exported object, class or instance (`members`, limited by `methods`, which may be dotted paths as in `HandlerSelector`).
   */
  readonly take: 'function' | 'returned' | 'members';
  readonly methods?: readonly string[];
  /** The function's first parameter must have one of these names: evidence for exports with a common name. */
  readonly parameterNames?: readonly string[];
  /** The file must start with this directive: 'use server'. */
  readonly directive?: string;
  readonly role: Role;
  /** `{export}`, `{method}` and `{file}` (path without extension) are filled in. */
  readonly label: string;
  readonly params?: Readonly<Record<number, TypeName>>;
  readonly confidence?: 'likely';
}

/** Files that run in a process of their own kind: everything that only they reach has this role. */
export interface FileRole {
  /** As in `FileConvention`. */
  readonly files: readonly string[];
  readonly role: 'cli' | 'test' | 'build' | 'worker';
  /** The place is that in the package around, where the folder is a package of its own. */
  readonly around?: true;
  /** Holds only where the package depends on one of these. */
  readonly packages?: readonly string[];
}

/** A function of a library that wraps a function: what it returns calls its argument. */
export interface Wrapper {
  readonly modules: readonly string[];
  /** '' is the module itself and its default export. */
  readonly members: readonly string[];
  /** 0-based index of the wrapped function. */
  readonly argument: number;
  /**
   * `calls`: the result calls it each time (with more or fewer arguments); `memoised`: only the first time (or the first
   * time per key); `promisified`: calls it with a callback appended; `callbackified`: the other way round;
   * `merges`: the result has the members of all arguments, or of all elements of an argument that is a list.
   */
  readonly effect: 'calls' | 'memoised' | 'promisified' | 'callbackified' | 'merges';
}

/** Everything that is known of one framework, library or platform. */
export interface FrameworkModel {
  readonly name: string;
  /** Page of its documentation that says so. */
  readonly docs: string;
  readonly types?: readonly TypeDescription[];
  readonly producers?: readonly Producer[];
  readonly registrations?: readonly Registration[];
  readonly decorators?: readonly DecoratorRegistration[];
  readonly classes?: readonly ClassConvention[];
  readonly files?: readonly FileConvention[];
  readonly roles?: readonly FileRole[];
  readonly wrappers?: readonly Wrapper[];
}
