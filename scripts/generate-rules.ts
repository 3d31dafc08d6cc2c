// Writes what is made from the rules' directory: node scripts/run.mjs scripts/generate-rules.ts
import { writeFileSync } from 'node:fs';
import { generatedFromRules } from './lib/rule-index.ts';

for (const { path, text } of generatedFromRules('.')) writeFileSync(path, text);
