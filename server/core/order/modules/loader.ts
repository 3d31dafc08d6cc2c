import type { TSESTree } from '../../syntax/source-file.ts';
import { surroundingAgent, type CodeUnit } from '../agent.ts';
import { ProgramError } from '../event-loop/engine.ts';
import type { NodeMajor } from '../run.ts';
import { children } from '../evaluation/static-semantics.ts';
import { ObjectValue, UnknownValue, type Value } from '../values.ts';
import { createDataProperty, get, ordinaryObjectCreate } from '../abstract-operations/operations-on-objects.ts';
import { addReactions, newPromise, rejectPromise, resolvePromise, type PromiseObject } from '../abstract-operations/promise-operations.ts';
import { toString } from '../abstract-operations/type-conversion.ts';
import { parseJson } from '../intrinsics/json.ts';
import { createCodeUnit, parseOnce } from './code-unit.ts';
import { CommonJsLoader, directoryOf, nodeError } from './commonjs.ts';
import { SourceTextModule, SyntheticModule, type ModuleRecord } from './source-text-module.ts';

/**
 * Microtasks of `import()` (measured on 18.20, 20.20, 22.23, 24.21 and 26.10; SEMANTICS S-18): until the body of a new module
 * starts, until that of a known one would, until a module that is not there rejects, and from the end of the body until the
 * promise is resolved. Modules with imports of their own take `level` more for each level of them, and `graph` once.
 */
const importTicks: Readonly<Record<NodeMajor, { readonly fresh: number; readonly known: number; readonly failed: number; readonly after: number; readonly graph: number; readonly level: number }>> = {
  18: { fresh: 14, known: 3, failed: 3, after: 3, graph: 0, level: 0 },
  20: { fresh: 11, known: 3, failed: 3, after: 3, graph: 0, level: 0 },
  22: { fresh: 8, known: 3, failed: 4, after: 4, graph: 4, level: 4 },
  24: { fresh: 5, known: 2, failed: 4, after: 4, graph: 0, level: 2 },
  26: { fresh: 5, known: 2, failed: 4, after: 4, graph: 0, level: 2 },
};

/** Both of Node's loaders over the files of the program. */
export class ModuleLoader {
  readonly commonJs: CommonJsLoader;
  private readonly modules = new Map<string, ModuleRecord>();
  private readonly metas = new Map<CodeUnit, ObjectValue>();

  constructor(private readonly requireBuiltin: (id: string) => Value | undefined, private readonly laterInLoop: (run: () => void) => void) {
    this.commonJs = new CommonJsLoader({ requireBuiltin, requireModule: file => this.requireModule(file) });
  }

  /** The linked main module. */
  loadMain(file: string): SourceTextModule {
    const module = this.moduleOf(file) as SourceTextModule;
    module.link();
    return module;
  }

  /** HostLoadImportedModule: the module of a specifier. */
  private load(specifier: string, from: string, json: boolean): ModuleRecord {
    const { program, options } = surroundingAgent;
    const [path, query = ''] = specifier.split(/(?=[?#])/, 2);
    const file = specifier.startsWith('node:') ? null : program.resolve(path!, from, 'import');
    if (file !== null) {
      if (file.endsWith('.json') && !json && options.node >= 20) throw nodeError('TypeError', 'ERR_IMPORT_ATTRIBUTE_MISSING', `Module "file://${file}" needs an import attribute of "type: json"`);
      return this.moduleOf(file, query);
    }
    const id = specifier.replace(/^node:/, '');
    const known = this.modules.get(id);
    if (known) return known;
    const module = this.outside(specifier, from);
    this.modules.set(id, module);
    return module;
  }

  /** A module of Node, or a package that is not part of the program. */
  private outside(specifier: string, from: string): ModuleRecord {
    const exports = this.requireBuiltin(specifier);
    if (exports !== undefined) {
      const names = exports instanceof ObjectValue ? exports.ownPropertyKeys().filter((key): key is string => typeof key === 'string' && key !== 'default' && exports.getOwnProperty(key)?.enumerable === true) : [];
      return new SyntheticModule(specifier, ['default', ...names], set => {
        set('default', exports);
        for (const name of names) set(name, () => get(exports as ObjectValue, name));
      }, exports instanceof UnknownValue ? name => new UnknownValue(`${name} of '${specifier}'`) : null);
    }
    if (/^\.{0,2}\//.test(specifier)) throw nodeError('Error', 'ERR_MODULE_NOT_FOUND', `Cannot find module '${specifier}' imported from ${from}`);
    surroundingAgent.incomplete(`the package '${specifier}'`);
    return new SyntheticModule(specifier, ['default'], set => set('default', new UnknownValue(`the package '${specifier}'`)), name => new UnknownValue(`${name} of the package '${specifier}'`));
  }

  /** @param query what follows `?` in the specifier: a module of its own */
  private moduleOf(file: string, query = ''): ModuleRecord {
    const known = this.modules.get(file + query);
    if (known) return known;
    const { program, options } = surroundingAgent;
    const text = program.read(file);
    if (text === null) throw nodeError('Error', 'ERR_MODULE_NOT_FOUND', `Cannot find module '${file}'`);
    let module: ModuleRecord;
    if (file.endsWith('.json')) module = new SyntheticModule(file, ['default'], set => set('default', parseJson(text)));
    else if (program.moduleType(file, options.node) === 'commonjs') {
      const names = commonJsExportNames(parseOnce(file, text).ast);
      module = new SyntheticModule(file, ['default', 'module.exports', ...names].filter(name => name !== 'module.exports' || options.node >= 24), set => {
        const exports = this.commonJs.load(file, null);
        set('default', exports);
        set('module.exports', exports);
        for (const name of names) set(name, exports instanceof ObjectValue ? get(exports, name) : undefined);
      });
    } else module = new SourceTextModule(createCodeUnit(file, text, 'module'), (specifier, from, json) => this.load(specifier, from.file, json));
    this.modules.set(file + query, module);
    return module;
  }

  /** `require()` of an ES module (Node 22.12): synchronous, and only without top-level await. */
  private requireModule(file: string): Value {
    const module = this.moduleOf(file) as SourceTextModule;
    module.link();
    const promise = module.evaluate();
    if (promise.state === 'rejected') {
      promise.isHandled = true;
      throw new ProgramError(promise.result);
    }
    if (promise.state === 'pending') throw nodeError('Error', 'ERR_REQUIRE_ASYNC_MODULE', 'require() cannot be used on an ESM graph with top-level await. Use import() instead. To see where the top-level await comes from, use --experimental-print-required-tla.');
    return module.getNamespace();
  }

  /** `import()`: never settles at once. */
  importDynamically(unit: CodeUnit, specifier: Value, options: Value): PromiseObject {
    const promise = newPromise();
    if (specifier instanceof UnknownValue) {
      surroundingAgent.incomplete(`import(${specifier.origin})`);
      return promise;
    }
    const { program, options: { node } } = surroundingAgent;
    const ticks = importTicks[node];
    // Node 18 takes one more from CommonJS.
    const caller = node === 18 && (unit.file === 'anonymous' ? surroundingAgent.options.module : program.moduleType(unit.file, node)) === 'commonjs' ? 1 : 0;
    const guarded = (run: () => void, late: number): void => {
      try {
        run();
      } catch (error) {
        if (!(error instanceof ProgramError)) throw error;
        const { value } = error;
        this.afterTicks(late, () => rejectPromise(promise, value as Value));
      }
    };
    guarded(() => {
      const name = toString(specifier);
      const attributes = options instanceof ObjectValue ? get(options, 'with') : undefined;
      const json = attributes instanceof ObjectValue && get(attributes, 'type') === 'json';
      const [path, query = ''] = name.split(/(?=[?#])/, 2);
      const file = program.resolve(path!, unit.file, 'import');
      const isNew = !this.modules.has(file === null ? name.replace(/^node:/, '') : file + query);
      const depth = file !== null && isNew ? this.depthOf(file) : 0;
      const start = (): void => guarded(() => {
        const module = this.load(name, unit.file, json);
        module.link();
        const resolve = (): void => resolvePromise(promise, module.getNamespace());
        if (module instanceof SourceTextModule) {
          addReactions(module.evaluate(), { host: () => this.afterTicks(ticks.after, resolve) }, { host: reason => this.afterTicks(ticks.after, () => rejectPromise(promise, reason)) }, null);
        } else {
          (module as SyntheticModule).evaluate();
          this.afterTicks(ticks.after + 1, resolve);
        }
      }, ticks.after);
      if (file === null && this.requireBuiltin(name) === undefined && /^\.{0,2}\//.test(name)) this.afterTicks(ticks.failed + caller, start);
      // A new file is read asynchronously: all of them on Node 18, ES modules up to Node 22.17.
      else if (isNew && file !== null && (node < 20 || (node < 22 && program.moduleType(file, node) === 'module'))) {
        surroundingAgent.incomplete('import() of a file waits for the loader, which takes an unknown number of turns');
        this.laterInLoop(start);
      } else this.afterTicks((isNew ? ticks.fresh + (depth > 0 ? ticks.graph : 0) + ticks.level * depth : ticks.known) + caller, start);
    }, ticks.failed);
    return promise;
  }

  /** Levels of imports below a new file, down to what is loaded already. */
  private depthOf(file: string, above: ReadonlySet<string> = new Set()): number {
    const { program, options: { node } } = surroundingAgent;
    const text = program.read(file);
    if (text === null || above.has(file) || file.endsWith('.json') || program.moduleType(file, node) === 'commonjs') return 0;
    let depth = 0;
    for (const specifier of importedBy(parseOnce(file, text).ast)) {
      const imported = program.resolve(specifier, file, 'import');
      depth = Math.max(depth, 1 + (imported === null || this.modules.has(imported) ? 0 : this.depthOf(imported, new Set([...above, file]))));
    }
    return depth;
  }

  private afterTicks(count: number, run: () => void): void {
    if (count === 0) run();
    else surroundingAgent.enqueue(null, () => this.afterTicks(count - 1, run));
  }

  importMeta(unit: CodeUnit): ObjectValue {
    const known = this.metas.get(unit);
    if (known) return known;
    const meta = ordinaryObjectCreate(null);
    const url = (file: string): string => `file://${encodeURI(file)}`;
    if (surroundingAgent.options.node >= 20) {
      createDataProperty(meta, 'dirname', directoryOf(unit.file));
      createDataProperty(meta, 'filename', unit.file);
    }
    if (surroundingAgent.options.node >= 24) createDataProperty(meta, 'main', unit.file === surroundingAgent.program.entry);
    createDataProperty(meta, 'resolve', surroundingAgent.intrinsics.builtin('resolve', 1, (_, [specifier]) => {
      const name = toString(specifier);
      const file = surroundingAgent.program.resolve(name, unit.file, 'import');
      return file !== null ? url(file) : /^\.{0,2}\//.test(name) ? url(`${directoryOf(unit.file)}/${name}`) : name.startsWith('node:') ? name : `node:${name}`;
    }));
    createDataProperty(meta, 'url', url(unit.file));
    this.metas.set(unit, meta);
    return meta;
  }
}

/** The names that cjs-module-lexer finds: `exports.x =`, `module.exports = { x }`, `Object.defineProperty(exports, 'x'`. */
function commonJsExportNames(ast: TSESTree.Program): string[] {
  const names = new Set<string>();
  const isExports = (node: TSESTree.Node): boolean => (node.type === 'Identifier' && node.name === 'exports') || (node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.object.name === 'module' && node.property.type === 'Identifier' && node.property.name === 'exports');
  const visit = (node: TSESTree.Node): void => {
    if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression') {
      if (isExports(node.left.object) && !node.left.computed && node.left.property.type === 'Identifier') names.add(node.left.property.name);
      else if (isExports(node.left) && node.right.type === 'ObjectExpression') {
        for (const property of node.right.properties) {
          if (property.type !== 'Property' || property.computed || property.key.type !== 'Identifier') break;
          names.add(property.key.name);
        }
      }
    } else if (node.type === 'CallExpression' && node.arguments[0] && isExports(node.arguments[0]) && node.arguments[1]?.type === 'Literal' && typeof node.arguments[1].value === 'string') names.add(node.arguments[1].value);
    for (const child of children(node)) visit(child);
  };
  visit(ast);
  names.delete('default');
  return [...names];
}

/** Specifiers of the static imports of a module. */
function importedBy(program: TSESTree.Program): string[] {
  return program.body.flatMap(statement => {
    if (statement.type === 'ImportDeclaration') return statement.importKind === 'type' ? [] : [statement.source.value];
    return (statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportAllDeclaration') && statement.source && statement.exportKind !== 'type' ? [statement.source.value] : [];
  });
}
