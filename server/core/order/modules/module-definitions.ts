import type { TSESTree } from '../../syntax/source-file.ts';
import { boundNames, children, declarationOf, isFunctionNode, unwrapExpression } from '../evaluation/static-semantics.ts';

type Node = TSESTree.Node;

/** What a name is imported as: the specifier and the exported name; `*` for the whole module. */
export interface ImportedName {
  readonly specifier: string;
  readonly name: string;
}

/** What stands behind an exported name: a name or an expression of the file, or another module's export. */
export type ExportedName = { readonly local: string } | { readonly expression: Node } | ImportedName;

/** The declarations of a list of statements by name, and what the list does to them: what start-up needs to find a value when it is asked for. */
export interface Definitions {
  /** The declarator, function, class, enum or namespace that declares a name. */
  readonly declared: ReadonlyMap<string, Node>;
  /** Assignments to a name or to members of it, in order: `User.prototype.f = …`, `let x; x = …`. */
  readonly additions: ReadonlyMap<string, readonly Node[]>;
  /** Names that functions assign to: what they hold later does not follow from start-up. */
  readonly reassigned: ReadonlySet<string>;
  /** Members that functions write (`*` for any), or change by a method that a collection may have (`list()`), by name of the object. */
  readonly changed: ReadonlyMap<string, ReadonlySet<string>>;
  readonly imports: ReadonlyMap<string, ImportedName>;
  readonly exports: ReadonlyMap<string, ExportedName>;
  /** Specifiers of `export *`. */
  readonly stars: readonly string[];
  /** Statements that assign to `exports` and `module.exports`, in order. */
  readonly commonJsExports: readonly Node[];
}

const known = new WeakMap<Node, Definitions>();
const changing = /^(?:set|add|delete|clear|push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin)$/;

/** The definitions of a program, of a function's body or of a block; made once for each list. */
export function definitionsOf(owner: Node, body: readonly Node[]): Definitions {
  let found = known.get(owner);
  if (!found) known.set(owner, (found = collect(body)));
  return found;
}

function collect(body: readonly Node[]): Definitions {
  const declared = new Map<string, Node>();
  const additions = new Map<string, Node[]>();
  const reassigned = new Set<string>();
  const changed = new Map<string, Set<string>>();
  const imports = new Map<string, ImportedName>();
  const exports = new Map<string, ExportedName>();
  const stars: string[] = [];
  const commonJsExports: Node[] = [];
  const add = (name: string, statement: Node): void => void additions.set(name, [...(additions.get(name) ?? []), statement]);

  for (const statement of body) {
    if (statement.type === 'ImportDeclaration') {
      if (statement.importKind !== 'type') for (const specifier of statement.specifiers) imports.set(specifier.local.name, { specifier: statement.source.value, name: importedName(specifier) });
      continue;
    }
    if (statement.type === 'TSImportEqualsDeclaration') {
      const { moduleReference } = statement;
      if (moduleReference.type === 'TSExternalModuleReference' && moduleReference.expression.type === 'Literal') imports.set(statement.id.name, { specifier: String(moduleReference.expression.value), name: '=' });
      continue;
    }
    if (statement.type === 'TSExportAssignment') {
      exports.set('=', { expression: statement.expression });
      continue;
    }
    if (statement.type === 'ExportAllDeclaration') {
      if (statement.exported) exports.set(nameOf(statement.exported), { specifier: statement.source.value, name: '*' });
      else stars.push(statement.source.value);
      continue;
    }
    if (statement.type === 'ExportNamedDeclaration') {
      for (const { local, exported } of statement.specifiers) exports.set(nameOf(exported), statement.source ? { specifier: statement.source.value, name: nameOf(local) } : { local: nameOf(local) });
    }
    const declaration = declarationOf(statement);
    if (statement.type === 'ExportDefaultDeclaration') {
      const named = (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration') && declaration.id ? declaration.id.name : null;
      exports.set('default', named === null ? { expression: declaration } : { local: named });
    }
    const names = declare(declaration, declared);
    if (statement.type === 'ExportNamedDeclaration') for (const name of names) exports.set(name, { local: name });
    if (names.length > 0) {
      if (declaration.type === 'VariableDeclaration' && declaration.declarations.some(({ init }) => init && assignsExports(init))) commonJsExports.push(declaration);
      continue;
    }
    if (assignsExports(statement)) {
      commonJsExports.push(statement);
      continue;
    }
    const root = assignedRoot(statement);
    if (root !== null) add(root, statement);
    else for (const name of assignedNames(statement)) reassigned.add(name);
  }
  // What happens in a block of the top level, or in a function, is not followed.
  for (const statement of body) noteChanges(statement, /^(?:If|For|ForOf|ForIn|While|DoWhile|Try|Switch|Block|Labeled)Statement$/.test(statement.type), reassigned, changed);
  return { declared, additions, reassigned, changed, imports, exports, stars, commonJsExports };
}

/** Enters what a declaration declares. */
function declare(node: Node, declared: Map<string, Node>): string[] {
  if (node.type === 'VariableDeclaration' && !node.declare) {
    return node.declarations.flatMap(declarator => boundNames(declarator.id).map(name => {
      declared.set(name, declarator);
      return name;
    }));
  }
  const isDeclaration = node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration' || node.type === 'TSEnumDeclaration' || node.type === 'TSModuleDeclaration';
  if (!isDeclaration || !node.id || node.id.type !== 'Identifier' || ('declare' in node && node.declare)) return [];
  declared.set(node.id.name, node);
  return [node.id.name];
}

function importedName(specifier: TSESTree.ImportClause): string {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  return specifier.type === 'ImportNamespaceSpecifier' ? '*' : nameOf(specifier.imported);
}

function nameOf(node: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return node.type === 'Identifier' ? node.name : node.value;
}

/** `exports`, `module.exports`. */
function isExports(node: Node): boolean {
  if (node.type === 'Identifier') return node.name === 'exports';
  return node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.object.name === 'module' && node.property.type === 'Identifier' && node.property.name === 'exports';
}

function assignsExports(node: Node): boolean {
  if (isFunctionNode(node)) return false;
  if (node.type === 'AssignmentExpression') {
    for (let at: Node = node.left; ; at = at.object) {
      if (isExports(at)) return true;
      if (at.type !== 'MemberExpression') break;
    }
  }
  if (node.type === 'CallExpression' && node.arguments[0] && isExports(node.arguments[0])) return true;
  return children(node).some(assignsExports);
}

/** The name that a statement assigns to, or to a member of; null where it does something else. */
function assignedRoot(statement: Node): string | null {
  if (statement.type !== 'ExpressionStatement') return null;
  const { expression } = statement;
  if (expression.type === 'AssignmentExpression') return rootOf(expression.left)?.name ?? null;
  const isObjectCall = expression.type === 'CallExpression' && expression.callee.type === 'MemberExpression' && expression.callee.object.type === 'Identifier' && expression.callee.object.name === 'Object';
  return isObjectCall && expression.arguments[0] ? rootOf(expression.arguments[0])?.name ?? null : null;
}

/** The identifier at the start of a chain of members, and the first member; `*` for a computed one. */
function rootOf(node: Node): { readonly name: string; readonly member: string | null } | null {
  let member: string | null = null;
  let at = unwrapExpression(node);
  while (at.type === 'MemberExpression') {
    member = !at.computed && at.property.type === 'Identifier' ? at.property.name : at.property.type === 'Literal' ? String(at.property.value) : '*';
    at = unwrapExpression(at.object);
  }
  if (at.type === 'ThisExpression') return { name: 'this', member };
  return at.type === 'Identifier' ? { name: at.name, member } : null;
}

/** Names that are assigned anywhere in the node. */
function assignedNames(node: Node): string[] {
  const own = node.type === 'AssignmentExpression' ? boundNames(node.left) : node.type === 'UpdateExpression' && node.argument.type === 'Identifier' ? [node.argument.name] : [];
  return [...own, ...children(node).flatMap(assignedNames)];
}

function noteChanges(node: Node, inFunction: boolean, reassigned: Set<string>, changed: Map<string, Set<string>>): void {
  if (inFunction) {
    const target = node.type === 'AssignmentExpression' ? node.left : node.type === 'UpdateExpression' ? node.argument : node.type === 'UnaryExpression' && node.operator === 'delete' ? node.argument : null;
    if (target?.type === 'MemberExpression') noteMember(target, changed);
    else if (target) for (const name of boundNames(target)) reassigned.add(name);
  }
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && node.callee.property.type === 'Identifier' && changing.test(node.callee.property.name)) noteMember(node.callee, changed, true);
  const inside = inFunction || isFunctionNode(node);
  for (const child of children(node)) noteChanges(child, inside, reassigned, changed);
}

/** `state.ready = true` changes `ready` of state; `cache.set(k, v)` changes all that cache holds; `state.list.push(x)` changes `list`. */
function noteMember(node: TSESTree.MemberExpression, changed: Map<string, Set<string>>, byMethod = false): void {
  const root = rootOf(byMethod ? node.object : node);
  if (!root) return;
  const members = changed.get(root.name) ?? new Set<string>();
  members.add(`${root.member ?? '*'}${byMethod ? '()' : ''}`);
  changed.set(root.name, members);
}
