import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/**
 * The page that hosts the phase-order view. Nothing runs in it but the bundled script, under a nonce that is made anew each
 * time; nothing is loaded but that script and its style sheet.
 */
export function webviewHtml(webview: vscode.Webview, dist: vscode.Uri, title: string): string {
  const nonce = randomBytes(16).toString('base64');
  const asset = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="${escape(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escape(title)}</title>
<link rel="stylesheet" href="${asset('webview.css')}">
</head>
<body>
<div id="looplens"></div>
<script nonce="${nonce}" src="${asset('webview.js')}"></script>
</body>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
