// npm run demo: installs, builds, and runs the built command line on the example application.
import { existsSync } from 'node:fs';
import { install, run } from './lib/steps.mjs';

install();
run('npm', ['run', 'build', '--silent']);

const colour = process.env.NO_COLOR ? [] : ['--color'];
// 1 means findings, which is what the example is for.
const code = run(process.execPath, ['dist/cli.js', 'lint', 'examples/shop', '--format', 'stylish', ...colour], { mayFail: true });
if (code > 1) process.exit(code);
// A build without the order machine has no explain.
if (existsSync('dist/explain-worker.js')) run(process.execPath, ['dist/cli.js', 'explain', 'examples/shop/src/routes/stock.js:8'], { mayFail: true });
console.error(`
Next: in a project of yours, \`node ${process.cwd()}/dist/cli.js lint\`; \`… explain <file>:<line>\` for the order in which a function runs;
\`… rules <id>\` for why a rule reports. README.md has the rest; \`npm run package\` makes the extension for VS Code.`);
