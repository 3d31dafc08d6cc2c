// Writes server/core/order/builtin-members/generated/unread-options.ts: options that a function of Node reads and the machine's does not.
//   node scripts/run.mjs scripts/node-data/unread-options.ts
// The calls of option-recipes.cjs run in the machine as they ran in real Nodes (members.ts).
import { writeFileSync } from 'node:fs';
import { unreadOptionsText } from '../lib/unread-options.ts';

const text = unreadOptionsText();
writeFileSync('server/core/order/builtin-members/generated/unread-options.ts', text);
console.log(`${text.length} characters`);
