import { surroundingAgent, throwError, type ExecutionContext } from '../agent.ts';
import { FunctionEnvironment } from '../environment-records.ts';
import { ProgramError } from '../event-loop/engine.ts';
import { drive } from '../evaluation/coroutine.ts';
import { evaluateStatementList, instantiateBlock } from '../evaluation/statements.ts';
import { blockFacts, varDeclaredNames } from '../evaluation/static-semantics.ts';
import { ObjectValue, UnknownValue, type Value } from '../values.ts';
import { createArrayFromList, createDataProperty, get, ordinaryObjectCreate } from '../abstract-operations/operations-on-objects.ts';
import { parseJson } from '../intrinsics/json.ts';
import { createCodeUnit } from './code-unit.ts';

/** What CommonJS needs of the rest of the loader. */
export interface CommonJsHost {
  requireBuiltin(id: string): Value | undefined;
  /** `require()` of an ES module, where the version allows it: its namespace. */
  requireModule(file: string): Value;
}

/** Loader of CommonJS modules (Node's lib/internal/modules/cjs/loader.js). */
export class CommonJsLoader {
  private readonly cache = ordinaryObjectCreate(null);
  private main: ObjectValue | undefined;

  constructor(private readonly host: CommonJsHost) {}

  /** Module.prototype.require */
  require(specifier: Value, from: string, parent: ObjectValue | null): Value {
    if (specifier instanceof UnknownValue) {
      surroundingAgent.incomplete(`require(${specifier.origin})`);
      return new UnknownValue(`require(${specifier.origin})`);
    }
    if (typeof specifier !== 'string') throw nodeError('TypeError', 'ERR_INVALID_ARG_TYPE', `The "id" argument must be of type string. Received ${specifier === undefined || specifier === null ? String(specifier) : typeof specifier}`);
    const file = this.resolve(specifier, from);
    if (file === null) return this.outside(specifier, from);
    return this.load(file, parent);
  }

  private resolve(specifier: string, from: string): string | null {
    const { program } = surroundingAgent;
    return specifier.startsWith('node:') ? null : program.resolve(specifier, from, 'require');
  }

  /** A module of Node, a package that is not part of the program, or nothing. */
  private outside(specifier: string, from: string): Value {
    const builtin = this.host.requireBuiltin(specifier);
    if (builtin !== undefined) return builtin;
    if (/^\.{0,2}\//.test(specifier)) throw nodeError('Error', 'MODULE_NOT_FOUND', `Cannot find module '${specifier}'\nRequire stack:\n- ${from}`);
    surroundingAgent.incomplete(`the package '${specifier}'`);
    return new UnknownValue(`the package '${specifier}'`);
  }

  load(file: string, parent: ObjectValue | null): Value {
    const known = get(this.cache, file);
    if (known instanceof ObjectValue) return get(known, 'exports');
    const { program, options } = surroundingAgent;
    const text = program.read(file);
    if (text === null) throw nodeError('Error', 'MODULE_NOT_FOUND', `Cannot find module '${file}'`);
    if (!file.endsWith('.json') && program.moduleType(file, options.node) === 'module') {
      if (options.node < 20) throw nodeError('Error', 'ERR_REQUIRE_ESM', `require() of ES Module ${file} not supported.`);
      return this.host.requireModule(file);
    }
    const module = this.createModule(file, parent);
    createDataProperty(this.cache, file, module);
    try {
      if (file.endsWith('.json')) createDataProperty(module, 'exports', parseJson(text));
      else this.run(module, file, text);
    } catch (error) {
      this.cache.delete(file);
      throw error;
    }
    createDataProperty(module, 'loaded', true);
    return get(module, 'exports');
  }

  private createModule(file: string, parent: ObjectValue | null): ObjectValue {
    const module = ordinaryObjectCreate();
    const isMain = this.main === undefined && parent === null && file === surroundingAgent.program.entry;
    if (isMain) this.main = module;
    for (const [key, value] of Object.entries({ id: isMain ? '.' : file, path: directoryOf(file), exports: ordinaryObjectCreate(), filename: file, loaded: false, children: createArrayFromList([]), paths: createArrayFromList([]) })) createDataProperty(module, key, value);
    if (parent) {
      createDataProperty(module, 'parent', parent);
      const children = get(parent, 'children');
      if (children instanceof ObjectValue) createDataProperty(children, String(get(children, 'length') as number), module);
    }
    return module;
  }

  /** `require` as the module's code sees it. */
  createRequire(file: string, module: ObjectValue | null): ObjectValue {
    const { intrinsics } = surroundingAgent;
    const require = intrinsics.builtin('require', 1, (_, [specifier]) => this.require(specifier, file, module));
    createDataProperty(require, 'resolve', intrinsics.builtin('resolve', 1, (_, [specifier]) => {
      const name = String(specifier as string);
      const found = this.resolve(name, file);
      if (found !== null) return found;
      if (this.host.requireBuiltin(name) !== undefined) return name;
      throw nodeError('Error', 'MODULE_NOT_FOUND', `Cannot find module '${name}'`);
    }));
    createDataProperty(require, 'main', this.main);
    createDataProperty(require, 'cache', this.cache);
    return require;
  }

  /** The function body that the module wrapper makes of the text. */
  private run(module: ObjectValue, file: string, text: string): void {
    const agent = surroundingAgent;
    const unit = createCodeUnit(file, text, 'commonjs');
    const exports = get(module, 'exports');
    const env = new FunctionEnvironment(agent.globalEnv, new ObjectValue(null), undefined);
    env.thisStatus = 'initialized';
    env.thisValue = exports;
    const { body } = unit.source.ast;
    const context: ExecutionContext = { fn: null, unit, strict: unit.strict, env, varEnv: env, privateEnv: null, node: unit.source.ast, coroutine: null };
    for (const [name, value] of Object.entries({ exports, require: this.createRequire(file, module), module, __filename: file, __dirname: directoryOf(file) })) env.createVar(name, value);
    if (agent.contexts.length >= agent.options.budget.depth) throwError('RangeError', 'Maximum call stack size exceeded');
    const depth = agent.contexts.length;
    agent.contexts.push(context);
    try {
      for (const name of varDeclaredNames(body)) if (!env.has(name)) env.createVar(name, undefined);
      instantiateBlock(blockFacts(unit.source.ast, body), context);
      drive(evaluateStatementList(unit.source.ast, body, context));
    } finally {
      agent.contexts.length = depth;
    }
  }
}

export function directoryOf(file: string): string {
  return file.slice(0, Math.max(1, file.lastIndexOf('/')));
}

/** An error with Node's `code`. */
export function nodeError(type: 'Error' | 'TypeError' | 'SyntaxError', code: string, message: string): ProgramError {
  const error = surroundingAgent.intrinsics.makeError(type, message);
  createDataProperty(error, 'code', code);
  return new ProgramError(error);
}
