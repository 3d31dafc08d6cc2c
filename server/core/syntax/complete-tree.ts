import { visitorKeys } from '@typescript-eslint/visitor-keys';
import type { TSESTree } from './source-file.ts';

type Node = TSESTree.Node;
type Loose = { type: string; range: [number, number]; loc: Node['loc']; [key: string]: unknown };

/** What stands for a child that a text in the middle of an edit does not have yet. */
type Missing = 'expression' | 'statement' | 'block' | 'name' | 'text' | 'template' | 'class body' | 'function' | 'declarators' | 'opening element' | 'opening fragment' | 'closing fragment' | 'list';

/**
 * The children that ECMAScript's grammar asks for, by node. What is not listed may be absent (`return;`, the test of a `for`),
 * or is a type, which nothing here looks into.
 */
const required: Readonly<Record<string, Readonly<Record<string, Missing>>>> = {
  AccessorProperty: { key: 'expression' },
  ArrayExpression: { elements: 'list' },
  ArrayPattern: { elements: 'list' },
  ArrowFunctionExpression: { params: 'list', body: 'block' },
  AssignmentExpression: { left: 'expression', right: 'expression' },
  AssignmentPattern: { left: 'expression', right: 'expression' },
  AwaitExpression: { argument: 'expression' },
  BinaryExpression: { left: 'expression', right: 'expression' },
  BlockStatement: { body: 'list' },
  CallExpression: { callee: 'expression', arguments: 'list' },
  CatchClause: { body: 'block' },
  ChainExpression: { expression: 'expression' },
  ClassBody: { body: 'list' },
  ClassDeclaration: { body: 'class body', decorators: 'list', implements: 'list' },
  ClassExpression: { body: 'class body', decorators: 'list', implements: 'list' },
  ConditionalExpression: { test: 'expression', consequent: 'expression', alternate: 'expression' },
  Decorator: { expression: 'expression' },
  DoWhileStatement: { body: 'statement', test: 'expression' },
  ExportAllDeclaration: { source: 'text' },
  ExportDefaultDeclaration: { declaration: 'expression' },
  ExportNamedDeclaration: { specifiers: 'list' },
  ExportSpecifier: { local: 'expression', exported: 'expression' },
  ExpressionStatement: { expression: 'expression' },
  ForInStatement: { left: 'expression', right: 'expression', body: 'statement' },
  ForOfStatement: { left: 'expression', right: 'expression', body: 'statement' },
  ForStatement: { body: 'statement' },
  FunctionDeclaration: { params: 'list', body: 'block' },
  FunctionExpression: { params: 'list', body: 'block' },
  IfStatement: { test: 'expression', consequent: 'statement' },
  ImportAttribute: { key: 'expression', value: 'text' },
  ImportDeclaration: { source: 'text', specifiers: 'list' },
  ImportDefaultSpecifier: { local: 'expression' },
  ImportExpression: { source: 'expression' },
  ImportNamespaceSpecifier: { local: 'expression' },
  ImportSpecifier: { imported: 'expression', local: 'expression' },
  JSXAttribute: { name: 'name' },
  JSXClosingElement: { name: 'name' },
  JSXElement: { openingElement: 'opening element', children: 'list' },
  JSXExpressionContainer: { expression: 'expression' },
  JSXFragment: { openingFragment: 'opening fragment', closingFragment: 'closing fragment', children: 'list' },
  JSXMemberExpression: { object: 'name', property: 'name' },
  JSXNamespacedName: { namespace: 'name', name: 'name' },
  JSXOpeningElement: { name: 'name', attributes: 'list' },
  JSXSpreadAttribute: { argument: 'expression' },
  JSXSpreadChild: { expression: 'expression' },
  LabeledStatement: { label: 'expression', body: 'statement' },
  LogicalExpression: { left: 'expression', right: 'expression' },
  MemberExpression: { object: 'expression', property: 'expression' },
  MetaProperty: { meta: 'expression', property: 'expression' },
  MethodDefinition: { key: 'expression', value: 'function', decorators: 'list' },
  NewExpression: { callee: 'expression', arguments: 'list' },
  ObjectExpression: { properties: 'list' },
  ObjectPattern: { properties: 'list' },
  Program: { body: 'list' },
  Property: { key: 'expression', value: 'expression' },
  PropertyDefinition: { key: 'expression', decorators: 'list' },
  RestElement: { argument: 'expression' },
  SequenceExpression: { expressions: 'list' },
  SpreadElement: { argument: 'expression' },
  StaticBlock: { body: 'list' },
  SwitchCase: { consequent: 'list' },
  SwitchStatement: { discriminant: 'expression', cases: 'list' },
  TaggedTemplateExpression: { tag: 'expression', quasi: 'template' },
  TemplateLiteral: { quasis: 'list', expressions: 'list' },
  ThrowStatement: { argument: 'expression' },
  TryStatement: { block: 'block' },
  UnaryExpression: { argument: 'expression' },
  UpdateExpression: { argument: 'expression' },
  VariableDeclaration: { declarations: 'declarators' },
  VariableDeclarator: { id: 'expression' },
  WhileStatement: { test: 'expression', body: 'statement' },
  WithStatement: { object: 'expression', body: 'statement' },
};

/** Lists in which a hole has a meaning of its own. */
const holes: ReadonlySet<string> = new Set(['ArrayExpression elements', 'ArrayPattern elements']);
/** Types, which are walked no further: nothing reads them but for names. */
const isType = (type: string): boolean => type.startsWith('TS') && !valuesInTypes.has(type);
/** Nodes of TypeScript that hold values. */
const valuesInTypes: ReadonlySet<string> = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'TSTypeAssertion', 'TSInstantiationExpression', 'TSModuleBlock', 'TSModuleDeclaration', 'TSEnumDeclaration', 'TSEnumBody', 'TSEnumMember', 'TSExportAssignment', 'TSImportEqualsDeclaration', 'TSExternalModuleReference', 'TSParameterProperty']);

/**
 * Makes a tree as the parser recovers it one that the rest can trust: every child that the grammar asks for is there, every list
 * is a list of nodes. What is missing is put in as the parser itself does elsewhere: an identifier without a name, an empty
 * statement, an empty block. A list loses what is no node; all else stays where it is. Changes the tree in place and returns it.
 * Works with a stack of its own, so no depth is too much.
 */
export function completeTree(program: TSESTree.Program): TSESTree.Program {
  const stack: Loose[] = [program as unknown as Loose];
  while (stack.length > 0) {
    const node = stack.pop()!;
    const wanted = required[node.type];
    if (wanted) for (const key in wanted) complete(node, key, wanted[key]!);
    for (const key of visitorKeys[node.type] ?? []) {
      const child = node[key];
      if (Array.isArray(child)) {
        if (!holes.has(`${node.type} ${key}`) && child.some(item => !isNode(item))) node[key] = child.filter(isNode);
        for (const item of node[key] as unknown[]) if (isNode(item) && !isType(item.type)) stack.push(item);
      } else if (isNode(child) && !isType(child.type)) stack.push(child);
    }
  }
  return program;
}

function isNode(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

function complete(node: Loose, key: string, missing: Missing): void {
  const child = node[key];
  if (missing === 'list') {
    if (!Array.isArray(child)) node[key] = [];
  } else if (missing === 'declarators') {
    if (!Array.isArray(child) || child.length === 0) node[key] = [{ ...stub(node, 'VariableDeclarator'), id: identifier(node), init: null, definite: false }];
  } else if (!isNode(child)) node[key] = substitute(node, missing);
}

function substitute(node: Loose, missing: Exclude<Missing, 'list' | 'declarators'>): Loose {
  switch (missing) {
    case 'expression':
      return identifier(node);
    case 'statement':
      return stub(node, 'EmptyStatement');
    case 'block':
      return { ...stub(node, 'BlockStatement'), body: [] };
    case 'name':
      return { ...stub(node, 'JSXIdentifier'), name: '' };
    case 'text':
      return { ...stub(node, 'Literal'), value: '', raw: "''" };
    case 'template':
      return { ...stub(node, 'TemplateLiteral'), quasis: [{ ...stub(node, 'TemplateElement'), tail: true, value: { raw: '', cooked: '' } }], expressions: [] };
    case 'class body':
      return { ...stub(node, 'ClassBody'), body: [] };
    case 'function':
      return { ...stub(node, 'FunctionExpression'), id: null, params: [], body: { ...stub(node, 'BlockStatement'), body: [] }, async: false, generator: false, expression: false, declare: false };
    case 'opening element':
      return { ...stub(node, 'JSXOpeningElement'), name: { ...stub(node, 'JSXIdentifier'), name: '' }, attributes: [], selfClosing: false };
    case 'opening fragment':
      return stub(node, 'JSXOpeningFragment');
    case 'closing fragment':
      return stub(node, 'JSXClosingFragment');
  }
}

/** An identifier without a name, as TypeScript's parser makes them. */
function identifier(node: Loose): Loose {
  return { ...stub(node, 'Identifier'), name: '', decorators: [], optional: false, typeAnnotation: undefined };
}

/** A node of no length at the end of the one that lacks it. */
function stub(node: Loose, type: string): Loose {
  const end = node.range[1];
  return { type, range: [end, end], loc: { start: node.loc.end, end: node.loc.end }, parent: node };
}
