import type { TSESTree } from '../../syntax/source-file.ts';
import { surroundingAgent, type CodeUnit, type ExecutionContext } from '../agent.ts';
import { LazyProperty } from '../builtin-members/complete-members.ts';
import { Environment, FunctionEnvironment, TopEnvironment, type Binding } from '../environment-records.ts';
import { ProgramError } from '../event-loop/engine.ts';
import { bindPattern } from '../evaluation/assignment.ts';
import { evaluateClass } from '../evaluation/classes.ts';
import { drive } from '../evaluation/coroutine.ts';
import { evaluate, evaluateNamed } from '../evaluation/expressions.ts';
import { instantiateFunction } from '../evaluation/functions.ts';
import { evaluateStatementSteps } from '../evaluation/statements.ts';
import { boundNames, isFunctionNode, suspends } from '../evaluation/static-semantics.ts';
import { ECMAScriptFunction, type FunctionNode } from '../function-objects.ts';
import { parseJson } from '../intrinsics/json.ts';
import { ArrayObject, ObjectValue, UnknownValue, type Value } from '../values.ts';
import { get, ordinaryObjectCreate } from '../abstract-operations/operations-on-objects.ts';
import { PromiseObject } from '../abstract-operations/promise-operations.ts';
import { atStartUp, openObject } from '../abstract-operations/start-up.ts';
import { createCodeUnit } from './code-unit.ts';
import { definitionsOf, type Definitions, type ExportedName, type ImportedName } from './module-definitions.ts';
import { createInstances, isCollection, type Instances } from './class-instances.ts';

type Node = TSESTree.Node;

/** A file of the program as its start-up has left it. */
export interface StartedModule {
  readonly unit: CodeUnit;
  readonly context: ExecutionContext;
  readonly definitions: Definitions;
}

/** What a name stands for, followed through imports. */
export type Declared = { readonly module: StartedModule; readonly node: Node };

/**
 * The program around one function, as its start-up has left it. Nothing runs before somebody asks for a value: then the
 * initialiser of that name runs, once, with everything outside of the program unknown and without effects. What functions
 * change later is unknown from the beginning.
 */
export interface StartedProgram {
  module(file: string): StartedModule | null;
  /** The function at a node, in its scopes; with what `this` is there. */
  functionAt(module: StartedModule, path: readonly Node[]): { readonly fn: Value; readonly self: Value };
  readonly instances: Instances;
  declarationOf(module: StartedModule, name: string): Declared | null;
}

export function createStartedProgram(requireBuiltin: (id: string) => Value | undefined): StartedProgram {
  const agent = surroundingAgent;
  const { program, options } = agent;
  const modules = new Map<string, StartedModule | null>();
  const json = new Map<string, Value>();
  const namespaces = new Map<StartedModule, ObjectValue>();
  const exportsObjects = new Map<StartedModule, { readonly value: Value }>();

  const module = (file: string): StartedModule | null => {
    let found = modules.get(file);
    if (found === undefined) modules.set(file, (found = load(file)));
    return found;
  };

  const load = (file: string): StartedModule | null => {
    const text = program.read(file);
    if (text === null || file.endsWith('.json')) return null;
    let unit: CodeUnit;
    try {
      unit = createCodeUnit(file, text, program.moduleType(file, options.node));
    } catch (error) {
      if (error instanceof ProgramError) return null;
      throw error;
    }
    const { ast } = unit.source;
    const env = new TopEnvironment(agent.globalEnv, unit.strict ? undefined : new UnknownValue('this', 'object'));
    const context: ExecutionContext = { fn: null, unit, strict: unit.strict, env, varEnv: env, privateEnv: null, node: ast, coroutine: null };
    const definitions = definitionsOf(ast, ast.body);
    const made: StartedModule = { unit, context, definitions };
    const exportsObject = openObject(ordinaryObjectCreate(), shortName(file));
    const moduleObject = ordinaryObjectCreate();
    moduleObject.properties.set('exports', { value: exportsObject, writable: true, enumerable: true, configurable: true });
    env.createVar('module', moduleObject);
    env.createVar('exports', exportsObject);
    env.createVar('require', agent.intrinsics.builtin('require', 1, (_, [id]) => (typeof id === 'string' ? valueOfImport(made, { specifier: id, name: '=' }, id) : new UnknownValue('require()'))));
    env.createVar('__filename', file);
    env.createVar('__dirname', file.slice(0, Math.max(1, file.lastIndexOf('/'))));
    define(env, context, definitions);
    for (const [name, imported] of definitions.imports) env.bindings.set(name, lazyBinding(name, () => valueOfImport(made, imported, name)));
    return made;
  };

  /** Makes the names of a list of statements known to a scope. */
  const define = (env: Environment, context: ExecutionContext, definitions: Definitions): void => {
    for (const [name, node] of definitions.declared) env.bindings.set(name, lazyBinding(name, placeholder => valueOfDeclaration(name, node, env, context, definitions, placeholder)));
  };

  const valueOfDeclaration = (name: string, node: Node, scope: Environment, outer: ExecutionContext, definitions: Definitions, placeholder: (value: Value) => void): Value => {
    if (node.type === 'FunctionDeclaration') {
      const value = instantiateFunction(node, { ...outer, env: scope, node }, name);
      placeholder(value);
      runAdditions(name, value, definitions, { ...outer, env: scope });
      return value;
    }
    if (definitions.reassigned.has(name)) return new UnknownValue(name);
    const context: ExecutionContext = { ...outer, env: scope, node };
    const value = initialValue(name, node, context);
    placeholder(value);
    runAdditions(name, value, definitions, context);
    return withoutChanges(name, value, definitions.changed.get(name));
  };

  const initialValue = (name: string, node: Node, context: ExecutionContext): Value => {
    if (node.type === 'ClassDeclaration') return atStartUp(context, name, () => drive(evaluateClass(node, context, name)));
    if (node.type !== 'VariableDeclarator') {
      // Enums and namespaces initialise a binding of their own.
      const env = new Environment(context.env);
      env.createMutable(name);
      return atStartUp(context, name, () => {
        drive(evaluateStatementSteps(node as TSESTree.Statement, { ...context, env }));
        return env.getValue(name);
      });
    }
    const { id, init } = node;
    if (!init) return undefined;
    if (id.type === 'Identifier') return atStartUp(context, name, () => (suspends(init) ? new UnknownValue(name) : named(evaluateNamed(init, context, name), name)));
    const env = new Environment(context.env);
    for (const bound of boundNames(id)) env.createVar(bound, new UnknownValue(bound));
    return atStartUp(context, name, () => {
      const value = suspends(init) ? new UnknownValue(boundNames(id).join(', ')) : evaluate(init, context);
      drive(bindPattern(id, value, { ...context, env }, 'initialize', init));
      return named(env.getValue(name), name);
    });
  };

  /** What else the top level does to a value: `handlers.a = …`, `let x; x = …`. */
  const runAdditions = (name: string, value: Value, definitions: Definitions, context: ExecutionContext): void => {
    for (const statement of definitions.additions.get(name) ?? []) {
      const { expression } = statement as TSESTree.ExpressionStatement;
      if (expression.type === 'AssignmentExpression' && expression.left.type === 'Identifier') continue;
      if (!(value instanceof ObjectValue)) return;
      run(statement, context, name);
    }
  };

  const run = (statement: Node, context: ExecutionContext, name: string): void => {
    if (suspends(statement)) return;
    atStartUp(context, name, () => {
      drive(evaluateStatementSteps(statement as TSESTree.Statement, context));
      return undefined;
    });
  };

  const exportOf = (from: StartedModule, name: string, seen: ReadonlySet<StartedModule> = new Set()): Value => {
    if (seen.has(from)) return new UnknownValue(name);
    const exported = exportedName(from, name);
    if (exported) return valueOfExport(from, exported, name);
    const inside = new Set([...seen, from]);
    for (const specifier of from.definitions.stars) {
      const next = moduleOfSpecifier(from, specifier);
      if (next && hasExport(next, name)) return exportOf(next, name, inside);
    }
    if (isCommonJs(from)) {
      const whole = commonJsExports(from);
      if (name === 'default') {
        const marked = whole instanceof ObjectValue && whole.properties.get('__esModule')?.value === true;
        return marked ? get(whole, 'default') : whole;
      }
      return whole instanceof ObjectValue ? get(whole, name) : new UnknownValue(name);
    }
    return new UnknownValue(name);
  };

  const exportedName = (from: StartedModule, name: string): ExportedName | undefined => from.definitions.exports.get(name);

  const hasExport = (from: StartedModule, name: string, depth = 0): boolean =>
    from.definitions.exports.has(name) || (depth < 20 && from.definitions.stars.some(specifier => {
      const next = moduleOfSpecifier(from, specifier);
      return next !== null && hasExport(next, name, depth + 1);
    }));

  const valueOfExport = (from: StartedModule, exported: ExportedName, name: string): Value => {
    if ('local' in exported) return from.context.env.bindings.has(exported.local) ? from.context.env.getValue(exported.local) : new UnknownValue(exported.local);
    if ('specifier' in exported) return valueOfImport(from, exported, name);
    const { expression } = exported;
    return once(exported, () => atStartUp(from.context, name, () => {
      if (expression.type === 'FunctionDeclaration') return instantiateFunction(expression, from.context, 'default');
      if (expression.type === 'ClassDeclaration') return drive(evaluateClass(expression, from.context, 'default'));
      return suspends(expression) ? new UnknownValue(shortName(from.unit.file)) : named(evaluateNamed(expression, from.context, 'default'), shortName(from.unit.file));
    }));
  };
  const made = new Map<object, Value>();
  const once = (key: object, make: () => Value): Value => {
    if (!made.has(key)) {
      made.set(key, new UnknownValue('a value that depends on itself'));
      made.set(key, make());
    }
    return made.get(key);
  };

  const moduleOfSpecifier = (from: StartedModule, specifier: string): StartedModule | null => {
    const file = program.resolve(specifier, from.unit.file, isCommonJs(from) ? 'require' : 'import');
    return file === null ? null : module(file);
  };

  const isCommonJs = ({ definitions: { exports, stars, commonJsExports } }: StartedModule): boolean => exports.has('=') || (commonJsExports.length > 0 || exports.size + stars.length === 0);

  const valueOfImport = (from: StartedModule, { specifier, name }: ImportedName, as: string): Value => {
    const builtin = requireBuiltin(specifier.replace(/^node:/, ''));
    if (builtin !== undefined) {
      if (name === '*' || name === 'default' || name === '=') return builtin;
      return builtin instanceof ObjectValue ? get(builtin, name) : new UnknownValue(as);
    }
    const file = program.resolve(specifier, from.unit.file, isCommonJs(from) ? 'require' : 'import');
    if (file?.endsWith('.json')) {
      if (!json.has(file)) json.set(file, atStartUp(from.context, as, () => parseJson(program.read(file) ?? 'null')));
      const value = json.get(file);
      return name === '*' || name === 'default' || name === '=' ? value : value instanceof ObjectValue ? get(value, name) : new UnknownValue(as);
    }
    const target = file === null ? null : module(file);
    if (!target) return new UnknownValue(name === '=' ? packageName(specifier) : as);
    if (name === '=') return isCommonJs(target) ? commonJsExports(target) : namespaceOf(target);
    if (name === '*') return isCommonJs(target) ? commonJsExports(target) : namespaceOf(target);
    return exportOf(target, name);
  };

  /** What `require` of an ES module or TypeScript file and `import *` give: each export is found when it is read. */
  const namespaceOf = (target: StartedModule): ObjectValue => {
    const known = namespaces.get(target);
    if (known) return known;
    const object = openObject(ordinaryObjectCreate(), shortName(target.unit.file));
    namespaces.set(target, object);
    const names = (from: StartedModule, seen: Set<StartedModule>): void => {
      if (seen.has(from)) return;
      seen.add(from);
      for (const name of from.definitions.exports.keys()) {
        if (!object.properties.has(name)) object.properties.set(name, new LazyProperty(() => ({ value: exportOf(target, name), lasting: true }), true, true, true));
      }
      for (const specifier of from.definitions.stars) {
        const next = moduleOfSpecifier(from, specifier);
        if (next) names(next, seen);
      }
    };
    names(target, new Set());
    return object;
  };

  const commonJsExports = (target: StartedModule): Value => {
    const known = exportsObjects.get(target);
    if (known) return known.value;
    const { context, definitions, unit } = target;
    const whole = definitions.exports.get('=');
    // Whoever asks while it is being made sees what there is.
    const exported = (context.env.bindings.get('module')!.value as ObjectValue).properties.get('exports') as { value: Value };
    exportsObjects.set(target, exported);
    if (whole) exported.value = valueOfExport(target, whole, shortName(unit.file));
    for (const statement of definitions.commonJsExports) {
      if (statement.type === 'VariableDeclaration') for (const { id } of statement.declarations) for (const name of boundNames(id)) context.env.getValue(name);
      else run(statement, context, shortName(unit.file));
    }
    const value = named(exported.value, shortName(unit.file));
    const changed = new Set([...(definitions.changed.get('exports') ?? []), ...(definitions.changed.get('module') ?? [])]);
    changed.delete('exports');
    const result = value instanceof ObjectValue ? openObject(withoutChanges(shortName(unit.file), value, changed) as ObjectValue, shortName(unit.file)) : value;
    exportsObjects.set(target, { value: result });
    return result;
  };

  /** The file and the declaration that a name of a file comes from. */
  const declarationOf = (from: StartedModule, name: string, depth = 0): Declared | null => {
    if (depth > 20) return null;
    const own = from.definitions.declared.get(name);
    if (own) return { module: from, node: own };
    const imported = from.definitions.imports.get(name);
    return imported ? exportedDeclaration(from, imported, depth + 1) : null;
  };
  const exportedDeclaration = (from: StartedModule, { specifier, name }: ImportedName, depth: number): Declared | null => {
    const target = moduleOfSpecifier(from, specifier);
    return target ? declarationOfExport(target, name, depth) : null;
  };
  const declarationOfExport = (target: StartedModule, name: string, depth: number): Declared | null => {
    if (depth > 20) return null;
    const exported = target.definitions.exports.get(name) ?? (name === 'default' ? target.definitions.exports.get('=') : undefined);
    if (exported && 'local' in exported) return declarationOf(target, exported.local, depth + 1);
    if (exported && 'specifier' in exported) return exportedDeclaration(target, exported, depth + 1);
    if (exported) {
      const { expression } = exported;
      if (expression.type === 'Identifier') return declarationOf(target, expression.name, depth + 1);
      return expression.type === 'ClassDeclaration' || expression.type === 'ClassExpression' ? { module: target, node: expression } : null;
    }
    for (const specifier of target.definitions.stars) {
      const found = exportedDeclaration(target, { specifier, name }, depth + 1);
      if (found) return found;
    }
    return null;
  };

  /** The value of a class declaration of the program. */
  const classOf = ({ module: from, node }: Declared): Value => {
    if ((node.type === 'ClassDeclaration') && node.id && from.definitions.declared.get(node.id.name) === node) return from.context.env.getValue(node.id.name);
    const exported = from.definitions.exports.get('default');
    if (exported && 'expression' in exported && exported.expression === node) return valueOfExport(from, exported, 'default');
    return new UnknownValue('a class');
  };

  const instances = createInstances({ declarationOf: (from, name) => declarationOf(from, name), classOf, moduleOf: module });

  agent.instanceOf = constructor => {
    const home = constructor instanceof ECMAScriptFunction ? module(constructor.unit.file) : null;
    return home ? instances.ofClass(constructor as ECMAScriptFunction, home) : undefined;
  };

  const functionAt = (from: StartedModule, path: readonly Node[]): { readonly fn: Value; readonly self: Value } => {
    let context = from.context;
    let self: Value = from.context.env instanceof TopEnvironment ? from.context.env.thisValue : undefined;
    let classValue: Value = undefined;
    const target = path.at(-1)!;
    for (const [index, node] of path.entries()) {
      const parent = path[index - 1];
      if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') {
        const direct = classOf({ module: from, node });
        const own = node.type === 'ClassDeclaration' && node.id ? node.id.name : '';
        classValue = direct instanceof UnknownValue ? (own !== '' && context.env.bindings.has(own) ? context.env.getValue(own) : atStartUp(context, own, () => drive(evaluateClass(node, { ...context }, own)))) : direct;
        self = classValue instanceof ECMAScriptFunction ? instances.ofClass(classValue, from) : new UnknownValue('this', 'object');
        if (classValue instanceof ECMAScriptFunction) context = { ...context, env: classValue.environment, privateEnv: classValue.privateEnvironment };
        continue;
      }
      if (parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition') if (parent.static) self = classValue;
      if (!isFunctionNode(node)) continue;
      const isMethod = parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition';
      const home = isMethod && classValue instanceof ECMAScriptFunction ? (parent.static ? classValue : classValue.properties.get('prototype')?.value) : undefined;
      // A function of its own has a `this` of its own; a method of an object may be called in any way.
      if (!isMethod && node.type !== 'ArrowFunctionExpression') self = new UnknownValue('this', 'object');
      const fn = (home instanceof ObjectValue ? methodOf(home, node) : null) ?? instantiateFunction(node, context, functionName(node, parent), isMethod ? 'method' : 'normal');
      if (home instanceof ObjectValue && fn instanceof ECMAScriptFunction && isMethod) fn.homeObject ??= home;
      if (node === target) return { fn, self };
      context = scopeInside(node, fn, self, context, from, parent?.type === 'MethodDefinition' && parent.kind === 'constructor');
    }
    return { fn: undefined, self };
  };

  /** The scope inside a function that ran before: its parameters are unknown, its variables are found as those of a file. */
  const scopeInside = (node: FunctionNode, fn: ECMAScriptFunction, self: Value, outer: ExecutionContext, from: StartedModule, isConstructor: boolean): ExecutionContext => {
    const env = new FunctionEnvironment(fn.environment, fn, undefined);
    if (node.type !== 'ArrowFunctionExpression') {
      env.thisStatus = 'initialized';
      env.thisValue = self;
    }
    const context: ExecutionContext = { ...outer, fn, env, varEnv: env, privateEnv: fn.privateEnvironment, node };
    for (const parameter of node.params) {
      const injected = isConstructor ? instances.ofParameter(parameter, from) : undefined;
      for (const name of boundNames(parameter)) env.createVar(name, injected ?? new UnknownValue(name));
    }
    if (node.body.type === 'BlockStatement') define(env, context, definitionsOf(node.body, node.body.body));
    return context;
  };

  return { module, functionAt, instances, declarationOf: (from, name) => declarationOf(from, name) };
}

/** A method of a class or an object, by its node; null where it is wrapped by a decorator. */
function methodOf(home: ObjectValue, node: FunctionNode): ECMAScriptFunction | null {
  for (const { value, get: getter, set: setter } of home.properties.values()) {
    for (const fn of [value, getter, setter]) if (fn instanceof ECMAScriptFunction && fn.node === node) return fn;
  }
  return null;
}

function functionName(node: FunctionNode, parent: Node | undefined): string {
  if (node.id) return node.id.name;
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name;
  if ((parent?.type === 'MethodDefinition' || parent?.type === 'Property' || parent?.type === 'PropertyDefinition') && parent.key.type === 'Identifier') return parent.key.name;
  if (parent?.type === 'AssignmentExpression' && parent.left.type === 'MemberExpression' && parent.left.property.type === 'Identifier') return parent.left.property.name;
  return '';
}

/** An import binding (ECMA-262 §9.1.1.5.5) that reads through to a value that is made at the first reading. */
function lazyBinding(name: string, make: (placeholder: (value: Value) => void) => Value): Binding {
  let state: Binding | null = null;
  const indirect = (): Binding => {
    if (state) return state;
    // Whoever asks for it while it is made gets what is known by then.
    const now: Binding = (state = { value: new UnknownValue(name), initialized: true, mutable: true, strict: false });
    now.value = make(value => { now.value = value; });
    return now;
  };
  return { value: undefined, initialized: true, mutable: true, strict: false, indirect };
}

/** A value from outside is called by the name that the program gives it. */
function named(value: Value, name: string): Value {
  if (value instanceof PromiseObject && value.state === 'pending') return new UnknownValue(name, 'object');
  nameParts(value, name);
  if (!(value instanceof UnknownValue) || value.origin === name || value.member || /^[A-Za-z_$][\w$]*$/.test(value.origin)) return value;
  const renamed = new UnknownValue(name, value.type, value.likely);
  renamed.like = value.like;
  return renamed;
}

/** Collections and objects that were empty at first are called by where they are. */
export function nameParts(value: Value, name: string): void {
  if (!(value instanceof ObjectValue) || value.kind !== 'Object') return;
  const owner = surroundingAgent.openObjects.get(value);
  if (owner?.origin === '{}') owner.origin = name;
  for (const [key, property] of value.properties) {
    const part = property instanceof LazyProperty ? undefined : property.value;
    if (part instanceof UnknownValue && part.like !== undefined && /^(?:\[\]|new \w+\(\))$/.test(part.origin)) part.origin = `${name}.${String(key)}`;
  }
}

/** The value without what functions have changed since. */
function withoutChanges(name: string, value: Value, changed: ReadonlySet<string> | undefined): Value {
  if (!changed || !(value instanceof ObjectValue) || value instanceof ECMAScriptFunction && changed.has('prototype')) return value;
  if (value instanceof ArrayObject || /^(?:Map|Set|WeakMap|WeakSet)$/.test(value.kind)) {
    const unknown = new UnknownValue(name, 'object');
    unknown.like = value.kind as UnknownValue['like'];
    return unknown;
  }
  for (const mark of changed) {
    const member = mark.replace('()', '');
    if (mark !== member && !isCollection(value.properties.get(member)?.value)) continue;
    if (member === '*') {
      openObject(value, name);
      for (const [key, property] of value.properties) if ('value' in property && !(property.value instanceof ECMAScriptFunction)) property.value = new UnknownValue(`${name}.${String(key)}`);
    } else if (value.properties.has(member) || value.kind === 'Object') value.properties.set(member, { value: new UnknownValue(`${name}.${member}`), writable: true, enumerable: true, configurable: true });
  }
  return value;
}

/** `services/auth.ts` → `auth`; `users/index.js` → `users`. */
function shortName(file: string): string {
  const parts = file.replace(/\.\w+$/, '').split('/');
  return (parts.at(-1) === 'index' ? parts.at(-2) : parts.at(-1)) ?? file;
}

/** `@scope/name/sub` → `name`. */
function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return (specifier.startsWith('@') ? parts[1] : parts[0]) ?? specifier;
}
