// Writes what is made from the rules' directory: node scripts/run.mjs scripts/generate-rules.ts
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { generatedFromRules } from './lib/rule-index.ts';

const changed = generatedFromRules('.').filter(({ path, text }) => {
  // A file that is made for the first time is not there yet.
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return false;
  writeFileSync(path, text);
  return true;
});
// The schema is made from the registry as it was when this script was bundled: a new registry needs another run.
if (changed.some(({ path }) => path.endsWith('registry.generated.ts'))) process.exitCode = spawnSync(process.execPath, ['scripts/run.mjs', 'scripts/generate-rules.ts'], { stdio: 'inherit' }).status ?? 1;
