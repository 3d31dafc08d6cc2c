import { BudgetEnd, surroundingAgent, throwError } from '../agent.ts';
import { ObjectValue, UnknownValue, type Value } from '../values.ts';
import { instanceofOperator } from '../abstract-operations/operations-on-objects.ts';
import { toBoolean, toNumber, toNumeric, toPrimitive, toPropertyKey, toString, type Primitive } from '../abstract-operations/type-conversion.ts';
import { unknownText, UnknownOperand } from '../abstract-operations/unknown-values.ts';
import { describeValue } from '../abstract-operations/messages.ts';

/** ApplyStringOrNumericBinaryOperator (ECMA-262 §13.15.3), comparisons, `in` and `instanceof`. */
export function applyBinaryOperator(operator: string, left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') return applyToNumbers(operator, left, right);
  switch (operator) {
    case '===': return unknownComparison(operator, left, right) ?? isStrictlyEqual(left, right);
    case '!==': return unknownComparison(operator, left, right) ?? !isStrictlyEqual(left, right);
    case '==': return looselyEqualOrUnknown(operator, left, right);
    case '!=': {
      const equal = looselyEqualOrUnknown(operator, left, right);
      return typeof equal === 'boolean' ? !equal : equal;
    }
    case 'instanceof':
      if (left instanceof UnknownValue || right instanceof UnknownValue) return unknownResult(operator, left, right);
      return instanceofOperator(left, right);
    case 'in':
      if (right instanceof UnknownValue || left instanceof UnknownValue) return unknownResult(operator, left, right);
      if (!(right instanceof ObjectValue)) throwError('TypeError', `Cannot use 'in' operator to search for '${typeof left === 'symbol' ? String(left) : toString(left)}' in ${String(right as Primitive)}`);
      return right.hasProperty(toPropertyKey(left));
  }
  if (operator === '+') {
    const a = toPrimitive(left);
    const b = toPrimitive(right);
    if (typeof a === 'string' && typeof b === 'string') return concatenate(a, b);
    if (a instanceof UnknownValue || b instanceof UnknownValue) return unknownSum(a, b);
    if (typeof a === 'string' || typeof b === 'string') return concatenate(toString(a), toString(b));
    return applyToNumeric('+', toNumeric(a), toNumeric(b));
  }
  if (operator === '<' || operator === '>' || operator === '<=' || operator === '>=') return compare(operator, left, right);
  return applyToNumeric(operator, toNumeric(left), toNumeric(right));
}

export function concatenate(a: string, b: string): string {
  const result = a + b;
  if (result.length > 64) surroundingAgent.allocate(b.length < a.length ? b.length >> 2 : a.length >> 2);
  return result;
}

function applyToNumbers(operator: string, a: number, b: number): Value {
  switch (operator) {
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    case '/': return a / b;
    case '%': return a % b;
    case '**': return a ** b;
    case '<': return a < b;
    case '>': return a > b;
    case '<=': return a <= b;
    case '>=': return a >= b;
    case '===':
    case '==': return a === b;
    case '!==':
    case '!=': return a !== b;
    case '&': return a & b;
    case '|': return a | b;
    case '^': return a ^ b;
    case '<<': return a << b;
    case '>>': return a >> b;
    case '>>>': return a >>> b;
    case 'in': throwError('TypeError', `Cannot use 'in' operator to search for '${a}' in ${b}`);
    // falls through
    default: throwError('TypeError', "Right-hand side of 'instanceof' is not callable");
  }
}

function applyToNumeric(operator: string, a: number | bigint | UnknownValue, b: number | bigint | UnknownValue): Value {
  if (a instanceof UnknownValue || b instanceof UnknownValue) return unknownResult(operator, a, b);
  if (typeof a === 'number' && typeof b === 'number') return applyToNumbers(operator, a, b);
  if (typeof a !== 'bigint' || typeof b !== 'bigint') throwError('TypeError', 'Cannot mix BigInt and other types, use explicit conversions');
  if (operator === '*' || operator === '**' || operator === '<<') boundBigInt(operator, a, b);
  switch (operator) {
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    case '/': if (b === 0n) throwError('RangeError', 'Division by zero'); return a / b;
    case '%': if (b === 0n) throwError('RangeError', 'Division by zero'); return a % b;
    case '**': if (b < 0n) throwError('RangeError', 'Exponent must be non-negative'); return a ** b;
    case '&': return a & b;
    case '|': return a | b;
    case '^': return a ^ b;
    case '<<': return a << b;
    case '>>': return a >> b;
    default: throwError('TypeError', 'BigInts have no unsigned right shift, use >> instead');
  }
}

/** V8's kMaxLengthBits, and what the machine itself computes. */
const maxBigIntBits = 2 ** 30;
const computedBigIntBits = 2 ** 22;

/** Before the digits are computed: the program's RangeError where V8 throws one, the end of the run where only the machine gives up. */
function boundBigInt(operator: '*' | '**' | '<<', a: bigint, b: bigint): void {
  const bits = bitLength(a);
  if (operator !== '*' && (b <= 0n || bits === 0 || (operator === '**' && bits === 1))) return;
  const [least, most] = operator === '*' ? [bits + bitLength(b) - 1, bits + bitLength(b)] : operator === '<<' ? [bits + Number(b), bits + Number(b)] : [(bits - 1) * Number(b) + 1, bits * Number(b)];
  if (least > maxBigIntBits) throwError('RangeError', 'Maximum BigInt size exceeded');
  if (most > computedBigIntBits) throw new BudgetEnd('a BigInt grew beyond the heap budget');
  surroundingAgent.allocate(most >> 9);
}

function bitLength(value: bigint): number {
  const magnitude = value < 0n ? -value : value;
  if (magnitude === 0n) return 0;
  if (magnitude < 2n ** 32n) return 32 - Math.clz32(Number(magnitude));
  const digits = magnitude.toString(16);
  return digits.length * 4 - (Math.clz32(parseInt(digits[0]!, 16)) - 28);
}

function compare(operator: '<' | '>' | '<=' | '>=', left: Value, right: Value): Value {
  const a = toPrimitive(left, 'number');
  const b = toPrimitive(right, 'number');
  if (a instanceof UnknownValue || b instanceof UnknownValue) return unknownResult(operator, a, b);
  if (typeof a === 'string' && typeof b === 'string') return operator === '<' ? a < b : operator === '>' ? a > b : operator === '<=' ? a <= b : a >= b;
  if (typeof a === 'symbol' || typeof b === 'symbol') throwError('TypeError', 'Cannot convert a Symbol value to a number');
  const x = typeof a === 'bigint' ? a : typeof b === 'bigint' && typeof a === 'string' ? bigintOrNaN(a) : toNumber(a);
  const y = typeof b === 'bigint' ? b : typeof a === 'bigint' && typeof b === 'string' ? bigintOrNaN(b) : toNumber(b);
  return operator === '<' ? x < y : operator === '>' ? x > y : operator === '<=' ? x <= y : x >= y;
}

function bigintOrNaN(text: string): bigint | number {
  try {
    return BigInt(text);
  } catch {
    return NaN;
  }
}

/** IsStrictlyEqual (ECMA-262 §7.2.14) */
export function isStrictlyEqual(a: Value, b: Value): boolean {
  return a === b;
}

/** IsLooselyEqual (ECMA-262 §7.2.13) */
export function isLooselyEqual(a: Value, b: Value): boolean {
  if (a instanceof ObjectValue && b instanceof ObjectValue) return a === b;
  if ((a === null || a === undefined) || (b === null || b === undefined)) return (a ?? null) === (b ?? null) && (a === null || a === undefined) && (b === null || b === undefined);
  const x = a instanceof ObjectValue ? toPrimitive(a) : a;
  const y = b instanceof ObjectValue ? toPrimitive(b) : b;
  if (x instanceof UnknownValue || y instanceof UnknownValue) throw new UnknownOperand((x instanceof UnknownValue ? x : y) as UnknownValue);
  if (typeof x === 'symbol' || typeof y === 'symbol') return x === y;
  // eslint-disable-next-line eqeqeq -- both are primitives: this is the host's own IsLooselyEqual
  return x == y;
}

function looselyEqualOrUnknown(operator: string, a: Value, b: Value): Value {
  return unknownComparison(operator, a, b) ?? isLooselyEqual(a, b);
}

/** What an equality says where an operand is unknown; undefined where both are known. */
function unknownComparison(operator: string, a: Value, b: Value): Value {
  if (!(a instanceof UnknownValue) && !(b instanceof UnknownValue)) return undefined;
  const negative = operator.startsWith('!');
  if (a === b && !(a instanceof UnknownValue && (a.type === 'number' || a.type === 'any'))) return !negative;
  const unknown = (a instanceof UnknownValue ? a : b) as UnknownValue;
  const other = a instanceof UnknownValue ? b : a;
  const type = typeOf(other);
  if ((other === null || other === undefined) && surroundingAgent.withoutProgram && surroundingAgent.inLibrary) return negative;
  if (operator.length === 3 && unknown.type !== 'any' && type !== null && type !== unknown.type) return negative;
  if (operator.length === 2 && (other === null || other === undefined) && unknown.type !== 'any' && unknown.type !== 'undefined') return negative;
  return unknownResult(operator, a, b);
}

/** typeof (ECMA-262 §13.5.3); null where it is unknown. */
export function typeOf(value: Value): string | null {
  if (value instanceof UnknownValue) return value.type === 'any' ? null : value.type;
  if (value === null) return 'object';
  if (value instanceof ObjectValue) return value.kind === 'Function' || (value.kind === 'Proxy' && (value as unknown as { callable: boolean }).callable) ? 'function' : 'object';
  return typeof value;
}

/** The result of an operator on an unknown; likely values (clock readings) are computed with. */
export function unknownResult(operator: string, a: Value, b: Value): UnknownValue {
  const origin = `${brief(a)} ${operator} ${brief(b)}`;
  const comparison = /^([=!]==?|[<>]=?|in|instanceof)$/.test(operator);
  const x = a instanceof UnknownValue ? a.likely : typeof a === 'number' || typeof a === 'bigint' ? a : undefined;
  const y = b instanceof UnknownValue ? b.likely : typeof b === 'number' || typeof b === 'bigint' ? b : undefined;
  const bigint = isBigInt(a) && isBigInt(b);
  const likely = typeof x === 'number' && typeof y === 'number' ? (applyToNumbers(operator, x, y) as number | boolean)
    : typeof x === 'bigint' && typeof y === 'bigint' && !(operator === '/' && y === 0n) ? (applyBinaryOperator(operator, x, y) as bigint | boolean) : undefined;
  return new UnknownValue(origin, comparison ? 'boolean' : bigint ? 'bigint' : 'number', likely);
}

function isBigInt(value: Value): boolean {
  return typeof value === 'bigint' || (value instanceof UnknownValue && value.type === 'bigint');
}

function unknownSum(a: Primitive | UnknownValue, b: Primitive | UnknownValue): UnknownValue {
  if (typeof a === 'string' || typeof b === 'string' || (a instanceof UnknownValue && a.type === 'string') || (b instanceof UnknownValue && b.type === 'string')) {
    return new UnknownValue(`${brief(a)} + ${brief(b)}`, 'string', textOf(a) + textOf(b));
  }
  const result = unknownResult('+', a, b);
  const open = (a instanceof UnknownValue && a.type === 'any') || (b instanceof UnknownValue && b.type === 'any');
  return open ? new UnknownValue(result.origin, 'any', result.likely) : result;
}

/** Text in which an unknown is a marked placeholder. */
export function textOf(value: Value): string {
  return value instanceof UnknownValue ? unknownText(value) : toString(value);
}

function brief(value: Value): string {
  if (value instanceof UnknownValue) return value.origin.length > 60 ? '…' : value.origin;
  if (value instanceof ObjectValue) return 'an object';
  return typeof value === 'string' ? (value.length > 30 ? "'…'" : `'${value}'`) : describeValue(value);
}

/** UnaryExpression operators on a value (ECMA-262 §13.5). */
export function applyUnaryOperator(operator: string, value: Value): Value {
  if (value instanceof UnknownValue) {
    if (operator === 'void') return undefined;
    if (operator === '!') return typeof value.likely === 'boolean' ? new UnknownValue(`!(${brief(value)})`, 'boolean', !value.likely) : !toBoolean(value);
    const likely = typeof value.likely === 'number' ? (operator === '-' ? -value.likely : operator === '+' ? value.likely : operator === '~' ? ~value.likely : undefined) : undefined;
    return new UnknownValue(`${operator}${value.origin}`, 'number', likely);
  }
  switch (operator) {
    case '!': return !toBoolean(value);
    case '+': {
      const primitive = toPrimitive(value, 'number');
      return primitive instanceof UnknownValue ? new UnknownValue(`+${primitive.origin}`, 'number', typeof primitive.likely === 'number' ? primitive.likely : undefined) : toNumber(primitive);
    }
    case '-': {
      const numeric = toNumeric(value);
      return numeric instanceof UnknownValue ? new UnknownValue(`-${numeric.origin}`, 'number', typeof numeric.likely === 'number' ? -numeric.likely : undefined) : -numeric;
    }
    case '~': {
      const numeric = toNumeric(value);
      return numeric instanceof UnknownValue ? new UnknownValue(`~${numeric.origin}`, 'number') : typeof numeric === 'bigint' ? ~numeric : ~numeric;
    }
    default: return undefined;
  }
}
