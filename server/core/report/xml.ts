import { oneLine } from '../text/one-line.ts';
import { wellFormed } from './lint-report.ts';

/** Text for an XML attribute in double quotes, on one line. */
export function xmlAttribute(text: string): string {
  return xmlText(oneLine(text)).replaceAll('"', '&quot;');
}

/** Text for XML: 1.0 §2.2 knows no control characters, no U+FFFE and U+FFFF and no lone surrogates, escaped or not. */
export function xmlText(text: string): string {
  return wellFormed(text).replace(/[\uFFFE\uFFFF]/g, '\uFFFD').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
