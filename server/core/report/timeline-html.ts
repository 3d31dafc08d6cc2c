import type { Timeline } from '../order/timeline.ts';
import { sha256Base64 } from './sha256.ts';
import { renderTimelineMermaid } from './timeline-mermaid.ts';
import { renderTimelineText } from './timeline-text.ts';

/** The bundled phase-order view (`dist/webview.js`, `dist/webview.css`) as texts. */
export interface ViewAssets {
  readonly script: string;
  readonly style: string;
}

/**
 * The phase-order view of a timeline as one HTML file that works from disk and without network.
 *
 * Its Content-Security-Policy allows nothing but these two assets, by their hashes. Program text is only in a data block
 * (JSON with every `<` escaped, read by `JSON.parse`) and, for browsers without JavaScript, escaped in a `<pre>`.
 * @param source text of `timeline.file`
 * @param language BCP 47 tag of the texts of the view
 */
export function renderTimelineHtml(timeline: Timeline, source: string, assets: ViewAssets, language = 'en'): string {
  // `</script` cannot end a script early; inside JavaScript strings and templates the backslash changes nothing.
  const script = assets.script.replace(/<\/(?=script)/gi, '<\\/').replace(/<!--/g, '\\x3c!--');
  const { style } = assets;
  const text = renderTimelineText(timeline);
  const data = JSON.stringify({ timeline, source, text, mermaid: renderTimelineMermaid(timeline) }).replaceAll('<', '\\u003c');
  const policy = `default-src 'none'; script-src 'sha256-${sha256Base64(script)}'; style-src 'sha256-${sha256Base64(style)}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(timeline.file)} · Looplens</title>
<style>${style}</style>
</head>
<body>
<div id="looplens"></div>
<noscript><pre>${escapeHtml(text)}</pre></noscript>
<script type="application/json" id="looplens-data">${data}</script>
<script>${script}</script>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
