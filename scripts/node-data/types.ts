import ts from 'typescript';

/** What @types/node says of one function, method or constructor. */
export interface TypedFunction {
  /** Parameter names of the overload that has the callback, else of the last overload. */
  readonly parameters: readonly string[];
  /** 0-based position of the last parameter that is a function; -1 where there is none. */
  readonly callback: number;
  /** The callback's first parameter is an error. */
  readonly errorFirst: boolean;
  /** Some overload can be called without the callback. */
  readonly callbackOptional: boolean;
  readonly returnsPromise: boolean;
  readonly returnsAsyncIterator: boolean;
  /** Class or interface of Node that it returns (or resolves to): `child_process\tChildProcess`. */
  readonly returns: string | null;
  readonly since: string | null;
  readonly deprecated: boolean;
}

/** By `module\tmember`, in the member notation of `ApiDescription`. */
export interface TypeTable {
  readonly functions: ReadonlyMap<string, TypedFunction>;
  /** Base class or interface by class: `fs\tFSWatcher` → `events\tEventEmitter`. */
  readonly bases: ReadonlyMap<string, string>;
}

/** `stream` and `events` export a class that carries its relatives: `Stream.Readable` is `Readable`. */
function canonical(module: string, path: string): string {
  if (module === 'stream') return path.replace(/^Stream\./, '');
  if (module === 'events') return path.replace(/^(EventEmitter\.)?InternalEventEmitter/, 'EventEmitter');
  return path;
}

/** Reads @types/node and TypeScript's own lib with the type checker. Takes a few seconds. */
export function readTypes(): TypeTable {
  const options: ts.CompilerOptions = { target: ts.ScriptTarget.ESNext, lib: ['lib.esnext.d.ts'], types: ['node'], noEmit: true, skipLibCheck: true, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };
  const host = ts.createCompilerHost(options);
  const root = `${process.cwd()}/node-data-root.ts`;
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...rest) => (file === root ? ts.createSourceFile(file, 'export {};', ts.ScriptTarget.ESNext) : getSourceFile(file, ...rest));
  host.fileExists = file => file === root || ts.sys.fileExists(file);
  const program = ts.createProgram([root], options, host);
  const checker = program.getTypeChecker();
  const functions = new Map<string, TypedFunction>();
  const bases = new Map<string, string>();
  /** Where each class and interface of Node is: the first module that declares it. */
  const homes = new Map<ts.Symbol, string>();

  const modules = checker.getAmbientModules().filter(symbol => symbol.name.startsWith('"node:'));
  const nameOf = (symbol: ts.Symbol) => symbol.name.slice('"node:'.length, -1);
  const anyNode = modules[0]!.declarations![0]!;

  const resolve = (symbol: ts.Symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);
  const declaredIn = (symbol: ts.Symbol): string | null => {
    for (let node: ts.Node | undefined = symbol.declarations?.[0]; node; node = node.parent) {
      if (ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name)) return node.name.text.replace(/^node:/, '');
    }
    return null;
  };

  function describe(signatures: readonly ts.Signature[]): TypedFunction | null {
    if (signatures.length === 0) return null;
    let best = signatures[signatures.length - 1]!;
    let callback = -1;
    let errorFirst = false;
    let callbackOptional = false;
    let returnsPromise = false;
    let returnsAsyncIterator = false;
    let returns: string | null = null;
    let since: string | null = null;
    let deprecated = false;
    for (const signature of signatures) {
      let found = -1;
      signature.parameters.forEach((parameter, index) => {
        const type = checker.getTypeOfSymbolAtLocation(parameter, anyNode);
        const call = callSignature(type);
        if (!call && type.symbol?.name !== 'Function') return;
        found = index;
        if (!call) return;
        const first = call.parameters[0];
        if (index >= callback && first) errorFirst ||= /^(err|error|e)$/i.test(first.name) || /\bErr(or|noException)\b/.test(checker.typeToString(checker.getTypeOfSymbolAtLocation(first, anyNode)));
        const declaration = parameter.valueDeclaration;
        if (declaration && ts.isParameter(declaration) && (declaration.questionToken || declaration.dotDotDotToken)) callbackOptional = true;
      });
      if (found > callback) [callback, best] = [found, signature];
      if (found === -1) callbackOptional = true;
      const returned = checker.getReturnTypeOfSignature(signature);
      const text = checker.typeToString(returned);
      returnsPromise ||= /^(Promise|PromiseLike|Thenable)</.test(text);
      returnsAsyncIterator ||= /^(NodeJS\.)?Async(Iter|Gen)/.test(text);
      returns ??= homeOf(returned);
      for (const tag of signature.getJsDocTags()) {
        if (tag.name === 'since') since ??= /v?(\d+\.\d+\.\d+)/.exec(ts.displayPartsToString(tag.text))?.[1] ?? null;
        if (tag.name === 'deprecated') deprecated = true;
      }
    }
    if (callback === -1) callbackOptional = false;
    return { parameters: best.parameters.map(parameter => parameter.name), callback, errorFirst, callbackOptional, returnsPromise, returnsAsyncIterator, returns, since, deprecated };
  }

  function callSignature(type: ts.Type): ts.Signature | null {
    for (const part of type.isUnion() ? type.types : [type]) {
      const constraint = part.flags & ts.TypeFlags.TypeParameter ? checker.getBaseConstraintOfType(part) ?? part : part;
      const signature = constraint.getCallSignatures()[0];
      if (signature && constraint.getConstructSignatures().length === 0) return signature;
    }
    return null;
  }

  function homeOf(type: ts.Type): string | null {
    const awaited = type.symbol?.name === 'Promise' ? checker.getTypeArguments(type as ts.TypeReference)[0] ?? type : type;
    for (const part of awaited.isUnion() || awaited.isIntersection() ? awaited.types : [awaited]) {
      const home = part.symbol && homes.get(part.symbol);
      if (home) return home;
    }
    return null;
  }

  // Two passes: homes of all classes first, so that return types can name them.
  const exportsOf = new Map<string, ts.Symbol[]>();
  for (const module of modules) {
    const symbols = checker.getExportsOfModule(module);
    exportsOf.set(nameOf(module), symbols);
    for (const symbol of symbols) note(nameOf(module), '', symbol, 1);
  }
  function note(module: string, prefix: string, alias: ts.Symbol, depth: number): void {
    const symbol = resolve(alias);
    if (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface) && !homes.has(symbol) && declaredIn(symbol) === module) homes.set(symbol, `${module}\t${canonical(module, prefix + alias.name)}`);
    if (symbol.flags & ts.SymbolFlags.Namespace && depth > 0) for (const inner of checker.getExportsOfModule(symbol)) note(module, `${prefix}${alias.name}.`, inner, depth - 1);
  }

  for (const [module, symbols] of exportsOf) for (const symbol of symbols) add(module, '', symbol, 2);
  for (const module of modules) {
    const assigned = module.exports?.get('export=' as ts.__String);
    if (!assigned) continue;
    const described = describe(checker.getTypeOfSymbolAtLocation(resolve(assigned), anyNode).getCallSignatures());
    if (described) functions.set(`${nameOf(module)}\t`, described);
    if (nameOf(module) === 'process') for (const member of checker.getPropertiesOfType(checker.getTypeOfSymbolAtLocation(resolve(assigned), anyNode))) addValue('process', member.name, member, 1);
  }
  for (const symbol of checker.getSymbolsInScope(anyNode.getSourceFile(), ts.SymbolFlags.Value)) {
    if (symbol.name === 'globalThis' || symbol.name === 'process' || symbol.name === 'WebAssembly') continue;
    add('globals', '', symbol, 1);
  }

  function add(module: string, prefix: string, alias: ts.Symbol, depth: number): void {
    if (/[^\w$]/.test(alias.name) || alias.name === 'default' || alias.name === 'constants') return;
    const symbol = resolve(alias);
    const path = canonical(module, prefix + alias.name);
    if (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) addInstance(module, path, symbol);
    if (symbol.flags & ts.SymbolFlags.Value) addValue(module, path, symbol, depth);
  }

  function addValue(module: string, path: string, symbol: ts.Symbol, depth: number): void {
    const type = checker.getTypeOfSymbolAtLocation(symbol, anyNode);
    const described = describe(type.getCallSignatures()) ?? describe(type.getConstructSignatures());
    if (described && type.getProperties().length < 200) functions.set(`${module}\t${path}`, described);
    // An exported variable of a class type, such as `const locks: LockManager`.
    const isClass = type.getConstructSignatures().length > 0;
    if (depth === 0 || !(type.flags & ts.TypeFlags.Object)) return;
    if (isClass && !(symbol.flags & ts.SymbolFlags.Class)) {
      const prototype = type.getProperty('prototype');
      const instance = prototype && checker.getTypeOfSymbolAtLocation(prototype, anyNode);
      if (instance?.symbol && module === 'globals') for (const member of checker.getPropertiesOfType(instance)) addMember(module, `${path}#`, member);
    }
    for (const member of checker.getPropertiesOfType(type)) {
      if (member.name === 'prototype' || /[^\w$]/.test(member.name)) continue;
      addValue(module, `${path}.${member.name}`, member, described ? 0 : depth - 1);
    }
  }

  function addInstance(module: string, path: string, symbol: ts.Symbol): void {
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    for (const member of symbol.members?.values() ?? []) addMember(module, `${path}#`, member);
    for (const base of type.isClassOrInterface() ? checker.getBaseTypes(type) : []) {
      // Interface `InternalEventEmitter<…>` and its like stand for the class.
      const home = base.symbol && (homes.get(base.symbol) ?? (/EventEmitter/.test(base.symbol.name) ? 'events\tEventEmitter' : undefined));
      if (home && home !== `${module}\t${path}` && !bases.has(`${module}\t${path}`)) bases.set(`${module}\t${path}`, home);
      if (!home && base.symbol) for (const member of base.symbol.members?.values() ?? []) addMember(module, `${path}#`, member);
    }
  }

  function addMember(module: string, prefix: string, member: ts.Symbol): void {
    if (/[^\w$]/.test(member.name) || member.name.startsWith('__')) return;
    const described = describe(checker.getTypeOfSymbolAtLocation(member, anyNode).getCallSignatures());
    if (described && !functions.has(prefix + member.name)) functions.set(`${module}\t${prefix}${member.name}`, described);
  }

  return { functions, bases };
}
