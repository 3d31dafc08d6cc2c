import type { TSESTree } from '../syntax/source-file.ts';
import type { GuardKind } from './module-facts.ts';

/** What is known inside the two branches of a condition. */
export interface BranchGuards {
  readonly whenTrue: readonly GuardKind[];
  readonly whenFalse: readonly GuardKind[];
}

const none: BranchGuards = { whenTrue: [], whenFalse: [] };

/** Reads a condition for the guards that it puts on its branches. */
export function guardsOf(test: TSESTree.Expression, text: string): BranchGuards {
  if (test.type === 'UnaryExpression' && test.operator === '!') {
    const inner = guardsOf(test.argument, text);
    return { whenTrue: inner.whenFalse, whenFalse: inner.whenTrue };
  }
  if (test.type === 'LogicalExpression') {
    const left = guardsOf(test.left as TSESTree.Expression, text);
    const right = guardsOf(test.right, text);
    if (test.operator === '&&') return { whenTrue: [...left.whenTrue, ...right.whenTrue], whenFalse: [] };
    if (test.operator === '||') return { whenTrue: [], whenFalse: [...left.whenFalse, ...right.whenFalse] };
    return none;
  }
  if (test.type === 'BinaryExpression') return comparisonGuards(test, text);
  const name = text.slice(...test.range).replace(/\s+/g, '');
  if (/(^|\.)(isPrimary|isMaster)$/.test(name)) return { whenTrue: ['cluster-primary'], whenFalse: ['cluster-worker'] };
  if (/(^|\.)isWorker$/.test(name)) return { whenTrue: ['cluster-worker'], whenFalse: ['cluster-primary'] };
  if (/(^|\.)isMainThread$/.test(name)) return { whenTrue: [], whenFalse: ['worker-thread'] };
  if (/^import\.meta\.main$/.test(name)) return { whenTrue: ['main-module'], whenFalse: [] };
  if (/(^|\.)(isDev|isDevelopment|__DEV__)(\(\))?$/.test(name)) return { whenTrue: ['development'], whenFalse: [] };
  if (/(^|\.)(isProd|isProduction)(\(\))?$/.test(name)) return { whenTrue: [], whenFalse: ['development'] };
  return none;
}

function comparisonGuards(test: TSESTree.BinaryExpression, text: string): BranchGuards {
  if (!/^[!=]==?$/.test(test.operator)) return none;
  const equal = test.operator[0] === '=';
  const sides = [test.left, test.right].map(side => text.slice(...side.range).replace(/\s+/g, ''));
  const pick = (whenEqual: BranchGuards): BranchGuards => (equal ? whenEqual : { whenTrue: whenEqual.whenFalse, whenFalse: whenEqual.whenTrue });
  if (sides.includes('require.main') && sides.includes('module')) return pick({ whenTrue: ['main-module'], whenFalse: [] });
  if (sides.includes('import.meta.url') && sides.some(side => side.includes('process.argv[1]'))) return pick({ whenTrue: ['main-module'], whenFalse: [] });
  const environment = sides.findIndex(side => /(^|[.[{'"])(NODE_ENV|ENV)['"\]}]*$/i.test(side) || /node_?env/i.test(side));
  if (environment >= 0) {
    const value = sides[1 - environment]!.replace(/['"`]/g, '');
    if (/^prod/i.test(value)) return pick({ whenTrue: [], whenFalse: ['development'] });
    if (/^dev|^local/i.test(value)) return pick({ whenTrue: ['development'], whenFalse: [] });
    if (/^test/i.test(value)) return pick({ whenTrue: ['test'], whenFalse: [] });
  }
  return none;
}

/**
 * The places (as written: `cache`, `this.cache`, `cache[key]`) that a condition tests for being there.
 * `whenTrue` are known present in the true branch, `whenFalse` in the false one.
 */
export function presenceTests(test: TSESTree.Node, text: string): { readonly whenTrue: readonly string[]; readonly whenFalse: readonly string[] } {
  switch (test.type) {
    case 'Identifier':
    case 'MemberExpression':
      return { whenTrue: [placeText(test, text)], whenFalse: [] };
    case 'ChainExpression':
      return presenceTests(test.expression, text);
    case 'UnaryExpression':
      if (test.operator === '!') {
        const inner = presenceTests(test.argument, text);
        return { whenTrue: inner.whenFalse, whenFalse: inner.whenTrue };
      }
      break;
    case 'LogicalExpression': {
      const left = presenceTests(test.left, text);
      const right = presenceTests(test.right, text);
      if (test.operator === '&&') return { whenTrue: [...left.whenTrue, ...right.whenTrue], whenFalse: [] };
      if (test.operator === '||') return { whenTrue: [], whenFalse: [...left.whenFalse, ...right.whenFalse] };
      break;
    }
    case 'BinaryExpression': {
      const isNothing = (node: TSESTree.Node): boolean => (node.type === 'Literal' && node.value === null) || (node.type === 'Identifier' && node.name === 'undefined');
      const other = isNothing(test.right) ? test.left : isNothing(test.left) ? test.right : null;
      if (other && /^[!=]==?$/.test(test.operator)) {
        const present = [placeText(other, text)];
        return test.operator[0] === '=' ? { whenTrue: [], whenFalse: present } : { whenTrue: present, whenFalse: [] };
      }
      break;
    }
    case 'CallExpression':
      // `cache.has(key)`: what is tested is the collection.
      if (test.callee.type === 'MemberExpression' && !test.callee.computed && test.callee.property.type === 'Identifier' && test.callee.property.name === 'has') {
        return { whenTrue: [placeText(test.callee.object, text)], whenFalse: [] };
      }
      break;
  }
  return { whenTrue: [], whenFalse: [] };
}

/** A place as text with whitespace folded, so that two mentions of it can be compared. */
export function placeText(node: TSESTree.Node, text: string): string {
  return text.slice(...node.range).replace(/\s+/g, '').replace(/\?\./g, '.').replace(/!$/, '');
}

/** True where the statements assign to the place (or call `place.set(…)`, `place.push(…)`). */
export function assignsPlace(statements: string, place: string): boolean {
  // Most conditions fill nothing; folding long texts to see that is dear.
  if (!statements.includes(/^[\w$#]*/.exec(place)![0])) return false;
  const folded = statements.replace(/\s+/g, '');
  const base = escapeRegExp(place);
  return new RegExp(`(^|[^\\w$.])${base}(\\[[^\\]]*\\])?(\\?\\?|\\|\\|)?=(?!=)|(^|[^\\w$.])${base}\\.(set|push)\\(`).test(folded);
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
