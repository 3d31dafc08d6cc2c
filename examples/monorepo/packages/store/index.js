import { readFileSync } from 'node:fs';

export const load = () => readFileSync('page.html', 'utf8');
