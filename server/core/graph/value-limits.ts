import type { CallFacts, Condition, ModuleFacts, Statement, Term, Value } from '../facts/module-facts.ts';
import { assignmentsTo } from '../facts/module-index.ts';

/** A variable or `this`, and the properties read from it: what a check and a use both name. */
export interface Access {
  readonly root: string;
  readonly names: readonly string[];
}

/** The access that a value is, or null where it begins with something that has no name. */
export function accessOf(value: Value, names: readonly string[] = []): Access | null {
  switch (value.k) {
    case 'get':
      return accessOf(value.object, [value.name, ...names]);
    case 'var':
      return { root: `v${value.var}`, names };
    case 'this':
      return { root: `t${value.fn}`, names };
    default:
      return null;
  }
}

/** Where a value is used: an offset in a function of a module. */
export interface Place {
  readonly module: ModuleFacts;
  readonly fn: number;
  readonly at: number;
}

/** Calls that look at what a value is, not at how large it is. */
const kindTest = /(?:^|\.)(?:isNaN|isFinite|isInteger|isSafeInteger|isArray|isString|isNumber|isObject|isNil|isUndefined|isNull|isEmpty|isBuffer|Boolean|String|Number|parseInt|parseFloat|keys|hasOwn|hasOwnProperty)$/;
const membership = /\.(?:includes|has|some|indexOf|test|match|hasOwnProperty)$/;
const validates = /valid|assert|ensure|sanit|verify|invariant|clamp|schema|guard|joi\b|celebrate/i;

/**
 * Whether a check that every way to the place passes holds the value below a constant or something else of the program:
 * a comparison whose other branch leaves or clamps, membership in a list, a validator. Limits above `most` are none, and so is a
 * regular expression that takes texts of any length, unless their `shape` is what counts.
 */
export function isLimited(place: Place, subject: Access, most: number, shape = false): boolean {
  const { module, at } = place;
  for (let fn = place.fn; fn >= 0; fn = module.functions[fn]!.parent) if (limitedIn(module.functions[fn]!.body)) return true;
  return false;

  function limitedIn(body: readonly Statement[]): boolean {
    return body.some(statement => {
      const [start, end] = extentOf(module, statement);
      const inside = start < at && at < end;
      switch (statement.k) {
        case 'if':
          if (contains(statement.then)) return limits(statement.test, true) || limitedIn(statement.then);
          if (contains(statement.otherwise)) return limits(statement.test, false) || limitedIn(statement.otherwise);
          if (end > at) return false;
          if ((leaves(module, statement.then) || writes(statement.then)) && limits(statement.test, false)) return true;
          return (leaves(module, statement.otherwise) || writes(statement.otherwise)) && limits(statement.test, true);
        case 'loop': {
          const { test } = module.loops[statement.loop]!;
          return inside && ((test !== null && limits(test, true)) || limitedIn(statement.body));
        }
        case 'label':
          return limitedIn(statement.body);
        case 'switch':
          return inside && (mentions(statement.on.value, false) || statement.cases.some(({ body: inner }) => contains(inner) && limitedIn(inner)));
        case 'try':
          return limitedIn(statement.block) || [statement.handler, statement.finalizer].some(block => block && contains(block) && limitedIn(block));
        case 'call': {
          const call = module.calls[statement.call]!;
          return end <= at && validates.test(call.text) && call.args.some(arg => mentions(arg, true));
        }
        default:
          return false;
      }
    });
  }

  function contains(body: readonly Statement[]): boolean {
    return body.some(statement => {
      const [start, end] = extentOf(module, statement);
      return start <= at && at < end;
    });
  }

  function writes(body: readonly Statement[]): boolean {
    return body.some(statement => statement.k === 'write' && statement.target !== null && statement.operator === '=' && mentions(statement.target, false));
  }

  /** Whether the value is limited where the condition has turned out `truth`. */
  function limits(test: Condition, truth: boolean): boolean {
    switch (test.k) {
      case 'not':
        return limits(test.of, !truth);
      case 'and':
      case 'or':
        // Of a conjunction that holds each part holds; of one that fails only one of them surely fails.
        return (test.k === 'and') === truth ? limits(test.left, truth) || limits(test.right, truth) : limits(test.left, truth) && limits(test.right, truth);
      case 'compare':
        return comparisonLimits(test.operator, test.left, test.right, truth);
      case 'truthy':
        return test.of.value !== null && predicateLimits(test.of.value, truth);
    }
  }

  function comparisonLimits(operator: string, left: Term, right: Term, truth: boolean): boolean {
    if (/^[<>]=?$/.test(operator)) {
      const [below, above] = (operator[0] === '<') === truth ? [left, right] : [right, left];
      return mentions(below.value, false) && !mentions(above.value, false) && !(typeof above.constant === 'number' && above.constant > most);
    }
    if (/^[!=]==?$/.test(operator)) {
      const equal = (operator[0] === '=') === truth;
      // `list.indexOf(n) === -1`, `validate(n) === false`
      for (const [side, other] of [[left, right], [right, left]] as const) {
        if (side.value?.k === 'call' && other.constant !== undefined && predicateLimits(side.value, equal === (other.constant !== false && other.constant !== -1))) return true;
        if (equal && other.constant !== undefined && typeof other.constant !== 'boolean' && other.constant !== null && side.value?.k !== 'call' && mentions(side.value, false)) return true;
      }
      return false;
    }
    return operator === 'in' && truth && mentions(left.value, false);
  }

  /** `isValid(n)`, `ALLOWED.includes(n)`: what an unknown predicate asks is expected to be a limit, whichever way it answers. */
  function predicateLimits(value: Value, truth: boolean): boolean {
    if (value.k !== 'call') return false;
    const call = module.calls[value.call]!;
    if (kindTest.test(call.text)) return false;
    const asked = call.args.some(arg => mentions(arg, true)) || (call.callee.k === 'get' && call.callee.object.k === 'call' && predicateLimits(call.callee.object, truth));
    return asked && (!membership.test(call.text) || (truth && (shape || !takesAnyLength(call))));
  }

  /** `/^\d+$/.test(n)` */
  function takesAnyLength({ callee }: CallFacts): boolean {
    if (callee.k !== 'get' || callee.name !== 'test') return false;
    const { object } = callee;
    const assigned = object.k === 'var' ? assignmentsTo(module, object.var)[0]?.value : object;
    return assigned?.k === 'regex' && /[*+]|\{\d+,\}/.test(module.regexes[assigned.regex]!.source);
  }

  /** Whether an expression is made of the value; with `whole` also of something that the value is a part of. */
  function mentions(expression: Value | null, whole: boolean): boolean {
    if (!expression) return false;
    switch (expression.k) {
      case 'var':
      case 'this':
      case 'get': {
        const access = accessOf(expression);
        if (!access || access.root !== subject.root) return false;
        const names = /^(?:length|size|byteLength)$/.test(access.names.at(-1) ?? '') ? access.names.slice(0, -1) : access.names;
        if (names.length > subject.names.length || names.some((name, index) => name !== subject.names[index])) return false;
        return whole || names.length === subject.names.length || (access.names.length > names.length && subject.names.slice(names.length).every(name => name === '*' || name === 'length'));
      }
      case 'derived':
      case 'union':
        return expression.of.some(part => mentions(part, whole));
      case 'call': {
        const call = module.calls[expression.call]!;
        return call.args.some(arg => mentions(arg, whole)) || (call.callee.k === 'get' && mentions(call.callee.object, whole));
      }
      default:
        return false;
    }
  }
}

/** Where a statement stands; of calls and loops the tables know it. */
export function extentOf(module: ModuleFacts, statement: Statement): readonly [number, number] {
  switch (statement.k) {
    case 'call':
      return module.calls[statement.call]!.range;
    case 'loop':
      return module.loops[statement.loop]!.range;
    case 'label': {
      const ranges = statement.body.map(inner => extentOf(module, inner));
      return [Math.min(...ranges.map(([start]) => start)), Math.max(...ranges.map(([, end]) => end))];
    }
    default:
      return statement.range;
  }
}

/** Whether a block does not go on behind its end. */
export function leaves(module: ModuleFacts, body: readonly Statement[]): boolean {
  return body.some(statement => {
    switch (statement.k) {
      case 'return':
      case 'throw':
      case 'break':
      case 'continue':
        return true;
      case 'call': {
        const { callee } = module.calls[statement.call]!;
        return callee.k === 'get' && (callee.name === 'throw' || callee.name === 'exit' || callee.name === 'fail');
      }
      case 'if':
        return leaves(module, statement.then) && leaves(module, statement.otherwise);
      default:
        return false;
    }
  });
}

/**
 * The values that a variable can have at a place in the function that declares it: what was last written on every way there,
 * and what was written since on some. Null where no such write is found: a parameter, the element of a loop, a pattern.
 */
export function lastWrites({ module, fn, at }: Place, variable: number): readonly (Value | null)[] | null {
  if (module.variables[variable]!.fn !== fn) return null;
  let found: (Value | null)[] | null = null;
  const visit = (body: readonly Statement[], always: boolean): boolean => {
    for (const statement of body) {
      const [start, end] = extentOf(module, statement);
      const inside = start < at && at < end;
      if (statement.k === 'write') {
        if (statement.target?.k !== 'var' || statement.target.var !== variable || start >= at) continue;
        // A pattern says nothing here of what the part is.
        if (statement.term === null && !/^(?:\+\+|--)$/.test(statement.operator)) return false;
        const value = statement.term?.value ?? null;
        if (statement.operator === '=' && always) found = [value];
        else if (!found) return false;
        else found.push(value);
      } else if (statement.k === 'if') {
        if (!visit(statement.then, always && inside) || !visit(statement.otherwise, always && inside)) return false;
      } else if (statement.k === 'loop') {
        if (!visit(statement.body, always && inside)) return false;
      } else if (statement.k === 'try') {
        if (!visit(statement.block, always) || !visit(statement.handler ?? [], false) || !visit(statement.finalizer ?? [], always)) return false;
      } else if (statement.k === 'label') {
        if (!visit(statement.body, always)) return false;
      } else if (statement.k === 'switch') {
        for (const clause of statement.cases) if (!visit(clause.body, false)) return false;
      }
    }
    return true;
  };
  return visit(module.functions[fn]!.body, true) ? found : null;
}
