import type { Fault } from '../core/faults/guard.ts';
import { ruleOfPart } from '../core/hazards/check-rules.ts';
import { oneLine } from '../core/text/one-line.ts';

/** What a fault of Looplens's own says on standard error: what failed, what is missing for it, and how to report it. */
export function faultText({ part, file, message, stack }: Fault): string {
  const rule = ruleOfPart(part);
  const missing = rule === null ? '' : `; its findings are missing, all others are there; "--rule ${rule}:off" leaves it out`;
  const frames = stack.split('\n').filter(line => /^\s+at /.test(line)).slice(0, 8).map(line => `  ${oneLine(line).trim()}\n`);
  return `looplens: an error of Looplens itself in ${oneLine(part)}${file === null ? '' : ` of ${oneLine(file)}`}: ${oneLine(message)}${missing}. Please report it with these lines:\n${frames.join('')}`;
}
