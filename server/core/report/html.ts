import { oneLine } from '../text/one-line.ts';
import { placeOfError, shownFindings, type LintReport } from './lint-report.ts';
import { sha256Base64 } from './sha256.ts';
import { plain, renderSummary } from './stylish.ts';
import { word } from './words.ts';
import { xmlAttribute, xmlText } from './xml.ts';

const style = `:root{color-scheme:light dark;--line:#8884;--error:#c62828;--warn:#9a6700;--info:#0969da}
@media(prefers-color-scheme:dark){:root{--error:#ff8a80;--warn:#ffd54f;--info:#82b1ff}}
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem}
a.skip{position:absolute;left:-99rem}a.skip:focus{left:1rem}
table{border-collapse:collapse;width:100%}td,th{border-top:1px solid var(--line);padding:.5rem;text-align:start;vertical-align:top}
code,pre,td.where{font-family:ui-monospace,monospace;font-size:.9em}td.where{white-space:nowrap}
ol{margin:.4rem 0 0;padding-left:1.4rem}.error{color:var(--error)}.warn{color:var(--warn)}.info{color:var(--info)}
input{font:inherit;padding:.3rem .5rem;width:min(30rem,100%);margin:1rem 0}@media print{input{display:none}}`;

/** Only shows and hides rows: everything that the report says is in the page without it. */
const script = `const box=document.querySelector('input');box.hidden=false;box.addEventListener('input',()=>{const want=box.value.toLowerCase();for(const row of document.querySelectorAll('tbody tr'))row.hidden=!row.textContent.toLowerCase().includes(want)})`;

/**
 * The findings as one HTML page that needs nothing else: no network, no script to be read. Everything from files and code is escaped, and a
 * content security policy lets run only the page's own script, by its hash.
 */
export function renderHtml(report: LintReport): string {
  const { locale } = report;
  const rows = shownFindings(report).map(({ location, severity, rule, message, path }) => {
    const way = path.length > 0 ? `<ol>${path.map(step => `<li>${inline(step.label)} <code>${plainText(step.location.file)}:${step.location.line}</code></li>`).join('')}</ol>` : '';
    return `<tr><td class="${severity}">${word(locale, severity)}</td><td class="where">${plainText(location.file)}:${location.line}:${location.column}</td><td><code>${rule}</code></td><td>${inline(message)}${way}</td></tr>`;
  });
  for (const error of report.errors) rows.push(`<tr><td class="error">${word(locale, 'notAnalysed')}</td><td class="where">${plainText(placeOfError(error))}</td><td></td><td>${plainText(error.message)}</td></tr>`);
  const heading = word(locale, 'heading');
  const policy = `default-src 'none'; style-src 'sha256-${sha256Base64(style)}'; script-src 'sha256-${sha256Base64(script)}'`;
  const head = ['severity', 'where', 'rule', 'what'].map(key => `<th scope="col">${word(locale, key as 'where')}</th>`).join('');
  const table = rows.length > 0 ? `<input type="search" hidden aria-label="${word(locale, 'search')}" placeholder="${word(locale, 'search')}">\n<table id="findings"><thead><tr>${head}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>\n<script>${script}</script>` : '';
  return `<!doctype html>
<html lang="${locale === 'zh-cn' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="${xmlAttribute(policy)}"><title>${heading}</title><style>${style}</style></head>
<body>
${rows.length > 0 ? `<a class="skip" href="#findings">${word(locale, 'skip')}</a>\n` : ''}<h1>${heading}</h1>
<p>${renderSummary(report, plain).trimEnd().split('\n').map(inline).join('<br>')}</p>
${table}
</body>
</html>
`;
}

function plainText(text: string): string {
  return xmlText(oneLine(text));
}

/** A message with its code spans as such. */
function inline(text: string): string {
  return plainText(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}
