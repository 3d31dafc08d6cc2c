import { readFileSync } from 'node:fs';
import { extractText } from '../server/core/facts/extract-text.ts';
console.log(JSON.stringify(extractText(process.argv[2]!, readFileSync(process.argv[2]!, 'utf8')), null, 1));
