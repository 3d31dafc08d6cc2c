import { getNodeValue, type Node } from 'jsonc-parser';
import { didYouMean } from '../text/closest.ts';

/** The part of JSON Schema that rules describe their options with. */
interface OptionsSchema {
  readonly properties?: Readonly<Record<string, { readonly type?: string; readonly items?: { readonly type?: string; readonly enum?: readonly unknown[] } }>>;
}

/**
 * Compares the options of a rule with the rule's schema (`RuleMeta.options`) and complains of each part that does not fit.
 * Returns whether all fits.
 */
export function checkOptions(rule: string, options: Node, schema: OptionsSchema | undefined, complain: (node: Node, message: string) => void): boolean {
  const known = schema?.properties ?? {};
  let fits = true;
  const wrong = (node: Node, message: string): void => {
    fits = false;
    complain(node, message);
  };
  for (const { children: [key, value] = [] } of options.children ?? []) {
    if (!key || !value) continue;
    const name = String(key.value);
    const expected = Object.hasOwn(known, name) ? known[name]! : null;
    if (!expected) {
      wrong(key, `"${rule}" has no option "${name}"${didYouMean(name, Object.keys(known))}`);
    } else if (expected.type !== undefined && value.type !== expected.type) {
      wrong(value, `the option "${name}" of "${rule}" must be of type ${expected.type}`);
    } else {
      for (const item of value.type === 'array' ? (value.children ?? []) : []) {
        const allowed = expected.items?.enum;
        const is: unknown = getNodeValue(item);
        if (allowed && !allowed.includes(is)) wrong(item, `the option "${name}" of "${rule}" holds ${allowed.map(word => JSON.stringify(word)).join(', ')}; not ${JSON.stringify(is)}${typeof is === 'string' ? didYouMean(is, allowed.map(String)) : ''}`);
        else if (expected.items?.type !== undefined && item.type !== expected.items.type) wrong(item, `the option "${name}" of "${rule}" holds items of type ${expected.items.type}`);
      }
    }
  }
  return fits;
}
