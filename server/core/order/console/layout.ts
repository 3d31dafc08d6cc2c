import { TypedArrayObject } from '../intrinsics/typed-arrays.ts';
import { ArrayObject, inexactMark, type ObjectValue, type Value } from '../values.ts';
import type { InspectContext } from './inspect.ts';

/** Quotes a string as util.inspect does: single quotes, or those that need no escape. */
export function quote(text: string): string {
  let mark = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) mark = '"';
    else if (!text.includes('`') && !text.includes('${')) mark = '`';
  }
  let result = '';
  for (const unit of text.split('')) {
    const code = unit.charCodeAt(0);
    if (unit === mark || unit === '\\') result += `\\${unit}`;
    else if (unit === '\n') result += '\\n';
    else if (unit === '\t') result += '\\t';
    else if (unit === '\r') result += '\\r';
    else if (unit === '\b') result += '\\b';
    else if (unit === '\f') result += '\\f';
    else if (unit === '\v') result += '\\v';
    else if (code < 32 || (code > 126 && code < 160)) result += `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
    else result += unit;
  }
  return mark + result.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, unit => `\\u${unit.charCodeAt(0).toString(16).toUpperCase()}`) + mark;
}

const ansi = /\u001b\[\d+m/g;

/** getStringWidth: columns on a terminal; wide characters take two. */
export function stringWidth(text: string): number {
  let width = 0;
  for (const character of text.replace(ansi, '').replaceAll(inexactMark, '').normalize('NFC')) {
    const code = character.codePointAt(0)!;
    if (code < 32 || (code >= 0x7f && code < 0xa0) || (code >= 0x300 && code <= 0x36f) || (code >= 0x200b && code <= 0x200f) || (code >= 0xfe00 && code <= 0xfe0f)) continue;
    const wide = (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) || (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) || (code >= 0xfe30 && code <= 0xfe6f) || (code >= 0xff00 && code <= 0xff60) || (code >= 0xffe0 && code <= 0xffe6) || (code >= 0x1f300 && code <= 0x1f64f) || (code >= 0x1f680 && code <= 0x1f6ff) || (code >= 0x1f900 && code <= 0x1f9ff) || (code >= 0x20000 && code <= 0x3fffd);
    width += wide ? 2 : 1;
  }
  return width;
}

/** reduceToSingleString of lib/internal/util/inspect.js: one line where it fits, else one entry per line. */
export function reduceToSingleString(context: InspectContext, given: string[], base: string, braces: readonly [string, string], isList: boolean, recurseTimes: number, value: ObjectValue | null): string {
  let output = given;
  const { compact } = context;
  const lead = base === '' ? '' : `${base} `;
  if (compact !== true) {
    if (typeof compact === 'number' && compact >= 1) {
      const entries = output.length;
      if (isList && entries > 6) output = groupArrayElements(context, output, value);
      if (context.currentDepth - recurseTimes < compact && entries === output.length) {
        const start = output.length + context.indentationLvl + braces[0].length + base.length + 10;
        if (isBelowBreakLength(context, output, start, base)) {
          const joined = output.join(', ');
          if (!joined.includes('\n')) return `${lead}${braces[0]} ${joined} ${braces[1]}`;
        }
      }
    }
    const indentation = `\n${' '.repeat(context.indentationLvl)}`;
    return `${lead}${braces[0]}${indentation}  ${output.join(`,${indentation}  `)}${indentation}${braces[1]}`;
  }
  if (isBelowBreakLength(context, output, 0, base)) return `${braces[0]}${lead === '' ? '' : ` ${base}`} ${output.join(', ')} ${braces[1]}`;
  const indentation = `\n${' '.repeat(context.indentationLvl)}`;
  const line = base === '' && braces[0].length === 1 ? ' ' : `${base === '' ? '' : ` ${base}`}\n${indentation.slice(1)}  `;
  return `${braces[0]}${line}${output.join(`,${indentation}  `)} ${braces[1]}`;
}

function isBelowBreakLength(context: InspectContext, output: readonly string[], start: number, base: string): boolean {
  let total = output.length + start;
  if (total + output.length > context.breakLength) return false;
  for (const entry of output) {
    total += entry.replace(ansi, '').replaceAll(inexactMark, '').length;
    if (total > context.breakLength) return false;
  }
  return base === '' || !base.includes('\n');
}

/** groupArrayElements: more than six entries are set in columns. */
export function groupArrayElements(context: InspectContext, output: string[], value: ObjectValue | null): string[] {
  const hasRemaining = /^\.\.\. \d+ more items?$/.test(output.at(-1)!);
  const count = hasRemaining ? output.length - 1 : output.length;
  const separator = 2;
  const widths = output.slice(0, count).map(stringWidth);
  const total = widths.reduce((sum, width) => sum + width + separator, 0);
  const widest = Math.max(0, ...widths);
  const actualMax = widest + separator;
  if (!(actualMax * 3 + context.indentationLvl < context.breakLength && (total / actualMax > 5 || widest <= 6))) return output;
  const averageBias = Math.sqrt(actualMax - total / output.length);
  const biasedMax = Math.max(actualMax - 3 - averageBias, 1);
  const columns = Math.min(
    Math.round(Math.sqrt(2.5 * biasedMax * count) / biasedMax),
    Math.floor((context.breakLength - context.indentationLvl) / actualMax),
    (context.compact as number) * 4,
    15,
  );
  if (columns <= 1) return output;
  const columnWidths: number[] = [];
  for (let column = 0; column < columns; column++) {
    let width = 0;
    for (let row = column; row < count; row += columns) width = Math.max(width, widths[row]!);
    columnWidths.push(width + separator);
  }
  const numeric = value !== null && elementsOf(value).every(item => typeof item === 'number' || typeof item === 'bigint');
  const grouped: string[] = [];
  for (let first = 0; first < count; first += columns) {
    const last = Math.min(first + columns, count);
    let line = '';
    for (let at = first; at < last; at++) {
      const text = at + 1 < last ? `${output[at]!}, ` : output[at]!;
      const target = columnWidths[at - first]! - (at + 1 < last ? 0 : separator);
      const missing = ' '.repeat(Math.max(0, target - widths[at]! - (at + 1 < last ? separator : 0)));
      line += numeric ? missing + text : at + 1 < last ? text + missing : text;
    }
    grouped.push(line);
  }
  if (hasRemaining) grouped.push(output.at(-1)!);
  return grouped;
}

function elementsOf(value: ObjectValue): readonly Value[] {
  if (value instanceof TypedArrayObject) return value.elements();
  return value instanceof ArrayObject && value.elements ? (value.elements as readonly Value[]) : [undefined];
}
