import './style.css';
import { startApp } from './app.ts';

// `data-theme` on the root element decides the colours: VS Code says it by a class of the body, a page by the system.
const darkSystem = matchMedia('(prefers-color-scheme: dark)');
const moreContrast = matchMedia('(prefers-contrast: more)');

function applyTheme(): void {
  const { classList } = document.body;
  const inEditor = [...classList].some(name => name.startsWith('vscode-'));
  const dark = inEditor ? classList.contains('vscode-dark') || (classList.contains('vscode-high-contrast') && !classList.contains('vscode-high-contrast-light')) : darkSystem.matches;
  const contrast = inEditor ? classList.contains('vscode-high-contrast') || classList.contains('vscode-high-contrast-light') : moreContrast.matches;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  document.documentElement.dataset.contrast = contrast ? 'high' : 'normal';
}

applyTheme();
for (const query of [darkSystem, moreContrast]) query.addEventListener('change', applyTheme);
new MutationObserver(applyTheme).observe(document.body, { attributes: true, attributeFilter: ['class'] });
const root = document.getElementById('looplens');
if (root) startApp(root);
