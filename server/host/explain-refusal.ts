import { basename, extname } from 'node:path';
import type { Locale } from '../core/hazards/messages.ts';
import { createLineIndex } from '../core/text/line-index.ts';
import type { ExplainRequest } from './explain-host.ts';

/** Declarations hold no code. */
const declaration = /\.d\.([cm]?ts|\w+\.ts)$/i;
/** Linux reads no more of it. */
const longestShebang = 256;
const runnable: ReadonlySet<string> = new Set(['.js', '.mjs', '.cjs', '.jsx', '.ts', '.mts', '.cts', '.tsx']);

/** The module system that a file's extension decides alone, as Node has it; null where package.json or the syntax does. */
export function moduleTypeOfExtension(file: string): 'commonjs' | 'module' | null {
  if (/\.m[jt]s$/.test(file)) return 'module';
  return /\.c[jt]s$/.test(file) ? 'commonjs' : null;
}

/** True for what Node may be started with: JavaScript and TypeScript, and scripts without extension whose first line names Node. */
function isProgram(file: string, text: string): boolean {
  const extension = extname(file).toLowerCase();
  if (extension === '') return text.startsWith('#!') && /\bnode\b/.test(text.slice(0, createLineIndex(text.slice(0, longestShebang)).lineStarts[1] ?? longestShebang));
  return runnable.has(extension) && !declaration.test(file);
}

/**
 * Why a request cannot be answered whatever the file does, as a sentence in every language; null where it can.
 * @param text of the file
 */
export function refusalOf({ file, module, at }: Pick<ExplainRequest, 'file' | 'module' | 'at'>, text: string): Readonly<Record<Locale, string>> | null {
  const name = basename(file);
  if (!isProgram(file, text)) return { en: `${name} is no JavaScript or TypeScript program`, 'zh-cn': `${name} 不是 JavaScript 或 TypeScript 程序` };
  const decided = moduleTypeOfExtension(file);
  if (decided && module && decided !== module) {
    return decided === 'commonjs'
      ? { en: `a ${extname(name)} file is always CommonJS, so that ${name} cannot be explained as an ES module`, 'zh-cn': `${extname(name)} 文件始终是 CommonJS，${name} 无法按 ES 模块解释` }
      : { en: `a ${extname(name)} file is always an ES module, so that ${name} cannot be explained as CommonJS`, 'zh-cn': `${extname(name)} 文件始终是 ES 模块，${name} 无法按 CommonJS 解释` };
  }
  return at && positionRefusal(name, at, text);
}

function positionRefusal(name: string, { line, column }: NonNullable<ExplainRequest['at']>, text: string): Readonly<Record<Locale, string>> | null {
  const { lineStarts } = createLineIndex(text);
  const last = lineStarts.length > 1 && lineStarts.at(-1) === text.length ? lineStarts.length - 1 : lineStarts.length;
  if (line < 1 || line > last) return { en: `${name} has no line ${line}; its last is ${last}`, 'zh-cn': `${name} 没有第 ${line} 行；最后一行是第 ${last} 行` };
  if (column === null) return null;
  let end = lineStarts[line] ?? text.length;
  while (end > lineStarts[line - 1]! && '\r\n\u2028\u2029'.includes(text[end - 1]!)) end--;
  // A cursor may stand behind the last character.
  const width = end - lineStarts[line - 1]! + 1;
  return column < 1 || column > width ? { en: `line ${line} of ${name} has no column ${column}; its last is ${width}`, 'zh-cn': `${name} 的第 ${line} 行没有第 ${column} 列；最后一列是第 ${width} 列` } : null;
}
