// Builds entries for Node.js into a folder, as esbuild.mjs does for dist/, with packages left where they are:
// node scripts/lib/build-into.mjs <folder> name=entry.ts…
import { build } from 'esbuild';
import { nodeOptions } from '../../esbuild.mjs';

const [outdir, ...entries] = process.argv.slice(2);
await build({ ...nodeOptions, entryPoints: Object.fromEntries(entries.map(entry => entry.split('='))), outdir, packages: 'external', logLevel: 'error' });
