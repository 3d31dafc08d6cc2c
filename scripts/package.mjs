// Makes looplens-<version>.vsix and says what is in it: npm run package [-- <folder to build in> <vsix>]
import { readFileSync, statSync } from 'node:fs';
import { packageExtension } from './lib/package-extension.mjs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const [folder = 'node_modules/.cache/looplens-extension', vsix = `looplens-${version}.vsix`] = process.argv.slice(2);
const files = await packageExtension({ folder, vsix });
const kilobytes = size => `${(size / 1000).toFixed(1).padStart(9)} kB`;
for (const { path, size } of files) console.log(`${kilobytes(size)}  ${path}`);
console.log(`${kilobytes(statSync(vsix).size)}  ${vsix}, ${files.length} files`);
