import type { FunctionFacts, ModuleFacts } from './module-facts.ts';

/** The top level of a module of so many UTF-16 units, which is its function 0, before anything in it is read. */
export function moduleFunction(length: number): FunctionFacts {
  return {
    name: '',
    kind: 'module',
    async: false,
    generator: false,
    range: [0, length],
    nameRange: [0, 0],
    parent: -1,
    class: -1,
    static: false,
    params: [],
    paramNames: [],
    restParam: -1,
    returns: [],
    asyncInsertAt: -1,
    returnType: null,
    decorators: [],
    directives: [],
    body: [],
  };
}

/** The facts of a file of which nothing is known but its name: they stand for one that could not be analysed. */
export function noFacts(file: string, length: number): ModuleFacts {
  return {
    file,
    hasModuleSyntax: false,
    shebang: false,
    directives: [],
    functions: [moduleFunction(length)],
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
    globals: [],
    undeclared: [],
    watchedReads: [],
    lineStarts: [0],
    length,
    directiveComments: [],
  };
}
