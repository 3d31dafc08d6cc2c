import type { FastParser } from '../core/syntax/parse-fast.ts';
import type { Comment, TSESTree } from '../core/syntax/source-file.ts';

/** Loads oxc-parser's native build; null where there is none for this platform, or where it was not installed. */
export async function loadFastParser(): Promise<FastParser | null> {
  try {
    const { parseSync, rawTransferSupported } = await import('oxc-parser');
    const raw = rawTransferSupported();
    return (text, lang, sourceType) => {
      // The two experimental options are how oxc's own linter reads trees: without copying them through JSON.
      const options = { lang, sourceType, astType: 'ts', range: true, preserveParens: false, ...(raw && { experimentalRawTransfer: true }) } as const;
      const result = parseSync(`file.${lang === 'dts' ? 'd.ts' : lang}`, text, options);
      if (result.errors.length > 0) return null;
      return { ast: result.program as unknown as TSESTree.Program, comments: () => result.comments as readonly Comment[], hasModuleSyntax: result.module.hasModuleSyntax };
    };
  } catch {
    return null;
  }
}
