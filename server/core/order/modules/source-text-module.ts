import type { TSESTree } from '../../syntax/source-file.ts';
import { surroundingAgent, throwError, type CodeUnit, type ExecutionContext } from '../agent.ts';
import { TopEnvironment, type Binding, type Environment } from '../environment-records.ts';
import { ProgramError } from '../event-loop/engine.ts';
import type { Steps } from '../evaluation/coroutine.ts';
import { evaluateNamedSteps } from '../evaluation/expressions.ts';
import { instantiateFunction } from '../evaluation/functions.ts';
import { evaluateClass } from '../evaluation/classes.ts';
import { evaluateStatement, evaluateStatementSteps, instantiateBlock, withDisposal } from '../evaluation/statements.ts';
import { blockFacts, boundNames, children, isFunctionNode, suspends, varDeclaredNames } from '../evaluation/static-semantics.ts';
import type { ObjectValue, Value } from '../values.ts';
import { resumeBody, runAsyncBlock } from '../abstract-operations/async-function-operations.ts';
import { addReactions, newPromise, rejectPromise, resolvePromise, type PromiseObject } from '../abstract-operations/promise-operations.ts';
import { ModuleNamespace } from './module-namespace.ts';

/** Module Record (ECMA-262 §16.2.1.4). */
export abstract class ModuleRecord {
  protected namespace: ModuleNamespace | null = null;
  constructor(readonly file: string) {}
  abstract exportedNames(visited?: Set<ModuleRecord>): string[];
  /** ResolveExport: null where there is none or it is ambiguous. */
  abstract resolveExport(name: string, visited?: Set<string>): (() => Binding) | null;
  abstract link(): void;
  /** GetModuleNamespace (ECMA-262 §16.2.1.11) */
  getNamespace(): ObjectValue {
    if (!this.namespace) {
      const exports = new Map<string, () => Binding>();
      for (const name of new Set(this.exportedNames())) {
        const binding = this.resolveExport(name);
        if (binding) exports.set(name, binding);
      }
      this.namespace = new ModuleNamespace(exports);
    }
    return this.namespace;
  }
}

/** A module whose exports are made by the machine: Node's own, JSON, CommonJS. */
export class SyntheticModule extends ModuleRecord {
  private readonly bindings = new Map<string, Binding>();
  private evaluated = false;
  /** @param evaluateSteps sets the exports when the module is evaluated; a function of the host is asked when the export is first read */
  constructor(file: string, private readonly names: readonly string[], private readonly evaluateSteps: (set: (name: string, value: Value | (() => Value)) => void) => void, private readonly open: ((name: string) => Value) | null = null) {
    super(file);
    for (const name of names) this.bindings.set(name, { value: undefined, initialized: false, mutable: true, strict: true });
  }
  exportedNames(): string[] {
    return [...this.names];
  }
  resolveExport(name: string): (() => Binding) | null {
    let binding = this.bindings.get(name);
    if (!binding && this.open) this.bindings.set(name, (binding = { value: this.open(name), initialized: true, mutable: true, strict: true }));
    const found = binding;
    return found ? () => found : null;
  }
  link(): void {}
  evaluate(): void {
    if (this.evaluated) return;
    this.evaluated = true;
    this.evaluateSteps((name, value) => {
      const binding = this.bindings.get(name);
      if (!binding) return;
      if (typeof value === 'function') Object.defineProperty(binding, 'value', { get: value, configurable: true });
      else binding.value = value;
      binding.initialized = true;
    });
  }
}

type Status = 'unlinked' | 'linking' | 'linked' | 'evaluating' | 'evaluating-async' | 'evaluated';
let asyncEvaluationOrder = 0;

/** Source Text Module Record (ECMA-262 §16.2.1.7), with its Cyclic Module Record fields. */
export class SourceTextModule extends ModuleRecord {
  status: Status = 'unlinked';
  environment!: Environment;
  evaluationError: ProgramError | null = null;
  topLevelPromise: PromiseObject | null = null;
  dfsIndex = 0;
  dfsAncestorIndex = 0;
  cycleRoot: SourceTextModule = this;
  asyncOrder = 0;
  pendingAsyncDependencies = 0;
  readonly asyncParentModules: SourceTextModule[] = [];
  readonly hasTopLevelAwait: boolean;
  private readonly requests: readonly { readonly specifier: string; readonly json: boolean }[];
  private context!: ExecutionContext;

  /** @param load HostLoadImportedModule: the module of a specifier, from the cache */
  constructor(readonly unit: CodeUnit, private readonly load: (specifier: string, from: SourceTextModule, json: boolean) => ModuleRecord) {
    super(unit.file);
    const { body } = unit.source.ast;
    this.hasTopLevelAwait = body.some(statement => suspends(statement));
    this.requests = body.flatMap(statement => {
      if (statement.type === 'ImportDeclaration' ? statement.importKind === 'type' || elided(statement, unit) : statement.type === 'ExportAllDeclaration' ? statement.exportKind === 'type' : !(statement.type === 'ExportNamedDeclaration' && statement.source && statement.exportKind !== 'type')) return [];
      const { source, attributes } = statement as TSESTree.ImportDeclaration;
      return [{ specifier: source.value, json: attributes.some(attribute => (attribute.value as TSESTree.StringLiteral).value === 'json') }];
    });
  }

  private imported(specifier: string): ModuleRecord {
    return this.load(specifier, this, this.requests.some(request => request.specifier === specifier && request.json));
  }

  exportedNames(visited: Set<ModuleRecord> = new Set()): string[] {
    if (visited.has(this)) return [];
    visited.add(this);
    const names: string[] = [];
    for (const statement of this.unit.source.ast.body) {
      if (statement.type === 'ExportDefaultDeclaration') names.push('default');
      else if (statement.type === 'ExportNamedDeclaration' && statement.exportKind !== 'type') {
        if (statement.declaration) names.push(...declaredNames(statement.declaration));
        for (const specifier of statement.specifiers) if (specifier.exportKind !== 'type') names.push(nameOf(specifier.exported));
      } else if (statement.type === 'ExportAllDeclaration' && statement.exportKind !== 'type') {
        if (statement.exported) names.push(nameOf(statement.exported));
        else names.push(...this.imported(statement.source.value).exportedNames(visited).filter(name => name !== 'default'));
      }
    }
    return [...new Set(names)];
  }

  resolveExport(name: string, visited: Set<string> = new Set()): (() => Binding) | null {
    const key = `${this.file}#${name}`;
    if (visited.has(key)) return null;
    visited.add(key);
    const stars: ModuleRecord[] = [];
    for (const statement of this.unit.source.ast.body) {
      if (statement.type === 'ExportDefaultDeclaration' && name === 'default') {
        const { declaration } = statement;
        const local = 'id' in declaration && declaration.id && (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration') ? declaration.id.name : '*default*';
        return () => this.environment.bindings.get(local)!;
      }
      if (statement.type === 'ExportNamedDeclaration') {
        if (statement.declaration && declaredNames(statement.declaration).includes(name)) return () => this.environment.bindings.get(name)!;
        for (const specifier of statement.specifiers) {
          if (nameOf(specifier.exported) !== name) continue;
          const local = nameOf(specifier.local);
          if (statement.source) return this.imported(statement.source.value).resolveExport(local, visited);
          return () => {
            const binding = this.environment.bindings.get(local)!;
            return binding.indirect ? binding.indirect() : binding;
          };
        }
      } else if (statement.type === 'ExportAllDeclaration' && statement.exportKind !== 'type') {
        const module = this.imported(statement.source.value);
        if (!statement.exported) stars.push(module);
        else if (nameOf(statement.exported) === name) return () => ({ value: module.getNamespace(), initialized: true, mutable: false, strict: true });
      }
    }
    if (name === 'default') return null;
    for (const module of stars) {
      const binding = module.resolveExport(name, visited);
      if (binding) return binding;
    }
    return null;
  }

  /** Link (ECMA-262 §16.2.1.6.1.2), depth first; then InitializeEnvironment. */
  link(): void {
    if (this.status !== 'unlinked') return;
    this.status = 'linking';
    const required = this.requests.map(({ specifier }) => this.imported(specifier));
    for (const module of required) module.link();
    this.initializeEnvironment();
    this.status = 'linked';
  }

  /** InitializeEnvironment (ECMA-262 §16.2.1.7.3.1) */
  private initializeEnvironment(): void {
    const env = new TopEnvironment(surroundingAgent.globalEnv, undefined);
    this.environment = env;
    const { ast } = this.unit.source;
    this.context = { fn: null, unit: this.unit, strict: true, env, varEnv: env, privateEnv: null, node: ast, coroutine: 'async' };
    for (const statement of ast.body) {
      if (statement.type !== 'ImportDeclaration' || statement.importKind === 'type' || elided(statement, this.unit)) continue;
      const module = this.imported(statement.source.value);
      for (const specifier of statement.specifiers) {
        if (specifier.type === 'ImportNamespaceSpecifier') {
          env.createImport(specifier.local.name, () => ({ value: module.getNamespace(), initialized: true, mutable: false, strict: true }));
          continue;
        }
        if (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type') continue;
        const name = specifier.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(specifier.imported);
        const binding = module.resolveExport(name);
        if (binding) env.createImport(specifier.local.name, binding);
        else if (/\.[cm]?tsx?$/.test(this.file)) env.createVar(specifier.local.name, undefined);
        else throwError('SyntaxError', `The requested module '${statement.source.value}' does not provide an export named '${name}'`);
      }
    }
    const depth = surroundingAgent.contexts.length;
    surroundingAgent.contexts.push(this.context);
    try {
      for (const name of varDeclaredNames(ast.body)) env.createVar(name, undefined);
      instantiateBlock(blockFacts(ast, ast.body), this.context);
      const fallback = ast.body.find(statement => statement.type === 'ExportDefaultDeclaration');
      if (fallback?.type === 'ExportDefaultDeclaration') {
        const { declaration } = fallback;
        if (declaration.type === 'FunctionDeclaration' && !declaration.id) env.createVar('*default*', instantiateFunction(declaration, this.context, 'default'));
        else if (!('id' in declaration && declaration.id && (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration'))) env.createMutable('*default*');
      }
    } finally {
      surroundingAgent.contexts.length = depth;
    }
  }

  /** Evaluate (ECMA-262 §16.2.1.6.1.3): the promise of the graph. */
  evaluate(): PromiseObject {
    const module = this.status === 'evaluating-async' || this.status === 'evaluated' ? this.cycleRoot : this;
    if (module.topLevelPromise) return module.topLevelPromise;
    const promise = (module.topLevelPromise = newPromise());
    const stack: SourceTextModule[] = [];
    try {
      module.innerEvaluation(stack, 0);
      if ((module as SourceTextModule).status === 'evaluated') resolvePromise(promise, undefined);
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error;
      for (const other of stack) {
        other.status = 'evaluated';
        other.evaluationError = error;
      }
      rejectPromise(promise, (error.value as Value));
    }
    return promise;
  }

  /** InnerModuleEvaluation (ECMA-262 §16.2.1.6.1.3.1) */
  private innerEvaluation(stack: SourceTextModule[], start: number): number {
    if (this.status === 'evaluating-async' || this.status === 'evaluated') {
      if (this.evaluationError) throw this.evaluationError;
      return start;
    }
    if (this.status === 'evaluating') return start;
    this.status = 'evaluating';
    this.dfsIndex = start;
    this.dfsAncestorIndex = start;
    this.pendingAsyncDependencies = 0;
    let index = start + 1;
    stack.push(this);
    // 11. For each ModuleRequest Record required of module.[[RequestedModules]]
    for (const { specifier } of this.requests) {
      const required = this.imported(specifier);
      if (required instanceof SyntheticModule) {
        required.evaluate();
        continue;
      }
      if (!(required instanceof SourceTextModule)) continue;
      index = required.innerEvaluation(stack, index);
      let dependency = required;
      if (required.status === 'evaluating') this.dfsAncestorIndex = Math.min(this.dfsAncestorIndex, required.dfsAncestorIndex);
      else {
        dependency = required.cycleRoot;
        if (dependency.evaluationError) throw dependency.evaluationError;
      }
      if (dependency.asyncOrder > 0 && dependency.status !== 'evaluated') {
        this.pendingAsyncDependencies++;
        dependency.asyncParentModules.push(this);
      }
    }
    // 12. If module.[[PendingAsyncDependencies]] > 0 or module.[[HasTLA]] is true
    if (this.pendingAsyncDependencies > 0 || this.hasTopLevelAwait) {
      this.asyncOrder = ++asyncEvaluationOrder;
      if (this.pendingAsyncDependencies === 0) this.executeAsync();
    } else this.execute();
    if (this.dfsAncestorIndex === this.dfsIndex) {
      for (;;) {
        const member = stack.pop()!;
        member.status = member.asyncOrder === 0 ? 'evaluated' : 'evaluating-async';
        member.cycleRoot = this;
        if (member === this) break;
      }
    }
    return index;
  }

  /** ExecuteModule of a module without top-level await. */
  private execute(): void {
    resumeBody(this.context, this.body(), { type: 'normal', value: undefined });
  }

  /** ExecuteAsyncModule (ECMA-262 §16.2.1.6.1.3.2) */
  private executeAsync(): void {
    const promise = newPromise();
    addReactions(promise, { host: () => this.asyncFulfilled() }, { host: reason => this.asyncRejected(new ProgramError(reason)) }, null);
    runAsyncBlock(this.context, this.body(), value => resolvePromise(promise, value), reason => rejectPromise(promise, reason));
  }

  /** GatherAvailableAncestors (ECMA-262 §16.2.1.6.1.3.3) */
  private gatherAvailableAncestors(list: SourceTextModule[]): void {
    for (const parent of this.asyncParentModules) {
      if (list.includes(parent) || parent.cycleRoot.evaluationError) continue;
      if (--parent.pendingAsyncDependencies > 0) continue;
      list.push(parent);
      if (!parent.hasTopLevelAwait) parent.gatherAvailableAncestors(list);
    }
  }

  /** AsyncModuleExecutionFulfilled (ECMA-262 §16.2.1.6.1.3.4) */
  private asyncFulfilled(): void {
    if (this.status === 'evaluated') return;
    this.status = 'evaluated';
    if (this.topLevelPromise) resolvePromise(this.topLevelPromise, undefined);
    const list: SourceTextModule[] = [];
    this.gatherAvailableAncestors(list);
    for (const module of list.sort((a, b) => a.asyncOrder - b.asyncOrder)) {
      if (module.status === 'evaluated') continue;
      if (module.hasTopLevelAwait) {
        module.executeAsync();
        continue;
      }
      try {
        module.execute();
      } catch (error) {
        if (!(error instanceof ProgramError)) throw error;
        module.asyncRejected(error);
        continue;
      }
      module.status = 'evaluated';
      if (module.topLevelPromise) resolvePromise(module.topLevelPromise, undefined);
    }
  }

  /** AsyncModuleExecutionRejected (ECMA-262 §16.2.1.6.1.3.5) */
  private asyncRejected(error: ProgramError): void {
    if (this.status === 'evaluated') return;
    this.evaluationError = error;
    this.status = 'evaluated';
    for (const parent of this.asyncParentModules) parent.asyncRejected(error);
    if (this.topLevelPromise) rejectPromise(this.topLevelPromise, (error.value as Value));
  }

  private *body(): Steps {
    const { context } = this;
    const module = this;
    yield* withDisposal(context, function* () {
      for (const statement of module.unit.source.ast.body) {
        if (statement.type === 'ExportDefaultDeclaration') yield* module.evaluateDefault(statement);
        else if (suspends(statement)) yield* evaluateStatementSteps(statement, context);
        else evaluateStatement(statement, context);
      }
      return undefined;
    });
    return undefined;
  }

  private *evaluateDefault(statement: TSESTree.ExportDefaultDeclaration): Steps<void> {
    const { declaration } = statement;
    const { context } = this;
    if (declaration.type === 'FunctionDeclaration' || declaration.type === 'TSInterfaceDeclaration' || declaration.type === 'TSDeclareFunction') return;
    if (declaration.type === 'ClassDeclaration') {
      const constructor = yield* evaluateClass(declaration, context, declaration.id?.name ?? 'default');
      context.env.initialize(declaration.id?.name ?? '*default*', constructor);
      return;
    }
    context.env.initialize('*default*', yield* evaluateNamedSteps(declaration, context, 'default'));
  }
}

function nameOf(node: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return node.type === 'Identifier' ? node.name : node.value;
}

function declaredNames(declaration: TSESTree.Node): string[] {
  if (declaration.type === 'VariableDeclaration') return declaration.declarations.flatMap(({ id }) => boundNames(id));
  if (declaration.type === 'TSInterfaceDeclaration' || declaration.type === 'TSTypeAliasDeclaration' || declaration.type === 'TSDeclareFunction') return [];
  return 'id' in declaration && declaration.id && (declaration.id as TSESTree.Node).type === 'Identifier' ? [(declaration.id as TSESTree.Identifier).name] : [];
}

/** TypeScript leaves out an import whose names stand only in types. */
function elided(statement: TSESTree.ImportDeclaration, unit: CodeUnit): boolean {
  if (!/\.[cm]?tsx?$/.test(unit.file) || statement.specifiers.length === 0) return false;
  const names = new Set(statement.specifiers.map(({ local }) => local.name));
  return !unit.source.ast.body.some(other => other !== statement && usesName(other, names));
}

function usesName(node: TSESTree.Node, names: ReadonlySet<string>): boolean {
  // A parameter carries its decorators.
  if (node.type === 'Identifier') return names.has(node.name) || (node.decorators ?? []).some(decorator => usesName(decorator, names));
  if (node.type.startsWith('TSType') || node.type === 'TSInterfaceDeclaration') return false;
  return children(node).some(child => usesName(child, names)) || (isFunctionNode(node) && node.body !== null && usesName(node.body, names));
}

