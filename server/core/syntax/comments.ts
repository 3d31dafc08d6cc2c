import ts from 'typescript';
import type { Comment } from './source-file.ts';

/**
 * All comments of a text, in order, found by TypeScript's scanner; so a `//` inside a string, a
 * regular expression or a template is none. Works on texts that do not parse.
 */
export function scanComments(text: string): readonly Comment[] {
  if (!text.includes('//') && !text.includes('/*')) return [];
  const comments: Comment[] = [];
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, /* skipTrivia */ false, ts.LanguageVariant.Standard, text);
  // Braces that a template's `${` opened; a `}` that closes one goes on with the template.
  const templateDepth: number[] = [];
  let depth = 0;
  let previous: ts.SyntaxKind = ts.SyntaxKind.Unknown;
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (token === ts.SyntaxKind.SlashToken || token === ts.SyntaxKind.SlashEqualsToken) {
      if (regexMayFollow(previous)) token = scanner.reScanSlashToken();
    } else if (token === ts.SyntaxKind.TemplateHead) {
      templateDepth.push(depth);
    } else if (token === ts.SyntaxKind.OpenBraceToken) {
      depth++;
    } else if (token === ts.SyntaxKind.CloseBraceToken) {
      if (templateDepth.length > 0 && templateDepth[templateDepth.length - 1] === depth) {
        token = scanner.reScanTemplateToken(/* isTaggedTemplate */ false);
        if (token === ts.SyntaxKind.TemplateTail) templateDepth.pop();
      } else {
        depth--;
      }
    } else if (token === ts.SyntaxKind.SingleLineCommentTrivia || token === ts.SyntaxKind.MultiLineCommentTrivia) {
      const [start, end] = [scanner.getTokenStart(), scanner.getTokenEnd()];
      const line = token === ts.SyntaxKind.SingleLineCommentTrivia;
      const closed = !line && text.endsWith('*/', end);
      comments.push({ type: line ? 'Line' : 'Block', value: text.slice(start + 2, closed ? end - 2 : end), start, end });
    }
    if (!isTrivia(token)) previous = token;
  }
  return comments;
}

function isTrivia(token: ts.SyntaxKind): boolean {
  return token >= ts.SyntaxKind.FirstTriviaToken && token <= ts.SyntaxKind.LastTriviaToken;
}

/** A slash after an operand divides; after anything else it starts a regular expression. */
function regexMayFollow(previous: ts.SyntaxKind): boolean {
  switch (previous) {
    case ts.SyntaxKind.Identifier:
    case ts.SyntaxKind.PrivateIdentifier:
    case ts.SyntaxKind.NumericLiteral:
    case ts.SyntaxKind.BigIntLiteral:
    case ts.SyntaxKind.StringLiteral:
    case ts.SyntaxKind.RegularExpressionLiteral:
    case ts.SyntaxKind.NoSubstitutionTemplateLiteral:
    case ts.SyntaxKind.TemplateTail:
    case ts.SyntaxKind.CloseParenToken:
    case ts.SyntaxKind.CloseBracketToken:
    case ts.SyntaxKind.CloseBraceToken:
    case ts.SyntaxKind.PlusPlusToken:
    case ts.SyntaxKind.MinusMinusToken:
    case ts.SyntaxKind.ThisKeyword:
    case ts.SyntaxKind.SuperKeyword:
    case ts.SyntaxKind.TrueKeyword:
    case ts.SyntaxKind.FalseKeyword:
    case ts.SyntaxKind.NullKeyword:
      return false;
    default:
      return true;
  }
}
