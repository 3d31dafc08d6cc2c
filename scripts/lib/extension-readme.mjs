// The README as the extension's page shows it: VS Code resolves no relative paths there.
import { readFileSync } from 'node:fs';

/**
 * Pictures become data URIs, so that the page is whole without a network and before anything is published; relative links lead to the
 * repository of the manifest, at the tag of this version.
 * @param {string} readme Markdown
 * @param {{ version: string, repository: { url: string } }} manifest
 */
export function extensionReadme(readme, manifest) {
  const base = `${manifest.repository.url.replace(/^git\+/, '').replace(/\.git$/, '')}/blob/v${manifest.version}/`;
  return readme
    .replace(/!\[([^\]]*)\]\(([^)\s:]+\.png)\)/g, (_all, alt, path) => `![${alt}](data:image/png;base64,${readFileSync(path).toString('base64')})`)
    .replace(/(?<!!)\[((?:[^\]\\]|\\.)*)\]\(([^)\s:#][^)\s:]*)\)/g, (_all, label, path) => `[${label}](${base}${path.replace(/^\.\//, '')})`);
}
