import assert from 'node:assert/strict';
import { test } from 'node:test';
import '../../server/core/syntax/load-reference-parser.ts';
import { hasNullPrototype, membersOf, type Member } from '../../server/core/order/builtin-members/member-table.ts';
import { objectMembers } from '../../server/core/order/builtin-members/generated/members.ts';
import { runProgram } from '../../server/core/order/machine.ts';
import type { NodeMajor } from '../../server/core/order/run.ts';
import { memberExpression, memberPrelude } from '../../scripts/lib/member-expression.ts';
import { predict } from './differential.ts';

// The census: what real Node has (generated/members.ts), the machine never takes for absent.

const nodes = [18, 20, 22, 24, 26] satisfies NodeMajor[];
function nameOf({ name }: Member): string {
  return name.startsWith('@@') ? `Symbol.${name.slice(2)}` : name.startsWith('@') ? `Symbol.for('${name.slice(1)}')` : JSON.stringify(name);
}

/** Getters that the machine's libraries answer. */
const known = /^node:(?:fs|stream|timers|readline)\.promises|^node:http\.globalAgent$/;

/** What a getter gives where the machine does not know it. */
function isUnknown(path: string, node: NodeMajor): boolean {
  const parts = path.split('.');
  return parts.some((part, index) => index > 0 && membersOf(parts.slice(0, index).join('.'), node)?.some(member => member.name === part && member.kind === 'accessor' && !member.givesFunction) === true)
    || membersOf('global', node)!.some(member => member.name === parts[0] && member.kind === 'accessor' && !/^(?:process|Buffer|crypto|performance)$/.test(member.name));
}

const types: Partial<Record<Member['kind'], string>> = { function: 'function', constructor: 'function' };

for (const node of nodes) {
  test(`nothing that Node ${node} has is surely absent`, () => {
    let asked = 0;
    const lines = [memberPrelude];
    for (const path of Object.keys(objectMembers)) {
      const members = membersOf(path, node);
      const expression = memberExpression(path);
      if (!members || expression === null || (isUnknown(path, node) && !known.test(path))) continue;
      asked += members.length;
      const expected = members.map(member => `[${nameOf(member)}, ${JSON.stringify(member.enumerable)}, ${JSON.stringify(types[member.kind] ?? '')}]`);
      lines.push(`try { const o = ${expression}; for (const [k, e, t] of [${expected.join(', ')}]) { const d = Object.getOwnPropertyDescriptor(o, k); if (!d) console.log(${JSON.stringify(path)}, String(k), 'absent'); else if (d.enumerable !== e) console.log(${JSON.stringify(path)}, String(k), 'enumerable'); else if (t === 'function' && typeof d.value !== t && k !== '_writev') console.log(${JSON.stringify(path)}, String(k), 'no function'); } if (${hasNullPrototype(path, node)} && Object.getPrototypeOf(o) !== null) console.log(${JSON.stringify(path)}, 'prototype'); } catch (error) { console.log(${JSON.stringify(path)}, error.message); }`);
    }
    const [outcome] = predict(runProgram, new Map([['main.cjs', lines.join('\n')]]), node, { steps: 5_000_000, depth: 2_000, heap: 20_000_000, choices: 60, runs: 1 }).outcomes;
    assert.equal(outcome!.exitCode, 0);
    assert.deepEqual(outcome!.lines, []);
    assert.ok(asked > 4000, `${asked} names`);
  });
}
