import { RegExpParser, type AST } from '@eslint-community/regexpp';
import { surroundingAgent } from '../agent.ts';

/** MatchState (ECMA-262 §22.2.2.1): where it ends, and the captures as [start, end]. */
interface MatchState {
  readonly end: number;
  readonly captures: readonly (readonly [number, number] | undefined)[];
}

type Continuation = (state: MatchState) => MatchState | null;
type Matcher = (state: MatchState, next: Continuation) => MatchState | null;

export interface CompiledPattern {
  readonly groupCount: number;
  /** Names of groups with their numbers, in order. */
  readonly groupNames: readonly (readonly [string, readonly number[]])[];
  /** Matches at exactly this index; null where it does not. */
  match(input: string, index: number): MatchState | null;
}

const compiled = new Map<string, CompiledPattern>();

/**
 * Compiles a pattern to a backtracking matcher (ECMA-262 §22.2.2 Pattern Semantics) that counts its steps against the
 * budget, so that no pattern can hang the machine. Single characters are tested by a RegExp of the host, which cannot backtrack.
 * Throws a SyntaxError of the host for an invalid pattern.
 */
export function compilePattern(source: string, flags: string): CompiledPattern {
  const key = `${flags}/${source}`;
  const known = compiled.get(key);
  if (known) return known;
  const unicode = flags.includes('u');
  const unicodeSets = flags.includes('v');
  const pattern = new RegExpParser({ ecmaVersion: 2025 }).parsePattern(source, 0, source.length, { unicode, unicodeSets });
  const result = compile(pattern, flags);
  if (compiled.size > 2000) compiled.clear();
  compiled.set(key, result);
  return result;
}

function compile(pattern: AST.Pattern, flags: string): CompiledPattern {
  const fullUnicode = flags.includes('u') || flags.includes('v');
  const groups: AST.CapturingGroup[] = [];
  const names = new Map<string, number[]>();
  collectGroups(pattern, groups);
  groups.forEach((group, index) => {
    if (group.name) names.set(group.name, [...(names.get(group.name) ?? []), index + 1]);
  });
  const numberOf = new Map(groups.map((group, index) => [group, index + 1]));
  let input = '';

  const characterAt = (index: number): string => {
    const code = input.charCodeAt(index);
    if (fullUnicode && code >= 0xd800 && code < 0xdc00 && index + 1 < input.length) {
      const low = input.charCodeAt(index + 1);
      if (low >= 0xdc00 && low < 0xe000) return input.slice(index, index + 2);
    }
    return input[index]!;
  };
  const characterBefore = (index: number): string => {
    const code = input.charCodeAt(index - 1);
    if (fullUnicode && code >= 0xdc00 && code < 0xe000 && index > 1) {
      const high = input.charCodeAt(index - 2);
      if (high >= 0xd800 && high < 0xdc00) return input.slice(index - 2, index);
    }
    return input[index - 1]!;
  };

  /** Whether one character matches a character, class or escape. */
  const characterTest = (node: AST.Character | AST.CharacterSet | AST.CharacterClass | AST.ExpressionCharacterClass, ignoreCase: boolean, dotAll: boolean): ((character: string) => boolean) => {
    if (node.type === 'Character' && !ignoreCase) {
      const wanted = String.fromCodePoint(node.value);
      return character => character === wanted;
    }
    const single = new RegExp(`^(?:${node.type === 'Character' ? escapeCharacter(node.value) : node.raw})$`, `${ignoreCase ? 'i' : ''}${dotAll ? 's' : ''}${flags.includes('v') ? 'v' : flags.includes('u') ? 'u' : ''}`);
    const answers = new Map<string, boolean>();
    return character => {
      let answer = answers.get(character);
      if (answer === undefined) answers.set(character, (answer = single.test(character)));
      return answer;
    };
  };

  const step = (): void => surroundingAgent.count();
  interface Modifiers { readonly i: boolean; readonly m: boolean; readonly s: boolean }

  /** The test of an element that always takes one character and captures nothing. */
  const singleTest = (node: AST.Element | AST.QuantifiableElement, modifiers: Modifiers): ((character: string) => boolean) | null =>
    node.type === 'Character' || node.type === 'CharacterSet' || node.type === 'CharacterClass' || node.type === 'ExpressionCharacterClass' ? characterTest(node as AST.Character, modifiers.i, modifiers.s) : null;

  /** CompileSubpattern */
  const disjunction = (alternatives: readonly AST.Alternative[], backward: boolean, modifiers: Modifiers): Matcher => {
    const matchers = alternatives.map(alternative => sequence(alternative.elements, backward, modifiers));
    if (matchers.length === 1) return matchers[0]!;
    return (state, next) => {
      for (const matcher of matchers) {
        const result = matcher(state, next);
        if (result) return result;
      }
      return null;
    };
  };
  const sequence = (elements: readonly AST.Element[], backward: boolean, modifiers: Modifiers): Matcher => {
    const matchers = elements.map(element => term(element, backward, modifiers));
    if (backward) matchers.reverse();
    const from = (index: number, state: MatchState, next: Continuation): MatchState | null =>
      index === matchers.length ? next(state) : matchers[index]!(state, after => from(index + 1, after, next));
    return (state, next) => from(0, state, next);
  };

  const term = (node: AST.Element, backward: boolean, modifiers: Modifiers): Matcher => {
    switch (node.type) {
      case 'Assertion': return assertion(node, modifiers);
      case 'Quantifier': return quantifier(node, backward, modifiers);
      case 'Group': {
        const own = node.modifiers ? { i: change(node, 'ignoreCase', modifiers.i), m: change(node, 'multiline', modifiers.m), s: change(node, 'dotAll', modifiers.s) } : modifiers;
        return disjunction(node.alternatives, backward, own);
      }
      case 'CapturingGroup': {
        const number = numberOf.get(node)!;
        const inner = disjunction(node.alternatives, backward, modifiers);
        return (state, next) => inner(state, after => {
          const captures = after.captures.slice();
          captures[number] = backward ? [after.end, state.end] : [state.end, after.end];
          return next({ end: after.end, captures });
        });
      }
      case 'Backreference': {
        const targets = [node.resolved].flat().map(group => numberOf.get(group)!);
        return (state, next) => {
          step();
          const capture = targets.map(target => state.captures[target]).find(found => found !== undefined);
          if (!capture) return next(state);
          const text = input.slice(capture[0], capture[1]);
          const start = backward ? state.end - text.length : state.end;
          const other = start < 0 ? null : input.slice(start, start + text.length);
          if (other === null || (modifiers.i ? other.toLowerCase() !== text.toLowerCase() : other !== text)) return null;
          return next({ end: backward ? start : start + text.length, captures: state.captures });
        };
      }
      default: {
        const test = singleTest(node, modifiers)!;
        return (state, next) => {
          step();
          if (backward ? state.end <= 0 : state.end >= input.length) return null;
          const character = backward ? characterBefore(state.end) : characterAt(state.end);
          if (!test(character)) return null;
          return next({ end: state.end + (backward ? -character.length : character.length), captures: state.captures });
        };
      }
    }
  };

  const isWord = (index: number): boolean => index >= 0 && index < input.length && /\w/.test(input[index]!);
  const assertion = (node: AST.Assertion, modifiers: Modifiers): Matcher => {
    switch (node.kind) {
      case 'start': return (state, next) => (state.end === 0 || (modifiers.m && /[\n\r\u2028\u2029]/.test(input[state.end - 1]!)) ? next(state) : null);
      case 'end': return (state, next) => (state.end === input.length || (modifiers.m && /[\n\r\u2028\u2029]/.test(input[state.end]!)) ? next(state) : null);
      case 'word': return (state, next) => ((isWord(state.end - 1) !== isWord(state.end)) !== node.negate ? next(state) : null);
      default: {
        const inner = disjunction(node.alternatives, node.kind === 'lookbehind', modifiers);
        return (state, next) => {
          step();
          const result = inner(state, after => after);
          if (node.negate) return result ? null : next(state);
          return result ? next({ end: state.end, captures: result.captures }) : null;
        };
      }
    }
  };

  /** RepeatMatcher; runs of single characters are counted first, so that they take no stack. */
  const quantifier = (node: AST.Quantifier, backward: boolean, modifiers: Modifiers): Matcher => {
    const { min, max, greedy, element } = node;
    const single = singleTest(element, modifiers);
    if (single) {
      return (state, next) => {
        const ends = [state.end];
        const take = (): boolean => {
          const at = ends[ends.length - 1]!;
          if (backward ? at <= 0 : at >= input.length) return false;
          const character = backward ? characterBefore(at) : characterAt(at);
          if (!single(character)) return false;
          ends.push(at + (backward ? -character.length : character.length));
          return true;
        };
        while (ends.length - 1 < (greedy ? max : min) && take()) if ((ends.length & 15) === 0) step();
        if (ends.length - 1 < min) return null;
        for (;;) {
          step();
          const result = next({ end: ends[ends.length - 1]!, captures: state.captures });
          if (result) return result;
          if (greedy) {
            ends.pop();
            if (ends.length - 1 < min) return null;
          } else if (ends.length - 1 >= max || !take()) return null;
        }
      };
    }
    const inner = term(element as AST.Element, backward, modifiers);
    const inside: AST.CapturingGroup[] = [];
    collectGroups(element, inside);
    const cleared = inside.map(group => numberOf.get(group)!);
    const repeat = (state: MatchState, count: number, next: Continuation): MatchState | null => {
      step();
      if (count >= max) return next(state);
      const once = (): MatchState | null => {
        const captures = state.captures.slice();
        for (const number of cleared) captures[number] = undefined;
        return inner({ end: state.end, captures }, after => (count >= min && after.end === state.end ? null : repeat(after, count + 1, next)));
      };
      if (count < min) return once();
      return greedy ? once() ?? next(state) : next(state) ?? once();
    };
    return (state, next) => repeat(state, 0, next);
  };

  const matcher = disjunction(pattern.alternatives, false, { i: flags.includes('i'), m: flags.includes('m'), s: flags.includes('s') });
  return {
    groupCount: groups.length,
    groupNames: [...names],
    match(text, index) {
      input = text;
      return matcher({ end: index, captures: new Array(groups.length + 1).fill(undefined) as undefined[] }, state => state);
    },
  };
}

function change(node: AST.Group, name: 'ignoreCase' | 'multiline' | 'dotAll', current: boolean): boolean {
  return node.modifiers?.add[name] ? true : node.modifiers?.remove?.[name] ? false : current;
}

function escapeCharacter(code: number): string {
  const character = String.fromCodePoint(code);
  return /[\\^$.*+?()[\]{}|/-]/.test(character) ? `\\${character}` : character;
}

function collectGroups(node: AST.Node, found: AST.CapturingGroup[]): void {
  if (node.type === 'CapturingGroup') found.push(node);
  if ('alternatives' in node) for (const alternative of node.alternatives) if (alternative.type === 'Alternative') for (const element of alternative.elements) collectGroups(element, found);
  if (node.type === 'Quantifier') collectGroups(node.element, found);
}
